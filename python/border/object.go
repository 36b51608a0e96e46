package border

import (
	"fmt"
	"sort"

	"github.com/go-python/gpython/py"

	"qpy/python/object"
)

// Object is a value of the engine as Go code sees it. Two Objects of the same
// value are equal. It speaks gpython's protocol, so that py.Call, py.GetAttr
// and the rest work on it.
type Object struct {
	b *Border
	v object.Value
}

// ListObject is a list of the engine.
type ListObject struct{ Object }

// DictObject is a dict of the engine.
type DictObject struct{ Object }

// BufferObject is a value with the buffer protocol: bytearray, memoryview, array.
type BufferObject struct{ Object }

// Value is the value behind the object.
func (o Object) Value() object.Value { return o.v }

// Type is the object's type, as far as gpython needs to know it: its name, and
// for exceptions the line of their bases.
func (o Object) Type() *py.Type { return o.b.typeOut(o.v.Type()) }

// Elements gives the items of the list as they are now.
func (l ListObject) Elements() []py.Object {
	list, _ := l.v.AsList()
	return l.b.outTuple(list.Items)
}

// StringDict gives the entries of the dict as they are now; a key that is no
// str is a TypeError.
func (d DictObject) StringDict() (py.StringDict, error) {
	dict, _ := d.v.AsDict()
	out := py.NewStringDictSized(dict.Len())
	for e, i := dict.Next(0); e != nil; e, i = dict.Next(i) {
		key, ok := e.Key().AsStr()
		if !ok {
			return nil, py.ExceptionNewf(py.TypeError, "keywords must be strings")
		}
		out[key.String()] = d.b.Out(dict.GetName(d.b.in, d.b.in.InternStr(key)))
	}
	return out, nil
}

// Buffer is the memory of the object itself, not a copy.
func (o BufferObject) Buffer() []byte {
	buf, err := object.GetBuffer(o.b.thread(), o.v, false)
	if err != nil {
		return nil
	}
	return buf.Data
}

// M__call__ calls the object.
func (o Object) M__call__(args py.Tuple, kwargs py.StringDict) (py.Object, error) {
	return o.b.Call(o.v, args, kwargs)
}

// M__getattribute__ reads an attribute.
func (o Object) M__getattribute__(name string) (py.Object, error) {
	return o.b.outResult(object.GetAttr(o.b.thread(), o.v, o.b.in.Intern(name)))
}

// M__setattr__ sets an attribute.
func (o Object) M__setattr__(name string, value py.Object) (py.Object, error) {
	return py.None, o.b.ErrOut(object.SetAttr(o.b.thread(), o.v, o.b.in.Intern(name), o.b.In(value)))
}

// M__delattr__ deletes an attribute.
func (o Object) M__delattr__(name string) (py.Object, error) {
	return py.None, o.b.ErrOut(object.DelAttr(o.b.thread(), o.v, o.b.in.Intern(name)))
}

// M__repr__ is repr(o).
func (o Object) M__repr__() (py.Object, error) {
	s, err := object.Repr(o.b.thread(), o.v)
	return py.String(s), o.b.ErrOut(err)
}

// M__str__ is str(o).
func (o Object) M__str__() (py.Object, error) {
	s, err := object.ToStr(o.b.thread(), o.v)
	return py.String(s), o.b.ErrOut(err)
}

// M__bool__ is the truth of the object.
func (o Object) M__bool__() (py.Object, error) {
	ok, err := object.IsTrue(o.b.thread(), o.v)
	return py.NewBool(ok), o.b.ErrOut(err)
}

// M__len__ is len(o).
func (o Object) M__len__() (py.Object, error) {
	return o.b.outResult(object.Len(o.b.thread(), o.v))
}

// M__iter__ is iter(o).
func (o Object) M__iter__() (py.Object, error) {
	return o.b.outResult(object.Iter(o.b.thread(), o.v))
}

// M__next__ is next(o); the end is StopIteration.
func (o Object) M__next__() (py.Object, error) {
	v, err := object.Next(o.b.thread(), o.v)
	if err == nil && v.IsNull() {
		return nil, py.StopIteration
	}
	return o.b.outResult(v, err)
}

// M__getitem__ is o[key].
func (o Object) M__getitem__(key py.Object) (py.Object, error) {
	return o.b.outResult(object.GetItem(o.b.thread(), o.v, o.b.In(key)))
}

// M__setitem__ is o[key] = value.
func (o Object) M__setitem__(key, value py.Object) (py.Object, error) {
	return py.None, o.b.ErrOut(object.SetItem(o.b.thread(), o.v, o.b.In(key), o.b.In(value)))
}

// M__delitem__ is del o[key].
func (o Object) M__delitem__(key py.Object) (py.Object, error) {
	return py.None, o.b.ErrOut(object.DelItem(o.b.thread(), o.v, o.b.In(key)))
}

// M__contains__ is item in o.
func (o Object) M__contains__(item py.Object) (py.Object, error) {
	return o.binary(object.OpContains, item)
}

// binary is an operator with the object on its left.
func (o Object) binary(op object.BinaryOp, other py.Object) (py.Object, error) {
	return o.b.outResult(object.Binary(o.b.thread(), op, o.v, o.b.In(other)))
}

// The operators.
func (o Object) M__eq__(x py.Object) (py.Object, error)      { return o.binary(object.OpEqual, x) }
func (o Object) M__ne__(x py.Object) (py.Object, error)      { return o.binary(object.OpNotEqual, x) }
func (o Object) M__lt__(x py.Object) (py.Object, error)      { return o.binary(object.OpLess, x) }
func (o Object) M__le__(x py.Object) (py.Object, error)      { return o.binary(object.OpLessEqual, x) }
func (o Object) M__gt__(x py.Object) (py.Object, error)      { return o.binary(object.OpMore, x) }
func (o Object) M__ge__(x py.Object) (py.Object, error)      { return o.binary(object.OpMoreEqual, x) }
func (o Object) M__add__(x py.Object) (py.Object, error)     { return o.binary(object.OpAdd, x) }
func (o Object) M__sub__(x py.Object) (py.Object, error)     { return o.binary(object.OpSubtract, x) }
func (o Object) M__mul__(x py.Object) (py.Object, error)     { return o.binary(object.OpMultiply, x) }
func (o Object) M__mod__(x py.Object) (py.Object, error)     { return o.binary(object.OpModulo, x) }
func (o Object) M__truediv__(x py.Object) (py.Object, error) { return o.binary(object.OpTrueDivide, x) }
func (o Object) M__floordiv__(x py.Object) (py.Object, error) {
	return o.binary(object.OpFloorDivide, x)
}
func (o Object) M__and__(x py.Object) (py.Object, error)    { return o.binary(object.OpAnd, x) }
func (o Object) M__or__(x py.Object) (py.Object, error)     { return o.binary(object.OpOr, x) }
func (o Object) M__xor__(x py.Object) (py.Object, error)    { return o.binary(object.OpXor, x) }
func (o Object) M__lshift__(x py.Object) (py.Object, error) { return o.binary(object.OpLshift, x) }
func (o Object) M__rshift__(x py.Object) (py.Object, error) { return o.binary(object.OpRshift, x) }

// String is for messages of Go code.
func (o Object) String() string { return fmt.Sprintf("<%s>", o.v.TypeName()) }

// sortedNames gives the keys of a dict that Go code made in an order that does
// not change from run to run.
func sortedNames(d py.StringDict) []string {
	names := make([]string, 0, len(d))
	for name := range d {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// WriteStream writes text to the object if it is a stream that can be written;
// false if it is none.
func (o Object) WriteStream(text string) (bool, error) {
	if s := o.v.Type().Stream; s == nil || s.Write == nil {
		return false, nil
	}
	w, err := object.StreamPrinter(o.b.thread(), o.v)
	if err == nil {
		err = w.Str(text)
	}
	return true, o.b.ErrOut(err)
}

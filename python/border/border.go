// Package border is where the engine's values meet gpython's objects. Native
// modules are written against gpython's object protocol (package py); scripts
// run on values of package object. What crosses keeps its identity: a value
// that goes out and comes back is the same value.
//
//   - None, bool, int, float, str, bytes, tuple and Ellipsis are converted.
//   - Any other value of the engine goes out as an Object, which speaks gpython's
//     protocol for it.
//   - Any other gpython object comes in as a foreign object, which speaks the
//     engine's slots for it.
//   - Exceptions are converted, and remember what they were converted from.
package border

import (
	"math/big"
	"sync"

	"github.com/go-python/gpython/py"

	"qpy/python/object"
)

// Border joins one interpreter with gpython's objects.
type Border struct {
	in     *object.Interp
	thread func() *object.Thread

	pyTypes  map[*object.Type]*py.Type // of the engine's values, for Object.Type
	inTypes  map[*py.Type]*object.Type // of foreign objects
	layouts  map[*object.Type]object.Layout[foreign]
	modules  map[*py.Module]*object.Module
	foreigns *identities
}

// New makes the border of an interpreter. thread gives the thread that runs
// now; it is asked whenever Go code calls into the engine.
func New(in *object.Interp, thread func() *object.Thread) *Border {
	b := &Border{
		in: in, thread: thread,
		pyTypes:  map[*object.Type]*py.Type{},
		inTypes:  map[*py.Type]*object.Type{},
		layouts:  map[*object.Type]object.Layout[foreign]{},
		modules:  map[*py.Module]*object.Module{},
		foreigns: &identities{live: map[py.Object]weakForeign{}},
	}
	return b
}

// Out gives the gpython object for a value.
func (b *Border) Out(v object.Value) py.Object {
	switch v.Type().Kind {
	case object.KindNone:
		return py.None
	case object.KindBool:
		return py.NewBool(v.Int() != 0)
	case object.KindInt:
		if big, ok := v.AsBig(); ok {
			return (*py.BigInt)(big.Big())
		}
		return py.Int(v.Int())
	case object.KindFloat:
		return py.Float(v.Float())
	case object.KindStr:
		s, _ := v.AsStr()
		return py.String(s.String())
	case object.KindBytes:
		s, _ := v.AsBytes()
		return py.Bytes(s.String())
	case object.KindTuple:
		if v.Type() == object.TupleType {
			t, _ := v.AsTuple()
			return b.outTuple(t.Items)
		}
	case object.KindList:
		return ListObject{Object{b, v}}
	case object.KindDict:
		return DictObject{Object{b, v}}
	case object.KindException:
		e, _ := v.AsException()
		return b.outException(e)
	case object.KindInstance:
		if e, ok := v.AsException(); ok {
			return b.outException(e)
		}
	}
	switch v {
	case object.Ellipsis:
		return py.Ellipsis
	case object.NotImplemented:
		return py.NotImplemented
	}
	if f, ok := b.foreignOf(v); ok {
		return f.o
	}
	if ty, ok := v.AsType(); ok {
		if t := pyTypeOf(ty); t != nil {
			return t
		}
	}
	if v.Type().Buffer != nil {
		return BufferObject{Object{b, v}}
	}
	return Object{b, v}
}

func (b *Border) outTuple(items []object.Value) py.Tuple {
	out := make(py.Tuple, len(items))
	for i, v := range items {
		out[i] = b.Out(v)
	}
	return out
}

// In gives the value for a gpython object. nil is None, as a native function
// returns it that has nothing to say.
func (b *Border) In(o py.Object) object.Value {
	switch o := o.(type) {
	case nil:
		return object.None
	case py.NoneType:
		return object.None
	case py.Bool:
		return object.Bool(bool(o))
	case py.Int:
		return object.Int(int64(o))
	case *py.BigInt:
		return object.NewBig(new(big.Int).Set((*big.Int)(o)))
	case py.Float:
		return object.Float(float64(o))
	case py.String:
		return object.NewStr(string(o))
	case py.Bytes:
		return object.NewBytes(string(o))
	case py.Tuple:
		return object.TupleOf(b.inItems(o))
	case *py.List:
		return object.NewList(b.inItems(o.Items)).Value()
	case py.StringDict:
		d := object.NewDict(len(o))
		for _, name := range sortedNames(o) {
			d.SetName(b.in, b.in.Intern(name), b.In(o[name]))
		}
		return d.Value()
	case Object:
		return o.v
	case ListObject:
		return o.v
	case DictObject:
		return o.v
	case BufferObject:
		return o.v
	case *py.Exception:
		if o == py.NotImplemented {
			return object.NotImplemented
		}
		return b.inException(o).Self()
	case *py.Type:
		return b.TypeIn(o).Value()
	case *py.Method:
		return b.method(o)
	case *py.Module:
		return b.Module(o).Value()
	case Tupler:
		name, fields, items := o.AttrTuple()
		return b.attrTuple(name, fields, items)
	}
	if o == py.Ellipsis {
		return object.Ellipsis
	}
	return b.foreign(o)
}

func (b *Border) inItems(items []py.Object) []object.Value {
	out := make([]object.Value, len(items))
	for i, o := range items {
		out[i] = b.In(o)
	}
	return out
}

// result is what a native function gives back to the engine.
func (b *Border) result(o py.Object, err error) (object.Value, error) {
	if err != nil {
		return object.Null, b.ErrIn(err)
	}
	return b.In(o), nil
}

// outResult is what the engine gives back to Go code.
func (b *Border) outResult(v object.Value, err error) (py.Object, error) {
	if err != nil {
		return nil, b.ErrOut(err)
	}
	return b.Out(v), nil
}

// outArgs turns the arguments of a call into gpython's form.
func (b *Border) outArgs(args, kw []object.Value) (py.Tuple, py.StringDict) {
	var kwargs py.StringDict
	if len(kw) > 0 {
		kwargs = make(py.StringDict, len(kw)/2)
		for i := 0; i+1 < len(kw); i += 2 {
			name, _ := kw[i].AsStr()
			kwargs[name.String()] = b.Out(kw[i+1])
		}
	}
	return b.outTuple(args), kwargs
}

// inArgs turns the arguments of a call into the engine's form.
func (b *Border) inArgs(args py.Tuple, kwargs py.StringDict) (pos, kw []object.Value) {
	for _, name := range sortedNames(kwargs) {
		kw = append(kw, b.in.Intern(name).Value(), b.In(kwargs[name]))
	}
	return b.inItems(args), kw
}

// Call calls a value from Go on the running thread.
func (b *Border) Call(v object.Value, args py.Tuple, kwargs py.StringDict) (py.Object, error) {
	pos, kw := b.inArgs(args, kwargs)
	return b.outResult(object.Call(b.thread(), v, pos, kw))
}

// identities finds the value that a gpython object came in as before, for as
// long as a script holds it.
type identities struct {
	sync.Mutex // cleanups run on a goroutine of the garbage collector
	live       map[py.Object]weakForeign
}

package ucollections

import (
	"strings"

	"qpy/python/object"
)

// namedTuple is namedtuple(name, fields): a type of tuples whose items can be
// read by name (py/objnamedtuple.c). fields is a tuple or list of names, or one
// string of names with spaces between them.
func namedTuple(t *object.Thread, nameArg, fieldsArg object.Value) (object.Value, error) {
	name, err := nameOf(nameArg)
	if err != nil {
		return object.Null, err
	}
	var fields []*object.Str
	if text, ok := object.StrMaybe(fieldsArg); ok {
		for _, f := range strings.Fields(text) {
			fields = append(fields, t.In.Intern(f))
		}
	} else {
		items, err := object.Items(fieldsArg)
		if err != nil {
			return object.Null, err
		}
		for _, item := range items {
			f, err := nameOf(item)
			if err != nil {
				return object.Null, err
			}
			fields = append(fields, t.In.Intern(f))
		}
	}
	size := typeSize + 8*len(fields)
	if err := t.Alloc(size); err != nil {
		return object.Null, err
	}
	ty := newTupleType(name, fields)
	ty.Size = size
	return ty.Value(), nil
}

// typeSize is about what a type takes of the heap, in bytes.
const typeSize = 1024

// nameOf is the text of a str (mp_obj_str_get_qstr).
func nameOf(v object.Value) (string, error) {
	s, ok := object.StrMaybe(v)
	if !ok {
		return "", object.Raisef(object.TypeError, "can't convert '%s' object to str implicitly", v.TypeName())
	}
	return s, nil
}

// newTupleType makes the type. It has no methods: MicroPython's has a slot for
// attributes, beside which it does not look for methods of tuple.
func newTupleType(name string, fields []*object.Str) *object.Type {
	ty := object.NewType(name, object.TupleType)
	ty.Kind = object.KindTuple
	ty.Flags = object.FlagEqChecksOtherType // may equal a tuple
	ty.Unary, ty.Binary, ty.GetItem = object.TupleUnary, object.TupleBinary, object.TupleGetItem
	ty.Iter, ty.Visit = object.TupleType.Iter, object.TupleVisit
	ty.New = func(t *object.Thread, _ *object.Type, args, kw []object.Value) (object.Value, error) {
		return newTuple(t, ty, fields, args, kw)
	}
	ty.Print = func(t *object.Thread, w *object.Printer, self object.Value, _ object.PrintKind) error {
		if err := w.Str(ty.Name); err != nil {
			return err
		}
		items, _ := object.TupleItems(self)
		sep := "("
		for i, v := range items {
			if err := w.Str(sep + fields[i].String() + "="); err != nil {
				return err
			}
			if err := object.Print(t, w, v, object.PrintRepr); err != nil {
				return err
			}
			sep = ", "
		}
		if len(items) == 0 {
			return w.Str("()")
		}
		return w.Str(")")
	}
	ty.LoadAttr = func(_ *object.Thread, self object.Value, name *object.Str) (attr, recv object.Value, err error) {
		for i, f := range fields {
			if f == name {
				items, _ := object.TupleItems(self)
				return items[i], object.Null, nil
			}
		}
		return object.Null, object.Null, nil
	}
	ty.StoreAttr = func(*object.Thread, object.Value, *object.Str, object.Value) (bool, error) {
		return false, object.Raise(object.AttributeError, "can't set attribute")
	}
	return ty
}

// newTuple makes a tuple of the type from positional and named items
// (namedtuple_make_new).
func newTuple(t *object.Thread, ty *object.Type, fields []*object.Str, args, kw []object.Value) (object.Value, error) {
	n := len(fields)
	if given := len(args) + len(kw)/2; given != n {
		return object.Null, object.Raisef(object.TypeError, "%s() takes %d positional arguments but %d were given", ty.Name, n, given)
	}
	if err := t.Alloc(32 + 16*n); err != nil {
		return object.Null, err
	}
	items := make([]object.Value, n)
	copy(items, args)
	for i := 0; i+1 < len(kw); i += 2 {
		name, _ := kw[i].AsStr()
		name = t.In.InternStr(name)
		at := -1
		for j, f := range fields {
			if f == name {
				at = j
				break
			}
		}
		if at < 0 {
			return object.Null, object.Raisef(object.TypeError, "unexpected keyword argument '%s'", name)
		}
		if !items[at].IsNull() {
			return object.Null, object.Raisef(object.TypeError, "function got multiple values for argument '%s'", name)
		}
		items[at] = kw[i+1]
	}
	return (&object.Tuple{Header: object.NewHeader(ty), Items: items}).Value(), nil
}

package border

import (
	"github.com/go-python/gpython/py"

	"qpy/python/object"
)

// typeOut gives gpython's type for a type of the engine: the one that both
// sides have, or one of the same name made for it.
func (b *Border) typeOut(ty *object.Type) *py.Type {
	if t := pyTypeOf(ty); t != nil {
		return t
	}
	if t := b.pyTypes[ty]; t != nil {
		return t
	}
	base := py.ObjectType
	for _, bb := range ty.Bases {
		if bb.IsSubclass(object.BaseException) {
			base = b.typeOut(bb)
			break
		}
	}
	t := NewClass(ty.Name, base)
	b.pyTypes[ty] = t
	return t
}

// NewClass makes a gpython type while boards run. py.NewType is for package
// variables and for what makes a module: it enters the type in a list that the whole
// process shares.
func NewClass(name string, base *py.Type) *py.Type {
	t := &py.Type{ObjectType: py.TypeType, Name: name, Base: base, Bases: py.Tuple{base}, Flags: base.Flags, New: base.New, Dict: py.StringDict{}}
	t.Mro = py.Tuple{t}
	for ; base != nil; base = base.Base {
		t.Mro = append(t.Mro, base)
		if len(base.Mro) > 0 {
			t.Mro = append(t.Mro[:len(t.Mro)-1], base.Mro...)
			break
		}
	}
	return t
}

// TypeIn gives the engine's type for a gpython type: the one that both sides
// have, or a foreign one, whose instances are foreign objects.
func (b *Border) TypeIn(t *py.Type) *object.Type {
	if ty := typeOfPy(t); ty != nil {
		return ty
	}
	if ty := b.inTypes[t]; ty != nil {
		return ty
	}
	ty := object.NewType(t.Name)
	b.inTypes[t] = ty
	layout := object.NewLayout[foreign](ty)
	b.layouts[ty] = layout
	b.fillSlots(ty, layout)
	ty.New = func(_ *object.Thread, _ *object.Type, args, kw []object.Value) (object.Value, error) {
		pos, kwargs := b.outArgs(args, kw)
		return b.result(py.Call(t, pos, kwargs))
	}
	// The table belongs to this interpreter, like all that is made at run time.
	ty.Locals = object.NewDict(len(t.Dict))
	for _, name := range sortedNames(t.Dict) {
		key := b.in.InternNative(name)
		if m, ok := t.Dict[name].(*py.Method); ok {
			ty.Locals.SetName(b.in, key, b.method(m))
		} else if _, isProperty := t.Dict[name].(*py.Property); !isProperty {
			ty.Locals.SetName(b.in, key, b.In(t.Dict[name]))
		}
	}
	return ty
}

// method gives the function of the engine for a native one. A function of a
// module is called without a receiver: its self is the module. A method gets
// its receiver as first argument.
func (b *Border) method(m *py.Method) object.Value {
	return object.FuncKw(m.Name, 0, -1, func(_ *object.Thread, args, kw []object.Value) (object.Value, error) {
		self := py.Object(m.Module)
		if m.Module == nil {
			if len(args) == 0 {
				return object.Null, object.Raise(object.TypeError, "function missing 1 required positional arguments")
			}
			self, args = b.Out(args[0]), args[1:]
		}
		pos, kwargs := b.outArgs(args, kw)
		if kwargs != nil {
			return b.result(m.CallWithKeywords(self, pos, kwargs))
		}
		return b.result(m.Call(self, pos))
	})
}

// fillSlots lets instances of a foreign type speak gpython's protocol.
func (b *Border) fillSlots(ty *object.Type, layout object.Layout[foreign]) {
	of := func(v object.Value) py.Object { return layout.Must(v).o }
	ty.Flags |= object.FlagEqChecksOtherType
	ty.Print = func(t *object.Thread, w *object.Printer, self object.Value, kind object.PrintKind) error {
		text, ok, err := b.text(of(self), kind)
		if err != nil {
			return err
		}
		if !ok {
			return w.Strf("<%s>", ty.Name)
		}
		return w.Str(text)
	}
	ty.Call = func(_ *object.Thread, self object.Value, args, kw []object.Value) (object.Value, error) {
		pos, kwargs := b.outArgs(args, kw)
		return b.result(py.Call(of(self), pos, kwargs))
	}
	ty.Callable = func(self object.Value) bool {
		_, ok := of(self).(py.I__call__)
		return ok
	}
	ty.LoadAttr = func(t *object.Thread, self object.Value, name *object.Str) (attr, recv object.Value, err error) {
		if m := ty.Own(b.in, name); !m.IsNull() {
			if _, isFunc := m.AsBuiltin(); isFunc {
				return m, self, nil
			}
			return m, object.Null, nil
		}
		v, err := GetAttr(of(self), name.String())
		if py.IsException(py.AttributeError, err) {
			return object.Null, object.Null, nil
		}
		attr, err = b.result(v, err)
		return attr, object.Null, err
	}
	ty.StoreAttr = func(_ *object.Thread, self object.Value, name *object.Str, val object.Value) (bool, error) {
		if val.IsNull() {
			o, ok := of(self).(py.I__delattr__)
			if !ok {
				return false, nil
			}
			_, err := o.M__delattr__(name.String())
			return true, b.ErrIn(err)
		}
		o, ok := of(self).(py.I__setattr__)
		if !ok {
			return false, nil
		}
		_, err := o.M__setattr__(name.String(), b.Out(val))
		return true, b.ErrIn(err)
	}
	ty.Unary = func(t *object.Thread, op object.UnaryOp, self object.Value) (object.Value, error) {
		switch op {
		case object.OpBool:
			if o, ok := of(self).(py.I__bool__); ok {
				return b.result(o.M__bool__())
			}
			if o, ok := of(self).(py.I__len__); ok {
				n, err := b.result(o.M__len__())
				return object.Bool(n.Int() != 0), err
			}
			return object.Null, nil
		case object.OpLen:
			if o, ok := of(self).(py.I__len__); ok {
				return b.result(o.M__len__())
			}
			return object.Null, nil
		}
		return object.Null, nil // no hash, as with the types of the firmware
	}
	ty.Binary = func(_ *object.Thread, op object.BinaryOp, self, other object.Value) (object.Value, error) {
		return b.binary(op, of(self), other)
	}
	ty.GetItem = func(_ *object.Thread, self, index object.Value) (object.Value, error) {
		if o, ok := of(self).(py.I__getitem__); ok {
			return b.result(o.M__getitem__(b.Out(index)))
		}
		return object.Null, nil
	}
	ty.SetItem = func(_ *object.Thread, self, index, val object.Value) (bool, error) {
		o, ok := of(self).(py.I__setitem__)
		if !ok {
			return false, nil
		}
		_, err := o.M__setitem__(b.Out(index), b.Out(val))
		return true, b.ErrIn(err)
	}
	ty.DelItem = func(_ *object.Thread, self, index object.Value) (bool, error) {
		o, ok := of(self).(py.I__delitem__)
		if !ok {
			return false, nil
		}
		_, err := o.M__delitem__(b.Out(index))
		return true, b.ErrIn(err)
	}
	ty.Iter = func(_ *object.Thread, self object.Value) (object.Value, error) {
		if o, ok := of(self).(py.I__iter__); ok {
			return b.result(o.M__iter__())
		}
		return object.Null, nil
	}
	ty.Next = func(_ *object.Thread, self object.Value) (object.Value, error) {
		o, ok := of(self).(py.I__next__)
		if !ok {
			return object.Null, nil
		}
		v, err := o.M__next__()
		if py.IsException(py.StopIteration, err) {
			return object.Null, nil
		}
		return b.result(v, err)
	}
	ty.Buffer = func(_ *object.Thread, self object.Value, _ bool) (object.Buffer, bool) {
		if o, ok := of(self).(interface{ Buffer() []byte }); ok {
			return object.Buffer{Data: o.Buffer(), Code: 'B'}, true
		}
		return object.Buffer{}, false
	}
	ty.Visit = func(object.Value, func(object.Value)) int { return foreignSize }
}

// text is str or repr of a gpython object; false if it says nothing of itself.
func (b *Border) text(o py.Object, kind object.PrintKind) (string, bool, error) {
	var s py.Object
	var err error
	if str, ok := o.(py.I__str__); ok && kind == object.PrintStr {
		s, err = str.M__str__()
	} else if repr, ok := o.(py.I__repr__); ok {
		s, err = repr.M__repr__()
	} else {
		return "", false, nil
	}
	text, _ := s.(py.String)
	return string(text), true, b.ErrIn(err)
}

// binary is an operator with a foreign object on its left.
func (b *Border) binary(op object.BinaryOp, o py.Object, other object.Value) (object.Value, error) {
	right := b.Out(other)
	var out py.Object
	var err error
	switch op {
	case object.OpEqual:
		eq, ok := o.(py.I__eq__)
		if !ok {
			return object.Null, nil
		}
		out, err = eq.M__eq__(right)
	case object.OpContains:
		in, ok := o.(py.I__contains__)
		if !ok {
			return object.Null, nil
		}
		out, err = in.M__contains__(right)
	case object.OpLess:
		out, err = py.Lt(o, right)
	case object.OpMore:
		out, err = py.Gt(o, right)
	case object.OpAdd:
		out, err = py.Add(o, right)
	case object.OpSubtract:
		out, err = py.Sub(o, right)
	case object.OpMultiply:
		out, err = py.Mul(o, right)
	default:
		return object.Null, nil
	}
	if py.IsException(py.TypeError, err) || out == py.NotImplemented {
		return object.Null, nil // the engine words the error
	}
	return b.result(out, err)
}

package builtin

import "qpy/python/object"

var nDir = object.Intern("__dir__")

func init() {
	defVar("getattr", 2, 3, func(t *object.Thread, args []object.Value) (object.Value, error) {
		name, err := nameOf(t, args[1])
		if err != nil {
			return object.Null, err
		}
		if len(args) == 2 {
			return object.GetAttr(t, args[0], name)
		}
		v, err := protected(object.GetAttrMaybe(t, args[0], name))
		if err == nil && v.IsNull() {
			v = args[2]
		}
		return v, err
	})
	object.DefineBuiltin("setattr", object.Func3("setattr", func(t *object.Thread, v, attr, val object.Value) (object.Value, error) {
		name, err := nameOf(t, attr)
		if err != nil {
			return object.Null, err
		}
		return object.None, object.SetAttr(t, v, name, val)
	}))
	def2("delattr", func(t *object.Thread, v, attr object.Value) (object.Value, error) {
		name, err := nameOf(t, attr)
		if err != nil {
			return object.Null, err
		}
		return object.None, object.DelAttr(t, v, name)
	})
	def2("hasattr", func(t *object.Thread, v, attr object.Value) (object.Value, error) {
		name, err := nameOf(t, attr)
		if err != nil {
			return object.Null, err
		}
		a, _, err := object.LoadMethodMaybe(t, v, name)
		a, err = protected(a, err)
		return object.Bool(!a.IsNull()), err
	})
	def2("isinstance", func(t *object.Thread, v, class object.Value) (object.Value, error) {
		return isSubclass(v.Type(), class)
	})
	def2("issubclass", func(t *object.Thread, v, class object.Value) (object.Value, error) {
		ty, ok := v.AsType()
		if !ok {
			return object.Null, object.Raise(object.TypeError, "issubclass() arg 1 must be a class")
		}
		return isSubclass(ty, class)
	})
	def1("callable", func(t *object.Thread, v object.Value) (object.Value, error) {
		return object.Bool(object.Callable(t, v)), nil
	})
	def1("id", func(t *object.Thread, v object.Value) (object.Value, error) {
		return object.Int(int64(t.In.ID(v))), nil
	})
	defVar("dir", 0, 1, dir)
}

// protected turns an AttributeError into "there is none"
// (mp_load_method_protected).
func protected(v object.Value, err error) (object.Value, error) {
	if err != nil && object.IsRaised(err, object.AttributeError) {
		return object.Null, nil
	}
	return v, err
}

// isSubclass reports whether ty derives from a class or one of a tuple of them.
func isSubclass(ty *object.Type, class object.Value) (object.Value, error) {
	if c, ok := class.AsType(); ok {
		return object.Bool(c == object.ObjectType || ty.IsSubclass(c)), nil
	}
	classes, ok := class.AsTuple()
	if !ok {
		return object.Null, object.Raise(object.TypeError, "issubclass() arg 2 must be a class or a tuple of classes")
	}
	for _, v := range classes.Items {
		if c, ok := v.AsType(); ok && (c == object.ObjectType || ty.IsSubclass(c)) {
			return object.True, nil
		}
	}
	return object.False, nil
}

// dir lists the names in the running function, or tries all names there are on
// an object.
func dir(t *object.Thread, args []object.Value) (object.Value, error) {
	out := object.NewList(nil)
	if len(args) == 0 {
		locals := t.In.Hooks.Locals
		if locals == nil {
			return object.Null, noHook("dir")
		}
		d := locals(t)
		for e, i := d.Next(0); e != nil; e, i = d.Next(i) {
			if err := out.Append(t, e.Key()); err != nil {
				return object.Null, err
			}
		}
		return out.Value(), nil
	}
	var own object.Value
	err := t.In.EachName(func(name *object.Str) (bool, error) {
		attr, recv, err := object.LoadMethodMaybe(t, args[0], name)
		if attr, err = protected(attr, err); err != nil || attr.IsNull() {
			return err == nil, err
		}
		if name == nDir && !recv.IsNull() {
			own, err = object.CallMethod(t, attr, recv, nil, nil)
			return false, err
		}
		return true, out.Append(t, name.Value())
	})
	if err != nil || !own.IsNull() {
		return own, err
	}
	return out.Value(), nil
}

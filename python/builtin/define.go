package builtin

import "qpy/python/object"

func def1(name string, f func(t *object.Thread, v object.Value) (object.Value, error)) {
	object.DefineBuiltin(name, object.Func1(name, f))
}

func def2(name string, f func(t *object.Thread, a, b object.Value) (object.Value, error)) {
	object.DefineBuiltin(name, object.Func2(name, f))
}

func defVar(name string, min, max int, f func(t *object.Thread, args []object.Value) (object.Value, error)) {
	object.DefineBuiltin(name, object.FuncVar(name, min, max, f))
}

func defKw(name string, min, max int, f func(t *object.Thread, args, kw []object.Value) (object.Value, error)) {
	object.DefineBuiltin(name, object.FuncKw(name, min, max, f))
}

// notStr is the error for something else where a str is needed
// (bad_implicit_conversion of py/objstr.c).
func notStr(v object.Value) error {
	return object.Raisef(object.TypeError, "can't convert '%s' object to str implicitly", v.TypeName())
}

// nameOf returns a str as the name of an attribute (mp_obj_str_get_qstr).
func nameOf(t *object.Thread, v object.Value) (*object.Str, error) {
	if s, ok := v.AsStr(); ok {
		return t.In.InternStr(s), nil
	}
	return nil, notStr(v)
}

// noHook is the error of a built-in whose object.Hooks function is missing.
func noHook(name string) error {
	return object.Raise(object.NotImplementedError, name+"() isn't available here")
}

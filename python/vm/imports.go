package vm

import "qpy/python/object"

// importName imports a module, through __import__ if the script replaced it.
func importName(t *object.Thread, name *object.Str, names object.Value, level int64, globals *object.Dict) (object.Value, error) {
	if o := t.In.Override; o != nil {
		if f := o.GetName(t.In, nImport); !f.IsNull() {
			return object.Call(t, f, []object.Value{name.Value(), object.None, object.None, names, object.Int(level)}, nil)
		}
	}
	if t.In.Import == nil {
		return object.Null, object.Raisef(object.ImportError, "no module named '%s'", name)
	}
	return t.In.Import(t, name, names, int(level), globals)
}

// importFrom loads a name from a module (mp_import_from); from a package it may
// be a module in it.
func importFrom(t *object.Thread, mod object.Value, name *object.Str, globals *object.Dict) (object.Value, error) {
	attr, recv, err := object.LoadMethodMaybe(t, mod, name)
	if err != nil {
		return object.Null, err
	}
	if !recv.IsNull() {
		return object.Null, object.Raisef(object.ImportError, "can't import name %s", name)
	}
	if !attr.IsNull() {
		return attr, nil
	}
	m, ok := mod.AsModule()
	if !ok || m.Globals.GetName(t.In, object.Intern("__path__")).IsNull() {
		return object.Null, object.Raisef(object.ImportError, "can't import name %s", name)
	}
	pkg, _ := object.StrMaybe(m.Globals.GetName(t.In, nName))
	return importName(t, t.In.Intern(pkg+"."+name.String()), object.True, 0, globals)
}

// importStar binds all names of a module that do not begin with an underscore.
func importStar(t *object.Thread, mod object.Value, locals *object.Dict) error {
	m, ok := mod.AsModule()
	if !ok {
		return object.RaiseArgs(object.TypeError)
	}
	g := m.Globals
	for e, i := g.Next(0); e != nil; e, i = g.Next(i) {
		s, ok := e.Key().AsStr()
		if !ok || len(s.String()) > 0 && s.String()[0] == '_' {
			continue
		}
		if err := locals.Set(t, t.In.InternStr(s).Value(), e.Val); err != nil {
			return err
		}
	}
	return nil
}

package builtin

import (
	"sort"

	"qpy/python/object"
)

// Where globals have no __name__ (exec with a dict of its own), the one of this
// module is found, also by a class body for __module__ (py/modbuiltins.c).
func init() { object.DefineBuiltin("__name__", object.Intern("builtins").Value()) }

// Module returns the module builtins of a board: its table of built-ins,
// read-only. What a script stores in it goes to Interp.Override instead, unless
// the profile forbids it.
func Module(in *object.Interp) *object.Module {
	if in.BuiltinsModule != nil {
		return in.BuiltinsModule
	}
	m := in.NewModule("builtins")
	var names []*object.Str
	in.EachBuiltin(func(name *object.Str, _ object.Value) { names = append(names, name) })
	sort.Slice(names, func(i, j int) bool { return names[i].String() < names[j].String() })
	for _, name := range names {
		m.Globals.SetName(in, name, in.Builtin(name))
	}
	m.Globals.Fixed = true
	in.BuiltinsModule = m
	return m
}

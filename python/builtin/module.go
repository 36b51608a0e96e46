package builtin

import (
	"sort"

	"qpy/python/object"
)

// NewModule returns the module builtins of a board: its table of built-ins,
// read-only. What a script stores in it goes to Interp.Override instead, unless
// the profile forbids it.
func NewModule(in *object.Interp) *object.Module {
	m := in.NewModule("builtins")
	names := make([]*object.Str, 0, len(in.Builtins))
	for name := range in.Builtins {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool { return names[i].String() < names[j].String() })
	for _, name := range names {
		m.Globals.SetName(in, name, in.Builtins[name])
	}
	m.Globals.Fixed = true
	in.BuiltinsModule = m
	return m
}

// Package uerrno is the module `uerrno` (and `errno`): the error numbers of
// OSError by name, and their names by number (py/moduerrno.c).
package uerrno

import (
	"qpy/python"
	"qpy/python/object"
)

// Module is the module `uerrno`.
var Module = python.Module{Name: "uerrno", Build: build}

func build(in *object.Interp, m *object.Module) {
	var codes []object.Value
	for _, e := range object.Errnos {
		name := in.InternNative(e.Name)
		m.Globals.SetName(in, name, object.Int(e.Num))
		codes = append(codes, object.Int(e.Num), name.Value())
	}
	m.Define(in, "errorcode", object.FixedDict(codes...).Value())
}

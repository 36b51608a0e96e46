// Package uarray is the module `uarray` (and `array`): arrays of machine
// numbers (py/modarray.c). The type itself is the engine's.
package uarray

import (
	"qpy/python"
	"qpy/python/object"
)

// Module is the module `uarray`.
var Module = python.Module{Name: "uarray", Build: build}

func build(in *object.Interp, m *object.Module) {
	m.Define(in, "array", object.ArrayType.Value())
}

// Package ujson is the module `ujson` (and `json`): MicroPython's own JSON, which
// takes more than the standard allows and says less about errors
// (extmod/modujson.c).
package ujson

import (
	"qpy/python"
	"qpy/python/object"
)

// Module is the module `ujson`.
var Module = python.Module{Name: "ujson", Build: build}

func build(in *object.Interp, m *object.Module) {
	set := func(name string, v object.Value) { m.Define(in, name, v) }
	set("dump", object.Func2("dump", dump))
	set("dumps", object.Func1("dumps", dumps))
	set("load", object.Func1("load", load))
	set("loads", object.Func1("loads", loads))
}

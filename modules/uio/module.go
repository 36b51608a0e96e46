// Package uio is the module `uio` (and `io`): streams in memory, streams that a
// script writes itself, and the types of files (py/modio.c, py/objstringio.c).
package uio

import (
	"qpy/python"
	"qpy/python/object"
)

// Module is the module `uio`.
var Module = python.Module{Name: "uio", SetUp: setUp, Build: build}

// setUp fills the types.
func setUp() {
	setUpBase()
	setUpMemory()
	setUpWriter()
}

func build(in *object.Interp, m *object.Module) {
	open := in.InternNative("open")
	m.Globals.SetName(in, open, in.Builtin(open))
	for _, ty := range []*object.Type{stringIO, bytesIO, ioBase, bufferedWriter, python.FileIO(), python.TextIOWrapper()} {
		m.Define(in, ty.Name, ty.Value())
	}
}

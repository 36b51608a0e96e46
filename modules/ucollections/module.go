// Package ucollections is the module `ucollections` (and `collections`):
// namedtuple, deque and OrderedDict (py/modcollections.c).
package ucollections

import (
	"qpy/python"
	"qpy/python/object"
)

// Module is the module `ucollections`.
var Module = python.Module{Name: "ucollections", SetUp: setUp, Build: build}

func build(in *object.Interp, m *object.Module) {
	m.Define(in, "deque", dequeType.Value())
	m.Define(in, "OrderedDict", object.OrderedDictType.Value())
	python.Functions(in, m, object.Func2("namedtuple", namedTuple))
}

//go:build qpysafe

package vm

import (
	"qpy/python/compile"
	"qpy/python/object"
)

// window is the registers of a call and all that follow on the stack.
type window = []object.Value

// ipos is a place in a code.
type ipos struct {
	c  *compile.Code
	pc int
}

func newWindow(regs []object.Value) window { return regs }

func reg(w window, off uint16) *object.Value { return &w[off/compile.RegSize] }

func next(w window, off uint16) *object.Value { return &w[off/compile.RegSize+1] }

func shift(w window, n int) window { return w[n/compile.RegSize:] }

func span(w window, off uint16, n int) []object.Value {
	i := int(off) / compile.RegSize
	return w[i : i+n : i+n]
}

func at(c *compile.Code, pc int) ipos { return ipos{c, pc} }

func pcOf(c *compile.Code, ip ipos) int { return ip.pc }

func fetch(ip ipos) compile.Instr { return ip.c.Instrs[ip.pc] }

func step(ip ipos) ipos { return ipos{ip.c, ip.pc + 1} }

func jumpBy(ip ipos, n int) ipos { return ipos{ip.c, ip.pc + n} }

func asFunction(v object.Value) *Function {
	f, ok := AsFunction(v)
	if !ok {
		panic("vm: not a function: " + v.TypeName())
	}
	return f
}

func asGenerator(v object.Value) *Generator { return generators.Must(v) }

func must[T any](p *T, ok bool) *T {
	if !ok {
		panic("vm: operand of another type")
	}
	return p
}

func asInstance(v object.Value) *object.Instance   { return must(v.AsInstance()) }
func asList(v object.Value) *object.List           { return must(v.AsList()) }
func asTuple(v object.Value) *object.Tuple         { return must(v.AsTuple()) }
func asDict(v object.Value) *object.Dict           { return must(v.AsDict()) }
func asCell(v object.Value) *object.Cell           { return must(v.AsCell()) }
func asBuiltin(v object.Value) *object.Builtin     { return must(v.AsBuiltin()) }
func asBound(v object.Value) *object.BoundMethod   { return must(v.AsBound()) }
func asType(v object.Value) *object.Type           { return must(v.AsType()) }
func asModule(v object.Value) *object.Module       { return must(v.AsModule()) }
func asComplex(v object.Value) *object.Complex     { return must(v.AsComplex()) }
func asListIter(v object.Value) *object.ListIter   { return must(v.AsListIter()) }
func asTupleIter(v object.Value) *object.TupleIter { return must(v.AsTupleIter()) }
func asRangeIter(v object.Value) *object.RangeIter { return must(v.AsRangeIter()) }

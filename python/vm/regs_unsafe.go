//go:build !qpysafe

package vm

import (
	"unsafe"

	"qpy/python/compile"
	"qpy/python/object"
)

// window is the first register of a call.
type window = unsafe.Pointer

// ipos is the address of an instruction.
type ipos = unsafe.Pointer

func newWindow(regs []object.Value) window { return unsafe.Pointer(unsafe.SliceData(regs)) }

// reg returns the register at an offset, which compile.Verify checked.
func reg(w window, off uint16) *object.Value {
	return (*object.Value)(unsafe.Add(w, uintptr(off)))
}

// next returns the register after reg(w, off).
func next(w window, off uint16) *object.Value {
	return (*object.Value)(unsafe.Add(w, uintptr(off)+compile.RegSize))
}

// shift returns the window that begins n bytes further on.
func shift(w window, n int) window { return unsafe.Add(w, n) }

// span returns n registers in a row.
func span(w window, off uint16, n int) []object.Value {
	return unsafe.Slice((*object.Value)(unsafe.Add(w, uintptr(off))), n)
}

// at returns the address of instruction pc.
func at(c *compile.Code, pc int) ipos { return unsafe.Pointer(&c.Instrs[pc]) }

// pcOf is the reverse of at.
func pcOf(c *compile.Code, ip ipos) int {
	return int(uintptr(ip)-uintptr(unsafe.Pointer(unsafe.SliceData(c.Instrs)))) / 8
}

// fetch returns the instruction at ip. compile.Verify made sure that execution
// stays within the code.
func fetch(ip ipos) compile.Instr { return *(*compile.Instr)(ip) }

func step(ip ipos) ipos { return unsafe.Add(ip, 8) }

func jumpBy(ip ipos, n int) ipos { return unsafe.Add(ip, n*8) }

// The following return the object of a value whose type was just tested.

func asFunction(v object.Value) *Function        { return (*Function)(v.Ptr()) }
func asGenerator(v object.Value) *Generator      { return (*Generator)(v.Ptr()) }
func asInstance(v object.Value) *object.Instance { return (*object.Instance)(v.Ptr()) }
func asList(v object.Value) *object.List         { return (*object.List)(v.Ptr()) }
func asTuple(v object.Value) *object.Tuple       { return (*object.Tuple)(v.Ptr()) }
func asDict(v object.Value) *object.Dict         { return (*object.Dict)(v.Ptr()) }
func asCell(v object.Value) *object.Cell         { return (*object.Cell)(v.Ptr()) }
func asBuiltin(v object.Value) *object.Builtin   { return (*object.Builtin)(v.Ptr()) }
func asBound(v object.Value) *object.BoundMethod { return (*object.BoundMethod)(v.Ptr()) }
func asType(v object.Value) *object.Type         { return (*object.Type)(v.Ptr()) }
func asModule(v object.Value) *object.Module     { return (*object.Module)(v.Ptr()) }
func asComplex(v object.Value) *object.Complex   { return (*object.Complex)(v.Ptr()) }
func asListIter(v object.Value) *object.ListIter { return (*object.ListIter)(v.Ptr()) }
func asTupleIter(v object.Value) *object.TupleIter {
	return (*object.TupleIter)(v.Ptr())
}
func asRangeIter(v object.Value) *object.RangeIter {
	return (*object.RangeIter)(v.Ptr())
}

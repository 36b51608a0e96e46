// Package vm runs the code that package compile makes. It is a register
// machine: the registers of a call are a window of the thread's stack that
// overlaps the caller's, so that arguments need not be copied; calls between
// Python functions and the resumption of generators use no Go stack.
//
// The machine uses registers through raw memory (regs_unsafe.go), relying on
// compile.Verify. With the build tag qpysafe it uses slices with Go's bounds
// checks instead (regs_safe.go); the rest is the same.
package vm

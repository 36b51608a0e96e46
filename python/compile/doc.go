// Package compile turns syntax trees into code for the register machine of
// package vm, with MicroPython 1.13's rules: which names are local (py/scope.c),
// in what order things are evaluated, which line a traceback shows
// (py/compile.c, py/emitbc.c).
//
// Code that Compile returns was checked by Verify: every operand is in range,
// so that the machine need not check again.
package compile

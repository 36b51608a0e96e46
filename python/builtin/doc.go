// Package builtin holds the built-in functions of MicroPython 1.13
// (py/modbuiltins.c): print, len, sorted and the rest, and the module builtins
// that lists them. The built-in types are in package object.
//
// Importing the package fills object's table of built-ins. It knows neither
// compiler nor VM: what eval, globals and their like need of them comes through
// object.Hooks.
package builtin

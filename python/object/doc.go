// Package object is the data model of the engine: the 16-byte Value, the
// types with their slots, the built-in objects, attribute access and the
// generic operations of MicroPython 1.13 (py/obj.c, py/objtype.c,
// py/runtime.c, py/map.c). It knows neither source text nor bytecode: package
// vm plugs functions and generators in through the slots of Type.
//
// Types are read-only once a script can see them, because all boards of a process
// share them: their slots are filled in init functions or when the first board
// imports their module, their methods when the first is asked for ([DefineLater]).
// Whatever a script can change belongs to an Interp or to objects that one Interp
// made.
//
// An error that a script can catch is an *Exception. Any other error (a board
// that is switched off, say) passes through the script uncaught.
package object

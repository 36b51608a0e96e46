// Package syntax reads MicroPython 1.13 source: Python 3.4 and what 1.13 adds
// (async and await, :=, annotated variables, 1_000, @, keywords after **).
//
// [Parse] turns a source text into the nodes of gpython's package ast; the few
// nodes that gpython lacks are in this package. It accepts and rejects what
// 1.13 accepts and rejects, in the words of 1.13: the scanner follows
// py/lexer.c, the parser py/grammar.h, and a check of the finished tree
// (check.go) finds the errors that py/compile.c reports. A tree that Parse
// returns needs no further check by a compiler.
//
// Places are those of the token that a construct starts with, as in gpython;
// for a call, an attribute and a subscript that is the "(", "." or "[".
// [StartLine] gives the first line of an expression. Lineno counts from 1,
// ColOffset is in bytes from 0.
package syntax

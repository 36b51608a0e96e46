// Package fuzz finds programs on which the engine differs from MicroPython
// 1.13, from its own bounds-checked build, or from what it promises about
// memory and time.
//
// Generate makes a valid program from a seed, Theme one that tries a single part
// of the language closely, Mutate changes a program of a corpus, Run runs one in this process under limits, Oracle and Worker run it
// in others, and Reduce cuts a program that fails down to the lines that
// matter. All of it is deterministic: a seed is a test case.
//
// The tests run a few seeds. A search is a test run with these variables set:
//
//	QPY_ORACLE   the unix port of MicroPython 1.13, to compare with
//	QPY_SAFE     1: also compare with the build with the tag qpysafe
//	QPY_SECONDS  how long to search (default: a few programs only)
//	QPY_SEED     the seed to begin with
//	QPY_CORPUS   folders of more programs to mutate, separated by colons
//	QPY_KEEP     a folder for the reduced programs that differ
package fuzz

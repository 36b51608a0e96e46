package object

import (
	"fmt"
	"sync/atomic"
)

// Static strings are those that all Interps share: the names that this program's
// own types and modules use, and the strings of one ASCII character. The linker
// lays them out (static_names.go), as MicroPython's build lays out its string
// table: no start has to make them.

// static returns the static string of a text, or nil.
func static[T string | []byte](s T) *Str {
	if len(s) > longestName && len(extraNames) == 0 {
		return nil
	}
	for i := hashText(s); len(nameIndex) > 0; i++ {
		n := nameIndex[int(i)&(len(nameIndex)-1)]
		if n == 0 {
			break
		}
		if p := &nameTable[n-1]; p.s == string(s) {
			return p
		}
	}
	return extraNames[string(s)]
}

// extraNames are static strings that static_names.go lacks: those of a program
// that has modules of its own, and of tests. It only grows in init functions.
var extraNames = map[string]*Str{}

// sealed tells that an Interp was made: static strings are read without locks
// from then on.
var sealed atomic.Bool

// Intern returns the static string of text s. Only for init functions and package
// variables; a running script interns with Interp.Intern. What is in
// static_names.go can be asked for at any time.
func Intern(s string) *Str {
	if p := static(s); p != nil {
		return p
	}
	if sealed.Load() {
		panic(fmt.Sprintf("object: the name %q is not in static_names.go and was not interned in an init function", s))
	}
	p := &Str{Header: Header{StrType}, s: s, flags: strInterned}
	p.Hash()
	p.ASCII()
	extraNames[s] = p
	return p
}

// eachStatic calls f with every static string, in no order that means anything.
func eachStatic(f func(*Str)) {
	for i := range nameTable {
		f(&nameTable[i])
	}
	for _, s := range extraNames {
		f(s)
	}
}

var emptyStr = Intern("")

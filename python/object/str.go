package object

import (
	"strings"

	"qpy/python/text"
)

const (
	strInterned = 1 << iota // the one object of its text in an Interp, or a static one
	strHashed               // hash is set
	strASCII                // known to be ASCII only
	strWide                 // known to hold other characters
	strNative               // a name that a module of the firmware brings
)

// Str is a str: UTF-8 text. Names (of attributes, globals, keyword arguments)
// are interned, so that two names are equal exactly when their pointers are.
type Str struct {
	Header
	hash  uint32
	flags uint8
	s     string
}

// Intern returns the one string object of text s in this Interp.
func (in *Interp) Intern(s string) *Str {
	if p := static(s); p != nil {
		in.meet(p)
		return p
	}
	if p := in.names[s]; p != nil {
		return p
	}
	p := newStr(strings.Clone(s)) // s may be a piece of a whole program
	in.addName(p)
	return p
}

// InternNative is Intern for the names that native modules bring. They are in
// the firmware's string table before any script runs, and take nothing of the heap.
func (in *Interp) InternNative(s string) *Str {
	p := static(s)
	switch {
	case p == nil:
		if p = in.names[s]; p == nil {
			p = newStr(s)
			p.flags |= strInterned
			in.names[s] = p
			in.order = append(in.order, p)
		}
		p.flags |= strNative
	case len(s) == 1:
		in.meet(p)
		in.chars[s[0]] |= charNative
	}
	return p
}

// What an Interp knows of a name of one character, which is a static string
// though the firmware may not have it.
const (
	charMet    = 1 << iota // it is in order
	charNative             // a module of the firmware has it
)

// meet notes the first use of a static string that the firmware may not have.
func (in *Interp) meet(s *Str) {
	if len(s.s) == 1 && in.chars[s.s[0]]&charMet == 0 {
		in.chars[s.s[0]] |= charMet
		in.order = append(in.order, s)
	}
}

// nameSize is what a name takes in the tables beside its text.
const nameSize = 128

// addName makes s the one string object of its text. It is charged to the heap
// without asking: what comes next finds that the heap is full.
func (in *Interp) addName(s *Str) {
	s.flags |= strInterned
	in.names[s.s] = s
	in.order = append(in.order, s)
	in.namesSize += nameSize + len(s.s)
	in.used += int64(nameSize + len(s.s))
}

// InternStr is Intern for a string object; it returns s itself when possible.
func (in *Interp) InternStr(s *Str) *Str {
	if s.flags&strInterned != 0 {
		return s
	}
	if p := static(s.s); p != nil {
		in.meet(p)
		return p
	}
	if p := in.names[s.s]; p != nil {
		return p
	}
	in.addName(s)
	return s
}

func newStr(s string) *Str { return &Str{Header: Header{StrType}, s: s} }

// NewStr returns the str of text s. Empty and one-character ASCII strings are
// shared.
func NewStr(s string) Value {
	switch len(s) {
	case 0:
		return emptyStr.Value()
	case 1:
		if s[0] < 128 {
			return oneChar[s[0]].Value()
		}
	}
	return newStr(s).Value()
}

// NewStr returns the str of text s, charged to the heap budget.
func (t *Thread) NewStr(s string) (Value, error) {
	if len(s) > 1 {
		if err := t.Alloc(len(s) + 32); err != nil {
			return Null, err
		}
	}
	return NewStr(s), nil
}

// CharStr returns the str of one character.
func CharStr(c rune) Value {
	if c >= 0 && c < 128 {
		return oneChar[c].Value()
	}
	return newStr(string(c)).Value()
}

// String returns the text.
func (s *Str) String() string { return s.s }

// Hash returns the djb2 hash of the text (py/qstr.c, qstr_compute_hash) before
// it is cut to the width of the profile.
func (s *Str) Hash() uint32 {
	if s.flags&strHashed == 0 {
		s.hash = hashText(s.s)
		s.flags |= strHashed
	}
	return s.hash
}

// ASCII reports whether all characters are ASCII, so that byte and character
// positions agree.
func (s *Str) ASCII() bool {
	if s.flags&(strASCII|strWide) == 0 {
		f := uint8(strASCII)
		if !text.IsASCII(s.s) {
			f = strWide
		}
		s.flags |= f
	}
	return s.flags&strASCII != 0
}

// Len returns the number of characters.
func (s *Str) Len() int {
	if s.ASCII() {
		return len(s.s)
	}
	return text.CharCount(s.s)
}

// len is Len for a text that may be long.
func (s *Str) len(t *Thread) (Value, error) {
	if s.ASCII() {
		return Int(int64(len(s.s))), nil
	}
	n, err := t.charCount(s.s)
	return Int(int64(n)), err
}

const hashSeed = 5381

func hashText[T string | []byte](s T) uint32 { return hashMore(hashSeed, s) }

// hashMore goes on with the hash of a text.
func hashMore[T string | []byte](h uint32, s T) uint32 {
	for i := 0; i < len(s); i++ {
		h = h*33 ^ uint32(s[i])
	}
	return h
}

// cutHash cuts a text hash to the profile's width; zero means "not computed"
// to MicroPython, so it becomes one.
func (in *Interp) cutHash(h uint32) uint64 {
	h &= in.hashMask
	if h == 0 {
		h = 1
	}
	return uint64(h)
}

// Bytes is a bytes object. Its memory never changes.
type Bytes struct {
	Header
	s string
}

// NewBytes returns the bytes object with the bytes of s.
func NewBytes(s string) Value { return (&Bytes{Header{BytesType}, s}).Value() }

// String returns the bytes as a Go string.
func (b *Bytes) String() string { return b.s }

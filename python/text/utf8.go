package text

import "math/bits"

// MicroPython keeps a str as bytes it takes for UTF-8 and never checks again:
// a character starts at every byte that is not a continuation byte
// (py/unicode.c, py/objstrunicode.c). The functions here do the same with
// invalid bytes as the C code does.

// IsContinuation reports whether c is a byte inside a character, 10xxxxxx.
func IsContinuation(c byte) bool { return c&0xC0 == 0x80 }

// IsASCII reports whether all bytes of s are below 0x80.
func IsASCII(s string) bool {
	for len(s) >= 8 {
		if load8(s)&highBits != 0 {
			return false
		}
		s = s[8:]
	}
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

const highBits = 0x8080808080808080

func load8(s string) uint64 {
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// CharCount is len() of the str s: the number of bytes that are not
// continuation bytes.
func CharCount(s string) int {
	n := len(s)
	for len(s) >= 8 {
		x := load8(s)
		n -= bits.OnesCount64(x &^ (x << 1) & highBits) // the top bit without the next
		s = s[8:]
	}
	for i := range len(s) {
		if IsContinuation(s[i]) {
			n--
		}
	}
	return n
}

// CharAt decodes the character that begins at byte i of s as utf8_get_char
// does: any number of continuation bytes is folded in, and a stray
// continuation byte counts as a lead byte.
func CharAt[S ~string | ~[]byte](s S, i int) uint32 {
	c := uint32(s[i])
	if c < 0x80 {
		return c
	}
	c &= 0x7F
	for mask := uint32(0x40); c&mask != 0; mask >>= 1 {
		c &^= mask
	}
	for i++; i < len(s) && IsContinuation(s[i]); i++ {
		c = c<<6 | uint32(s[i]&0x3F)
	}
	return c
}

// NextChar is the byte offset of the character after the one at byte i.
func NextChar[S ~string | ~[]byte](s S, i int) int {
	for i++; i < len(s) && IsContinuation(s[i]); i++ {
	}
	return i
}

// CharIndex is the number of characters that begin in s[:offset]
// (utf8_ptr_to_index).
func CharIndex(s string, offset int) int { return CharCount(s[:offset]) }

// CharOffset finds the character with index i, which counts from the end if
// negative, and returns the byte offset of its first byte. ok is false if
// there is none; offset is then what a slice takes, 0 or len(s)
// (str_index_to_ptr of py/objstrunicode.c).
func CharOffset(s string, i int) (offset int, ok bool) {
	if i < 0 {
		p := len(s) - 1
		for ; i != 0; p-- {
			if p < 0 {
				return 0, false
			}
			if !IsContinuation(s[p]) {
				i++
			}
		}
		return p + 1, true
	}
	p := 0
	for {
		if p >= len(s) {
			return len(s), false
		}
		if i == 0 {
			return p, true
		}
		if i >= 8 && len(s)-p > 8 {
			// What begins in eight bytes, the first of which begins a character, and at
			// the last character of them (NextChar steps over it).
			x := load8(s[p:])
			starts := ^(x &^ (x << 1)) & highBits
			starts |= 0x80 // also a byte that nothing came before
			i -= bits.OnesCount64(starts) - 1
			p += (bits.Len64(starts) - 1) / 8
		}
		p = NextChar(s, p)
		i--
	}
}

// CharWidth is the number of bytes that lead announces for its character,
// which indexing takes without looking at them.
func CharWidth(lead byte) int {
	n := 1
	if lead >= 0x80 {
		for mask := byte(0x40); lead&mask != 0; mask >>= 1 {
			n++
		}
	}
	return n
}

// ValidUTF8 reports whether s passes utf8_check of py/unicode.c, which checks
// lead bytes and the number of continuation bytes, but neither overlong forms
// nor surrogates nor the range.
func ValidUTF8[S ~string | ~[]byte](s S) bool {
	need := 0
	for i := range len(s) {
		c := s[i]
		switch {
		case c < 0x80 && need == 0:
		case need > 0:
			if !IsContinuation(c) {
				return false
			}
			need--
		case c >= 0xF8:
			return false
		case c >= 0xC0:
			need = 0xE5 >> (c >> 3 & 6) & 3
		case c >= 0x80:
			return false
		}
	}
	return need == 0
}

// AppendChar appends the UTF-8 form of the code point c, which must be below
// 0x110000; surrogates are encoded like any other (mp_obj_new_str of a chr).
func AppendChar(dst []byte, c uint32) []byte {
	switch {
	case c < 0x80:
		return append(dst, byte(c))
	case c < 0x800:
		return append(dst, byte(c>>6|0xC0), byte(c&0x3F|0x80))
	case c < 0x10000:
		return append(dst, byte(c>>12|0xE0), byte(c>>6&0x3F|0x80), byte(c&0x3F|0x80))
	}
	return append(dst, byte(c>>18|0xF0), byte(c>>12&0x3F|0x80), byte(c>>6&0x3F|0x80), byte(c&0x3F|0x80))
}

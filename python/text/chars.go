package text

// MicroPython 1.13 knows the classes of ASCII characters only (the attr table
// of py/unicode.c); every other character is of no class.
const (
	classSpace = 1 << iota
	classDigit
	classUpper
	classLower
	classXDigit
)

var charClass = func() (t [256]uint8) {
	for _, c := range "\t\n\v\f\r " {
		t[c] |= classSpace
	}
	for c := '0'; c <= '9'; c++ {
		t[c] |= classDigit | classXDigit
	}
	for c := 'A'; c <= 'Z'; c++ {
		t[c] |= classUpper
		t[c+'a'-'A'] |= classLower
	}
	for c := 'A'; c <= 'F'; c++ {
		t[c] |= classXDigit
		t[c+'a'-'A'] |= classXDigit
	}
	return t
}()

// IsSpace reports whether c is a blank: space, \t, \n, \v, \f or \r.
func IsSpace(c byte) bool { return charClass[c]&classSpace != 0 }

// IsDigit reports whether c is 0 to 9.
func IsDigit(c byte) bool { return charClass[c]&classDigit != 0 }

// IsHexDigit reports whether c is a hexadecimal digit of either case.
func IsHexDigit(c byte) bool { return charClass[c]&classXDigit != 0 }

// IsAlpha reports whether c is an ASCII letter.
func IsAlpha(c byte) bool { return charClass[c]&(classUpper|classLower) != 0 }

// IsUpper reports whether c is an ASCII capital letter.
func IsUpper(c byte) bool { return charClass[c]&classUpper != 0 }

// IsLower reports whether c is an ASCII small letter.
func IsLower(c byte) bool { return charClass[c]&classLower != 0 }

// IsIdent reports whether c may stand in an identifier: letter, digit or
// underscore.
func IsIdent(c byte) bool { return charClass[c]&(classUpper|classLower|classDigit) != 0 || c == '_' }

// ToLower maps an ASCII capital letter to its small one and leaves the rest.
func ToLower(c byte) byte {
	if IsUpper(c) {
		return c + 0x20
	}
	return c
}

// ToUpper maps an ASCII small letter to its capital one and leaves the rest.
func ToUpper(c byte) byte {
	if IsLower(c) {
		return c - 0x20
	}
	return c
}

// HexValue is the value of c, which must satisfy [IsHexDigit].
func HexValue(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c&^0x20 - 'A' + 10
}

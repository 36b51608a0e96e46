package text

// MicroPython 1.13 knows the classes of ASCII characters only (the attr table
// of py/unicode.c); every other character is of no class.

// IsSpace reports whether c is a blank: space, \t, \n, \v, \f or \r.
func IsSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

// IsDigit reports whether c is 0 to 9.
func IsDigit(c byte) bool { return '0' <= c && c <= '9' }

// IsHexDigit reports whether c is a hexadecimal digit of either case.
func IsHexDigit(c byte) bool { return IsDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

// IsAlpha reports whether c is an ASCII letter.
func IsAlpha(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// IsUpper reports whether c is an ASCII capital letter.
func IsUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

// IsLower reports whether c is an ASCII small letter.
func IsLower(c byte) bool { return 'a' <= c && c <= 'z' }

// IsIdent reports whether c may stand in an identifier: letter, digit or
// underscore.
func IsIdent(c byte) bool { return IsAlpha(c) || IsDigit(c) || c == '_' }

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

package text

const hexDigits = "0123456789abcdef"

// QuoteFor picks the quote character: double quotes only around a text that
// holds a single quote and no double one.
func QuoteFor[S ~string | ~[]byte](s S) byte {
	quote := byte('\'')
	for i := range len(s) {
		if s[i] == '"' {
			return '\''
		}
		if s[i] == '\'' {
			quote = '"'
		}
	}
	return quote
}

// AppendStrRepr appends the str s as repr shows it: every character outside
// printable ASCII is escaped, as \x, \u or \U (uni_print_quoted of
// py/objstrunicode.c).
func AppendStrRepr(dst []byte, s string) []byte {
	quote := QuoteFor(s)
	return append(AppendStrEscaped(append(dst, quote), s, quote), quote)
}

// AppendStrEscaped appends what AppendStrRepr has between the quotes. A part of a
// text can be escaped for itself if a character begins after it.
func AppendStrEscaped(dst []byte, s string, quote byte) []byte {
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c < 0x7F && c != quote && c != '\\' {
			i++
			if i < len(s) && IsContinuation(s[i]) { // stray bytes go with this character
				dst = append(dst, s[from:i]...)
				i = NextChar(s, i)
				from = i
			}
			continue
		}
		dst = append(dst, s[from:i]...)
		dst = appendEscape(dst, CharAt(s, i), quote)
		i = NextChar(s, i)
		from = i
	}
	return append(dst, s[from:]...)
}

// appendEscape appends the character c in a str's repr.
func appendEscape(dst []byte, c uint32, quote byte) []byte {
	switch {
	case c == uint32(quote) || c == '\\':
		return append(dst, '\\', byte(c))
	case c >= ' ' && c < 0x7F:
		return append(dst, byte(c))
	case c == '\n':
		return append(dst, '\\', 'n')
	case c == '\r':
		return append(dst, '\\', 'r')
	case c == '\t':
		return append(dst, '\\', 't')
	case c < 0x100:
		return appendHex(append(dst, '\\', 'x'), c, 2)
	case c < 0x10000:
		return appendHex(append(dst, '\\', 'u'), c, 4)
	}
	return appendHex(append(dst, '\\', 'U'), c, 8)
}

// appendHex appends the low digits hexadecimal digits of c.
func appendHex(dst []byte, c uint32, digits int) []byte {
	for shift := 4 * (digits - 1); shift >= 0; shift -= 4 {
		dst = append(dst, hexDigits[c>>shift&0xF])
	}
	return dst
}

// AppendBytesQuoted appends s in quotes, every byte outside printable ASCII
// escaped (mp_str_print_quoted of py/objstr.c for bytes).
func AppendBytesQuoted[S ~string | ~[]byte](dst []byte, s S) []byte {
	quote := QuoteFor(s)
	return append(AppendBytesEscaped(append(dst, quote), s, quote), quote)
}

// AppendBytesEscaped appends what AppendBytesQuoted has between the quotes.
func AppendBytesEscaped[S ~string | ~[]byte](dst []byte, s S, quote byte) []byte {
	for i := range len(s) {
		c := s[i]
		if c >= ' ' && c < 0x7F && c != quote && c != '\\' {
			dst = append(dst, c)
		} else {
			dst = appendEscape(dst, uint32(c), quote)
		}
	}
	return dst
}

// AppendBytesRepr appends the bytes object s as repr shows it, such as b'a'.
func AppendBytesRepr[S ~string | ~[]byte](dst []byte, s S) []byte {
	return AppendBytesQuoted(append(dst, 'b'), s)
}

// AppendJSONString appends s as ujson writes a str: control characters
// escaped, everything else as it is (mp_str_print_json of py/objstr.c).
func AppendJSONString[S ~string | ~[]byte](dst []byte, s S) []byte {
	return append(AppendJSONEscaped(append(dst, '"'), s), '"')
}

// AppendJSONEscaped appends what AppendJSONString has between the quotes.
func AppendJSONEscaped[S ~string | ~[]byte](dst []byte, s S) []byte {
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c >= ' ':
			dst = append(dst, c)
		case c == '\n':
			dst = append(dst, '\\', 'n')
		case c == '\r':
			dst = append(dst, '\\', 'r')
		case c == '\t':
			dst = append(dst, '\\', 't')
		default:
			dst = appendHex(append(dst, '\\', 'u'), uint32(c), 4)
		}
	}
	return dst
}

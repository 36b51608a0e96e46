package syntax

import "strings"

// atString tells whether a literal of str or bytes starts at s.off.
func (s *scanner) atString() bool {
	src, i := s.src, s.off
	switch c := src[i]; c {
	case '"', '\'':
		return true
	case 'r', 'b', 'u':
		d := src[i+1]
		return isQuote(d) || (c == 'r' && d == 'b' || c == 'b' && d == 'r') && isQuote(src[i+2])
	}
	return false
}

func isQuote(c byte) bool { return c == '"' || c == '\'' }

// scanString reads a literal and those of the same kind that follow it, which
// make one token.
func (s *scanner) scanString() {
	s.buf = s.buf[:0]
	first, buffered := true, false
	for {
		raw, kind, i := false, tokString, s.off
		for ; !isQuote(s.src[i]); i++ {
			switch s.src[i] {
			case 'r':
				raw = true
			case 'b':
				kind = tokBytes
			}
		}
		if first {
			s.tok = kind
		} else if s.tok != kind {
			break // str and bytes do not join; nor does what is invalid already
		}
		s.off = i
		if end := s.plainEnd(i); first && end > 0 {
			s.text = s.src[i+1 : end]
			s.off = end + 1
		} else {
			if !first && !buffered {
				s.buf = append(s.buf, s.text...)
			}
			buffered = true
			s.literal(raw)
		}
		first = false
		s.skipSpace(true)
		if !s.atString() {
			break
		}
	}
	if buffered {
		s.text = string(s.buf)
	}
}

// plainEnd returns where the literal with the quote at i ends, if it is of one
// line and has no escapes; else 0.
func (s *scanner) plainEnd(i int) int {
	src, q := s.src, s.src[i]
	if src[i+1] == q && src[i+2] == q {
		return 0
	}
	for i++; ; i++ {
		switch src[i] {
		case q:
			return i
		case '\\', '\n':
			return 0
		}
	}
}

// literal appends the value of the literal whose quote is at s.off to s.buf.
// What is wrong with it makes the token invalid.
func (s *scanner) literal(raw bool) {
	src, i := s.src, s.off
	q := src[i]
	i++
	quotes := 1
	if src[i] == q && src[i+1] == q {
		quotes = 3
		i += 2
	}
	closing := 0
	for i < s.n && closing < quotes {
		if s.step != nil {
			s.step()
		}
		c := src[i]
		switch {
		case c == q:
			closing++
			s.buf = append(s.buf, c)
			i++
			continue
		case c == '\\':
			i = s.escape(i+1, raw)
		case c == '\n' && quotes == 1:
			s.off = i
			s.tok = tokInvalid
			s.buf = s.buf[:len(s.buf)-closing]
			return
		case c == '\n':
			s.buf = append(s.buf, c)
			i++
			s.line++
			s.lineStart = i
		default:
			j := i + 1
			for src[j] != q && src[j] != '\\' && src[j] != '\n' {
				j++
			}
			s.buf = append(s.buf, src[i:j]...)
			i = j
		}
		closing = 0
	}
	s.off = i
	if closing < quotes {
		s.tok = tokInvalid
	}
	s.buf = s.buf[:len(s.buf)-closing]
}

// escape appends the value of the escape whose character behind the backslash
// is at i, and returns where it ends. Like 1.13 it takes a byte from 0x80 on
// that follows a backslash for a character of that code.
func (s *scanner) escape(i int, raw bool) int {
	c := s.src[i]
	v := uint32(c)
	skip := false
	if raw {
		s.buf = append(s.buf, '\\')
	} else if k := strings.IndexByte(`abtnvfr\'"`, c); k >= 0 {
		v = uint32("\a\b\t\n\v\f\r\\'\""[k])
	} else {
		switch {
		case c == '\n':
			skip = true
		case c == 'x' || (c == 'u' || c == 'U') && s.tok != tokBytes:
			digits := 2
			if c == 'u' {
				digits = 4
			} else if c == 'U' {
				digits = 8
			}
			var ok bool
			if v, i, ok = s.hex(i, digits); !ok {
				s.tok = tokInvalid
			}
		case c == 'N':
			panic(bailout{&Error{Kind: NotImplementedError, Msg: msgUnicodeName, File: s.file}})
		case '0' <= c && c <= '7':
			v = uint32(c - '0')
			for digits := 1; digits < 3 && '0' <= s.src[i+1] && s.src[i+1] <= '7'; digits++ {
				i++
				v = v*8 + uint32(s.src[i]-'0')
			}
		default:
			s.buf = append(s.buf, '\\')
		}
	}
	switch {
	case skip:
	case s.tok == tokString && v < 0x110000:
		s.buf = appendChar(s.buf, v)
	case s.tok == tokBytes && v < 0x100:
		s.buf = append(s.buf, byte(v))
	default:
		s.tok = tokInvalid
	}
	if s.src[i] == '\n' {
		s.line++
		s.lineStart = i + 1
	}
	return i + 1
}

// hex reads digits hexadecimal digits behind i and returns the place of the
// last, or of the first byte that is none.
func (s *scanner) hex(i, digits int) (v uint32, end int, ok bool) {
	for ; digits > 0; digits-- {
		i++
		c := s.src[i]
		switch {
		case '0' <= c && c <= '9':
			v = v<<4 + uint32(c-'0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			v = v<<4 + uint32(c|0x20-'a') + 10
		default:
			return 0, i, false
		}
	}
	return v, i, true
}

// appendChar appends the character of code v in UTF-8. Unlike utf8.AppendRune
// it has a form for the surrogates, as MicroPython has.
func appendChar(b []byte, v uint32) []byte {
	switch {
	case v < 0x80:
		return append(b, byte(v))
	case v < 0x800:
		return append(b, 0xC0|byte(v>>6), 0x80|byte(v&0x3F))
	case v < 0x10000:
		return append(b, 0xE0|byte(v>>12), 0x80|byte(v>>6&0x3F), 0x80|byte(v&0x3F))
	default:
		return append(b, 0xF0|byte(v>>18), 0x80|byte(v>>12&0x3F), 0x80|byte(v>>6&0x3F), 0x80|byte(v&0x3F))
	}
}

package syntax

import (
	"bytes"
	"strings"

	"qpy/python/text"
)

// scanner splits a source text into tokens as py/lexer.c does: bytes from 0x80
// on are letters (so a byte order mark is part of the first name), CR and CRLF
// end a line, the last line need not end, a tab reaches to the next multiple of
// eight columns, and NUL is no token.
type scanner struct {
	file string
	// src is the source with LF line ends, the last line ended, and three NUL
	// bytes behind its n bytes so that looking ahead needs no check.
	src string
	n   int

	off       int // the next byte to read
	line      int // its line
	lineStart int // where that line starts
	nesting   int // open brackets
	dents     int // indents (or, negative, dedents) that are due
	indents   []uint16
	optimised bool // __debug__ is False

	// The token last read.
	tok    token
	text   string // a name, the digits of a number, or the value of a string
	tokOff int
	tokPos position

	buf []byte // holds a string that is not a part of src

	step func() // see Options
}

type position struct{ line, col int }

// tabSize is TAB_SIZE of py/lexer.c.
const tabSize = 8

// startsName tells whether a byte can begin a name: all from 0x80 on are letters.
func startsName(c byte) bool { return text.IsAlpha(c) || c == '_' || c >= 0x80 }

func inName(c byte) bool { return text.IsIdent(c) || c >= 0x80 }

func (s *scanner) init(src []byte, file string) {
	var b strings.Builder
	b.Grow(len(src) + 4)
	for {
		cr := bytes.IndexByte(src, '\r')
		if cr < 0 {
			break
		}
		b.Write(src[:cr])
		b.WriteByte('\n')
		src = src[cr+1:]
		if len(src) > 0 && src[0] == '\n' {
			src = src[1:]
		}
	}
	b.Write(src)
	if t := b.String(); len(t) == 0 || t[len(t)-1] != '\n' {
		b.WriteByte('\n')
	}
	n := b.Len()
	b.WriteString("\x00\x00\x00")
	*s = scanner{file: file, src: b.String(), n: n, line: 1, indents: make([]uint16, 1, 16), optimised: s.optimised, step: s.step}
	s.next()
	// The first token has to stand in the first column.
	if s.tokPos.col != 0 {
		s.tok = tokIndent
	}
}

// columns returns how many columns of the current line stand before offset off.
func (s *scanner) columns(off int) int {
	col := 0
	for _, c := range []byte(s.src[s.lineStart:off]) {
		if c == '\t' {
			col = col/tabSize*tabSize + tabSize
		} else {
			col++
		}
	}
	return col
}

// skipSpace steps over blanks, comments, continued and empty lines, and tells
// whether it crossed a line end that no backslash joins. With stop it stays in
// front of such a line end outside brackets.
func (s *scanner) skipSpace(stop bool) (newline bool) {
	src, i := s.src, s.off
	for {
		switch src[i] {
		case ' ', '\t', '\v', '\f':
			i++
			continue
		case '\n':
			if stop && s.nesting == 0 {
				break
			}
			newline = true
			i++
			s.line++
			s.lineStart = i
			continue
		case '#':
			i += strings.IndexByte(src[i:], '\n')
			continue
		case '\\':
			if src[i+1] != '\n' {
				break
			}
			i += 2
			s.line++
			s.lineStart = i
			continue
		}
		s.off = i
		return newline
	}
}

// next reads the next token.
func (s *scanner) next() {
	if s.step != nil {
		s.step()
	}
	newline := s.skipSpace(false)
	s.tokOff = s.off
	s.tokPos = position{s.line, s.off - s.lineStart}
	switch {
	case s.dents < 0:
		s.tok = tokDedent
		s.dents++
	case s.dents > 0:
		s.tok = tokIndent
		s.dents--
	case newline && s.nesting == 0:
		s.newline()
	case s.off >= s.n:
		s.tok = tokEnd
	default:
		s.scan()
	}
}

// newline makes the token of a line end and notes the indents or dedents that
// the line after it brings.
func (s *scanner) newline() {
	s.tok = tokNewline
	width := s.columns(s.off)
	top := len(s.indents) - 1
	switch {
	case width == int(s.indents[top]):
	case width > int(s.indents[top]):
		s.indents = append(s.indents, uint16(width)) // 16 bits: as in py/lexer.h
		s.dents++
	default:
		for width < int(s.indents[top]) {
			top--
			s.dents--
		}
		s.indents = s.indents[:top+1]
		if width != int(s.indents[top]) {
			s.tok = tokMismatch
		}
	}
}

// scan reads a token that is neither white space nor the end.
func (s *scanner) scan() {
	src, i := s.src, s.off
	c := src[i]
	switch {
	case startsName(c):
		if s.atString() {
			s.scanString()
			return
		}
		i++
		for inName(src[i]) {
			i++
		}
		s.text = src[s.off:i]
		s.off = i
		s.tok = keyword(s.text)
		if s.tok == tokTrue && s.optimised && s.text == "__debug__" {
			s.tok = tokFalse
		}
	case c == '"' || c == '\'':
		s.scanString()
	case text.IsDigit(c) || c == '.' && text.IsDigit(src[i+1]):
		s.scanNumber()
	default:
		s.scanOperator(c)
	}
}

// scanNumber reads what looks like a number: letters belong to it, and whether
// it is one shows when the parser takes its value.
func (s *scanner) scanNumber() {
	src, i := s.src, s.off
	s.tok = tokInteger
	radix := false
	if src[i] == '.' {
		s.tok = tokFloat
	} else if src[i] == '0' {
		c := src[i+1] | 0x20
		radix = c == 'b' || c == 'o' || c == 'x'
	}
	underscore := false
	for i++; ; {
		c := src[i]
		switch {
		case c|0x20 == 'e' && !radix:
			s.tok = tokFloat
			i++
			if src[i] == '+' || src[i] == '-' {
				i++
			}
			continue
		case c == '.' || c|0x20 == 'j':
			s.tok = tokFloat
		case c == '_':
			underscore = true
		case !text.IsAlpha(c) && !text.IsDigit(c):
			s.text = src[s.off:i]
			s.off = i
			if underscore {
				s.text = strings.ReplaceAll(s.text, "_", "")
			}
			return
		}
		i++
	}
}

// scanOperator reads an operator or delimiter that starts with c.
func (s *scanner) scanOperator(c byte) {
	s.off++
	switch c {
	case '(':
		s.nesting++
		s.tok = tokLparen
	case '[':
		s.nesting++
		s.tok = tokLbrack
	case '{':
		s.nesting++
		s.tok = tokLbrace
	case ')':
		s.nesting--
		s.tok = tokRparen
	case ']':
		s.nesting--
		s.tok = tokRbrack
	case '}':
		s.nesting--
		s.tok = tokRbrace
	case ',':
		s.tok = tokComma
	case ';':
		s.tok = tokSemi
	case '~':
		s.tok = tokTilde
	case ':':
		s.tok = s.either('=', tokWalrus, tokColon)
	case '=':
		s.tok = s.either('=', tokEqual, tokAssign)
	case '!':
		s.tok = s.either('=', tokNotEqual, tokInvalid)
	case '.':
		s.tok = tokPeriod
		if s.src[s.off] == '.' && s.src[s.off+1] == '.' {
			s.off += 2
			s.tok = tokEllipsis
		}
	case '-':
		if s.tok = s.either('>', tokArrow, tokMinus); s.tok == tokMinus {
			s.tok = s.either('=', tokMinusAssign, tokMinus)
		}
	case '<':
		if s.tok = s.either('<', tokLshift, tokLess); s.tok == tokLess {
			s.tok = s.either('=', tokLessEqual, tokLess)
		} else {
			s.tok = s.either('=', tokLshiftAssign, tokLshift)
		}
	case '>':
		if s.tok = s.either('>', tokRshift, tokMore); s.tok == tokMore {
			s.tok = s.either('=', tokMoreEqual, tokMore)
		} else {
			s.tok = s.either('=', tokRshiftAssign, tokRshift)
		}
	case '*':
		s.tok = s.operator(s.either('*', tokDblStar, tokStar))
	case '/':
		s.tok = s.operator(s.either('/', tokDblSlash, tokSlash))
	case '+':
		s.tok = s.operator(tokPlus)
	case '%':
		s.tok = s.operator(tokPercent)
	case '&':
		s.tok = s.operator(tokAmp)
	case '|':
		s.tok = s.operator(tokPipe)
	case '^':
		s.tok = s.operator(tokCaret)
	case '@':
		s.tok = s.operator(tokAt)
	default:
		s.tok = tokInvalid
	}
}

// either steps over c and returns yes, or returns no.
func (s *scanner) either(c byte, yes, no token) token {
	if s.src[s.off] == c {
		s.off++
		return yes
	}
	return no
}

// operator returns the binary operator t, or its assignment if "=" follows.
func (s *scanner) operator(t token) token {
	return s.either('=', t+(tokPipeAssign-tokPipe), t)
}

// bailout carries an error from scanner and parser to Parse.
type bailout struct{ err *Error }

// fail ends the parse at a place.
func (s *scanner) fail(kind ErrorKind, msg string, at position) {
	panic(bailout{&Error{Kind: kind, Msg: msg, File: s.file, Line: at.line, Col: at.col + 1}})
}

// unexpected ends the parse because no rule takes the current token.
func (s *scanner) unexpected() {
	switch s.tok {
	case tokIndent:
		s.fail(IndentationError, msgIndent, s.tokPos)
	case tokMismatch:
		s.fail(IndentationError, msgUnindent, s.tokPos)
	default:
		s.fail(SyntaxError, msgInvalid, s.tokPos)
	}
}

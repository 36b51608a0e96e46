package ure

import "qpy/python/object"

// The instructions of a compiled pattern (extmod/re1.5/re1.5.h). Those below
// opBol take a byte of the text; the jumps are followed by a signed byte, which
// counts from behind it.
const (
	opChar     = 0x01 // c: the byte c
	opAny      = 0x02
	opClass    = 0x03 // n, then n pairs of first and last byte
	opClassNot = 0x04
	opNamed    = 0x05 // one of d D s S w W
	opBol      = 0x50
	opEol      = 0x51
	opJump     = 0x60
	opSplit    = 0x61 // go on here, and if that fails at the target
	opRSplit   = 0x62 // the other way round
	opSave     = 0x7e // n: remember the place as n
	opMatch    = 0x7f
)

// searchLen is the length of the loop in front of a program that tries each
// place of the text; match skips it.
const searchLen = 5

// program is a compiled pattern.
type program struct {
	code []byte
	subs int // number of groups
}

func errRegex() error { return object.Raise(object.ValueError, "error in regex") }

// compiler turns a pattern into code in one pass. Where a piece turns out to
// be repeated, the code from its start on moves up (extmod/re1.5/compilecode.c).
// Distances beyond a byte wrap silently, as there.
type compiler struct {
	re   string
	pos  int
	code []byte
	subs int
}

// compile compiles a pattern, which ends at a NUL byte as C strings do.
func compile(re string) (*program, error) {
	for i := range len(re) {
		if re[i] == 0 {
			re = re[:i]
			break
		}
	}
	c := &compiler{re: re, code: []byte{opRSplit, 3, opAny, opJump, 0xfb, opSave, 0}}
	if !c.sequence() || c.pos < len(re) {
		return nil, errRegex()
	}
	c.code = append(c.code, opSave, 1, opMatch)
	return &program{c.code, c.subs}, nil
}

// peek is the byte n places on; 0 behind the end.
func (c *compiler) peek(n int) byte {
	if c.pos+n < len(c.re) {
		return c.re[c.pos+n]
	}
	return 0
}

// insert puts a jump that is yet without its distance in front of the code at.
func (c *compiler) insert(at int) {
	c.code = append(c.code, 0, 0)
	copy(c.code[at+2:], c.code[at:])
}

// jump writes a jump from at to the target to.
func (c *compiler) jump(op byte, at, to int) {
	c.code[at] = op
	c.code[at+1] = byte(to - at - 2)
}

// lazy tells whether a ? follows the operator of a repetition, and takes it.
func (c *compiler) lazy() bool {
	if c.peek(1) == '?' {
		c.pos++
		return true
	}
	return false
}

func (c *compiler) split(eager bool) byte {
	if eager {
		return opSplit
	}
	return opRSplit
}

// sequence compiles up to the end or a closing parenthesis.
func (c *compiler) sequence() bool {
	start, term := len(c.code), len(c.code) // term is the piece that a repetition repeats
	alternative := 0                        // where the distance of the last jump over an alternative stands
	for ; c.pos < len(c.re) && c.re[c.pos] != ')'; c.pos++ {
		switch ch := c.re[c.pos]; ch {
		case '.':
			term = len(c.code)
			c.code = append(c.code, opAny)
		case '[':
			term = len(c.code)
			if !c.class() {
				return false
			}
		case '(':
			term = len(c.code)
			if !c.group() {
				return false
			}
		case '?', '*', '+':
			if len(c.code) == term {
				return false // nothing to repeat
			}
			c.repeat(ch, term)
			term = len(c.code)
		case '|':
			if alternative != 0 {
				c.code[alternative] = byte(len(c.code) - alternative - 1)
			}
			c.insert(start)
			c.code = append(c.code, opJump, 0)
			alternative = len(c.code) - 1
			c.jump(opSplit, start, len(c.code))
			term = len(c.code)
		case '^', '$':
			op := byte(opBol)
			if ch == '$' {
				op = opEol
			}
			c.code = append(c.code, op)
			term = len(c.code)
		case '\\':
			c.pos++
			if ch = c.peek(0); ch == 0 {
				return false
			}
			term = len(c.code)
			switch ch | 0x20 {
			case 'd', 's', 'w':
				c.code = append(c.code, opNamed, ch)
			default:
				c.code = append(c.code, opChar, ch)
			}
		default:
			term = len(c.code)
			c.code = append(c.code, opChar, ch)
		}
	}
	if alternative != 0 {
		c.code[alternative] = byte(len(c.code) - alternative - 1)
	}
	return true
}

// repeat puts the jumps of a repetition round the piece from term on.
func (c *compiler) repeat(op byte, term int) {
	lazy := c.lazy()
	switch op {
	case '?':
		c.insert(term)
		c.jump(c.split(!lazy), term, len(c.code))
	case '*':
		c.insert(term)
		c.code = append(c.code, 0, 0)
		c.jump(opJump, len(c.code)-2, term)
		c.jump(c.split(!lazy), term, len(c.code))
	case '+':
		c.code = append(c.code, 0, 0)
		c.jump(c.split(lazy), len(c.code)-2, term)
	}
}

// class compiles a set in brackets. A bracket that closes at once makes it
// empty; named classes are not known in it.
func (c *compiler) class() bool {
	c.pos++
	op := byte(opClass)
	if c.peek(0) == '^' {
		op = opClassNot
		c.pos++
	}
	c.code = append(c.code, op, 0)
	count := len(c.code) - 1
	for ; c.peek(0) != ']'; c.pos++ {
		if c.peek(0) == '\\' {
			c.pos++
		}
		if c.peek(0) == 0 {
			return false
		}
		first := c.peek(0)
		if c.peek(1) == '-' && c.peek(2) != ']' {
			c.pos += 2
		}
		if c.pos >= len(c.re) { // "[a-" at the end of the pattern
			return false
		}
		c.code = append(c.code, first, c.peek(0))
		c.code[count]++
	}
	return true
}

func (c *compiler) group() bool {
	capture := c.peek(1) != '?' || c.peek(2) != ':'
	sub := 0
	if capture {
		c.subs++
		sub = c.subs
		c.code = append(c.code, opSave, byte(2*sub))
	} else {
		c.pos += 2
	}
	c.pos++
	if !c.sequence() || c.peek(0) != ')' {
		return false
	}
	if capture {
		c.code = append(c.code, opSave, byte(2*sub+1))
	}
	return true
}

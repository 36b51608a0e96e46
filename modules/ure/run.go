package ure

import (
	"qpy/python/object"
	"qpy/python/text"
)

// matcher runs a program over a text. MicroPython's is a recursive function
// that tries one way after the other; here the ways that are left are a stack,
// whose depth is limited where MicroPython's stack would end.
type matcher struct {
	prog *program
	text string
	from int   // where the text begins for ^
	caps []int // places remembered by opSave, -1 for none

	ways  []way
	steps int
}

// way is something to come back to: another place of the program to try, or,
// with a slot, what a place was before it was remembered anew.
type way struct {
	pc, sp int
	slot   int // -1 for none
}

// The stack of MicroPython 1.13 (64 bits) holds so many frames of the matcher
// when a script calls it at its top level, and one call of Python takes the
// room of callFrames of them.
const (
	maxFrames  = 994
	callFrames = 5
)

// turnSteps is how many instructions count as one turn point of the scheduler,
// turnEvery how many turn points are told at once.
const (
	turnSteps = 8
	turnEvery = 128
)

// run tells whether the program matches. anchored is for match, which tries
// the beginning only.
func (m *matcher) run(t *object.Thread, anchored bool) (bool, error) {
	pc := 0
	if anchored {
		pc = searchLen
	}
	limit := maxFrames - callFrames*t.Nest
	m.ways = m.ways[:0]
	for i := range m.caps {
		m.caps[i] = -1
	}
	sp := m.from
	for {
		ok, err := m.advance(t, pc, sp, limit)
		if ok || err != nil {
			return ok, err
		}
		// That way failed; go back to the last that is left.
		for {
			n := len(m.ways) - 1
			if n < 0 {
				return false, nil
			}
			w := m.ways[n]
			m.ways = m.ways[:n]
			if w.slot < 0 {
				pc, sp = w.pc, w.sp
				break
			}
			m.caps[w.slot] = w.sp
		}
	}
}

// advance goes on from pc until the program matches or fails.
func (m *matcher) advance(t *object.Thread, pc, sp, limit int) (bool, error) {
	code, subject := m.prog.code, m.text
	for {
		if m.steps++; m.steps >= turnSteps*turnEvery {
			m.steps = 0
			if t.In.Turn != nil {
				if err := t.In.Turn(t, turnEvery); err != nil {
					return false, err
				}
			}
		}
		if uint(pc)+1 >= uint(len(code)) {
			if uint(pc) < uint(len(code)) && code[pc] == opMatch {
				return true, nil
			}
			return false, errWild()
		}
		op, arg := code[pc], code[pc+1]
		if op < opBol && sp >= len(subject) {
			return false, nil
		}
		switch op {
		case opChar:
			if subject[sp] != arg {
				return false, nil
			}
			sp++
			pc += 2
		case opAny:
			sp++
			pc++
		case opClass, opClassNot:
			end := pc + 2 + 2*int(arg)
			if end > len(code) {
				return false, errWild()
			}
			if inClass(code[pc+2:end], subject[sp]) != (op == opClass) {
				return false, nil
			}
			sp++
			pc = end
		case opNamed:
			if !inNamed(arg, subject[sp]) {
				return false, nil
			}
			sp++
			pc += 2
		case opMatch:
			return true, nil
		case opJump:
			pc += 2 + int(int8(arg))
		case opSplit, opRSplit:
			here, there := pc+2, pc+2+int(int8(arg))
			if op == opRSplit {
				here, there = there, here
			}
			if err := m.push(way{there, sp, -1}, limit); err != nil {
				return false, err
			}
			pc = here
		case opSave:
			pc += 2
			if int(arg) >= len(m.caps) {
				break
			}
			if err := m.push(way{0, m.caps[arg], int(arg)}, limit); err != nil {
				return false, err
			}
			m.caps[arg] = sp
		case opBol:
			if sp != m.from {
				return false, nil
			}
			pc++
		case opEol:
			if sp != len(subject) {
				return false, nil
			}
			pc++
		default:
			return false, errWild()
		}
	}
}

func (m *matcher) push(w way, limit int) error {
	m.ways = append(m.ways, w)
	if len(m.ways) >= limit {
		return object.ErrDepth()
	}
	return nil
}

// errWild answers for a jump that its distance of a byte led out of the code
// or into the middle of an instruction: a pattern that is too long.
func errWild() error {
	return object.Raise(object.RuntimeError, "regex too long: a group or alternative may take 127 bytes of code")
}

// inClass tells whether c is in one of the ranges. Bytes have no sign, as the
// char of the modules' ARM compilers.
func inClass(ranges []byte, c byte) bool {
	for i := 0; i+1 < len(ranges); i += 2 {
		if ranges[i] <= c && c <= ranges[i+1] {
			return true
		}
	}
	return false
}

// inNamed tells whether c is in a class by its letter; a capital negates it.
func inNamed(name, c byte) bool {
	var in bool
	switch name | 0x20 {
	case 'd':
		in = text.IsDigit(c)
	case 's':
		in = text.IsSpace(c)
	default:
		in = text.IsIdent(c)
	}
	return in == (name&0x20 != 0)
}

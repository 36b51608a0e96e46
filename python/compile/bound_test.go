package compile

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"qpy/python/object"
	"qpy/python/syntax"
)

// The compiler leaves out the check of a local variable where it holds it to be
// bound. Here that is looked at from the other end: walks through the finished
// code come to no instruction that reads a local which has not been written.
func TestWhatIsReadIsBound(t *testing.T) {
	read := 0
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 5))
		g := flow{r: r}
		g.line(0, "def f(p, q):")
		g.block(1, 3, false)
		g.line(1, strings.Join(locals, " = ")+" = 0") // all are locals of f
		c, err := Source(object.NewInterp(object.Generic()), []byte(g.String()), "test.py", syntax.Exec)
		require.NoError(t, err, g.String())
		for range 50 {
			n, err := readUnbound(r, c.Codes[0], c.Codes[0].NPos, len(locals))
			require.NoError(t, err, g.String())
			read += n
		}
	}
	require.Greater(t, read, 100_000)
}

var locals = []string{"a", "b", "c", "d"}

// flow writes a function whose statements bind, use and skip a few locals.
type flow struct {
	strings.Builder
	r *rand.Rand
}

func (g *flow) line(depth int, s string) {
	g.WriteString(strings.Repeat(" ", depth) + s + "\n")
}

func (g *flow) name() string { return locals[g.r.IntN(len(locals))] }

// test returns a condition, which may use and bind locals.
func (g *flow) test() string {
	return []string{"p", "q()", "not p", g.name(), "p and " + g.name(), "(" + g.name() + " := p)", "p or (" + g.name() + " := q)",
		"p < " + g.name() + " < q", "(p if " + g.name() + " else " + g.name() + ")", "(1 if p else (" + g.name() + " := 0))"}[g.r.IntN(10)]
}

func (g *flow) block(depth, width int, loop bool) {
	for range 1 + g.r.IntN(width) {
		g.statement(depth, loop)
	}
}

func (g *flow) statement(depth int, loop bool) {
	if depth > 4 || g.r.IntN(2) == 0 {
		simple := []string{g.name() + " = p", g.name() + " = " + g.name(), "q(" + g.name() + ")", g.name() + " += 1",
			g.name() + ", " + g.name() + " = p", "p[" + g.name() + "] = 1", "assert " + g.test(), g.name() + " = [i for i in " + g.name() + "]",
			"return", "raise p", "return p if " + g.test() + " else " + g.name(), g.test()}
		if g.r.IntN(8) == 0 {
			simple = []string{"del " + g.name()}
		}
		if loop {
			simple = append(simple, "break", "continue")
		}
		g.line(depth, simple[g.r.IntN(len(simple))])
		return
	}
	part := func(head string, loop bool) {
		g.line(depth, head)
		g.block(depth+1, 2, loop)
	}
	maybe := func(head string, loop bool) {
		if g.r.IntN(2) == 0 {
			part(head, loop)
		}
	}
	switch g.r.IntN(7) {
	case 0:
		part("if "+g.test()+":", loop)
		maybe("else:", loop)
	case 1:
		part([]string{"while " + g.test() + ":", "while True:"}[g.r.IntN(2)], true)
		maybe("else:", loop)
	case 2:
		part("for "+g.name()+" in "+g.test()+":", true)
		maybe("else:", loop)
	case 3:
		part("for "+g.name()+" in range(p):", true)
		maybe("else:", loop)
	case 4:
		part("try:", loop)
		part("except p:", loop)
		maybe("except q as "+g.name()+":", loop)
		maybe("else:", loop)
	case 5:
		part("try:", loop)
		part("finally:", false)
	case 6:
		part("with p as "+g.name()+":", loop)
	}
}

// readsFirst are the operations that read their first operand; the others that
// have a register there write it.
var readsFirst = map[Op]bool{
	OpCheck: true, OpDelLocal: true, OpMakeCell: true, OpStoreCell: true, OpDelCell: true, OpStoreFree: true, OpStoreGlobal: true,
	OpStoreName: true, OpStoreAttr: true, OpDelAttr: true, OpSetItem: true, OpDelItem: true, OpJIs: true, OpJIsNot: true,
	OpJNone: true, OpJNotNone: true, OpJTrue: true, OpJFalse: true, OpForIter: true, OpReturn: true, OpStoreMap: true,
	OpAppend: true, OpSetAdd: true, OpExtend: true, OpRaise: true, OpRaiseFrom: true, OpReraise: true, OpJNoMatch: true,
	OpImportStar: true, OpSetSlice: true,
}

// walk is a walk at random through a code. It takes any jump and lets any
// instruction fail that can, but it knows the numbers by which a finally part
// remembers where to go on.
type walk struct {
	r        *rand.Rand
	c        *Code
	first, n int // registers of the locals
	pc       int
	bound    uint // a bit for each local
	known    map[uint16]int
}

// readUnbound returns how many instructions of a walk read one of the n
// registers from first on, or an error that names one that was not bound.
func readUnbound(r *rand.Rand, c *Code, first, n int) (count int, err error) {
	w := walk{r: r, c: c, first: first, n: n, known: map[uint16]int{}}
	for range 400 {
		in := c.Instrs[w.pc]
		reads, writes := w.registers(in)
		if in.Op() == OpCheck || in.Op() == OpDelLocal {
			reads &= w.bound // it fails otherwise
			if reads == 0 && !w.fail() {
				return count, nil
			} else if reads == 0 {
				continue
			}
		}
		if reads&^w.bound != 0 {
			return 0, fmt.Errorf("instruction %d reads %04b, bound are %04b\n%s", w.pc, reads, w.bound, c.Dump())
		}
		if reads != 0 {
			count++
		}
		if !w.step(in, writes) {
			break
		}
	}
	return count, nil
}

// bits returns the locals among count registers from offset on.
func (w *walk) bits(offset uint16, count int) (set uint) {
	for r := int(offset)/RegSize - w.first; count > 0; r, count = r+1, count-1 {
		if 0 <= r && r < w.n {
			set |= 1 << r
		}
	}
	return set
}

func (w *walk) registers(in Instr) (reads, writes uint) {
	op := in.Op()
	for j, x := range []uint16{in.A(), in.B(), in.C()}[:len(form(op))] {
		switch kind := form(op)[j]; {
		case kind == 'A':
			writes |= w.bits(x, int(in.C()))
		case kind != 'r':
		case j == 0 && !readsFirst[op] && (op < OpJLt || op > OpJNotNeI),
			j == 1 && (op == OpForIter || op == OpForPrep || op == OpForLoop):
			writes |= w.bits(x, 1)
		default:
			reads |= w.bits(x, 1)
		}
	}
	return reads, writes
}

// fail goes to the handler of an exception, if there is one.
func (w *walk) fail() bool {
	for _, h := range w.c.Handlers {
		if h.Start <= w.pc && w.pc < h.End {
			w.pc = h.Target
			return true
		}
	}
	return false
}

// step goes to the next instruction, if there is one.
func (w *walk) step(in Instr, writes uint) bool {
	op := in.Op()
	jump := w.r.IntN(2) == 0
	switch op {
	case OpReturn, OpReturnNone:
		return false
	case OpRaise, OpRaiseFrom, OpReraise, OpRaiseLast:
		return w.fail()
	case OpLoadI:
		w.known[in.A()] = int(int32(in.BC()))
	case OpMove, OpLoadK, OpUnbind, OpJump, OpEndExcept:
	case OpJEqI, OpJNotEqI:
		if v, ok := w.known[in.A()]; ok {
			jump = (v == int(int16(in.B()))) == (op == OpJEqI)
		}
	default:
		if w.r.IntN(8) == 0 {
			return w.fail()
		}
	}
	to := w.pc + 1
	for j, kind := range form(op) {
		switch kind {
		case 't':
			to += int(int16([]uint16{in.A(), in.B(), in.C()}[j]))
		case 'T':
			to += int(int32(in.BC()))
			jump = jump || op == OpJump
		}
	}
	w.pc++
	if jump {
		w.pc = to
	}
	switch {
	case op == OpDelLocal:
		w.bound &^= w.bits(in.A(), 1)
	case (op == OpForIter || op == OpForLoop) && !jump, op == OpForPrep && jump: // the end of the loop
	default:
		w.bound |= writes
	}
	return true
}

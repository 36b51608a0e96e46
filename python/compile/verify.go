package compile

import "fmt"

// Verify checks that every operand of a code is in range: registers, constants,
// names, caches, nested codes and jump targets, and that execution cannot run
// off the end. The machine relies on it and checks nothing of this again.
func Verify(c *Code) error { return verify(c, func() {}) }

// verify is Verify that calls step for every instruction; see Source.
func verify(c *Code, step func()) error {
	n := len(c.Instrs)
	if n == 0 || len(c.Lines) != n || c.NRegs > MaxRegs || len(c.Args) != c.NPos+c.NKwOnly {
		return fmt.Errorf("compile: %s: malformed code", c.Name)
	}
	v := verifier{c: c}
	if got := c.NPos + c.NKwOnly + 2; got > c.NRegs {
		return v.bad(0, "parameters", got)
	}
	for pc, in := range c.Instrs {
		step()
		if in.Op() >= NumOps {
			return v.bad(pc, "operation", int(in.Op()))
		}
		if err := v.instr(pc, in); err != nil {
			return err
		}
	}
	if n < 2 || c.Instrs[n-1].Op() != OpNop {
		return v.bad(n-1, "end of code", 0)
	}
	switch c.Instrs[n-2].Op() {
	case OpReturn, OpReturnNone, OpJump, OpRaise, OpReraise, OpRaiseLast:
	default:
		return v.bad(n-2, "end of code", int(c.Instrs[n-2].Op()))
	}
	for _, h := range c.Handlers {
		// A handler that lies before its end would be a loop without turn points.
		if h.Start < 0 || h.End > n || h.Target < h.End || h.Target >= n-1 || int(h.Reg)/RegSize >= c.NRegs || h.Reg%RegSize != 0 {
			return v.bad(h.Start, "handler", h.Target)
		}
	}
	for _, inner := range c.Codes {
		for _, x := range inner.Free {
			if x.Index < 0 || x.Outer && x.Index >= len(c.Free) || !x.Outer && (x.Index%RegSize != 0 || x.Index/RegSize >= c.NRegs) {
				return v.bad(0, "free variable of "+inner.Name, x.Index)
			}
		}
	}
	return nil
}

type verifier struct{ c *Code }

func (v verifier) bad(pc int, what string, n int) error {
	return fmt.Errorf("compile: %s: instruction %d: %s %d out of range", v.c.Name, pc, what, n)
}

func (v verifier) instr(pc int, in Instr) error {
	operands := [3]uint16{in.A(), in.B(), in.C()}
	u := int(in.C())
	for j, kind := range []byte(form(in.Op())) {
		x := int(operands[j])
		count := 0 // of registers from x on
		switch kind {
		case 'r':
			count = 1
		case '2', '3', '4':
			count = int(kind - '0')
		case 'C':
			count = 1 + u&0xff + 2*(u>>8)
		case 'M':
			count = 2 + u&0xff + 2*(u>>8)
		case 'V':
			count = 4 + u&0xff + 2*(u>>8)
		case 'B':
			count = 2 + u
		case 'N', 'A':
			count = max(u, 1)
		case 'E':
			count = u&0xff + u>>8 + 1
		case 'K':
			if int(in.BC()) >= len(v.c.Consts) {
				return v.bad(pc, "constant", int(in.BC()))
			}
		case 't':
			to := pc + 1 + int(int16(x))
			if to < 0 || to >= len(v.c.Instrs)-1 {
				return v.bad(pc, "jump target", to)
			}
			if op := in.Op(); to <= pc && (op == OpForPrep || op == OpJNoMatch) { // they have no turn point
				return v.bad(pc, "jump target", to)
			}
		case 'T':
			if to := pc + 1 + int(int32(in.BC())); to < 0 || to >= len(v.c.Instrs)-1 {
				return v.bad(pc, "jump target", to)
			}
		case 'n':
			if x >= len(v.c.Names) {
				return v.bad(pc, "name", x)
			}
		case 'g':
			if x >= len(v.c.Globals) {
				return v.bad(pc, "global", x)
			}
		case 'm':
			if x >= len(v.c.Attrs) {
				return v.bad(pc, "attribute", x)
			}
		case 'f':
			if x >= len(v.c.Codes) {
				return v.bad(pc, "nested code", x)
			}
		case 'v':
			if x >= len(v.c.Free) {
				return v.bad(pc, "free variable", x)
			}
		}
		if count > 0 && (x%RegSize != 0 || x/RegSize+count > v.c.NRegs) {
			return v.bad(pc, "register", x)
		}
	}
	if op := in.Op(); (op == OpYield || op == OpYieldFrom) && !v.c.Generator {
		return v.bad(pc, "operation", int(op))
	}
	if in.Op() == OpUnbind && int(in.A())/RegSize+int(in.B()) > v.c.NRegs {
		return v.bad(pc, "register", int(in.A()))
	}
	return nil
}

package compile

// finalReg returns the number that a register has in the end: the kept constants
// come after the locals and before the temporaries, where calls do not reach.
func (f *fn) finalReg(r int) int {
	switch {
	case r >= keptBase:
		return r - keptBase + f.nlocals
	case r >= f.nlocals:
		return r + len(f.kept)
	}
	return r
}

// assemble scales the operands and resolves the labels.
func (f *fn) assemble() error {
	c := f.code
	c.Instrs = make([]Instr, len(f.ins))
	c.Lines = make([]int32, len(f.ins))
	for i, x := range f.ins {
		f.an.step()
		v := [3]int{x.a, x.b, x.c}
		wide := false
		for j, kind := range []byte(form(x.op)) {
			switch kind {
			case 'r', '2', '3', '4', 'C', 'M', 'V', 'B', 'N', 'A', 'E':
				v[j] = f.finalReg(v[j]) * RegSize
			case 't':
				if v[j] = f.labels[v[j]] - i - 1; v[j] != int(int16(v[j])) {
					f.line = x.line
					f.fail("function has too many instructions")
					return f.err
				}
			case 'T':
				v[j] = f.labels[v[j]] - i - 1
				wide = true
			case 'K', 'I':
				wide = true
			}
		}
		in := Instr(x.op) | Instr(x.marks)<<8 | Instr(uint16(v[0]))<<16
		if wide {
			in |= Instr(uint32(v[1])) << 32
		} else {
			in |= Instr(uint16(v[1]))<<32 | Instr(uint16(v[2]))<<48
		}
		c.Instrs[i] = in
		c.Lines[i] = int32(x.line)
	}
	// Execution never comes there, but the address after the last instruction
	// must be one of the code.
	c.Instrs, c.Lines = append(c.Instrs, Instr(OpNop)), append(c.Lines, int32(f.line))
	for _, h := range f.handler {
		if f.labels[h.start] < f.labels[h.end] {
			c.Handlers = append(c.Handlers, Handler{f.labels[h.start], f.labels[h.end], f.labels[h.target], uint16(f.finalReg(h.reg) * RegSize)})
		}
	}
	return nil
}

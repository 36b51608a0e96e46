//go:build qpysafe

package vm_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"qpy/python/compile"
	"qpy/python/object"
	"qpy/python/syntax"
	"qpy/python/vm"
)

// codes is a code and all that are nested in it.
func codes(c *compile.Code) []*compile.Code {
	all := []*compile.Code{c}
	for _, n := range c.Codes {
		all = append(all, codes(n)...)
	}
	return all
}

// damage changes bytes of the instructions as edits says: which code, which
// instruction (16 bits), which byte of it, and the new value.
func damage(all []*compile.Code, edits []byte) {
	for ; len(edits) >= 5; edits = edits[5:] {
		c := all[int(edits[0])%len(all)]
		pc := (int(edits[1])<<8 | int(edits[2])) % len(c.Instrs)
		shift := 8 * (edits[3] % 8)
		c.Instrs[pc] = c.Instrs[pc]&^(0xff<<shift) | compile.Instr(edits[4])<<shift
	}
}

// FuzzVerify runs damaged code: either Verify refuses it, or the machine stays
// within the code and its tables and can be stopped. It does not say that the
// operands have the types that the compiler sees to; there the bounds-checked
// machine panics with a text of its own or, for a missing value, on nil.
func FuzzVerify(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.py")
	for i, name := range files {
		src, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(src), []byte{byte(i), 0, 9, 2, 16, 1, 0, 3, 4, 32})
	}
	for i, src := range kernels {
		f.Add(src+"work(3)\n", []byte{1, 0, 5, 6, 1})
		f.Add(src+"work(3)\n", []byte(fmt.Sprint(i, src)))
	}
	p := object.Generic()
	p.Heap, p.MaxDepth = 1<<20, 40
	f.Fuzz(func(t *testing.T, src string, edits []byte) {
		b := newBoard(p)
		b.in.Quantum = 100
		turns := 0
		stop := func() error {
			if turns++; turns > 100 {
				return errOff
			}
			return nil
		}
		b.in.Turn, b.in.Poll = func(*object.Thread, int) error { return stop() }, stop
		c, err := compile.Source(b.in, []byte(src), "fuzz.py", syntax.Exec)
		if err != nil {
			return
		}
		all := codes(c)
		damage(all, edits)
		for _, c := range all {
			if compile.Verify(c) != nil {
				return
			}
		}
		defer func() {
			switch e := recover().(type) {
			case nil, string:
			case runtime.Error:
				if strings.Contains(e.Error(), "out of range") {
					panic(e)
				}
			default:
				panic(e)
			}
		}()
		main := b.in.NewModule("__main__")
		_, _ = vm.Exec(b.t, c, main.Globals, main.Globals)
	})
}

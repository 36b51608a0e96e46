package vm_test

import (
	"os"
	"path/filepath"
	"testing"

	"qpy/python/object"
)

// FuzzRun runs whatever compiles, for a few turns on a small heap: nothing may
// panic or hang.
func FuzzRun(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.py")
	for _, name := range files {
		src, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(src))
	}
	for _, src := range kernels {
		f.Add(src + "work(3)\n")
	}
	p := object.Generic()
	p.Heap, p.MaxDepth = 1<<20, 40
	f.Fuzz(func(t *testing.T, src string) {
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
		_ = b.run(src, "fuzz.py")
	})
}

package flash

import "testing"

func benchmarkWrite(b *testing.B, o Options) {
	f, err := Open(o)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	chunk := pattern(1024)
	b.SetBytes(512 * 1024)
	for b.Loop() {
		h, err := f.OpenFile("/usr/package.bin", Write|Create|Truncate)
		if err != nil {
			b.Fatal(err)
		}
		for range 512 {
			if _, err := h.Write(chunk); err != nil {
				b.Fatal(err)
			}
		}
		if err := h.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// 512 KB in 1,024-byte writes, as a script writes an upgrade package.
func BenchmarkWriteMemory(b *testing.B) { benchmarkWrite(b, Options{}) }
func BenchmarkWriteFolder(b *testing.B) { benchmarkWrite(b, Options{Dir: b.TempDir()}) }

func BenchmarkStat(b *testing.B) {
	f, err := Open(Options{})
	if err != nil {
		b.Fatal(err)
	}
	if err := f.WriteFile("/usr/main.py", []byte("x")); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := f.Stat("/usr/main.py"); err != nil {
			b.Fatal(err)
		}
	}
}

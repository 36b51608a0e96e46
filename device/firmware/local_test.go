package firmware

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/flash"
	"qpy/device/kernel"
	"qpy/device/model"
)

// Every way in refuses every bad package, and the old firmware boots.
func TestBadPackages(t *testing.T) {
	m := must(model.Lookup("generic"))
	good := must(Sample(m, "V0001", 0, 20_000))
	type bad struct {
		name string
		b    []byte
		code int
	}
	packages := []bad{
		{"empty", nil, CodeEmpty},
		{"truncated", good[:len(good)-1], CodeDamaged},
		{"half", good[:len(good)/2], CodeDamaged},
		{"one byte", good[:1], CodeDamaged},
		{"another model", must(Sample(must(model.Lookup("EC600N")), "V0001", 0, 20_000)), CodeMismatch},
		{"another version", must(Sample(m, "V0007", 0, 20_000)), CodeMismatch},
		{"a stage", must(Sample(m, "V0001", Stage1, 20_000)), CodeMismatch},
	}
	for i := range 100 { // a flipped bit at 100 places, from the first byte to the last
		b := bytes.Clone(good)
		b[i*(len(b)-1)/99] ^= 1 << (i % 8)
		packages = append(packages, bad{"flipped bit", b, CodeDamaged})
	}
	for _, p := range packages {
		b := newBench(t, "generic")
		b.serves(p.b)
		assert.NoError(t, b.run(func(*kernel.Task) {
			result, err := b.s.Download("http://up.example/f", "", b.callback)
			assert.NoError(t, err)
			assert.Equal(t, Error, result, p.name)
			assert.Len(t, b.notes, 1)
			b.writeLocal(p.b, int64(len(p.b)), 1000)
			b.s.Flush()
			assert.Equal(t, Error, b.s.Verify(), p.name)
			assert.False(t, b.s.Flagged())
		}), p.name)
		assert.Equal(t, StatusFailed, b.calls[len(b.calls)-1][0])
		b.keepsOldFirmware(p.name)

		// Asynchronous, and the callback tells the code.
		b = newBench(t, "EC600N")
		b.m = cloneAs(b.m, "generic")
		b.boot()
		b.serves(p.b)
		assert.NoError(t, b.run(func(*kernel.Task) { b.s.Download("http://up.example/f", "", b.callback) }))
		assert.Equal(t, [2]int{StatusFailed, p.code}, b.calls[len(b.calls)-1], p.name)
		b.keepsOldFirmware(p.name)
	}
}

func TestLocalUpgrade(t *testing.T) {
	for _, chunk := range []int{1, 1000, 1024, 4095, 4096, 4097, 1 << 20} {
		b := newBench(t, "EC600U")
		file := must(SampleFile(b.m, "V0001"))
		if chunk == 1 {
			file = must(Sample(b.m, "V0001", 0, 9000))
		}
		assert.NoError(t, b.run(func(*kernel.Task) {
			require.Equal(t, OK, b.writeLocal(file, int64(len(file)), chunk))
			require.Equal(t, OK, b.s.Flush())
			require.Equal(t, OK, b.s.Verify())
			assert.Equal(t, OK, b.s.Verify(), "again")
			assert.True(t, b.s.Flagged())
		}), "it does not restart by itself")
		assert.Empty(t, b.notes)
		assert.Equal(t, "firmware V0001 -> V0002", b.boot().String())
	}
}

func TestLocalRefusals(t *testing.T) {
	b := newBench(t, "EC600U")
	file := must(SampleFile(b.m, "V0001"))
	size := int64(len(file))
	refused := func(result int, why string) {
		t.Helper()
		assert.Equal(t, Error, result)
		if assert.NotEmpty(t, b.notes) {
			assert.Contains(t, b.notes[len(b.notes)-1], why)
		}
		b.notes = nil
	}
	assert.NoError(t, b.run(func(*kernel.Task) {
		refused(b.s.Flush(), "nothing was written")
		refused(b.s.Verify(), "there is no package")
		refused(b.s.Write(file[:10], 0), "file_size 0")
		refused(b.s.Write(file[:10], -1), "file_size -1")
		refused(b.s.Write(file[:10], b.m.Flash.SlotSize+1), "the upgrade slot takes")

		b.s.Open(false) // file_size changes
		assert.Equal(t, OK, b.s.Write(file[:10], size))
		refused(b.s.Write(file[10:20], size+1), "it was")
		assert.Equal(t, Error, b.s.Write(file[10:20], size+1))
		assert.Empty(t, b.notes, "the same refusal is told once")
		refused(b.s.Flush(), "begin again")
		refused(b.s.Verify(), "begin again")

		b.s.Open(false) // more than file_size
		assert.Equal(t, OK, b.s.Write(file[:10], 15))
		refused(b.s.Write(file[10:20], 15), "20 bytes are more than file_size 15")
		b.s.Open(false)

		assert.Equal(t, OK, b.writeLocal(file, size, 1000)) // verify without flush: only the flush is missing
		refused(b.s.Verify(), "call fota.flush first")
		assert.Equal(t, OK, b.s.Flush())
		assert.Equal(t, OK, b.s.Verify())

		// A package too large does not cost the one that is flagged.
		refused(b.s.Write(file[:10], b.m.Flash.SlotSize+1), "the upgrade slot takes")
		assert.True(t, b.s.Flagged())

		assert.Equal(t, OK, b.s.Write(file[:10], size)) // a new one does
		assert.False(t, b.s.Flagged())
		assert.Equal(t, OK, b.s.Flush())
		refused(b.s.Verify(), "10 of")
		refused(b.s.Verify(), "there is no package")
	}))
	b.keepsOldFirmware("nothing was verified")
}

// Open drops what was written and not verified, and keeps what is flagged.
func TestOpenDropsAHalfWrittenUpgrade(t *testing.T) {
	b := newBench(t, "generic")
	file := must(SampleFile(b.m, "V0001"))
	b.run(func(*kernel.Task) {
		assert.Equal(t, OK, b.writeLocal(file[:5000], int64(len(file)), 1000))
		b.s.Open(false)
		assert.Equal(t, OK, b.writeLocal(file, int64(len(file)), 1000))
		assert.Equal(t, OK, b.s.Flush())
		assert.Equal(t, OK, b.s.Verify())
		b.s.Open(false)
		assert.True(t, b.s.Flagged())
	})
	assert.True(t, b.boot().Applied)
}

// 16 MiB in 1,024-byte writes: from the first write to the flag, and to the new
// firmware that has started.
func BenchmarkLocalUpgrade(b *testing.B) {
	m := must(model.Lookup("generic"))
	file := must(Sample(m, "V0001", 0, 16<<20))
	for _, name := range []string{"flagged in memory", "flagged in a folder", "applied in memory", "applied in a folder"} {
		applied, dir := strings.HasPrefix(name, "applied"), strings.HasSuffix(name, "folder")
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(file)))
			b.ReportAllocs()
			for b.Loop() {
				o := flash.Options{Regions: Regions(m)}
				if dir {
					o.Dir = b.TempDir()
				}
				f := must(flash.Open(o))
				st := StorageOn(f)
				must(Boot(st, m, Policy{}))
				s := must(New(Options{Model: m, Storage: st, Note: func(text string) { b.Error(text) }}))
				for part := range slices.Chunk(file, 1024) {
					s.Write(part, int64(len(file)))
				}
				if s.Flush() != OK || s.Verify() != OK {
					b.Fatal("refused")
				}
				if applied && !must(Boot(st, m, Policy{})).Applied {
					b.Fatal("not applied")
				}
				if err := f.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

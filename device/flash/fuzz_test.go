package flash

import (
	"testing"

	"github.com/stretchr/testify/require"

	"qpy/device/flash/chip"
)

// However a chip was damaged, it mounts or it is refused with an error; what
// mounts can be listed, read and removed.
func FuzzMount(f *testing.F) {
	f.Add([]byte{0, 0, 0xff}, []byte{1, 2, 3})
	f.Add([]byte{4, 16, 1}, []byte{2, 20, 9})
	f.Add([]byte{3, 17, 0, 4, 17, 0}, []byte{0, 8, 7, 1, 8, 7})
	f.Fuzz(func(t *testing.T, damage, more []byte) {
		h := newHistory(t, 1)
		require.False(t, h.run(t, 25))
		memory := h.f.Memory()
		c := memory.chips["usr"]
		for _, d := range [][]byte{damage, more} {
			for ; len(d) >= 3; d = d[3:] { // block, byte, value
				hurt(t, c, int(d[0])%c.Blocks(), int(d[1])*2, d[2])
			}
		}
		fl, err := Open(Options{Partitions: small, Memory: memory})
		if err != nil {
			return
		}
		walk(t, fl, "/usr")
		_ = fl.WriteFile("/usr/after", pattern(2000))
		require.NoError(t, fl.Close())
	})
}

// hurt changes a byte of a block, whatever it takes, and lets the block's
// checksum fit if it has one.
func hurt(t *testing.T, c *chip.Chip, block, at int, value byte) {
	t.Helper()
	b := make([]byte, c.BlockSize())
	require.NoError(t, c.Read(block, 0, b))
	size := int(b[atLen]) | int(b[atLen+1])<<8
	b[at] = value
	if size >= atEntries && size+crcSize <= len(b) && b[atLen+2] == 0 && b[atLen+3] == 0 {
		copy(b, seal(append(make([]byte, 0, len(b)), b[:size]...)))
	}
	require.NoError(t, c.Erase(block))
	require.NoError(t, c.Program(block, 0, b))
}

func walk(t *testing.T, f *Flash, dir string) {
	t.Helper()
	infos, err := f.ReadDir(dir)
	require.NoError(t, err)
	for _, info := range infos {
		path := dir + "/" + info.Name
		if info.Dir {
			walk(t, f, path)
			continue
		}
		_, _ = f.ReadFile(path)
		_ = f.Remove(path)
	}
}

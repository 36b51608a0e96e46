package chip

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/spf13/afero"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// both runs a test on a chip in memory and on one in a file.
func both(t *testing.T, test func(t *testing.T, s *Supply, c *Chip)) {
	t.Run("memory", func(t *testing.T) {
		s := &Supply{}
		test(t, s, New(s, 1024, 8))
	})
	t.Run("file", func(t *testing.T) {
		s := &Supply{}
		c := Open(s, 1024, 8, inFile(filepath.Join(t.TempDir(), "chip")))
		defer func() { assert.NoError(t, c.Close()) }()
		test(t, s, c)
	})
}

func inFile(name string) Opener {
	return func(create bool) (afero.File, error) {
		flags := os.O_RDWR
		if create {
			flags |= os.O_CREATE
		}
		f, err := os.OpenFile(name, flags, 0o600)
		if os.IsNotExist(err) && !create {
			return nil, nil
		}
		return f, err
	}
}

func content(t *testing.T, c *Chip, block int) []byte {
	t.Helper()
	b := make([]byte, c.BlockSize())
	require.NoError(t, c.Read(block, 0, b))
	return b
}

func TestEraseProgramRead(t *testing.T) {
	both(t, func(t *testing.T, s *Supply, c *Chip) {
		blank := bytes.Repeat([]byte{0xff}, 1024)
		assert.Equal(t, blank, content(t, c, 7), "a new chip is erased")
		for _, block := range []int{5, 2, 7} {
			require.NoError(t, c.Program(block, 100, bytes.Repeat([]byte{byte(block)}, 600)))
			want := bytes.Clone(blank)
			copy(want[100:], bytes.Repeat([]byte{byte(block)}, 600))
			assert.Equal(t, want, content(t, c, block))
			assert.Equal(t, Wear{Programs: 3}, c.Wear(block), "bytes 100 to 699 are on three pages")
		}
		assert.Equal(t, blank, content(t, c, 3))
		for _, block := range []int{7, 2, 5} {
			require.NoError(t, c.Erase(block))
			assert.Equal(t, blank, content(t, c, block))
			assert.Equal(t, Wear{Programs: 3, Erases: 1}, c.Wear(block))
		}
		assert.EqualValues(t, 12, s.Ops())
		for _, bad := range [][3]int{{-1, 0, 1}, {8, 0, 1}, {0, -1, 1}, {0, 1024, 1}, {0, 1000, 25}} {
			assert.Error(t, c.Read(bad[0], bad[1], make([]byte, bad[2])))
			assert.Error(t, c.Program(bad[0], bad[1], make([]byte, bad[2])))
		}
		assert.Error(t, c.Erase(8))
	})
}

func TestOnlyAnEraseSetsBits(t *testing.T) {
	c := New(&Supply{}, 1024, 2)
	require.NoError(t, c.Program(0, 0, []byte("once")))
	assert.ErrorIs(t, c.Program(0, 2, []byte("more")), ErrNotErased)
	assert.NoError(t, c.Program(0, 4, []byte("more")))
}

func TestPowerCut(t *testing.T) {
	both(t, func(t *testing.T, s *Supply, c *Chip) {
		text := bytes.Repeat([]byte("0123456789abcdef"), 64) // four pages
		for how, reached := range map[Torn][5]int{
			TornBefore: {0, 256, 512, 768}, TornHalf: {128, 384, 640, 896}, TornAfter: {256, 512, 768, 1024},
		} {
			for n := range 4 {
				require.NoError(t, c.Erase(1))
				heard := 0
				s.OnCut = func() { heard++ }
				s.CutAfter(int64(n), how)
				assert.ErrorIs(t, c.Program(1, 0, text), ErrPowerCut)
				assert.True(t, s.Off())
				assert.Equal(t, 1, heard)
				assert.ErrorIs(t, c.Erase(1), ErrPowerCut, "nothing works any more")
				assert.ErrorIs(t, c.Program(0, 0, text), ErrPowerCut)
				assert.ErrorIs(t, c.Read(0, 0, text[:1]), ErrPowerCut)
				assert.Equal(t, 1, heard)
				s.Restore()
				got := content(t, c, 1)
				assert.Equal(t, text[:reached[n]], got[:reached[n]])
				assert.True(t, isErased(got[reached[n]:]))
			}
			require.NoError(t, c.Erase(1))
			require.NoError(t, c.Program(1, 0, text))
			s.CutAfter(0, how)
			assert.ErrorIs(t, c.Erase(1), ErrPowerCut)
			s.Restore()
			got := content(t, c, 1)
			switch how {
			case TornBefore:
				assert.Equal(t, text, got)
			case TornHalf:
				assert.True(t, isErased(got[:512]))
				assert.Equal(t, text[512:], got[512:])
			case TornAfter:
				assert.True(t, isErased(got))
			}
		}
		s.CutAfter(3, TornBefore)
		s.CutAfter(-1, TornBefore)
		for range 5 {
			assert.NoError(t, c.Erase(0), "the plan was taken back")
		}
	})
}

func TestWornOut(t *testing.T) {
	c := New(&Supply{}, 1024, 2)
	require.NoError(t, c.Program(1, 0, []byte("still there")))
	c.Spoil(1)
	assert.ErrorIs(t, c.Erase(1), ErrBadBlock)
	assert.ErrorIs(t, c.Program(1, 500, []byte("x")), ErrBadBlock)
	assert.Equal(t, "still there", string(content(t, c, 1)[:11]))
	assert.ErrorIs(t, c.Clone(&Supply{}).Erase(1), ErrBadBlock)
	assert.NoError(t, c.Erase(0))
}

// A block bears so many erases; with the next one it is worn out, and what it holds
// stays.
func TestEndurance(t *testing.T) {
	c := New(&Supply{Endurance: 3}, 1024, 3)
	c.Bears(1, 1)
	c.Bears(2, 0)
	for block, bears := range []int{3, 1, 0} {
		for n := range bears {
			require.NoError(t, c.Erase(block), "%d of block %d", n, block)
			require.NoError(t, c.Program(block, 0, []byte("still there")))
		}
		for range 2 {
			assert.ErrorIs(t, c.Erase(block), ErrBadBlock)
			assert.ErrorIs(t, c.Program(block, 512, []byte("x")), ErrBadBlock)
			assert.EqualValues(t, bears, c.Wear(block).Erases)
		}
		if bears > 0 {
			assert.Equal(t, "still there", string(content(t, c, block)[:11]))
		}
	}
	again := New(&Supply{Endurance: 3}, 1024, 2)
	again.SetWear(0, Wear{Erases: 3})
	assert.ErrorIs(t, again.Erase(0), ErrBadBlock, "the wear of before counts")
	again.Bears(1, 1)
	clone := again.Clone(&Supply{})
	require.NoError(t, clone.Erase(1))
	assert.ErrorIs(t, clone.Erase(1), ErrBadBlock)
	require.NoError(t, again.Erase(1), "a clone's wear is its own")
}

// Somebody hears once of the operation that he waits for, when it is done.
func TestAfterOp(t *testing.T) {
	s := &Supply{}
	c := New(s, 1024, 2)
	var heard []int64
	hear := func() { heard = append(heard, s.Ops()) }
	s.AfterOp(3, hear)
	require.NoError(t, c.Erase(0))
	require.NoError(t, c.Program(0, 0, make([]byte, 256)))
	assert.Empty(t, heard)
	require.NoError(t, c.Program(0, 256, make([]byte, 700)))
	require.NoError(t, c.Erase(1))
	assert.Equal(t, []int64{5}, heard, "three pages at once")
	s.AfterOp(1, hear)
	s.AfterOp(0, nil)
	require.NoError(t, c.Erase(1))
	s.AfterOp(2, func() { s.AfterOp(1, hear) })
	for range 5 {
		require.NoError(t, c.Erase(1))
	}
	assert.Equal(t, []int64{5, 10}, heard)
}

// What all chips hold is counted, once where they share it, and no longer when
// nobody has it any more.
func TestInMemory(t *testing.T) {
	c := New(&Supply{}, 1<<20, 3)
	for block := range 3 {
		require.NoError(t, c.Program(block, 0, []byte("x")))
	}
	d := c.Clone(&Supply{})
	require.NoError(t, d.Program(0, 1, []byte("y")))
	have := InMemory()
	assert.GreaterOrEqual(t, have, int64(4<<20))
	runtime.KeepAlive([]*Chip{c, d})
	c, d = nil, nil
	for range 1000 {
		if runtime.GC(); InMemory() <= have-4<<20 {
			return
		}
	}
	t.Fatal("what nobody has is counted still")
}

func TestTiming(t *testing.T) {
	s := &Supply{Timing: Timing{Program: time.Millisecond, Erase: time.Second}}
	c := New(s, 1024, 2)
	require.NoError(t, c.Erase(0))
	require.NoError(t, c.Program(0, 0, make([]byte, 700)))
	assert.Equal(t, time.Second+3*time.Millisecond, s.Busy())
	assert.Zero(t, s.Busy())
}

func TestClonesShareNothing(t *testing.T) {
	a := New(&Supply{}, 1024, 3)
	require.NoError(t, a.Program(0, 0, []byte("zero")))
	require.NoError(t, a.Program(1, 0, []byte("one")))
	b := a.Clone(&Supply{})
	require.NoError(t, a.Program(0, 4, []byte(" of a")))
	require.NoError(t, b.Program(0, 4, []byte(" of b")))
	require.NoError(t, b.Erase(1))
	b.Grow(2)
	require.NoError(t, b.Program(4, 0, []byte("new")))
	assert.Equal(t, "zero of a", string(content(t, a, 0)[:9]))
	assert.Equal(t, "zero of b", string(content(t, b, 0)[:9]))
	assert.Equal(t, "one", string(content(t, a, 1)[:3]))
	assert.True(t, isErased(content(t, b, 1)))
	assert.Equal(t, 3, a.Blocks())
}

// What is behind a chip in a file is a plain file, no folder and no pipe.
func TestFileThatIsNone(t *testing.T) {
	c := Open(&Supply{}, 1024, 2, func(bool) (afero.File, error) { return os.Open(t.TempDir()) })
	assert.ErrorContains(t, c.Read(0, 0, make([]byte, 1)), "not a plain file")
}

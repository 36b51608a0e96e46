package flash

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"qpy/device/flash/chip"
)

// state is what a device has in /usr: files by path, directories as nil.
type state map[string]string

const aDirectory = "\x00directory"

func stateOf(t testing.TB, f *Flash, dir string, s state) state {
	t.Helper()
	infos, err := f.ReadDir(dir)
	require.NoError(t, err)
	for _, info := range infos {
		path := dir + "/" + info.Name
		if info.Dir {
			s[path] = aDirectory
			stateOf(t, f, path, s)
			continue
		}
		data, err := f.ReadFile(path)
		require.NoError(t, err, path)
		require.EqualValues(t, info.Size, len(data))
		s[path] = string(data)
	}
	return s
}

// blocks is how many blocks a state takes, whatever its history, when every
// directory has one pair.
func (s state) blocks(blockSize int) int {
	n := superblocks + 2
	for _, content := range s {
		if content == aDirectory {
			n += 2
		} else {
			n += fileBlocks(int64(len(content)), blockSize)
		}
	}
	return n
}

// history is a sequence of operations, the same for the same seed. Each returns
// the states that a power cut during it may leave; nil is the one before.
type history struct {
	f    *Flash
	r    *rand.Rand
	now  state
	next []state // that the operation under way may leave besides now
	long string  // makes names so long that a directory needs several pairs
}

func (h *history) path() string {
	dirs := []string{"/usr", "/usr/d", "/usr/e"}
	return fmt.Sprintf("%s/%c%s", dirs[h.r.IntN(len(dirs))], 'a'+rune(h.r.IntN(5)), h.long)
}

// step does one operation. It fails as the flash does, but for the power.
func (h *history) step() error {
	with := func(change func(s state)) {
		s := maps.Clone(h.now)
		change(s)
		h.next = append(h.next, s)
	}
	h.next = nil
	var err error
	switch h.r.IntN(8) {
	case 0, 1, 2: // write a file anew
		path, data := h.path(), pattern(h.r.IntN(3000))
		if h.now[path] == "" { // it is made first
			with(func(s state) { s[path] = "" })
		}
		with(func(s state) { s[path] = string(data) })
		err = h.f.WriteFile(path, data)
	case 3: // append, flushing in between
		path := h.path()
		var file *File
		if _, ok := h.now[path]; !ok {
			with(func(s state) { s[path] = "" })
		}
		if file, err = h.f.OpenFile(path, Write|Create|Append); err != nil {
			break
		}
		for range 3 {
			data := pattern(h.r.IntN(700) + 1)
			old := h.now[path]
			if len(h.next) > 0 {
				old = h.next[len(h.next)-1][path]
			}
			with(func(s state) { s[path] = old + string(data) })
			if _, err = file.Write(data); err == nil {
				err = file.Flush()
			}
			if err != nil {
				return err
			}
		}
		err = file.Close()
	case 4: // change the middle of a file
		path, data := h.path(), pattern(h.r.IntN(600)+1)
		old, ok := h.now[path]
		if !ok || old == aDirectory {
			break
		}
		at := h.r.IntN(len(old) + 1)
		with(func(s state) { s[path] = old[:at] + string(data) + old[min(len(old), at+len(data)):] })
		var file *File
		if file, err = h.f.OpenFile(path, Read|Write); err != nil {
			break
		}
		if _, err = file.Seek(int64(at), 0); err == nil {
			_, err = file.Write(data)
		}
		if err == nil {
			err = file.Close()
		}
	case 5:
		path := []string{"/usr/d", "/usr/e", "/usr/d/a", "/usr/e/b"}[h.r.IntN(4)]
		with(func(s state) { s[path] = aDirectory })
		err = h.f.Mkdir(path)
	case 6:
		path := h.path()
		with(func(s state) { delete(s, path) })
		err = h.f.Remove(path)
	case 7:
		from, to := h.path(), h.path()
		if from != to {
			with(func(s state) {
				for path, content := range h.now {
					if path == from || len(path) > len(from) && path[:len(from)+1] == from+"/" {
						delete(s, path)
						s[to+path[len(from):]] = content
					}
				}
			})
		}
		err = h.f.Rename(from, to)
	}
	return err
}

// run does steps of the history until the power fails, and tells whether it did.
func (h *history) run(t testing.TB, steps int) (cut bool) {
	t.Helper()
	for range steps {
		err := h.step()
		if errors.Is(err, chip.ErrPowerCut) {
			return true
		}
		var e *Error
		if err != nil && !errors.As(err, &e) {
			require.NoError(t, err)
		}
		if err == nil && len(h.next) > 0 {
			h.now = h.next[len(h.next)-1]
		}
	}
	return false
}

func newHistory(t testing.TB, seed uint64) *history {
	f, err := Open(Options{Partitions: small})
	require.NoError(t, err)
	h := &history{f: f, r: rand.New(rand.NewPCG(seed, 0)), now: state{}}
	if seed%3 == 1 {
		h.long = strings.Repeat("n", 120)
	}
	return h
}

var small = []Geometry{{"usr", 512, 96}}

// The power fails at every single operation of the chip in random histories, in
// every way: what is mounted afterwards is the state before or after the
// operation of the file system, to the byte and to the block, and works.
func TestPowerCutAtEveryOperation(t *testing.T) {
	seeds, steps, stride := uint64(30), 40, int64(1)
	if testing.Short() {
		stride = 17
	}
	cuts := 0
	for seed := range seeds {
		whole := newHistory(t, seed)
		start := whole.f.Ops()
		require.False(t, whole.run(t, steps))
		total := whole.f.Ops() - start
		require.Equal(t, whole.now, stateOf(t, whole.f, "/usr", state{}), "without a cut")
		for at := int64(seed) % stride; at < total; at += stride {
			h := newHistory(t, seed)
			how := chip.Torn(at % int64(chip.TornWays))
			h.f.CutAfter(at, how)
			require.True(t, h.run(t, steps))
			cuts++
			memory := h.f.Memory()
			if at%5 == 0 { // the power fails again while the file system is mounted
				memory.supply.CutAfter(0, chip.TornHalf)
				if _, err := Open(Options{Partitions: small, Memory: memory}); err != nil {
					require.ErrorIs(t, err, chip.ErrPowerCut)
				}
				memory.supply.Restore()
			}
			f, err := Open(Options{Partitions: small, Memory: memory})
			require.NoError(t, err, "seed %d, cut after %d operations", seed, at)
			got := stateOf(t, f, "/usr", state{})
			if !slices.ContainsFunc(append(h.next, h.now), func(s state) bool { return maps.Equal(s, got) }) {
				require.Equal(t, h.now, got, "seed %d, cut after %d operations", seed, at)
			}
			if h.long == "" {
				require.Equal(t, got.blocks(512), used(t, f, "/usr"), "no block is lost")
			}
			again := &history{f: f, r: rand.New(rand.NewPCG(seed, uint64(at))), now: got, long: h.long}
			require.False(t, again.run(t, 3), "the device goes on")
			require.Equal(t, again.now, stateOf(t, f, "/usr", state{}))
		}
	}
	t.Logf("%d power cuts, every one recovered", cuts)
}

// A block that wears out is replaced, wherever it is; nothing is lost but it.
func TestWornOutBlocks(t *testing.T) {
	for block := superblocks; block < 96; block++ {
		h := newHistory(t, uint64(block))
		require.NoError(t, h.f.Spoil("usr", block))
		require.False(t, h.run(t, 60))
		require.Equal(t, h.now, stateOf(t, h.f, "/usr", state{}), "block %d", block)
		f, err := Open(Options{Partitions: small, Memory: h.f.Memory()})
		require.NoError(t, err)
		require.Equal(t, h.now, stateOf(t, f, "/usr", state{}), "block %d, after a restart", block)
	}
	f, err := Open(Options{Partitions: small})
	require.NoError(t, err)
	require.NoError(t, f.Spoil("usr", 0))
	require.NoError(t, f.WriteFile("/usr/a", pattern(100)), "the superblock is written once")
	require.Error(t, f.Spoil("usr", 96))
	require.Error(t, f.Spoil("none", 0))
}

// Wear is counted and spread over the free blocks.
func TestWear(t *testing.T) {
	f, err := Open(Options{Partitions: small})
	require.NoError(t, err)
	ops := f.Ops()
	before := f.Wear()[0]
	for range 500 {
		require.NoError(t, f.WriteFile("/usr/a", pattern(700)))
	}
	var programs, erases, worst uint32
	for i, w := range f.Wear()[0].Blocks {
		programs += w.Programs - before.Blocks[i].Programs
		erases += w.Erases - before.Blocks[i].Erases
		if i >= 4 { // a directory stays where it is
			worst = max(worst, w.Erases)
		}
	}
	require.EqualValues(t, f.Ops()-ops, programs+erases)
	require.EqualValues(t, 500*3+1, erases, "two blocks of content and one of the directory each time")
	require.Less(t, worst, uint32(500*2/80+2))
}

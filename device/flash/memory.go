package flash

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"qpy/device/flash/chip"
)

// Memory is the content of a flash in memory: what outlives a restart and a
// power cut.
type Memory struct {
	supply *chip.Supply
	chips  map[string]*chip.Chip
}

// NewMemory is the memory of a flash that was never used.
func NewMemory() *Memory {
	return &Memory{supply: &chip.Supply{}, chips: map[string]*chip.Chip{}}
}

// chip is the chip of a partition or region, made if it is new.
func (m *Memory) chip(g Geometry) (c *chip.Chip, fresh bool) {
	if c = m.chips[g.Name]; c != nil && c.BlockSize() == g.BlockSize && c.Blocks() == g.Blocks {
		return c, false
	}
	c = chip.New(m.supply, g.BlockSize, g.Blocks)
	m.chips[g.Name] = c
	return c, true
}

// Clone is another memory with the same content.
func (m *Memory) Clone() *Memory {
	n := NewMemory()
	for name, c := range m.chips {
		n.chips[name] = c.Clone(n.supply)
	}
	return n
}

// CutAfter lets n more program and erase operations succeed; during the next
// one the power fails, and from then on everything does. A negative n takes it
// back.
func (m *Memory) CutAfter(n int64, how chip.Torn) { m.supply.CutAfter(n, how) }

// Ops counts the program and erase operations so far.
func (m *Memory) Ops() int64 { return m.supply.Ops() }

// PowerOn ends a power cut.
func (m *Memory) PowerOn() { m.supply.Restore() }

// wearOut wears a block out once it was erased so often.
func (m *Memory) wearOut(w Worn) error {
	c := m.chips[w.Part]
	switch {
	case c == nil:
		return fmt.Errorf("flash: there is no part %q to wear out; there is %s", w.Part, strings.Join(slices.Sorted(maps.Keys(m.chips)), ", "))
	case w.Block < 0 || w.Block >= c.Blocks():
		return fmt.Errorf("flash: there is no block %d of %s to wear out; it has %d blocks, from 0", w.Block, w.Part, c.Blocks())
	}
	c.Bears(w.Block, w.Erases)
	return nil
}

// Memory takes the content of a flash in memory out, with the power on again,
// for the next [Open]: files that are open are lost. The flash must not be used
// any more. A flash in a folder has none: the folder is it.
func (f *Flash) Memory() *Memory {
	if f.saveWear != nil {
		return nil
	}
	f.memory.PowerOn()
	return f.memory
}

// Region is a part of the flash in no partition: erase blocks, as they are.
type Region struct{ chip *chip.Chip }

// Region is the region of a name, nil if there is none.
func (f *Flash) Region(name string) *Region { return f.regions[name] }

// Size is the region's size in bytes.
func (r *Region) Size() int64 { return int64(r.chip.BlockSize()) * int64(r.chip.Blocks()) }

// BlockSize is the size of its erase blocks in bytes.
func (r *Region) BlockSize() int64 { return int64(r.chip.BlockSize()) }

// errOutside is an access beyond the end of a region.
var errOutside = errors.New("beyond the end of the flash region")

// ReadAt implements io.ReaderAt: bytes that were erased and not written are 0xff.
func (r *Region) ReadAt(p []byte, off int64) (n int, err error) {
	return r.each(p, off, r.chip.Read)
}

// WriteAt writes forwards: a block is erased when a write reaches its first
// byte. What is written elsewhere must be erased still.
func (r *Region) WriteAt(p []byte, off int64) (n int, err error) {
	return r.each(p, off, func(block, off int, part []byte) error {
		if off == 0 {
			if err := r.chip.Erase(block); err != nil {
				return err
			}
		}
		return r.chip.Program(block, off, part)
	})
}

func (r *Region) each(p []byte, off int64, do func(block, off int, part []byte) error) (n int, err error) {
	if off < 0 || int64(len(p)) > r.Size()-off {
		return 0, errOutside
	}
	for n < len(p) {
		at := int((off + int64(n)) % r.BlockSize())
		part := p[n : n+min(len(p)-n, int(r.BlockSize())-at)]
		if err := do(int((off+int64(n))/r.BlockSize()), at, part); err != nil {
			return n, err
		}
		n += len(part)
	}
	return n, nil
}

// Spoil wears an erase block of a partition or region out.
func (f *Flash) Spoil(part string, block int) error {
	return f.memory.wearOut(Worn{Part: part, Block: block})
}

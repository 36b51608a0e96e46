// Package chip is NOR flash memory: erase blocks whose bits an erase sets to 1
// and a program clears, page by page. It counts both per block (wear), can wear
// a block out, and loses its power at any single operation that a [Supply] is
// told, in the middle of it if need be.
package chip

import (
	"fmt"
	"maps"
)

// PageSize is the most that one program operation writes, in bytes: 256, as on
// the serial NOR chips of the modules.
const PageSize = 256

// Wear counts what a block has borne.
type Wear struct {
	Programs uint32 // program operations, one a page
	Erases   uint32 // erase operations
}

// cells are where the bits are.
type cells interface {
	read(block, off int, p []byte) error
	program(block, off int, p []byte) error
	erase(block int) error
	close() error
}

// Chip is one flash chip, or the part of one that something has for itself.
type Chip struct {
	supply    *Supply
	blockSize int
	cells     cells
	wear      []Wear
	bad       map[int]bool   // worn out
	bears     map[int]uint32 // erases that a block bears, where that is not the supply's Endurance
}

// New makes an erased chip in memory. Its blocks take memory once they are
// programmed.
func New(supply *Supply, blockSize, blocks int) *Chip {
	return &Chip{supply: supply, blockSize: blockSize, cells: newMemory(blockSize, blocks), wear: make([]Wear, blocks)}
}

// BlockSize is the size of an erase block in bytes.
func (c *Chip) BlockSize() int { return c.blockSize }

// Blocks is the number of erase blocks.
func (c *Chip) Blocks() int { return len(c.wear) }

// Supply is what feeds the chip.
func (c *Chip) Supply() *Supply { return c.supply }

// Wear is what a block has borne.
func (c *Chip) Wear(block int) Wear { return c.wear[block] }

// SetWear sets what a block has borne before the chip was made.
func (c *Chip) SetWear(block int, w Wear) { c.wear[block] = w }

// Spoil wears a block out: from now on it cannot be programmed or erased.
func (c *Chip) Spoil(block int) {
	if c.bad == nil {
		c.bad = map[int]bool{}
	}
	c.bad[block] = true
}

// Bears sets how many erases a block bears: the next one fails, and the block is
// worn out. 0 wears it out now.
func (c *Chip) Bears(block int, erases uint32) {
	if erases == 0 {
		c.Spoil(block)
		return
	}
	if c.bears == nil {
		c.bears = map[int]uint32{}
	}
	c.bears[block] = erases
}

// wornOut tells whether an erase wears a block out, or something has before.
func (c *Chip) wornOut(block int) bool {
	limit, ok := c.bears[block]
	if !ok {
		limit = c.supply.Endurance
	}
	if limit > 0 && c.wear[block].Erases >= limit {
		c.Spoil(block)
	}
	return c.bad[block]
}

// Grow adds erased blocks to a chip in memory.
func (c *Chip) Grow(blocks int) {
	c.wear = append(c.wear, make([]Wear, blocks)...)
	c.cells.(*memory).grow(blocks)
}

// Clone is a chip in memory with the same content and wear, fed by supply. The
// two share what neither has changed since.
func (c *Chip) Clone(supply *Supply) *Chip {
	n := &Chip{supply: supply, blockSize: c.blockSize, cells: c.cells.(*memory).clone(), wear: append([]Wear(nil), c.wear...)}
	n.bad, n.bears = maps.Clone(c.bad), maps.Clone(c.bears)
	return n
}

// Close lets go of what is behind the chip.
func (c *Chip) Close() error { return c.cells.close() }

func (c *Chip) check(block, off, n int) error {
	if block < 0 || block >= len(c.wear) || off < 0 || n > c.blockSize-off {
		return fmt.Errorf("flash chip: %d bytes at %d of block %d: there are %d blocks of %d bytes", n, off, block, len(c.wear), c.blockSize)
	}
	return nil
}

// Read reads inside one block.
func (c *Chip) Read(block, off int, p []byte) error {
	if err := c.check(block, off, len(p)); err != nil {
		return err
	}
	if c.supply.off {
		return ErrPowerCut
	}
	return c.cells.read(block, off, p)
}

// Program clears bits inside one block, page by page: what is there must be
// erased.
func (c *Chip) Program(block, off int, p []byte) error {
	if err := c.check(block, off, len(p)); err != nil || len(p) == 0 {
		return err
	}
	pages := (off+len(p)-1)/PageSize - off/PageSize + 1
	whole, err := c.supply.spend(pages, c.supply.Timing.Program)
	if err != nil {
		return err
	}
	c.wear[block].Programs += uint32(whole)
	cut := whole < pages
	if cut {
		p = p[:c.reached(off, len(p), whole)]
	}
	switch {
	case c.bad[block]:
		err = ErrBadBlock
	default:
		err = c.cells.program(block, off, p)
	}
	if cut {
		return c.supply.cut()
	}
	return err
}

// reached is how many of n bytes at off are programmed when the power fails
// after so many whole pages.
func (c *Chip) reached(off, n, pages int) int {
	end := func(pages int) int { return min(n, max(0, (off/PageSize+pages)*PageSize-off)) }
	at, next := end(pages), end(pages+1)
	switch c.supply.torn {
	case TornHalf:
		return (at + next) / 2
	case TornAfter:
		return next
	}
	return at
}

// Erase sets every bit of a block.
func (c *Chip) Erase(block int) error {
	if err := c.check(block, 0, 0); err != nil {
		return err
	}
	whole, err := c.supply.spend(1, c.supply.Timing.Erase)
	if err != nil {
		return err
	}
	cut := whole == 0
	switch {
	case c.wornOut(block):
		err = ErrBadBlock
	case !cut || c.supply.torn == TornAfter:
		c.wear[block].Erases++
		err = c.cells.erase(block)
	case c.supply.torn == TornHalf:
		// The first half is erased, the second as it was.
		half := make([]byte, c.blockSize-c.blockSize/2)
		if err = c.cells.read(block, c.blockSize/2, half); err == nil {
			if err = c.cells.erase(block); err == nil {
				err = c.cells.program(block, c.blockSize/2, half)
			}
		}
	}
	if cut {
		return c.supply.cut()
	}
	return err
}

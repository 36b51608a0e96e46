package chip

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/spf13/afero"

	"qpy/device/flash/rootfs"
)

// ErrNotErased is the error of a program that would have to set bits: only an
// erase can. It is a mistake of the code above, never of a script.
var ErrNotErased = errors.New("flash chip: programmed without an erase")

// memory is cells in memory. A block that is erased takes none.
type memory struct {
	blockSize int
	blocks    []*cell
}

// cell is the content of one block. One that has no owner belongs to several
// chips, and is copied before it changes.
type cell struct {
	owner *memory
	bits  []byte
}

func newMemory(blockSize, blocks int) *memory {
	return &memory{blockSize, make([]*cell, blocks)}
}

func (m *memory) grow(blocks int) { m.blocks = append(m.blocks, make([]*cell, blocks)...) }

func (m *memory) clone() *memory {
	for _, c := range m.blocks {
		// Written only where it changes: chips that share cells may be cloned at
		// the same time.
		if c != nil && c.owner != nil {
			c.owner = nil
		}
	}
	return &memory{m.blockSize, append([]*cell(nil), m.blocks...)}
}

func (m *memory) close() error { return nil }

func (m *memory) read(block, off int, p []byte) error {
	if c := m.blocks[block]; c != nil {
		copy(p, c.bits[off:])
	} else {
		fillErased(p)
	}
	return nil
}

func (m *memory) program(block, off int, p []byte) error {
	c := m.blocks[block]
	switch {
	case c == nil && len(p) == m.blockSize:
		m.blocks[block] = newCell(m, bytes.Clone(p))
		return nil
	case c == nil:
		c = newCell(m, make([]byte, m.blockSize))
		fillErased(c.bits)
		m.blocks[block] = c
	case c.owner != m:
		c = newCell(m, bytes.Clone(c.bits))
		m.blocks[block] = c
	}
	at := c.bits[off : off+len(p)]
	if !isErased(at) && !bytes.Equal(at, p) {
		return ErrNotErased
	}
	copy(at, p)
	return nil
}

func (m *memory) erase(block int) error {
	if c := m.blocks[block]; c != nil && c.owner == m {
		fillErased(c.bits)
	} else {
		m.blocks[block] = nil
	}
	return nil
}

var (
	ones     [4096]byte
	onesOnce sync.Once
)

// erased is a piece of erased flash.
func erased() []byte {
	onesOnce.Do(func() {
		for i := range ones {
			ones[i] = 0xff
		}
	})
	return ones[:]
}

func fillErased(p []byte) {
	for blank := erased(); len(p) > 0; {
		p = p[copy(p, blank):]
	}
}

func isErased(p []byte) bool {
	for blank := erased(); len(p) > 0; {
		n := min(len(p), len(blank))
		if !bytes.Equal(p[:n], blank[:n]) {
			return false
		}
		p = p[n:]
	}
	return true
}

// file is cells in a file of the host. It is as long as what was programmed:
// what lies behind its end is erased.
type file struct {
	blockSize int
	open      func(create bool) (afero.File, error) // gives a nil file when there is none and create is false
	f         afero.File
	size      int64
}

// Opener opens the file behind a chip. When create is false and there is none,
// it gives nil.
type Opener func(create bool) (afero.File, error)

// Open makes a chip whose content is a file of the host, opened when it is
// needed.
func Open(supply *Supply, blockSize, blocks int, open Opener) *Chip {
	return &Chip{supply: supply, blockSize: blockSize, cells: &file{blockSize: blockSize, open: open}, wear: make([]Wear, blocks)}
}

func (c *file) ready(create bool) error {
	if c.f != nil {
		return nil
	}
	f, err := c.open(create)
	if err != nil || f == nil {
		return err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s is not a plain file", info.Name())
	}
	if err == nil && rootfs.ManyNames(info) {
		err = fmt.Errorf("%s has another name (a hard link), which would change with it", info.Name())
	}
	if err != nil {
		return errors.Join(err, f.Close())
	}
	c.f, c.size = f, info.Size()
	return nil
}

func (c *file) at(block, off int) int64 { return int64(block)*int64(c.blockSize) + int64(off) }

func (c *file) read(block, off int, p []byte) error {
	if err := c.ready(false); err != nil {
		return err
	}
	n := int(max(min(c.size-c.at(block, off), int64(len(p))), 0))
	if n > 0 {
		if _, err := c.f.ReadAt(p[:n], c.at(block, off)); err != nil && !errors.Is(err, io.EOF) {
			return err
		}
	}
	fillErased(p[n:])
	return nil
}

func (c *file) program(block, off int, p []byte) error {
	if err := c.ready(true); err != nil {
		return err
	}
	at := c.at(block, off)
	for c.size < at { // the hole of a seek would be zeros
		n, err := c.f.WriteAt(erased()[:min(at-c.size, int64(len(ones)))], c.size)
		c.size += int64(n)
		if err != nil {
			return err
		}
	}
	n, err := c.f.WriteAt(p, at)
	c.size = max(c.size, at+int64(n))
	return err
}

func (c *file) erase(block int) error {
	if err := c.ready(false); err != nil || c.f == nil {
		return err
	}
	at := c.at(block, 0)
	switch left := c.size - at; {
	case left <= 0:
	case left <= int64(c.blockSize):
		if err := c.f.Truncate(at); err != nil {
			return err
		}
		c.size = at
	default:
		for n := 0; n < c.blockSize; {
			m, err := c.f.WriteAt(erased()[:min(c.blockSize-n, len(ones))], at+int64(n))
			if err != nil {
				return err
			}
			n += m
		}
	}
	return nil
}

func (c *file) close() error {
	if c.f == nil {
		return nil
	}
	f := c.f
	c.f = nil
	return f.Close()
}

package flash

import (
	"encoding/binary"
	"errors"

	"qpy/device/flash/chip"
)

// writer is a write that goes on from a place in a file: new blocks after those
// that stay. The last one is in RAM as well, to go on after a block that is worn
// out.
type writer struct {
	old     []uint16 // the content before, held; what lies behind the write is copied from it
	oldSize int64
	block   uint16 // that is being filled
	buf     []byte // its content so far
	done    int    // bytes of it that are on the chip
}

// put writes b at the position, for which there is room.
func (h *handle) put(b []byte) error {
	if h.w == nil {
		if err := h.beginWrite(min(h.pos, h.size)); err != nil {
			return err
		}
	}
	err := h.fill(h.pos - h.written())
	if err == nil {
		err = h.append(b)
	}
	if err != nil {
		h.dropWrite()
		return err
	}
	h.pos += int64(len(b))
	return nil
}

// written is the position up to which the write has come.
func (h *handle) written() int64 {
	index := len(h.list)
	if h.full() {
		return capacity(index, h.p.BlockSize)
	}
	return capacity(index, h.p.BlockSize) + int64(len(h.w.buf)-pointers(index)*pointerSize)
}

// full tells whether the block that was filled last is one of the list.
func (h *handle) full() bool { return len(h.w.buf) == h.p.BlockSize }

// fill writes n zeros, into the hole that a seek has left.
func (h *handle) fill(n int64) error {
	if n <= 0 {
		return nil
	}
	zeros := make([]byte, min(n, int64(h.p.BlockSize)))
	for n > 0 {
		part := zeros[:min(n, int64(len(zeros)))]
		if err := h.append(part); err != nil {
			return err
		}
		n -= int64(len(part))
	}
	return nil
}

// beginWrite begins a write at a position in the file or at its end.
func (h *handle) beginWrite(pos int64) error {
	p := h.p
	index, off := locate(pos, p.BlockSize)
	w := &writer{old: h.list, oldSize: h.size}
	kept := p.holdAll(h.list[:index])
	h.list, h.w = kept, w
	if err := h.newBlock(); err != nil {
		h.dropWrite()
		return err
	}
	if n := len(w.buf); off > n { // what stays of the block
		w.buf = w.buf[:off]
		if _, err := p.read(w.old, w.oldSize, capacity(index, p.BlockSize), w.buf[n:off]); err != nil {
			h.dropWrite()
			return err
		}
	}
	return nil
}

// newBlock begins the block after those of the list, with its pointers.
func (h *handle) newBlock() error {
	w, index := h.w, len(h.list)
	if w.buf == nil {
		w.buf = make([]byte, 0, h.p.BlockSize)
	}
	w.buf, w.done = w.buf[:0], 0
	var err error
	if w.block, err = h.p.erased(); err != nil {
		return err
	}
	for k := range pointers(index) {
		w.buf = binary.LittleEndian.AppendUint32(w.buf, uint32(h.list[index-1<<k]))
	}
	return nil
}

// erased is a new block, erased.
func (p *partition) erased() (uint16, error) {
	block, err := p.alloc()
	if err != nil {
		return 0, err
	}
	err = p.chip.Erase(int(block))
	if errors.Is(err, chip.ErrBadBlock) {
		return p.replacement()
	}
	if err != nil {
		p.release(block)
		return 0, err
	}
	return block, nil
}

// append puts b after what the write has so far. Whole pages go to the chip.
func (h *handle) append(b []byte) error {
	w := h.w
	for len(b) > 0 {
		if h.full() {
			if err := h.newBlock(); err != nil {
				return err
			}
		}
		n := min(len(b), h.p.BlockSize-len(w.buf))
		w.buf = append(w.buf, b[:n]...)
		b = b[n:]
		if err := h.program(len(w.buf) / chip.PageSize * chip.PageSize); err != nil {
			return err
		}
		if h.full() {
			h.endBlock()
		}
	}
	return nil
}

// program brings the block's bytes up to end to the chip. A worn-out block stays
// taken, and another one takes its place.
func (h *handle) program(end int) error {
	w, p := h.w, h.p
	if end <= w.done {
		return nil
	}
	err := p.chip.Program(int(w.block), w.done, w.buf[w.done:end])
	for errors.Is(err, chip.ErrBadBlock) {
		if w.block, err = p.replacement(); err == nil {
			err = p.chip.Program(int(w.block), 0, w.buf[:end])
		}
	}
	if err == nil {
		w.done = end
	}
	return err
}

// endBlock makes the full block one of the list; the next one is made when it is
// needed.
func (h *handle) endBlock() { h.list = append(h.list, h.w.block) }

// endWrite ends a write that goes on: what lay behind it is copied after it, as
// the blocks of a file point backwards. If that fails the file is as before the
// write.
func (h *handle) endWrite() error {
	w := h.w
	if w == nil {
		return nil
	}
	end := h.pos
	if err := h.copyRest(); err != nil {
		h.dropWrite()
		return err
	}
	if !h.full() {
		if err := h.program(len(w.buf)); err != nil {
			h.dropWrite()
			return err
		}
		h.endBlock()
	}
	h.size = max(w.oldSize, end)
	h.p.releaseAll(w.old)
	h.w = nil
	return nil
}

func (h *handle) copyRest() error {
	part := make([]byte, min(max(h.w.oldSize-h.pos, 0), int64(h.p.BlockSize)))
	for at := h.pos; at < h.w.oldSize; {
		n, err := h.p.read(h.w.old, h.w.oldSize, at, part)
		if err != nil {
			return err
		}
		if err := h.append(part[:n]); err != nil {
			return err
		}
		at += int64(n)
	}
	return nil
}

// dropWrite takes a write back that cannot be ended.
func (h *handle) dropWrite() {
	w, p := h.w, h.p
	if !h.full() && w.block != 0 {
		p.release(w.block)
	}
	p.releaseAll(h.list)
	h.list, h.size, h.w = w.old, w.oldSize, nil
	h.pos = min(h.pos, h.size)
}

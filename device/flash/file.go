package flash

import (
	"io"
	"os"
	"slices"
	"time"
	"weak"
)

// Mode says how a file is opened.
type Mode uint8

// The parts of a Mode.
const (
	Read      Mode = 1 << iota // may be read
	Write                      // may be written
	Append                     // each write goes to the end
	Create                     // is made if it is missing
	Truncate                   // is emptied
	Exclusive                  // must not be there
)

// ParseMode reads the mode of open(): one of r, w, x and a, with + and b or t
// (which make no difference here) in any order; "" is "r". Anything else is
// EINVAL.
func ParseMode(s string) (Mode, error) {
	var m, plus Mode
	for _, c := range s {
		var is Mode
		switch c {
		case 'r':
			is = Read
		case 'w':
			is = Write | Create | Truncate
		case 'x':
			is = Write | Create | Exclusive
		case 'a':
			is = Write | Create | Append
		case '+':
			plus = Read | Write
		case 'b', 't':
		default:
			return 0, EINVAL
		}
		if is != 0 && m != 0 {
			return 0, EINVAL
		}
		m |= is
	}
	if m == 0 {
		m = Read
	}
	return m | plus, nil
}

// File is an open file. Each has the content as it was when it was opened, and
// what it has written itself; the last one that is flushed or closed decides
// what the file holds, as littlefs has it. One that is forgotten without a Close
// is closed by [Flash.Collect].
type File struct{ *handle }

// handle is what a File has in the flash. It does not refer to the File: that
// nobody has any more is seen by owner.
type handle struct {
	owner    weak.Pointer[File]
	opened   int // in which order
	p        *partition
	f        *Flash // nil while a folder is read in
	node     *node  // nil when the file has lost its name
	path     string
	mode     Mode
	pos      int64
	size     int64    // of what is in list
	list     []uint16 // the content's blocks, held
	w        *writer  // a write that goes on, nil if none does
	modified time.Time
	dirty    bool // the directory does not know of it yet
	working  bool // an operation on it is under way
	closed   bool
}

func (p *partition) openNode(n *node, path string, mode Mode) *handle {
	h := &handle{p: p, node: n, path: path, mode: mode, modified: n.modified}
	if mode&Truncate != 0 && n.size > 0 {
		h.dirty, h.modified = true, p.now()
	} else {
		h.size, h.list = n.size, p.holdAll(n.list)
	}
	n.open = append(n.open, h)
	return h
}

// Path is the normalised device path that the file was opened by.
func (h *handle) Path() string { return h.path }

// Mode is the mode that the file was opened with.
func (h *handle) Mode() Mode { return h.mode }

// Size is the file's size in bytes, as this handle sees it.
func (h *handle) Size() int64 {
	if h.w != nil {
		return max(h.w.oldSize, h.pos)
	}
	return h.size
}

func (h *handle) check(op string, need Mode) error {
	switch {
	case h.closed:
		return &Error{Op: op, Path: h.path, Errno: EBADF, Err: os.ErrClosed}
	case h.mode&need != need:
		return fail(op, h.path, EBADF)
	}
	return nil
}

// settle lets the time pass that the flash has taken.
func (h *handle) settle() {
	if h.f != nil {
		h.f.Settle()
	}
}

// Read reads up to len(b) bytes; at the end of the file it gives io.EOF. A file
// that is not open for reading is EBADF.
func (h *handle) Read(b []byte) (int, error) {
	if err := h.check("read", Read); err != nil {
		return 0, err
	}
	defer h.settle()
	if err := h.endWrite(); err != nil {
		return 0, fail("read", h.path, err)
	}
	if len(b) == 0 {
		return 0, nil
	}
	n, err := h.p.read(h.list, h.size, h.pos, b)
	h.pos += int64(n)
	if err != nil {
		return n, fail("read", h.path, err)
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// read reads content of which list are the blocks; at its end it gives 0.
func (p *partition) read(list []uint16, size, pos int64, b []byte) (n int, err error) {
	for len(b) > 0 && pos < size {
		i, off := locate(pos, p.BlockSize)
		part := b[:min(int64(len(b)), size-pos, int64(p.BlockSize-off))]
		if err := p.chip.Read(int(list[i]), off, part); err != nil {
			return n, err
		}
		n += len(part)
		pos += int64(len(part))
		b = b[len(part):]
	}
	return n, nil
}

// Write writes b at the position, or at the end of a file opened to append; a
// hole that a seek has left is filled with zeros. When the partition is full it
// writes what still fits and gives ENOSPC. It reaches the flash block by block,
// and the file's name at Flush or Close.
func (h *handle) Write(b []byte) (int, error) {
	if err := h.check("write", Write); err != nil {
		return 0, err
	}
	defer h.settle()
	n, err := h.write(b)
	return n, fail("write", h.path, err)
}

func (h *handle) write(b []byte) (int, error) {
	if h.mode&Append != 0 && h.pos < h.Size() {
		if err := h.endWrite(); err != nil {
			return 0, err
		}
		h.pos = h.size // littlefs does not come back from beyond the end
	}
	if len(b) == 0 {
		return 0, nil
	}
	room := h.room() - h.pos
	if room < int64(len(b)) && h.p.collect != nil {
		h.working = true // its File may be forgotten from here on
		h.p.collect()
		h.working = false
		room = h.room() - h.pos
	}
	part := b[:max(min(int64(len(b)), room), 0)]
	if len(part) > 0 {
		if err := h.put(part); err != nil {
			return 0, err
		}
		h.dirty, h.modified = true, h.p.now()
	}
	if len(part) < len(b) {
		return len(part), ENOSPC
	}
	return len(b), nil
}

// room is how far a write at the position can go. What lies behind it must be
// copied, and needs its room as well.
func (h *handle) room() int64 {
	p := h.p
	if p.grows {
		return maxFile
	}
	size, own := h.size, 0
	if h.w != nil {
		size, own = h.w.oldSize, len(h.list)
		if !h.full() {
			own++
		}
	} else if at := min(h.pos, h.size); at > 0 {
		own, _ = locate(at, p.BlockSize)
	}
	room := capacity(own+p.free(), p.BlockSize)
	if room < size {
		return 0
	}
	return min(room, maxFile)
}

// Seek sets the position as io.Seeker says. It may be beyond the end, not before
// the start (EINVAL).
func (h *handle) Seek(offset int64, whence int) (int64, error) {
	if err := h.check("seek", 0); err != nil {
		return 0, err
	}
	defer h.settle()
	var base int64
	switch whence {
	case io.SeekStart:
	case io.SeekCurrent:
		base = h.pos
	case io.SeekEnd:
		base = h.Size()
	default:
		return 0, fail("seek", h.path, EINVAL)
	}
	if offset < -base || offset > maxFile-base {
		return 0, fail("seek", h.path, EINVAL)
	}
	if base+offset != h.pos {
		if err := h.endWrite(); err != nil {
			return 0, fail("seek", h.path, err)
		}
	}
	h.pos = base + offset
	return h.pos, nil
}

// maxFile is LFS1_FILE_MAX, the largest position in a file.
const maxFile = 1<<31 - 1

// Tell is the position.
func (h *handle) Tell() int64 { return h.pos }

// Flush makes what was written last: from now on the file holds it, whatever
// happens to the power.
func (h *handle) Flush() error {
	if err := h.check("flush", 0); err != nil {
		return err
	}
	defer h.settle()
	return fail("flush", h.path, h.commit())
}

// commit is lfs1_file_sync: the directory's entry changes to what was written.
func (h *handle) commit() error {
	if err := h.endWrite(); err != nil {
		return err
	}
	n, p := h.node, h.p
	if !h.dirty || n == nil {
		return nil
	}
	pr := n.parent.holder(n)
	fresh := *n
	fresh.size, fresh.list, fresh.modified = h.size, h.list, h.modified
	if h.size == 0 && n.size > 0 {
		fresh.serial = p.serial()
	}
	entries := slices.Clone(pr.entries)
	i := slices.Index(entries, n)
	entries[i] = &fresh
	if err := p.commit(pr, entries, nil, p.after(pr)); err != nil {
		return err
	}
	if n.size == 0 && h.size > 0 {
		delete(p.serials, n.serial)
	}
	p.releaseAll(n.list)
	fresh.list = p.holdAll(h.list)
	*n = fresh
	pr.entries[i] = n
	h.dirty = false
	if p.host == nil {
		return nil
	}
	return p.host.write(n.path(), &reader{p: p, list: n.list, size: n.size}, n.modified)
}

// reader reads the content of a list of blocks.
type reader struct {
	p    *partition
	list []uint16
	size int64
	pos  int64
}

func (r *reader) Read(b []byte) (int, error) {
	n, err := r.p.read(r.list, r.size, r.pos, b)
	r.pos += int64(n)
	if n == 0 && err == nil {
		err = io.EOF
	}
	return n, err
}

// Close flushes and closes the file. Closing it again does nothing.
func (h *handle) Close() error {
	if h.closed {
		return nil
	}
	defer h.settle()
	err := h.commit()
	h.closed = true
	if n := h.node; n != nil {
		n.open = slices.DeleteFunc(n.open, func(o *handle) bool { return o == h })
	}
	if h.w != nil {
		h.dropWrite()
	}
	h.p.releaseAll(h.list)
	h.list = nil
	return fail("close", h.path, err)
}

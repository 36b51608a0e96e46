package flash

import (
	"errors"
	"io"
	"os"
	"slices"
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

// File is an open file. Several handles of one file share its content, each has
// its own position.
type File struct {
	p       *partition
	node    *node
	content content
	path    string
	mode    Mode
	pos     int64
	dirty   bool // written since the time was last kept in the store
	closed  bool
}

func (p *partition) open(n *node, path string, mode Mode) (*File, error) {
	flags := os.O_RDONLY
	if mode&Write != 0 {
		flags = os.O_RDWR
	}
	c, err := p.store.OpenFile(n.path(), flags, 0)
	if err != nil {
		return nil, err
	}
	if mode&Truncate != 0 {
		if err := c.Truncate(0); err != nil {
			return nil, errors.Join(err, c.Close())
		}
		p.used -= n.blocks
		n.size, n.blocks, n.modified = 0, 0, p.now()
	}
	f := &File{p: p, node: n, content: c, path: path, mode: mode, dirty: mode&(Truncate|Create) != 0}
	n.open = append(n.open, f)
	return f, nil
}

// Path is the normalised device path that the file was opened by.
func (f *File) Path() string { return f.path }

// Mode is the mode that the file was opened with.
func (f *File) Mode() Mode { return f.mode }

// Size is the file's size in bytes.
func (f *File) Size() int64 { return f.node.size }

func (f *File) check(op string, need Mode) error {
	switch {
	case f.closed:
		return &Error{Op: op, Path: f.path, Errno: EBADF, Err: os.ErrClosed}
	case f.mode&need != need:
		return fail(op, f.path, EBADF)
	}
	return nil
}

// Read reads up to len(b) bytes; at the end of the file it gives io.EOF. A file
// that is not open for reading is EBADF.
func (f *File) Read(b []byte) (int, error) {
	if err := f.check("read", Read); err != nil {
		return 0, err
	}
	left := f.node.size - f.pos
	if len(b) == 0 {
		return 0, nil
	}
	if left <= 0 {
		return 0, io.EOF
	}
	b = b[:min(int64(len(b)), left)]
	n, err := f.content.ReadAt(b, f.pos)
	f.pos += int64(n)
	if n < len(b) && err != nil { // the store has less than it said
		return n, fail("read", f.path, err)
	}
	return n, nil
}

// Write writes b at the position, or at the end of a file opened to append; a
// hole that a seek has left is filled with zeros. When the partition is full it
// writes what still fits and gives ENOSPC.
func (f *File) Write(b []byte) (int, error) {
	if err := f.check("write", Write); err != nil {
		return 0, err
	}
	n := f.node
	if f.mode&Append != 0 && f.pos < n.size {
		f.pos = n.size // littlefs does not come back from beyond the end
	}
	if len(b) == 0 {
		return 0, nil
	}
	room := capacity(n.blocks+f.p.free(), f.p.BlockSize) - f.pos
	part := b[:max(min(int64(len(b)), room), 0)]
	written := 0
	if len(part) > 0 {
		var err error
		written, err = f.content.WriteAt(part, f.pos)
		f.wrote(written)
		if err != nil {
			return written, fail("write", f.path, err)
		}
	}
	if written < len(b) {
		return written, fail("write", f.path, ENOSPC)
	}
	return written, nil
}

// wrote accounts for n bytes at the position.
func (f *File) wrote(n int) {
	if n <= 0 {
		return
	}
	f.pos += int64(n)
	f.dirty = true
	f.node.modified = f.p.now()
	f.node.size = max(f.node.size, f.pos)
	blocks := fileBlocks(f.node.size, f.p.BlockSize)
	f.p.used += blocks - f.node.blocks
	f.node.blocks = blocks
}

// Seek sets the position as io.Seeker says. It may be beyond the end, not before
// the start (EINVAL).
func (f *File) Seek(offset int64, whence int) (int64, error) {
	if err := f.check("seek", 0); err != nil {
		return 0, err
	}
	var base int64
	switch whence {
	case io.SeekStart:
	case io.SeekCurrent:
		base = f.pos
	case io.SeekEnd:
		base = f.node.size
	default:
		return 0, fail("seek", f.path, EINVAL)
	}
	if offset < -base || offset > maxFile-base {
		return 0, fail("seek", f.path, EINVAL)
	}
	f.pos = base + offset
	return f.pos, nil
}

// maxFile is LFS1_FILE_MAX, the largest position in a file.
const maxFile = 1<<31 - 1

// Tell is the position.
func (f *File) Tell() int64 { return f.pos }

// Flush makes what was written last: the store has all of it, with its device
// time.
func (f *File) Flush() error {
	if err := f.check("flush", 0); err != nil {
		return err
	}
	if !f.dirty || f.node.orphan != nil {
		return nil
	}
	f.dirty = false
	at := f.node.modified
	return fail("flush", f.path, f.p.store.Chtimes(f.node.path(), at, at))
}

// Close flushes and closes the file. Closing it again does nothing.
func (f *File) Close() error {
	if f.closed {
		return nil
	}
	err := f.Flush()
	f.closed = true
	n := f.node
	n.open = slices.DeleteFunc(n.open, func(h *File) bool { return h == f })
	if n.orphan != nil && len(n.open) == 0 {
		f.p.used -= n.blocks
		n.blocks = 0
	}
	if cerr := f.content.Close(); err == nil {
		err = fail("close", f.path, cerr)
	}
	return err
}

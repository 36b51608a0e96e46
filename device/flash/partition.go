package flash

import (
	"errors"
	"io"
	"os"
	"sort"
	"time"

	"github.com/spf13/afero"
)

// partition is one file system: the tree of its nodes, and the store that holds
// the files' bytes under the same names.
type partition struct {
	Geometry
	store afero.Fs
	root  *node
	used  int // blocks
	now   func() time.Time
}

// newPartition builds the tree from what is in the store. What littlefs cannot hold (a
// link, a pipe, a name too long) the device does not see.
func newPartition(g Geometry, store afero.Fs, now func() time.Time) (*partition, error) {
	p := &partition{Geometry: g, store: store, now: now, root: newDir("", now())}
	p.used = superblock + 2
	return p, p.load(p.root)
}

func (p *partition) load(d *node) error {
	f, err := p.store.Open(d.path())
	if err != nil {
		return err
	}
	infos, err := f.Readdir(-1)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	sort.Slice(infos, func(i, j int) bool { return infos[i].Name() < infos[j].Name() })
	for _, info := range infos {
		name, modified := info.Name(), info.ModTime().UTC()
		switch {
		case !visible(name):
		case info.IsDir():
			n := newDir(name, modified)
			p.used += d.link(n, p.BlockSize) + 2
			if err := p.load(n); err != nil {
				return err
			}
		case info.Mode().IsRegular():
			n := newFile(name, modified)
			p.used += d.link(n, p.BlockSize)
			n.size = info.Size()
			n.blocks = fileBlocks(n.size, p.BlockSize)
			p.used += n.blocks
		}
	}
	return nil
}

// free is the number of free blocks. A host folder can hold more than the
// partition: then nothing is free.
func (p *partition) free() int { return max(p.Blocks-p.used, 0) }

// add makes a new entry of the directory d, and make makes it in the store.
func (p *partition) add(d, n *node, blocks int, make func(path string) error) error {
	if d.needsPair(n.name, p.BlockSize) {
		blocks += 2
	}
	if blocks > p.free() {
		return ENOSPC
	}
	n.parent = d
	if err := make(n.path()); err != nil {
		return err
	}
	d.link(n, p.BlockSize)
	p.used += blocks
	return nil
}

func (p *partition) create(d *node, name string) (*node, error) {
	n := newFile(name, p.now())
	return n, p.add(d, n, 0, func(path string) error {
		// The name may be taken by something that the device does not see.
		f, err := p.store.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		if err != nil {
			return err
		}
		return f.Close()
	})
}

func (p *partition) mkdir(d *node, name string) error {
	n := newDir(name, p.now())
	return p.add(d, n, 2, func(path string) error { return p.store.Mkdir(path, 0o777) })
}

// remove removes a file or an empty directory.
func (p *partition) remove(n *node) error {
	if len(n.children) > 0 {
		return ENOTEMPTY
	}
	orphan, err := p.orphan(n)
	if err != nil {
		return err
	}
	if err := p.store.Remove(n.path()); err != nil {
		return err
	}
	p.used -= n.parent.unlink(n)
	p.abandon(n, orphan)
	return nil
}

// abandon gives up the blocks of n, which has lost its name. While it is open
// its content keeps them.
func (p *partition) abandon(n, orphan *node) {
	switch {
	case n.dir:
		p.used -= 2
	case orphan != nil:
		orphan.blocks = n.blocks
	default:
		p.used -= n.blocks
	}
}

// orphan is what littlefs makes of the handles of a file that loses its name:
// they go on with the content as it was, and what they write reaches nobody
// (lfs1_dir_remove detaches them). nil if the file is not open.
func (p *partition) orphan(n *node) (*node, error) {
	if len(n.open) == 0 {
		return nil, nil
	}
	data := make([]byte, n.size)
	f, err := p.store.Open(n.path())
	if err != nil {
		return nil, err
	}
	_, err = io.ReadFull(f, data)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	o := newFile(n.name, n.modified)
	o.size, o.orphan, o.open = n.size, &memory{data}, n.open
	n.open = nil
	for _, h := range o.open {
		err = errors.Join(err, h.content.Close())
		h.node, h.content = o, o.orphan
	}
	return o, err
}

// rename gives n the name in the directory d. old is what has that name now, if
// anything has.
func (p *partition) rename(n, d, old *node, name string) error {
	switch {
	case old == n:
		return nil
	case old != nil && old.dir != n.dir:
		return EISDIR
	case old != nil && len(old.children) > 0:
		return ENOTEMPTY
	case d.within(n):
		return EINVAL // a directory cannot move into itself
	}
	if old == nil && d.needsPair(name, p.BlockSize) && p.free() < 2 {
		return ENOSPC
	}
	to := &node{name: name, parent: d}
	if old == nil {
		if l, ok := p.store.(afero.Lstater); ok {
			if _, _, err := l.LstatIfPossible(to.path()); err == nil {
				return EEXIST // something that the device does not see
			}
		}
	}
	if !n.dir {
		if _, err := p.orphan(n); err != nil {
			return err
		}
	}
	var orphan *node
	if old != nil {
		var err error
		if orphan, err = p.orphan(old); err != nil {
			return err
		}
		if old.dir { // which hosts do not all replace
			if err := p.store.Remove(old.path()); err != nil {
				return err
			}
		}
	}
	if err := p.store.Rename(n.path(), to.path()); err != nil {
		return err
	}
	// In this order, as littlefs does it: the new entry may need a pair before
	// the old one frees its own.
	from := n.parent
	place := &node{name: n.name} // keeps the old entry's place
	from.replace(n, place)
	n.name = name
	if old != nil {
		p.abandon(old, orphan)
		d.replace(old, n)
	} else {
		p.used += d.link(n, p.BlockSize)
	}
	p.used -= from.unlink(place)
	return nil
}

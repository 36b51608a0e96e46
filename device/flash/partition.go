package flash

import (
	"slices"
	"time"

	"qpy/device/flash/chip"
)

// partition is one file system on a chip. The tree of nodes is what the chip
// holds; host is a folder that is kept like it, nil for a flash in memory.
type partition struct {
	Geometry
	chip    *chip.Chip
	host    *mirror
	collect func() // closes forgotten files; nil where there are none
	now     func() time.Time

	root     *node
	super    [2]uint16 // the newer superblock first
	superRev uint32

	refs    []uint16 // for each block how many lists and pairs hold it
	used    int      // blocks that are held
	next    int      // where the search for a free block goes on: wear spreads
	grows   bool     // a folder is being read in, which may hold too much
	serials map[uint16]bool
}

// free is the number of free blocks. A host folder can hold more than the
// partition: then nothing is free.
func (p *partition) free() int { return max(p.Blocks-p.used, 0) }

// short tells whether n blocks are more than there are, even without what
// forgotten files hold.
func (p *partition) short(n int) bool {
	if n > p.free() && !p.grows && p.collect != nil {
		p.collect()
	}
	return n > p.free() && !p.grows
}

func (p *partition) alloc() (uint16, error) {
	if p.free() == 0 && !p.grows {
		return 0, ENOSPC
	}
	for range p.refs {
		block := p.next
		if p.next++; p.next == len(p.refs) {
			p.next = superblocks
		}
		if p.refs[block] == 0 {
			p.hold(uint16(block))
			return uint16(block), nil
		}
	}
	if !p.grows || len(p.refs) >= maxBlocks {
		return 0, ENOSPC
	}
	p.next = len(p.refs)
	more := min(64, maxBlocks-len(p.refs))
	p.chip.Grow(more)
	p.refs = append(p.refs, make([]uint16, more)...)
	return p.alloc()
}

func (p *partition) hold(block uint16) {
	if p.refs[block]++; p.refs[block] == 1 {
		p.used++
	}
}

func (p *partition) release(block uint16) {
	if p.refs[block]--; p.refs[block] == 0 {
		p.used--
	}
}

func (p *partition) holdAll(list []uint16) []uint16 {
	for _, block := range list {
		p.hold(block)
	}
	return slices.Clone(list)
}

func (p *partition) releaseAll(list []uint16) {
	for _, block := range list {
		p.release(block)
	}
}

// serial is a number that no other empty file has.
func (p *partition) serial() uint16 {
	n := uint16(len(p.serials))
	for p.serials[n] {
		n++
	}
	p.serials[n] = true
	return n
}

// occupied tells whether the host has something there that the device does not
// see.
func (p *partition) occupied(d *node, name string) error {
	if p.host == nil {
		return nil
	}
	return p.host.vacant((&node{entry: entry{name: name}, parent: d}).path())
}

func (p *partition) create(d *node, name string) (*node, error) {
	if p.needsPair(d, name) && p.short(2) {
		return nil, ENOSPC
	}
	if err := p.occupied(d, name); err != nil {
		return nil, err
	}
	n := newFile(name, p.now())
	n.serial = p.serial()
	if err := p.link(d, n, false); err != nil {
		delete(p.serials, n.serial)
		return nil, err
	}
	return n, p.host.create(n.path(), n.modified)
}

func (p *partition) mkdir(d *node, name string) error {
	need := 2
	if p.needsPair(d, name) {
		need += 2
	}
	if p.short(need) {
		return ENOSPC
	}
	if err := p.occupied(d, name); err != nil {
		return err
	}
	n := newDir(name, p.now())
	pr, err := p.newPair(n, nil, nil)
	if err != nil {
		return err
	}
	n.pairs = []*pair{pr}
	if err := p.link(d, n, false); err != nil {
		p.freePair(pr)
		return err
	}
	return p.host.mkdir(n.path())
}

// remove removes a file or an empty directory.
func (p *partition) remove(n *node) error {
	if len(n.children) > 0 {
		return ENOTEMPTY
	}
	d, path := n.parent, n.path()
	if err := p.unlink(d, d.holder(n), n); err != nil {
		return err
	}
	delete(d.children, n.name)
	p.abandon(n)
	return p.host.remove(path)
}

// abandon gives up the blocks of n, which no entry refers to any more. Its
// handles go on with the content as they have it, and what they write reaches
// nobody (lfs1_dir_remove detaches them).
func (p *partition) abandon(n *node) {
	for _, pr := range n.pairs {
		p.freePair(pr)
	}
	p.releaseAll(n.list)
	if !n.dir && n.size == 0 {
		delete(p.serials, n.serial)
	}
	n.list = nil
	detach(n)
}

func detach(n *node) {
	for _, h := range n.open {
		h.node = nil
	}
	n.open = nil
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
	case old == nil && p.needsPair(d, name) && p.short(2):
		return ENOSPC
	}
	if old == nil {
		if err := p.occupied(d, name); err != nil {
			return err
		}
	}
	path := n.path()
	if err := p.move(n, d, old, name); err != nil {
		return err
	}
	detach(n)
	if old != nil {
		p.abandon(old)
	}
	return p.host.rename(path, n.path())
}

// move is rename on the chip. Within one pair it is one commit; else the new
// entry comes first, marked as moved, and then the old one goes: a mount after a
// power cut in between ends it.
func (p *partition) move(n, d, old *node, name string) error {
	from := n.parent
	source := from.holder(n)
	place := &node{entry: n.entry, parent: from} // stands for the old entry
	place.list, place.pairs = n.list, n.pairs

	named := *n // the new entry
	named.name, named.parent = name, d
	moved := &named
	target := d.pairs[len(d.pairs)-1]
	if old != nil {
		target = d.holder(old)
	}
	done := func(pr *pair) {
		*n = *moved
		if i := slices.Index(pr.entries, moved); i >= 0 {
			pr.entries[i] = n
		}
		d.children[name] = n
	}
	with := func(list []*node) []*node {
		if old == nil {
			return append(list, moved)
		}
		list[slices.Index(list, old)] = moved
		return list
	}
	if target == source && (old != nil || !p.needsPair(d, name)) {
		list := with(slices.Clone(source.entries))
		list = slices.DeleteFunc(list, func(e *node) bool { return e == n })
		if err := p.commit(source, list, nil, p.after(source)); err != nil {
			return err
		}
		delete(from.children, n.name)
		done(source)
		return nil
	}
	if old != nil {
		if err := p.commit(target, with(slices.Clone(target.entries)), moved, p.after(target)); err != nil {
			return err
		}
	} else if err := p.link(d, moved, true); err != nil {
		return err
	}
	source.entries[slices.Index(source.entries, n)] = place
	delete(from.children, place.name)
	done(d.holder(moved))
	return p.unlink(from, source, place)
}

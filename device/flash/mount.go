package flash

import (
	"encoding/binary"
	"slices"
	"time"

	"qpy/device/flash/chip"
)

// format makes a new file system on an erased chip.
func (p *partition) format() error {
	p.reset()
	p.root = newDir("", p.now())
	pr, err := p.newPair(p.root, nil, nil)
	if err != nil {
		return err
	}
	p.root.pairs = []*pair{pr}
	p.super = [2]uint16{1, 0}
	return p.commitSuper()
}

// reset forgets what the chip holds.
func (p *partition) reset() {
	p.refs = make([]uint16, p.chip.Blocks())
	p.used, p.serials = 0, map[uint16]bool{}
	p.hold(0)
	p.hold(1)
	if p.next < superblocks || p.next >= len(p.refs) {
		p.next = superblocks
	}
}

// commitSuper writes the superblock: geometry and the root directory.
func (p *partition) commitSuper() error {
	b := make([]byte, atEntries, 64)
	root := p.root.pairs[0].at
	binary.LittleEndian.PutUint32(b[atRev:], p.superRev+1)
	binary.LittleEndian.PutUint32(b[atMark:], superMark)
	binary.LittleEndian.PutUint16(b[atNext:], root[0])
	binary.LittleEndian.PutUint16(b[atNext+2:], root[1])
	b = binary.LittleEndian.AppendUint32(b, uint32(p.BlockSize))
	b = binary.LittleEndian.AppendUint32(b, uint32(p.Blocks))
	if err := p.write(p.super[1], seal(b)); err != nil {
		return err
	}
	p.superRev++
	p.super = [2]uint16{p.super[1], p.super[0]}
	return nil
}

// mount reads what the chip holds, after a power cut as well: of everything the
// last state that was committed.
func (p *partition) mount() error {
	p.reset()
	b, order, rev, err := p.fetch([2]uint16{0, 1}, superMark)
	if err != nil {
		return err
	}
	p.super, p.superRev = order, rev
	m := mounting{p: p, seen: map[identity]*node{}}
	p.root = newDir("", p.now())
	if err := m.load(p.root, [2]uint16{binary.LittleEndian.Uint16(b[atNext:]), binary.LittleEndian.Uint16(b[atNext+2:])}); err != nil {
		return err
	}
	for _, l := range m.losers {
		if err := p.unlink(l.pair.dir, l.pair, l.n); err != nil {
			return err
		}
	}
	return nil
}

// identity tells whether two entries are for one thing.
type identity struct {
	dir, empty bool
	id         uint16
}

// mounting is one mount. Where a move was cut off two entries are for one
// thing; the one that is not marked as moved loses.
type mounting struct {
	p      *partition
	seen   map[identity]*node
	losers []loser
}

type loser struct {
	pair *pair
	n    *node
}

func (m *mounting) load(d *node, at [2]uint16) error {
	p := m.p
	for at != [2]uint16{} {
		if int(max(at[0], at[1])) >= len(p.refs) || p.refs[at[0]] > 0 || p.refs[at[1]] > 0 {
			return errDamaged
		}
		b, order, rev, err := p.fetch(at, pairMark)
		if err != nil {
			return err
		}
		p.hold(at[0])
		p.hold(at[1])
		entries, next, err := decode(b)
		if err != nil {
			return err
		}
		pr := &pair{dir: d, at: order, rev: rev}
		d.pairs = append(d.pairs, pr)
		for _, e := range entries {
			if err := m.add(d, pr, e); err != nil {
				return err
			}
		}
		at = next
	}
	return nil
}

func (m *mounting) add(d *node, pr *pair, e stored) error {
	if !visible(e.name) || e.name == "" || e.name == "." || e.name == ".." || d.children[e.name] != nil {
		return errDamaged
	}
	n := &node{entry: e.entry}
	pr.entries = append(pr.entries, n)
	id := identity{dir: e.dir, empty: !e.dir && e.size == 0, id: e.head}
	if id.dir {
		id.id = min(e.head, e.tail) // a commit turns them round
	}
	if was := m.seen[id]; was != nil {
		if !e.moved {
			m.losers = append(m.losers, loser{pr, n})
			return nil
		}
		// What was found first takes this name, and this entry stands for it.
		first := was.parent.holder(was)
		shadow := &node{entry: was.entry}
		first.entries[slices.Index(first.entries, was)] = shadow
		m.losers = append(m.losers, loser{first, shadow})
		delete(was.parent.children, was.name)
		pr.entries[len(pr.entries)-1] = was
		was.entry.name, was.parent = n.name, d
		d.children[n.name] = was
		return nil
	}
	m.seen[id] = n
	n.parent = d
	d.children[n.name] = n
	switch {
	case e.dir:
		n.children = map[string]*node{}
		return m.load(n, [2]uint16{e.head, e.tail})
	case e.size == 0:
		m.p.serials[e.serial] = true
		return nil
	}
	return m.content(n, e.head)
}

// content finds the blocks of a file, from the last one on.
func (m *mounting) content(n *node, block uint16) error {
	p := m.p
	count := fileBlocks(n.size, p.BlockSize)
	if count > len(p.refs) {
		return errDamaged
	}
	n.list = make([]uint16, count)
	for i := count - 1; ; i-- {
		if int(block) >= len(p.refs) || p.refs[block] > 0 {
			return errDamaged
		}
		n.list[i] = block
		p.hold(block)
		if i == 0 {
			return nil
		}
		b := make([]byte, pointerSize)
		if err := p.chip.Read(int(block), 0, b); err != nil {
			return err
		}
		block = uint16(binary.LittleEndian.Uint32(b))
	}
}

// newPartition mounts the file system on a chip, or makes one on a chip that is
// new.
func newPartition(g Geometry, c *chip.Chip, fresh bool, next int, now func() time.Time) (*partition, error) {
	p := &partition{Geometry: g, chip: c, next: next, now: func() time.Time { return now().UTC().Truncate(time.Second) }}
	if fresh {
		return p, p.format()
	}
	return p, p.mount()
}

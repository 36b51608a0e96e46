package flash

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"slices"
	"time"

	"qpy/device/flash/chip"
)

// pair is one pair of blocks of a directory, with its entries in order.
type pair struct {
	dir     *node
	at      [2]uint16 // the newer block first
	rev     uint32
	entries []*node
}

// bytes is how much of the pair's room the entries take.
func (pr *pair) bytes() int {
	n := 0
	for _, e := range pr.entries {
		n += entrySize(e.name)
	}
	return n
}

// A pair's block: revision, length of all but the checksum, the next pair of
// the chain (none is 0, which is the superblock's), 4 bytes of magic, entries,
// CRC-32. An entry: kind, length of the name, first block, size, time, name.
const (
	atRev     = 0
	atLen     = 4
	atNext    = 8
	atMark    = 12
	atEntries = 16
	crcSize   = pairOverhead - atEntries

	pairMark  = 0x31736671 // "qfs1"
	superMark = 0x53736671 // "qfsS"

	kindFile = 1
	kindDir  = 2
	incoming = 0x80 // moved here: of two entries for one thing this one counts
)

// encode is the block of the pair with these entries. moved, if not nil, is
// marked as moved here.
func (p *partition) encode(rev uint32, entries []*node, moved *node, next *pair) []byte {
	b := make([]byte, atEntries, p.BlockSize)
	binary.LittleEndian.PutUint32(b[atRev:], rev)
	binary.LittleEndian.PutUint32(b[atMark:], pairMark)
	if next != nil {
		binary.LittleEndian.PutUint16(b[atNext:], next.at[0])
		binary.LittleEndian.PutUint16(b[atNext+2:], next.at[1])
	}
	for _, n := range entries {
		kind, head, size := byte(kindFile), n.serial, uint32(n.size)
		switch {
		case n.dir:
			kind, head, size = kindDir, n.pairs[0].at[0], uint32(n.pairs[0].at[1])
		case n.size > 0:
			head = n.list[len(n.list)-1]
		}
		if n == moved {
			kind |= incoming
		}
		b = append(b, kind, byte(len(n.name)))
		b = binary.LittleEndian.AppendUint16(b, head)
		b = binary.LittleEndian.AppendUint32(b, size)
		b = binary.LittleEndian.AppendUint32(b, uint32(n.modified.Unix()))
		b = append(b, n.name...)
	}
	return seal(b)
}

// seal completes a block of metadata: length and checksum.
func seal(b []byte) []byte {
	binary.LittleEndian.PutUint32(b[atLen:], uint32(len(b)))
	return binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
}

// errDamaged is a block of metadata that is not as it was written.
var errDamaged = errors.New("the flash's metadata is damaged")

// fetch reads the newer block of a pair that is whole. a is where it was.
func (p *partition) fetch(at [2]uint16, mark uint32) (b []byte, order [2]uint16, rev uint32, err error) {
	for i, block := range at {
		c, cerr := p.metadata(block, mark)
		if errors.Is(cerr, chip.ErrPowerCut) {
			return nil, at, 0, cerr
		}
		if cerr != nil {
			continue
		}
		if r := binary.LittleEndian.Uint32(c[atRev:]); b == nil || int32(r-rev) > 0 {
			b, rev, order = c, r, [2]uint16{block, at[1-i]}
		}
	}
	if b == nil {
		return nil, at, 0, errDamaged
	}
	return b, order, rev, nil
}

func (p *partition) metadata(block uint16, mark uint32) ([]byte, error) {
	head := make([]byte, atEntries)
	if err := p.chip.Read(int(block), 0, head); err != nil {
		return nil, err
	}
	size := binary.LittleEndian.Uint32(head[atLen:])
	if binary.LittleEndian.Uint32(head[atMark:]) != mark || size < atEntries || size > uint32(p.BlockSize-crcSize) {
		return nil, errDamaged
	}
	b := make([]byte, size+crcSize)
	if err := p.chip.Read(int(block), 0, b); err != nil {
		return nil, err
	}
	if crc32.ChecksumIEEE(b[:size]) != binary.LittleEndian.Uint32(b[size:]) {
		return nil, errDamaged
	}
	return b[:size], nil
}

// stored is an entry as a block has it.
type stored struct {
	entry
	moved bool
	head  uint16
	tail  uint16 // the second block of a directory's first pair
}

// decode reads the entries of a pair's block.
func decode(b []byte) (list []stored, next [2]uint16, err error) {
	next = [2]uint16{binary.LittleEndian.Uint16(b[atNext:]), binary.LittleEndian.Uint16(b[atNext+2:])}
	for b = b[atEntries:]; len(b) > 0; {
		if len(b) < entryHeader || len(b) < entryHeader+int(b[1]) {
			return nil, next, errDamaged
		}
		n := entryHeader + int(b[1])
		e := stored{entry: entry{
			name:     string(b[entryHeader:n]),
			dir:      b[0]&^incoming == kindDir,
			size:     int64(binary.LittleEndian.Uint32(b[4:])),
			modified: time.Unix(int64(binary.LittleEndian.Uint32(b[8:])), 0).UTC(),
		}, moved: b[0]&incoming != 0, head: binary.LittleEndian.Uint16(b[2:])}
		switch {
		case e.dir:
			e.tail, e.size = uint16(e.size), 0
		case e.size == 0:
			e.serial = e.head
		}
		list = append(list, e)
		b = b[n:]
	}
	return list, next, nil
}

// write puts a block of metadata into an erased block of the chip.
func (p *partition) write(block uint16, b []byte) error {
	if err := p.chip.Erase(int(block)); err != nil {
		return err
	}
	return p.chip.Program(int(block), 0, b)
}

// commit makes entries the content of a pair, and next the pair after it: all
// of it happens, or nothing.
func (p *partition) commit(pr *pair, entries []*node, moved *node, next *pair) error {
	rev := pr.rev + 1
	b := p.encode(rev, entries, moved, next)
	block := pr.at[1]
	err := p.write(block, b)
	replaced := false
	for errors.Is(err, chip.ErrBadBlock) {
		// The worn-out block stays taken, a new one takes its place.
		if block, err = p.alloc(); err != nil {
			return err
		}
		replaced = true
		err = p.write(block, b)
	}
	if err != nil {
		return err
	}
	was := *pr
	pr.at, pr.rev, pr.entries = [2]uint16{block, pr.at[0]}, rev, entries
	if replaced {
		if err := p.repoint(pr); err != nil {
			*pr = was
			return err
		}
	}
	return nil
}

// repoint tells who refers to a pair that its blocks are others now.
func (p *partition) repoint(pr *pair) error {
	i := slices.Index(pr.dir.pairs, pr)
	switch {
	case i < 0: // a new pair, to which nobody refers yet
		return nil
	case i > 0:
		before := pr.dir.pairs[i-1]
		return p.commit(before, before.entries, nil, pr)
	case pr.dir.parent == nil:
		return p.commitSuper()
	}
	above := pr.dir.parent.holder(pr.dir)
	if above == nil { // a new directory
		return nil
	}
	return p.commit(above, above.entries, nil, p.after(above))
}

// after is the next pair in the chain, nil for the last.
func (p *partition) after(pr *pair) *pair {
	if i := slices.Index(pr.dir.pairs, pr) + 1; i > 0 && i < len(pr.dir.pairs) {
		return pr.dir.pairs[i]
	}
	return nil
}

// newPair makes a pair with these entries, to which nobody refers yet.
func (p *partition) newPair(d *node, entries []*node, moved *node) (*pair, error) {
	a, err := p.alloc()
	if err != nil {
		return nil, err
	}
	b, err := p.alloc()
	if err != nil {
		p.release(a)
		return nil, err
	}
	pr := &pair{dir: d, at: [2]uint16{a, b}}
	// The other block could hold a pair of earlier days, whole and with a
	// higher revision. A worn-out one cannot be erased: it is used up by the
	// commit, and whoever refers to the pair then does not know it.
	if err = p.chip.Erase(int(a)); err == nil || errors.Is(err, chip.ErrBadBlock) {
		if errors.Is(err, chip.ErrBadBlock) {
			pr.at[0], err = p.replacement()
		}
	}
	if err == nil {
		err = p.commit(pr, entries, moved, nil)
	}
	if err != nil {
		p.freePair(pr)
		return nil, err
	}
	return pr, nil
}

// replacement is an erased block in place of one that is worn out.
func (p *partition) replacement() (uint16, error) {
	for {
		block, err := p.alloc()
		if err != nil {
			return 0, err
		}
		if err = p.chip.Erase(int(block)); !errors.Is(err, chip.ErrBadBlock) {
			return block, err
		}
	}
}

func (p *partition) freePair(pr *pair) {
	p.release(pr.at[0])
	p.release(pr.at[1])
}

// link puts n into the directory d: into the last pair, or into a new one. The
// node is d's afterwards. moved says that n was elsewhere before.
func (p *partition) link(d, n *node, moved bool) error {
	var mark *node
	if moved {
		mark = n
	}
	last := d.pairs[len(d.pairs)-1]
	if last.bytes()+entrySize(n.name) <= p.BlockSize-pairOverhead {
		if err := p.commit(last, append(slices.Clone(last.entries), n), mark, nil); err != nil {
			return err
		}
	} else {
		pr, err := p.newPair(d, []*node{n}, mark)
		if err != nil {
			return err
		}
		if err := p.commit(last, last.entries, nil, pr); err != nil {
			p.freePair(pr)
			return err
		}
		d.pairs = append(d.pairs, pr)
	}
	d.children[n.name] = n
	n.parent = d
	return nil
}

// unlink takes the entry n out of the pair pr of the directory d.
func (p *partition) unlink(d *node, pr *pair, n *node) error {
	i := slices.Index(d.pairs, pr)
	if len(pr.entries) == 1 && i > 0 {
		before := d.pairs[i-1]
		if err := p.commit(before, before.entries, nil, p.after(pr)); err != nil {
			return err
		}
		d.pairs = slices.Delete(d.pairs, i, i+1)
		p.freePair(pr)
		return nil
	}
	rest := slices.DeleteFunc(slices.Clone(pr.entries), func(e *node) bool { return e == n })
	return p.commit(pr, rest, nil, p.after(pr))
}

// needsPair tells whether a new entry of the directory needs another pair.
func (p *partition) needsPair(d *node, name string) bool {
	last := d.pairs[len(d.pairs)-1]
	return last.bytes()+entrySize(name) > p.BlockSize-pairOverhead
}

package flash

import (
	"math/bits"
	"slices"
)

// The modules mount littlefs in its first version (uos.VfsLfs1), whose layout
// says how many erase blocks a thing takes (lib/littlefs/lfs1.c, SPEC of
// version 1):
//
//   - A file's content is a list of whole blocks. Block 0 is all data; block
//     i > 0 begins with ctz(i)+1 pointers of 4 bytes to earlier blocks. An empty
//     file takes no block, and nothing is stored inside a directory.
//   - A directory is a chain of pairs of blocks, at least one pair. A pair has
//     room for a block's size minus 20 bytes of header and checksum; an entry
//     takes 12 bytes and its name. A new entry goes into the last pair, or into
//     a new one when it does not fit; gaps in earlier pairs stay. A pair that
//     becomes empty is dropped, except for the first.
//   - The superblock takes a pair, the root directory is a directory.
//
// What the model leaves out: blocks that littlefs holds for a moment while it
// copies on write.

const (
	pointerSize  = 4
	pairOverhead = 20
	entryHeader  = 12
	superblock   = 2 // blocks
	minBlockSize = 512
	minBlocks    = 6
)

// capacity is how many bytes a file of n blocks holds.
func capacity(n, blockSize int) int64 {
	if n <= 0 {
		return 0
	}
	// The sum of ctz(i)+1 for i from 1 to n-1 is 2(n-1) minus the number of
	// ones in n-1.
	pointers := 2*(n-1) - bits.OnesCount(uint(n-1))
	return int64(n)*int64(blockSize) - pointerSize*int64(pointers)
}

// fileBlocks is how many blocks a file of size bytes takes.
func fileBlocks(size int64, blockSize int) int {
	if size <= 0 {
		return 0
	}
	n := int((size + int64(blockSize) - 1) / int64(blockSize))
	for capacity(n, blockSize) < size {
		n++
	}
	return n
}

// pair is one pair of blocks of a directory, with its entries in order.
type pair struct {
	bytes   int
	entries []*node
}

func entrySize(name string) int { return entryHeader + len(name) }

// needsPair tells whether a new entry of the directory needs another pair.
func (d *node) needsPair(name string, blockSize int) bool {
	last := d.pairs[len(d.pairs)-1]
	return last.bytes+entrySize(name) > blockSize-pairOverhead
}

// link puts n into the directory d under n.name, and tells how many blocks d
// has grown by.
func (d *node) link(n *node, blockSize int) (grown int) {
	if d.needsPair(n.name, blockSize) {
		d.pairs = append(d.pairs, &pair{})
		grown = 2
	}
	p := d.pairs[len(d.pairs)-1]
	p.bytes += entrySize(n.name)
	p.entries = append(p.entries, n)
	d.children[n.name] = n
	n.parent = d
	return grown
}

// unlink takes n out of its directory, and tells how many blocks that frees.
func (d *node) unlink(n *node) (freed int) {
	delete(d.children, n.name)
	for i, p := range d.pairs {
		at := slices.Index(p.entries, n)
		if at < 0 {
			continue
		}
		p.entries = slices.Delete(p.entries, at, at+1)
		p.bytes -= entrySize(n.name)
		if len(p.entries) == 0 && i > 0 {
			d.pairs = slices.Delete(d.pairs, i, i+1)
			freed = 2
		}
		break
	}
	return freed
}

// replace puts n into the place of the entry old of the same name.
func (d *node) replace(old, n *node) {
	for _, p := range d.pairs {
		if at := slices.Index(p.entries, old); at >= 0 {
			p.entries[at] = n
		}
	}
	d.children[n.name] = n
	n.parent = d
}

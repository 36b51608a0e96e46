package flash

import (
	"math/bits"
)

// The modules mount littlefs in its first version (uos.VfsLfs1). What lies on
// the chip here is not its format bit by bit, but has its structure and its
// sizes, so that space, wear and what a power cut leaves are the same
// (lib/littlefs/lfs1.c, SPEC of version 1):
//
//   - A file's content is a list of whole blocks. Block 0 is all data; block
//     i > 0 begins with ctz(i)+1 pointers of 4 bytes to earlier blocks. An empty
//     file takes no block, and nothing is stored inside a directory.
//   - Nothing is changed in place: a write makes new blocks, and what lies
//     behind it is copied after it; the directory's entry changes at the end.
//   - A directory is a chain of pairs of blocks, at least one pair. A commit
//     writes the older block of the pair whole, with a higher revision and a
//     checksum. A pair has room for a block's size minus 20 bytes of header and
//     checksum; an entry takes 12 bytes and its name. A new entry goes into the
//     last pair, or into a new one when it does not fit; gaps in earlier pairs
//     stay. A pair that becomes empty is dropped, except for the first.
//   - The superblock takes a pair, the root directory is a directory.

const (
	pointerSize  = 4
	pairOverhead = 20
	entryHeader  = 12
	superblocks  = 2
	minBlockSize = 512
	minBlocks    = 6
	maxBlocks    = 1<<16 - 1
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

// locate gives the index of the block that holds the byte at pos, and the
// offset in that block.
func locate(pos int64, blockSize int) (index, off int) {
	index = fileBlocks(pos+1, blockSize) - 1
	return index, pointers(index)*pointerSize + int(pos-capacity(index, blockSize))
}

// pointers is how many pointers block index begins with.
func pointers(index int) int {
	if index == 0 {
		return 0
	}
	return bits.TrailingZeros(uint(index)) + 1
}

func entrySize(name string) int { return entryHeader + len(name) }

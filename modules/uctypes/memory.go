package uctypes

import (
	"sort"

	"qpy/python/object"
)

// memory gives the buffers of one board addresses, as far as a script asks for
// them. An address leads to the memory that the buffer had then, also when the
// buffer has moved on since, as on the module. What lies between buffers
// cannot be read.
type memory struct {
	regions []region            // by address
	ends    map[*byte]endOfData // where a piece of memory ends, by its last byte
	oldest  []uint64            // addresses of the regions, oldest first
	next    uint64              // where the next region goes
	size    int64               // bytes of all regions
	limit   int64
}

// region is a piece of memory with addresses.
type region struct {
	base  uint64
	data  []byte
	tail  []byte // the rest of the last block of the heap
	write bool
}

// endOfData says at what address a piece of memory ends.
type endOfData struct {
	at   uint64
	base uint64 // of the region
}

const (
	firstAddress = 0x20000000 // where RAM begins on the modules' cores
	block        = 16         // bytes that the heap hands out at a time (MICROPY_BYTES_PER_GC_BLOCK)
	maxRegions   = 4096       // older ones are forgotten
)

func newMemory(limit int64) *memory {
	return &memory{ends: map[*byte]endOfData{}, next: firstAddress, limit: limit}
}

// address gives the address of a buffer's first byte.
func (m *memory) address(p []byte, write bool) uint64 {
	if cap(p) == 0 {
		return firstAddress - block
	}
	whole := p[:cap(p)]
	last := &whole[len(whole)-1]
	if end, ok := m.ends[last]; ok && end.at-end.base >= uint64(len(whole)) {
		return end.at - uint64(len(whole))
	}
	r := region{base: m.next, data: whole, tail: make([]byte, -len(whole)&(block-1)), write: write}
	m.next += uint64(len(r.data) + len(r.tail) + block) // a gap, so that an end is no beginning
	m.regions = append(m.regions, r)
	m.oldest = append(m.oldest, r.base)
	m.ends[last] = endOfData{r.base + uint64(len(whole)), r.base}
	m.size += int64(len(whole))
	for len(m.regions) > 1 && (len(m.regions) > maxRegions || m.size > m.limit) {
		m.forget(m.oldest[0])
	}
	return r.base
}

// forget drops the region at base.
func (m *memory) forget(base uint64) {
	m.oldest = m.oldest[1:]
	i := sort.Search(len(m.regions), func(i int) bool { return m.regions[i].base >= base })
	m.size -= int64(len(m.regions[i].data))
	m.regions = append(m.regions[:i], m.regions[i+1:]...)
	for last, end := range m.ends {
		if end.base == base {
			delete(m.ends, last)
		}
	}
}

// find gives the region that has n bytes from an address on, and where they are
// in it. They may lie behind its data as far as the module's heap hands out
// memory in blocks.
func (m *memory) find(addr, n uint64, write bool) (*region, uint64, error) {
	i := sort.Search(len(m.regions), func(i int) bool { return m.regions[i].base > addr }) - 1
	if i < 0 || !m.regions[i].covers(addr, n) {
		return nil, 0, noBuffer(addr, n)
	}
	r := &m.regions[i]
	if write && !r.write {
		return nil, 0, object.Raisef(object.TypeError, "the object at 0x%x cannot be changed: use a bytearray", addr)
	}
	return r, addr - r.base, nil
}

func noBuffer(addr, n uint64) error {
	return object.Raisef(object.MemoryError, "no buffer has the %d bytes at 0x%x: take addresses from uctypes.addressof", n, addr)
}

func (r *region) covers(addr, n uint64) bool {
	size := uint64(len(r.data) + len(r.tail))
	off := addr - r.base
	return off <= size && n <= size-off
}

// read fills p from an address on.
func (m *memory) read(addr uint64, p []byte) error {
	r, off, err := m.find(addr, uint64(len(p)), false)
	if err != nil {
		return err
	}
	n := 0
	if off < uint64(len(r.data)) {
		n = copy(p, r.data[off:])
	}
	if n < len(p) {
		copy(p[n:], r.tail[off+uint64(n)-uint64(len(r.data)):])
	}
	return nil
}

// write stores p from an address on.
func (m *memory) write(addr uint64, p []byte) error {
	r, off, err := m.find(addr, uint64(len(p)), true)
	if err != nil {
		return err
	}
	n := 0
	if off < uint64(len(r.data)) {
		n = copy(r.data[off:], p)
	}
	if n < len(p) {
		copy(r.tail[off+uint64(n)-uint64(len(r.data)):], p[n:])
	}
	return nil
}

// share gives n bytes at an address for an object that keeps them, so that the
// object's own address is this one again.
func (m *memory) share(addr, n uint64, write bool) ([]byte, error) {
	if n == 0 {
		return nil, nil
	}
	r, off, err := m.find(addr, n, write)
	if err != nil {
		return nil, err
	}
	if n > uint64(len(r.data)) || off > uint64(len(r.data))-n {
		return nil, object.Raisef(object.MemoryError, "the %d bytes at 0x%x go beyond the end of their buffer", n, addr)
	}
	p := r.data[off : off+n : off+n]
	if last := &p[n-1]; m.ends[last].at == 0 {
		m.ends[last] = endOfData{addr + n, r.base}
	}
	return p, nil
}

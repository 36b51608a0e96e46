package uzlib

import (
	"hash/adler32"
	"hash/crc32"

	"qpy/python/object"
)

// status is what a step of decompression ends in (extmod/uzlib/uzlib.h).
type status int

const (
	statusOK       status = 0
	statusDone     status = 1 // the end of the stream
	statusData     status = -3
	statusChecksum status = -4
	statusDict     status = -5
)

// Which checksum follows the stream.
type checksum uint8

const (
	noChecksum checksum = iota
	adler
	crc
)

// The block types of the format, and what stands before the first block.
const (
	blockNone    = -1
	blockStored  = 0
	blockFixed   = 1
	blockDynamic = 2
)

// inflater decompresses as uzlib does (extmod/uzlib/tinflate.c): bit by bit, and
// with its idea of what is an error. Go's compress/flate knows other errors and
// does not know windows smaller than 32 KiB, nor a source that gives zeros
// behind its end.
type inflater struct {
	source []byte
	read   func() (byte, error) // brings more of the source; nil if source is all
	failed error                // what read failed with
	eof    bool

	tag  byte // bits that are read
	bits uint // how many of them are left

	out    []byte // what was produced in this call
	limit  int    // how much of it is wanted at most; below 0 for all
	ring   []byte // the window of the last bytes; nil if out has all of them
	ringAt int

	block  int
	final  bool
	left   int // bytes that the match or the stored block has still to give
	offset int // of the match: place in the ring, or distance in out

	lit, dist tree

	sum  uint32
	kind checksum
}

// tree is a Huffman code: how many codes there are of each length, and their
// symbols in order.
type tree struct {
	counts  [16]uint16
	symbols [288]uint16
}

var (
	lengthBits = [...]uint8{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0}
	lengthBase = [...]int{3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258}
	distBits   = [...]uint8{0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13}
	distBase   = [...]int{1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073,
		4097, 6145, 8193, 12289, 16385, 24577}
	codeOrder = [...]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}
)

func (d *inflater) byte() byte {
	if len(d.source) > 0 {
		c := d.source[0]
		d.source = d.source[1:]
		return c
	}
	if d.read != nil && !d.eof {
		c, err := d.read()
		if err == nil {
			return c
		}
		if d.failed == nil {
			d.failed = err
		}
	}
	d.eof = true
	return 0
}

func (d *inflater) bit() int {
	if d.bits == 0 {
		d.tag, d.bits = d.byte(), 8
	}
	d.bits--
	b := d.tag & 1
	d.tag >>= 1
	return int(b)
}

// number reads n bits, the lowest first, and adds base.
func (d *inflater) number(n uint8, base int) int {
	v := 0
	for i := range n {
		v |= d.bit() << i
	}
	return v + base
}

// build makes the code from the lengths of the symbols' codes.
func (h *tree) build(lengths []uint8) {
	h.counts = [16]uint16{}
	for _, n := range lengths {
		h.counts[n]++
	}
	h.counts[0] = 0
	var at [16]uint16
	sum := uint16(0)
	for i, n := range h.counts {
		at[i] = sum
		sum += n
	}
	for symbol, n := range lengths {
		if n != 0 {
			h.symbols[at[n]] = uint16(symbol)
			at[n]++
		}
	}
}

func (d *inflater) symbol(h *tree) int {
	sum, cur := 0, 0
	for n := 1; ; n++ {
		cur = 2*cur + d.bit()
		if n == len(h.counts) {
			return int(statusData)
		}
		sum += int(h.counts[n])
		if cur -= int(h.counts[n]); cur < 0 {
			break
		}
	}
	if sum += cur; sum < 0 || sum >= len(h.symbols) {
		return int(statusData) // a code with too many lengths
	}
	return int(h.symbols[sum])
}

func (d *inflater) fixedTrees() {
	var lengths [288 + 32]uint8
	for i := range lengths {
		switch {
		case i < 144:
			lengths[i] = 8
		case i < 256:
			lengths[i] = 9
		case i < 280:
			lengths[i] = 7
		case i < 288:
			lengths[i] = 8
		default:
			lengths[i] = 5
		}
	}
	d.lit.build(lengths[:288])
	d.dist.build(lengths[288:])
}

func (d *inflater) dynamicTrees() status {
	nLit, nDist, nCode := d.number(5, 257), d.number(5, 1), d.number(4, 4)
	var lengths [288 + 32]uint8
	for i := range nCode {
		lengths[codeOrder[i]] = uint8(d.number(3, 0))
	}
	d.lit.build(lengths[:19])
	clear(lengths[:19])
	for n := 0; n < nLit+nDist; {
		symbol := d.symbol(&d.lit)
		if symbol < 0 {
			return statusData
		}
		count, value := 1, uint8(symbol)
		switch symbol {
		case 16:
			if n == 0 {
				return statusData
			}
			value, count = lengths[n-1], d.number(2, 3)
		case 17:
			value, count = 0, d.number(3, 3)
		case 18:
			value, count = 0, d.number(7, 11)
		}
		if n+count > nLit+nDist {
			return statusData
		}
		for range count {
			lengths[n] = value
			n++
		}
	}
	d.lit.build(lengths[:nLit])
	d.dist.build(lengths[nLit : nLit+nDist])
	return statusOK
}

func (d *inflater) put(c byte) {
	d.out = append(d.out, c)
	if d.ring != nil {
		d.ring[d.ringAt] = c
		if d.ringAt++; d.ringAt == len(d.ring) {
			d.ringAt = 0
		}
	}
}

// coded gives the next byte of a block with Huffman codes.
func (d *inflater) coded() status {
	if d.left == 0 {
		symbol := d.symbol(&d.lit)
		if d.eof {
			return statusData
		}
		if symbol < 256 { // a code that does not exist counts as a byte, too
			d.put(byte(symbol))
			return statusOK
		}
		if symbol == 256 {
			return statusDone
		}
		symbol -= 257
		if symbol >= len(lengthBits) {
			return statusData
		}
		left := d.number(lengthBits[symbol], lengthBase[symbol])
		symbol = d.symbol(&d.dist)
		if symbol < 0 || symbol >= len(distBits) {
			return statusData
		}
		distance := d.number(distBits[symbol], distBase[symbol])
		if d.ring == nil {
			if distance > len(d.out) {
				return statusData
			}
			d.offset = distance
		} else {
			if distance > len(d.ring) {
				return statusDict
			}
			if d.offset = d.ringAt - distance; d.offset < 0 {
				d.offset += len(d.ring)
			}
		}
		d.left = left
	}
	if d.ring == nil {
		d.put(d.out[len(d.out)-d.offset])
	} else {
		d.put(d.ring[d.offset])
		if d.offset++; d.offset == len(d.ring) {
			d.offset = 0
		}
	}
	d.left--
	return statusOK
}

// stored gives the next byte of a block that is not compressed.
func (d *inflater) stored() status {
	if d.left == 0 {
		n := uint16(d.byte()) | uint16(d.byte())<<8
		inverse := uint16(d.byte()) | uint16(d.byte())<<8
		if n != ^inverse {
			return statusData
		}
		d.left = int(n) + 1 // so that an empty block ends, too
		d.bits = 0
	}
	if d.left--; d.left == 0 {
		return statusDone
	}
	d.put(d.byte())
	return statusOK
}

// run decompresses until out has what is wanted, or the stream ends.
func (d *inflater) run() status {
	for {
		if d.block == blockNone {
			if s := d.begin(); s != statusOK {
				return s
			}
		}
		var s status
		switch d.block {
		case blockStored:
			s = d.stored()
		case blockFixed, blockDynamic:
			s = d.coded()
		default:
			return statusData
		}
		if s == statusDone && !d.final {
			d.block = blockNone
			continue
		}
		if s != statusOK {
			return s
		}
		if d.limit >= 0 && len(d.out) >= d.limit {
			return statusOK
		}
	}
}

// begin reads the head of a block.
func (d *inflater) begin() status {
	d.final = d.bit() == 1
	switch block := d.number(2, 0); block {
	case blockFixed:
		d.fixedTrees()
		d.block = block
	case blockDynamic:
		d.block = block
		return d.dynamicTrees()
	default:
		d.block = block
	}
	return statusOK
}

// verified runs and keeps the checksum, which is compared at the end.
func (d *inflater) verified() status {
	start := len(d.out)
	s := d.run()
	if s < 0 {
		return s
	}
	switch d.kind {
	case adler:
		d.sum = adler32Update(d.sum, d.out[start:])
	case crc:
		d.sum = crc32.Update(d.sum, crc32.IEEETable, d.out[start:])
	}
	if s != statusDone {
		return s
	}
	switch d.kind {
	case adler:
		want := uint32(0)
		for range 4 {
			want = want<<8 | uint32(d.byte())
		}
		if d.sum != want {
			return statusChecksum
		}
	case crc:
		if d.little32() != d.sum {
			return statusChecksum
		}
		d.little32() // the size, which is not compared
	}
	return s
}

func (d *inflater) little32() uint32 {
	v := uint32(0)
	for i := range 4 {
		v |= uint32(d.byte()) << (8 * i)
	}
	return v
}

// adlerMod is the modulus of Adler-32.
const adlerMod = 65521

// adler32Update goes on with a checksum: the sum of a text is put together
// from the sums of its parts.
func adler32Update(sum uint32, p []byte) uint32 {
	next := adler32.Checksum(p)
	a1, b1, a2, b2 := sum&0xffff, sum>>16, next&0xffff, next>>16
	n := uint32(len(p) % adlerMod)
	a := (a1 + a2 + adlerMod - 1) % adlerMod
	b := (uint64(b1) + uint64(b2) + uint64(n)*uint64(a1+adlerMod-1)) % adlerMod
	return a | uint32(b)<<16
}

// zlibHeader reads the two bytes before a zlib stream and gives the binary
// logarithm of the window over 256; false if they are none.
func (d *inflater) zlibHeader() (int, bool) {
	cmf, flags := d.byte(), d.byte()
	if (256*int(cmf)+int(flags))%31 != 0 || cmf&0x0f != 8 || cmf>>4 > 7 || flags&0x20 != 0 {
		return 0, false
	}
	d.kind, d.sum = adler, 1
	return int(cmf >> 4), true
}

// The flags of a gzip header.
const (
	gzipHeaderCRC = 1 << 1
	gzipExtra     = 1 << 2
	gzipName      = 1 << 3
	gzipComment   = 1 << 4
)

// gzipHeader reads what stands before a gzip stream.
func (d *inflater) gzipHeader() bool {
	if d.byte() != 0x1f || d.byte() != 0x8b || d.byte() != 8 {
		return false
	}
	flags := d.byte()
	if flags&0xe0 != 0 {
		return false
	}
	skip := func(n int) {
		for range n {
			d.byte()
		}
	}
	text := func() {
		for d.byte() != 0 {
		}
	}
	skip(6)
	if flags&gzipExtra != 0 {
		n := int(d.byte())
		skip(n | int(d.byte())<<8)
	}
	if flags&gzipName != 0 {
		text()
	}
	if flags&gzipComment != 0 {
		text()
	}
	if flags&gzipHeaderCRC != 0 {
		skip(2)
	}
	d.kind, d.sum = crc, 0
	return true
}

// failure is the exception for a status below zero, or what the source failed
// with.
func (d *inflater) failure(s status) error {
	if d.failed != nil {
		return d.failed
	}
	return object.RaiseArgs(object.ValueError, object.Int(int64(s)))
}

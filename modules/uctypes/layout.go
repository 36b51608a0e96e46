package uctypes

import "qpy/python/object"

// A descriptor is a dict of fields: an int holds the offset and, in its upper
// bits, the type of a number; a tuple describes a structure, a pointer or an
// array (extmod/moductypes.c).

// The types of numbers. Bit 0 is the sign, the rest the logarithm of the size.
const (
	typeUint8 = iota
	typeInt8
	typeUint16
	typeInt16
	typeUint32
	typeInt32
	typeUint64
	typeInt64
	typeBFUint8
	typeBFInt8
	typeBFUint16
	typeBFInt16
	typeBFUint32
	typeBFInt32
	typeFloat32
	typeFloat64
)

// The types of aggregates.
const (
	aggStruct = iota
	aggPtr
	aggArray
)

// The widths of the parts of an int in a descriptor.
const (
	typeBits   = 4
	aggBits    = 2
	offsetBits = 17
	lengthPos  = 22
)

// The orders of bytes.
const (
	littleEndian = 0
	bigEndian    = 1
	native       = 2 // little endian, and the size rounded up to the largest field
)

// constant is a type as it is or-ed to an offset: in the upper bits of 31.
func constant(typ, bits int) int64 { return int64(int32(uint32(typ)<<(32-bits)) >> 1) }

// numberOf splits the int of a number into type and offset.
func numberOf(n int64) (typ int, offset int64) {
	return int(n>>(31-typeBits)) & (1<<typeBits - 1), n & (1<<(31-typeBits) - 1)
}

// aggregateOf splits the int of an aggregate.
func aggregateOf(n int64) (typ int, offset int64) {
	return int(n>>(31-aggBits)) & (1<<aggBits - 1), n & (1<<(31-aggBits) - 1)
}

func isBitfield(typ int) bool { return typ >= typeBFUint8 && typ <= typeBFInt32 }

// itemSize is the size of a number as the item of an array. That of a float is
// a slip of MicroPython's, which one can see in the layout.
func itemSize(typ int) uint64 { return 1 << (typ >> 1) }

// fieldSize is the size of a number as a field.
func fieldSize(typ int) uint64 {
	if typ == typeFloat32 {
		return 4
	}
	return itemSize(typ & 7)
}

func errDescriptor() error {
	return object.Raise(object.TypeError, "syntax error in uctypes descriptor")
}

// tuple reads the tuple of an aggregate: its type and offset, and the rest.
func tuple(v object.Value) (typ int, offset int64, rest []object.Value, err error) {
	t, ok := v.AsTuple()
	if !ok || len(t.Items) < 2 || len(t.Items) > 3 || !t.Items[0].IsInt() {
		return 0, 0, nil, errDescriptor()
	}
	typ, offset = aggregateOf(t.Items[0].Int())
	if typ > aggArray || typ == aggArray && !t.Items[1].IsInt() {
		return 0, 0, nil, errDescriptor()
	}
	return typ, offset, t.Items[1:], nil
}

// measure computes sizes and keeps the largest field that it has met.
type measure struct {
	t       *object.Thread
	layout  int64
	pointer uint64 // size of a pointer
	largest uint64
}

func (m *measure) saw(size uint64) uint64 {
	m.largest = max(m.largest, size)
	return size
}

// aggregate is the size of what a tuple describes.
func (m *measure) aggregate(v object.Value) (uint64, error) {
	typ, _, rest, err := tuple(v)
	if err != nil {
		return 0, err
	}
	switch typ {
	case aggStruct:
		return m.size(rest[0])
	case aggPtr:
		return m.saw(m.pointer), nil
	}
	item, count := numberOf(rest[0].Int())
	if len(rest) == 1 {
		return m.saw(itemSize(item)) * uint64(count), nil
	}
	size, err := m.size(rest[1])
	return size * uint64(count), err
}

// size is the size of what a descriptor describes.
func (m *measure) size(desc object.Value) (uint64, error) {
	if err := m.t.Enter(); err != nil { // a descriptor may hold itself
		return 0, err
	}
	defer m.t.Leave()
	d, ok := desc.AsDict()
	if !ok {
		if desc.IsInt() {
			return 0, object.Raise(object.TypeError, "can't unambiguously get sizeof scalar")
		}
		return m.aggregate(desc)
	}
	total := uint64(0)
	for e, i := d.Next(0); e != nil; e, i = d.Next(i) {
		var size uint64
		var offset int64
		if e.Val.IsInt() {
			var typ int
			typ, offset = numberOf(e.Val.Int())
			if isBitfield(typ) {
				offset &= 1<<offsetBits - 1
			}
			size = m.saw(fieldSize(typ))
		} else {
			var err error
			if _, offset, _, err = tuple(e.Val); err != nil {
				return 0, err
			}
			if size, err = m.aggregate(e.Val); err != nil {
				return 0, err
			}
		}
		total = max(total, uint64(offset)+size)
	}
	if m.layout == native && m.largest > 0 {
		total = (total + m.largest - 1) &^ (m.largest - 1)
	}
	return total, nil
}

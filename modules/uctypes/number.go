package uctypes

import (
	"encoding/binary"
	"math"

	"qpy/python/object"
)

func order(layout int64) binary.ByteOrder {
	if layout == bigEndian {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

// bits reads a number of 1, 2, 4 or 8 bytes.
func bits(p []byte, o binary.ByteOrder) uint64 {
	switch len(p) {
	case 1:
		return uint64(p[0])
	case 2:
		return uint64(o.Uint16(p))
	case 4:
		return uint64(o.Uint32(p))
	}
	return o.Uint64(p)
}

func setBits(p []byte, o binary.ByteOrder, v uint64) {
	switch len(p) {
	case 1:
		p[0] = byte(v)
	case 2:
		o.PutUint16(p, uint16(v))
	case 4:
		o.PutUint32(p, uint32(v))
	default:
		o.PutUint64(p, v)
	}
}

// load gives the number of a type that has these bits.
func load(typ int, u uint64) object.Value {
	switch typ {
	case typeInt8:
		return object.Int(int64(int8(u)))
	case typeInt16:
		return object.Int(int64(int16(u)))
	case typeInt32:
		return object.Int(int64(int32(u)))
	case typeInt64:
		return object.Int(int64(u))
	case typeFloat32:
		return object.Float(float64(math.Float32frombits(uint32(u))))
	case typeFloat64:
		return object.Float(math.Float64frombits(u))
	}
	return object.Uint(u)
}

// encode gives the bits of a value as a number of a type; what does not fit is
// cut off.
func encode(t *object.Thread, typ int, v object.Value) (uint64, error) {
	switch typ {
	case typeFloat32:
		f, err := object.ToFloat(v)
		return uint64(math.Float32bits(float32(f))), err
	case typeFloat64:
		f, err := object.ToFloat(v)
		return math.Float64bits(f), err
	}
	n, err := object.ToIntTruncated(t, v)
	return uint64(n), err
}

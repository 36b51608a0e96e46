package object

import (
	"encoding/binary"
	"math"
)

// Items of arrays as values: the machine numbers behind the type codes
// (py/binary.c), in little endian order.

// itemSize is the number of bytes of an item of the type code, 0 if there is no
// such code. The size of l, L and of pointers is the machine word's.
func itemSize(in *Interp, code byte) int {
	switch code {
	case byteArrayCode, 'b', 'B':
		return 1
	case 'h', 'H':
		return 2
	case 'i', 'I', 'f':
		return 4
	case 'q', 'Q', 'd':
		return 8
	case 'l', 'L', 'P', 'O', 'S':
		return in.Profile.WordBits / 8
	}
	return 0
}

// getItemOf returns the item stored in p.
func getItemOf(code byte, p []byte) Value {
	switch code {
	case byteArrayCode, 'B':
		return Int(int64(p[0]))
	case 'f':
		return Float(float64(math.Float32frombits(binary.LittleEndian.Uint32(p))))
	case 'd':
		return Float(math.Float64frombits(binary.LittleEndian.Uint64(p)))
	}
	signed := code >= 'a' || code == 'P'
	switch len(p) {
	case 1:
		return Int(int64(int8(p[0])))
	case 2:
		u := binary.LittleEndian.Uint16(p)
		if signed {
			return Int(int64(int16(u)))
		}
		return Int(int64(u))
	case 4:
		u := binary.LittleEndian.Uint32(p)
		if signed {
			return Int(int64(int32(u)))
		}
		return Int(int64(u))
	}
	u := binary.LittleEndian.Uint64(p)
	if signed {
		return Int(int64(u))
	}
	return Uint(u)
}

// putItem stores v in p: a float for f and d, else the low bytes of an int.
func putItem(t *Thread, code byte, p []byte, v Value) error {
	if code == 'f' || code == 'd' {
		f, err := ToFloat(v)
		if err != nil {
			return err
		}
		if code == 'f' {
			binary.LittleEndian.PutUint32(p, math.Float32bits(float32(f)))
		} else {
			binary.LittleEndian.PutUint64(p, math.Float64bits(f))
		}
		return nil
	}
	if !isInt(v) {
		n, err := ToInt(t, v)
		if err != nil {
			return err
		}
		v = Int(n)
	}
	if len(p) == 1 && v.IsInt() {
		p[0] = byte(v.Int())
		return nil
	}
	putInt(p, v, false)
	return nil
}

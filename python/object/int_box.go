package object

import "math/big"

// bigBox is a big int, its object and room for 384 bits in one allocation.
type bigBox struct {
	BigInt
	n     big.Int
	words [384 / wordBits]big.Word
}

// bigScratch is memory that a thread keeps for operations on long integers.
type bigScratch struct {
	x, y  big.Int // operands that are small
	drop  big.Int // a result that is not wanted
	spare []*bigBox
}

const (
	// spareBoxes is how many boxes a thread keeps for results to come: more than
	// an expression usually has in flight.
	spareBoxes = 8
	// spareBits is the size of the longest integer whose box is kept.
	spareBits = 1 << 16
)

// bigs returns the thread's scratch memory. No operation on ints runs a
// script's code, so nothing else uses it meanwhile.
func (t *Thread) bigs() *bigScratch {
	if t.big == nil {
		t.big = new(bigScratch)
	}
	return t.big
}

// newBigBox returns a box for a result.
func (t *Thread) newBigBox() *bigBox {
	s := t.bigs()
	if k := len(s.spare) - 1; k >= 0 {
		x := s.spare[k]
		s.spare = s.spare[:k]
		return x
	}
	x := &bigBox{BigInt: BigInt{Header: Header{IntType}}}
	x.b, x.box = &x.n, x
	x.n.SetBits(x.words[:0])
	return x
}

// spareBigBox takes back a box that nothing refers to any more.
func (t *Thread) spareBigBox(x *bigBox) {
	if s := t.bigs(); len(s.spare) < spareBoxes && x.n.BitLen() <= spareBits {
		s.spare = append(s.spare, x)
	}
}

// bigValue returns the number in a new box as an int.
func (t *Thread) bigValue(x *bigBox) Value {
	if x.n.IsInt64() {
		v := Int(x.n.Int64())
		t.spareBigBox(x)
		return v
	}
	return x.BigInt.Value()
}

// IntArith is Binary for two ints, of which some may be fleeting. So is the
// result, if it is a long integer and is said to be.
func IntArith(t *Thread, op BinaryOp, a, b Value, fleeting bool) (Value, error) {
	v, err := Binary(t, op, a.Settled(), b.Settled())
	if err != nil {
		return Null, err
	}
	for _, x := range [2]Value{a, b} {
		if x.p == v.p || x.IsInt() || !x.IsFleeting() {
			continue
		}
		if box := (*BigInt)(x.p).box; box != nil {
			t.Free(bigSize(&box.n))
			t.spareBigBox(box)
		}
	}
	if fleeting && v.Type() == IntType && !v.IsInt() && v.p != a.p && v.p != b.p {
		v = v.Fleeting()
	}
	return v, nil
}

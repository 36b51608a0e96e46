package object

import (
	"math/big"

	"qpy/python/bigint"
	"qpy/python/text"
)

// The operators of int where the result or an operand exceeds 64 bits, or the
// other operand is no int (py/objint_mpz.c, py/mpz.c). Two small operands are
// computed in arith.go as long as the result fits.

func init() {
	IntType.Unary = intUnary
	IntType.Binary = intBinary
}

// bigSize is what a long integer takes of the heap.
func bigSize(b *big.Int) int { return 48 + (b.BitLen()+7)/8 }

// operand returns the value of an int: its own big.Int, which must not be
// changed, or tmp set to it.
func operand(v Value, tmp *big.Int) *big.Int {
	if !v.IsInt() {
		return (*BigInt)(v.p).b
	}
	return tmp.SetInt64(v.Int())
}

var bigOne = big.NewInt(1)

func intUnary(t *Thread, op UnaryOp, self Value) (Value, error) {
	if op == OpHash && !self.IsInt() {
		return Int(text.HashBigInt((*BigInt)(self.p).b)), nil
	}
	switch op {
	case OpBool:
		return Bool(self != Int(0)), nil
	case OpPositive, OpInt:
		return self, nil
	case OpNegative, OpInvert, OpAbs:
	default:
		return Null, nil
	}
	b := operand(self, &t.bigs().x)
	if op == OpAbs && b.Sign() >= 0 {
		return self, nil
	}
	if err := t.Alloc(bigSize(b)); err != nil {
		return Null, err
	}
	x := t.newBigBox()
	if op == OpInvert {
		x.n.Not(b)
	} else {
		x.n.Neg(b)
	}
	return t.bigValue(x), nil
}

func intBinary(t *Thread, op BinaryOp, self, other Value) (Value, error) {
	switch ty := other.Type(); {
	case ty == IntType:
		return bigBinary(t, op, self, other)
	case ty == FloatType:
		return floatOp(op, intFloat(self), other.Float())
	case ty == ComplexType:
		return complexOp(op, intFloat(self), 0, other)
	case ty == BoolType:
		return Binary(t, op, self, Int(other.Int()))
	case op == OpMultiply && (ty == StrType || ty == BytesType || ty == TupleType || ty == ListType):
		return Binary(t, op, other, self)
	}
	return Null, nil
}

// bigBinary computes an operator on two ints (mp_obj_int_binary_op).
func bigBinary(t *Thread, op BinaryOp, self, other Value) (Value, error) {
	tmp := t.bigs()
	x, y := operand(self, &tmp.x), operand(other, &tmp.y)
	if op < OpInplaceOr || op >= OpContains {
		return bigCompare(op, x, y), nil
	}
	op = op.Plain()
	if op == OpMatMultiply && fitsWord(self) && fitsWord(other) {
		return Null, nil
	}
	switch op {
	case OpMatMultiply, OpFloorDivide, OpTrueDivide, OpModulo, OpDivmod:
		if y.Sign() == 0 {
			return Null, errZeroDiv()
		}
	case OpLshift, OpRshift:
		n, err := ToInt(t, other)
		if err != nil {
			return Null, err
		}
		return bigShift(t, op, x, n)
	case OpPower:
		return bigPower(t, self, x, y)
	case OpAnd:
		// A mask that is no long integer: only the low bits matter.
		if other.IsInt() && other.Int() >= 0 {
			return Int(lowBits(x) & other.Int()), nil
		}
		if self.IsInt() && self.Int() >= 0 {
			return Int(lowBits(y) & self.Int()), nil
		}
	}
	if op == OpTrueDivide {
		return Float(intFloat(self) / intFloat(other)), nil
	}
	size := max(x.BitLen(), y.BitLen())
	if op == OpMultiply {
		size = x.BitLen() + y.BitLen()
	}
	if err := t.Alloc(56 + size/8); err != nil {
		return Null, err
	}
	var err error
	z := t.newBigBox()
	switch op {
	case OpAdd:
		z.n.Add(x, y)
	case OpSubtract:
		z.n.Sub(x, y)
	case OpMultiply:
		if bigint.Quick(x) && bigint.Quick(y) {
			z.n.Mul(x, y)
		} else {
			err = bigint.Mul(&z.n, x, y, t.Work)
		}
	case OpAnd:
		z.n.And(x, y)
	case OpOr:
		z.n.Or(x, y)
	case OpXor:
		z.n.Xor(x, y)
	case OpFloorDivide:
		err = floorDivMod(t, &z.n, &tmp.drop, x, y)
	case OpModulo:
		err = floorDivMod(t, &tmp.drop, &z.n, x, y)
	default:
		// Divmod; the @ of long integers ends here too, without an error.
		q := t.newBigBox()
		if err := floorDivMod(t, &q.n, &z.n, x, y); err != nil {
			return Null, err
		}
		return NewTuple(t.bigValue(q), t.bigValue(z)), nil
	}
	if err != nil {
		return Null, err
	}
	return t.bigValue(z), nil
}

// lowBits returns the low 64 bits of b as two's complement.
func lowBits(b *big.Int) int64 {
	low := uint64(0)
	if b.Sign() != 0 {
		low = uint64(digit32(b.Bits(), 0))
		if b.BitLen() > 32 {
			low |= uint64(digit32(b.Bits(), 1)) << 32
		}
	}
	if b.Sign() < 0 {
		low = -low
	}
	return int64(low)
}

// floorDivMod sets q and r to quotient and remainder of x by y, which is not
// zero; the quotient is rounded down.
func floorDivMod(t *Thread, q, r, x, y *big.Int) error {
	if bigint.Quick(x) {
		q.QuoRem(x, y, r)
	} else if err := bigint.QuoRem(q, r, x, y, t.Work); err != nil {
		return err
	}
	if r.Sign() != 0 && (r.Sign() < 0) != (y.Sign() < 0) {
		q.Sub(q, bigOne)
		r.Add(r, y)
	}
	return nil
}

func bigCompare(op BinaryOp, x, y *big.Int) Value {
	c := x.Cmp(y)
	switch op {
	case OpLess:
		return Bool(c < 0)
	case OpMore:
		return Bool(c > 0)
	case OpEqual:
		return Bool(c == 0)
	case OpLessEqual:
		return Bool(c <= 0)
	case OpMoreEqual:
		return Bool(c >= 0)
	}
	return Null
}

// bigShift shifts x by n bits, to the right rounding down.
func bigShift(t *Thread, op BinaryOp, x *big.Int, n int64) (Value, error) {
	if n < 0 {
		return Null, Raise(ValueError, "negative shift count")
	}
	size := int64(x.BitLen())
	if op == OpRshift {
		n = min(n, size+1)
		size -= n
	} else if x.Sign() == 0 {
		return Int(0), nil
	} else if n > 8*t.In.Profile.Heap {
		return Null, memoryErr(n / 8)
	} else {
		size += n
	}
	if err := t.Alloc(56 + int(max(size, 0)/8)); err != nil {
		return Null, err
	}
	z := t.newBigBox()
	if op == OpRshift {
		z.n.Rsh(x, uint(n))
	} else {
		z.n.Lsh(x, uint(n))
	}
	return t.bigValue(z), nil
}

// bigPower computes x ** y, x being the value of self; a negative exponent
// makes it a float.
func bigPower(t *Thread, self Value, x, y *big.Int) (Value, error) {
	if y.Sign() < 0 {
		return floatOp(OpPower, intFloat(self), bigFloat(y))
	}
	if x.BitLen() <= 1 { // 0, 1, -1
		switch {
		case y.Sign() == 0:
			return Int(1), nil
		case x.Sign() < 0 && y.Bit(0) == 0:
			return Int(1), nil
		}
		return self, nil
	}
	if !y.IsInt64() || y.Int64() > 8*t.In.Profile.Heap/int64(x.BitLen()-1) {
		return Null, memoryErr(t.In.Profile.Heap + 1)
	}
	if err := t.Alloc(56 + x.BitLen()*int(y.Int64())/8); err != nil {
		return Null, err
	}
	z := t.newBigBox()
	if err := bigint.Exp(&z.n, x, y.Uint64(), t.Work); err != nil {
		return Null, err
	}
	return t.bigValue(z), nil
}

// Pow3 is pow(base, exp, mod) (mp_obj_int_pow3): all three must be ints. The
// result of a negative exponent is 0, that of exponent 0 is 1. MicroPython
// 1.13 crashes where mod is 0; here that is a ZeroDivisionError.
func Pow3(t *Thread, base, exp, mod Value) (Value, error) {
	if !isInt(base) || !isInt(exp) || !isInt(mod) {
		return Null, Raise(TypeError, "pow() with 3 arguments requires integers")
	}
	tmp := t.bigs()
	x, y, m := operand(base, &tmp.x), operand(exp, &tmp.y), operand(mod, &tmp.drop)
	switch {
	case x.Sign() == 0 || y.Sign() < 0 || m.BitLen() == 1:
		return Int(0), nil
	case y.Sign() == 0:
		return Int(1), nil
	case m.Sign() == 0:
		return Null, errZeroDiv()
	}
	if err := t.Alloc(bigSize(m)); err != nil {
		return Null, err
	}
	z := t.newBigBox()
	if err := bigint.ExpMod(&z.n, x, y, new(big.Int).Abs(m), t.Work); err != nil {
		return Null, err
	}
	if m.Sign() < 0 && z.n.Sign() != 0 {
		z.n.Add(&z.n, m)
	}
	return t.bigValue(z), nil
}

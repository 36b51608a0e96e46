package object

import (
	"math/bits"

	"qpy/python/text"
)

// unarySmall computes op on a 64-bit int; ok is false if the result does not
// fit.
func unarySmall(op UnaryOp, n int64) (Value, bool) {
	switch op {
	case OpBool:
		return Bool(n != 0), true
	case OpPositive, OpInt:
		return Int(n), true
	case OpHash:
		return Int(text.HashInt(n)), true
	case OpNegative:
		return Int(-n), n != -n || n == 0
	case OpAbs:
		if n < 0 {
			return Int(-n), n != -n
		}
		return Int(n), true
	case OpInvert, OpLen: // an int in an instance of a class does have a length
		return Int(^n), true
	}
	return Null, false
}

// errZeroDiv is made new for each raise, because it gets a traceback.
func errZeroDiv() error { return Raise(ZeroDivisionError, "divide by zero") }

// MulInt multiplies; ok is false on overflow.
func MulInt(a, b int64) (int64, bool) {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	h := int64(hi)
	if a < 0 {
		h -= b
	}
	if b < 0 {
		h -= a
	}
	return int64(lo), h == int64(lo)>>63
}

// FloorDiv divides, rounding down; b must not be zero.
func FloorDiv(a, b int64) int64 {
	q := a / b
	if (a%b != 0) && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// FloorMod is a - b*FloorDiv(a, b); b must not be zero.
func FloorMod(a, b int64) int64 {
	m := a % b
	if m != 0 && (m < 0) != (b < 0) {
		m += b
	}
	return m
}

// binarySmall computes op on two 64-bit ints. ok is false if the result does
// not fit or the operator is not known here; then the slots decide.
func binarySmall(op BinaryOp, a, b int64) (Value, bool, error) {
	switch op {
	case OpLess:
		return Bool(a < b), true, nil
	case OpMore:
		return Bool(a > b), true, nil
	case OpLessEqual:
		return Bool(a <= b), true, nil
	case OpMoreEqual:
		return Bool(a >= b), true, nil
	}
	switch op.Plain() {
	case OpOr:
		return Int(a | b), true, nil
	case OpXor:
		return Int(a ^ b), true, nil
	case OpAnd:
		return Int(a & b), true, nil
	case OpLshift:
		if b < 0 {
			return Null, false, Raise(ValueError, "negative shift count")
		}
		if b < 64 {
			if r := a << uint(b); r>>uint(b) == a {
				return Int(r), true, nil
			}
		}
		return Int(0), a == 0, nil
	case OpRshift:
		if b < 0 {
			return Null, false, Raise(ValueError, "negative shift count")
		}
		return Int(a >> uint(min(b, 63))), true, nil
	case OpAdd:
		r := a + b
		return Int(r), (r > a) == (b > 0), nil
	case OpSubtract:
		r := a - b
		return Int(r), (r < a) == (b > 0), nil
	case OpMultiply:
		r, ok := MulInt(a, b)
		return Int(r), ok, nil
	case OpFloorDivide:
		if b == 0 {
			return Null, false, errZeroDiv()
		}
		return Int(FloorDiv(a, b)), b != -1 || a != -a || a == 0, nil
	case OpTrueDivide:
		if b == 0 {
			return Null, false, errZeroDiv()
		}
		return Float(float64(a) / float64(b)), true, nil
	case OpModulo:
		if b == 0 {
			return Null, false, errZeroDiv()
		}
		return Int(FloorMod(a, b)), true, nil
	case OpPower:
		if b < 0 {
			return Null, false, nil
		}
		return powSmall(a, b)
	case OpDivmod:
		if b == 0 {
			return Null, false, errZeroDiv()
		}
		if b == -1 {
			return Null, false, nil
		}
		return NewTuple(Int(FloorDiv(a, b)), Int(FloorMod(a, b))), true, nil
	}
	return Null, false, nil
}

func powSmall(a, b int64) (Value, bool, error) {
	r := int64(1)
	for ok := true; b > 0; {
		if b&1 != 0 {
			if r, ok = MulInt(r, a); !ok {
				return Null, false, nil
			}
		}
		if b == 1 {
			break
		}
		b >>= 1
		if a, ok = MulInt(a, a); !ok {
			return Null, false, nil
		}
	}
	return Int(r), true, nil
}

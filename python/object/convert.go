package object

import (
	"math"
	"math/big"
)

// ToInt converts v to a 64-bit integer where MicroPython would
// (mp_obj_get_int): an int, a bool, or an object with __int__. A number beyond
// 64 bits, and the least of 64 bits (mpz_as_int_checked), raises OverflowError.
func ToInt(t *Thread, v Value) (int64, error) {
	if v.IsInt() && v.Int() != math.MinInt64 || v.IsBool() {
		return v.Int(), nil
	}
	if v.Type() != IntType {
		r, err := Unary(t, OpInt, v)
		if err != nil {
			return 0, err
		}
		if r.IsInt() && r.Int() != math.MinInt64 {
			return r.Int(), nil
		}
	}
	return 0, Raise(OverflowError, "overflow converting long int to machine word")
}

// ToIntTruncated is ToInt that takes a large int modulo 2**64
// (mp_obj_get_int_truncated).
func ToIntTruncated(t *Thread, v Value) (int64, error) {
	if b, ok := v.AsBig(); ok {
		return TruncateBig(b.b), nil
	}
	if v.IsInt() {
		return v.Int(), nil
	}
	return ToInt(t, v)
}

// TruncateBig returns b modulo 2**64 as a signed number.
func TruncateBig(b *big.Int) int64 {
	if b.Sign() >= 0 {
		return int64(new(big.Int).And(b, maxUint64).Uint64())
	}
	x := new(big.Int).And(new(big.Int).Neg(b), maxUint64)
	return -int64(x.Uint64())
}

var maxUint64 = new(big.Int).SetUint64(^uint64(0))

// IntMaybe returns the value of an int or a bool; ok is false for any other
// type. A number beyond 64 bits raises OverflowError.
func IntMaybe(v Value) (n int64, ok bool, err error) {
	if v.IsInt() && v.Int() != math.MinInt64 || v.IsBool() {
		return v.Int(), true, nil
	}
	if v.Type() == IntType {
		return 0, true, Raise(OverflowError, "overflow converting long int to machine word")
	}
	return 0, false, nil
}

// FloatMaybe returns the value of a float, an int or a bool.
func FloatMaybe(v Value) (float64, bool) {
	switch {
	case v.IsFloat():
		return v.Float(), true
	case v.IsInt() || v.IsBool():
		return float64(v.Int()), true
	}
	if b, ok := v.AsBig(); ok {
		return bigFloat(b.b), true
	}
	return 0, false
}

// ToFloat converts v to a float (mp_obj_get_float).
func ToFloat(v Value) (float64, error) {
	f, ok := FloatMaybe(v)
	if !ok {
		return 0, Raisef(TypeError, "can't convert %s to float", v.TypeName())
	}
	return f, nil
}

// Items returns the items of a tuple or a list without copying
// (mp_obj_get_array).
func Items(v Value) ([]Value, error) {
	switch v.Type().Kind {
	case KindTuple:
		return (*Tuple)(v.p).Items, nil
	case KindList:
		return (*List)(v.p).Items, nil
	}
	return nil, Raisef(TypeError, "object '%s' isn't a tuple or list", v.TypeName())
}

// Index converts an index into a sequence of n items (mp_get_index): negative
// ones count from the end. With slice set, it is cut to 0..n instead of
// failing.
func Index(typ *Type, n int, index Value, slice bool) (int, error) {
	i, ok, err := IntMaybe(index)
	if err != nil {
		return 0, err
	}
	if !ok {
		return 0, Raisef(TypeError, "%s indices must be integers, not %s", typ.Name, index.TypeName())
	}
	if i < 0 {
		i += int64(n)
	}
	if slice {
		return int(min(max(i, 0), int64(n))), nil
	}
	if i < 0 || i >= int64(n) {
		return 0, Raisef(IndexError, "%s index out of range", typ.Name)
	}
	return int(i), nil
}

// StrMaybe returns the text of a str; ok is false for any other type.
func StrMaybe(v Value) (string, bool) {
	s, ok := v.AsStr()
	if !ok {
		return "", false
	}
	return s.s, true
}

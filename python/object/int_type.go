package object

import (
	"math"
	"math/big"
	"math/bits"

	"qpy/python/bigint"
	"qpy/python/text"
)

// The type int (py/objint.c): construction, printing, from_bytes, to_bytes.
// Its operators are in int_ops.go.

// smallMax is the largest int that MicroPython keeps in an object word of 64
// bits. Beyond it the firmware's ints are long integers, which some functions
// do not take.
const smallMax = 1<<62 - 1

// fitsWord reports whether v is an int that MicroPython keeps in an object
// word.
func fitsWord(v Value) bool {
	return v.IsInt() && v.Int() <= smallMax && v.Int() >= -smallMax-1
}

// isInt reports whether v is an int of any size; a bool is none.
func isInt(v Value) bool { return v.Type() == IntType }

func init() {
	IntType.New = intNew
	IntType.Print = func(t *Thread, w *Printer, self Value, kind PrintKind) error {
		var buf [24]byte
		if self.IsInt() {
			return w.write(text.AppendInt(buf[:0], self.Int()))
		}
		digits, err := t.digits((*BigInt)(self.p).b, 10)
		if err != nil {
			return err
		}
		return w.write(digits)
	}
	IntType.Visit = func(self Value, f func(Value)) int {
		if b, ok := self.AsBig(); ok {
			return bigSize(b.b)
		}
		return 0
	}
	DefineLater(func() {
		IntType.Define("from_bytes", NewClassMethod(FuncVar("from_bytes", 3, 4, intFromBytes)))
		IntType.Define("to_bytes", FuncVar("to_bytes", 3, 4, intToBytes))
	}, IntType)
	DefineBuiltin("int", IntType.Value())
}

// digits is a long integer in base 2, 8, 10 or 16.
func (t *Thread) digits(x *big.Int, base int) ([]byte, error) {
	// A byte for each digit, which has three bits or a little more in decimal.
	if err := t.Alloc(x.BitLen()/(bits.Len(uint(base))-1) + 2); err != nil {
		return nil, err
	}
	return bigint.Append(nil, x, base, t.Work)
}

// write writes bytes; see Str.
func (w *Printer) write(p []byte) error {
	if w.out != nil {
		return w.out(string(p))
	}
	var err error
	if w.buf, err = w.t.Grow(w.buf, len(p)); err == nil {
		w.buf = append(w.buf, p...)
	}
	return err
}

func intNew(t *Thread, typ *Type, args, kw []Value) (Value, error) {
	if err := CheckNum(args, kw, 0, 2, false); err != nil {
		return Null, err
	}
	if len(args) == 0 {
		return Int(0), nil
	}
	v := args[0]
	if len(args) == 1 {
		switch v.Type().Kind {
		case KindInt:
			return v, nil
		case KindStr, KindBytes:
			return ParseInt(t, v, 0)
		case KindFloat:
			return IntFromFloat(v.Float())
		}
		return Unary(t, OpInt, v)
	}
	if _, ok := textOf(v); !ok {
		return Null, errImplicit(v)
	}
	base, err := ToInt(t, args[1])
	if err != nil {
		return Null, err
	}
	// The base is a C int.
	return ParseInt(t, v, int(int32(base)))
}

// ParseInt reads the int written in v, a str or bytes, in a base of 2 to 36 or
// 0 for the base its prefix tells (int(v, base)).
func ParseInt(t *Thread, v Value, base int) (Value, error) {
	s, _ := textOf(v)
	if len(s) > 64 {
		if err := t.Alloc(len(s)); err != nil {
			return Null, err
		}
	}
	n, wide, err := text.ParseIntBy(s, base, func(digits string, base int) (*big.Int, error) {
		return bigint.Parse(digits, base, t.Work)
	})
	if err != nil {
		return Null, raiseText(err)
	}
	if wide != nil {
		return NewBig(wide), nil
	}
	return Int(n), nil
}

// IntFromFloat returns the int that f has before its point
// (mp_obj_new_int_from_float). It fails with OverflowError for infinities and
// ValueError for NaN.
func IntFromFloat(f float64) (Value, error) {
	switch {
	case f >= -(1<<63) && f < 1<<63:
		return Int(int64(f)), nil
	case f != f:
		return Null, Raise(ValueError, "can't convert NaN to int")
	case math.IsInf(f, 0):
		return Null, Raise(OverflowError, "can't convert inf to int")
	}
	b, _ := new(big.Float).SetFloat64(f).Int(nil)
	return NewBig(b), nil
}

// bigFloat converts b to a float as mpz_as_float does: 32 bits at a time from
// the top, each step rounded.
func bigFloat(b *big.Int) float64 {
	f := 0.0
	for i := (b.BitLen()+31)/32 - 1; i >= 0; i-- {
		f = float64(f*(1<<32)) + float64(digit32(b.Bits(), i))
	}
	if b.Sign() < 0 {
		return -f
	}
	return f
}

// digit32 returns the i-th group of 32 bits of a number.
func digit32(words []big.Word, i int) uint32 {
	if wordBits == 64 {
		return uint32(words[i/2] >> (32 * uint(i%2)))
	}
	return uint32(words[i])
}

const wordBits = 32 << (^big.Word(0) >> 63)

// intFloat converts an int of any size to a float.
func intFloat(v Value) float64 {
	if v.IsInt() {
		return float64(v.Int())
	}
	return bigFloat((*BigInt)(v.p).b)
}

// isLittle reports whether v is the str "little"; anything else means big
// endian to from_bytes and to_bytes.
func isLittle(v Value) bool {
	s, ok := v.AsStr()
	return ok && s.s == "little"
}

func intFromBytes(t *Thread, args []Value) (Value, error) {
	buf, err := GetBuffer(t, args[1], false)
	if err != nil {
		return Null, err
	}
	data := buf.Data
	if len(data) > 64 {
		if err := t.Alloc(len(data)); err != nil {
			return Null, err
		}
	}
	if isLittle(args[2]) {
		data = make([]byte, len(buf.Data))
		for i, c := range buf.Data {
			data[len(data)-1-i] = c
		}
	}
	return NewBig(new(big.Int).SetBytes(data)), nil
}

func intToBytes(t *Thread, args []Value) (Value, error) {
	n, err := ToInt(t, args[1])
	if err != nil {
		return Null, err
	}
	if n < 0 {
		return Null, RaiseArgs(ValueError)
	}
	if err := t.allocText(n); err != nil {
		return Null, err
	}
	data := make([]byte, n)
	putInt(data, args[0], !isLittle(args[2]))
	return NewBytes(ownText(data)), nil
}

// putInt writes the low bytes of an int as two's complement. A negative number
// is extended with its sign to whole words only and with zeros beyond, as
// mpz_as_bytes and mp_binary_set_int do.
func putInt(dst []byte, v Value, bigEndian bool) {
	put := func(i int, c byte) {
		if bigEndian {
			i = len(dst) - 1 - i
		}
		dst[i] = c
	}
	if v.IsInt() {
		x := uint64(v.Int())
		for i := 0; i < len(dst) && i < 8; i++ {
			put(i, byte(x>>(8*uint(i))))
		}
		return
	}
	b := (*BigInt)(v.p).b
	carry := uint16(1)
	for i := range min(len(dst), (b.BitLen()+31)/32*4) {
		c := byte(digit32(b.Bits(), i/4) >> (8 * uint(i%4)))
		if b.Sign() < 0 {
			carry += uint16(^c)
			c = byte(carry)
			carry >>= 8
		}
		put(i, c)
	}
}

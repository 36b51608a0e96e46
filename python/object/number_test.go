package object

import (
	"math"
	"math/big"
	"math/rand"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func bigVal(s string) Value {
	b, ok := new(big.Int).SetString(s, 0)
	if !ok {
		panic(s)
	}
	return NewBig(b)
}

func TestNumberOperators(t *testing.T) {
	th := newThread()
	huge := bigVal("0x400000000000000000") // 1 << 70
	for _, c := range []struct {
		op   BinaryOp
		a, b Value
		want string
	}{
		{OpAdd, Int(math.MaxInt64), Int(1), "9223372036854775808"},
		{OpMultiply, Int(1 << 40), Int(1 << 40), "1208925819614629174706176"},
		{OpSubtract, huge, huge, "0"},
		{OpFloorDivide, huge, Int(-3), "-393530540239137101142"},
		{OpModulo, huge, Int(-3), "-2"},
		{OpDivmod, huge, Int(7), "(168655945816773043346, 2)"},
		{OpMatMultiply, huge, Int(3), "(393530540239137101141, 1)"},
		{OpMatMultiply, Int(1), Int(3), "TypeError: unsupported types for __matmul__: 'int', 'int'"},
		{OpFloorDivide, Int(math.MinInt64), Int(-1), "9223372036854775808"},
		{OpLshift, huge, Int(-1), "ValueError: negative shift count"},
		{OpLshift, Int(-1), Int(70), "-1180591620717411303424"},
		{OpRshift, bigVal("-0x400000000000000001"), Int(1), "-590295810358705651713"},
		{OpRshift, huge, huge, "OverflowError: overflow converting long int to machine word"},
		{OpRshift, huge, Int(1000), "0"},
		{OpAnd, bigVal("-0x400000000000000000"), Int(-1), "-1180591620717411303424"},
		{OpAnd, bigVal("-0x400000000000000001"), Int(0xff), "255"},
		{OpAnd, Int(1<<40 - 1), bigVal("0x400000123456789abcde"), "371390594270"},
		{OpPower, Int(3), Int(50), "717897987691852588770249"},
		{OpPower, huge, Int(-1), "8.470329472543003e-22"},
		{OpPower, Int(0), Int(-1), "ZeroDivisionError: divide by zero"},
		{OpPower, Int(-1), huge, "1"},
		{OpTrueDivide, huge, Int(0), "ZeroDivisionError: divide by zero"},
		{OpTrueDivide, huge, Int(2), "5.902958103587057e+20"},
		{OpLess, Int(1), huge, "True"},
		{OpEqual, huge, Float(1 << 70), "True"},
		{OpAdd, huge, None, "TypeError: unsupported types for __add__: 'int', 'NoneType'"},
		{OpAdd, huge, True, "1180591620717411303425"},
		{OpMultiply, huge, str("a"), "OverflowError: overflow converting long int to machine word"},
		{OpFloorDivide, Float(1.5), Int(0), "ZeroDivisionError: divide by zero"},
		{OpModulo, Float(5), Int(-3), "-1.0"},
		{OpDivmod, Float(-5.5), Int(2), "(-3.0, 0.5)"},
		{OpPower, Float(-8), Float(1.0 / 3), "(1+1.732050807568877j)"},
		{OpPower, Float(0), Int(-1), "ZeroDivisionError: divide by zero"},
		{OpPower, Int(2), Float(0.5), "1.414213562373095"},
		{OpOr, Float(1.5), Int(2), "TypeError: unsupported types for __or__: 'float', 'int'"},
		{OpLess, Float(1.5), str("a"), "TypeError: unsupported types for __lt__: 'float', 'str'"},
		{OpLess, Float(1.5), NewComplex(0, 1), "TypeError: unsupported types for __lt__: 'float', 'complex'"},
		{OpFloorDivide, NewComplex(0, 1), Int(2), "TypeError: can't truncate-divide a complex number"},
		{OpModulo, NewComplex(0, 1), Int(2), "TypeError: unsupported types for __mod__: 'complex', 'int'"},
		{OpTrueDivide, NewComplex(0, 1), Int(0), "ZeroDivisionError: complex divide by zero"},
		{OpPower, NewComplex(0, 0), Int(-1), "ZeroDivisionError: 0.0 to a complex power"},
		{OpPower, NewComplex(1, 2), Int(2), "(-3+4.000000000000002j)"},
		{OpMultiply, Int(2), NewComplex(1, -1), "(2-2j)"},
		{OpTrueDivide, NewComplex(1, 2), NewComplex(3, -1), "(0.1+0.7j)"},
		{OpEqual, NewComplex(2, 0), Int(2), "True"},
		{OpAdd, True, Float(1.5), "2.5"},
	} {
		v, err := Binary(th, c.op, c.a, c.b)
		assert.Equal(t, c.want, answer(t, th, v, err), "%v op %d %v", answer(t, th, c.a, nil), c.op, answer(t, th, c.b, nil))
	}
}

func TestNumberUnary(t *testing.T) {
	th := newThread()
	for _, c := range []struct {
		op   UnaryOp
		v    Value
		want string
	}{
		{OpNegative, Int(math.MinInt64), "9223372036854775808"},
		{OpAbs, Int(math.MinInt64), "9223372036854775808"},
		{OpAbs, bigVal("-0x400000000000000000"), "1180591620717411303424"},
		{OpInvert, bigVal("0x400000000000000000"), "-1180591620717411303425"},
		{OpInvert, Float(1.5), "TypeError: unsupported type for __invert__: 'float'"},
		{OpHash, bigVal("0x400000000000000000"), "0"},
		{OpHash, Float(1.5), "1"},
		{OpHash, Float(math.Inf(1)), "0"},
		{OpHash, NewComplex(0, 1), "1"},
		{OpAbs, NewComplex(3, 4), "5.0"},
		{OpHash, NewByteArray(nil), "TypeError: unsupported type for __hash__: 'bytearray'"},
	} {
		v, err := Unary(th, c.op, c.v)
		assert.Equal(t, c.want, answer(t, th, v, err), "op %d %v", c.op, answer(t, th, c.v, nil))
	}
}

func TestNumberConstructors(t *testing.T) {
	th := newThread()
	for _, c := range []struct {
		typ  *Type
		args []Value
		want string
	}{
		{IntType, []Value{str("1"), str("2")}, "TypeError: can't convert str to int"},
		{IntType, []Value{Int(1), Int(2)}, "TypeError: can't convert 'int' object to str implicitly"},
		{IntType, []Value{byt("12")}, "12"},
		{IntType, []Value{NewByteArray([]byte("1"))}, "TypeError: can't convert bytearray to int"},
		{IntType, []Value{Float(1.5e30)}, "1499999999999999889089448902656"},
		{IntType, []Value{Float(-2.9)}, "-2"},
		{IntType, []Value{Float(math.NaN())}, "ValueError: can't convert NaN to int"},
		{IntType, []Value{Float(math.Inf(-1))}, "OverflowError: can't convert inf to int"},
		{IntType, []Value{str("inf")}, "ValueError: invalid syntax for integer with base 10: 'inf'"},
		{IntType, []Value{None}, "TypeError: can't convert NoneType to int"},
		{IntType, []Value{True}, "1"},
		{IntType, []Value{str("ff"), Int(16)}, "255"},
		{FloatType, []Value{byt("1.5")}, "1.5"},
		{FloatType, []Value{None}, "TypeError: can't convert NoneType to float"},
		{FloatType, []Value{str("x")}, "ValueError: invalid syntax for number"},
		{ComplexType, []Value{str("1+2j")}, "ValueError: invalid syntax for number"},
		{ComplexType, []Value{str("2j")}, "2j"},
		{ComplexType, []Value{Int(1), NewComplex(0, 2)}, "(-1+0j)"},
		{ComplexType, []Value{None}, "TypeError: can't convert NoneType to float"},
	} {
		v, err := c.typ.New(th, c.typ, c.args, nil)
		assert.Equal(t, c.want, answer(t, th, v, err), "%s %v", c.typ.Name, c.args)
	}
}

func TestIntBytes(t *testing.T) {
	th := newThread()
	neg := bigVal("-0x400000000000000000")
	assert.Equal(t, `b'\x00\x00\xff\xff\xff\xff\xff\xff\xff\xfb'`, call(t, th, Int(-5), "to_bytes", Int(10), str("big")))
	assert.Equal(t, `b'\x00@\x00\x00\x00\x00\x00\x00\x00\x00'`, call(t, th, bigVal("0x400000000000000000"), "to_bytes", Int(10), str("big")))
	assert.Equal(t, `b'\x00\x00\x00\x00\x00\x00\x00\x00\xc0\xff\xff\xff'`, call(t, th, neg, "to_bytes", Int(12), str("little")))
	assert.Equal(t, "ValueError", call(t, th, Int(5), "to_bytes", Int(-1), str("big")))
	assert.Equal(t, "TypeError: function missing 1 required positional arguments", call(t, th, Int(5), "to_bytes", Int(2)))
	assert.Equal(t, "258", call(t, th, IntType.Value(), "from_bytes", byt("\x01\x02"), str("big")))
	assert.Equal(t, "25185", call(t, th, IntType.Value(), "from_bytes", str("ab"), str("little")))
	assert.Equal(t, "340282366920938463463374607431768211455", call(t, th, Int(0), "from_bytes", byt("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"), str("big")))
}

func TestPow3(t *testing.T) {
	th := newThread()
	for _, c := range []struct {
		base, exp, mod Value
		want           string
	}{
		{Int(3), Int(100), Int(7), "4"},
		{Int(3), Int(-1), Int(7), "0"},
		{Int(-3), Int(3), Int(-7), "-6"},
		{Int(-3), Int(3), Int(7), "1"},
		{Int(2), Int(0), Int(1), "0"},
		{Int(2), Int(0), Int(5), "1"},
		{Int(3), Int(1), Int(0), "ZeroDivisionError: divide by zero"},
		{Float(3), Int(1), Int(2), "TypeError: pow() with 3 arguments requires integers"},
	} {
		v, err := Pow3(th, c.base, c.exp, c.mod)
		assert.Equal(t, c.want, answer(t, th, v, err))
	}
}

// Division and remainder fit together for every sign and size.
func TestFloorDivisionHolds(t *testing.T) {
	th := newThread()
	r := rand.New(rand.NewSource(3))
	number := func() Value {
		b := new(big.Int).Rand(r, new(big.Int).Lsh(big.NewInt(1), uint(r.Intn(150)+1)))
		if r.Intn(2) == 0 {
			b.Neg(b)
		}
		return NewBig(b)
	}
	for range 2000 {
		a, b := number(), number()
		if b == Int(0) {
			continue
		}
		q, err := Binary(th, OpFloorDivide, a, b)
		require.NoError(t, err)
		m, err := Binary(th, OpModulo, a, b)
		require.NoError(t, err)
		toBig := func(v Value) *big.Int { return operand(v, new(big.Int)) }
		x, y, z := toBig(a), toBig(b), toBig(m)
		back := new(big.Int).Mul(toBig(q), y)
		assert.Zero(t, back.Add(back, z).Cmp(x))
		assert.True(t, z.Sign() == 0 || z.Sign() == y.Sign())
		assert.Negative(t, z.CmpAbs(y))
	}
}

func TestLargeIntsBecomeFloatsByRoundedSteps(t *testing.T) {
	assert.Equal(t, 0.0, bigFloat(new(big.Int)))
	assert.Equal(t, math.Ldexp(1, 100), bigFloat(new(big.Int).Lsh(big.NewInt(1), 100)))
	assert.True(t, math.IsInf(bigFloat(new(big.Int).Lsh(big.NewInt(-1), 3000)), -1))
}

func TestIntTextIsExact(t *testing.T) {
	th := newThread()
	assert.Equal(t, "1180591620717411303424", answer(t, th, bigVal("0x400000000000000000"), nil))
	v, err := Percent(th, "%#x", bigVal("-0x400000000000000000"))
	assert.Equal(t, "'-0x400000000000000000'", answer(t, th, v, err))
	v, err = Format(th, "{:#b}", Int(5))
	assert.Equal(t, "'0b101'", answer(t, th, v, err))
}

func TestHashesFitAnObjectsWord(t *testing.T) {
	p := Generic()
	in64 := NewInterp(p)
	p.WordBits = 32
	in32 := NewInterp(p)
	assert.EqualValues(t, 5, in32.hashWord(5))
	assert.EqualValues(t, 0xfffffffb, in32.hashWord(-5))
	assert.EqualValues(t, 0xffffffff, in32.hashWord(1<<31-1), "bit 30 is the sign")
	assert.EqualValues(t, 0, in32.hashWord(1<<31))
	assert.EqualValues(t, uint64(math.MaxUint64), in64.hashWord(1<<63-1))
	assert.EqualValues(t, 1<<61, in64.hashWord(1<<61))
}

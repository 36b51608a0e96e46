package text_test

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/python/text"
)

func floatFromBits(b uint64) float64 { return math.Float64frombits(b) }

func hex16(f float64) string {
	s := strconv.FormatUint(math.Float64bits(f), 16)
	return strings.Repeat("0", 16-len(s)) + s
}

func TestFloatReprKnownCases(t *testing.T) {
	for f, want := range map[float64]string{
		0.1 + 0.2: "0.3", 1.0 / 3: "0.3333333333333333", 1: "1.0", 100000: "100000.0",
		1e16: "1e+16", 1e-5: "1e-05", -2.5: "-2.5", 1e300: "1e+300", math.Inf(-1): "-inf",
		123456789012345678: "1.234567890123457e+17",
	} {
		assert.Equal(t, want, string(text.AppendFloatRepr(nil, f)))
	}
	assert.Equal(t, "nan", string(text.AppendFloatRepr(nil, -math.NaN())))
	assert.Equal(t, "-0.0", string(text.AppendFloatRepr(nil, math.Copysign(0, -1))))
}

func TestComplexRepr(t *testing.T) {
	for _, c := range []struct {
		re, im float64
		want   string
	}{{1, 2, "(1+2j)"}, {0, 1, "1j"}, {-1, -0.5, "(-1-0.5j)"}, {1, math.NaN(), "(1+nanj)"}, {1, math.Inf(-1), "(1-infj)"}} {
		assert.Equal(t, c.want, string(text.AppendComplexRepr(nil, c.re, c.im)))
	}
}

func TestPrecisionIsCutToTheBuffer(t *testing.T) {
	for _, format := range []byte("eEfFgG") {
		for _, prec := range []int{20, 40, 1 << 30, math.MaxInt} {
			for _, f := range []float64{0, 5e-324, 1e-9, 0.999999999999, 1, 9.9999999999999, 1e22, math.MaxFloat64} {
				got := text.AppendFloat(nil, -f, format, prec, 0)
				assert.Less(t, len(got), 32, "%c %d %g: %s", format, prec, f, got)
			}
		}
	}
}

func TestParseDecimalImaginary(t *testing.T) {
	f, imag, err := text.ParseDecimal("1.5j", true)
	require.NoError(t, err)
	assert.True(t, imag)
	assert.Equal(t, 1.5, f)
	_, _, err = text.ParseDecimal("1j", false)
	assert.EqualError(t, err, "ValueError: invalid syntax for number")
}

func TestIntFieldsOfEverySize(t *testing.T) {
	for _, v := range []int64{0, 1, -1, 9, 10, 99, 100, math.MaxInt64, math.MinInt64} {
		assert.Equal(t, strconv.FormatInt(v, 10), string(text.AppendInt(nil, v)))
		for _, base := range []int{2, 8, 10, 16} {
			got := text.AppendIntField(nil, v, nil, base, 'a', 0, 0, 0, 0)
			assert.Equal(t, strconv.FormatInt(v, base), string(got))
			assert.Equal(t, strconv.FormatInt(v, base), string(text.AppendIntField(nil, 0, big.NewInt(v).Append(nil, base), base, 'a', 0, 0, 0, 0)))
		}
	}
	huge := new(big.Int).Lsh(big.NewInt(-0xABC), 80)
	got := text.AppendIntField(nil, 0, huge.Append(nil, 16), 16, 'A', text.ShowPrefix, ' ', 30, 0)
	assert.Equal(t, "    -0XABC"+strings.Repeat("0", 20), string(got))
}

func TestPercentWithDictAndBytes(t *testing.T) {
	dict := args{map[string]int{"k": 1}, 42}
	a := dictArgs{dict}
	got, err := text.AppendPercent(nil, "%(k)d %(k)5s|", false, a)
	require.NoError(t, err)
	assert.Equal(t, "42    42|", string(got))
	for pattern, want := range map[string]string{
		"%(z)s": "KeyError: z",
		"%(k":   "ValueError: incomplete format key",
		"%(k)":  "ValueError: incomplete format",
		"none":  "TypeError: format string didn't convert all arguments",
	} {
		_, err := text.AppendPercent(nil, pattern, false, a)
		assert.EqualError(t, err, want, pattern)
	}
	got, err = text.AppendPercent(nil, "%s %r %.1s", true, args{[]byte("x"), []byte("x"), []byte("yz")})
	require.NoError(t, err)
	assert.Equal(t, "x b'x' y", string(got))
	got, err = text.AppendPercent(nil, "%s", false, args{[]byte("x")})
	require.NoError(t, err)
	assert.Equal(t, "b'x'", string(got))
}

// dictArgs is the argument list of % with a dict: that dict alone.
type dictArgs struct{ args }

func (d dictArgs) Len() int { return 1 }

func TestLargePaddingAsksForRoom(t *testing.T) {
	_, err := text.AppendPercent(nil, "%2000000000d", false, args{1})
	assert.ErrorIs(t, err, errRoom)
	_, err = text.AppendFormat(nil, "{:2000000000}", args{1})
	assert.ErrorIs(t, err, errRoom)
}

func TestNestedSpecificationsEnd(t *testing.T) {
	deep := strings.Repeat("{:", 10000) + strings.Repeat("}", 10000)
	a := make(args, 10000)
	_, err := text.AppendFormat(nil, deep, a)
	assert.EqualError(t, err, "RuntimeError: maximum recursion depth exceeded")
}

func TestReprOfStr(t *testing.T) {
	for in, want := range map[string]string{
		"":                  `''`,
		"it's":              `"it's"`,
		`"'`:                `'"\''`,
		"a\\\n\r\t\x00\x7f": `'a\\\n\r\t\x00\x7f'`,
		"é中😀":               `'\xe9\u4e2d\U0001f600'`,
		"a\x80b":            `'ab'`, // a stray byte belongs to the character before it
		"\x80\xc3":          `'\x00\x03'`,
	} {
		assert.Equal(t, want, string(text.AppendStrRepr(nil, in)), "%q", in)
	}
	assert.Equal(t, `b'\xe4\'"\n'`, string(text.AppendBytesRepr(nil, "\xe4'\"\n")))
	assert.Equal(t, `"a\"\\\n\u0001é"`, string(text.AppendJSONString(nil, "a\"\\\n\x01é")))
}

func TestUTF8Indexing(t *testing.T) {
	s := "aé中😀" + strings.Repeat("x", 40) + "é!"
	runes := []rune(s)
	require.Equal(t, len(runes), text.CharCount(s))
	for i, r := range runes {
		off, ok := text.CharOffset(s, i)
		require.True(t, ok)
		assert.Equal(t, uint32(r), text.CharAt(s, off))
		assert.Equal(t, i, text.CharIndex(s, off))
		back, ok := text.CharOffset(s, i-len(runes))
		require.True(t, ok)
		assert.Equal(t, off, back)
		assert.Equal(t, len(string(r)), text.CharWidth(s[off]))
		assert.Equal(t, string(r), string(text.AppendChar(nil, uint32(r))))
	}
	off, ok := text.CharOffset(s, len(runes))
	assert.False(t, ok)
	assert.Equal(t, len(s), off)
	off, ok = text.CharOffset(s, -len(runes)-1)
	assert.False(t, ok)
	assert.Zero(t, off)
	_, ok = text.CharOffset("", 0)
	assert.False(t, ok)
}

func TestValidUTF8(t *testing.T) {
	for s, want := range map[string]bool{
		"": true, "aé中😀": true, "\x80": false, "\xc3": false, "\xc3a": false,
		"\xed\xa0\x80": true, "\xc0\x80": true, "\xf8\x80\x80\x80\x80": false, "\xe4\xb8": false,
	} {
		assert.Equal(t, want, text.ValidUTF8(s), "%q", s)
	}
	assert.True(t, text.IsASCII("plain text of some length"))
	assert.False(t, text.IsASCII("plain text of som\u00e9 length"))
	assert.False(t, text.IsASCII("\u00e9"))
}

func TestCharClassesKnowASCIIOnly(t *testing.T) {
	for c := range 256 {
		b := byte(c)
		ascii := c < 128
		assert.Equal(t, ascii && strings.ContainsRune(" \t\n\v\f\r", rune(c)), text.IsSpace(b), "%q", b)
		assert.Equal(t, '0' <= c && c <= '9', text.IsDigit(b))
		assert.Equal(t, text.IsUpper(b) || text.IsLower(b), text.IsAlpha(b))
		assert.Equal(t, text.IsAlpha(b) || text.IsDigit(b) || b == '_', text.IsIdent(b))
		if text.IsHexDigit(b) {
			v, err := strconv.ParseUint(string(rune(c)), 16, 8)
			require.NoError(t, err)
			assert.Equal(t, byte(v), text.HexValue(b))
		}
		if text.IsLower(b) {
			assert.Equal(t, b, text.ToLower(text.ToUpper(b)))
			assert.NotEqual(t, b, text.ToUpper(b))
		} else {
			assert.Equal(t, b, text.ToUpper(b))
		}
	}
}

func TestHashes(t *testing.T) {
	assert.EqualValues(t, 5381, text.HashString("", 2))
	assert.EqualValues(t, 5381&0xFF, text.HashString("", 1))
	assert.EqualValues(t, (5381*33^'a')&0xFFFF, text.HashString("a", 2))
	assert.EqualValues(t, -5, text.HashInt(-5))
	assert.EqualValues(t, 0, text.HashInt(math.MinInt64), "the top bit does not fit an object word")
	assert.EqualValues(t, -2, text.HashFloat(-2.9))
	assert.EqualValues(t, 0, text.HashFloat(math.NaN()))
	assert.EqualValues(t, 0, text.HashFloat(1e300))
	huge := new(big.Int).Lsh(big.NewInt(1), 100)
	assert.EqualValues(t, 7, text.HashBigInt(new(big.Int).Add(huge, big.NewInt(7))))
	assert.EqualValues(t, -7, text.HashBigInt(new(big.Int).Neg(new(big.Int).Add(huge, big.NewInt(7)))))
	assert.EqualValues(t, 0, text.HashBigInt(new(big.Int)))
}

func TestNoHashOfTextIsZero(t *testing.T) {
	var zero string
	for i := 0; zero == ""; i++ {
		s := strconv.Itoa(i)
		h := uint64(5381)
		for _, c := range []byte(s) {
			h = h*33 ^ uint64(c)
		}
		if h&0xFF == 0 {
			zero = s
		}
	}
	assert.EqualValues(t, 1, text.HashString(zero, 1))
}

func TestTableGrowth(t *testing.T) {
	var sizes []int
	for n := 0; n < 100; {
		n = text.TableSize(n + 1)
		sizes = append(sizes, n)
	}
	assert.Equal(t, []int{2, 4, 6, 8, 10, 12, 17, 23, 29, 37, 47, 59, 73, 97, 127}, sizes)
	assert.Equal(t, 82363, text.TableSize(54908))
}

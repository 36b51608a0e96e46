package libm_test

import (
	"math"
	"math/rand"
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy/python/libm"
)

// Digits are from tables of high precision, for arguments that are doubles.
func TestKnownValues(t *testing.T) {
	for _, c := range []struct{ got, want float64 }{
		{libm.Sin(1), 0.841470984807896506652502},
		{libm.Cos(1), 0.540302305868139717400936},
		{libm.Tan(1), 1.557407724654902230506975},
		{libm.Sin(0.5), 0.479425538604203000273288},
		{libm.Sin(1e22), -0.852200849767188801772},
		{libm.Cos(1e22), 0.523214785395138945497},
		{libm.Sin(math.Pi), 1.22464679914735317636e-16},
		{libm.Cos(math.Pi / 2), 6.12323399573676588e-17},
		{libm.Atan(1), 0.785398163397448309615661},
		{libm.Atan(0.5), 0.463647609000806116214256},
		{libm.Atan(1e10), 1.5707963266948966},
		{libm.Asin(0.5), 0.523598775598298873077107},
		{libm.Asin(1), 1.57079632679489661923132},
		{libm.Acos(0.5), 1.04719755119659774615421},
		{libm.Acos(-1), 3.14159265358979323846264},
		{libm.Atan2(1, -1), 2.35619449019234492884698},
		{libm.Atan2(-3, -4), -2.49809154479650885165983},
		{libm.Sinh(1), 1.17520119364380145688238},
		{libm.Cosh(1), 1.54308063481524377847791},
		{libm.Tanh(1), 0.761594155955764888119458},
		{libm.Log2(10), 3.32192809488736234787032},
		{libm.Log10(1000), 3},
	} {
		assert.Equal(t, c.want, c.got)
	}
}

func TestFunctionsStayNearPackageMath(t *testing.T) {
	r := rand.New(rand.NewSource(5))
	for range 20000 {
		x := r.NormFloat64() * math.Pow(10, float64(r.Intn(8)-4))
		u := 2*r.Float64() - 1
		for _, f := range []struct {
			name      string
			x         float64
			got, want func(float64) float64
		}{
			{"sin", x, libm.Sin, math.Sin}, {"cos", x, libm.Cos, math.Cos},
			{"tan", u, libm.Tan, math.Tan}, {"atan", x, libm.Atan, math.Atan},
			{"asin", u, libm.Asin, math.Asin}, {"acos", u, libm.Acos, math.Acos},
			{"sinh", u * 20, libm.Sinh, math.Sinh}, {"cosh", u * 20, libm.Cosh, math.Cosh},
			{"tanh", x, libm.Tanh, math.Tanh}, {"asinh", x, libm.Asinh, math.Asinh},
			{"acosh", 1 + math.Abs(x), libm.Acosh, math.Acosh}, {"atanh", u, libm.Atanh, math.Atanh},
			{"log2", math.Abs(x), libm.Log2, math.Log2}, {"log10", math.Abs(x), libm.Log10, math.Log10},
		} {
			want := f.want(f.x)
			assert.InDelta(t, want, f.got(f.x), 4e-15*math.Max(1, math.Abs(want)), "%s(%v)", f.name, f.x)
		}
		y := r.NormFloat64()
		assert.InDelta(t, math.Atan2(y, x), libm.Atan2(y, x), 2e-15, "atan2(%v, %v)", y, x)
	}
}

func TestEdgesAreThoseOfC(t *testing.T) {
	inf, nan, negZero := math.Inf(1), math.NaN(), math.Copysign(0, -1)
	isNaN := func(f float64) { t.Helper(); assert.True(t, math.IsNaN(f)) }
	for _, f := range []func(float64) float64{libm.Sin, libm.Cos, libm.Tan, libm.Asin, libm.Acos, libm.Atanh} {
		isNaN(f(inf))
		isNaN(f(nan))
	}
	for _, f := range []func(float64) float64{libm.Sin, libm.Tan, libm.Atan, libm.Asin, libm.Sinh, libm.Tanh, libm.Asinh, libm.Atanh} {
		assert.True(t, math.Signbit(f(negZero)))
		assert.Equal(t, 5e-324, f(5e-324))
	}
	isNaN(libm.Acosh(0.5))
	isNaN(libm.Log2(-1))
	isNaN(libm.Log10(-1))
	assert.Equal(t, -inf, libm.Log2(0))
	assert.Equal(t, -inf, libm.Log10(0))
	assert.Equal(t, inf, libm.Sinh(711))
	assert.Equal(t, inf, libm.Cosh(-711))
	assert.Equal(t, inf, libm.Cosh(-inf))
	assert.Equal(t, -1.0, libm.Tanh(-inf))
	assert.Equal(t, inf, libm.Atanh(1))
	assert.Equal(t, -math.Pi/2, libm.Atan(-inf))
	assert.Equal(t, math.Pi, libm.Atan2(0, -1))
	assert.Equal(t, -math.Pi, libm.Atan2(-5e-324, -1e300))
	assert.Equal(t, math.Pi/2, libm.Atan2(1e300, 5e-324))
	assert.Equal(t, 3.0, libm.Log2(8))
	assert.Equal(t, -1074.0, libm.Log2(5e-324))
	assert.Zero(t, libm.Acosh(1))
	assert.Zero(t, libm.Acos(1))
}

func BenchmarkSin(b *testing.B) {
	s := 0.0
	for i := range b.N {
		s += libm.Sin(float64(i&1023) * 0.37)
	}
	if s != s {
		b.Fatal("no sum")
	}
}

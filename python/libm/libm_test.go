package libm_test

import (
	"math"
	"math/big"
	"math/rand"
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy/python/libm"
)

func TestPowersOfIntegersAreNearest(t *testing.T) {
	for base := int64(2); base < 40; base++ {
		for e := int64(2); e < 190; e++ {
			exact := new(big.Int).Exp(big.NewInt(base), big.NewInt(e), nil)
			want, _ := new(big.Float).SetInt(exact).Float64()
			if got := libm.Pow(float64(base), float64(e)); got != want {
				// Exactly between two doubles, either neighbour will do.
				mid := new(big.Float).SetPrec(200).Add(big.NewFloat(got), big.NewFloat(want))
				mid.Quo(mid, big.NewFloat(2))
				assert.Zero(t, mid.Cmp(new(big.Float).SetPrec(2000).SetInt(exact)), "%d ** %d", base, e)
			}
			inverse, _ := new(big.Rat).SetFrac(big.NewInt(1), exact).Float64()
			assert.Equal(t, inverse, libm.Pow(float64(base), float64(-e)), "%d ** -%d", base, e)
		}
	}
}

func TestRootsAreNearest(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 20000 {
		x := math.Ldexp(r.Float64()+0.5, r.Intn(2000)-1000)
		assert.Equal(t, math.Sqrt(x), libm.Pow(x, 0.5), "%v ** 0.5", x)
	}
}

func TestExpAndLogUndoEachOther(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	for range 20000 {
		x := r.NormFloat64() * 100
		assert.InEpsilon(t, math.Exp(x), libm.Exp(x), 1e-14)
		y := math.Abs(x)
		assert.InDelta(t, math.Log(y), libm.Log(y), 1e-14*math.Max(1, math.Abs(math.Log(y))))
	}
	// Digits from tables: e, 1/e, e**100, ln 2, ln 10.
	assert.Equal(t, 2.718281828459045235360287, libm.Exp(1))
	assert.Equal(t, 0.3678794411714423215955238, libm.Exp(-1))
	assert.Equal(t, 2.688117141816135448412625551580013587e43, libm.Exp(100))
	assert.Equal(t, 0.6931471805599453094172321, libm.Log(2))
	assert.Equal(t, 2.302585092994045684017991, libm.Log(10))
}

func TestSubnormalResultsAreRoundedOnce(t *testing.T) {
	for e := -1074; e <= -1000; e++ {
		assert.Equal(t, math.Ldexp(1, e), libm.Pow(2, float64(e)))
	}
	third, _ := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(3), big.NewInt(670), nil)).Float64()
	assert.Equal(t, third, libm.Pow(3, -670))
	assert.Zero(t, libm.Pow(10, -400))
	assert.Zero(t, libm.Exp(-800))
}

func TestSpecialCasesAreThoseOfC(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct{ x, y, want float64 }{
		{0, 0, 1}, {nan, 0, 1}, {1, nan, 1}, {-1, inf, 1}, {0, -1, inf}, {math.Copysign(0, -1), -3, -inf},
		{2, inf, inf}, {0.5, inf, 0}, {-inf, 3, -inf}, {inf, -1, 0}, {-2, 3, -8}, {-2, 2, 4}, {-2, -1, -0.5},
		{2, 1024, inf}, {-2, 1025, -inf}, {-1, 3, -1}, {-1, 1e300, 1}, {10, 308, 1e308}, {1.5, 1, 1.5},
	} {
		assert.Equal(t, c.want, libm.Pow(c.x, c.y), "%v ** %v", c.x, c.y)
	}
	assert.True(t, math.IsNaN(libm.Pow(-8, 1.0/3)))
	assert.True(t, math.IsNaN(libm.Pow(nan, 1)))
	assert.Equal(t, inf, libm.Exp(inf))
	assert.Equal(t, inf, libm.Exp(709.8))
	assert.Zero(t, libm.Exp(-inf))
	assert.True(t, math.IsNaN(libm.Exp(nan)))
	assert.Equal(t, -inf, libm.Log(0))
	assert.Equal(t, inf, libm.Log(inf))
	assert.True(t, math.IsNaN(libm.Log(-1)))
}

func BenchmarkPow(b *testing.B) {
	s := 0.0
	for i := range b.N {
		s += libm.Pow(1.5+float64(i&1023), 2.5)
	}
	if s == 0 {
		b.Fatal("no sum")
	}
}

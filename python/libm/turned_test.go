package libm

import (
	"math"
	"math/rand"
	"testing"

	"github.com/stretchr/testify/require"
)

// The short way must round as the long one does, bit for bit.
func TestShortSinesAgreeWithLongOnes(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	short := 0
	const n = 50000
	for i := range n {
		x := r.NormFloat64() * math.Ldexp(1, i%24)
		s, c := sinCosPair(x)
		require.Equal(t, s.hi+s.lo, Sin(x), "sin(%v)", x)
		require.Equal(t, c.hi+c.lo, Cos(x), "cos(%v)", x)
		if k, rest := reduce(x); k != 0 {
			if _, ok := turned(sines()[k], sines()[k+quarter], rest); ok {
				short++
			}
		}
	}
	require.Greater(t, short, n*9/10, "the short way is to be the usual one")
}

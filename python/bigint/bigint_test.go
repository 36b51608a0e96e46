package bigint

import (
	"errors"
	"math/big"
	"math/rand"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func free(int) error { return nil }

// number is a number of n words, more or less; long runs of ones and zeros in
// it make carries go far.
func number(r *rand.Rand, n int) *big.Int {
	w := make([]big.Word, n)
	for i := range w {
		switch r.Intn(4) {
		case 0:
			w[i] = ^big.Word(0)
		case 1:
			w[i] = big.Word(r.Uint64())
		default:
			if i > 0 {
				w[i] = w[i-1]
			}
		}
	}
	x := new(big.Int).SetBits(w)
	if r.Intn(2) == 0 {
		x.Neg(x)
	}
	return x
}

var sizes = []int{0, 1, 3, 70, leaf/2 - 1, leaf / 2, leaf, leaf + 1, 2*leaf - 1, 3 * leaf, 5*leaf + 7}

func TestAgainstMathBig(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for _, n := range sizes {
		for _, m := range sizes {
			x, y := number(r, n), number(r, m)
			var got, rest, want, wantRest big.Int
			require.NoError(t, Mul(&got, x, y, free))
			assert.Zero(t, want.Mul(x, y).Cmp(&got), "%d * %d words", n, m)
			if y.Sign() == 0 {
				continue
			}
			require.NoError(t, QuoRem(&got, &rest, x, y, free))
			want.QuoRem(x, y, &wantRest)
			assert.Zero(t, want.Cmp(&got), "%d // %d words", n, m)
			assert.Zero(t, wantRest.Cmp(&rest), "%d %% %d words", n, m)
			// A product and its neighbours make remainders of 0, 1 and y-1.
			var p big.Int
			for _, d := range []int64{-1, 0, 1} {
				p.Mul(x, y).Add(&p, big.NewInt(d))
				require.NoError(t, QuoRem(&got, &rest, &p, y, free))
				want.QuoRem(&p, y, &wantRest)
				assert.Zero(t, want.Cmp(&got), "%d words", n)
				assert.Zero(t, wantRest.Cmp(&rest), "%d words", n)
			}
		}
		x := number(r, n)
		var square big.Int
		require.NoError(t, Mul(&square, x, x, free))
		assert.Zero(t, new(big.Int).Mul(x, x).Cmp(&square))
		text, err := Append([]byte("a"), x, 10, free)
		require.NoError(t, err)
		assert.Equal(t, "a"+x.String(), string(text))
		for _, base := range []int{2, 8, 16} {
			for _, x := range []*big.Int{x, new(big.Int).Neg(x), new(big.Int).Lsh(x, 100_000)} {
				text, err := Append([]byte("a"), x, base, free)
				require.NoError(t, err)
				assert.Equal(t, "a"+x.Text(base), string(text), "%d words", n)
			}
		}
		for _, base := range []int{2, 7, 10, 16, 36} {
			digits := new(big.Int).Abs(x).Text(base)
			got, err := Parse(digits, base, free)
			require.NoError(t, err)
			assert.Zero(t, new(big.Int).Abs(x).Cmp(got), "%d words, base %d", n, base)
		}
	}
}

func TestZerosInTheMiddle(t *testing.T) {
	text := "1" + strings.Repeat("0", 100_000) + "7" + strings.Repeat("0", 50_000)
	x, err := Parse(text, 10, free)
	require.NoError(t, err)
	got, err := Append(nil, x, 10, free)
	require.NoError(t, err)
	assert.Equal(t, text, string(got))
}

func TestPowers(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	for _, c := range []struct{ x, y int64 }{{2, 0}, {-3, 1}, {-3, 5}, {10, 100_000}, {-7, 50_001}} {
		var z big.Int
		require.NoError(t, Exp(&z, big.NewInt(c.x), uint64(c.y), free))
		assert.Zero(t, new(big.Int).Exp(big.NewInt(c.x), big.NewInt(c.y), nil).Cmp(&z), c)
	}
	for _, c := range []struct{ x, y, m int }{{1, 1, 1}, {3, 1, 2}, {40, 3, 40}, {leaf * 2, 1, 5}, {2, 1, leaf + 9}} {
		x, y, m := number(r, c.x), new(big.Int).Abs(number(r, c.y)), new(big.Int).Abs(number(r, c.m))
		m.Add(m, one())
		var z big.Int
		require.NoError(t, ExpMod(&z, x, y, m, free))
		assert.Zero(t, new(big.Int).Exp(x, y, m).Cmp(&z), c)
	}
}

// Whatever is computed asks again and again, and ends when it is told to.
func TestStops(t *testing.T) {
	r := rand.New(rand.NewSource(3))
	x, y := number(r, 20*leaf), number(r, 9*leaf)
	long := strings.Repeat("9", 200_000)
	var z, q big.Int
	for name, f := range map[string]func(Work) error{
		"mul": func(w Work) error { return Mul(&z, x, y, w) },
		"div": func(w Work) error { return QuoRem(&q, &z, x, y, w) },
		"exp": func(w Work) error { return Exp(&z, x, 3, w) },
		"mod": func(w Work) error {
			return ExpMod(&z, x, new(big.Int).Abs(y), big.NewInt(1<<40), w)
		},
		"text": func(w Work) error { _, err := Append(nil, x, 10, w); return err },
		"bits": func(w Work) error { _, err := Append(nil, new(big.Int).Lsh(x, 20*64*leaf), 8, w); return err },
		"many": func(w Work) error {
			return ExpMod(&z, big.NewInt(3), new(big.Int).Lsh(new(big.Int).Abs(y), 20*64*leaf), big.NewInt(1_000_000_007), w)
		},
		"parse": func(w Work) error { _, err := Parse(long, 10, w); return err },
	} {
		stop := errors.New("stop")
		left := 5
		assert.Equal(t, stop, f(func(n int) error {
			assert.LessOrEqual(t, n, leafWork, name)
			if left--; left < 0 {
				return stop
			}
			return nil
		}), name)
	}
}

// Package libm computes elementary functions to the last bit in all but about
// one case in a million: the result is the double nearest to the true value.
// The C libraries under MicroPython come very close to that, while package
// math is off by one unit in the last place in several percent of all cases,
// which scripts that print floats would show.
//
// The functions work in pairs of doubles (double-double arithmetic), which hold
// more than 100 bits, and round once at the end.
package libm

import (
	"math"
	"sync"
)

// dd is the unevaluated sum of two doubles, hi being the sum rounded.
type dd struct{ hi, lo float64 }

// twoSum returns a+b exactly.
func twoSum(a, b float64) dd {
	s := a + b
	t := s - a
	return dd{s, (a - (s - t)) + (b - t)}
}

// quickSum returns a+b exactly where |a| >= |b|.
func quickSum(a, b float64) dd {
	s := a + b
	return dd{s, b - (s - a)}
}

// twoProd returns a*b exactly.
func twoProd(a, b float64) dd {
	p := a * b
	return dd{p, math.FMA(a, b, -p)}
}

func (a dd) add(b dd) dd {
	s := twoSum(a.hi, b.hi)
	t := twoSum(a.lo, b.lo)
	s = quickSum(s.hi, s.lo+t.hi)
	return quickSum(s.hi, s.lo+t.lo)
}

func (a dd) neg() dd { return dd{-a.hi, -a.lo} }

func (a dd) mul(b dd) dd {
	p := twoProd(a.hi, b.hi)
	return quickSum(p.hi, p.lo+(math.FMA(a.hi, b.lo, float64(a.lo*b.hi))))
}

func (a dd) scale(b float64) dd {
	p := twoProd(a.hi, b)
	return quickSum(p.hi, math.FMA(a.lo, b, p.lo))
}

func (a dd) div(b dd) dd {
	q := a.hi / b.hi
	r := a.add(b.scale(q).neg())
	q2 := r.hi / b.hi
	r = r.add(b.scale(q2).neg())
	return quickSum(q, q2).add(dd{r.hi / b.hi, 0})
}

const (
	tableBits = 7
	tableSize = 1 << tableBits
)

// Of pairs the linker lays out what is a constant; what takes work is filled when
// it is first asked for. A start of qpy waits for neither.
const (
	ln2Hi = 0.6931471805599453
	ln2Lo = 2.3190468138462996e-17
)

var (
	ln2     = dd{ln2Hi, ln2Lo}
	ln2Step = dd{ln2Hi / tableSize, ln2Lo / tableSize} // ln2/tableSize
	third   = dd{1.0 / 3, 0x1.5555555555555p-56}
	sixth   = dd{1.0 / 6, 0x1.5555555555555p-57}
)

// log[i] is the logarithm of 1 + (i+0.5)/tableSize, exp[i] is 2**(i/tableSize).
type logAndExp struct{ log, exp [tableSize]dd }

var (
	powers     logAndExp
	powersOnce sync.Once
)

func powerTables() *logAndExp {
	powersOnce.Do(func() {
		for i := range tableSize {
			c := 1 + (float64(i)+0.5)/tableSize
			// log c = 2 atanh((c-1)/(c+1))
			s := dd{c - 1, 0}.div(dd{c + 1, 0})
			powers.log[i] = s.mul(atanhSeries(s.mul(s))).scale(2)
			powers.exp[i] = expSeries(ln2Step.scale(float64(i)))
		}
	})
	return &powers
}

// atanhSeries is atanh(s)/s for s*s = q below 1/9.
func atanhSeries(q dd) dd {
	var sum dd
	for n := 69; n >= 1; n -= 2 {
		sum = sum.mul(q).add(dd{1, 0}.div(dd{float64(n), 0}))
	}
	return sum
}

// expSeries is exp(x) for x from 0 to ln2.
func expSeries(x dd) dd {
	sum := dd{1, 0}
	for n := 30; n >= 1; n-- {
		sum = sum.mul(x).div(dd{float64(n), 0}).add(dd{1, 0})
	}
	return sum
}

// logPair is the logarithm of a positive, finite x.
func logPair(x float64) dd {
	if math.Abs(x-1) < 1.0/256 {
		return log1pPair(dd{x - 1, 0})
	}
	m, k := math.Frexp(x)
	m, k = 2*m, k-1
	i := int((m - 1) * tableSize)
	c := 1 + (float64(i)+0.5)/tableSize
	r := dd{m - c, 0}.div(dd{c, 0})
	return ln2.scale(float64(k)).add(powerTables().log[i]).add(log1pPair(r))
}

// log1pPair is the logarithm of 1+r for |r| up to 1/256.
func log1pPair(r dd) dd {
	x := r.hi
	tail := 1.0 / 13
	for n := 12; n >= 5; n-- {
		tail = 1/float64(n) - tail*x
	}
	sum := dd{0.25, 0}.add(dd{-tail * x, 0})
	sum = third.add(sum.mul(r).neg())
	sum = dd{0.5, 0}.add(sum.mul(r).neg())
	sum = dd{1, 0}.add(sum.mul(r).neg())
	return sum.mul(r)
}

// expPair returns exp(x) as a pair times 2**k, for |x| below 1e6.
func expPair(x dd) (r dd, k int) {
	n := math.RoundToEven(x.hi / ln2Step.hi)
	x = x.add(ln2Step.scale(-n))
	// exp(x)-1 for |x| up to ln2/256: the first terms as pairs.
	y := x.hi
	tail := y * y * y * (1.0/6 + y*(1.0/24+y*(1.0/120+y*(1.0/720+y*(1.0/5040+y/40320)))))
	p := x.add(x.mul(x).scale(0.5)).add(dd{tail, 0})
	i := int(n)
	t := powerTables().exp[i&(tableSize-1)]
	return t.add(t.mul(p)), i >> tableBits
}

// round returns the double nearest to r * 2**k.
func round(r dd, k int) float64 {
	f := r.hi + r.lo
	if k > -1000 {
		return math.Ldexp(f, k)
	}
	// A subnormal result must be rounded once, at its own last place. Shift
	// that place to the one of 1 by adding a large number.
	_, e := math.Frexp(f)
	if e+k > -1021 {
		return math.Ldexp(f, k)
	}
	unit := math.Ldexp(1, -1074-k) // the last place, scaled like r
	big := unit * (1 << 52) * 1.5
	s := twoSum(big, r.hi)
	return math.Ldexp((s.hi+(s.lo+r.lo))-big, k)
}

// Exp returns e**x.
func Exp(x float64) float64 {
	switch {
	case x != x:
		return x
	case x > 710:
		return math.Inf(1)
	case x < -746:
		return 0
	}
	return round(expPair(dd{x, 0}))
}

// Log returns the natural logarithm of x: -Inf for 0, NaN below.
func Log(x float64) float64 {
	if x == 1 || !(x > 0) || math.IsInf(x, 1) {
		return math.Log(x)
	}
	r := logPair(x)
	return r.hi + r.lo
}

// Pow returns x**y with the special cases of C's pow.
func Pow(x, y float64) float64 {
	ax := math.Abs(x)
	if y == 0 || x == 1 || x == 0 || y != y || x != x || math.IsInf(x, 0) || math.IsInf(y, 0) {
		return math.Pow(x, y)
	}
	sign := 1.0
	if x < 0 {
		if y != math.Trunc(y) {
			return math.NaN()
		}
		if math.Mod(y, 2) != 0 {
			sign = -1
		}
	}
	switch {
	case y == 1:
		return x
	case y == -1:
		return 1 / x
	case y == 0.5:
		return math.Sqrt(x)
	case ax == 1:
		return sign
	case math.Abs(y) <= smallPower && y == math.Trunc(y):
		// The exponent of the result must be far from the limits, so that the
		// low parts of all products are still exact.
		if _, e := math.Frexp(ax); math.Abs(float64(e)*y) < 900 {
			return sign * powInt(ax, int(y))
		}
	}
	l := logPair(ax)
	switch p := l.hi * y; {
	case p > 710:
		return sign * math.Inf(1)
	case p < -746:
		return sign * 0
	}
	return sign * round(expPair(l.scale(y)))
}

const smallPower = 64

// powInt is x**n, n not zero, by repeated squaring.
func powInt(x float64, n int) float64 {
	m := max(n, -n)
	r, b := dd{1, 0}, dd{x, 0}
	for {
		if m&1 != 0 {
			r = r.mul(b)
		}
		if m >>= 1; m == 0 {
			break
		}
		b = b.mul(b)
	}
	if n < 0 {
		r = dd{1, 0}.div(r)
	}
	return r.hi + r.lo
}

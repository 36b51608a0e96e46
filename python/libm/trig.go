package libm

import (
	"math"
	"math/big"
	"sync"
)

const (
	// stepsPerTurn is how many parts a full turn has in sinTable.
	stepsPerTurn = 128
	quarter      = stepsPerTurn / 4
)

var (
	// pi in three parts, so that reduced arguments keep their digits.
	piPair = dd{math.Pi, 1.2246467991473532e-16}
	piTail = -2.994769809718339666e-33
)

// A sineTable[i] is the sine of i/stepsPerTurn of a turn, exact where the sine is
// 0 or 1.
type sineTable [stepsPerTurn + quarter]dd

var (
	allSines  sineTable
	sinesOnce sync.Once
)

func sines() *sineTable {
	sinesOnce.Do(func() { allSines.fill() })
	return &allSines
}

func (tab *sineTable) fill() {
	step := dd{piPair.hi / (stepsPerTurn / 2), piPair.lo / (stepsPerTurn / 2)}
	for i := 0; i <= quarter/2; i++ {
		s, c := sinCosSeries(step.scale(float64(i)))
		tab.set(i, s)
		tab.set(quarter-i, c)
	}
}

const atanSteps = 64

var (
	arcs     [atanSteps + 1]dd
	arcsOnce sync.Once
)

// arcTangents()[i] is the arc tangent of i/atanSteps.
func arcTangents() *[atanSteps + 1]dd {
	arcsOnce.Do(fillArcs)
	return &arcs
}

func fillArcs() {
	for i := range arcs {
		x := dd{float64(i) / atanSteps, 0}
		// From a first guess y: atan x = y + atan((x cos y - sin y)/(cos y + x sin y)).
		y := dd{math.Atan(x.hi), 0}
		s, c := sinCosSeries(y)
		t := x.mul(c).add(s.neg()).div(c.add(x.mul(s)))
		arcs[i] = y.add(t)
	}
}

// set enters the sine of step i of the first quarter wherever it occurs.
func (tab *sineTable) set(i int, s dd) {
	half := stepsPerTurn / 2
	for turn := 0; turn < len(tab); turn += stepsPerTurn {
		for k, v := range map[int]dd{i: s, half - i: s, half + i: s.neg(), stepsPerTurn - i: s.neg()} {
			if turn+k < len(tab) {
				tab[turn+k] = v
			}
		}
	}
}

// sinCosSeries is sine and cosine of x from 0 to pi/4, slowly.
func sinCosSeries(x dd) (s, c dd) {
	q := x.mul(x)
	s, c = dd{1, 0}, dd{1, 0}
	for n := 30.0; n >= 2; n -= 2 {
		s = dd{1, 0}.add(s.mul(q).div(dd{n * (n + 1), 0}).neg())
		c = dd{1, 0}.add(c.mul(q).div(dd{n * (n - 1), 0}).neg())
	}
	return s.mul(x), c
}

// reduce returns x as a number of steps of the table, counted within a turn,
// and a rest of at most half a step.
func reduce(x float64) (step int, rest dd) {
	if math.Abs(x) > 1<<24 {
		return reduceLarge(x)
	}
	n := math.RoundToEven(x * (stepsPerTurn / 2 / math.Pi))
	const scale = 1.0 / (stepsPerTurn / 2)
	// n times pi, part by part from the largest; each product is exact.
	a, b := twoProd(-n, piPair.hi*scale), twoProd(-n, piPair.lo*scale)
	rest = dd{x, 0}.add(a).add(b).add(dd{-n * piTail * scale, 0})
	return int(int64(n)) & (stepsPerTurn - 1), rest
}

var (
	pi1400     *big.Float
	pi1400Once sync.Once
)

func largePi() *big.Float {
	pi1400Once.Do(func() { pi1400 = machin() })
	return pi1400
}

// machin computes pi by the formula of John Machin.
func machin() *big.Float {
	// pi/4 = 4 atan(1/5) - atan(1/239), to 1400 bits.
	const prec = 1400
	atanInv := func(k int64) *big.Float {
		sum, term := new(big.Float).SetPrec(prec), new(big.Float).SetPrec(prec).SetInt64(1)
		term.Quo(term, new(big.Float).SetInt64(k))
		square := new(big.Float).SetInt64(k * k)
		for n := int64(1); term.MantExp(nil) > -prec; n += 2 {
			part := new(big.Float).SetPrec(prec).Quo(term, new(big.Float).SetInt64(n))
			if n%4 == 1 {
				sum.Add(sum, part)
			} else {
				sum.Sub(sum, part)
			}
			term.Quo(term, square)
		}
		return sum
	}
	a := atanInv(5)
	a.Mul(a, new(big.Float).SetInt64(16))
	b := atanInv(239)
	return a.Sub(a, b.Mul(b, new(big.Float).SetInt64(4)))
}

// reduceLarge is reduce for arguments of any size, with as many digits of pi
// as they need.
func reduceLarge(x float64) (int, dd) {
	step := new(big.Float).Quo(largePi(), new(big.Float).SetInt64(stepsPerTurn/2))
	b := new(big.Float).SetPrec(1400).SetFloat64(x)
	q := new(big.Float).Quo(b, step)
	half := 0.5
	if x < 0 {
		half = -0.5
	}
	n, _ := q.Add(q, new(big.Float).SetFloat64(half)).Int(nil)
	b.Sub(b, new(big.Float).SetPrec(1400).Mul(step, new(big.Float).SetPrec(1400).SetInt(n)))
	hi, _ := b.Float64()
	lo, _ := b.Sub(b, new(big.Float).SetFloat64(hi)).Float64()
	k := new(big.Int).And(n, big.NewInt(stepsPerTurn-1)).Int64()
	return int(k), dd{hi, lo}
}

// sinCosRest is sine and cosine of |r| up to pi/128.
func sinCosRest(r dd) (s, c dd) {
	q := r.mul(r)
	x := q.hi
	// The first terms as pairs, the rest together as one double.
	s = dd{x * x * (1.0/120 - x*(1.0/5040-x*(1.0/362880-x/39916800))), 0}
	s = s.add(q.mul(sixth).neg())
	s = r.add(r.mul(s))
	c = dd{x * x * (1.0/24 - x*(1.0/720-x*(1.0/40320-x/3628800))), 0}
	c = c.add(q.scale(-0.5)).add(dd{1, 0})
	return s, c
}

// sinCosPair is sine and cosine of a finite x.
func sinCosPair(x float64) (s, c dd) {
	k, rest := reduce(x)
	rs, rc := sinCosRest(rest)
	if k == 0 {
		return rs, rc
	}
	ts, tc := sines()[k], sines()[k+quarter]
	return ts.mul(rc).add(tc.mul(rs)), tc.mul(rc).add(ts.mul(rs).neg())
}

// odd reports the cases in which an odd function that is x near zero is x.
func odd(x float64) bool { return x == 0 || x != x || math.Abs(x) < 1e-20 }

// Sin returns the sine of x in radians.
func Sin(x float64) float64 {
	if math.IsInf(x, 0) {
		return math.NaN()
	}
	if odd(x) {
		return x
	}
	k, rest := reduce(x)
	if k != 0 {
		tab := sines()
		if y, ok := turned(tab[k], tab[k+quarter], rest); ok {
			return y
		}
	}
	s, _ := sinCosPair(x)
	return s.hi + s.lo
}

// Cos returns the cosine of x in radians.
func Cos(x float64) float64 {
	if math.IsInf(x, 0) || x != x {
		return math.NaN()
	}
	if k, rest := reduce(x); k != 0 {
		tab := sines()
		if y, ok := turned(tab[k+quarter], tab[k].neg(), rest); ok {
			return y
		}
	}
	_, c := sinCosPair(x)
	return c.hi + c.lo
}

// turnedError is more than turned's sum can be wrong by: its terms below the
// first two are less than 2**-11 and rounded six times at most.
const turnedError = 1e-18

// turned is s*cos(r) + c*sin(r) for |r| up to pi/128, s and c being sine and
// cosine of an angle: in doubles where that is enough to round the result, as it
// nearly always is. ok is false where it is not.
func turned(s, c, r dd) (y float64, ok bool) {
	x := r.hi
	q := x * x
	sinRest := r.lo - x*q*(1.0/6-q*(1.0/120-q*(1.0/5040)))
	cosRest := -q * (0.5 - q*(1.0/24-q*(1.0/720-q*(1.0/40320))))
	p := twoProd(c.hi, x)
	sum := twoSum(s.hi, p.hi)
	low := sum.lo + (p.lo + (c.hi*sinRest + (s.hi*cosRest + (c.lo*x + s.lo))))
	y = sum.hi + (low - turnedError)
	return y, y == sum.hi+(low+turnedError)
}

// Tan returns the tangent of x in radians.
func Tan(x float64) float64 {
	if math.IsInf(x, 0) {
		return math.NaN()
	}
	if odd(x) {
		return x
	}
	s, c := sinCosPair(x)
	t := s.div(c)
	return t.hi + t.lo
}

// atanPair is the arc tangent of y/x for x and y not negative and not both
// zero, from 0 to pi/2.
func atanPair(y, x dd) dd {
	if y.hi > x.hi {
		return dd{piPair.hi / 2, piPair.lo / 2}.add(atanPair(x, y).neg())
	}
	t := y.div(x)
	k := int(t.hi*atanSteps + 0.5)
	if k > 0 {
		c := dd{float64(k) / atanSteps, 0}
		// atan t = atan c + atan((t-c)/(1+t*c))
		t = t.add(c.neg()).div(dd{1, 0}.add(t.mul(c)))
	}
	q := t.mul(t)
	z := q.hi
	s := dd{z * z * (1.0/5 - z*(1.0/7-z*(1.0/9-z*(1.0/11-z/13)))), 0}
	s = s.add(q.mul(third).neg())
	return arcTangents()[k].add(t.add(t.mul(s)))
}

// Atan returns the arc tangent of x.
func Atan(x float64) float64 {
	if odd(x) || math.IsInf(x, 0) {
		return math.Atan(x)
	}
	a := atanPair(dd{math.Abs(x), 0}, dd{1, 0})
	return math.Copysign(a.hi+a.lo, x)
}

// Atan2 returns the angle of the point (x, y), with the special cases of C.
func Atan2(y, x float64) float64 {
	if x != x || y != y || x == 0 || y == 0 || math.IsInf(x, 0) || math.IsInf(y, 0) {
		return math.Atan2(y, x)
	}
	// Scale both so that neither quotient nor products leave the range.
	_, e := math.Frexp(math.Max(math.Abs(x), math.Abs(y)))
	ax, ay := math.Ldexp(math.Abs(x), -e), math.Ldexp(math.Abs(y), -e)
	switch {
	case x > 0 && ay < 1e-290*ax:
		return y / x
	case ay < 1e-290:
		return math.Copysign(math.Pi, y)
	case ax < 1e-290:
		return math.Copysign(math.Pi/2, y)
	}
	a := atanPair(dd{ay, 0}, dd{ax, 0})
	if x < 0 {
		a = piPair.add(a.neg())
	}
	return math.Copysign(a.hi+a.lo, y)
}

// coSquare is the square root of 1 - x*x.
func coSquare(x float64) dd { return twoSum(1, -x).mul(twoSum(1, x)).sqrt() }

func (a dd) sqrt() dd {
	if a.hi == 0 {
		return a
	}
	r := math.Sqrt(a.hi)
	e := a.add(twoProd(r, r).neg())
	return quickSum(r, e.hi/(2*r)).add(dd{0, 0})
}

// Asin returns the arc sine of x; NaN outside -1 to 1.
func Asin(x float64) float64 {
	if odd(x) || math.Abs(x) > 1 {
		return math.Asin(x)
	}
	a := atanPair(dd{math.Abs(x), 0}, coSquare(x))
	return math.Copysign(a.hi+a.lo, x)
}

// Acos returns the arc cosine of x; NaN outside -1 to 1.
func Acos(x float64) float64 {
	if x != x || math.Abs(x) > 1 {
		return math.NaN()
	}
	a := atanPair(coSquare(x), dd{math.Abs(x), 0})
	if x < 0 {
		a = piPair.add(a.neg())
	}
	return a.hi + a.lo
}

package libm

import "math"

// The functions here follow the formulas of fdlibm, which the C libraries use
// for them: their last bit is the formulas', not the nearest. The conversions
// to float64 keep products from being fused with sums.

const (
	hugeExp     = 709.782712893384  // the largest argument of exp
	overflowExp = 710.4758600739439 // the largest argument of sinh and cosh
	tiny        = 1.0 / (1 << 28)
	large       = 1 << 28
)

// halfExp is exp(x)/2 for x of 22 and more.
func halfExp(x float64) float64 {
	switch {
	case x <= hugeExp:
		return 0.5 * Exp(x)
	case x <= overflowExp:
		w := Exp(0.5 * x)
		return 0.5 * w * w
	}
	return math.Inf(1)
}

// Sinh returns the hyperbolic sine of x.
func Sinh(x float64) float64 {
	ax := math.Abs(x)
	switch {
	case x != x || math.IsInf(x, 0) || ax < tiny:
		return x
	case ax >= 22:
		return math.Copysign(halfExp(ax), x)
	}
	h := math.Copysign(0.5, x)
	t := math.Expm1(ax)
	if ax < 1 {
		return h * (2*t - float64(t*t)/(t+1))
	}
	return h * (t + t/(t+1))
}

// Cosh returns the hyperbolic cosine of x.
func Cosh(x float64) float64 {
	ax := math.Abs(x)
	switch {
	case x != x || math.IsInf(x, 0):
		return ax
	case ax < 0.5*math.Ln2:
		t := math.Expm1(ax)
		w := 1 + t
		return 1 + float64(t*t)/(w+w)
	case ax < 22:
		t := Exp(ax)
		return float64(0.5*t) + 0.5/t
	}
	return halfExp(ax)
}

// Tanh returns the hyperbolic tangent of x.
func Tanh(x float64) float64 {
	ax := math.Abs(x)
	switch {
	case x != x || x == 0:
		return x
	case ax >= 22:
		return math.Copysign(1, x)
	case ax >= 1:
		t := math.Expm1(2 * ax)
		return math.Copysign(1-2/(t+2), x)
	}
	t := math.Expm1(-2 * ax)
	return math.Copysign(-t/(t+2), x)
}

// Asinh returns the inverse hyperbolic sine of x.
func Asinh(x float64) float64 {
	ax := math.Abs(x)
	var w float64
	switch {
	case x != x || math.IsInf(x, 0) || ax < tiny:
		return x
	case ax > large:
		w = Log(ax) + math.Ln2
	case ax > 2:
		w = Log(float64(2*ax) + 1/(math.Sqrt(float64(x*x)+1)+ax))
	default:
		t := x * x
		w = math.Log1p(ax + t/(1+math.Sqrt(1+t)))
	}
	return math.Copysign(w, x)
}

// Acosh returns the inverse hyperbolic cosine of x; NaN below 1.
func Acosh(x float64) float64 {
	switch {
	case x < 1 || x != x:
		return math.NaN()
	case x >= large:
		return Log(x) + math.Ln2
	case x > 2:
		return Log(float64(2*x) - 1/(x+math.Sqrt(float64(x*x)-1)))
	}
	t := x - 1
	return math.Log1p(t + math.Sqrt(float64(2*t)+float64(t*t)))
}

// Atanh returns the inverse hyperbolic tangent of x; NaN outside -1 to 1.
func Atanh(x float64) float64 {
	ax := math.Abs(x)
	if ax > 1 || x != x {
		return math.NaN()
	}
	var t float64
	switch {
	case ax < tiny:
		return x
	case ax < 0.5:
		t = ax + ax
		t = 0.5 * math.Log1p(t+float64(t*ax)/(1-ax))
	default:
		t = 0.5 * math.Log1p((ax+ax)/(1-ax))
	}
	return math.Copysign(t, x)
}

// Log10 returns the decimal logarithm of x: -Inf for 0, NaN below.
func Log10(x float64) float64 {
	if !(x > 0) || math.IsInf(x, 1) {
		return Log(x)
	}
	const (
		invLn10  = 4.34294481903251816668e-01
		log10Of2 = 3.01029995663611771306e-01
		restOf2  = 3.69423907715893078616e-13
	)
	m, k := math.Frexp(x)
	m, k = 2*m, k-1
	y := float64(k)
	if k < 0 {
		y++
		m /= 2
	}
	z := float64(y*restOf2) + float64(invLn10*Log(m))
	return z + float64(y*log10Of2)
}

// Log2 returns the binary logarithm of x: -Inf for 0, NaN below.
func Log2(x float64) float64 {
	if x == 1 || !(x > 0) || math.IsInf(x, 1) {
		return Log(x)
	}
	m, k := math.Frexp(x)
	if m == 0.5 {
		return float64(k - 1)
	}
	r := logPair(x).div(ln2)
	return r.hi + r.lo
}

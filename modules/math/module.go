// Package math is the module `math` (py/modmath.c): the C library's functions
// on floats, bit for bit where package libm has them.
package math

import (
	"math"

	"qpy/python"
	"qpy/python/libm"
	"qpy/python/object"
)

// Module is the module `math`.
var Module = python.Module{Name: "math", Build: build}

func build(in *object.Interp, m *object.Module) {
	m.Define(in, "e", object.Float(math.E))
	m.Define(in, "pi", object.Float(math.Pi))
	for _, f := range floats {
		python.Functions(in, m, float1(f.name, f.fn))
	}
	for _, f := range twoFloats {
		python.Functions(in, m, float2(f.name, f.fn))
	}
	for _, f := range whole {
		python.Functions(in, m, toInt(f.name, f.fn))
	}
	for _, f := range tests {
		python.Functions(in, m, toBool(f.name, f.fn))
	}
	pi := float64(math.Pi) // the factors of degrees and radians are rounded, as a C compiler does
	python.Functions(in, m,
		scaled("degrees", 180/pi), scaled("radians", pi/180),
		object.FuncVar("log", 1, 2, log), object.Func2("ldexp", ldexp),
		object.Func1("frexp", frexp), object.Func1("modf", modf), isclose(in),
	)
}

var floats = []struct {
	name string
	fn   func(float64) float64
}{
	{"sqrt", math.Sqrt}, {"exp", libm.Exp}, {"expm1", math.Expm1}, {"log2", libm.Log2}, {"log10", libm.Log10},
	{"cosh", libm.Cosh}, {"sinh", libm.Sinh}, {"tanh", libm.Tanh}, {"acosh", libm.Acosh}, {"asinh", libm.Asinh}, {"atanh", libm.Atanh},
	{"cos", libm.Cos}, {"sin", libm.Sin}, {"tan", libm.Tan}, {"acos", libm.Acos}, {"asin", libm.Asin}, {"atan", libm.Atan},
	{"fabs", math.Abs}, {"erf", math.Erf}, {"erfc", math.Erfc}, {"gamma", math.Gamma},
	{"lgamma", lgamma},
}

var twoFloats = []struct {
	name string
	fn   func(x, y float64) float64
}{
	{"pow", libm.Pow}, {"atan2", libm.Atan2}, {"copysign", math.Copysign}, {"fmod", math.Mod},
}

var whole = []struct {
	name string
	fn   func(float64) float64
}{{"ceil", math.Ceil}, {"floor", math.Floor}, {"trunc", math.Trunc}}

var tests = []struct {
	name string
	fn   func(float64) bool
}{
	{"isfinite", func(x float64) bool { return x-x == 0 }},
	{"isinf", func(x float64) bool { return math.IsInf(x, 0) }},
	{"isnan", math.IsNaN},
}

// lgamma is the logarithm of the absolute value of gamma; C takes it to be
// infinite at both infinities.
func lgamma(x float64) float64 {
	if math.IsInf(x, 0) {
		return math.Inf(1)
	}
	l, _ := math.Lgamma(x)
	return l
}

func domainError() error { return object.Raise(object.ValueError, "math domain error") }

// arg is the float of an argument, without a call for the usual case.
func arg(v object.Value) (float64, error) {
	if v.IsFloat() {
		return v.Float(), nil
	}
	return object.ToFloat(v)
}

// float1 makes a function of one float. A result that is not finite is an error
// unless the argument was not finite in the same way (math_generic_1).
func float1(name string, fn func(float64) float64) object.Value {
	return object.Func1(name, func(_ *object.Thread, a object.Value) (object.Value, error) {
		x, err := arg(a)
		if err != nil {
			return object.Null, err
		}
		y := fn(x)
		if y-y != 0 && (math.IsNaN(y) && !math.IsNaN(x) || math.IsInf(y, 0) && !math.IsInf(x, 0)) {
			return object.Null, domainError()
		}
		return object.Float(y), nil
	})
}

// float2 makes a function of two floats (math_generic_2).
func float2(name string, fn func(x, y float64) float64) object.Value {
	return object.Func2(name, func(_ *object.Thread, a, b object.Value) (object.Value, error) {
		x, err := arg(a)
		if err != nil {
			return object.Null, err
		}
		y, err := arg(b)
		if err != nil {
			return object.Null, err
		}
		z := fn(x, y)
		if z-z != 0 && (math.IsNaN(z) && !math.IsNaN(x) && !math.IsNaN(y) || math.IsInf(z, 0) && !math.IsInf(x, 0)) {
			return object.Null, domainError()
		}
		return object.Float(z), nil
	})
}

func toInt(name string, fn func(float64) float64) object.Value {
	return object.Func1(name, func(_ *object.Thread, a object.Value) (object.Value, error) {
		x, err := arg(a)
		if err != nil {
			return object.Null, err
		}
		return object.IntFromFloat(fn(x))
	})
}

func toBool(name string, fn func(float64) bool) object.Value {
	return object.Func1(name, func(_ *object.Thread, a object.Value) (object.Value, error) {
		x, err := arg(a)
		return object.Bool(fn(x)), err
	})
}

func scaled(name string, factor float64) object.Value {
	return object.Func1(name, func(_ *object.Thread, a object.Value) (object.Value, error) {
		x, err := arg(a)
		return object.Float(x * factor), err
	})
}

// log is log(x[, base]).
func log(_ *object.Thread, args []object.Value) (object.Value, error) {
	x, err := arg(args[0])
	if err != nil {
		return object.Null, err
	}
	if x <= 0 {
		return object.Null, domainError()
	}
	l := libm.Log(x)
	if len(args) == 1 {
		return object.Float(l), nil
	}
	base, err := arg(args[1])
	switch {
	case err != nil:
		return object.Null, err
	case base <= 0:
		return object.Null, domainError()
	case base == 1:
		return object.Null, object.Raise(object.ZeroDivisionError, "divide by zero")
	}
	return object.Float(l / libm.Log(base)), nil
}

// ldexp is x * 2**exp; the exponent is a C int.
func ldexp(t *object.Thread, a, b object.Value) (object.Value, error) {
	exp, err := object.ToInt(t, b) // C's order: the last argument first
	if err != nil {
		return object.Null, err
	}
	x, err := arg(a)
	return object.Float(math.Ldexp(x, int(int32(exp)))), err
}

// frexp gives the mantissa, at least 0.5 and below 1, and the exponent of two.
func frexp(_ *object.Thread, a object.Value) (object.Value, error) {
	x, err := arg(a)
	mantissa, exp := math.Frexp(x)
	return object.NewTuple(object.Float(mantissa), object.Int(int64(exp))), err
}

// modf gives the part after the point and the part before it.
func modf(_ *object.Thread, a object.Value) (object.Value, error) {
	x, err := arg(a)
	whole, part := math.Modf(x)
	if math.IsInf(x, 0) {
		part = math.Copysign(0, x)
	}
	return object.NewTuple(object.Float(part), object.Float(whole)), err
}

// isclose is isclose(a, b, *, rel_tol=1e-9, abs_tol=0).
func isclose(in *object.Interp) object.Value {
	empty := in.InternNative("")
	allowed := []object.Arg{
		{Name: empty, Required: true},
		{Name: empty, Required: true},
		{Name: in.InternNative("rel_tol"), KwOnly: true, Default: object.Float(1e-9)},
		{Name: in.InternNative("abs_tol"), KwOnly: true, Default: object.Float(0)},
	}
	return object.FuncKw("isclose", 2, -1, func(t *object.Thread, args, kw []object.Value) (object.Value, error) {
		var vals [4]object.Value
		var f [4]float64
		if err := object.ParseArgs(t, args, kw, allowed, vals[:]); err != nil {
			return object.Null, err
		}
		for i, v := range vals {
			var err error
			if f[i], err = arg(v); err != nil {
				return object.Null, err
			}
		}
		a, b, rel, abs := f[0], f[1], f[2], f[3]
		if rel < 0 || abs < 0 {
			return object.Null, domainError()
		}
		diff := math.Abs(a - b)
		if a == b {
			return object.True, nil
		}
		if math.IsInf(diff, 0) {
			return object.False, nil
		}
		return object.Bool(diff <= abs || diff <= math.Abs(rel*a) || diff <= math.Abs(rel*b)), nil
	})
}

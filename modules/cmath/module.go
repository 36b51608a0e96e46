// Package cmath is the module `cmath`: functions of complex numbers by the
// plain formulas of py/modcmath.c, whose edge cases are the C library's.
package cmath

import (
	"math"

	"qpy/python"
	"qpy/python/libm"
	"qpy/python/object"
)

// Module is the module `cmath`.
var Module = python.Module{Name: "cmath", Build: build}

func build(in *object.Interp, m *object.Module) {
	m.Define(in, "e", object.Float(math.E))
	m.Define(in, "pi", object.Float(math.Pi))
	python.Functions(in, m,
		function("phase", func(re, im float64) object.Value { return object.Float(libm.Atan2(im, re)) }),
		function("polar", func(re, im float64) object.Value {
			return object.NewTuple(object.Float(math.Sqrt(re*re+im*im)), object.Float(libm.Atan2(im, re)))
		}),
		object.Func2("rect", rect),
		function("exp", func(re, im float64) object.Value {
			r := libm.Exp(re)
			return object.NewComplex(r*libm.Cos(im), r*libm.Sin(im))
		}),
		function("log", func(re, im float64) object.Value {
			return object.NewComplex(0.5*libm.Log(re*re+im*im), libm.Atan2(im, re))
		}),
		function("log10", func(re, im float64) object.Value {
			return object.NewComplex(0.5*libm.Log10(re*re+im*im), log10e*libm.Atan2(im, re))
		}),
		function("sqrt", func(re, im float64) object.Value {
			r, theta := libm.Pow(re*re+im*im, 0.25), 0.5*libm.Atan2(im, re)
			return object.NewComplex(r*libm.Cos(theta), r*libm.Sin(theta))
		}),
		function("cos", func(re, im float64) object.Value {
			return object.NewComplex(libm.Cos(re)*libm.Cosh(im), -libm.Sin(re)*libm.Sinh(im))
		}),
		function("sin", func(re, im float64) object.Value {
			return object.NewComplex(libm.Sin(re)*libm.Cosh(im), libm.Cos(re)*libm.Sinh(im))
		}),
	)
}

// log10e is log10(e) as py/modcmath.c writes it.
const log10e = 0.4342944819032518

// function makes a function of one complex number; floats and ints pass as one.
func function(name string, fn func(re, im float64) object.Value) object.Value {
	return object.Func1(name, func(_ *object.Thread, z object.Value) (object.Value, error) {
		re, im, ok := object.ComplexMaybe(z)
		if !ok {
			return object.Null, object.Raisef(object.TypeError, "can't convert %s to complex", z.TypeName())
		}
		return fn(re, im), nil
	})
}

// rect is the complex number of an absolute value and a phase.
func rect(_ *object.Thread, a, b object.Value) (object.Value, error) {
	r, err := object.ToFloat(a)
	if err != nil {
		return object.Null, err
	}
	phi, err := object.ToFloat(b)
	return object.NewComplex(r*libm.Cos(phi), r*libm.Sin(phi)), err
}

package math

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/modules/internal/bare"
	"qpy/modules/ustruct"
	"qpy/python/object"
)

var run = bare.With(&Module, &ustruct.Module)

func TestErrors(t *testing.T) {
	for call, want := range map[string]string{
		"math.sqrt(-1)":                   "ValueError: math domain error",
		"math.exp(1000)":                  "ValueError: math domain error",
		"math.log(0)":                     "ValueError: math domain error",
		"math.log(2, 1)":                  "ZeroDivisionError: divide by zero",
		"math.log(2, -1)":                 "ValueError: math domain error",
		"math.pow(0, -1)":                 "ValueError: math domain error",
		"math.fmod(1, 0)":                 "ValueError: math domain error",
		"math.gamma(-1)":                  "ValueError: math domain error",
		"math.lgamma(0)":                  "ValueError: math domain error",
		"math.floor(float('inf'))":        "OverflowError: can't convert inf to int",
		"math.trunc(float('nan'))":        "ValueError: can't convert NaN to int",
		"math.sin('1')":                   "TypeError: can't convert str to float",
		"math.atan2(1, None)":             "TypeError: can't convert NoneType to float",
		"math.ldexp(1, 0.5)":              "TypeError: can't convert float to int",
		"math.isclose(1, 2, rel_tol=-1)":  "ValueError: math domain error",
		"math.isclose(1, 2, 3)":           "TypeError: extra positional arguments given",
		"math.modf()":                     "TypeError: function takes 1 positional arguments but 0 were given",
		"math.frexp(1, 2)":                "TypeError: function takes 1 positional arguments but 2 were given",
		"math.degrees([])":                "TypeError: can't convert list to float",
		"math.isnan(1j)":                  "TypeError: can't convert complex to float",
		"setattr(math, 'pi', 3)":          "AttributeError: 'module' object has no attribute 'pi'",
		"math.factorial(3)":               "AttributeError: 'module' object has no attribute 'factorial'",
		"math.copysign(1)":                "TypeError: function takes 2 positional arguments but 1 were given",
		"math.ceil(x=1)":                  "TypeError: function doesn't take keyword arguments",
		"math.isclose(1, 2, abs_tol='x')": "TypeError: can't convert str to float",
		"math.radians(10 ** 400) < 0":     "",
	} {
		out := run(t, "import math\n"+call+"\n")
		if want == "" {
			assert.Empty(t, out, call)
			continue
		}
		assert.Equal(t, "Traceback (most recent call last):\n  File \"main.py\", line 2, in <module>\n"+want+"\n", out, call)
	}
}

func TestEdges(t *testing.T) {
	assert.Equal(t, "(-0.0, -inf) (0.5, 2) (0.0, 0)\n0.0 -0.0 inf inf 1.5\nTrue False True\n", run(t, `
import math
inf = float("inf")
print(math.modf(-inf), math.frexp(1 + 1), math.frexp(0))
print(math.ldexp(1, -5000), math.ldexp(-1, -5000), math.lgamma(-inf), math.ldexp(1, 5000), math.fmod(1.5, inf))
print(math.isclose(inf, inf), math.isclose(inf, -inf), math.isfinite(10 ** 30))
`))
}

func TestBitsAreThoseOfC(t *testing.T) {
	assert.Equal(t, "3fdeaee8744b05f0 3feaed548f090cee c0322366d17f0a86 7fe3bf571fa16920\n", run(t, `
import math, ustruct
def bits(x):
    return "".join("%02x" % c for c in ustruct.pack(">d", x))
print(bits(math.sin(0.5)), bits(math.sin(1)), bits(math.log(1.3263e-8)), bits(math.exp(709.3)))
`))
}

// A call allocates nothing: floats travel in the value itself.
func TestCallsAllocateNothing(t *testing.T) {
	in := object.NewInterp(object.Generic())
	m := in.NewModule("math")
	build(in, m)
	thread := in.NewThread()
	for _, name := range []string{"sqrt", "sin", "floor", "isnan", "radians"} {
		f, ok := m.Globals.GetName(in, in.Intern(name)).AsBuiltin()
		require.True(t, ok, name)
		assert.Zero(t, testing.AllocsPerRun(100, func() { _, _ = f.F1(thread, object.Float(1.25)) }), name)
	}
	pow, _ := m.Globals.GetName(in, in.Intern("pow")).AsBuiltin()
	assert.Zero(t, testing.AllocsPerRun(100, func() { _, _ = pow.F2(thread, object.Float(1.25), object.Int(3)) }))
}

package cmath_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy/modules/cmath"
	"qpy/modules/internal/bare"
)

var run = bare.With(&cmath.Module)

func TestValues(t *testing.T) {
	assert.Equal(t, "3.141592653589793 (5.0, 0.9272952180016121)\n1j\nTrue\n", run(t, `
import cmath
print(cmath.phase(-1), cmath.polar(3 + 4j))
print(complex(round(cmath.exp(cmath.pi / 2 * 1j).real, 10), cmath.rect(1, cmath.pi / 2).imag))
print(abs(cmath.sqrt(-4) - 2j) < 1e-12 and abs(cmath.log(-1) - cmath.pi * 1j) < 1e-12 and abs(cmath.log10(1000) - 3) < 1e-12 and abs(cmath.sin(1j) ** 2 + cmath.cos(1j) ** 2 - 1) < 1e-12)
`))
}

func TestErrors(t *testing.T) {
	for call, want := range map[string]string{
		"phase('1')":   "TypeError: can't convert str to complex",
		"polar(None)":  "TypeError: can't convert NoneType to complex",
		"exp([])":      "TypeError: can't convert list to complex",
		"log(1, 2)":    "TypeError: function takes 1 positional arguments but 2 were given",
		"log10()":      "TypeError: function takes 1 positional arguments but 0 were given",
		"sqrt({})":     "TypeError: can't convert dict to complex",
		"cos(())":      "TypeError: can't convert tuple to complex",
		"sin(print)":   "TypeError: can't convert function to complex",
		"rect(1)":      "TypeError: function takes 2 positional arguments but 1 were given",
		"rect(1j, 0)":  "TypeError: can't convert complex to float",
		"rect(0, 'x')": "TypeError: can't convert str to float",
		"tan(1)":       "AttributeError: 'module' object has no attribute 'tan'",
	} {
		assert.Contains(t, run(t, "import cmath\ncmath."+call+"\n"), "\n"+want+"\n", call)
	}
}

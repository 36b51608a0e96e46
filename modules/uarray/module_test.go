package uarray_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy/modules/internal/bare"
	"qpy/modules/uarray"
)

var run = bare.With(&uarray.Module)

func TestArrays(t *testing.T) {
	assert.Equal(t, "array('h', [1, -2, 3]) 3 b'\\x01\\x00\\xfe\\xff\\x03\\x00'\narray('f', [0.5]) <class 'array'>\n", run(t, `
from uarray import array
a = array("h", [1, -2])
a.append(3)
print(a, len(a), bytes(a))
print(array("f", (0.5,)), array)
`))
}

func TestErrors(t *testing.T) {
	for call, want := range map[string]string{
		"array()":                    "TypeError: function missing 1 required positional arguments",
		"array('x')":                 "ValueError: bad typecode",
		"array('')":                  "ValueError: bad typecode",
		"array(1)":                   "TypeError: can't convert 'int' object to str implicitly",
		"array('b', 5)":              "TypeError: 'int' object isn't iterable",
		"array('b', ['x'])":          "TypeError: can't convert str to int",
		"array('f', ['x'])":          "TypeError: can't convert str to float",
		"array('b', [1])[3]":         "IndexError: array index out of range",
		"array('b', [1])['x']":       "TypeError: array indices must be integers, not str",
		"array('b').extend([1])":     "TypeError: object with buffer protocol required",
		"array('i', range(1 << 40))": "MemoryError: memory allocation failed, allocating 0 bytes",
	} {
		assert.Contains(t, run(t, "from uarray import array\n"+call+"\n"), "\n"+want+"\n", call)
	}
}

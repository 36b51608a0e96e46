package ustruct_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/modules/internal/bare"
	"qpy/modules/ustruct"
	"qpy/python"
)

var run = bare.With(&ustruct.Module)

func TestLargeCounts(t *testing.T) {
	assert.Equal(t, "1000000000000 8000000000 0\n", run(t, `
import ustruct
print(ustruct.calcsize("1000000000000b"), ustruct.calcsize("1000000000q"), ustruct.calcsize("0q"))
`))
	assert.Contains(t, run(t, "import ustruct\nustruct.pack('1000000000b')\n"), "\nMemoryError: memory allocation failed, allocating 1000000001 bytes\n")
	assert.Contains(t, run(t, "import ustruct\nustruct.unpack('99999999999999999999q', b'')\n"), "\nValueError: buffer too small\n")
	assert.Contains(t, run(t, "import ustruct\nustruct.unpack_from('b', b'', 1 << 62)\n"), "\nValueError: buffer too small\n")
	assert.Contains(t, run(t, "import ustruct\nustruct.pack_into('b', bytearray(5), -1 << 62, 1)\n"), "\nValueError: buffer too small\n")
}

func TestErrors(t *testing.T) {
	for call, want := range map[string]string{
		"calcsize('x')":                "ValueError: bad typecode",
		"calcsize('=i')":               "ValueError: bad typecode",
		"calcsize('3')":                "ValueError: bad typecode",
		"calcsize(3)":                  "TypeError: can't convert 'int' object to str implicitly",
		"calcsize()":                   "TypeError: function takes 1 positional arguments but 0 were given",
		"pack()":                       "TypeError: function missing 1 required positional arguments",
		"pack('i', 'x')":               "TypeError: can't convert str to int",
		"pack('i', 1.5)":               "TypeError: can't convert float to int",
		"pack('d', 'x')":               "TypeError: can't convert str to float",
		"pack('3s', 5)":                "TypeError: object with buffer protocol required",
		"pack_into('b', b'x', 0, 1)":   "TypeError: object with buffer protocol required",
		"pack_into('b', 5, 0, 1)":      "TypeError: object with buffer protocol required",
		"pack_into('b', bytearray(1))": "TypeError: function missing 1 required positional arguments",
		"unpack('b', 5)":               "TypeError: object with buffer protocol required",
		"unpack('h', b'x')":            "ValueError: buffer too small",
		"unpack('b')":                  "TypeError: function missing 1 required positional arguments",
		"unpack_from('b', b'x', 2)":    "ValueError: buffer too small",
		"unpack_from('b', b'x', -2)":   "ValueError: buffer too small",
		"unpack_from('b', b'x', 's')":  "TypeError: can't convert str to int",
		"unpack('O', b'12345678')":     "ValueError: no object at address 0x3837363534333231",
		"unpack('S', pack('S', 5))":    "ValueError: no object at address 0x5",
	} {
		assert.Contains(t, run(t, "from ustruct import *\n"+call+"\n"), "\n"+want+"\n", call)
	}
}

func TestObjectsComeBack(t *testing.T) {
	assert.Equal(t, "True ['kept'] 2\n", run(t, `
import ustruct
thing = [1]
a, b = ustruct.unpack("OO", ustruct.pack("OO", thing, ["kept"]))
print(a is thing, b, len(ustruct.unpack(">OO", ustruct.pack(">OO", a, b))))
`))
}

func BenchmarkPackAndUnpack(b *testing.B) {
	in, err := python.New(python.Options{Modules: []*python.Module{&ustruct.Module}})
	require.NoError(b, err)
	require.NoError(b, in.RunMain("main.py", []byte("import ustruct\npack, unpack = ustruct.pack, ustruct.unpack\n")))
	b.ResetTimer()
	for range b.N {
		if err := in.RunMain("main.py", []byte("for i in range(10000):\n    unpack('<HBIq', pack('<HBIq', i, 7, i, i))\n")); err != nil {
			b.Fatal(err)
		}
	}
}

func TestWordsAreTheModels(t *testing.T) {
	var out bytes.Buffer
	in, err := python.New(python.Options{Stdout: &out, Modules: []*python.Module{&ustruct.Module}, Language: python.Language{WordBits: 32}})
	require.NoError(t, err)
	require.NoError(t, in.RunMain("main.py", []byte("import ustruct\nprint(ustruct.calcsize('l'), ustruct.calcsize('P'), ustruct.calcsize('bq'), ustruct.pack('>l', 1))\n")))
	assert.Equal(t, "4 4 16 b'\\x00\\x00\\x00\\x01'\n", out.String())
}

package uio_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy/modules/internal/bare"
	"qpy/modules/internal/script"
	"qpy/modules/uio"
)

var run = bare.With(&uio.Module)

func TestBufferedWriter(t *testing.T) {
	assert.Equal(t, `2 b''
3 b'abcd'
b'abcdefgh' 10
b'abcdefghijklmnop' b'abcdefghijklmnopq'
`, run(t, `
import uio
b = uio.BytesIO()
w = uio.BufferedWriter(b, 4)
print(w.write(b"ab"), b.getvalue())
print(w.write(b"cde"), b.getvalue())
w.write(b"fgh")
print(b.getvalue(), w.write(b"ijklmnopq") + 1)
before = b.getvalue()
w.flush()
w.flush()
print(before, b.getvalue())
`))
	assert.Equal(t, "[b'ab', b'cd', b'e']\nOSError: [Errno 5] EIO\nTrue\n", run(t, `
import uio
class Log(uio.IOBase):
    def __init__(self):
        self.got = []
    def write(self, buf):
        self.got.append(bytes(buf))
        return len(buf)
log = Log()
w = uio.BufferedWriter(log, 2)
w.write("abcde")
w.flush()
print(log.got)
class Broken(uio.IOBase):
    def write(self, buf):
        return -5
w = uio.BufferedWriter(Broken(), 2)
try:
    w.write("ab")
except OSError as e:
    print("OSError:", e)
print(w.write("") == 0)
`))
}

// A stream of a script's may write again while it is written to.
func TestBufferedWriterIsReentrant(t *testing.T) {
	assert.Equal(t, "[b'ab', b'xy']\n", run(t, `
import uio
class Loop(uio.IOBase):
    got = []
    def write(self, buf):
        self.got.append(bytes(buf))
        if len(self.got) == 1:
            w.write("xy")
        return len(buf)
w = uio.BufferedWriter(Loop(), 2)
w.write("ab")
print(Loop.got)
`))
}

func TestErrors(t *testing.T) {
	for call, want := range map[string]string{
		"BufferedWriter()":                      "TypeError: function takes 2 positional arguments but 0 were given",
		"BufferedWriter(BytesIO(), 'x')":        "TypeError: can't convert str to int",
		"BufferedWriter(BytesIO(), 0)":          "ValueError: ",
		"BufferedWriter(BytesIO(), -1)":         "MemoryError: memory allocation failed, allocating 4294967295 bytes",
		"BufferedWriter(5, 1).write(b'x')":      "OSError: stream operation not supported",
		"BufferedWriter(BytesIO(), 5).write(5)": "TypeError: object with buffer protocol required",
		"BufferedWriter(BytesIO(), 5).read()":   "AttributeError: 'BufferedWriter' object has no attribute 'read'",
		"StringIO(1.5)":                         "TypeError: object with buffer protocol required",
		"StringIO(-1)":                          "MemoryError: memory allocation failed, allocating 4294967295 bytes",
		"BytesIO(1 << 40)":                      "MemoryError: memory allocation failed, allocating 0 bytes",
		"BytesIO(b'x' * 600000).write(b'y')":    "MemoryError: memory allocation failed, allocating 600000 bytes",
		"BytesIO().seek(-1)":                    "OSError: [Errno 22] EINVAL",
		"BytesIO().read(-2)":                    "MemoryError: memory allocation failed, allocating 4294967295 bytes",
		"StringIO().read(-2)":                   "MemoryError: memory allocation failed, allocating 4294967294 bytes",
		"BytesIO().readline(-2)":                "MemoryError: memory allocation failed, allocating 4294967294 bytes",
		"BytesIO().readinto(b'x')":              "TypeError: object with buffer protocol required",
		"BytesIO().readinto(bytearray(1), 'x')": "TypeError: can't convert str to int",
		"BytesIO().write(b'', 'x')":             "TypeError: can't convert str to int",
		"BytesIO().write(b'', 'x', 1)":          "TypeError: can't convert str to int",
		"BytesIO().tell(1)":                     "TypeError: function takes 1 positional arguments but 2 were given",
		"StringIO().getvalue(1)":                "TypeError: function takes 1 positional arguments but 2 were given",
		"StringIO().flush(1)":                   "TypeError: function takes 1 positional arguments but 2 were given",
		"IOBase().read()":                       "AttributeError: 'IOBase' object has no attribute 'read'",
		"print(file=IOBase())":                  "AttributeError: 'IOBase' object has no attribute 'write'",
		"FileIO('x')":                           "TypeError: can't create 'FileIO' instances",
		"TextIOWrapper('x')":                    "TypeError: can't create 'TextIOWrapper' instances",
		"open('x')":                             "OSError: [Errno 19] ENODEV",
	} {
		assert.Contains(t, run(t, "from uio import *\n"+call+"\n"), "\n"+want+"\n", call)
	}
}

func TestSeekFarBeyondTheEnd(t *testing.T) {
	out := run(t, `
import uio
b = uio.BytesIO(b"abc")
print(b.seek(1 << 40), b.read())
try:
    b.write(b"x")
except MemoryError as e:
    print("MemoryError")
print(b.getvalue(), b.seek((1 << 62) - 1), b.seek(-5, 2))
`)
	assert.Equal(t, "1099511627776 b''\nMemoryError\nb'abc' 4611686018427387903 0\n", out)
}

func TestGoldens(t *testing.T) {
	script.Golden(t, "uio")
	script.Golden(t, "uio_writer")
}

package uctypes_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy/modules/internal/script"
)

// What on the module reads whatever is there, or writes into it, fails here.
func TestMemoryThatIsNoBuffer(t *testing.T) {
	assert.Equal(t, `MemoryError no buffer has the 1 bytes at 0x0: take addresses from uctypes.addressof
MemoryError no buffer has the 4 bytes at 0x40001000: take addresses from uctypes.addressof
MemoryError True
TypeError True
MemoryError True
b'abc'
`, script.Run(t, `
import uctypes
def t(f, whole=False):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, str(e) if whole else "addressof" in str(e) or "cannot be changed" in str(e) or "beyond the end" in str(e))
t(lambda: uctypes.struct(0, {"x": uctypes.UINT8 | 0}).x, True)
t(lambda: uctypes.bytes_at(0x40001000, 4), True)
data = bytearray(4)
a = uctypes.addressof(data)
t(lambda: uctypes.bytearray_at(a, 1000))
const = b"abc"
s = uctypes.struct(uctypes.addressof(const), {"x": uctypes.UINT8 | 0})
t(lambda: setattr(s, "x", 1))
t(lambda: uctypes.bytearray_at(a + 2, 10))
print(const)
`))
}

func TestBuffersAreForgottenInTime(t *testing.T) {
	assert.Equal(t, "True\nTrue\n", script.Run(t, `
import uctypes
first = bytearray(8)
a = uctypes.addressof(first)
ok = True
for i in range(10000):
    b = bytearray(5)
    p = uctypes.addressof(b)
    uctypes.bytearray_at(p + 1, 2)[1] = i & 255
    ok = ok and b[2] == i & 255
print(ok)
try:
    uctypes.bytes_at(a, 1)
except MemoryError:
    print(uctypes.addressof(first) != a)
`))
}

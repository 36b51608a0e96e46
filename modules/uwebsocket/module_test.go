package uwebsocket_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy"
	"qpy/modules/internal/script"
)

func TestAgainstMicroPython(t *testing.T) { script.Golden(t, "uwebsocket") }

// The modules' firmware has none.
func TestGenericOnly(t *testing.T) {
	out, _ := script.RunOn(t, qpy.Config{Device: "EC600N"}, "import uwebsocket\n")
	assert.Contains(t, out, "ImportError: no module named 'uwebsocket'")
}

// A frame may come in pieces; MicroPython stops at an assertion at one of eight
// bytes of length.
func TestPieces(t *testing.T) {
	assert.Equal(t, "b'ab' b'cd'\nNone\nValueError a frame of more than 65535 bytes\nValueError a frame of more than 65535 bytes\n", script.Run(t, `
import uio, uwebsocket
w = uwebsocket.websocket(uio.BytesIO(b"\x81\x04abcd"))
print(w.read(2), w.read(2))
class Slow(uio.IOBase):
    def __init__(self, parts):
        self.parts = parts
    def readinto(self, buf):
        if not self.parts:
            return None
        p = self.parts.pop(0)
        buf[:len(p)] = p
        return len(p)
print(uwebsocket.websocket(Slow([b"\x81"])).read(1))
for f in (lambda: uwebsocket.websocket(uio.BytesIO(b"\x81\x7f")).read(1), lambda: uwebsocket.websocket(uio.BytesIO()).write(bytes(65536))):
    try:
        f()
    except ValueError as e:
        print("ValueError", e)
`))
}

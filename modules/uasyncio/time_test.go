package uasyncio_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"qpy"
	"qpy/modules/internal/script"
)

const thousand = `
import uasyncio
order = []
async def task(i):
    for n in range(5):
        await uasyncio.sleep_ms(1000 + i * 7 % 50)
    order.append(i)
async def main():
    await uasyncio.gather(*[task(i) for i in range(1000)])
uasyncio.run(main())
print(len(order), order[:10], order[-10:])
`

// A thousand tasks sleep in the board's time, always in the same order.
func TestThousandTasks(t *testing.T) {
	first, result := script.RunOn(t, qpy.Config{}, thousand)
	assert.Regexp(t, `^1000 \[0, 50, 100, `, first)
	assert.Less(t, result.Time, 6*time.Second)
	assert.GreaterOrEqual(t, result.Time, 5*time.Second)
	assert.Equal(t, first, script.Run(t, thousand))
}

func BenchmarkThousandTasks(b *testing.B) {
	for b.Loop() {
		script.Run(b, thousand)
	}
}

// An exception in the main task shows the frozen files, which have no lines.
func TestTraceback(t *testing.T) {
	assert.Equal(t, `Traceback (most recent call last):
  File "main.py", line 4, in <module>
  File "uasyncio/core.py", line 1, in run
  File "uasyncio/core.py", line 1, in run_until_complete
  File "uasyncio/core.py", line 1, in run_until_complete
  File "main.py", line 3, in main
ValueError: no
`, script.Run(t, `import uasyncio
async def main():
    raise ValueError("no")
uasyncio.run(main())
`))
}

// A task that is pushed twice would spoil MicroPython's queue.
func TestTwiceInAQueue(t *testing.T) {
	assert.Equal(t, "task is in a queue already\ntask expected\n", script.Run(t, `
from uasyncio import core
t = core.Task(None)
core.TaskQueue().push_head(t)
for bad in (t, 5):
    try:
        core.TaskQueue().push_head(bad)
    except (RuntimeError, TypeError) as e:
        print(e)
`))
}

// Tasks that wait for a stream run once it is ready.
func TestStreams(t *testing.T) {
	assert.Equal(t, "b'line\\n' 300\nb'ab' b'cd'\nwritten bytearray(b'hello')\nEOFError()\n", script.Run(t, `
import uasyncio, uio, utime
from uasyncio import StreamReader, StreamWriter
class Pipe(uio.IOBase):
    def __init__(self, data, at):
        self.data, self.at, self.out = data, at, bytearray()
    def ioctl(self, request, arg):
        return arg if request == 3 and utime.ticks_diff(utime.ticks_ms(), self.at) >= 0 else 0
    def readinto(self, buf):
        n = min(len(buf), len(self.data), 2)
        buf[:n] = self.data[:n]
        self.data = self.data[n:]
        return n
    def write(self, buf):
        self.out += buf[:2]
        return min(len(buf), 2)
    def read(self, n=-1):
        b = bytearray(n)
        return bytes(b[: self.readinto(b)])
    def readline(self):
        line = b""
        while line[-1:] != b"\n":
            c = self.read(1)
            if not c:
                break
            line += c
        return line
async def main():
    t0 = utime.ticks_ms()
    line = await StreamReader(Pipe(b"line\nrest", utime.ticks_add(t0, 300))).readline()
    print(line, utime.ticks_diff(utime.ticks_ms(), t0) // 10 * 10)
    r = StreamReader(Pipe(b"abcd", t0))
    print(await r.read(2), await r.readexactly(2))
    p = Pipe(b"", t0)
    w = StreamWriter(p)
    w.write(b"hello")
    await w.drain()
    print("written", p.out)
    try:
        await StreamReader(Pipe(b"abc", t0)).readexactly(5)
    except EOFError as e:
        print(repr(e))
uasyncio.run(main())
`))
}

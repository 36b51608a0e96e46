package ostimer_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy/modules/internal/script"
)

func TestTimers(t *testing.T) {
	assert.Equal(t, `0 0 -1 0
cyclic None 1000
once None 1500
cyclic None 2000
cyclic None 3000
0
again 3600
0 -1 -1 0
TypeError function missing 1 required positional arguments
`, script.Run(t, `
import osTimer, utime
print_at = lambda what: lambda arg: print(what, arg, utime.ticks_ms() // 100 * 100)
a, b, c = osTimer(), osTimer(), osTimer(1, "whatever")
print(a.start(1000, 1, print_at("cyclic")), b.start(1500, 0, print_at("once")), c.start(0, 0, print), c.start(10, 0))
utime.sleep_ms(3300)
print(a.stop())
a.start(5000, 1, lambda arg: print("not this"))
a.start(300, 0, lambda arg: print("again", utime.ticks_ms() // 100 * 100))
utime.sleep(10)
print(a.delete_timer(), a.start(1, 0, print), a.stop(), a.delete_timer())
try:
    b.start(1)
except TypeError as e:
    print("TypeError", e)
`))
}

// A timer that runs keeps the device running after the script's last line.
func TestTimerAfterTheEnd(t *testing.T) {
	assert.Equal(t, "end\nfired\n", script.Run(t, "import osTimer\nosTimer().start(5000, 0, lambda arg: print('fired'))\nosTimer().start(1000, 1, None)\nprint('end')\n"))
}

// A week of ten timers and five threads: the counts are those of the periods.
func TestWeek(t *testing.T) {
	assert.Equal(t, "[604, 302, 201, 151, 120, 100, 86, 75, 67, 60] True\n", script.Run(t, `
import _thread, osTimer, utime
WEEK = 7 * 24 * 3600
ticks, turns = [0] * 10, [0] * 5
def timer(n):
    def tick(arg):
        ticks[n] += 1
    t = osTimer()
    t.start((n + 1) * 1000000, 1, tick)
    return t
timers = [timer(n) for n in range(10)]
def worker(n):
    while True:
        utime.sleep(1000 + n)
        turns[n] += 1
threads = [_thread.start_new_thread(worker, (n,)) for n in range(5)]
utime.sleep(WEEK)
for t in timers:
    t.stop()
for id in threads:
    _thread.stop_thread(id)
print(ticks, all(t in (WEEK // (1000 + n), WEEK // (1000 + n) - 1) for n, t in enumerate(turns)))
`))
}

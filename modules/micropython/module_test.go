package micropython_test

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy/modules/internal/script"
)

// console runs a script that has imported micropython.
func console(t *testing.T, source string) string {
	t.Helper()
	return script.Run(t, "import micropython\n"+source)
}

func TestGoldens(t *testing.T) {
	script.Golden(t, "micropython")
	script.Golden(t, "micropython_more")
	script.Golden(t, "micropython_device")
}

func TestSchedule(t *testing.T) {
	assert.Equal(t, "None\nran with 5\nin order 1\nin order 2\nmain goes on\n", console(t, `
import utime
print(micropython.schedule(lambda x: print("ran with", x), 5))
utime.sleep_ms(1)
micropython.schedule(lambda x: print("in order", x), 1)
micropython.schedule(lambda x: print("in order", x), 2)
utime.sleep_ms(1)
print("main goes on")
`))
}

func TestScheduleRunsBetweenInstructions(t *testing.T) {
	assert.Equal(t, "True\n", console(t, `
done = []
micropython.schedule(done.append, 1)
n = 0
while not done and n < 10000000:
    n += 1
print(done == [1])
`))
}

func TestScheduleErrors(t *testing.T) {
	assert.Equal(t, "RuntimeError schedule queue full\nTrue\n", console(t, `
import utime
n = [0]
def count(x):
    n[0] += 1
def fill(x):
    try:
        while True:
            micropython.schedule(count, 0)
    except RuntimeError as e:
        print("RuntimeError", e)
micropython.schedule(fill, 0)
utime.sleep_ms(10)
print(n[0] > 1)
`))
	out := console(t, `
import utime
micropython.schedule(lambda x: 1 // x, 0)
utime.sleep_ms(1)
print("main goes on")
`)
	assert.Contains(t, out, "ZeroDivisionError: divide by zero\nmain goes on\n")
	assert.Contains(t, console(t, "micropython.schedule(print)\n"), "TypeError: function takes 2 positional arguments but 1 were given\n")
}

func TestMemInfo(t *testing.T) {
	out := console(t, "micropython.mem_info()\nmicropython.mem_info(1)\n")
	assert.Regexp(t, regexp.MustCompile(`^(mem: total=\d+, current=\d+, peak=\d+
stack: \d+ out of 80000
GC: total: 67108864, used: \d+, free: \d+
 No. of 1-blocks: \d+, 2-blocks: \d+, max blk sz: \d+, max free sz: \d+
){2}$`), out)
}

func TestQstrInfo(t *testing.T) {
	out := console(t, "a_name_of_my_own = 1\nmicropython.qstr_info()\nmicropython.qstr_info(1)\n")
	assert.Regexp(t, `^(qstr pool: n_pool=1, n_qstr=\d+, n_str_data_bytes=\d+, n_total_bytes=\d+\n){2}(Q\(.*\)\n)+$`, out)
	assert.Contains(t, out, "\nQ(a_name_of_my_own)\n")
}

func TestLockedHeap(t *testing.T) {
	assert.Equal(t, "memory allocation failed, heap is locked\nValueError('kept',)\n0 0\n", console(t, `
e = x = None
micropython.heap_lock()
try:
    bytearray(10000)
except MemoryError as e:
    x = e
micropython.heap_unlock()
print(x)
micropython.heap_lock()
try:
    raise ValueError("kept")
except ValueError as e:
    x = e
n = micropython.heap_unlock()
print(repr(x))
print(n, micropython.heap_unlock())
`))
}

func TestErrors(t *testing.T) {
	for call, want := range map[string]string{
		"const()":                            "TypeError: function takes 1 positional arguments but 0 were given",
		"opt_level('x')":                     "TypeError: can't convert str to int",
		"kbd_intr('x')":                      "TypeError: can't convert str to int",
		"alloc_emergency_exception_buf('x')": "TypeError: can't convert str to int",
		"alloc_emergency_exception_buf()":    "TypeError: function takes 1 positional arguments but 0 were given",
		"mem_info(1, 2)":                     "TypeError: function expected at most 1 arguments, got 2",
		"qstr_info(1, 2)":                    "TypeError: function expected at most 1 arguments, got 2",
		"mem_total(1)":                       "TypeError: function takes 0 positional arguments but 1 were given",
		"mem_current(1)":                     "TypeError: function takes 0 positional arguments but 1 were given",
		"mem_peak(1)":                        "TypeError: function takes 0 positional arguments but 1 were given",
		"stack_use(1)":                       "TypeError: function takes 0 positional arguments but 1 were given",
		"heap_lock(1)":                       "TypeError: function takes 0 positional arguments but 1 were given",
		"heap_unlock(1)":                     "TypeError: function takes 0 positional arguments but 1 were given",
		"native(lambda: 1)":                  "AttributeError: 'module' object has no attribute 'native'",
	} {
		assert.Contains(t, console(t, "micropython."+call+"\n"), "\n"+want+"\n", call)
	}
	assert.Equal(t, "None\n", console(t, "print(micropython.alloc_emergency_exception_buf(100))\n"))
}

package utime_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy"
	"qpy/modules/internal/script"
)

// console runs a script on a fresh device, after the prelude, and gives what
// comes on its console.
func console(t *testing.T, source string) (string, qpy.Result) {
	t.Helper()
	return script.RunOn(t, qpy.Config{}, prelude+source)
}

const prelude = `
import utime
def attempt(f, *args):
    try:
        print(f(*args))
    except TypeError as e:
        print("TypeError:", e)
    except ValueError as e:
        print("ValueError:", e)
    except OverflowError as e:
        print("OverflowError:", e)
`

func TestLocaltime(t *testing.T) {
	out, _ := console(t, `
print(utime.localtime())                  # UTC+8 until setTimeZone says otherwise
print(utime.localtime(None) == utime.localtime())
print(utime.localtime(0))
print(utime.localtime(1709164800))        # the 29th of February
print(utime.localtime(1735660799), utime.localtime(1735660800))
print(utime.localtime(-1))
print(len(utime.localtime(5)))
`)
	assert.Equal(t, `(2024, 1, 1, 8, 0, 0, 0, 1)
True
(1970, 1, 1, 8, 0, 0, 3, 1)
(2024, 2, 29, 8, 0, 0, 3, 60)
(2024, 12, 31, 23, 59, 59, 1, 366) (2025, 1, 1, 0, 0, 0, 2, 1)
(1970, 1, 1, 7, 59, 59, 3, 1)
8
`, out)
}

func TestMktimeIsTheInverseOfLocaltime(t *testing.T) {
	out, _ := console(t, `
wrong = 0
for day in range(0, 20000, 7):            # 1970 to 2024, every weekday of the year
    secs = day * 86400 + day % 86400
    if utime.mktime(utime.localtime(secs)) != secs:
        wrong = wrong + 1
print(wrong)
print(utime.mktime((2024, 2, 29, 0, 0, 0, 0, 0)), utime.mktime([2024, 2, 29, 0, 0, 0, 0, 0, 0]))
print(utime.mktime((2024, 1, 31, 25, 61, 61, 9, 9)) == utime.mktime((2024, 2, 1, 2, 2, 1, 0, 0)))
`)
	assert.Equal(t, "0\n1709136000 1709136000\nTrue\n", out)
}

func TestWrongArguments(t *testing.T) {
	out, _ := console(t, `
attempt(utime.localtime, "x")
attempt(utime.localtime, 1, 2)
attempt(utime.mktime)
attempt(utime.mktime, 5)
attempt(utime.mktime, (2024, 1, 1, 0, 0, 0, 0))
attempt(utime.mktime, (2024, 1, 1, 0, 0, 0, 0, 0, 0, 0))
attempt(utime.mktime, (2024, "1", 1, 0, 0, 0, 0, 0))
attempt(utime.time, 1)
attempt(utime.sleep)
attempt(utime.sleep, "1")
attempt(utime.sleep, None)
attempt(utime.sleep_ms, 1.5)
attempt(utime.sleep_ms, 10**30)
attempt(utime.sleep_us, "1")
attempt(utime.ticks_ms, 1)
attempt(utime.ticks_add, 1)
attempt(utime.ticks_add, 1.5, 1)
attempt(utime.ticks_diff, 1, "2")
attempt(utime.setTimeZone)
attempt(utime.setTimeZone, 1.5)
attempt(utime.setTimeZone, 13)
attempt(utime.setTimeZone, -13)
attempt(utime.getTimeZone, 1)
`)
	assert.Equal(t, `TypeError: can't convert str to int
TypeError: function expected at most 1 arguments, got 2
TypeError: function takes 1 positional arguments but 0 were given
TypeError: object 'int' isn't a tuple or list
TypeError: mktime needs a tuple of length 8 or 9 (7 given)
TypeError: mktime needs a tuple of length 8 or 9 (10 given)
TypeError: can't convert str to int
TypeError: function takes 0 positional arguments but 1 were given
TypeError: function takes 1 positional arguments but 0 were given
TypeError: can't convert str to float
TypeError: can't convert NoneType to float
TypeError: can't convert float to int
OverflowError: overflow converting long int to machine word
TypeError: can't convert str to int
TypeError: function takes 0 positional arguments but 1 were given
TypeError: function takes 2 positional arguments but 1 were given
TypeError: can't convert float to int
TypeError: can't convert str to int
TypeError: function takes 1 positional arguments but 0 were given
TypeError: can't convert float to int
ValueError: invalid value, timezone should be in [-12, +12].
ValueError: invalid value, timezone should be in [-12, +12].
TypeError: function takes 0 positional arguments but 1 were given
`, out)
}

func TestTimeZone(t *testing.T) {
	out, _ := console(t, `
print(utime.getTimeZone())
for zone in (0, -12, 12):
    print(utime.setTimeZone(zone), utime.getTimeZone(), utime.localtime()[:4])
attempt(utime.setTimeZone, 100)
print(utime.getTimeZone(), utime.time())
print(utime.localtime(0)[3], utime.mktime((1970, 1, 1, 8, 0, 0, 0, 0)))   # these two always reckon in UTC+8
`)
	assert.Equal(t, `8
0 0 (2024, 1, 1, 0)
0 -12 (2023, 12, 31, 12)
0 12 (2024, 1, 1, 12)
ValueError: invalid value, timezone should be in [-12, +12].
12 1704067200
8 0
`, out)
}

// Every wait below is rounded as the firmware does; the few microseconds that
// the instructions in between take are cut off by the ticks themselves.
func TestWaits(t *testing.T) {
	out, result := console(t, `
def took(wait, n):
    start = utime.ticks_us()
    wait(n)
    return utime.ticks_diff(utime.ticks_us(), start) // 1000
print(took(utime.sleep, 40), took(utime.sleep, 0.25), took(utime.sleep, 0.0019), took(utime.sleep, 0), took(utime.sleep, -1))
print(took(utime.sleep_ms, 1500), took(utime.sleep_ms, 0), took(utime.sleep_ms, -5), took(utime.sleep_ms, True))
print(took(utime.sleep_us, 1), took(utime.sleep_us, 2999), took(utime.sleep_us, 0))
print(utime.time())
`)
	assert.Equal(t, "40000 250 1 0 0\n1500 0 0 1\n1 2 0\n1704067241\n", out)
	assert.Equal(t, int64(41755), result.Time.Milliseconds())
}

func TestWaitWithoutEndIsNoCrash(t *testing.T) {
	for _, call := range []string{"sleep(1e30)", "sleep(float('inf'))", "sleep_ms(2**62)", "sleep_us(2**62)"} {
		_, result := console(t, "utime."+call+"\n")
		assert.Equal(t, qpy.Finished, result.Ending, call)
		assert.Greater(t, result.Time.Hours(), 24*365*100.0, call)
	}
	_, result := console(t, "utime.sleep(float('nan'))\n")
	assert.Less(t, result.Time.Seconds(), 1.0)
}

func TestTicksGoRound(t *testing.T) {
	out, _ := console(t, `
half, period = 2**29, 2**30
print(utime.ticks_add(period - 1, 2), utime.ticks_add(0, -1), utime.ticks_add(5, period))
print(utime.ticks_diff(10, 3), utime.ticks_diff(3, 10), utime.ticks_diff(1, period - 1), utime.ticks_diff(period - 1, 1))
print(utime.ticks_diff(half - 1, 0) == half - 1, utime.ticks_diff(half, 0) == -half)
start = utime.ticks_ms()
utime.sleep(period // 1000 + 1)           # over the wrap of ticks_ms, and many of ticks_us
print(utime.ticks_ms() < start + 1000, utime.ticks_diff(utime.ticks_ms(), start) < 1000)
print(0 <= utime.ticks_us() < period, 0 <= utime.ticks_cpu() < period)
`)
	assert.Equal(t, `1 1073741823 5
7 -7 2 -2
True True
True True
True True
`, out)
}

func TestPollingTheClockEnds(t *testing.T) {
	_, result := console(t, `
start = utime.ticks_ms()
while utime.ticks_diff(utime.ticks_ms(), start) < 100:
    pass
`)
	assert.Equal(t, qpy.Finished, result.Ending)
	assert.GreaterOrEqual(t, result.Time.Milliseconds(), int64(100))
}

func TestNameWithoutU(t *testing.T) {
	out, _ := console(t, "import time\nprint(time.time() == utime.time())\n")
	assert.Equal(t, "True\n", out)
}

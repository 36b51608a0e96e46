package machine_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy"
	"qpy/device/scenario"
	"qpy/modules/internal/script"
)

func TestOnTheDevice(t *testing.T) { script.Golden(t, "machine") }

func TestAgainstMicroPython(t *testing.T) { script.Golden(t, "machine_unix") }

// What modmachine.c leaves out on a platform is not there.
func TestClassesByModel(t *testing.T) {
	const source = "import machine\nprint([n for n in ('Pin', 'ExtInt', 'Timer', 'RTC', 'WDT', 'Signal', 'mem8') if hasattr(machine, n)])\n"
	for device, want := range map[string]string{
		"generic": "['Pin', 'ExtInt', 'Timer', 'RTC', 'WDT', 'Signal', 'mem8']\n",
		"EC600N":  "['Pin', 'ExtInt', 'Timer', 'RTC', 'WDT']\n",
		"BC25PA":  "['Pin', 'ExtInt', 'Timer', 'RTC']\n",
		"BG95":    "['Pin', 'ExtInt', 'Timer']\n",
	} {
		out, _ := script.RunOn(t, qpy.Config{Device: device}, source)
		assert.Equal(t, want, out, device)
	}
}

// Whoever misses a class learns which models have it.
func TestNoteOfALackingClass(t *testing.T) {
	for _, source := range []string{"from machine import WDT\n", "import machine\nmachine.WDT\n"} {
		out, _ := script.RunOn(t, qpy.Config{Device: "BG95"}, source)
		assert.Contains(t, out, "qpy: machine.WDT is not on BG95; models that have it: generic, EC100Y")
	}
}

func world(t *testing.T, text string) *scenario.Scenario {
	t.Helper()
	s, err := scenario.Parse("world.toml", []byte(text))
	require.NoError(t, err)
	return s
}

// The board around the module drives a pin, and the script hears of it.
func TestPinFromOutside(t *testing.T) {
	config := qpy.Config{Scenario: world(t, `
[[event]]
at = "1s"
do = "pin"
pin = 5
level = "high"
[[event]]
at = "2s"
do = "pin"
pin = 5
level = "low"
[[event]]
at = "3s"
do = "pin"
pin = 5
level = "floating"
`)}
	out, _ := script.RunOn(t, config, `
import utime
from machine import ExtInt, Pin
def told(args):
    print(args, utime.ticks_ms())
e = ExtInt(ExtInt.GPIO5, ExtInt.IRQ_RISING_FALLING, ExtInt.PULL_PU, told)
e.enable()
p = Pin(Pin.GPIO5, Pin.IN, Pin.PULL_PU)
print(p.read())
utime.sleep(4)
print(p.read(), e.read_count(0))
`)
	assert.Equal(t, `1
qpy: world.toml:2: pin 5 is high
qpy: world.toml:7: pin 5 is low
[5, 1] 2000
qpy: world.toml:12: pin 5 is floating
[5, 0] 3000
1 [1, 1]
`, out)
}

// The pulse of a pin that the board drives is measured in device time.
func TestTimePulse(t *testing.T) {
	config := qpy.Config{Scenario: world(t, `
[[event]]
at = "10ms"
do = "pin"
pin = 5
level = "high"
[[event]]
at = "12ms"
do = "pin"
pin = 5
level = "low"
`)}
	out, _ := script.RunOn(t, config, `
import machine
print(abs(machine.time_pulse_us(machine.Pin(5, machine.Pin.IN), 1) - 2000) < 50)
`)
	assert.Contains(t, out, "True\n")
}

// A program that does not feed its watchdog is restarted, for the watchdog's
// reason.
func TestWatchdogBites(t *testing.T) {
	out, result := script.RunOn(t, qpy.Config{Boots: 2}, `
import utime, misc
from machine import WDT
print(misc.Power.powerOnReason(), misc.Power.powerDownReason())
if misc.Power.powerOnReason() != 5:
    w = WDT(10)
    utime.sleep(9)
    w.feed()
    utime.sleep(100)
    print("not reached")
`)
	assert.Contains(t, out, "1 0\n")
	assert.Contains(t, out, "the watchdog was not fed for 10s")
	assert.Contains(t, out, "5 5\n")
	assert.NotContains(t, out, "not reached")
	assert.Equal(t, qpy.Finished, result.Ending)
	assert.Equal(t, 19*time.Second, result.Time.Truncate(time.Second))
}

// The clock goes on from what it was set to, over a restart too.
func TestClockOutlivesARestart(t *testing.T) {
	out, _ := script.RunOn(t, qpy.Config{Boots: 2}, `
import utime, misc
from machine import RTC
if misc.Power.powerOnReason() != 2:
    RTC().datetime((2031, 5, 6, 0, 7, 8, 9, 0))
    misc.Power.powerRestart()
print(RTC().datetime()[:6], utime.localtime()[:5], utime.time() > 1900000000)
`)
	assert.Contains(t, out, "(2031, 5, 6, 2, 7, 8) (2031, 5, 6, 7, 8) True\n")
}

// A timer keeps the device running when the script has ended; one without a
// callback does not.
func TestTimerAfterTheEnd(t *testing.T) {
	out, result := script.RunOn(t, qpy.Config{}, `
from machine import Timer
Timer(0, mode=Timer.ONE_SHOT, period=5000, callback=lambda t: print("fired"))
Timer(1, mode=Timer.PERIODIC, period=1000)
print("end")
`)
	assert.Equal(t, "end\nfired\n", out)
	assert.Equal(t, 5*time.Second, result.Time.Truncate(time.Second))
}

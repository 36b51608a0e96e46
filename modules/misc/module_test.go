package misc_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy"
	"qpy/modules/internal/script"
)

// console runs a script on a fresh device, after the prelude, and gives what
// comes on its console.
func console(t *testing.T, config qpy.Config, source string) (string, qpy.Result) {
	t.Helper()
	return script.RunOn(t, config, prelude+source)
}

const prelude = `
import misc
def attempt(f, *args, **kw):
    try:
        print(f(*args, **kw))
    except OSError as e:
        print("OSError:", e)
    except TypeError as e:
        print("TypeError:", e)
    except ValueError as e:
        print("ValueError:", e)
    except RuntimeError as e:
        print("RuntimeError:", e)
    except AttributeError as e:
        print("AttributeError:", e)
    except MemoryError as e:
        print("MemoryError:", e)
`

func TestPower(t *testing.T) {
	out, result := console(t, qpy.Config{}, `
from misc import Power
print(misc.Power is Power)
print(Power.powerOnReason(), Power.powerDownReason(), Power.getVbatt())
for name in ("powerOnReason", "powerDownReason", "getVbatt", "powerRestart", "powerDown"):
    attempt(getattr(Power, name), 1)
`)
	assert.Equal(t, "True\n1 0 3800\n"+strings.Repeat("TypeError: argument should be a 'Power' not a 'int'\n", 5), out)
	assert.Equal(t, qpy.Finished, result.Ending)
}

func TestPowerDownReasonIsTheModels(t *testing.T) {
	const source = "attempt(lambda: misc.Power.powerDownReason())\n"
	for _, device := range []string{"BC25PA", "EC200U", "EC600U"} {
		out, _ := console(t, qpy.Config{Device: device}, source)
		assert.Contains(t, out, "AttributeError: ", device)
	}
	out, _ := console(t, qpy.Config{Device: "EC600N"}, source)
	assert.Equal(t, "0\n", out)
}

// Nothing of the script runs after it, in no thread, not even a finally.
func TestRestartAndPowerDownEndEverything(t *testing.T) {
	for call, want := range map[string]struct {
		ending qpy.Ending
		notes  string
	}{
		"powerRestart": {qpy.Restarted, "qpy: the device restarts: Power.powerRestart()\nqpy: boot loader: firmware V0001, no upgrade is waiting\n"},
		"powerDown":    {qpy.PoweredDown, "qpy: the device powers down\n"},
	} {
		for _, where := range []string{"off()", "_thread.start_new_thread(off, ())\nutime.sleep(5)"} {
			out, result := console(t, qpy.Config{}, `
import _thread, utime
def off():
    try:
        misc.Power.`+call+`()
    finally:
        print("not reached")
def other():
    utime.sleep(1)
    print("not reached")
_thread.start_new_thread(other, ())
`+where+"\nprint('not reached')\n")
			assert.Equal(t, want.ending, result.Ending, call)
			assert.Zero(t, result.Code)
			assert.Equal(t, want.notes, out)
		}
	}
}

// The reasons are in the flash: the next power-on tells them, and the one after
// that no longer.
func TestReasonsOutliveTheRun(t *testing.T) {
	const tell = "print(misc.Power.powerOnReason(), misc.Power.powerDownReason())\n"
	kept := qpy.Config{FlashDir: t.TempDir()}
	out, _ := console(t, kept, tell+"misc.Power.powerRestart()\n")
	assert.Contains(t, out, "1 0\n")
	out, _ = console(t, kept, tell+"misc.Power.powerDown()\n")
	assert.Contains(t, out, "2 1\n", "a restart, and the normal end before it")
	out, _ = console(t, kept, tell)
	assert.Equal(t, "1 1\n", out, "the key, after a normal power-down")
	out, _ = console(t, kept, tell)
	assert.Equal(t, "1 0\n", out, "the last run just ended: nothing is known")
}

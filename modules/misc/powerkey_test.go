package misc_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy"
	"qpy/device/scenario"
)

// pressed is the config of a device whose key is pressed at one second for 600
// and at three seconds for 400 milliseconds.
func pressed(t *testing.T) *scenario.Scenario {
	t.Helper()
	s, err := scenario.Parse("key.toml", []byte("[[event]]\nat = '1s'\ndo = 'power-key'\nhold = '600ms'\n"+
		"[[event]]\nat = '3s'\ndo = 'power-key'\nhold = '400ms'\n"))
	require.NoError(t, err)
	return s
}

func TestPowerKeyTellsByModel(t *testing.T) {
	const source = `
import utime
def told(status):
    print(status, utime.ticks_ms())
pk = misc.PowerKey()
print(pk.powerKeyEventRegister(told), misc.PowerKey() is pk)
utime.sleep(5)
`
	const key1 = "qpy: key.toml:1: the power key is pressed for 600ms\n"
	const key2 = "qpy: key.toml:5: the power key is pressed for 400ms\n"
	out, _ := console(t, qpy.Config{Device: "EC600N", Scenario: pressed(t)}, source)
	assert.Equal(t, "0 True\n"+key1+"1 1000\n0 1600\n"+key2+"1 3000\n0 3400\n", out)
	out, _ = console(t, qpy.Config{Device: "EC200U", Scenario: pressed(t)}, source)
	assert.Equal(t, "0 True\n"+key1+"0 1600\n"+key2, out, "the release only, and of a long press only")
}

func TestPowerKeyRegisters(t *testing.T) {
	out, result := console(t, qpy.Config{Scenario: pressed(t)}, `
import utime
pk = misc.PowerKey()
for bad in (lambda: misc.PowerKey(1), lambda: pk.powerKeyEventRegister(), lambda: pk.powerKeyEventRegister(1, 2)):
    attempt(bad)
pk.powerKeyEventRegister(lambda: 0)     # taken, and told at the press
utime.sleep(1.2)
pk.powerKeyEventRegister(lambda status: print("other", status))
utime.sleep(1)
print(pk.__del__())
utime.sleep(5)
`)
	assert.Equal(t, `TypeError: function takes 0 positional arguments but 1 were given
TypeError: function takes 1 positional arguments but 0 were given
TypeError: function takes 1 positional arguments but 2 were given
qpy: key.toml:1: the power key is pressed for 600ms
TypeError: <lambda>() takes 0 positional arguments but 1 were given
other 0
0
qpy: key.toml:5: the power key is pressed for 400ms
`, out)
	assert.Equal(t, qpy.Finished, result.Ending)
	assert.GreaterOrEqual(t, result.Time, 7*time.Second)
}

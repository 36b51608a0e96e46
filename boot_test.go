package qpy_test

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy"
	"qpy/device/scenario"
)

// console runs a script in virtual time with the fixed clock and gives what
// comes on the console.
func console(t *testing.T, c qpy.Config, source string) (string, qpy.Result) {
	t.Helper()
	var out bytes.Buffer
	c.Fast, c.Start, c.Stdout, c.Stderr = true, qpy.FixedStart(), &out, &out
	board, err := qpy.New(c)
	require.NoError(t, err)
	result, err := board.Run(context.Background(), qpy.Script{Name: "app.py", Source: []byte(source), Args: []string{"one"}})
	require.NoError(t, err)
	require.NoError(t, board.Close())
	return out.String(), result
}

// with is the config of a board with a scenario.
func with(t *testing.T, text string) qpy.Config {
	t.Helper()
	s, err := scenario.Parse("qpy.toml", []byte(text))
	require.NoError(t, err)
	return qpy.Config{}.WithScenario(s)
}

const tell = `
import uos, utime
from misc import Power
def reasons():
    return Power.powerOnReason(), Power.powerDownReason()
`

// A whole upgrade with the application's own check after the restart, in one run.
func TestUpgradeAndCheckInOneRun(t *testing.T) {
	for name, c := range map[string]qpy.Config{"memory": {}, "folder": {FlashDir: t.TempDir()}} {
		c.Boots = 5
		c.Puts = []qpy.Put{{Device: "/usr/main.py", Text: []byte(tell + `
import usys
print("main.py", usys.argv, reasons(), uos.uname2().qpyver, utime.time(), utime.ticks_ms(), utime.getTimeZone())
print(open("/usr/kept").read(), [n for n in uos.listdir("/usr") if n.startswith("lost")])
`)}}
		out, result := console(t, c, tell+`
import fota
print("app.py", reasons())
utime.setTimeZone(-5)
f = open("/usr/kept", "w")
f.write("kept"); f.flush()
utime.sleep(100)
fota().httpDownload(url1="http://www.example.com/fota.bin")
utime.sleep(10)
print("not reached")
`)
		lines := strings.Split(out, "\n")
		require.Len(t, lines, 8, name+out)
		assert.Equal(t, "qpy: boot 1 of 5 at 0s: app.py", lines[0])
		assert.Equal(t, "app.py (1, 0)", lines[1])
		assert.Equal(t, "qpy: the device restarts: the upgrade is downloaded", lines[2])
		assert.Equal(t, "qpy: boot loader: firmware V0001 -> V0002", lines[3])
		assert.Regexp(t, `^qpy: boot 2 of 5 at 1m\d\d\.\d+s: main.py$`, lines[4])
		assert.Regexp(t, `^main.py \['main.py'\] \(2, 1\) V0002 17040673\d\d 0 -5$`, lines[5])
		assert.Equal(t, "kept []", lines[6])
		assert.Equal(t, qpy.Finished, result.Ending)
		assert.Equal(t, 2, result.Boots)
		assert.Greater(t, result.Time, 100*time.Second)
	}
}

// Without /usr/main.py the script itself runs again, until the boots are used up.
func TestScriptRunsAgain(t *testing.T) {
	const source = tell + `
import usys
print(usys.argv, reasons(), uos.urandom(2) == uos.urandom(2), utime.time())
utime.sleep(1)
Power.powerRestart()
`
	out, result := console(t, qpy.Config{Boots: 3}, source)
	assert.Equal(t, `qpy: boot 1 of 3 at 0s: app.py
['app.py', 'one'] (1, 0) False 1704067200
qpy: the device restarts: Power.powerRestart()
qpy: boot 2 of 3 at 1s: app.py
['app.py', 'one'] (2, 1) False 1704067201
qpy: the device restarts: Power.powerRestart()
qpy: boot 3 of 3 at 2s: app.py
['app.py', 'one'] (2, 1) False 1704067202
qpy: the device restarts: Power.powerRestart()
qpy: boot loader: firmware V0001, no upgrade is waiting
`, out)
	assert.Equal(t, qpy.Restarted, result.Ending)
	assert.Equal(t, 3, result.Boots)
}

// Each boot has random numbers of its own.
func TestRandomNumbersOfBootsDiffer(t *testing.T) {
	out, _ := console(t, qpy.Config{Boots: 3}, "import uos\nfrom misc import Power\nprint('got', uos.urandom(8))\nPower.powerRestart()\n")
	seen := map[string]bool{}
	for line := range strings.SplitSeq(out, "\n") {
		if strings.HasPrefix(line, "got") {
			seen[line] = true
		}
	}
	assert.Len(t, seen, 3)
}

// Nothing but a restart, or what a scenario does, lets a device boot again.
func TestWhatDoesNotBootAgain(t *testing.T) {
	for source, want := range map[string]qpy.Ending{
		"print(1)":                  qpy.Finished,
		"import usys\nusys.exit(3)": qpy.Exited,
		"1/0":                       qpy.Failed,
		"from misc import Power\nPower.powerDown()":                             qpy.PoweredDown,
		"import _thread\nl = _thread.allocate_lock()\nl.acquire()\nl.acquire()": qpy.Stuck,
	} {
		_, result := console(t, qpy.Config{Boots: 3}, source)
		assert.Equal(t, want, result.Ending, source)
		assert.Equal(t, 1, result.Boots, source)
	}
}

func TestMainThatIsNoText(t *testing.T) {
	out, result := console(t, qpy.Config{Boots: 2, Puts: []qpy.Put{{Device: "/usr/main.py", Text: []byte("x = '\xff'\n")}}},
		"from misc import Power\nPower.powerRestart()\n")
	assert.Contains(t, out, "qpy: main.py: line 1: byte 0xff is not valid UTF-8")
	assert.Equal(t, qpy.Failed, result.Ending)
	assert.Equal(t, 1, result.Code)
}

// What was flushed is there after a power cut, what was not is lost, and the
// next boot knows that the supply came back.
func TestPowerCut(t *testing.T) {
	const text = `
device = { boots = 2, boot_time = "3s" }
event = [{ at_line = "^cut here$", do = "power-cut", off = "7s" }]
`
	const source = tell + `
try:
    print("boot", reasons(), utime.time(), utime.ticks_ms())
    print(open("/usr/flushed").read(), repr(open("/usr/open").read()))
except OSError:
    f = open("/usr/flushed", "w"); f.write("flushed"); f.close()
    g = open("/usr/open", "w"); g.write("lost")
    try:
        print("cut here")
        print("not reached")
    finally:
        print("nor this")
`
	for name, dir := range map[string]string{"memory": "", "folder": t.TempDir()} {
		c := with(t, text)
		c.FlashDir = dir
		out, result := console(t, c, source)
		assert.Equal(t, `qpy: boot 1 of 2 at 0s: app.py
boot (1, 0) 1704067200 0
cut here
qpy: qpy.toml:3: the power is cut, for 7s
qpy: boot 2 of 2 at 10s: app.py
boot (3, 0) 1704067210 0
flushed ''
`, out, name)
		assert.Equal(t, qpy.Finished, result.Ending)
	}
	c := with(t, text)
	c.Boots = 1
	_, result := console(t, c, source)
	assert.Equal(t, qpy.PowerCut, result.Ending)
	assert.Zero(t, result.Code)
}

// The power fails at each of the flash operations of a script and of the boots
// after it: the file is as before or as after, and the next boot runs.
func TestPowerCutAtEachFlashOperation(t *testing.T) {
	const source = `
import uos
def read():
    try:
        return open("/usr/f").read()
    except OSError:
        return ""
print("f is", read())
f = open("/usr/f", "w"); f.write("A" * 3000); f.close()
f = open("/usr/f", "w"); f.write("B" * 5000); f.close()
from misc import Power
print("done")
Power.powerRestart()
`
	short := strings.NewReplacer(strings.Repeat("A", 3000), "A", strings.Repeat("B", 5000), "B")
	cuts := 0
	for op := 1; ; op++ {
		torn := []string{"before", "half", "after"}[op%3]
		c := with(t, fmt.Sprintf("event = [{ at_flash_op = %d, do = 'power-cut', torn = '%s' }]\n", op, torn))
		c.Boots = 2
		out, result := console(t, c, source)
		out = short.Replace(out)
		if strings.Contains(out, "has not happened") {
			break
		}
		cuts++
		note := fmt.Sprintf("qpy: qpy.toml:1: the power is cut during flash operation %d\n", op)
		require.Equal(t, 1, strings.Count(out, note), out)
		require.Equal(t, 2, result.Boots)
		_, after, _ := strings.Cut(out, note)
		require.Regexp(t, "^(qpy: the device restarts: .*\n|)qpy: boot 2 of 2 at \\S+: app.py\nf is (A|B|)\ndone\n|^$", after, out)
	}
	assert.Greater(t, cuts, 20)
}

// The battery runs down; the key is pressed twice, the first time too early.
func TestLowBatteryAndKey(t *testing.T) {
	out, result := console(t, with(t, `
[device]
boots = 5
[battery]
points = [{ at = "0s", mv = 3800 }, { at = "50s", mv = 3300 }, { at = "60s", mv = 3200 }, { at = "100s", mv = 3200 }, { at = "101s", mv = 4000 }]
[[event]]
at = "80s"
do = "power-key"
[[event]]
at = "200s"
do = "power-key"
`), tell+`
print(reasons(), Power.getVbatt())
while True:
    utime.sleep(20)
    print(utime.time() - 1704067200, Power.getVbatt())
    if Power.getVbatt() == 4000:
        Power.powerDown()
`)
	assert.Equal(t, `qpy: boot 1 of 5 at 0s: app.py
(1, 0) 3800
20 3600
40 3400
qpy: the device powers down: the battery is at 3299 mV, less than 3300
qpy: qpy.toml:6: the power key is pressed: it switches the device on
qpy: boot 2 of 5 at 1m20s: app.py
qpy: the device powers down: the battery is at 3200 mV, less than 3300
qpy: qpy.toml:9: the power key is pressed: it switches the device on
qpy: boot 3 of 5 at 3m20s: app.py
(1, 3) 4000
220 4000
qpy: the device powers down
`, out)
	assert.Equal(t, qpy.PoweredDown, result.Ending)
}

func TestWatchdogBites(t *testing.T) {
	out, result := console(t, with(t, "device.boots = 2\nevent = [{ at = '1m', do = 'watchdog' }]\n"), tell+`
print(reasons())
if reasons() == (1, 0):
    while True: pass
`)
	assert.Equal(t, `qpy: boot 1 of 2 at 0s: app.py
(1, 0)
qpy: qpy.toml:2: the watchdog bites
qpy: the device restarts: watchdog
qpy: boot 2 of 2 at 1m0s: app.py
(5, 5)
`, out)
	assert.Equal(t, qpy.Finished, result.Ending)
}

func TestCtrlC(t *testing.T) {
	out, result := console(t, with(t, "event = [{ at = '3s', do = 'ctrl-c' }]\n"), `
import utime
try:
    utime.sleep(100)
except KeyboardInterrupt:
    print("interrupted", utime.ticks_ms())
`)
	assert.Equal(t, "qpy: qpy.toml:1: Ctrl-C\ninterrupted 3000\n", out)
	assert.Equal(t, qpy.Finished, result.Ending)
	_, result = console(t, with(t, "event = [{ at = '3s', do = 'ctrl-c' }]\n"), "import utime\nutime.sleep(100)\n")
	assert.Equal(t, qpy.Failed, result.Ending)
}

// The network and a server change under a running program, and stay so over a
// restart.
func TestNetworkAndHosts(t *testing.T) {
	out, _ := console(t, with(t, `
device.boots = 2
[[host]]
name = "www.example.com"
fault = [{ kind = "status", status = 503, times = 1 }]
[[event]]
at = "30s"
do = "network-down"
for = "100s"
[[event]]
at = "60s"
do = "host-fault"
host = "WWW.example.com"
fault = { kind = "redirect", location = "/none.bin" }
[[event]]
at = "3m"
do = "host-ok"
host = "www.example.com"
[[event]]
at = "4m"
do = "network-down"
[[event]]
at = "5m"
do = "network-up"
`), tell+`
import fota
URL = "http://www.example.com/dfota.bin"
def at(seconds):
    utime.sleep(1704067200 + seconds - utime.time())
    print(seconds, fota(reset_disable=1).httpDownload(url1=URL))
if reasons() == (1, 0):
    at(0)
    at(40)
    Power.powerRestart()
for t in (50, 100, 150, 200, 250, 310):
    at(t)
`)
	assert.Equal(t, `boot 1 of 2 at 0s: app.py
URL: the server answers 503: Service Unavailable
0 -1
qpy.toml:6: the network is down, for 1m40s
URL: no bearer: the link is down
40 -1
the device restarts: Power.powerRestart()
boot 2 of 2 at TIME: app.py
URL: no bearer: the link is down
50 -1
qpy.toml:10: host WWW.example.com: it redirects to /none.bin
URL: no bearer: the link is down
100 -1
qpy.toml: the network is up again
http://www.example.com/none.bin: bad redirect: more than 5 redirects, the last to "/none.bin"
150 -1
qpy.toml:15: host www.example.com is well again
200 0
qpy.toml:19: the network is down
URL: no bearer: the link is down
250 -1
qpy.toml:22: the network is up
310 0
`, regexp.MustCompile(`at 4\d\.\d+s`).ReplaceAllString(strings.NewReplacer("qpy: ", "", "httpDownload: ", "", "http://www.example.com/dfota.bin", "URL").Replace(out), "at TIME"))
}

func TestEventsThatHaveNotHappenedAreTold(t *testing.T) {
	out, _ := console(t, with(t, `
event = [{ at = "1h", do = "ctrl-c" }, { at_line = "never", do = "network-down" },
  { at_byte = 1000, do = "power-cut" }, { at_boot = 2, do = "watchdog" }, { at_flash_op = 9999, do = "power-cut" }]
`), "print('end')\n")
	assert.Equal(t, `end
qpy: qpy.toml:2: ctrl-c has not happened
qpy: qpy.toml:2: network-down has not happened
qpy: qpy.toml:3: power-cut has not happened
qpy: qpy.toml:3: watchdog has not happened
qpy: qpy.toml:3: power-cut has not happened
`, out)
}

// The config goes before the scenario.
func TestWithScenario(t *testing.T) {
	s, err := scenario.Parse("qpy.toml", []byte(`
device = { model = "BG95", seed = 5, start = 2030-01-01, boots = 7, strict = true }
network.site = "s"
file = [{ path = "/usr/a", text = "A" }]
`))
	require.NoError(t, err)
	c := qpy.Config{Puts: []qpy.Put{{Device: "/usr/b"}}}.WithScenario(s)
	assert.Equal(t, qpy.Config{Device: "BG95", Seed: 5, Start: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC), Boots: 7, Strict: true,
		SiteDir: "s", Puts: []qpy.Put{{Device: "/usr/a", Text: []byte("A")}, {Device: "/usr/b"}}, Scenario: s}, c)
	mine := qpy.Config{Device: "EC600N", Seed: 6, Start: qpy.FixedStart(), Boots: 2, SiteDir: "t"}
	c = mine.WithScenario(s)
	assert.Equal(t, []any{"EC600N", int64(6), qpy.FixedStart(), 2, "t"}, []any{c.Device, c.Seed, c.Start, c.Boots, c.SiteDir})
}

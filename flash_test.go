package qpy_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy"
	"qpy/device/flash"
)

// writeForEver writes blocks to the flash, each with an entry of the directory.
const writeForEver = `
import utime
for i in range(10):
    utime.sleep(1)
    with open("/usr/f", "w") as f:
        f.write("x")
`

// Whatever can happen can happen at an operation of the flash, not a power cut
// alone, and once.
func TestEveryActionAtAFlashOperation(t *testing.T) {
	for action, want := range map[string]string{
		"do = 'network-down'\nfor = '5s'": "qpy: qpy.toml:1: the network is down, for 5s\n",
		"do = 'network-up'":               "qpy: qpy.toml:1: the network is up\n",
		"do = 'host-fault'\nhost = 'www.example.com'\nfault = { kind = 'status', status = 503 }": "qpy: qpy.toml:1: host www.example.com: it answers 503\n",
		"do = 'host-ok'\nhost = 'www.example.com'":                                               "qpy: qpy.toml:1: host www.example.com is well again\n",
		"do = 'battery'\nmv = 3000":                                                              "qpy: the device powers down: ",
		"do = 'power-key'\nhold = '2s'":                                                          "qpy: qpy.toml:1: the power key is pressed for 2s\n",
		"do = 'watchdog'":                                                                        "qpy: the device restarts: watchdog\n",
		"do = 'ctrl-c'":                                                                          "KeyboardInterrupt",
		"do = 'wear-out'\npart = 'usr'\nblock = 9":                                               "qpy: qpy.toml:1: block 9 of usr is worn out\n",
		"do = 'power-cut'":                                                                       "qpy: qpy.toml:1: the power is cut during flash operation 10\n",
		"do = 'power-cut'\ndelay = '100ms'":                                                      "qpy: qpy.toml:1: the power is cut\n",
		"do = 'network-down'\ndelay = '250ms'":                                                   "qpy: qpy.toml:1: the network is down\n",
		"do = 'wear-out'\npart = 'usr'\nblock = 9000":                                            "qpy: qpy.toml:1: flash: there is no block 9000 of usr to wear out; it has 256 blocks, from 0\n",
	} {
		c := with(t, "[[event]]\nat_flash_op = 10\n"+action+"\n")
		var when []time.Duration
		c.Trace = func(at time.Duration, source, what string) {
			if source == "qpy" && len(when) == 0 {
				when = append(when, at)
			}
		}
		out, _ := console(t, c, writeForEver)
		assert.Contains(t, out, want, action)
		assert.NotContains(t, out, "has not happened", action)
		if assert.NotEmpty(t, when, action) {
			assert.Greater(t, when[0], 2*time.Second, action)
			assert.Less(t, when[0], 9*time.Second, action)
		}
	}
}

// An operation of the boot loader is one as well.
func TestActionAtAFlashOperationOfTheBootLoader(t *testing.T) {
	c := with(t, "[[event]]\nat_flash_op = 1000\ndo = 'network-down'\n[[event]]\nat_flash_op = 1100\ndo = 'host-ok'\nhost = 'x'\ndelay = '1s'\n")
	c.Boots, c.Device = 2, "EC600U"
	out, _ := console(t, c, `
import fota, uos, utime
from misc import Power
print("boots", uos.uname2().qpyver)
u = fota()
if uos.uname2().qpyver == "V0001":
    package = open("/usr/FotaFile.bin", "rb").read()
    print(u.write(package, len(package)), u.flush(), u.verify())
    Power.powerRestart()
utime.sleep(5)
`)
	assert.Regexp(t, `(?s)boot loader: firmware V0001 -> V0002\nqpy: boot 2 of 2 at 0s: app.py\nqpy: qpy.toml:1: the network is down\nboots V0002\nqpy: qpy.toml:4: host x is well again\n$`, out)
}

// An image slot with a worn-out block: the upgrade is taken, fails when it is
// applied, and is rolled back, which the boot loader says.
func TestUpgradeThatFailsToApplyIsRolledBack(t *testing.T) {
	c := with(t, "device.boots = 3\nflash.worn = [{ part = 'image1', block = 2 }]\n")
	out, result := console(t, c, `
import fota, uos, utime
print("running", uos.uname2().qpyver)
if utime.time() < 1704067300:
    print(fota(reset_disable=1).httpDownload(url1="http://www.example.com/fota.bin"))
    utime.sleep(200)
    from misc import Power
    Power.powerRestart()
`)
	assert.Contains(t, out, "running V0001\n0\n")
	assert.Contains(t, out, "qpy: boot loader: the upgrade failed and is rolled back, firmware V0001 stays: apply the upgrade: the erase block is worn out\n")
	assert.Contains(t, out, "running V0001\n", "after it")
	assert.Equal(t, qpy.Finished, result.Ending)
	assert.Equal(t, 2, result.Boots)
}

func TestGeometryOfAScenario(t *testing.T) {
	out, _ := console(t, with(t, "flash = { usr_blocks = 1000, bak_blocks = 7 }\n"), "import uos\nprint(uos.statvfs('/usr')[:5], uos.statvfs('/bak')[:5])\n")
	assert.Equal(t, "(4096, 4096, 1000, 945, 945) (4096, 4096, 7, 3, 3)\n", out)
	_, err := qpy.New(with(t, "flash.worn = [{ part = 'usr', block = 256 }]\n"))
	assert.ErrorContains(t, err, "there is no block 256 of usr to wear out; it has 256 blocks, from 0")
}

// Blocks that bear few erases are used up, and then the partition is full: no
// file is torn.
func TestEndurance(t *testing.T) {
	out, _ := console(t, with(t, "flash = { usr_blocks = 70, endurance = 20 }\n"), `
import uos
n = 0
try:
    while True:
        n += 1
        with open("/usr/f%d" % (n % 3), "w") as f:
            f.write("%d " % n * 800)
except OSError as e:
    print(e)
print(n > 50, uos.statvfs("/usr")[3] < 3)
for i in range(3):
    text = open("/usr/f%d" % i).read().split()
    print(len(text), len(set(text)))
`)
	assert.Regexp(t, `^\[Errno (28|5)\] E(NOSPC|IO)\nTrue True\n(800 1\n){2,3}`, out)
}

// A slow flash takes its time from the script, from a download, and from the
// start after an upgrade.
func TestSlowFlashTakesDeviceTime(t *testing.T) {
	const source = `
import fota, uos, utime
if uos.uname2().qpyver == "V0001":
    before = utime.ticks_ms()
    with open("/usr/f", "w") as f:
        f.write(b"x" * 40000)
    print("write", utime.ticks_ms() - before)
    before = utime.ticks_ms()
    fota(reset_disable=1).httpDownload(url1="http://www.example.com/fota.bin")
    print("download", utime.ticks_ms() - before)
    from misc import Power
    Power.powerRestart()
print("ticks", utime.ticks_ms(), "time", utime.time() - 1704067200)
`
	read := func(config qpy.Config) (write, download, ticks, at int) {
		config.Boots = 2
		out, _ := console(t, config, source)
		for name, value := range map[string]*int{"write": &write, "download": &download, "ticks": &ticks, "time": &at} {
			_, rest, _ := strings.Cut(out, name+" ")
			_, err := fmt.Sscanf(rest, "%d", value)
			require.NoError(t, err, out)
		}
		return
	}
	write, download, ticks, at := read(qpy.Config{})
	assert.Zero(t, write)
	assert.Zero(t, ticks)
	slowWrite, slowDownload, slowTicks, slowAt := read(with(t, "flash = { program = '1ms', erase = '50ms' }\n"))
	assert.InDelta(t, 10*(50+16), slowWrite-write, 130, "ten blocks, and the directory")
	assert.Greater(t, slowDownload-download, 2000)
	assert.Zero(t, slowTicks, "ticks begin after the boot loader")
	assert.Greater(t, slowAt-at, 2*(slowDownload-download)/1000, "the boot loader writes the image as the download wrote the package")
}

// A folder is one board's at a time, from its first boot to its last.
func TestFlashFolderHasOneUser(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "flash")
	c := qpy.Config{FlashDir: dir, Fast: true, Boots: 3}
	board, err := qpy.New(c)
	require.NoError(t, err)
	refused := func() {
		_, err := qpy.New(c)
		require.ErrorIs(t, err, flash.ErrInUse)
		assert.EqualError(t, err, "flash folder "+dir+": another qpy is using it; wait for its end, or name another folder")
	}
	refused()
	require.NoError(t, board.Close())

	boots := 0
	c.Stdout = hear(func() {
		boots++
		refused()
	})
	board, err = qpy.New(c)
	require.NoError(t, err)
	_, err = board.Run(context.Background(), qpy.Script{Name: "app.py", Source: []byte("print(1)\nfrom misc import Power\nPower.powerRestart()\n")})
	require.NoError(t, err)
	refused()
	require.NoError(t, board.Close())
	assert.GreaterOrEqual(t, boots, 3)
	board, err = qpy.New(c)
	require.NoError(t, err)
	require.NoError(t, board.Close())
}

// hear is a writer that only tells that something was written.
type hear func()

func (h hear) Write(p []byte) (int, error) { h(); return len(p), nil }

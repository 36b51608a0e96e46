package fota_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy"
	"qpy/modules/internal/script"
)

// console runs a script on a fresh device in virtual time, its clock starting
// at qpy.FixedStart, and gives what comes on the console.
func console(t *testing.T, config qpy.Config, source string) (string, qpy.Result) {
	t.Helper()
	return script.RunOn(t, config, prelude+source)
}

const prelude = `
import fota
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

func TestImport(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
from fota import fota as other
import fota as third
print(fota is other, fota is third, fota.fota is fota)
u = fota()
v = fota.fota(reset_disable=1)
w = fota(1)
for name in ("httpDownload", "write", "flush", "verify", "apn_set", "download_cancel"):
    print(name, hasattr(fota, name), hasattr(u, name))
`)
	assert.Equal(t, `True True True
httpDownload True True
write True True
flush True True
verify True True
apn_set True True
download_cancel True True
`, out)
}

func TestWrongArguments(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
u = fota()
attempt(fota, 1, 2)
attempt(fota, "x")
attempt(fota, reset=1)
attempt(u.httpDownload, "http://www.example.com/fota.bin")
attempt(u.httpDownload, url="http://www.example.com/fota.bin")
attempt(u.httpDownload, url1=5)
attempt(u.httpDownload, url1="http://www.example.com/fota.bin", url2=5)
attempt(u.write, 5, 100)
attempt(u.write, b"x", "100")
attempt(u.write, b"x", 100, 1)
attempt(u.flush, 1)
attempt(u.verify, 1)
attempt(u.download_cancel, 1)
attempt(u.apn_set, "a", 0, "b", "c", "d")
attempt(u.apn_set, fota_apn=5)
attempt(u.apn_set, ip_type="4")
attempt(u.apn_set, apn="x")
`)
	assert.Equal(t, `TypeError: extra positional arguments given
TypeError: can't convert str to int
TypeError: extra keyword arguments given
TypeError: extra positional arguments given
TypeError: extra keyword arguments given
TypeError: can't convert 'int' object to str implicitly
TypeError: can't convert 'int' object to str implicitly
TypeError: object with buffer protocol required
TypeError: can't convert str to int
TypeError: function expected at most 2 arguments, got 3
TypeError: function takes 0 positional arguments but 1 were given
TypeError: function takes 0 positional arguments but 1 were given
TypeError: function takes 0 positional arguments but 1 were given
TypeError: extra positional arguments given
TypeError: can't convert 'int' object to str implicitly
TypeError: can't convert str to int
TypeError: extra keyword arguments given
`, out)
}

// Every refusal is -1 for the script and one line that says why.
func TestRefusals(t *testing.T) {
	for call, why := range map[string]string{
		`u.httpDownload()`:                                                                                "httpDownload: url1 is missing",
		`u.httpDownload(url1=None, url2=None)`:                                                            "httpDownload: url1 is missing",
		`u.httpDownload(url1="www.example.com/fota.bin")`:                                                 "httpDownload: ",
		`u.httpDownload(url1="gopher://www.example.com/f")`:                                               "httpDownload: ",
		`u.httpDownload(url1="http://www.example.com/none")`:                                              "httpDownload: http://www.example.com/none: ",
		`u.httpDownload(url1="http://nowhere.test/f.bin")`:                                                "httpDownload: http://nowhere.test/f.bin: ",
		`u.httpDownload(url1="http://www.example.com/fota.bin", url2="http://www.example.com/fota2.bin")`: "httpDownload: ",
		`u.httpDownload(url1="http://www.example.com/fota1.bin")`:                                         "httpDownload: ",
		`u.flush()`:               "fota.flush: nothing was written",
		`u.verify()`:              "fota.verify: there is no package",
		`u.write(b"x", 0)`:        "fota.write: file_size 0",
		`u.write(b"x", -5)`:       "fota.write: file_size -5",
		`u.write(b"x", 2**40)`:    "fota.write: ",
		`u.write(b"too much", 3)`: "fota.write: 8 bytes are more than file_size 3",
		`u.download_cancel()`:     "download_cancel: no download is running",
		`u.apn_set(ip_type=2)`:    "apn_set: ip_type 2",
	} {
		out, result := console(t, qpy.Config{}, "u = fota()\nprint("+call+")\n")
		lines := strings.Split(out, "\n")
		if assert.Len(t, lines, 3, "%s: %s", call, out) {
			assert.True(t, strings.HasPrefix(lines[0], "qpy: "+why), out)
			assert.Equal(t, "-1", lines[1], call)
		}
		assert.Equal(t, qpy.Finished, result.Ending, call)
	}
}

func TestWriteWithoutSize(t *testing.T) {
	out, _ := console(t, qpy.Config{}, "u = fota()\nprint(u.write(), u.write(b'x'))\n")
	assert.Equal(t, "-1 -1\n", out)
}

func TestAPN(t *testing.T) {
	out, _ := console(t, qpy.Config{Device: "BG95"}, `
u = fota()
print(u.apn_set(fota_apn="CMNET", ip_type=0, fota_user="abc", fota_password="123"))
print(u.apn_set("CMNET", 1), u.apn_set(), u.apn_set(fota_apn=None, ip_type=None))
`)
	assert.Equal(t, "0\n0 0 0\n", out)
}

// writeAll writes the package that a new device has in its flash, in pieces of
// which the last is short; what the script does after it differs.
const writeAll = `
import uos
from misc import Power
def write_all(u, chunk, name="/usr/FotaFile.bin", skip=0):
    size = uos.stat(name)[6]
    worst = 0
    with open(name, "rb") as f:
        f.seek(skip)
        while True:
            piece = f.read(chunk)
            if len(piece) == 0:
                return worst
            worst = min(worst, u.write(piece, size))
`

func TestLocalUpgrade(t *testing.T) {
	for _, chunk := range []string{"1000", "1024", "4096", "5000", "300000"} {
		out, result := console(t, qpy.Config{}, writeAll+`
u = fota()
print(write_all(u, `+chunk+`), u.flush(), u.verify(), u.verify())
Power.powerRestart()
`)
		assert.True(t, strings.HasPrefix(out, "0 0 0 0\n"), out)
		assert.True(t, result.Boot.Applied)
		assert.Equal(t, "V0001", result.Boot.From)
		assert.Equal(t, "V0002", result.Boot.To)
	}
}

func TestLocalUpgradeThatIsNotComplete(t *testing.T) {
	for name, script := range map[string]string{
		"no flush":         "print(write_all(u, 1000), u.verify())",
		"no verify":        "print(write_all(u, 1000), u.flush(), -1)",
		"half of it":       "print(write_all(u, 1000, skip=100000), u.flush(), u.verify())",
		"another size":     "write_all(u, 1000)\nprint(u.write(b'x', 5), u.flush(), u.verify())",
		"a byte too much":  "write_all(u, 1000)\nprint(u.write(b'x', uos.stat('/usr/FotaFile.bin')[6]), u.flush(), u.verify())",
		"opened anew":      "write_all(u, 1000)\nprint(fota() is None, u.flush(), u.verify())",
		"a download after": "write_all(u, 1000)\nu.httpDownload(url1='http://www.example.com/none')\nprint(u.flush(), u.verify())",
	} {
		out, result := console(t, qpy.Config{}, writeAll+"u = fota()\n"+script+"\nPower.powerRestart()\n")
		assert.Contains(t, out, "-1\n", name)
		assert.Equal(t, qpy.Restarted, result.Ending, name)
		assert.False(t, result.Boot.Applied, name)
		assert.Equal(t, "V0001", result.Boot.To, name)
	}
}

func TestAllObjectsAreOneUpgrade(t *testing.T) {
	out, result := console(t, qpy.Config{}, writeAll+`
u, v = fota(), fota()
print(write_all(u, 4096), v.flush())
print(v.verify(), fota().verify())          # flagged: a new object finds it so
Power.powerRestart()
`)
	assert.True(t, strings.HasPrefix(out, "0 0\n0 0\n"), out)
	assert.True(t, result.Boot.Applied)
}

func TestBuffers(t *testing.T) {
	out, _ := console(t, qpy.Config{}, "u = fota()\nprint(u.write(b'ab', 4), u.write('cd', 4), u.flush())\n")
	assert.Equal(t, "0 0 0\n", out)
}

func TestCallbackRunsWhileTheScriptWaits(t *testing.T) {
	out, result := console(t, qpy.Config{}, `
seen = []
def cb(args):
    seen.append(args)
u = fota(reset_disable=1)
print(u.httpDownload(url1="http://www.example.com/fota.bin", callback=cb))
first, last = seen[0], seen[-1]
print(first, last, len(first))
status, percent = 0, 0
for s, p in seen:
    if s < status or p < percent:
        print("backwards", s, p)
    status, percent = s, p
print(len(seen) > 10)
`)
	assert.Equal(t, "0\n[0, 0] [2, 100] 2\nTrue\n", out)
	assert.Equal(t, qpy.Finished, result.Ending)
}

func TestErrorInTheCallbackIsPrintedAndForgotten(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
def cb(args):
    raise ValueError(args[1])
u = fota(reset_disable=1)
print(u.httpDownload(url1="http://www.example.com/fota.bin", callback=cb))
`)
	assert.Contains(t, out, "in cb\nValueError: 0\n")
	assert.Contains(t, out, "in cb\nValueError: 100\n0\n")
}

func TestCallbackOfNothing(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
u = fota(reset_disable=1)
print(u.httpDownload(url1="http://www.example.com/fota.bin", callback=None))
print(u.httpDownload(url1="http://www.example.com/fota.bin", callback=5))
`)
	assert.True(t, strings.HasPrefix(out, "0\nTraceback") || strings.HasPrefix(out, "0\nTypeError"), out)
	assert.Contains(t, out, "TypeError: 'int' object is")
	assert.True(t, strings.HasSuffix(out, "\n0\n"), out)
}

func TestOneDownloadAtATime(t *testing.T) {
	out, result := console(t, qpy.Config{Device: "EG912N"}, `
u = fota()
print(u.httpDownload(url1="http://www.example.com/fota.bin"))
print(u.httpDownload(url1="http://www.example.com/fota.bin"))
print(u.write(b"x", 10))
import utime
utime.sleep(600)
`)
	lines := strings.Split(out, "\n")
	assert.Equal(t, "0", lines[0], "EG912N answers at once")
	assert.Contains(t, lines[1], "qpy: httpDownload: a download is running")
	assert.Equal(t, "-1", lines[2])
	assert.Contains(t, lines[3], "qpy: fota.write: a download is running")
	assert.Equal(t, "-1", lines[4])
	assert.True(t, result.Boot.Applied, "the first one is not disturbed")
}

func TestCancelFromAThread(t *testing.T) {
	out, result := console(t, qpy.Config{Device: "BG95"}, `
import _thread, utime
def cancel():
    utime.sleep(3)
    print("cancel", u.download_cancel(), u.download_cancel())
last = [None]
def cb(args):
    last[0] = args
u = fota()
_thread.start_new_thread(cancel, ())
print(u.httpDownload(url1="http://www.example.com/fota.bin", callback=cb), last[0][0])
utime.sleep(60)
`)
	assert.Contains(t, out, "cancel 0 -1\n")
	assert.Contains(t, out, "-1 -1\n")
	assert.Equal(t, qpy.Finished, result.Ending, "a cancelled download restarts nothing")
}

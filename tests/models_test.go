package tests

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy"
)

// Each test here shows one row of the table of model differences: what a script
// sees on the models of the row, and what it sees on the others.

// both runs a script on models inside and outside a row.
func both(t *testing.T, source string, inside, outside []string, check func(t *testing.T, inRow bool, console string, r qpy.Result)) {
	t.Helper()
	for inRow, names := range map[bool][]string{true: inside, false: outside} {
		for _, name := range names {
			t.Run(name, func(t *testing.T) {
				console, result := run(t, qpy.Config{Device: name}, source)
				check(t, inRow, console, result)
			})
		}
	}
}

var (
	asr        = []string{"EC600N", "EC800N", "EG912N", "EC600M", "EC800M", "EG810M"}
	others     = []string{"generic", "EC200A", "EC200U", "BG95", "EC600U", "EC600E", "EC100Y"}
	localModel = []string{"EC600NCNLC", "EC600NCNLF", "EG912N", "EC600U", "EC200U", "EG915U", "EG912U", "EC800G", "EC600E", "EC800E"}
)

func TestRestartCannotBeDisabled(t *testing.T) {
	const source = `
import fota, utime
u = fota(reset_disable=1)
u.httpDownload(url1="http://www.example.com/fota.bin", callback=lambda a: None)
utime.sleep(600)
print("still here")
`
	both(t, source, asr, others, func(t *testing.T, inRow bool, console string, r qpy.Result) {
		assert.Equal(t, inRow, r.Ending == qpy.Restarted, console)
		assert.Equal(t, !inRow, strings.Contains(console, "still here"), console)
	})
}

func TestFTPURL(t *testing.T) {
	const source = `
import fota
print("returned", fota(reset_disable=1).httpDownload(url1="ftp://www.example.com/fota.bin"))
`
	both(t, source, []string{"EC200A"}, []string{"EC200U", "EC600N", "BG95"}, func(t *testing.T, inRow bool, console string, r qpy.Result) {
		if inRow {
			assert.Contains(t, console, "returned 0")
			assert.NotContains(t, console, "HTTP only")
		} else {
			assert.Contains(t, console, "returned -1")
			assert.Contains(t, console, "HTTP only")
		}
	})
}

func TestMiniFOTA(t *testing.T) {
	const source = `
import fota, utime
def cb(a):
    print("callback", a)
print("returned", fota().httpDownload(url1="http://www.example.com/fota1.bin", url2="http://www.example.com/fota2.bin", callback=cb))
utime.sleep(600)
`
	outside := []string{"EC200A", "EC200U", "BG95", "EC600U"}
	both(t, source, asr, outside, func(t *testing.T, inRow bool, console string, r qpy.Result) {
		assert.NotContains(t, console, "callback [", "mini FOTA has no callback")
		if inRow {
			assert.Contains(t, console, "returned 0")
			assert.Equal(t, qpy.Restarted, r.Ending, console)
			assert.True(t, r.Boot.Applied, console)
		} else {
			assert.Contains(t, console, "returned -1")
			assert.Equal(t, qpy.Finished, r.Ending, console)
		}
	})
}

func TestProgressCarriesTheErrorCode(t *testing.T) {
	const source = `
import fota, utime
def cb(a):
    if a[0] not in (0, 1, 2):
        print("failed", a[1])
fota().httpDownload(url1="http://www.example.com/missing.bin", callback=cb)
utime.sleep(60)
`
	inside := []string{"EC600N", "EC800N", "EG912N"}
	outside := []string{"EC600M", "EC800M", "EG810M", "EC200U", "BG95", "generic"}
	both(t, source, inside, outside, func(t *testing.T, inRow bool, console string, r qpy.Result) {
		if inRow {
			assert.Contains(t, console, "failed 723", "the code of a server that answers without the file")
		} else {
			assert.Contains(t, console, "failed 0", "the progress, as far as it came")
		}
	})
}

func TestDownloadReturnsAtOnce(t *testing.T) {
	const source = `
import fota, utime
def cb(a):
    print("status", a[0])
u = fota(reset_disable=1)
before = utime.ticks_ms()
r = u.httpDownload(url1="http://www.example.com/fota.bin", callback=cb)
print("returned", r, "at once" if utime.ticks_diff(utime.ticks_ms(), before) < 100 else "later")
utime.sleep(600)
`
	inside := append([]string{"BC25PA"}, asr...)
	both(t, source, inside, others, func(t *testing.T, inRow bool, console string, r qpy.Result) {
		if inRow {
			assert.Contains(t, console, "returned 0 at once")
			assert.Less(t, strings.Index(console, "returned"), strings.Index(console, "status 2"), console)
		} else {
			assert.Contains(t, console, "returned 0 later")
			assert.Less(t, strings.Index(console, "status 2"), strings.Index(console, "returned"), console)
		}
	})
}

func TestFailureIsToldByReturnValueOrByCallback(t *testing.T) {
	const source = `
import fota, utime
def cb(a):
    print("status", a[0])
print("returned", fota().httpDownload(url1="http://nowhere.example.net/fota.bin", callback=cb))
utime.sleep(60)
`
	inside := append([]string{"BC25PA"}, asr...)
	both(t, source, inside, others, func(t *testing.T, inRow bool, console string, r qpy.Result) {
		want := "returned -1"
		if inRow {
			want = "returned 0"
		}
		assert.Contains(t, console, want)
		assert.Contains(t, console, "status -1")
		assert.Equal(t, 1, strings.Count(console, "qpy: "), "one line says why: %s", console)
		assert.Contains(t, console, "nowhere.example.net")
	})
}

func TestAPNAndCancelAreOnBG95(t *testing.T) {
	const source = `
import fota
u = fota()
for name in ("apn_set", "download_cancel"):
    print(name, hasattr(u, name))
try:
    print("answer", u.apn_set(fota_apn="CMNET", ip_type=0, fota_user="abc", fota_password="123"))
except AttributeError as e:
    print("AttributeError")
`
	both(t, source, []string{"BG95", "generic"}, []string{"EC600N", "EC200U", "EC200A"}, func(t *testing.T, inRow bool, console string, r qpy.Result) {
		if inRow {
			assert.Equal(t, "apn_set True\ndownload_cancel True\nanswer 0\n", console)
		} else {
			assert.Equal(t, "apn_set False\ndownload_cancel False\nAttributeError\n", console)
		}
	})
}

func TestLocalUpgrade(t *testing.T) {
	const source = `
import fota
u = fota()
for name in ("write", "flush", "verify"):
    print(name, hasattr(u, name))
`
	outside := []string{"EC600N", "EC800N", "BG95", "EC200A", "EC600M"}
	both(t, source, append([]string{"generic"}, localModel...), outside, func(t *testing.T, inRow bool, console string, r qpy.Result) {
		if inRow {
			assert.Equal(t, "write True\nflush True\nverify True\n", console)
		} else {
			assert.Equal(t, "write False\nflush False\nverify False\n", console)
		}
	})
}

func TestPowerDownReason(t *testing.T) {
	const source = `
from misc import Power
print(hasattr(Power, "powerDownReason"), Power.powerOnReason(), 3300 <= Power.getVbatt() <= 4300)
`
	both(t, source, []string{"generic", "EC600N", "BG95"}, []string{"BC25PA", "EC200U", "EC600U"}, func(t *testing.T, inRow bool, console string, r qpy.Result) {
		want := "False 1 True\n"
		if inRow {
			want = "True 1 True\n"
		}
		assert.Equal(t, want, console)
	})
}

// What a model lacks fails as on the module; a note names the models that have it.
func TestWhatAModelLacksIsNoted(t *testing.T) {
	for _, c := range []struct{ device, source, message, note string }{
		{"EC600N", "import fota\nfota().apn_set(fota_apn='x')\n", "AttributeError: 'fota' object has no attribute 'apn_set'",
			"qpy: fota.apn_set is not on EC600N; models that have it: generic, BG95\n"},
		{"EC200A", "import fota\nfota.write\n", "AttributeError: type object 'fota' has no attribute 'write'",
			"qpy: fota.write is not on EC200A; models that have it: generic, EC600U, EC600E, EC600NCNLC"},
		{"BC25PA", "from misc import Power\nPower.powerDownReason()\n", "AttributeError: type object 'Power' has no attribute 'powerDownReason'",
			"qpy: Power.powerDownReason is not on BC25PA; models that have it: generic, EC100Y"},
		{"BG95", "frozenset()\n", "NameError: name 'frozenset' isn't defined", "qpy: frozenset is not on BG95; models that have it: generic\n"},
		{"EC800M", "import _thread, fota, utime\n_thread.start_new_thread(lambda: fota().download_cancel(), ())\nutime.sleep(1)\n",
			"AttributeError: 'fota' object has no attribute 'download_cancel'", "qpy: fota.download_cancel is not on EC800M"},
	} {
		console, result := run(t, qpy.Config{Device: c.device}, c.source)
		assert.Contains(t, console, c.message)
		assert.Contains(t, console, c.note)
		assert.Equal(t, 1, strings.Count(console, "qpy: "))
		if c.device != "EC800M" { // there it is a thread
			assert.Equal(t, qpy.Failed, result.Ending)
			assert.Equal(t, 1, result.Code)
		}
	}
	for _, source := range []string{
		"import fota\nprint(hasattr(fota(), 'apn_set'))\n",                                    // who asks, knows
		"import fota\ntry:\n    fota().apn_set()\nexcept AttributeError:\n    print(False)\n", // so does who expects it
		"class fota:\n    pass\ntry:\n    fota().apn\nexcept AttributeError:\n    print(False)\n",
	} {
		console, _ := run(t, qpy.Config{Device: "EC600N"}, source)
		assert.Equal(t, "False\n", console)
	}
	console, _ := run(t, qpy.Config{}, "import fota\nfota().nonsense\n")
	assert.NotContains(t, console, "qpy: ", "no model has it")
}

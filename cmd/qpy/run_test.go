package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRunSplitsTheStreams(t *testing.T) {
	got := commandIn(t, "typed\n", "run", "--fast", script(t, `
import log, usys
print("out")
log.getLogger("L").info("logged")
print("err", file=usys.stderr)
print(input("? "))
`))
	assert.Equal(t, outcome{0, "out\n? typed\n", "INFO:L:logged\nerr\n"}, got)
}

func TestFlagsAfterTheScriptAreTheScripts(t *testing.T) {
	s := script(t, "import usys\nprint(usys.argv)\n")
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{s}, "['main.py']\n"},
		{[]string{s, "--device", "nope", "--fast", "-x", "--", "a b", ""}, "['main.py', '--device', 'nope', '--fast', '-x', '--', 'a b', '']\n"},
		{[]string{"--", s, "--help"}, "['main.py', '--help']\n"},
	} {
		got := command(t, append([]string{"run", "--fast"}, c.args...)...)
		assert.Equal(t, outcome{0, c.want, ""}, got)
	}
}

func TestSourcesThatAreTaken(t *testing.T) {
	for name, c := range map[string]struct{ source, want string }{
		"empty":             {"", ""},
		"CR LF":             {"if 1:\r\n\tprint('a')\r\nprint('''x\r\ny''')\r\n", "a\nx\ny\n"},
		"CR":                {"print(1)\rprint(2)\r", "1\n2\n"},
		"byte order mark":   {"\xef\xbb\xbfprint('bom')\n", "bom\n"},
		"no last newline":   {"print(1)", "1\n"},
		"tabs and blanks":   {"if 1:\n        print(1)\n\tprint(2)\n", "1\n2\n"},
		"only a comment":    {"# nothing", ""},
		"a form feed":       {"print(1)\n\f\nprint(2)\n", "1\n2\n"},
		"text beyond ASCII": {"print('中文 é')\n", "中文 é\n"},
	} {
		assert.Equal(t, outcome{0, c.want, ""}, command(t, "run", "--fast", script(t, c.source)), name)
	}
}

func TestSourcesThatAreRefused(t *testing.T) {
	for name, c := range map[string]struct{ source, want string }{
		"syntax":         {"x = 1\ny = = 2\n", "Traceback (most recent call last):\n  File \"main.py\", line 2\nSyntaxError: invalid syntax\n"},
		"open string":    {"\n\nx = 'abc\n", "  File \"main.py\", line 3\nSyntaxError: invalid syntax\n"},
		"open bracket":   {"def f(:\n    pass\n", "  File \"main.py\", line 1\nSyntaxError: invalid syntax\n"},
		"f-string":       {"x = 1\nprint(f'{x}')\n", "  File \"main.py\", line 2\nSyntaxError: invalid syntax\n"},
		"indent":         {"print(1)\n  print(2)\n", "  File \"main.py\", line 2\nIndentationError: unexpected indent\n"},
		"return outside": {"return 5\n", "SyntaxError: 'return' outside function\n"},
		"invalid UTF-8":  {"x = 1\ny = '\xff'\n", "qpy: main.py: line 2: byte 0xff is not valid UTF-8: save the file as UTF-8\n"},
		"UTF-16":         {"\xff\xfep\x00r\x00", "qpy: main.py: line 1: a NUL byte: this is not a Python source file\n"},
		"NUL":            {"print(1)\n\x00\n", "qpy: main.py: line 2: a NUL byte: this is not a Python source file\n"},
		"a binary":       {"\x7fELF\x02\x01\x01\x00\x00\xff", "qpy: main.py: line 1: a NUL byte: this is not a Python source file\n"},
	} {
		got := command(t, "run", "--fast", script(t, c.source))
		assert.Equal(t, 1, got.code, name)
		assert.Empty(t, got.out, "%s: nothing of it runs", name)
		assert.Contains(t, got.err, c.want, name)
	}
}

func TestExitCodes(t *testing.T) {
	for source, want := range map[string]int{
		"pass":                                      0,
		"import usys\nusys.exit()":                  0,
		"import usys\nusys.exit(3)":                 3,
		"import usys\nusys.exit(257)":               1,
		"import usys\nusys.exit(-1)":                255,
		"raise SystemExit":                          0,
		"raise SystemExit(9)":                       9,
		"import usys\nusys.exit('a message')":       1,
		"from misc import Power\nPower.powerDown()": 0,
	} {
		got := command(t, "run", "--fast", script(t, source+"\n"))
		assert.Equal(t, want, got.code, source)
		assert.Empty(t, got.out, source)
		assert.NotContains(t, got.err, "Traceback", source)
	}
}

func TestUncaughtException(t *testing.T) {
	got := command(t, "run", "--fast", script(t, "def f():\n    print('before')\n    raise ValueError('bad')\nf()\nprint('after')\n"))
	assert.Equal(t, outcome{1, "before\n", "Traceback (most recent call last):\n" +
		"  File \"main.py\", line 4, in <module>\n  File \"main.py\", line 3, in f\nValueError: bad\n"}, got)
	got = command(t, "run", "--fast", script(t, "def f():\n    f()\nf()\n"))
	assert.Equal(t, 1, got.code)
	assert.True(t, strings.HasSuffix(got.err, "RuntimeError: maximum recursion depth exceeded\n"), "an endless recursion")
}

func TestRestartAndPowerDownAreNoted(t *testing.T) {
	got := command(t, "run", "--fast", script(t, "from misc import Power\nPower.powerRestart()\n"))
	assert.Equal(t, outcome{0, "", "qpy: the device restarts: Power.powerRestart()\nqpy: boot loader: firmware V0001, no upgrade is waiting\n"}, got)
	got = command(t, "run", "--fast", script(t, "from misc import Power\nPower.powerDown()\n"))
	assert.Equal(t, outcome{0, "", "qpy: the device powers down\n"}, got)
}

func TestDeadlockNamesTheTasks(t *testing.T) {
	got := command(t, "run", "--fast", script(t, `
import _thread
lock, other = _thread.allocate_lock(), _thread.allocate_lock()
def worker():
    other.acquire()
    lock.acquire()
lock.acquire()
_thread.start_new_thread(worker, ())
import utime
utime.sleep(1)
print("now")
other.acquire()
`))
	assert.Equal(t, outcome{1, "now\n", "qpy: deadlock: nothing will ever wake task 0 \"main\" (waits for lock 2), task 1 \"worker\" (waits for lock 1)\n"}, got)
}

func TestDevice(t *testing.T) {
	s := script(t, "import uos\nprint(uos.uname2().sysname)\n")
	for device, want := range map[string]string{"EC600N": "EC600N-CNLA\n", "ec600s": "EC600S-CNLB\n", "generic": "GENERIC\n", "ec600n-cnlc": "EC600N-CNLC\n"} {
		assert.Equal(t, outcome{0, want, ""}, command(t, "run", "--fast", "--device", device, s), device)
	}
}

func TestSeed(t *testing.T) {
	s := script(t, "import uos\nprint(uos.urandom(8))\n")
	one, two := command(t, "run", "--fast", "--seed", "1", s), command(t, "run", "--fast", "--seed", "2", s)
	assert.Equal(t, one, command(t, "run", "--fast", "--seed", "1", s))
	assert.NotEqual(t, one.out, two.out)
}

func TestPutAndFlash(t *testing.T) {
	host := t.TempDir()
	text := put(t, host, "a:b.txt", "from the PC")
	module := put(t, host, "m.py", "x = 42\n")
	flash := filepath.Join(host, "made", "flash")
	s := script(t, `
from usr.deep import m
print(m.x, open("/usr/text").read())
open("/usr/new", "w").write("from the device")
`)
	got := command(t, "run", "--fast", "--flash", flash, "--put", text+":/usr/text", "--put", module+":/usr/deep/m.py", s)
	assert.Equal(t, outcome{0, "42 from the PC\n", ""}, got)
	data, err := os.ReadFile(filepath.Join(flash, "usr", "new"))
	require.NoError(t, err)
	assert.Equal(t, "from the device", string(data))
	got = command(t, "run", "--fast", "--flash", flash, script(t, "import uos\nprint(uos.listdir('/usr'), open('/usr/new').read())\n"))
	assert.Equal(t, outcome{0, "['FotaFile.bin', 'deep', 'new', 'text'] from the device\n", ""}, got)
	big := put(t, host, "big", strings.Repeat("x", 2<<20))
	got = command(t, "run", "--fast", "--put", big+":/usr/big", s)
	assert.Equal(t, 2, got.code)
	assert.Contains(t, got.err, "put "+big+" on the device as /usr/big: ")
	assert.Contains(t, got.err, "ENOSPC")
}

func TestUpgradeIsThereInTheNextRun(t *testing.T) {
	flash := t.TempDir()
	upgrade := script(t, `
import fota, uos, utime
from misc import Power
print(uos.uname()[5], Power.powerOnReason())
fota().httpDownload(url1="http://www.example.com/fota.bin")
utime.sleep(60)
`)
	got := command(t, "run", "--fast", "--flash", flash, upgrade)
	assert.Equal(t, 0, got.code)
	assert.Equal(t, "qpyver=V0001 1\n", got.out)
	assert.Equal(t, "qpy: the device restarts: the upgrade is downloaded\nqpy: boot loader: firmware V0001 -> V0002\n", got.err)
	got = command(t, "run", "--fast", "--flash", flash, upgrade)
	assert.Equal(t, "qpyver=V0002 2\n", got.out)
	assert.Contains(t, got.err, "firmware V0002 -> V0003")
	got = command(t, "run", "--fast", "--flash", flash, script(t, "import uos\nprint(uos.uname2().qpyver)\n"))
	assert.Equal(t, outcome{0, "V0003\n", ""}, got)
}

func TestSite(t *testing.T) {
	site := t.TempDir()
	put(t, site, "www.example.com/own.bin", "not in qpy's format")
	put(t, site, "other.test/secret", "x")
	s := script(t, `
import fota
u = fota(reset_disable=1)
for url in ("http://www.example.com/own.bin", "http://www.example.com/fota.bin", "http://www.example.com/../other.test/secret", "http://elsewhere.test/own.bin"):
    print(u.httpDownload(url1=url))
`)
	got := command(t, "run", "--fast", "--site", site, s)
	assert.Equal(t, "0\n-1\n-1\n-1\n", got.out)
	assert.Equal(t, 4, strings.Count(got.err, "qpy: "), got.err)
	assert.Contains(t, got.err, "not in qpy's format: only its length was checked")
	got = command(t, "run", "--fast", "--strict", "--site", site, s)
	assert.Equal(t, "-1\n-1\n-1\n-1\n", got.out)
}

// interrupting is an output that ends a context as soon as the script has
// printed a mark: Ctrl-C at a known place.
type interrupting struct {
	bytes.Buffer
	mark   string
	cancel context.CancelFunc
}

func (w *interrupting) Write(p []byte) (int, error) {
	n, err := w.Buffer.Write(p)
	if strings.Contains(w.String(), w.mark) {
		w.cancel()
	}
	return n, err
}

// interrupt runs a script in real time and presses Ctrl-C when it prints "now".
func interrupt(t *testing.T, args ...string) outcome {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	out := &interrupting{mark: "now\n", cancel: cancel}
	var errOut bytes.Buffer
	code := execute(ctx, append([]string{"run"}, args...), strings.NewReader(""), out, &errOut)
	return outcome{code, out.String(), errOut.String()}
}

func TestInterrupt(t *testing.T) {
	for name, wait := range map[string]string{
		"sleep": "utime.sleep(100000)",
		"lock":  "lock.acquire()",
		"busy":  "while True: pass",
	} {
		got := interrupt(t, script(t, `
import utime, _thread
lock = _thread.allocate_lock()
lock.acquire()
_thread.start_new_thread(utime.sleep, (100000,))
def work():
    print("now")
    `+wait+`
work()
print("not reached")
`))
		assert.Equal(t, 1, got.code, name)
		assert.Equal(t, "now\n", got.out, name)
		assert.True(t, strings.HasPrefix(got.err, "Traceback (most recent call last):\n  File \"main.py\", line 9, in <module>\n  File \"main.py\", line "), "%s: %s", name, got.err)
		assert.True(t, strings.HasSuffix(got.err, ", in work\nKeyboardInterrupt: \n"), "%s: %s", name, got.err)
	}
}

func TestInterruptOfADownload(t *testing.T) {
	got := interrupt(t, script(t, `
import fota
def cb(args):
    print("now")
print("not reached", fota().httpDownload(url1="http://www.example.com/fota.bin", callback=cb))
`))
	assert.Equal(t, 1, got.code)
	assert.NotContains(t, got.out, "not reached")
	assert.Contains(t, got.err, "KeyboardInterrupt: \n")
}

func TestInterruptCanBeCaughtAndFlashStaysIntact(t *testing.T) {
	flash := t.TempDir()
	got := interrupt(t, "--flash", flash, script(t, `
import utime
f = open("/usr/data", "w")
f.write("written before")
try:
    print("now")
    utime.sleep(100000)
except KeyboardInterrupt:
    print("caught")
finally:
    f.close()
`))
	assert.Equal(t, outcome{0, "now\ncaught\n", ""}, got)
	data, err := os.ReadFile(filepath.Join(flash, "usr", "data"))
	require.NoError(t, err)
	assert.Equal(t, "written before", string(data))
	got = command(t, "run", "--fast", "--flash", flash, script(t, "print(open('/usr/data').read())\n"))
	assert.Equal(t, outcome{0, "written before\n", ""}, got)
}

func TestDeviceGoesOnAfterTheLastLine(t *testing.T) {
	got := command(t, "run", "--fast", script(t, `
import _thread, utime
def later():
    utime.sleep(3600)
    print("an hour later")
_thread.start_new_thread(later, ())
print("last line")
`))
	assert.Equal(t, outcome{0, "last line\nan hour later\n", ""}, got)
}

// A script sees no difference between a flash in memory and one in a folder.
func TestMemoryAndFolderAreTheSame(t *testing.T) {
	s := script(t, `
import uos
uos.mkdir("/usr/d")
for i in range(50):
    with open("/usr/d/f%02d" % (i * 7 % 50), "w") as f:
        f.write("x" * i * 100)
uos.remove("/usr/d/f07")
uos.rename("/usr/d/f14", "/usr/d/f07")
print(uos.listdir("/usr/d"), uos.statvfs("/usr"), [uos.stat("/usr/d/" + n)[6] for n in uos.listdir("/usr/d")])
`)
	inMemory := command(t, "run", "--fast", s)
	require.Zero(t, inMemory.code, inMemory.err)
	assert.Equal(t, inMemory, command(t, "run", "--fast", "--flash", t.TempDir(), s))
}

func TestManyCommandLinesAtOnce(t *testing.T) {
	s := script(t, "import usys, utime\nfor i in range(20):\n    utime.sleep(1)\nprint(usys.argv[1])\n")
	for i := range 8 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, outcome{0, fmt.Sprintf("%d\n", i), ""}, command(t, "run", "--fast", s, fmt.Sprint(i)))
		})
	}
}

func TestRunOptimised(t *testing.T) {
	s := put(t, t.TempDir(), "app.py", "print(__debug__)\nassert 0\nraise ValueError\n")
	for level, want := range map[string]string{
		"0": "True\n", "1": "False\n", "2": "False\n", "3": "False\n",
	} {
		got := command(t, "run", "--fast", "-O"+level, s)
		assert.Equal(t, want, got.out, level)
		assert.Equal(t, level == "0", strings.Contains(got.err, "AssertionError"), got.err)
		assert.Equal(t, level == "3", strings.Contains(got.err, "line 1, in"), "the highest level keeps no line numbers: %s", got.err)
	}
	got := command(t, "run", "-O4", s)
	assert.Equal(t, exitUsage, got.code)
	assert.Contains(t, got.err, "--optimise 4: there are the levels 0 to 3")
}

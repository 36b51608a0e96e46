package usys_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy"
	"qpy/modules/internal/script"
)

// console runs a script that has two arguments.
func console(t *testing.T, config qpy.Config, source string) (string, qpy.Result) {
	t.Helper()
	return script.RunOn(t, config, prelude+source, "one", "two")
}

func TestGoldens(t *testing.T) {
	script.Golden(t, "usys")
	script.Golden(t, "usys_more")
}

const prelude = `
import usys
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

func TestFacts(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
print(usys.version, usys.version_info, usys.byteorder, usys.platform, usys.maxsize)
print(usys.implementation)
print(usys.implementation.name, usys.implementation.version, usys.implementation[1], len(usys.implementation))
print(usys.argv, usys.path)
import sys
print(sys is usys)
`)
	assert.Equal(t, `3.4.0 (3, 4, 0) little linux 9223372036854775807
(name='micropython', version=(1, 13, 0), mpy=2821)
micropython (1, 13, 0) (1, 13, 0) 3
['main.py', 'one', 'two'] ['', '/usr']
True
`, out)
	out, _ = console(t, qpy.Config{Device: "EC600S"}, "print(usys.platform, usys.maxsize)\n")
	assert.Equal(t, "EC600SCNLB 2147483647\n", out)
}

func TestExit(t *testing.T) {
	for argument, code := range map[string]int{
		"": 0, "0": 0, "None": 0, "False": 0, "3": 3, "True": 1, "255": 255, "256": 0, "-1": 255, "'why'": 1, "1.5": 1, "(1, 2)": 1,
	} {
		out, result := console(t, qpy.Config{}, "usys.exit("+argument+")\nprint('not reached')\n")
		assert.Equal(t, qpy.Exited, result.Ending, argument)
		assert.Equal(t, code, result.Code, argument)
		assert.Empty(t, out, argument)
	}
	out, result := console(t, qpy.Config{}, "attempt(usys.exit, 1, 2)\n")
	assert.Equal(t, "TypeError: function expected at most 1 arguments, got 2\n", out)
	assert.Equal(t, qpy.Finished, result.Ending)
}

func TestExitCanBeCaught(t *testing.T) {
	out, result := console(t, qpy.Config{}, `
try:
    usys.exit(4)
except SystemExit as e:
    print("caught", e.args[0])
`)
	assert.Equal(t, "caught 4\n", out)
	assert.Equal(t, qpy.Finished, result.Ending)
}

func TestExitOfAThreadIsItsOwn(t *testing.T) {
	out, result := console(t, qpy.Config{}, `
import _thread, utime
_thread.start_new_thread(usys.exit, (7,))
utime.sleep(1)
print("main goes on")
`)
	assert.Equal(t, "main goes on\n", out)
	assert.Equal(t, qpy.Finished, result.Ending)
	assert.Zero(t, result.Code)
}

func TestStreamsAreTheConsole(t *testing.T) {
	var out, errOut bytes.Buffer
	board, err := qpy.New(qpy.Config{Fast: true, Stdout: &out, Stderr: &errOut, Stdin: bytes.NewBufferString("first\nsecond\nrest")})
	require.NoError(t, err)
	defer board.Close()
	_, err = board.Run(context.Background(), qpy.Script{Name: "main.py", Source: []byte(`
import usys
print(usys.stdout.write("to stdout\n"), usys.stderr.write("to stderr\n"))
print("printed to stderr", file=usys.stderr)
print(usys.stdin.readline(), end="")
print(input("? "))
print(usys.stdin.read(2), usys.stdin.read(), usys.stdin.read())
print(usys.stdin, usys.stdout, usys.stderr)
`)})
	require.NoError(t, err)
	assert.Equal(t, "to stdout\n10 10\nfirst\n? second\nre st \n<io.FileIO 0> <io.FileIO 1> <io.FileIO 2>\n", out.String())
	assert.Equal(t, "to stderr\nprinted to stderr\n", errOut.String())
}

func TestPrintException(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
import uio
class Collect(uio.IOBase):
    def __init__(self):
        self.text = ""
    def write(self, data):
        self.text += str(data, "utf8")
        return len(data)
class NoStream:
    def write(self, data):
        return len(data)

def f():
    raise ValueError("wrong")

to, memory = Collect(), uio.StringIO()
try:
    f()
except ValueError as e:
    usys.print_exception(e)
    usys.print_exception(e, usys.stderr)
    usys.print_exception(e, to)
    usys.print_exception(e, memory)
    attempt(usys.print_exception, e, NoStream())
print(to.text == memory.getvalue())
print(to.text, end="")
usys.print_exception(OSError(2))
attempt(usys.print_exception)
attempt(usys.print_exception, 5)
`)
	assert.Equal(t, 3, strings.Count(out, "ValueError: wrong\n"), out)
	assert.Contains(t, out, "\nOSError: stream operation not supported\nTrue\nTraceback")
	assert.Contains(t, out, "\nOSError: [Errno 2] ENOENT\nTypeError: function missing 1 required positional arguments\n5\nNone\n")
}

func TestExcInfo(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
print(usys.exc_info())
try:
    raise KeyError("k")
except KeyError as e:
    kind, value, trace = usys.exc_info()
    print(kind, value is e, trace)
print(usys.exc_info())
attempt(usys.exc_info, 1)
`)
	assert.Equal(t, "(None, None, None)\n<class 'KeyError'> True None\n(None, None, None)\n"+
		"TypeError: function takes 0 positional arguments but 1 were given\n", out)
}

func TestAtExit(t *testing.T) {
	for _, end := range []string{"", "usys.exit(3)\n", "raise ValueError\n"} {
		out, _ := console(t, qpy.Config{}, `
def last():
    print("last")
print(usys.atexit(print), usys.atexit(last) is print)
`+end)
		assert.True(t, strings.HasPrefix(out, "None True\n"), out)
		assert.True(t, strings.HasSuffix(out, "last\n"), out)
	}
	out, _ := console(t, qpy.Config{}, "usys.atexit(5)\n")
	assert.Empty(t, out, "what cannot be called is not called")
	out, _ = console(t, qpy.Config{}, "usys.atexit(lambda: 1/0)\n")
	assert.Contains(t, out, "ZeroDivisionError: divide by zero\n")
}

func TestModules(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
with open("/usr/mine.py", "w") as f:
    f.write("x = 1\n")
print("mine" in usys.modules)
import mine
print(usys.modules["mine"] is mine)
mine.x = 2
del usys.modules["mine"]
import mine
print(mine.x)
`)
	assert.Equal(t, "False\nTrue\n1\n", out)
}

func TestSizes(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
print(usys.getsizeof([]) < usys.getsizeof(list(range(100))), usys.getsizeof({}) > 0)
attempt(usys.getsizeof, print)
`)
	assert.True(t, strings.HasPrefix(out, "True True\nTypeError: "), out)
}

// A script may change where its modules come from.
func TestPathIsSearched(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
import uos
uos.mkdir("/usr/lib")
with open("/usr/lib/helper.py", "w") as f:
    f.write("x = 1\n")
try:
    import helper
except ImportError as e:
    print(e)
usys.path.append("/usr/lib")
import helper
print(helper.x)
`)
	assert.Equal(t, "no module named 'helper'\n1\n", out)
}

package main

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const secret = "nobody on the device may read this"

// quote writes a path as a Python literal.
func quote(p string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\x00", `\x00`, "\n", `\n`, "\r", `\r`).Replace(p) + "'"
}

// The registry of native modules is the whole process's, and some of what is
// linked into qpy touches the PC. A script gets the device's modules only.
func TestOnlyTheDevicesModulesCanBeImported(t *testing.T) {
	got := command(t, "run", "--fast", script(t, `
for name in ("glob", "tempfile", "marshal", "pathlib", "shutil", "subprocess", "_os", "posix", "nt", "importlib", "__main__.x", "os.path", "qpy", "board"):
    try:
        m = __import__(name)
        print(name, "was imported")
    except ImportError:
        pass
import os, sys, time
import uos, usys, utime
print(os is uos, sys is usys, time is utime)
for name in ("system", "popen", "environ", "getenv", "_exit", "putenv", "getpid"):
    if hasattr(os, name):
        print("os has", name)
print(os.listdir("/"), os.getcwd())
`))
	assert.Equal(t, outcome{0, "True True True\n['usr', 'bak'] /\n", ""}, got)
}

func TestNothingOfTheProcessShows(t *testing.T) {
	t.Setenv("QPY_TEST_SECRET", secret)
	got := command(t, "run", "--fast", script(t, `
import usys
for m in ("builtins", "usys", "uos", "utime", "log", "misc", "_thread", "fota"):
    module = __import__(m)
    for name in dir(module):
        print(m, name, getattr(module, name))
for name in ("__file__", "__loader__", "__spec__"):
    print(name in globals())
`), "argument")
	assert.Zero(t, got.code, got.err)
	assert.NotContains(t, got.out, secret)
	wd, err := os.Getwd()
	require.NoError(t, err)
	assert.NotContains(t, got.out, wd)
}

// Scripts that try to bring the process down end as a script does.
func TestGreedyScripts(t *testing.T) {
	for source, want := range map[string]string{
		"def f():\n    f()\nf()": "RuntimeError: maximum recursion depth exceeded",
		"class A:\n    def __getattr__(self, n):\n        return getattr(self, n)\nA().x": "RuntimeError: maximum recursion depth exceeded",
		"x = 'a' * 10**12":                            "MemoryError: memory allocation failed",
		"x = bytearray(10**12)":                       "MemoryError: memory allocation failed",
		"x = [0] * 10**11":                            "MemoryError: memory allocation failed",
		"x = 1 << 10**12":                             "MemoryError: memory allocation failed",
		"eval('(' * 100000)":                          "Error: ",
		"a = []\na.append(a)\nx = repr(a)":            "RuntimeError: maximum recursion depth exceeded",
		"import uos\nuos.urandom(10**9)":              "MemoryError: memory allocation failed",
		"open('/usr/x', 'w').seek(2**40)":             "OSError: [Errno 22] EINVAL",
		"open('/usr/FotaFile.bin').read(-2**60)":      "",
		"open('/usr/FotaFile.bin', 'rb').read(2**31)": "",
	} {
		got := command(t, "run", "--fast", script(t, source+"\n"))
		if want == "" {
			assert.NotContains(t, got.err, "internal", source)
			continue
		}
		assert.Equal(t, 1, got.code, source)
		lines := strings.Split(strings.TrimSpace(got.err), "\n")
		assert.Contains(t, lines[len(lines)-1], want, source)
	}
}

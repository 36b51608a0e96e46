package board_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy"
	"qpy/modules"
	"qpy/modules/internal/script"
	"qpy/python"
)

// execfile, help and TimeoutError are in the modules' configuration of
// MicroPython (mpconfigport.h).
func TestBuiltinsOfTheFirmware(t *testing.T) {
	for _, device := range []string{"EC600N", "BG95", "generic"} {
		out, _ := script.RunOn(t, qpy.Config{Device: device}, `
with open("/usr/part.py", "w") as f:
    f.write("x = 5\nprint(__name__, 'runs')\n")
execfile("/usr/part.py")
print(x)
try:
    execfile("/usr/none.py")
except OSError as e:
    print(e)
try:
    raise TimeoutError("late")
except OSError as e:
    print(type(e), e)
help()
help("modules")
import uheapq
help(uheapq)
`)
		assert.Contains(t, out, "__main__ runs\n5\n[Errno 2] ENOENT\n<class 'TimeoutError'> late\nWelcome to QuecPython on qpy.\n", device)
		assert.Regexp(t, `(?m)^__main__ +\S+ +\S+ +\S+$`, out, device)
		for _, name := range python.ModuleNames(modules.All) {
			assert.Equal(t, device == "generic" || name != "uwebsocket", strings.Contains(out, name), "%s on %s", name, device)
		}
		assert.Contains(t, out, "Plus any modules on the filesystem\nobject <module 'uheapq'> is of type module\n", device)
		assert.Contains(t, out, "  heappush -- <function>\n", device)
	}
}

// A script cannot change what every module sees (MICROPY_CAN_OVERRIDE_BUILTINS).
func TestBuiltinsAreFixedOnModules(t *testing.T) {
	const source = `
import builtins
try:
    builtins.extra = 5
    print(extra)
except AttributeError as e:
    print(e)
`
	out, _ := script.RunOn(t, qpy.Config{Device: "EC600N"}, source)
	assert.Equal(t, "'module' object has no attribute 'extra'\n", out)
	assert.Equal(t, "5\n", script.Run(t, source))
}

// A module that a platform's configuration leaves out cannot be imported, and
// help does not list it (mpconfigport.h).
func TestModulesByPlatform(t *testing.T) {
	const source = `
for name in ("uhashlib", "ucryptolib", "uwebsocket", "hashlib"):
    try:
        __import__(name)
        print(name)
    except ImportError as e:
        print(e)
import usys
print(hasattr(usys.stdin, "fileno"))
help("modules")
`
	out, _ := script.RunOn(t, qpy.Config{Device: "BC25PA"}, source)
	assert.Contains(t, out, "no module named 'uhashlib'\nno module named 'ucryptolib'\nno module named 'uwebsocket'\nno module named 'hashlib'\nFalse\n")
	assert.NotContains(t, strings.SplitN(out, "False\n", 2)[1], "uhashlib")
	out, _ = script.RunOn(t, qpy.Config{Device: "EC600N"}, source)
	assert.Contains(t, out, "uhashlib\nucryptolib\nno module named 'uwebsocket'\nhashlib\nFalse\n")
	assert.Contains(t, script.Run(t, source), "uhashlib\nucryptolib\nuwebsocket\nhashlib\nTrue\n")
}

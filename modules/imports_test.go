package modules_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy"
	"qpy/modules"
	"qpy/modules/internal/script"
)

// files writes files to the flash before a script runs.
func files(content map[string]string) string {
	text := "import uos\nfor d in ('/usr/pkg', '/usr/pkg/sub', '/usr/lib', '/usr/bare'):\n    uos.mkdir(d)\n"
	for name, source := range content {
		text += fmt.Sprintf("with open(%q, 'w') as f:\n    f.write(%q)\n", name, source)
	}
	return text
}

// Each module is found under its name and without its u, and both are one.
func TestNamesWithoutU(t *testing.T) {
	for _, name := range modules.Weak {
		short := name[1:]
		assert.Equal(t, "True\n", script.Run(t, fmt.Sprintf("import %s\nimport %s\nprint(%s is %s)\n", short, name, short, name)), short)
	}
	for _, name := range []string{"math", "cmath", "gc", "micropython", "machine", "queue", "_thread", "uasyncio"} {
		assert.Equal(t, "", script.Run(t, "import "+name+"\n"))
	}
}

// A file on the flash wins over a module's name without u, and not over its own.
func TestFileWinsOverTheShortName(t *testing.T) {
	assert.Equal(t, "the file False\nTrue\n", script.Run(t, files(map[string]string{
		"/usr/json.py": "def dumps(o):\n    return 'the file'\n", "/usr/ujson.py": "broken = True\n", "/usr/gc.py": "broken = True\n",
	})+`
import json, ujson, gc
print(json.dumps(1), hasattr(ujson, "broken") or hasattr(gc, "broken"))
import struct, ustruct
print(struct is ustruct)
`))
}

func TestPackages(t *testing.T) {
	assert.Equal(t, `pkg starts
sub starts pkg.sub
mod pkg.sub.mod /usr/pkg/sub/mod.py
one two
pkg.sub.mod up
pkg starts
usr.pkg.other usr/pkg/other.py
<module 'bare'> None here
`, script.Run(t, files(map[string]string{
		"/usr/pkg/__init__.py":     "print('pkg starts')\none = 'one'\n",
		"/usr/pkg/other.py":        "where = __file__\nup = 'up'\n",
		"/usr/pkg/sub/__init__.py": "print('sub starts', __name__)\nfrom .. import one\n",
		"/usr/pkg/sub/mod.py":      "from . import one as first\nfrom ..other import up\nprint('mod', __name__, __file__)\ntwo = 'two'\n",
		"/usr/bare/mod.py":         "here = 'here'\n",
	})+`
import usys
usys.path.append("/usr")
import pkg.sub.mod
print(pkg.sub.mod.first, pkg.sub.mod.two)
from pkg.sub import mod
print(mod.__name__, mod.up)
import usys
del usys.modules["pkg"]
from usr.pkg import other  # a package of the user's, from the root of the device
print(other.__name__, other.where)
import bare.mod  # a folder without __init__.py
print(bare, getattr(bare, "__file__", None), bare.mod.here)
`))
}

// A module that is being imported is found by whoever imports it meanwhile.
func TestCircularImport(t *testing.T) {
	assert.Equal(t, "b sees a: ['early']\na sees b: True\nAttributeError\n", script.Run(t, files(map[string]string{
		"/usr/a.py": "early = 1\nimport b\nlate = 1\nprint('a sees b:', b.whole)\n",
		"/usr/b.py": "import a\nprint('b sees a:', [n for n in ('early', 'late') if hasattr(a, n)])\nwhole = True\n" +
			"try:\n    a.late\nexcept AttributeError:\n    failed = 'AttributeError'\n",
	})+"import a\nprint(a.b.failed)\n"))
}

func TestPathAndModules(t *testing.T) {
	assert.Equal(t, `['', '/usr']
from lib
True 1
again
ImportError no module named 'absent'
ImportError no module named 'usr.absent'
ImportError can't import name absent
ValueError 
ImportError no module named 'uos'
ImportError no module named 'm.path'
`, script.Run(t, files(map[string]string{
		"/usr/lib/m.py": "print('from lib')\nn = 1\n",
	})+`
import usys
print(usys.path)
usys.path.insert(0, "/usr/lib")
import m
print(usys.modules["m"] is m, m.n)
with open("/usr/lib/m.py", "w") as f:
    f.write("print('again')\n")
import m
del usys.modules["m"]
import m
for source in ("import absent", "import usr.absent", "from m import absent", "__import__('')", "import uos.path", "import m.path"):
    try:
        exec(source)
    except (ImportError, ValueError) as e:
        print(type(e).__name__, e)
`))
}

// A compiled file is refused with what to do instead; a source beside it wins.
func TestCompiledFilesAreRefused(t *testing.T) {
	out, result := script.RunOn(t, qpy.Config{}, files(map[string]string{
		"/usr/only.mpy": "M\x05", "/usr/both.mpy": "M\x05", "/usr/both.py": "print('source')\n",
	})+"import both\nimport only\n")
	assert.Contains(t, out, "source\n")
	assert.Contains(t, out, "ValueError: incompatible .mpy file: /usr/only.mpy; put the .py source on the device instead")
	assert.Equal(t, qpy.Failed, result.Ending)
}

// An import that fails leaves its module behind, as far as it came: only who
// takes that away imports it anew.
func TestImportThatFails(t *testing.T) {
	assert.Equal(t, "starts\nZeroDivisionError\nTrue\nstarts\nwell\nSyntaxError\n", script.Run(t, files(map[string]string{
		"/usr/bad.py": "print('starts')\n1 // 0\n", "/usr/worse.py": "x = = 1\n",
	})+`
import usys
try:
    import bad
except ZeroDivisionError:
    print("ZeroDivisionError")
print("bad" in usys.modules)
usys.modules.pop("bad")
with open("/usr/bad.py", "w") as f:
    f.write("print('starts')\nprint('well')\n")
import bad
try:
    import worse
except SyntaxError:
    print("SyntaxError")
`))
}

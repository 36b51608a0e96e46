package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const secret = "nobody on the device may read this"

// outside is a folder of the PC with a flash folder in it and things round it
// that a script must not reach.
type outside struct{ dir, flash string }

func newOutside(t *testing.T) outside {
	t.Helper()
	dir := t.TempDir()
	put(t, dir, "secret.txt", secret)
	put(t, dir, "secret.py", "print('"+secret+"')\n")
	put(t, dir, "folder/inner.txt", secret)
	o := outside{dir, filepath.Join(dir, "flash")}
	// The first run makes the folders; what is planted in them comes after.
	require.Zero(t, command(t, "run", "--fast", "--flash", o.flash, script(t, "pass\n")).code)
	return o
}

// untouched checks that nothing outside the flash was written, made or removed.
func (o outside) untouched(t *testing.T) {
	t.Helper()
	for name, want := range map[string]string{"secret.txt": secret, "secret.py": "print('" + secret + "')\n", "folder/inner.txt": secret} {
		data, err := os.ReadFile(filepath.Join(o.dir, name))
		if assert.NoError(t, err, name) {
			assert.Equal(t, want, string(data), name)
		}
	}
	for folder, want := range map[string]int{".": 4, "folder": 1} {
		entries, err := os.ReadDir(filepath.Join(o.dir, folder))
		require.NoError(t, err)
		assert.Len(t, entries, want, folder)
	}
}

// tryEverything does to each path whatever a script can do to one.
const tryEverything = `
import uos, usys
def attempt(f, *args):
    try:
        r = f(*args)
        if hasattr(r, "read"):
            r = r.read()
        print("   ", f, r)
    except Exception as e:
        pass
try:
    runs = execfile
except NameError:
    runs = open
def everything(path):
    for mode in ("r", "rb", "w", "a", "x", "r+", "w+"):
        attempt(open, path, mode)
    for f in (uos.stat, uos.listdir, uos.ilistdir, uos.mkdir, uos.rmdir, uos.remove, uos.chdir, uos.statvfs, runs):
        attempt(f, path)
        uos.chdir("/")
    for other in ("/usr/stolen", "stolen"):
        attempt(uos.rename, path, other)
        attempt(uos.rename, "/usr/mine", path)
    usys.path.insert(0, path)
    for name in ("secret", "inner", "folder"):
        attempt(__import__, name)
    usys.path.pop(0)
    attempt(__import__, path)
for name, text in (("mine", "mine"), ("control", "the attack works on what may be read")):
    with open("/usr/" + name, "w") as f:
        f.write(text)
everything("/usr/control")
`

func (o outside) attack(t *testing.T, paths ...string) {
	t.Helper()
	var source strings.Builder
	source.WriteString(tryEverything)
	for _, p := range paths {
		source.WriteString("everything(" + quote(p) + ")\n")
		source.WriteString("uos.chdir('/usr')\neverything(" + quote(p) + ")\n")
	}
	source.WriteString("print('done')\n")
	got := command(t, "run", "--fast", "--flash", o.flash, script(t, source.String()))
	assert.True(t, strings.HasSuffix(got.out, "done\n"), "%s%s", got.out, got.err)
	assert.Contains(t, got.out, "the attack works on what may be read")
	assert.NotContains(t, got.out, secret)
	assert.NotContains(t, got.err, secret)
	o.untouched(t)
}

// quote writes a path as a Python literal.
func quote(p string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\x00", `\x00`, "\n", `\n`, "\r", `\r`).Replace(p) + "'"
}

func TestPathsDoNotLeaveTheFlash(t *testing.T) {
	o := newOutside(t)
	var paths []string
	for _, target := range []string{"secret.txt", "secret", "folder", "folder/inner.txt", ""} {
		for _, up := range []string{"../", "../../", "../../../../../../../../", "/usr/../", "/usr/../../", "/usr/x/../../../", "/bak/../../", "./../", "usr/../../", "/../", "//../", "/usr/.device/../", "..\\", "/usr/..\\..\\"} {
			paths = append(paths, up+target)
		}
		paths = append(paths, filepath.Join(o.dir, target), "file://"+o.dir+"/"+target, o.flash+"/../"+target, "/usr"+o.dir+"/"+target, "~/"+target, "C:"+target, "/usr/\x00"+target, target+"\x00")
	}
	paths = append(paths, "", ".", "..", "/", "/.device", "/usr/../.device/firmware.json", ".device/firmware.json", "../.device/power.json",
		"/etc/passwd", "/proc/self/environ", "/dev/null", "/usr/"+strings.Repeat("../", 300)+"etc/passwd", "/usr/"+strings.Repeat("d/", 400))
	record, err := os.ReadFile(filepath.Join(o.flash, ".device", "firmware.json"))
	require.NoError(t, err)
	o.attack(t, paths...)
	after, err := os.ReadFile(filepath.Join(o.flash, ".device", "firmware.json"))
	require.NoError(t, err)
	assert.Equal(t, string(record), string(after), "the device's own record is out of reach too")
}

func TestPlantedLinksLeadNowhere(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need rights there")
	}
	o := newOutside(t)
	for name, target := range map[string]string{
		"absolute":     filepath.Join(o.dir, "secret.txt"),
		"relative":     "../../secret.txt",
		"module.py":    filepath.Join(o.dir, "secret.py"),
		"secret.py":    "../../secret.py",
		"folder":       "../../folder",
		"up":           "..",
		"upmore":       "../..",
		"root":         "/",
		"etc":          "/etc",
		"loop":         "loop",
		"chain":        "absolute",
		"dangling":     filepath.Join(o.dir, "made-by-the-device"),
		"the-device":   "../.device",
		"other-places": "../bak",
	} {
		require.NoError(t, os.Symlink(target, filepath.Join(o.flash, "usr", name)))
	}
	require.NoError(t, os.Symlink(o.dir, filepath.Join(o.flash, "bak", "out")))
	o.attack(t, "/usr/absolute", "/usr/relative", "/usr/module.py", "/usr/module", "/usr/secret.py", "/usr/folder", "/usr/folder/inner.txt",
		"/usr/up/.device/firmware.json", "/usr/upmore/secret.txt", "/usr/root/etc/passwd", "/usr/etc/passwd", "/usr/loop", "/usr/chain",
		"/usr/dangling", "/usr/the-device/firmware.json", "/usr/other-places/out/secret.txt", "/bak/out/secret.txt", "/bak/out/folder")
}

func TestLinkedFlashFoldersAreRefused(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need rights there")
	}
	for _, part := range []string{"usr", "bak", ".device"} {
		o := newOutside(t)
		require.NoError(t, os.RemoveAll(filepath.Join(o.flash, part)))
		require.NoError(t, os.Symlink(filepath.Join(o.dir, "folder"), filepath.Join(o.flash, part)))
		got := command(t, "run", "--fast", "--flash", o.flash, script(t, "open('/usr/x', 'w')\n"))
		assert.Equal(t, 2, got.code, part)
		assert.Contains(t, got.err, "is not a folder", part)
		o.untouched(t)
	}
}

func TestSiteLinksLeadNowhere(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need rights there")
	}
	o := newOutside(t)
	site := filepath.Join(t.TempDir(), "site")
	put(t, site, "www.example.com/ok.bin", "x")
	require.NoError(t, os.Symlink(filepath.Join(o.dir, "secret.txt"), filepath.Join(site, "www.example.com", "link.bin")))
	require.NoError(t, os.Symlink(o.dir, filepath.Join(site, "linked.test")))
	got := command(t, "run", "--fast", "--site", site, script(t, `
import fota
for url in ("www.example.com/link.bin", "linked.test/secret.txt", "www.example.com/../../secret.txt", "../secret.txt", "www.example.com/%2e%2e/%2e%2e/secret.txt", "./secret.txt", "www.example.com/ok.bin"):
    print(fota(reset_disable=1).httpDownload(url1="http://" + url))
`))
	assert.Equal(t, strings.Repeat("-1\n", 6)+"0\n", got.out, got.err)
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

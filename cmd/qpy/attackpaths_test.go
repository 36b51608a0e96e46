package main

import "testing"

// onPath does to a path whatever a script can do to one, and tells how often it
// was refused.
func onPath(path string) string {
	return `
import uos, usys
path = ` + path + `
refused = []
def attempt(f, *args):
    try:
        r = f(*args)
        print(f, r.read() if hasattr(r, "read") else r)
    except Exception as e:
        refused.append(e)
for cwd in ("/", "/usr", "/bak"):
    uos.chdir(cwd)
    for mode in ("r", "rb", "r+", "w", "a", "x", "w+"):
        attempt(open, path, mode)
    for f in (uos.stat, uos.listdir, uos.ilistdir, uos.mkdir, uos.rmdir, uos.remove, uos.statvfs, uos.chdir):
        attempt(f, path)
        uos.chdir(cwd)
    attempt(uos.rename, path, "/usr/stolen")
    attempt(uos.rename, "/usr/own.txt", path)
    for name in ("secret", "inner", "folder"):
        usys.path[:] = [path]
        attempt(__import__, name)
    attempt(__import__, path)
print("tried", len(refused) > 30)
`
}

func pathAttack(name, path string) attack {
	return attack{name: name, script: onPath(path), want: "tried True"}
}

// pathAttacks lead up, out or to a place of the PC.
var pathAttacks = []attack{
	pathAttack("up", `"../secret.txt"`),
	pathAttack("up twice", `"../../secret.txt"`),
	pathAttack("up and up", `"../" * 40 + "etc/passwd"`),
	pathAttack("up from usr", `"/usr/../../../secret.txt"`),
	pathAttack("up through what is not there", `"/usr/none/../../../../secret.txt"`),
	pathAttack("up through a file", `"/usr/own.txt/../../../../secret.txt"`),
	pathAttack("up from bak", `"/bak/../../../folder/inner.txt"`),
	pathAttack("up from root", `"/../secret.txt"`),
	pathAttack("two slashes", `"//../../secret.txt"`),
	pathAttack("dots between", `"/usr/./../.././../secret.txt"`),
	pathAttack("backslashes", `"..\\..\\secret.txt"`),
	pathAttack("mixed slashes", `"/usr\\..\\../secret.txt"`),
	pathAttack("absolute", `"{dir}/secret.txt"`),
	pathAttack("absolute below usr", `"/usr/{dir}/secret.txt"`),
	pathAttack("file URL", `"file://{dir}/secret.txt"`),
	pathAttack("home", `"~/secret.txt"`),
	pathAttack("drive", `"C:/secret.txt"`),
	pathAttack("UNC", `"\\\\localhost\\c$\\secret.txt"`),
	pathAttack("long path prefix", `"\\\\?\\{dir}\\secret.txt"`),
	pathAttack("proc", `"/proc/self/environ"`),
	pathAttack("proc root", `"/proc/self/root{dir}/secret.txt"`),
	pathAttack("descriptor", `"/dev/fd/3"`),
	pathAttack("device file", `"/dev/zero"`),
	pathAttack("passwords", `"/etc/passwd"`),
	pathAttack("stream of a file", `"/usr/own.txt:secret"`),
	pathAttack("the device's record", `"/usr/../.device/firmware.json"`),
	pathAttack("the device's images", `"/.device/image0.img"`),
	pathAttack("beside the flash", `"/usr/../../beside.txt"`),
	pathAttack("four hundred folders", `"/usr/" + "d/" * 400 + "../" * 410 + "secret.txt"`),
	pathAttack("percent signs", `"/usr/%2e%2e/%2e%2e/%2e%2e/secret.txt"`),
}

// nameAttacks are names that a file system of the PC takes for something else.
var nameAttacks = []attack{
	pathAttack("NUL at the end", `"../secret.txt\x00"`),
	pathAttack("NUL inside", `"/usr/own.txt\x00/../../../secret.txt"`),
	pathAttack("NUL alone", `"\x00"`),
	pathAttack("newline", `"/usr/a\nb/../../../secret.txt"`),
	pathAttack("newline and NUL", `"/usr/\n\x00"`),
	pathAttack("carriage return", `"/usr/\r/../../secret.txt"`),
	pathAttack("escape sequence", `"/usr/\x1b[2J/../../../secret.txt"`),
	pathAttack("overlong dots", `b"/usr/\xc0\xae\xc0\xae/\xc0\xae\xc0\xae/secret.txt"`),
	pathAttack("broken UTF-8", `b"/usr/\xff\xfe/../../../secret.txt"`),
	pathAttack("right to left", `"/usr/\u202etxt.terces"`+`+ "/../../../secret.txt"`),
	pathAttack("full-width dots", `"/usr/\uff0e\uff0e/\uff0e\uff0e/secret.txt"`),
	pathAttack("bytes", `b"../../secret.txt"`),
	pathAttack("a bytearray", `bytearray(b"../../secret.txt")`),
	pathAttack("a number", `3`),
	{name: "names that stay", script: `
import uos
for name in ("con", "nul", "a" * 255, "..." , "a:b", "-rf", "$(id)", "'; rm", "*", "\u4e2d"):
    try:
        with open("/usr/" + name, "w") as f:
            f.write("x")
        uos.remove("/usr/" + name)
    except OSError:
        pass
try:
    open("/usr/" + "a" * 256, "w")
except OSError as e:
    print("too long:", e)
print(sorted(uos.listdir("/usr")))
`, want: "too long: [Errno 36] ENAMETOOLONG\n['FotaFile.bin', 'own.txt']"},
	{name: "names with NUL and newline are none", script: `
import uos
for name in ("a\x00b", "a\nb", "\n", "\x00"):
    for f in (lambda p: open(p, "w"), uos.mkdir, uos.stat, lambda p: uos.rename("/usr/own.txt", p)):
        try:
            f("/usr/" + name)
            print("taken", repr(name))
        except (OSError, ValueError) as e:
            pass
print(sorted(uos.listdir("/usr")))
`, want: "['FotaFile.bin', 'own.txt']"},
}

// moduleAttacks look for a door in the modules.
var moduleAttacks = []attack{
	{name: "modules of the PC", script: `
n = 0
for name in ("posix", "nt", "subprocess", "ctypes.util", "importlib", "pathlib", "shutil", "glob", "tempfile", "signal", "multiprocessing", "ssl_", "_socket", "_io", "ffi", "btree", "webrepl", "upip"):
    try:
        __import__(name)
        print(name, "was imported")
    except ImportError:
        n += 1
print("none of", n)
`, want: "none of 18"},
	{name: "open by descriptor", script: `
n = 0
for fd in range(-2, 20):
    for mode in ("r", "w", "rb"):
        try:
            print("read", open(fd, mode).read())
        except (TypeError, OSError, ValueError):
            n += 1
print("refused", n)
`, want: "refused 66"},
	{name: "mounting a folder of the PC", script: `
import uos
n = 0
for area in ("{dir}", "/", "..", "../..", "/etc", "customer_fs/../..", "", ".device", "usr", "image0"):
    try:
        uos.mount(uos.VfsLfs1(32, 32, 32, area), "/x")
    except OSError as e:
        n += 1
for point in ("{dir}", "/usr/../..", "..", "/a/b", ""):
    try:
        uos.mount(uos.VfsLfs1(32, 32, 32, "customer_fs"), point)
    except OSError as e:
        n += 1
print("refused", n, uos.listdir("/"))
`, want: "refused 15 ['usr', 'bak']"},
	{name: "execfile of the PC's file", flags: []string{"--device", "EC600N"}, script: `
for name in ("{dir}/secret.py", "../../secret.py", "/usr/../../../secret.py"):
    try:
        execfile(name)
        print("it ran")
    except (OSError, NameError) as e:
        print("refused")
`, want: "refused\nrefused\nrefused\n"},
	{name: "log to a file of the PC", script: `
import log
log.basicConfig(filename="{dir}/log.txt")
log.getLogger("x").error("line")
print("done")
`, want: "done"},
	{name: "addresses of memory", script: `
import uctypes
refused = 0
try:
    import machine
    for at in (0, 8, 0x400000, 0x7fff00000000, -8):
        try:
            machine.mem8[at]
        except Exception:
            refused += 1
except AttributeError:
    refused = 5
for at in (0, 8, 0x400000, 0x7fff00000000):
    try:
        uctypes.bytes_at(at, 8)
    except Exception:
        refused += 1
print("refused", refused)
`, want: "refused 9"},
	{name: "environment and process", script: `
import uos, usys
print([n for m in (uos, usys) for n in ("environ", "getenv", "system", "popen", "fork", "kill", "getpid", "executable", "_getframe", "modules_") if hasattr(m, n)])
`, want: "[]"},
	{name: "a put outside of the flash", flags: []string{"--put", "{dir}/given/site/www.example.com/ok.bin:/usr/../../../made"}, script: "import uos\nprint(sorted(uos.listdir('/usr')))\n",
		code: 2, want: "qpy: "},
	{name: "a scenario's file outside of the flash", plant: func(t *testing.T, w *world) {
		put(t, w.site, "../x.toml", "[[file]]\npath = '/usr/../../../made'\ntext = 'x'\n")
	}, flags: []string{"--scenario", "{dir}/given/x.toml"}, script: "print(1)\n", code: 2, want: "qpy: "},
	{name: "a full flash does not spill", script: `
n = 0
try:
    while True:
        with open("/usr/%d" % n, "wb") as f:
            f.write(bytes(30000))
        n += 1
except OSError as e:
    print("full:", e)
`, want: "full: [Errno 28] ENOSPC"},
}

package uos_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

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
import uos
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

func TestNewDevice(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
print(uos.getcwd(), uos.listdir(), uos.listdir("/"), uos.listdir("/usr"), uos.listdir("/bak"))
print(list(uos.ilistdir("/")))
print(list(uos.ilistdir("/usr")))
print(uos.statvfs("/bak"))
print(uos.statvfs("/"))
print(uos.stat("/"))
`)
	assert.Equal(t, `/ ['usr', 'bak'] ['usr', 'bak'] ['FotaFile.bin'] []
[('usr', 16384, 0), ('bak', 16384, 0)]
[('FotaFile.bin', 32768, 0, 204992)]
(4096, 4096, 64, 60, 60, 0, 0, 0, 0, 255)
(0, 0, 0, 0, 0, 0, 0, 0, 0, 512)
(16384, 0, 0, 0, 0, 0, 0, 0, 0, 0)
`, out)
}

func TestFilesAndDirectories(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
uos.mkdir("/usr/d")
with open("/usr/d/b", "w") as f:
    f.write("12345")
with open("/usr/d/a", "w") as f:
    f.write("")
uos.mkdir("/usr/d/sub")
print(uos.listdir("/usr/d"))                      # in the order of making
print(list(uos.ilistdir("/usr/d")))
print(uos.stat("/usr/d/b")[:7], uos.stat("/usr/d")[:7], len(uos.stat("/usr/d")))
uos.rename("/usr/d/b", "/usr/d/c")
uos.rename("/usr/d/sub", "/usr/d/sub2")
uos.rename("/usr/d/a", "/usr/d/c")                # takes the place of the other
print(uos.listdir("/usr/d"), uos.stat("/usr/d/c")[6])
uos.remove("/usr/d/c")
uos.rmdir("/usr/d/sub2")
print(uos.listdir("/usr/d"))
uos.rmdir("/usr/d")
print(uos.listdir("/usr"))
`)
	assert.Equal(t, `['b', 'a', 'sub']
[('b', 32768, 0, 5), ('a', 32768, 0, 0), ('sub', 16384, 0, 0)]
(32768, 0, 0, 0, 0, 0, 5) (16384, 0, 0, 0, 0, 0, 0) 10
['c', 'sub2'] 0
[]
['FotaFile.bin']
`, out)
}

func TestErrorNumbers(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
open("/usr/f", "w").close()
uos.mkdir("/usr/full")
open("/usr/full/f", "w").close()
for f, path in (
    (uos.remove, "/usr/none"), (uos.remove, "/usr/full"), (uos.remove, "/usr"), (uos.remove, "/"), (uos.remove, "/nix/f"),
    (uos.rmdir, "/usr/none"), (uos.rmdir, "/usr/full"), (uos.rmdir, "/usr"),
    (uos.mkdir, "/usr/f"), (uos.mkdir, "/usr/full"), (uos.mkdir, "/usr/none/d"), (uos.mkdir, "/usr/f/d"), (uos.mkdir, "/usr"), (uos.mkdir, "/"), (uos.mkdir, "/new"),
    (uos.mkdir, "/usr/" + 256 * "n"), (uos.mkdir, "/usr/a\0b"),
    (uos.stat, "/usr/none"), (uos.stat, "/nix"), (uos.stat, "/usr/f/x"),
    (uos.listdir, "/usr/f"), (uos.listdir, "/usr/none"), (uos.listdir, "/nix"), (uos.ilistdir, "/usr/f"),
    (uos.chdir, "/usr/f"), (uos.chdir, "/usr/none"), (uos.chdir, "/nix"),
    (uos.statvfs, "/nix"),
    (open, "/usr/none"), (open, "/usr"), (open, "/usr/full"), (open, "/"), (open, "/nix"), (open, "/usr/f/x"),
):
    attempt(f, path)
attempt(open, "/usr/f", "x")
attempt(uos.rename, "/usr/none", "/usr/x")
attempt(uos.rename, "/usr/f", "/bak/f")
attempt(uos.rename, "/usr/f", "/usr/full")
attempt(uos.rename, "/usr/full", "/usr/f")
attempt(uos.rename, "/usr/f", "/usr/none/f")
attempt(uos.rename, "/usr", "/usr2")
`)
	assert.Equal(t, `OSError: [Errno 2] ENOENT
OSError: [Errno 39] ENOTEMPTY
OSError: [Errno 1] EPERM
OSError: [Errno 1] EPERM
OSError: [Errno 19] ENODEV
OSError: [Errno 2] ENOENT
OSError: [Errno 39] ENOTEMPTY
OSError: [Errno 1] EPERM
OSError: [Errno 17] EEXIST
OSError: [Errno 17] EEXIST
OSError: [Errno 2] ENOENT
OSError: [Errno 20] ENOTDIR
OSError: [Errno 17] EEXIST
OSError: [Errno 17] EEXIST
OSError: [Errno 19] ENODEV
OSError: [Errno 36] ENAMETOOLONG
OSError: [Errno 22] EINVAL
OSError: [Errno 2] ENOENT
OSError: [Errno 19] ENODEV
OSError: [Errno 20] ENOTDIR
OSError: [Errno 20] ENOTDIR
OSError: [Errno 2] ENOENT
OSError: [Errno 19] ENODEV
OSError: [Errno 20] ENOTDIR
OSError: [Errno 2] ENOENT
OSError: [Errno 2] ENOENT
OSError: [Errno 19] ENODEV
OSError: [Errno 19] ENODEV
OSError: [Errno 2] ENOENT
OSError: [Errno 21] EISDIR
OSError: [Errno 21] EISDIR
OSError: [Errno 1] EPERM
OSError: [Errno 19] ENODEV
OSError: [Errno 20] ENOTDIR
OSError: [Errno 17] EEXIST
OSError: [Errno 2] ENOENT
OSError: [Errno 1] EPERM
OSError: [Errno 21] EISDIR
OSError: [Errno 21] EISDIR
OSError: [Errno 2] ENOENT
OSError: [Errno 1] EPERM
`, out)
}

func TestWrongArguments(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
attempt(uos.stat)
attempt(uos.stat, 5)
attempt(uos.mkdir, None)
attempt(uos.rename, "/usr/a")
attempt(uos.rename, "/usr/a", 5)
attempt(uos.rename, 5, "/usr/a")
attempt(uos.listdir, 5)
attempt(uos.listdir, "/", "/")
attempt(uos.ilistdir, 5)
attempt(uos.statvfs, 1.5)
attempt(uos.chdir)
attempt(uos.getcwd, 1)
attempt(uos.uname, 1)
attempt(uos.urandom)
attempt(uos.urandom, "4")
attempt(uos.urandom, -1)
attempt(uos.mount)
attempt(uos.mount, 1)
attempt(uos.mount, 1, "/x")
attempt(uos.umount, 5)
`)
	assert.Equal(t, `TypeError: function takes 1 positional arguments but 0 were given
TypeError: can't convert 'int' object to str implicitly
TypeError: can't convert 'NoneType' object to str implicitly
TypeError: function takes 2 positional arguments but 1 were given
TypeError: can't convert 'int' object to str implicitly
TypeError: can't convert 'int' object to str implicitly
TypeError: can't convert 'int' object to str implicitly
TypeError: function expected at most 1 arguments, got 2
TypeError: can't convert 'int' object to str implicitly
TypeError: can't convert 'float' object to str implicitly
TypeError: function takes 1 positional arguments but 0 were given
TypeError: function takes 0 positional arguments but 1 were given
TypeError: function takes 0 positional arguments but 1 were given
TypeError: function takes 1 positional arguments but 0 were given
TypeError: can't convert str to int
MemoryError: memory allocation failed, allocating -1 bytes
TypeError: function missing 2 required positional arguments
TypeError: function missing 1 required positional arguments
OSError: [Errno 1] EPERM
TypeError: can't convert 'int' object to str implicitly
`, out)
}

// The rules of extmod/vfs.c and vfs_lfsx.c: a path belongs to the partition that
// its first name mounts, and to no other by any number of "..".
func TestPathsAndWorkingDirectory(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
uos.mkdir("/usr/a")
uos.mkdir("/usr/a/b")
open("/usr/f", "w").close()
open("usr/a/g", "w").close()                # from "/" the first name is a mount point too
print(uos.listdir("usr"), uos.listdir("/usr/a/../a/./"), uos.listdir("/usr/a//"))
attempt(uos.listdir, ".")
attempt(uos.listdir, "//usr")
attempt(uos.chdir, "..")
uos.chdir("usr/a")
print(uos.getcwd(), uos.listdir(), uos.listdir(""), uos.listdir("."), uos.listdir(".."))
uos.chdir("b/../../a/./b")
print(uos.getcwd())
uos.chdir("../../../../..")                 # up to the mount point and no further
print(uos.getcwd(), uos.listdir("../../bak/../a"))
attempt(uos.listdir, "../bak")
attempt(uos.listdir, "/usr/../bak")
print(uos.listdir("/bak"))
uos.chdir("/")
print(uos.getcwd())
`)
	assert.Equal(t, `['FotaFile.bin', 'a', 'f'] ['b', 'g'] ['b', 'g']
OSError: [Errno 19] ENODEV
OSError: [Errno 19] ENODEV
OSError: [Errno 19] ENODEV
/usr/a ['b', 'g'] ['b', 'g'] ['b', 'g'] ['FotaFile.bin', 'a', 'f']
/usr/a/b
/usr ['b', 'g']
OSError: [Errno 2] ENOENT
OSError: [Errno 2] ENOENT
[]
/
`, out)
}

func TestOpenModes(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
for mode in ("rw", "wa", "xr", "+r", "r+w"):
    attempt(open, "/usr/f", mode)           # two modes, or a plus before its mode
with open("/usr/f", "w+") as f:
    print(f.write("abc"), f.tell(), f.seek(1), f.read())
with open("/usr/f", "ab") as f:
    print(f.write(b"de"), f.tell())
print(open("/usr/f", "rb").read(), open("/usr/f", "q").read(), open("/usr/f", "").read(2))
f = open("/usr/f")
f.close()
f.close()
for method in (f.read, f.tell, f.flush, f.readline):
    attempt(method)
attempt(f.seek, 0)
attempt(f.write, "x")
attempt(open("/usr/f").write, "x")
attempt(open("/usr/f", "w").read)
attempt(open("/usr/f").seek, -1)
`)
	assert.Equal(t, `ValueError: 
ValueError: 
ValueError: 
ValueError: 
ValueError: 
3 3 1 bc
2 5
b'abcde' abcde ab
ValueError: 
ValueError: 
ValueError: 
ValueError: 
ValueError: 
ValueError: 
OSError: [Errno 9] EBADF
OSError: [Errno 9] EBADF
OSError: [Errno 22] EINVAL
`, out)
}

func TestUname(t *testing.T) {
	out, _ := console(t, qpy.Config{Device: "EC600S"}, `
print(uos.uname())
u = uos.uname2()
print(u.sysname, u.nodename, u.release, u.version, u.machine, u.qpyver, len(u), u[0])
print(u)
attempt(lambda: u.domain)
`)
	assert.Equal(t, `('sysname=EC600S-CNLB', 'nodename=EC600S', 'release=1.13.0', 'version=v1.13 on 2020-06-23', 'machine=EC600S with QUECTEL', 'qpyver=V0001')
EC600S-CNLB EC600S 1.13.0 v1.13 on 2020-06-23 EC600S with QUECTEL V0001 6 EC600S-CNLB
(sysname='EC600S-CNLB', nodename='EC600S', release='1.13.0', version='v1.13 on 2020-06-23', machine='EC600S with QUECTEL', qpyver='V0001')
AttributeError: 'tuple' object has no attribute 'domain'
`, out)
}

func TestRandomBytesComeFromTheSeed(t *testing.T) {
	const source = "print(uos.urandom(16), len(uos.urandom(1000)), uos.urandom(0))\n"
	first, _ := console(t, qpy.Config{Seed: 1}, source)
	again, _ := console(t, qpy.Config{Seed: 1}, source)
	other, _ := console(t, qpy.Config{Seed: 2}, source)
	assert.Equal(t, first, again)
	assert.NotEqual(t, first, other)
	assert.Contains(t, first, " 1000 b''\n")
}

// What fits when /usr runs full, with statvfs true to the last block; it is the
// same in memory and in a folder.
func TestFullFlash(t *testing.T) {
	const source = `
uos.remove("/usr/FotaFile.bin")
with open("/usr/small", "w") as f:
    f.write("kept")
block = "0123456789abcdef" * 64             # 1024 bytes
written = 0
f = open("/usr/big", "w")
try:
    while True:
        written = written + f.write(block)
except OSError as e:
    print(e, e.args[0])
f.close()
size = uos.stat("/usr/big")[6]
print(written // 4096, size - written < 1024, uos.statvfs("/usr")[3])
attempt(open("/usr/more", "w").write, "x")
attempt(uos.mkdir, "/usr/d")
print(open("/usr/small").read())
f = open("/usr/big")
good = 0
while f.read(1024) == block:
    good = good + 1024
print(good == written)
f.close()
uos.mount(uos.VfsLfs1(32, 32, 32, "customer_backup_fs"), "/other")
open("/other/other", "w").write("the other partition has room")
uos.remove("/usr/big")
print(open("/usr/more", "w").write("room again"))
`
	inMemory, _ := console(t, qpy.Config{}, source)
	assert.Equal(t, `[Errno 28] ENOSPC 28
250 True 0
OSError: [Errno 28] ENOSPC
OSError: [Errno 28] ENOSPC
kept
True
10
`, inMemory)
	dir := t.TempDir()
	inFolder, _ := console(t, qpy.Config{FlashDir: dir}, source)
	assert.Equal(t, inMemory, inFolder)
	for name, want := range map[string]string{"usr/small": "kept", "usr/more": "room again", "bak/other": "the other partition has room"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		assert.Equal(t, want, string(text), name)
	}
}

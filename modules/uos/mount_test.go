package uos_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy"
)

func TestMount(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
attempt(uos.VfsLfs1, 32, 32, 32, "unknown_fs")
attempt(uos.VfsLfs1, 32)
attempt(uos.VfsLfs1, 32, 32, 32, 5)
fs = uos.VfsLfs1(32, 32, 32, "customer_backup_fs")
attempt(uos.mount, fs, 5)
uos.mount(fs, "/again")
open("/again/keep", "w").close()
print(uos.listdir("/"), uos.listdir("/again"), uos.listdir("/bak"))
attempt(uos.rename, "/again/keep", "/bak/keep")
uos.chdir("/again")
uos.umount("/again")
print(uos.listdir("/"), uos.getcwd())
attempt(uos.listdir, "/again")
attempt(uos.umount, "/again")
attempt(uos.mount, fs, "/usr")
attempt(uos.mount, fs, "/usr/deep")
uos.mount(fs, "/second", readonly=False)
print(uos.listdir("/"), uos.listdir("/second"))
`)
	assert.Equal(t, `OSError: [Errno 19] ENODEV
TypeError: function takes 4 positional arguments but 1 were given
TypeError: can't convert 'int' object to str implicitly
TypeError: can't convert 'int' object to str implicitly
['usr', 'bak', 'again'] ['keep'] ['keep']
OSError: [Errno 1] EPERM
['usr', 'bak'] /
OSError: [Errno 19] ENODEV
OSError: [Errno 22] EINVAL
OSError: [Errno 1] EPERM
OSError: [Errno 22] EINVAL
['usr', 'bak', 'second'] ['keep']
`, out)
}

// Nothing below /bak can be changed by a script: what the firmware says to that
// is -1.
func TestBakIsReadOnly(t *testing.T) {
	out, _ := console(t, qpy.Config{Puts: []qpy.Put{{Device: "/bak/d/f", Text: []byte("kept")}}}, `
print([open("/bak/d/f", mode) for mode in ("w", "a", "x", "r+", "wb", "w+b")])
uos.chdir("/bak/d")
print(open("new", "w"), uos.mkdir("new"), uos.remove("f"), uos.rename("f", "g"), uos.rmdir("/bak/d"), uos.umount("/bak"))
attempt(uos.mkdir, "/bak")
attempt(uos.rename, "f", "/usr/f")
attempt(uos.rename, "/usr/FotaFile.bin", "/bak/f")
print([open("/bak/d/f", mode).read() for mode in ("r", "rb", "rt")], uos.listdir("/bak"), uos.listdir())
`)
	lines := strings.Split(out, "\n")
	var script []string
	for _, line := range lines {
		if !strings.HasPrefix(line, "qpy: ") {
			script = append(script, line)
		}
	}
	assert.Equal(t, []string{"[-1, -1, -1, -1, -1, -1]", "-1 -1 -1 -1 -1 -1", "OSError: [Errno 17] EEXIST", "OSError: [Errno 1] EPERM", "OSError: [Errno 1] EPERM",
		"['kept', b'kept', 'kept'] ['d'] ['f']", ""}, script)
	assert.Len(t, lines, len(script)+12, "a line for each tells why")
	assert.Contains(t, out, "qpy: open /bak/d/new: -1, because /bak is read-only for scripts; mount its area, customer_backup_fs, elsewhere to change it\n")
}

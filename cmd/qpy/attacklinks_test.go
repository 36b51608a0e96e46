package main

import (
	"net"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// useFlash opens, lists and writes what is planted, and upgrades.
const useFlash = `
import fota, uos
def attempt(f, *args):
    try:
        r = f(*args)
        return r.read() if hasattr(r, "read") else r
    except Exception as e:
        return None
for place in ("/usr", "/bak"):
    for name in attempt(uos.listdir, place) or ():
        if name == "FotaFile.bin":
            continue
        path = place + "/" + name
        print(path, attempt(open, path), attempt(uos.listdir, path), attempt(uos.stat, path))
for name in ("planted", "planted/inner.txt", "planted/secret.txt"):
    for mode in ("r", "rb", "r+", "w", "a"):
        print(attempt(open, "/usr/" + name, mode))
    for f in (uos.stat, uos.listdir, uos.remove, uos.rmdir, uos.mkdir):
        attempt(f, "/usr/" + name)
    attempt(uos.rename, "/usr/" + name, "/usr/moved")
    attempt(__import__, "planted")
    attempt(__import__, "usr.planted")
f = open("/usr/new", "w")
f.write("x")
f.close()
u = fota(reset_disable=1)
data = open("/usr/FotaFile.bin", "rb").read()
u.write(data, len(data)), u.flush(), u.verify()
print("used", open("/usr/new").read())
from misc import Power
if Power.powerOnReason() == 1:
    Power.powerRestart()
`

func linkAttack(name, target, at string) attack {
	return attack{name: "link: " + name, links: true, plant: planting(target, at), script: useFlash, want: "used x"}
}

// refusedFlash is a flash folder that qpy does not take.
func refusedFlash(name string, plant func(*testing.T, *world)) attack {
	return attack{name: name, links: true, plant: plant, script: "print('runs')\n", code: 2, want: "qpy: run: flash folder {dir}/given/flash"}
}

// hardLink plants another name of a file of the world.
func hardLink(target, at string) func(*testing.T, *world) {
	return func(t *testing.T, w *world) {
		path := filepath.Join(w.dir, filepath.FromSlash(at))
		_ = os.Remove(path)
		if err := os.Link(filepath.Join(w.dir, target), path); err != nil {
			t.Skip("no hard links here: ", err)
		}
	}
}

// linkAttacks plant links, and what is no plain file, in the flash folder.
var linkAttacks = []attack{
	linkAttack("to a file", "{dir}/secret.txt", "given/flash/usr/planted"),
	linkAttack("to a file, relative", "../../../secret.txt", "given/flash/usr/planted"),
	linkAttack("to a module", "{dir}/secret.py", "given/flash/usr/planted.py"),
	linkAttack("to a folder", "{dir}/folder", "given/flash/usr/planted"),
	linkAttack("to a folder, relative", "../../../folder", "given/flash/usr/planted"),
	linkAttack("to the world", "{dir}", "given/flash/usr/planted"),
	linkAttack("to the root", "/", "given/flash/usr/planted"),
	linkAttack("to itself", "planted", "given/flash/usr/planted"),
	linkAttack("to what is not there", "{dir}/made", "given/flash/usr/planted"),
	linkAttack("to the flash", "..", "given/flash/usr/planted"),
	linkAttack("to the device's records", "../.device/firmware.json", "given/flash/usr/planted"),
	linkAttack("to the other partition", "../bak", "given/flash/usr/planted"),
	linkAttack("to a device", "/dev/zero", "given/flash/usr/planted"),
	linkAttack("to a process", "/proc/self/environ", "given/flash/usr/planted"),
	linkAttack("in bak", "{dir}/folder", "given/flash/bak/planted"),
	{name: "link: in the name of a new file", links: true, plant: planting("{dir}/made", "given/flash/usr/new"), script: useFlash, want: "[Errno 17] EEXIST", code: 1},
	linkAttack("where temporary files are", "{dir}/secret.txt", "given/flash/.device/tmp-0"),
	linkAttack("in the place of the wear", "{dir}/made", "given/flash/.device/wear"),
	{name: "link: a chain of them", links: true, plant: planting("second", "given/flash/usr/planted", "{dir}/secret.txt", "given/flash/usr/second"), script: useFlash, want: "used x"},
	{name: "link: that changes while the device runs", links: true, plant: planting("../../../secret.txt", "given/flash/usr/planted"), script: `
import uos
with open("/usr/planted", "w") as f:
    f.write("mine")
print(open("/usr/planted").read())
`, want: "[Errno 17] EEXIST", code: 1},
	{name: "pipe in usr", links: true, plant: func(t *testing.T, w *world) { makePipe(t, filepath.Join(w.flash, "usr", "planted")) }, script: useFlash, want: "used x"},
	{name: "socket in usr", links: true, plant: func(t *testing.T, w *world) {
		l, err := net.Listen("unix", filepath.Join(w.flash, "usr", "planted"))
		if err != nil {
			t.Skip("no such socket here: ", err)
		}
		t.Cleanup(func() { l.Close() })
	}, script: useFlash, want: "used x"},
	{name: "hard link to a file", links: true, plant: hardLink("secret.txt", "given/flash/usr/planted"), script: useFlash, want: "used x"},
	{name: "hard link to a module", links: true, plant: hardLink("secret.py", "given/flash/usr/planted.py"), script: useFlash, want: "used x"},
	{name: "hard link in the place of the upgrade slot", links: true, plant: hardLink("secret.txt", "given/flash/.device/package.img"), script: useFlash, want: "another name (a hard link)"},
	{name: "hard link in the place of the other image", links: true, plant: hardLink("secret.txt", "given/flash/.device/image1.img"), script: useFlash, want: "another name (a hard link)"},
	{name: "hard link in the place of the wear", links: true, plant: hardLink("secret.txt", "given/flash/.device/wear"), script: useFlash, want: "used x"},
	refusedFlash("link in the place of usr", planting("{dir}/folder", "given/flash/usr")),
	refusedFlash("link in the place of bak", planting("../../folder", "given/flash/bak")),
	refusedFlash("link in the place of the device's folder", planting("{dir}/folder", "given/flash/.device")),
	{name: "link in the place of the record", links: true, plant: planting("{dir}/secret.txt", "given/flash/.device/firmware.json"), script: "print('runs')\n",
		code: 2, want: "qpy: run: device record firmware.json: "},
	refusedFlash("link in the place of the lock", planting("{dir}/made", "given/flash/.device/lock")),
	refusedFlash("pipe in the place of the lock", func(t *testing.T, w *world) {
		require.NoError(t, os.Remove(filepath.Join(w.flash, ".device", "lock")))
		makePipe(t, filepath.Join(w.flash, ".device", "lock"))
	}),
	{name: "link in the place of the running image", links: true, plant: planting("{dir}/secret.txt", "given/flash/.device/image0.img"), script: useFlash, code: 2, want: "qpy: "},
	{name: "link in the place of the other image", links: true, plant: planting("{dir}/secret.txt", "given/flash/.device/image1.img"), script: useFlash, want: "qpy: "},
	{name: "link in the place of the upgrade slot", links: true, plant: planting("{dir}/secret.txt", "given/flash/.device/package.img"), script: useFlash, want: "qpy: "},
	{name: "pipe in the place of the upgrade slot", links: true, plant: func(t *testing.T, w *world) {
		_ = os.Remove(filepath.Join(w.flash, ".device", "package.img"))
		makePipe(t, filepath.Join(w.flash, ".device", "package.img"))
	}, script: useFlash, want: "qpy: "},
}

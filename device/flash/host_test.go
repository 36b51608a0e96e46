package flash

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFolderKeepsPlainFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "there", "yet")
	clock := newClock()
	f, err := Open(Options{Dir: dir, Now: clock.Now})
	require.NoError(t, err)
	require.NoError(t, f.Mkdir("/usr/lib"))
	require.NoError(t, f.WriteFile("/usr/lib/a.py", []byte("print(1)\n")))
	written := clock.now
	require.NoError(t, f.WriteFile("/bak/empty", nil))
	blocks := used(t, f, "/usr")
	require.NoError(t, f.Close())

	path := filepath.Join(dir, "usr", "lib", "a.py")
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "print(1)\n", string(data))
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.True(t, written.Equal(info.ModTime()), "device time, not the host's")
	for _, name := range []string{"usr", "bak", ".device"} {
		entries, err := os.ReadDir(filepath.Join(dir, name))
		require.NoError(t, err)
		for _, e := range entries {
			assert.NotContains(t, e.Name(), "write-test")
		}
	}

	f, err = Open(Options{Dir: dir, Now: clock.Now})
	require.NoError(t, err)
	defer f.Close()
	assert.Equal(t, blocks, used(t, f, "/usr"))
	got, err := f.Stat("/usr/lib/a.py")
	require.NoError(t, err)
	assert.Equal(t, Info{Name: "a.py", Size: 9, ModTime: written}, got)
	_, err = f.Stat("/bak/empty")
	assert.NoError(t, err)
}

func TestFolderThatHoldsMoreThanThePartition(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, "usr"), 0o777))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "usr", "big"), pattern(5000), 0o666))
	f, err := Open(Options{Dir: dir, Partitions: []Geometry{{"usr", 512, 8}}})
	require.NoError(t, err)
	defer f.Close()
	s, err := f.StatVFS("/usr")
	require.NoError(t, err)
	assert.Zero(t, s.Free)
	data, err := f.ReadFile("/usr/big")
	require.NoError(t, err)
	assert.Equal(t, pattern(5000), data)
	assertErrno(t, ENOSPC, f.WriteFile("/usr/small", []byte("x")))
	require.NoError(t, f.Remove("/usr/big"))
	assert.NoError(t, f.WriteFile("/usr/small", []byte("x")))
}

func TestFolderIsNone(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	require.NoError(t, os.WriteFile(file, nil, 0o666))
	_, err := Open(Options{Dir: file})
	assert.EqualError(t, err, "flash folder "+file+": it is not a folder; name a folder that can be written, or none to keep the flash in memory")
	_, err = Open(Options{Dir: filepath.Join(file, "below")})
	assert.ErrorContains(t, err, "flash folder ")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "usr"), nil, 0o666))
	_, err = Open(Options{Dir: dir})
	assert.ErrorContains(t, err, filepath.Join(dir, "usr")+" is not a folder")
}

func TestFolderThatCannotBeWritten(t *testing.T) {
	if os.Geteuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("nothing is unwritable for this user")
	}
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, "usr"), 0o555))
	_, err := Open(Options{Dir: dir})
	assert.ErrorContains(t, err, "cannot be written")
	assert.ErrorIs(t, err, os.ErrPermission)
}

// Links that somebody has planted in the folder lead nowhere.
func TestLinks(t *testing.T) {
	outside := t.TempDir()
	secret := filepath.Join(outside, "secret")
	require.NoError(t, os.WriteFile(secret, []byte("secret"), 0o666))
	dir := t.TempDir()
	usr := filepath.Join(dir, "usr")
	require.NoError(t, os.Mkdir(usr, 0o777))
	require.NoError(t, os.WriteFile(filepath.Join(usr, "plain"), []byte("plain"), 0o666))
	for name, target := range map[string]string{
		"abs": secret, "dir": outside, "rel": "../../" + filepath.Base(outside), "dangling": filepath.Join(outside, "made"),
		"inside": "plain", "loop": "loop", "up": "..", "device": "../.device",
	} {
		if err := os.Symlink(target, filepath.Join(usr, name)); err != nil {
			t.Skip("no links here: ", err)
		}
	}
	f, err := Open(Options{Dir: dir})
	require.NoError(t, err)
	defer f.Close()
	infos, err := f.ReadDir("/usr")
	require.NoError(t, err)
	assert.Equal(t, "plain ", namesOf(infos), "littlefs has no links")
	assert.Equal(t, 5, used(t, f, "/usr"))
	for _, name := range []string{"abs", "dir", "rel", "dangling", "inside", "loop", "up", "device"} {
		path := "/usr/" + name
		_, err = f.ReadFile(path)
		assertErrno(t, ENOENT, err, name)
		_, err = f.ReadFile(path + "/secret")
		assertErrno(t, ENOENT, err, name)
		assertErrno(t, EEXIST, f.WriteFile(path, []byte("x")), name)
		assertErrno(t, ENOENT, f.WriteFile(path+"/planted", []byte("x")), name)
		assertErrno(t, EEXIST, f.Mkdir(path), name)
		assertErrno(t, ENOENT, f.Remove(path), name)
		assertErrno(t, EEXIST, f.Rename("/usr/plain", path), name)
		assertErrno(t, ENOENT, f.Rename(path, "/usr/moved"), name)
	}

	// A file that becomes a link while the device runs.
	require.NoError(t, f.WriteFile("/usr/victim", []byte("x")))
	require.NoError(t, os.Remove(filepath.Join(usr, "victim")))
	require.NoError(t, os.Symlink(secret, filepath.Join(usr, "victim")))
	got, err := f.ReadFile("/usr/victim")
	require.NoError(t, err)
	assert.Equal(t, "x", string(got), "the device does not look there any more")
	require.NoError(t, f.WriteFile("/usr/victim", []byte("replaced")))
	info, err := os.Lstat(filepath.Join(usr, "victim"))
	require.NoError(t, err)
	assert.True(t, info.Mode().IsRegular(), "the link is replaced, not followed")

	entries, err := os.ReadDir(outside)
	require.NoError(t, err)
	assert.Len(t, entries, 1)
	data, err := os.ReadFile(secret)
	require.NoError(t, err)
	assert.Equal(t, "secret", string(data))
}

func TestLinkInPlaceOfAPartition(t *testing.T) {
	for _, target := range []string{t.TempDir(), "bak"} {
		dir := t.TempDir()
		if err := os.Symlink(target, filepath.Join(dir, "usr")); err != nil {
			t.Skip("no links here: ", err)
		}
		_, err := Open(Options{Dir: dir})
		assert.ErrorContains(t, err, "usr is not a folder")
	}
}

func TestNamesThatLittlefsCannotHave(t *testing.T) {
	dir := t.TempDir()
	usr := filepath.Join(dir, "usr")
	require.NoError(t, os.Mkdir(usr, 0o777))
	if err := os.WriteFile(filepath.Join(usr, "two\nlines"), nil, 0o666); err != nil {
		t.Skip("no such names here: ", err)
	}
	f, err := Open(Options{Dir: dir})
	require.NoError(t, err)
	defer f.Close()
	infos, err := f.ReadDir("/usr")
	require.NoError(t, err)
	assert.Empty(t, infos)
}

func TestFilesThatVanishOnTheHost(t *testing.T) {
	dir := t.TempDir()
	f, err := Open(Options{Dir: dir})
	require.NoError(t, err)
	defer f.Close()
	require.NoError(t, f.WriteFile("/usr/gone", []byte("x")))
	require.NoError(t, f.Mkdir("/usr/d"))
	require.NoError(t, os.Remove(filepath.Join(dir, "usr", "gone")))
	require.NoError(t, os.Remove(filepath.Join(dir, "usr", "d")))
	data, err := f.ReadFile("/usr/gone")
	require.NoError(t, err, "what runs is not disturbed")
	assert.Equal(t, "x", string(data))
	require.NoError(t, f.WriteFile("/usr/gone", []byte("again")))
	require.NoError(t, f.WriteFile("/usr/new", []byte("x")))
	assertErrno(t, ENOENT, f.WriteFile("/usr/d/file", []byte("x")), "the folder is not there")
	assert.NoError(t, f.Remove("/usr/d/file"))
	data, err = os.ReadFile(filepath.Join(dir, "usr", "gone"))
	require.NoError(t, err)
	assert.Equal(t, "again", string(data))
}

func TestDeepTree(t *testing.T) {
	f, err := Open(Options{Dir: t.TempDir()})
	require.NoError(t, err)
	defer f.Close()
	path := "/usr"
	for range 126 { // 252 blocks, two a directory
		path += "/d"
		require.NoError(t, f.Mkdir(path))
	}
	assertErrno(t, ENOSPC, f.Mkdir(path+"/d"))
	for strings.Count(path, "/") > 1 {
		require.NoError(t, f.Rmdir(path))
		path = Join(path, "..")
	}
	assert.Equal(t, 4, used(t, f, "/usr"))
}

func TestDefaultClock(t *testing.T) {
	f, err := Open(Options{})
	require.NoError(t, err)
	require.NoError(t, f.WriteFile("/usr/a", nil))
	info, err := f.Stat("/usr/a")
	require.NoError(t, err)
	assert.Equal(t, time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC), info.ModTime)
}

// A folder has one user at a time, whoever only looks aside.
func TestLock(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "made", "flash")
	f, err := Open(Options{Dir: dir})
	require.NoError(t, err)
	require.NoError(t, f.WriteFile("/usr/a", []byte("a")))
	used := func() {
		t.Helper()
		_, err := Open(Options{Dir: dir})
		require.ErrorIs(t, err, ErrInUse)
		assert.EqualError(t, err, "flash folder "+dir+": another qpy is using it; wait for its end, or name another folder")
		_, err = LockFolder(dir)
		require.ErrorIs(t, err, ErrInUse)
	}
	used()
	look, err := Open(Options{Dir: dir, ReadOnly: true})
	require.NoError(t, err)
	data, err := look.ReadFile("/usr/a")
	require.NoError(t, err)
	assert.Equal(t, "a", string(data))
	require.NoError(t, look.Close())
	used()
	require.NoError(t, f.Close())

	lock, err := LockFolder(dir)
	require.NoError(t, err)
	for range 2 { // it outlives the flash that it is given to
		used()
		f, err = Open(Options{Dir: dir, Lock: lock})
		require.NoError(t, err)
		require.NoError(t, f.Close())
	}
	used()
	require.NoError(t, lock.Release())
	require.NoError(t, lock.Release())
	f, err = Open(Options{Dir: dir})
	require.NoError(t, err)
	require.NoError(t, f.Close())

	var none *Lock
	assert.NoError(t, none.Release())
	require.NoError(t, os.Remove(filepath.Join(dir, ".device", "lock")))
	require.NoError(t, os.Mkdir(filepath.Join(dir, ".device", "lock"), 0o755))
	_, err = Open(Options{Dir: dir})
	assert.ErrorContains(t, err, ".device/lock is not a plain file")
}

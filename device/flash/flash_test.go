package flash

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// clock is a device clock that moves a second each time it is looked at.
type clock struct{ now time.Time }

func newClock() *clock { return &clock{time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.now = c.now.Add(time.Second)
	return c.now
}

// everywhere runs a test on a flash in memory and on one in a host folder.
func everywhere(t *testing.T, o Options, test func(t *testing.T, f *Flash)) {
	for _, where := range []string{"memory", "folder"} {
		t.Run(where, func(t *testing.T) {
			o := o
			if where == "folder" {
				o.Dir = t.TempDir()
			}
			f, err := Open(o)
			require.NoError(t, err)
			defer func() { assert.NoError(t, f.Close()) }()
			test(t, f)
		})
	}
}

func used(t *testing.T, f *Flash, path string) int {
	t.Helper()
	s, err := f.StatVFS(path)
	require.NoError(t, err)
	return s.Blocks - s.Free
}

func pattern(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i*7 + i>>8)
	}
	return b
}

func assertErrno(t *testing.T, want Errno, err error, what ...any) {
	t.Helper()
	var e *Error
	if assert.ErrorAs(t, err, &e, what...) {
		assert.Equal(t, want, e.Errno, what...)
	}
}

func namesOf(infos []Info) string {
	var b strings.Builder
	for _, i := range infos {
		b.WriteString(i.Name + " ")
	}
	return b.String()
}

func TestReadWrite(t *testing.T) {
	everywhere(t, Options{}, func(t *testing.T, f *Flash) {
		h, err := f.OpenFile("usr/a", Read|Write|Create)
		require.NoError(t, err)
		assert.Equal(t, "/usr/a", h.Path())
		n, err := h.Write([]byte("hello world"))
		assert.Equal(t, 11, n)
		assert.NoError(t, err)
		assert.EqualValues(t, 11, h.Tell())
		at, err := h.Seek(-5, io.SeekEnd)
		assert.NoError(t, err)
		assert.EqualValues(t, 6, at)
		b := make([]byte, 10)
		n, err = h.Read(b)
		assert.NoError(t, err)
		assert.Equal(t, "world", string(b[:n]))
		_, err = h.Read(b)
		assert.Equal(t, io.EOF, err)
		n, err = h.Read(nil)
		assert.Zero(t, n)
		assert.NoError(t, err)
		_, err = h.Seek(3, io.SeekStart)
		assert.NoError(t, err)
		_, err = h.Write([]byte("LO"))
		assert.NoError(t, err)
		_, err = h.Seek(10, io.SeekCurrent)
		assert.NoError(t, err)
		assert.EqualValues(t, 11, h.Size(), "a seek alone makes no file longer")
		_, err = h.Write([]byte("!"))
		assert.NoError(t, err)
		assert.NoError(t, h.Flush())
		data, err := f.ReadFile("/usr/a")
		assert.NoError(t, err)
		assert.Equal(t, "helLO world\x00\x00\x00\x00!", string(data))
		for _, bad := range []struct {
			off    int64
			whence int
		}{{-1, io.SeekStart}, {-17, io.SeekEnd}, {-17, io.SeekCurrent}, {0, 3}, {1 << 31, io.SeekStart}, {1<<63 - 1, io.SeekEnd}} {
			_, err = h.Seek(bad.off, bad.whence)
			assertErrno(t, EINVAL, err)
		}
		assert.EqualValues(t, 16, h.Tell())
		require.NoError(t, h.Close())
		require.NoError(t, h.Close())
		_, err = h.Write([]byte("x"))
		assertErrno(t, EBADF, err)
		assert.ErrorIs(t, err, os.ErrClosed)
		_, err = h.Read(b)
		assertErrno(t, EBADF, err)
		_, err = h.Seek(0, io.SeekStart)
		assertErrno(t, EBADF, err)
		assertErrno(t, EBADF, h.Flush())
	})
}

func TestModes(t *testing.T) {
	everywhere(t, Options{}, func(t *testing.T, f *Flash) {
		for _, c := range []struct {
			mode   string
			errno  Errno // of opening a file with "old"
			absent Errno // of opening a missing file
			after  string
		}{
			{"r", 0, ENOENT, "old"}, {"", 0, ENOENT, "old"}, {"rb", 0, ENOENT, "old"}, {"r+", 0, ENOENT, "new"},
			{"w", 0, 0, "new"}, {"w+b", 0, 0, "new"}, {"a", 0, 0, "oldnew"}, {"a+", 0, 0, "oldnew"}, {"+a", 0, 0, "oldnew"},
			{"x", EEXIST, 0, "old"}, {"xt+", EEXIST, 0, "old"},
		} {
			mode, err := ParseMode(c.mode)
			require.NoError(t, err)
			require.NoError(t, f.WriteFile("/usr/f", []byte("old")))
			h, err := f.OpenFile("/usr/f", mode)
			if c.errno != 0 {
				assertErrno(t, c.errno, err, c.mode)
			} else {
				require.NoError(t, err, c.mode)
				_, err = h.Write([]byte("new"))
				if mode&Write == 0 {
					assertErrno(t, EBADF, err, c.mode)
				} else {
					assert.NoError(t, err, c.mode)
				}
				_, err = h.Read(make([]byte, 1))
				if mode&Read == 0 {
					assertErrno(t, EBADF, err, c.mode)
				} else {
					var e *Error
					assert.False(t, errors.As(err, &e), c.mode)
				}
				require.NoError(t, h.Close())
			}
			data, err := f.ReadFile("/usr/f")
			require.NoError(t, err)
			assert.Equal(t, c.after, string(data), c.mode)

			h, err = f.OpenFile("/usr/absent", mode)
			if c.absent != 0 {
				assertErrno(t, c.absent, err, c.mode)
				continue
			}
			require.NoError(t, err, c.mode)
			require.NoError(t, h.Close())
			require.NoError(t, f.Remove("/usr/absent"))
		}
		for _, bad := range []string{"q", "rw", "ra", "rr", "r,", "wx"} {
			_, err := ParseMode(bad)
			assert.Equal(t, EINVAL, err, bad)
		}
		for _, bad := range []Mode{0, Create, Read | Create, Read | Truncate, Append} {
			_, err := f.OpenFile("/usr/f", bad)
			assertErrno(t, EINVAL, err, bad)
		}
	})
}

func TestErrors(t *testing.T) {
	everywhere(t, Options{}, func(t *testing.T, f *Flash) {
		require.NoError(t, f.WriteFile("/usr/file", []byte("x")))
		require.NoError(t, f.Mkdir("/usr/dir"))
		require.NoError(t, f.Mkdir("/usr/empty"))
		require.NoError(t, f.WriteFile("/usr/dir/x", []byte("x")))
		open := func(path string) error { _, err := f.OpenFile(path, Read); return err }
		create := func(path string) error { _, err := f.OpenFile(path, Write|Create); return err }
		stat := func(path string) error { _, err := f.Stat(path); return err }
		list := func(path string) error { _, err := f.ReadDir(path); return err }
		long := strings.Repeat("x", 255)
		for _, c := range []struct {
			err  error
			want Errno
		}{
			{open("/usr/none"), ENOENT}, {open("/usr/none/x"), ENOENT}, {open("/usr/dir"), EISDIR}, {open("/usr"), EISDIR},
			{open("/usr/file/x"), ENOTDIR}, {open("/"), EPERM}, {open(""), EPERM}, {open("/none"), ENODEV}, {open("/none/x"), ENODEV},
			{create("/usr/none/x"), ENOENT}, {create("/usr/file/x"), ENOTDIR}, {create("/usr/dir"), EISDIR}, {create("/x"), ENODEV},
			{create("/usr/a\x00b"), EINVAL}, {create("/usr/a\nb"), EINVAL}, {create("/usr/" + long + "x"), ENAMETOOLONG},
			{create("/usr/" + long + "x/y"), ENAMETOOLONG}, {create("/us\nr"), EINVAL},
			{stat("/usr/none"), ENOENT}, {stat("/usr/file/x"), ENOTDIR}, {stat("/none"), ENODEV},
			{list("/usr/none"), ENOENT}, {list("/usr/file"), ENOTDIR}, {list("/none"), ENODEV},
			{f.Mkdir("/usr/dir"), EEXIST}, {f.Mkdir("/usr/file"), EEXIST}, {f.Mkdir("/usr"), EEXIST}, {f.Mkdir("/"), EEXIST},
			{f.Mkdir("/usr/none/x"), ENOENT}, {f.Mkdir("/usr/file/x"), ENOTDIR}, {f.Mkdir("/new"), ENODEV}, {f.Mkdir("/usr/\n"), EINVAL},
			{f.Remove("/usr/none"), ENOENT}, {f.Remove("/usr/dir"), ENOTEMPTY}, {f.Remove("/usr"), EPERM}, {f.Remove("/"), EPERM},
			{f.Rmdir("/usr/file/x"), ENOTDIR}, {f.Rmdir("/none"), ENODEV},
			{f.Rename("/usr/none", "/usr/y"), ENOENT}, {f.Rename("/usr/file", "/usr/none/y"), ENOENT},
			{f.Rename("/usr/file", "/usr/dir"), EISDIR}, {f.Rename("/usr/dir", "/usr/file"), EISDIR},
			{f.Rename("/usr/empty", "/usr/dir"), ENOTEMPTY}, {f.Rename("/usr/dir", "/usr/dir/sub"), EINVAL},
			{f.Rename("/usr/file", "/bak/file"), EPERM}, {f.Rename("/usr/file", "/none/file"), EPERM}, {f.Rename("/none/a", "/none/b"), ENODEV},
			{f.Rename("/", "/usr/x"), EPERM}, {f.Rename("/usr", "/usr/x"), EPERM}, {f.Rename("/usr/file", "/usr"), EPERM},
			{f.Rename("/usr/file", "/usr/file/x"), ENOTDIR}, {f.Rename("/usr/\n", "/usr/x"), EINVAL}, {f.Rename("/usr/file", "/usr/\n"), EINVAL},
		} {
			assertErrno(t, c.want, c.err, "%v", c.err)
		}
		require.NoError(t, f.WriteFile("/usr/"+long, nil), "255 bytes are not too long")
		_, err := f.StatVFS("/none")
		assertErrno(t, ENODEV, err)

		err = f.Remove("/usr/none")
		assert.EqualError(t, err, "remove /usr/none: [Errno 2] ENOENT")
		assert.ErrorIs(t, err, ENOENT)
		assert.ErrorIs(t, err, fs.ErrNotExist)
		assert.NotErrorIs(t, err, fs.ErrExist)
		assert.ErrorIs(t, f.Mkdir("/usr"), fs.ErrExist)
		assert.ErrorIs(t, f.Remove("/"), fs.ErrPermission)
		assert.Equal(t, "errno 1000", Errno(1000).String())
	})
}

func TestTree(t *testing.T) {
	clock := newClock()
	everywhere(t, Options{Now: clock.Now}, func(t *testing.T, f *Flash) {
		infos, err := f.ReadDir("/")
		require.NoError(t, err)
		assert.Equal(t, "usr bak ", namesOf(infos))
		info, err := f.Stat("/")
		require.NoError(t, err)
		assert.True(t, info.Dir)
		info, err = f.Stat("/usr")
		require.NoError(t, err)
		assert.Equal(t, "usr", info.Name)
		assert.True(t, info.Dir)

		infos, err = f.ReadDir("/usr")
		require.NoError(t, err)
		assert.Empty(t, infos)
		require.NoError(t, f.WriteFile("/usr/z", []byte("123")))
		written := clock.now
		require.NoError(t, f.Mkdir("/usr/a"))
		require.NoError(t, f.WriteFile("/usr/a/../m", []byte("12345")))
		infos, err = f.ReadDir("/usr/")
		require.NoError(t, err)
		assert.Equal(t, "z a m ", namesOf(infos))
		assert.Equal(t, Info{Name: "z", Size: 3, ModTime: written}, infos[0])
		assert.True(t, infos[1].Dir)

		require.NoError(t, f.Rename("/usr/z", "/usr/a/y"))
		require.NoError(t, f.Rename("/usr/a", "/usr/b"))
		require.NoError(t, f.Rename("/usr/m", "/usr/m"))
		data, err := f.ReadFile("/usr/b/y")
		require.NoError(t, err)
		assert.Equal(t, "123", string(data))
		require.NoError(t, f.Rename("/usr/m", "/usr/b/y"), "a file replaces a file")
		data, err = f.ReadFile("/usr/b/y")
		require.NoError(t, err)
		assert.Equal(t, "12345", string(data))
		require.NoError(t, f.Mkdir("/usr/c"))
		require.NoError(t, f.Rename("/usr/b", "/usr/c"), "a directory replaces an empty one")
		infos, err = f.ReadDir("/usr")
		require.NoError(t, err)
		assert.Equal(t, "c ", namesOf(infos))
		assert.Equal(t, 4+2+1, used(t, f, "/usr"))
	})
}

func TestMounts(t *testing.T) {
	everywhere(t, Options{}, func(t *testing.T, f *Flash) {
		require.NoError(t, f.WriteFile("/bak/a", []byte("a")))
		assert.Equal(t, []Mount{{"/usr", "usr"}, {"/bak", "bak"}}, f.Mounts())
		assertErrno(t, EINVAL, f.Umount("/other"))
		require.NoError(t, f.Mount("bak", "/other"))
		again, err := f.ReadFile("/other/a")
		require.NoError(t, err)
		assert.Equal(t, "a", string(again), "mounted twice")
		assertErrno(t, EPERM, f.Rename("/bak/a", "/other/b"))
		require.NoError(t, f.Umount("/other"))
		require.NoError(t, f.Umount("/bak"))
		assertErrno(t, EINVAL, f.Umount("/bak"))
		_, err = f.ReadFile("/bak/a")
		assertErrno(t, ENODEV, err)
		assertErrno(t, EPERM, f.Mount("bak", "/usr"))
		assertErrno(t, EINVAL, f.Mount("bak", "/"))
		assertErrno(t, EINVAL, f.Mount("bak", "/a/b"))
		assertErrno(t, EINVAL, f.Mount("bak", "/a\n"))
		assertErrno(t, ENODEV, f.Mount("none", "/other"))
		require.NoError(t, f.Mount("bak", "/other"))
		data, err := f.ReadFile("/other/a")
		require.NoError(t, err)
		assert.Equal(t, "a", string(data))
		assert.Equal(t, []Mount{{"/usr", "usr"}, {"/other", "bak"}}, f.Mounts())
	})
}

func TestSystemIsOutOfReach(t *testing.T) {
	everywhere(t, Options{}, func(t *testing.T, f *Flash) {
		_, err := f.System().ReadRecord("version.json")
		assertErrno(t, ENOENT, err)
		assert.ErrorIs(t, err, fs.ErrNotExist)
		for _, text := range []string{"V1", "V22"} {
			require.NoError(t, f.System().WriteRecord("version.json", []byte(text)))
			data, err := f.System().ReadRecord("version.json")
			require.NoError(t, err)
			assert.Equal(t, text, string(data))
		}
		for _, path := range []string{"/.device/version.json", "/usr/../.device/version.json", "/usr/.device/version.json", "/version.json", "/usr/version.json"} {
			_, err := f.ReadFile(path)
			assert.Error(t, err, path)
		}
	})
}

package flash

import (
	"bytes"
	"errors"
	"fmt"
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

// The numbers of an EC600S with three small files on its /usr.
func TestStatVFS(t *testing.T) {
	everywhere(t, Options{}, func(t *testing.T, f *Flash) {
		for _, name := range []string{"main.py", "a.txt", "b.txt"} {
			require.NoError(t, f.WriteFile("/usr/"+name, []byte("x")))
		}
		s, err := f.StatVFS("/usr")
		require.NoError(t, err)
		assert.Equal(t, StatVFS{4096, 4096, 256, 249, 249, 0, 0, 0, 0, 255}, s)
		s, err = f.StatVFS("/usr/not/there")
		require.NoError(t, err)
		assert.Equal(t, 249, s.Free)
		s, err = f.StatVFS("/bak")
		require.NoError(t, err)
		assert.Equal(t, 64, s.Blocks)
		s, err = f.StatVFS("/")
		require.NoError(t, err)
		assert.Equal(t, StatVFS{NameMax: 512}, s)
	})
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

// Every handle has its own view of a file; the last one to close it wins.
func TestHandlesDoNotSeeEachOther(t *testing.T) {
	everywhere(t, Options{}, func(t *testing.T, f *Flash) {
		require.NoError(t, f.WriteFile("/usr/log", []byte("old ")))
		before := used(t, f, "/usr")
		a, err := f.OpenFile("/usr/log", Read|Write|Append)
		require.NoError(t, err)
		b, err := f.OpenFile("/usr/log", Write|Append)
		require.NoError(t, err)
		r, err := f.OpenFile("/usr/log", Read)
		require.NoError(t, err)
		for i := range 3 {
			fmt.Fprintf(a, "a%d ", i)
			fmt.Fprintf(b, "b%d ", i)
		}
		_, err = a.Seek(0, io.SeekStart)
		require.NoError(t, err)
		fmt.Fprint(a, "end")
		assert.EqualValues(t, 16, a.Size())
		data, err := f.ReadFile("/usr/log")
		require.NoError(t, err)
		assert.Equal(t, "old ", string(data), "nothing was flushed")
		require.NoError(t, a.Flush())
		data, err = f.ReadFile("/usr/log")
		require.NoError(t, err)
		assert.Equal(t, "old a0 a1 a2 end", string(data))
		require.NoError(t, b.Close())
		data, err = f.ReadFile("/usr/log")
		require.NoError(t, err)
		assert.Equal(t, "old b0 b1 b2 ", string(data))
		got := make([]byte, 100)
		n, err := r.Read(got)
		require.NoError(t, err)
		assert.Equal(t, "old ", string(got[:n]))
		_, err = a.Seek(0, io.SeekStart)
		require.NoError(t, err)
		n, err = a.Read(got)
		require.NoError(t, err)
		assert.Equal(t, "old a0 a1 a2 end", string(got[:n]))
		require.NoError(t, a.Close(), "it has nothing to flush")
		require.NoError(t, r.Close())
		data, err = f.ReadFile("/usr/log")
		require.NoError(t, err)
		assert.Equal(t, "old b0 b1 b2 ", string(data))
		assert.Equal(t, before, used(t, f, "/usr"))
	})
}

// littlefs copies on write: while a file is written anew it takes its space
// twice.
func TestRewritingTakesSpaceTwice(t *testing.T) {
	everywhere(t, Options{Partitions: []Geometry{{"usr", 512, 16}}}, func(t *testing.T, f *Flash) {
		require.NoError(t, f.WriteFile("/usr/a", pattern(7*512-40)))
		assert.Equal(t, 11, used(t, f, "/usr"))
		h, err := f.OpenFile("/usr/a", Write|Create|Truncate)
		require.NoError(t, err)
		n, err := h.Write(pattern(4000))
		assertErrno(t, ENOSPC, err)
		assert.Equal(t, 5*512-4*7, n)
		assert.Equal(t, 16, used(t, f, "/usr"))
		info, err := f.Stat("/usr/a")
		require.NoError(t, err)
		assert.EqualValues(t, 7*512-40, info.Size, "the old content is there until the close")
		require.NoError(t, h.Close())
		got, err := f.ReadFile("/usr/a")
		require.NoError(t, err)
		assert.Equal(t, pattern(4000)[:n], got, "what was written before stays")
		assert.Equal(t, 9, used(t, f, "/usr"))
	})
}

func TestFullAtTheRightByte(t *testing.T) {
	small := []Geometry{{"usr", 512, 16}}
	for _, chunk := range []int{1, 7, 64, 511, 512, 513, 5000, 100000} {
		everywhere(t, Options{Partitions: small}, func(t *testing.T, f *Flash) {
			require.NoError(t, f.WriteFile("/usr/before", []byte("stays")))
			h, err := f.OpenFile("/usr/big", Write|Create)
			require.NoError(t, err)
			// 16 blocks less 4 for littlefs and 1 for the other file: 11, with
			// 2·10 - 2 pointers in them.
			const room = 11*512 - 4*18
			data := pattern(100000)
			total := 0
			for {
				n, werr := h.Write(data[total : total+chunk])
				total += n
				assert.EqualValues(t, total, h.Size())
				if werr != nil {
					assertErrno(t, ENOSPC, werr)
					assert.EqualError(t, werr, "write /usr/big: [Errno 28] ENOSPC")
					break
				}
				assert.Equal(t, chunk, n)
			}
			assert.Equal(t, room, total)
			assert.Equal(t, 16, used(t, f, "/usr"))
			_, err = h.Write([]byte("x"))
			assertErrno(t, ENOSPC, err)
			_, err = h.Seek(0, io.SeekStart)
			require.NoError(t, err)
			_, err = h.Write([]byte("new"))
			assertErrno(t, ENOSPC, err, "littlefs overwrites nothing in place")
			require.NoError(t, h.Close())
			got, err := f.ReadFile("/usr/big")
			require.NoError(t, err)
			assert.Equal(t, data[:room], got)
			got, err = f.ReadFile("/usr/before")
			require.NoError(t, err)
			assert.Equal(t, "stays", string(got))
			assertErrno(t, ENOSPC, f.Mkdir("/usr/d"))
			assert.NoError(t, f.WriteFile("/usr/empty", nil), "a name fits into the directory")
			assertErrno(t, ENOSPC, f.WriteFile("/usr/other", []byte("x")))
			require.NoError(t, f.Remove("/usr/big"))
			assert.Equal(t, 5, used(t, f, "/usr"))
			assert.NoError(t, f.Mkdir("/usr/d"))
		})
	}
}

func TestHoleInAFullPartition(t *testing.T) {
	everywhere(t, Options{Partitions: []Geometry{{"usr", 512, 8}}}, func(t *testing.T, f *Flash) {
		h, err := f.OpenFile("/usr/a", Write|Create)
		require.NoError(t, err)
		defer h.Close()
		_, err = h.Seek(1<<20, io.SeekStart)
		require.NoError(t, err)
		n, err := h.Write([]byte("x"))
		assertErrno(t, ENOSPC, err)
		assert.Zero(t, n)
		assert.Zero(t, h.Size())
	})
}

func TestDirectoriesTakeSpace(t *testing.T) {
	everywhere(t, Options{Partitions: []Geometry{{"usr", 512, 16}}}, func(t *testing.T, f *Flash) {
		assert.Equal(t, 4, used(t, f, "/usr"))
		require.NoError(t, f.Mkdir("/usr/d"))
		assert.Equal(t, 6, used(t, f, "/usr"))
		name := strings.Repeat("n", 200) // two entries a pair
		for i := range 4 {
			require.NoError(t, f.WriteFile(fmt.Sprintf("/usr/d/%s%d", name, i), nil))
		}
		assert.Equal(t, 8, used(t, f, "/usr"))
		for i := range 8 {
			require.NoError(t, f.WriteFile(fmt.Sprintf("/usr/d/%s%d", name, i), nil))
		}
		assert.Equal(t, 12, used(t, f, "/usr"))
		require.NoError(t, f.WriteFile("/usr/big", pattern(4*512-40)))
		assert.Equal(t, 16, used(t, f, "/usr"))
		assertErrno(t, ENOSPC, f.WriteFile("/usr/d/"+name+"x", nil), "the directory cannot grow")
		assertErrno(t, ENOSPC, f.Rename("/usr/big", "/usr/d/"+name), "nor for a rename")
		for i := range 8 {
			require.NoError(t, f.Remove(fmt.Sprintf("/usr/d/%s%d", name, i)))
		}
		require.NoError(t, f.Rmdir("/usr/d"))
		assert.Equal(t, 8, used(t, f, "/usr"))
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

// littlefs detaches the handles of a file that is removed or renamed.
func TestFilesThatLoseTheirName(t *testing.T) {
	everywhere(t, Options{Partitions: []Geometry{{"usr", 512, 32}}}, func(t *testing.T, f *Flash) {
		for name, lose := range map[string]func() error{
			"removed":   func() error { return f.Remove("/usr/a") },
			"renamed":   func() error { return f.Rename("/usr/a", "/usr/b") },
			"displaced": func() error { return errors.Join(f.WriteFile("/usr/c", []byte("c")), f.Rename("/usr/c", "/usr/a")) },
		} {
			require.NoError(t, f.WriteFile("/usr/a", pattern(1000)))
			w, err := f.OpenFile("/usr/a", Read|Write)
			require.NoError(t, err)
			_, err = w.Write([]byte("early"))
			require.NoError(t, err)
			require.NoError(t, w.Flush())
			r, err := f.OpenFile("/usr/a", Read)
			require.NoError(t, err)
			require.NoError(t, lose(), name)
			left := 4
			if name != "removed" {
				left = 4 + fileBlocks(1000, 512)
			}
			if name == "displaced" {
				left = 5
			}
			_, err = w.Write([]byte("late"))
			require.NoError(t, err, name)
			require.NoError(t, w.Flush(), name)
			want := pattern(1000)
			copy(want, "early")
			got := make([]byte, 1001)
			n, err := r.Read(got)
			require.NoError(t, err)
			assert.Equal(t, want, got[:n], "the handle goes on: %s", name)
			_, err = w.Seek(0, io.SeekStart)
			require.NoError(t, err)
			n, err = w.Read(got)
			require.NoError(t, err)
			assert.Equal(t, "earlylate", string(got[:9]))
			assert.Equal(t, 1000, n)
			require.NoError(t, w.Close())
			require.NoError(t, r.Close())
			assert.Equal(t, left, used(t, f, "/usr"), name)
			switch name {
			case "removed":
				_, err = f.Stat("/usr/a")
				assertErrno(t, ENOENT, err)
			case "renamed":
				got, err := f.ReadFile("/usr/b")
				require.NoError(t, err)
				assert.Equal(t, want, got, "what was written after the rename is lost")
				require.NoError(t, f.Remove("/usr/b"))
			case "displaced":
				got, err := f.ReadFile("/usr/a")
				require.NoError(t, err)
				assert.Equal(t, "c", string(got))
				require.NoError(t, f.Remove("/usr/a"))
			}
			assert.Equal(t, 4, used(t, f, "/usr"), name)
		}
	})
}

func TestHandleSurvivesARenameOfItsDirectory(t *testing.T) {
	everywhere(t, Options{}, func(t *testing.T, f *Flash) {
		require.NoError(t, f.Mkdir("/usr/d"))
		h, err := f.OpenFile("/usr/d/a", Write|Create)
		require.NoError(t, err)
		require.NoError(t, f.Rename("/usr/d", "/usr/e"))
		_, err = h.Write([]byte("after"))
		require.NoError(t, err)
		require.NoError(t, h.Close())
		data, err := f.ReadFile("/usr/e/a")
		require.NoError(t, err)
		assert.Equal(t, "after", string(data))
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

func TestBadGeometry(t *testing.T) {
	for _, bad := range [][]Geometry{
		{{"", 4096, 256}}, {{".device", 4096, 256}}, {{"a/b", 4096, 256}}, {{"..", 4096, 256}}, {{"a\n", 4096, 256}},
		{{"usr", 0, 256}}, {{"usr", 512, 1 << 16}}, {{"usr", 4096, 0}}, {{"usr", 4096, -1}}, {{"usr", 1 << 20, 1 << 20}},
		{{"usr", 4096, 256}, {"usr", 4096, 256}},
	} {
		_, err := Open(Options{Partitions: bad})
		assert.ErrorContains(t, err, "flash partition", "%v", bad)
	}
}

func TestBlocksOfAFile(t *testing.T) {
	for _, size := range []int{512, 4096} {
		last := int64(-1)
		for n := range 2000 {
			c := capacity(n, size)
			require.Greater(t, c, last)
			require.Equal(t, n, fileBlocks(c, size))
			require.Equal(t, n+1, fileBlocks(c+1, size))
			last = c
		}
	}
}

// A long random history on both kinds of store agrees with a plain model, and
// the folder, opened again, counts what is there.
func TestRandomHistory(t *testing.T) {
	dir := t.TempDir()
	mem, err := Open(Options{})
	require.NoError(t, err)
	host, err := Open(Options{Dir: dir})
	require.NoError(t, err)
	model := map[string][]byte{}
	state := uint32(1)
	random := func(n int) int {
		state = state*1664525 + 1013904223
		return int(state>>8) % n
	}
	for range 600 {
		name := fmt.Sprintf("/usr/f%d", random(20))
		switch random(5) {
		case 0, 1:
			data := pattern(random(20000))
			require.NoError(t, mem.WriteFile(name, data))
			require.NoError(t, host.WriteFile(name, data))
			model[name] = data
		case 2:
			at, data := random(20000), pattern(random(3000)+1)
			for _, f := range []*Flash{mem, host} {
				h, err := f.OpenFile(name, Write|Create)
				require.NoError(t, err)
				_, err = h.Seek(int64(at), io.SeekStart)
				require.NoError(t, err)
				_, err = h.Write(data)
				require.NoError(t, err)
				require.NoError(t, h.Close())
			}
			old := model[name]
			fresh := make([]byte, max(len(old), at+len(data)))
			copy(fresh, old)
			copy(fresh[at:], data)
			model[name] = fresh
		case 3:
			to := fmt.Sprintf("/usr/f%d", random(20))
			errMem, errHost := mem.Rename(name, to), host.Rename(name, to)
			require.Equal(t, errMem, errHost)
			if data, ok := model[name]; ok {
				require.NoError(t, errMem)
				delete(model, name)
				model[to] = data
			}
		case 4:
			require.Equal(t, mem.Remove(name), host.Remove(name))
			delete(model, name)
		}
		names := 0
		for name := range model {
			names += entrySize(name[len("/usr/"):])
		}
		require.Less(t, names, 4000, "one pair")
		blocks := 4
		for _, data := range model {
			blocks += fileBlocks(int64(len(data)), 4096)
		}
		require.Equal(t, blocks, used(t, mem, "/usr"))
		require.Equal(t, blocks, used(t, host, "/usr"))
	}
	blocks := used(t, host, "/usr")
	require.NoError(t, host.Close())
	host, err = Open(Options{Dir: dir})
	require.NoError(t, err)
	defer host.Close()
	assert.Equal(t, blocks, used(t, host, "/usr"))
	require.NotEmpty(t, model)
	for _, f := range []*Flash{mem, host} {
		infos, err := f.ReadDir("/usr")
		require.NoError(t, err)
		assert.Len(t, infos, len(model))
		for name, want := range model {
			got, err := f.ReadFile(name)
			require.NoError(t, err)
			assert.True(t, bytes.Equal(want, got), name)
		}
	}
}

// Files that nobody has any more are closed when their place is needed, as the
// firmware's garbage collector does it.
func TestForgottenFiles(t *testing.T) {
	everywhere(t, Options{Partitions: []Geometry{{"usr", 512, 32}}}, func(t *testing.T, f *Flash) {
		kept, err := f.OpenFile("/usr/kept", Write|Create)
		require.NoError(t, err)
		_, err = kept.Write([]byte("kept"))
		require.NoError(t, err)
		for i := range 100 { // each holds two blocks, there are 28
			h, err := f.OpenFile("/usr/a", Write|Create|Truncate)
			require.NoError(t, err)
			_, err = fmt.Fprintf(h, "%600d", i)
			require.NoError(t, err, "write %d", i)
		}
		f.Collect()
		data, err := f.ReadFile("/usr/a")
		require.NoError(t, err)
		assert.Equal(t, fmt.Sprintf("%600d", 99), string(data))
		assert.Equal(t, 4+2+1, used(t, f, "/usr"))
		data, err = f.ReadFile("/usr/kept")
		require.NoError(t, err)
		assert.Empty(t, data, "it is still open")
		for range 2000 {
			_, err := f.OpenFile("/usr/a", Read)
			require.NoError(t, err)
		}
		assert.Less(t, len(f.handles.open), 2*collectAt)
		require.NoError(t, kept.Close())
	})
}

// A restart loses what was not flushed; the end of a run without one does not.
func TestWhatIsOpenAtTheEnd(t *testing.T) {
	for _, restart := range []bool{false, true} {
		dir := t.TempDir()
		f, err := Open(Options{Dir: dir})
		require.NoError(t, err)
		h, err := f.OpenFile("/usr/a", Write|Create)
		require.NoError(t, err)
		_, err = h.Write([]byte("x"))
		require.NoError(t, err)
		if restart {
			f.PowerOff()
		}
		require.NoError(t, f.Close())
		data, err := os.ReadFile(dir + "/usr/a")
		require.NoError(t, err)
		assert.Equal(t, map[bool]string{false: "x", true: ""}[restart], string(data))
		assert.NoError(t, h.Close())
	}
}

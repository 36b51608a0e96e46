package flash

import (
	"errors"
	"fmt"
	"io"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

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

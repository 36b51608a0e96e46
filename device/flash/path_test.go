package flash

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestJoin(t *testing.T) {
	for _, c := range [][3]string{
		{"/", "a", "/a"}, {"/usr", "a", "/usr/a"}, {"/usr", "/bak/b", "/bak/b"}, {"/usr", "", "/usr"}, {"/usr", ".", "/usr"},
		{"/usr", "..", "/"}, {"/usr", "../..", "/"}, {"/", "../../etc/passwd", "/etc/passwd"}, {"/usr", "a/./b/../c", "/usr/a/c"},
		{"/usr", "//a///b/", "/a/b"}, {"/usr/", "a//b", "/usr/a/b"}, {"", "a", "/a"}, {"usr", "a", "/usr/a"}, {"/usr", "...", "/usr/..."},
		{"/usr", "a/../../bak", "/bak"}, {"/usr", `..\..\etc`, `/usr/..\..\etc`},
	} {
		assert.Equal(t, c[2], Join(c[0], c[1]), "%q", c)
	}
}

var hostilePaths = []string{
	"../../../etc/passwd", "/usr/../../outside", "/usr/./.././../outside/secret", "..", "/..", "a\x00b", "a\nb", "/usr//a", "usr\\..\\..\\x",
	"/usr/" + strings.Repeat("x", 300), strings.Repeat("../", 100) + "etc", "/usr/link/secret", "C:\\x", "/usr/con", "\xff\xfe", "/usr/\xff", "/usr/.", "/usr/...",
}

func FuzzJoin(f *testing.F) {
	for _, p := range hostilePaths {
		f.Add("/usr", p)
		f.Add(p, "x")
	}
	f.Fuzz(func(t *testing.T, cwd, p string) {
		got := Join(cwd, p)
		require.True(t, strings.HasPrefix(got, "/"))
		require.Equal(t, got, Join("/", got), "it is normal already")
		if got != "/" {
			for _, name := range strings.Split(got[1:], "/") {
				require.NotContains(t, []string{"", ".", ".."}, name)
			}
		}
	})
}

// Whatever the path, only the flash folder changes, and every error is an *Error.
func FuzzPaths(f *testing.F) {
	for _, p := range hostilePaths {
		f.Add(p, "/usr/a")
		f.Add("/usr/a", p)
	}
	f.Fuzz(func(t *testing.T, p, q string) {
		top := t.TempDir()
		outside := filepath.Join(top, "outside")
		require.NoError(t, os.Mkdir(outside, 0o777))
		require.NoError(t, os.WriteFile(filepath.Join(outside, "secret"), []byte("secret"), 0o666))
		dir := filepath.Join(top, "flash")
		require.NoError(t, os.MkdirAll(filepath.Join(dir, "usr"), 0o777))
		require.NoError(t, os.Symlink(outside, filepath.Join(dir, "usr", "link")))
		fl, err := Open(Options{Dir: dir})
		require.NoError(t, err)
		defer fl.Close()
		check := func(err error) {
			var e *Error
			if err != nil {
				require.True(t, errors.As(err, &e), "%v", err)
			}
		}
		for _, path := range []string{p, q} {
			check(fl.WriteFile(path, []byte("written")))
			check(fl.Mkdir(path))
			data, err := fl.ReadFile(path)
			check(err)
			require.NotEqual(t, "secret", string(data))
			_, err = fl.ReadDir(path)
			check(err)
			_, err = fl.Stat(path)
			check(err)
		}
		check(fl.Rename(p, q))
		check(fl.Remove(q))
		check(fl.Rmdir(p))
		for folder, want := range map[string]int{top: 2, dir: 3, outside: 1, filepath.Join(dir, ".device"): 1} {
			entries, err := os.ReadDir(folder)
			require.NoError(t, err)
			require.Len(t, entries, want, folder)
		}
		data, err := os.ReadFile(filepath.Join(outside, "secret"))
		require.NoError(t, err)
		require.Equal(t, "secret", string(data))
	})
}

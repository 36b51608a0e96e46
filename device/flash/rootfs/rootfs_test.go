package rootfs

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/spf13/afero"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func open(t *testing.T, dir string) *Fs {
	t.Helper()
	f, err := Open(dir)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, f.Close()) })
	return f
}

func TestItIsAFileSystem(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	require.NoError(t, f.MkdirAll("/a/b", 0o777))
	require.NoError(t, f.Mkdir("c", 0o777))
	require.NoError(t, afero.WriteFile(f, "/a/b/x", []byte("hello"), 0o666))
	data, err := os.ReadFile(filepath.Join(dir, "a", "b", "x"))
	require.NoError(t, err)
	assert.Equal(t, "hello", string(data))
	require.NoError(t, f.Rename("a/b/x", "/c/y"))
	at := time.Date(2022, 1, 2, 3, 4, 5, 0, time.UTC)
	require.NoError(t, f.Chtimes("c/y", at, at))
	require.NoError(t, f.Chmod("c/y", 0o600))
	info, err := f.Stat("/c/y")
	require.NoError(t, err)
	assert.True(t, at.Equal(info.ModTime()))
	assert.EqualValues(t, 5, info.Size())
	h, err := f.Create("c/y")
	require.NoError(t, err)
	require.NoError(t, h.Close())
	infos, err := afero.ReadDir(f, "/")
	require.NoError(t, err)
	assert.Len(t, infos, 2)
	assert.Error(t, f.Remove("/a"), "it is not empty")
	require.NoError(t, f.Remove("/c/y"))
	require.NoError(t, f.RemoveAll("/a"))
	none, err := f.Open("a")
	assert.ErrorIs(t, err, os.ErrNotExist)
	assert.True(t, none == nil, "no typed nil")
	_, err = Open(filepath.Join(dir, "none"))
	assert.ErrorIs(t, err, os.ErrNotExist)
}

func TestNothingLeadsOut(t *testing.T) {
	top := t.TempDir()
	secret := filepath.Join(top, "secret")
	require.NoError(t, os.WriteFile(secret, []byte("secret"), 0o666))
	dir := filepath.Join(top, "root")
	require.NoError(t, os.Mkdir(dir, 0o777))
	for name, target := range map[string]string{"file": secret, "dir": top, "rel": "../secret", "new": filepath.Join(top, "new")} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Skip("no links here: ", err)
		}
	}
	f := open(t, dir)
	for _, path := range []string{"file", "/file", "rel", "dir/secret", "../secret", "/../secret", "x/../../secret", secret, "new", "../new", "dir/new"} {
		_, err := f.Open(path)
		assert.Error(t, err, path)
		_, err = f.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o666)
		assert.Error(t, err, path)
		_, err = f.Create(path)
		assert.Error(t, err, path)
		_, err = f.Stat(path)
		assert.Error(t, err, path)
		assert.Error(t, f.Chmod(path, 0), path)
		assert.Error(t, f.Chtimes(path, time.Now(), time.Now()), path)
	}
	for _, path := range []string{"../x", "dir/x"} {
		assert.Error(t, f.Mkdir(path, 0o777), path)
		assert.Error(t, f.MkdirAll(path, 0o777), path)
		assert.Error(t, f.Rename("file", path), path)
	}
	assert.Error(t, f.Rename("dir/secret", "taken"))
	assert.Error(t, f.Remove("dir/secret"))
	assert.Error(t, f.RemoveAll("dir/secret"))
	entries, err := os.ReadDir(top)
	require.NoError(t, err)
	assert.Len(t, entries, 2)
	data, err := os.ReadFile(secret)
	require.NoError(t, err)
	assert.Equal(t, "secret", string(data))
}

func TestSub(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "file"), nil, 0o666))
	f := open(t, dir)
	sub, err := f.Sub("new")
	require.NoError(t, err)
	defer sub.Close()
	require.NoError(t, afero.WriteFile(sub, "/x", nil, 0o666))
	_, err = os.Stat(filepath.Join(dir, "new", "x"))
	assert.NoError(t, err)
	_, err = sub.Stat("../file")
	assert.Error(t, err)
	_, err = f.Sub("file")
	assert.ErrorContains(t, err, "is not a folder")
	_, err = f.Sub("../up")
	assert.Error(t, err)
	require.NoError(t, os.Symlink("new", filepath.Join(dir, "link")))
	_, err = f.Sub("link")
	assert.ErrorContains(t, err, "is not a folder")
}

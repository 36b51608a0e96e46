// Package rootfs is an afero file system inside one folder of the host. It is
// built on [os.Root], so that no "..", no absolute path and no symbolic link,
// whoever planted it and whenever, leads out of the folder.
package rootfs

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/afero"
)

// Fs is the file system. Its paths are relative to the folder, with or without a
// leading slash; "" and "/" are the folder itself. Links inside the folder that
// stay inside are followed, all others are errors.
type Fs struct {
	root *os.Root
}

var (
	_ afero.Fs      = (*Fs)(nil)
	_ afero.Lstater = (*Fs)(nil)
)

// Open opens the folder at path, which must exist.
func Open(path string) (*Fs, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	return &Fs{root}, nil
}

// Sub is the file system of a folder directly inside this one, made if it is
// missing. It refuses a link, even one that stays inside: two names for one
// folder would let two file systems disagree about it.
func (f *Fs) Sub(name string) (*Fs, error) {
	name = local(name)
	if err := f.root.Mkdir(name, 0o777); err != nil && !os.IsExist(err) {
		return nil, err
	}
	info, err := f.root.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%s is not a folder", filepath.Join(f.root.Name(), name))
	}
	root, err := f.root.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return &Fs{root}, nil
}

// Close gives the folder's handle back; open files stay usable.
func (f *Fs) Close() error { return f.root.Close() }

// Name is the kind of file system, as afero wants it.
func (f *Fs) Name() string { return "rootfs" }

// local is the name that os.Root knows: relative, in the host's spelling.
func local(name string) string {
	name = strings.TrimLeft(name, "/")
	if name == "" {
		return "."
	}
	return filepath.FromSlash(name)
}

// file keeps a nil *os.File from becoming an afero.File that is not nil.
func file(f *os.File, err error) (afero.File, error) {
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Create opens a file for reading and writing and empties it.
func (f *Fs) Create(name string) (afero.File, error) { return file(f.root.Create(local(name))) }

// Open opens a file or a folder for reading.
func (f *Fs) Open(name string) (afero.File, error) { return file(f.root.Open(local(name))) }

// OpenFile opens a file as os.OpenFile does.
func (f *Fs) OpenFile(name string, flag int, perm os.FileMode) (afero.File, error) {
	return file(f.root.OpenFile(local(name), flag, perm))
}

// Mkdir makes a folder.
func (f *Fs) Mkdir(name string, perm os.FileMode) error { return f.root.Mkdir(local(name), perm) }

// MkdirAll makes a folder and those above it.
func (f *Fs) MkdirAll(name string, perm os.FileMode) error {
	return f.root.MkdirAll(local(name), perm)
}

// Remove removes a file, a link or an empty folder.
func (f *Fs) Remove(name string) error { return f.root.Remove(local(name)) }

// RemoveAll removes a file or a folder with all that is in it.
func (f *Fs) RemoveAll(name string) error { return f.root.RemoveAll(local(name)) }

// Rename moves a file or a folder; an existing file of the new name is replaced.
func (f *Fs) Rename(old, new string) error { return f.root.Rename(local(old), local(new)) }

// Stat tells about a file; links are followed as far as they stay inside.
func (f *Fs) Stat(name string) (os.FileInfo, error) { return f.root.Stat(local(name)) }

// LstatIfPossible tells about a file or a link itself; it is always possible.
func (f *Fs) LstatIfPossible(name string) (os.FileInfo, bool, error) {
	info, err := f.root.Lstat(local(name))
	return info, true, err
}

// Chmod changes the permissions of a file.
func (f *Fs) Chmod(name string, mode os.FileMode) error { return f.root.Chmod(local(name), mode) }

// Chown changes the owner of a file.
func (f *Fs) Chown(name string, uid, gid int) error { return f.root.Chown(local(name), uid, gid) }

// Chtimes changes the times of a file.
func (f *Fs) Chtimes(name string, atime, mtime time.Time) error {
	return f.root.Chtimes(local(name), atime, mtime)
}

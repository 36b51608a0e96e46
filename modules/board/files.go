package board

import (
	"errors"
	"path"

	"qpy/device/flash"
	"qpy/python"
)

// Files is the device's flash with a working directory: what open(), import
// and uos see. It implements python.Files.
type Files struct {
	flash *flash.Flash
	cwd   string
}

// Entry is a file or directory as uos tells of it.
type Entry struct {
	Name string
	Dir  bool
	Size int64 // bytes
	Time int64 // of the last change, seconds since 1970
}

// NewFiles gives the flash with "/" as working directory.
func NewFiles(f *flash.Flash) *Files { return &Files{flash: f, cwd: "/"} }

// osError carries the number of a flash error to package python.
type osError struct{ err *flash.Error }

func (e osError) Error() string { return e.err.Error() }
func (e osError) Unwrap() error { return e.err }

// Errno is the number of OSError.
func (e osError) Errno() int { return int(e.err.Errno) }

func numbered(err error) error {
	var e *flash.Error
	if errors.As(err, &e) {
		return osError{e}
	}
	return err
}

func (f *Files) abs(p string) string { return flash.Join(f.cwd, p) }

// Open opens a file; mode is as for open(), without b and t.
func (f *Files) Open(p, mode string) (python.File, error) {
	m, err := flash.ParseMode(mode)
	if err != nil {
		return nil, numbered(err)
	}
	file, err := f.flash.OpenFile(f.abs(p), m)
	if err != nil {
		return nil, numbered(err)
	}
	return openFile{file}, nil
}

// openFile gives a flash file's errors their numbers.
type openFile struct{ *flash.File }

func (o openFile) Read(p []byte) (int, error) {
	n, err := o.File.Read(p)
	return n, numbered(err)
}

func (o openFile) Write(p []byte) (int, error) {
	n, err := o.File.Write(p)
	return n, numbered(err)
}

func (o openFile) Seek(offset int64, whence int) (int64, error) {
	n, err := o.File.Seek(offset, whence)
	return n, numbered(err)
}

func (o openFile) Flush() error { return numbered(o.File.Flush()) }
func (o openFile) Close() error { return numbered(o.File.Close()) }

// Stat tells whether a path is there and is a directory.
func (f *Files) Stat(p string) (bool, error) {
	info, err := f.flash.Stat(f.abs(p))
	return info.Dir, numbered(err)
}

// Entry tells about one file or directory.
func (f *Files) Entry(p string) (Entry, error) {
	info, err := f.flash.Stat(f.abs(p))
	return entry(info), numbered(err)
}

// List gives what is in a directory; "" is the working directory.
func (f *Files) List(p string) ([]Entry, error) {
	infos, err := f.flash.ReadDir(f.abs(p))
	if err != nil {
		return nil, numbered(err)
	}
	out := make([]Entry, len(infos))
	for i, info := range infos {
		out[i] = entry(info)
	}
	return out, nil
}

func entry(info flash.Info) Entry {
	e := Entry{Name: info.Name, Dir: info.Dir, Size: info.Size}
	if !info.ModTime.IsZero() {
		e.Time = info.ModTime.Unix()
	}
	return e
}

// Getcwd is the working directory.
func (f *Files) Getcwd() string { return f.cwd }

// Chdir changes the working directory to a directory that is there.
func (f *Files) Chdir(p string) error {
	abs := f.abs(p)
	info, err := f.flash.Stat(abs)
	if err == nil && !info.Dir {
		err = &flash.Error{Op: "chdir", Path: p, Errno: flash.ENOTDIR}
	}
	if err != nil {
		return numbered(err)
	}
	f.cwd = abs
	return nil
}

// Mkdir makes one directory.
func (f *Files) Mkdir(p string) error { return numbered(f.flash.Mkdir(f.abs(p))) }

// MkdirAll makes a directory and those above it; it is no error if they are there.
func (f *Files) MkdirAll(p string) error {
	abs := f.abs(p)
	if info, err := f.flash.Stat(abs); abs == "/" || (err == nil && info.Dir) {
		return nil
	}
	if err := f.MkdirAll(path.Dir(abs)); err != nil {
		return err
	}
	return numbered(f.flash.Mkdir(abs))
}

// Rmdir removes an empty directory.
func (f *Files) Rmdir(p string) error { return numbered(f.flash.Rmdir(f.abs(p))) }

// Remove removes a file.
func (f *Files) Remove(p string) error { return numbered(f.flash.Remove(f.abs(p))) }

// Rename moves a file or directory within its partition.
func (f *Files) Rename(from, to string) error {
	return numbered(f.flash.Rename(f.abs(from), f.abs(to)))
}

// StatVFS gives the ten numbers of uos.statvfs.
func (f *Files) StatVFS(p string) ([]int64, error) {
	s, err := f.flash.StatVFS(f.abs(p))
	if err != nil {
		return nil, numbered(err)
	}
	var out []int64
	for _, n := range []int{s.BlockSize, s.FragSize, s.Blocks, s.Free, s.Avail, s.Files, s.FilesFree, s.FilesAvail, s.Flags, s.NameMax} {
		out = append(out, int64(n))
	}
	return out, nil
}

// Mount puts a partition at a mount point.
func (f *Files) Mount(partition, at string) error {
	return numbered(f.flash.Mount(partition, f.abs(at)))
}

// Umount takes away what is mounted at a point.
func (f *Files) Umount(at string) error { return numbered(f.flash.Umount(f.abs(at))) }

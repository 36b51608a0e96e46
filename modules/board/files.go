package board

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/go-python/gpython/py"

	"qpy/device/flash"
	"qpy/python"
)

// Files is the device's flash with a working directory: what open(), import
// and uos see. It implements python.Files.
type Files struct {
	flash func() *flash.Flash
	cwd   string
	note  func(string) // hears why something was refused
}

// Entry is a file or directory as uos tells of it.
type Entry struct {
	Name string
	Dir  bool
	Root bool  // a mount point, as a listing of "/" shows it
	Size int64 // bytes
	Time int64 // of the last change, seconds since 1970
}

// NewFiles gives the flash with "/" as working directory; f is asked for it when
// a file is. note hears in one line why something was refused that the script
// sees a bare -1 of.
func NewFiles(f func() *flash.Flash, note func(string)) *Files {
	return &Files{flash: f, cwd: "/", note: note}
}

// readOnlyPoint is the mount point below which scripts may change nothing; the
// same area mounted elsewhere can be written (extmod/vfs.c of the firmware,
// DEFINE_BACKUP_FS).
const readOnlyPoint = "/bak"

// readOnlyError refuses a change below readOnlyPoint.
type readOnlyError struct{}

func (readOnlyError) Error() string { return "read-only for scripts" }

// Answer is what the script's call gives instead of raising an exception.
func (readOnlyError) Answer() int { return -1 }

// change does something to a path, unless scripts may not.
func (f *Files) change(op, abs string, do func() error) error {
	if strings.HasPrefix(abs+"/", readOnlyPoint+"/") {
		f.note(op + " " + abs + ": -1, because " + readOnlyPoint + " is read-only for scripts; mount its area, customer_backup_fs, elsewhere to change it")
		return readOnlyError{}
	}
	return numbered(do())
}

// osError carries the number of a flash error to package python.
type osError struct{ err *flash.Error }

func (e osError) Error() string { return e.err.Error() }
func (e osError) Unwrap() error { return e.err }

// Errno is the number of OSError.
func (e osError) Errno() int { return int(e.err.Errno) }

// ofFile is numbered for an open file.
func ofFile(err error) error {
	if errors.Is(err, fs.ErrClosed) {
		return bare(py.ValueError)
	}
	return numbered(err)
}

func numbered(err error) error {
	var e *flash.Error
	if errors.As(err, &e) {
		return osError{e}
	}
	return err
}

// abs is the absolute path of p, found as the firmware finds it (extmod/vfs.c,
// vfs_lfsx.c): the first name of an absolute path, or of any path while the
// working directory is "/", is a mount point, letter for letter; every other
// path is inside the partition of the working directory. ".." goes up by the
// text alone and never above the mount point: "/usr/../bak" is in /usr.
func (f *Files) abs(p string) string {
	if strings.HasPrefix(p, "/") || f.cwd == "/" {
		point, inside, _ := strings.Cut(strings.TrimPrefix(p, "/"), "/")
		switch point {
		case "":
			if inside == "" {
				return "/"
			}
			return notMounted
		case ".", "..":
			return notMounted
		}
		return below(point, inside)
	}
	point, inside, _ := strings.Cut(f.cwd[1:], "/")
	return below(point, inside+"/"+p)
}

// notMounted is a path that is in no partition: a mount point is never called so.
const notMounted = "/ "

func below(point, inside string) string {
	return strings.TrimSuffix("/"+point+path.Clean("/"+inside), "/")
}

// Open opens a file; mode is as for open(), without b and t. Letters that mean nothing are
// passed over, two that contradict each other raise ValueError (vfs_lfsx_file.c).
func (f *Files) Open(p, mode string) (python.File, error) {
	mode = strings.Map(func(r rune) rune {
		if strings.ContainsRune("rwxa+", r) {
			return r
		}
		return -1
	}, mode)
	m, err := flash.ParseMode(mode)
	if err != nil || strings.LastIndexByte(mode, '+') < strings.LastIndexAny(mode, "rwxa") && strings.Contains(mode, "+") {
		return nil, bare(py.ValueError)
	}
	abs := f.abs(p)
	var file *flash.File
	open := func() (err error) {
		file, err = f.flash().OpenFile(abs, m)
		return err
	}
	if mode == "r" {
		err = numbered(open())
	} else {
		err = f.change("open", abs, open)
	}
	if err != nil {
		return nil, err
	}
	return openFile{file}, nil
}

// bare is an exception without arguments.
func bare(class *py.Type) error {
	exc := py.ExceptionNewf(class, "")
	exc.Args = py.Tuple{}
	return exc
}

// openFile gives a flash file's errors their numbers; what is done to a closed
// file raises ValueError (vfs_lfsx_file.c).
type openFile struct{ *flash.File }

func (o openFile) Read(p []byte) (int, error) {
	n, err := o.File.Read(p)
	return n, ofFile(err)
}

func (o openFile) Write(p []byte) (int, error) {
	n, err := o.File.Write(p)
	return n, ofFile(err)
}

func (o openFile) Seek(offset int64, whence int) (int64, error) {
	n, err := o.File.Seek(offset, whence)
	return n, ofFile(err)
}

func (o openFile) Flush() error { return ofFile(o.File.Flush()) }
func (o openFile) Close() error { return numbered(o.File.Close()) }

// Stat tells whether a path is there and is a directory.
func (f *Files) Stat(p string) (bool, error) {
	info, err := f.flash().Stat(f.abs(p))
	return info.Dir, numbered(err)
}

// Entry tells about one file or directory.
func (f *Files) Entry(p string) (Entry, error) {
	info, err := f.flash().Stat(f.abs(p))
	return entry(info), numbered(err)
}

// List gives what is in a directory; "" is the working directory.
func (f *Files) List(p string) ([]Entry, error) {
	abs := f.abs(p)
	infos, err := f.flash().ReadDir(abs)
	if err != nil {
		return nil, numbered(err)
	}
	out := make([]Entry, len(infos))
	for i, info := range infos {
		out[i] = entry(info)
		out[i].Root = abs == "/"
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

// Chdir changes the working directory to a directory that is there; a file is
// ENOENT too (vfs_lfsx.c).
func (f *Files) Chdir(p string) error {
	abs := f.abs(p)
	info, err := f.flash().Stat(abs)
	if err == nil && !info.Dir {
		err = &flash.Error{Op: "chdir", Path: p, Errno: flash.ENOENT}
	}
	if err != nil {
		return numbered(err)
	}
	f.cwd = abs
	return nil
}

// Mkdir makes one directory.
func (f *Files) Mkdir(p string) error {
	abs := f.abs(p)
	if abs == readOnlyPoint {
		return numbered(f.flash().Mkdir(abs))
	}
	return f.change("mkdir", abs, func() error { return f.flash().Mkdir(abs) })
}

// Rmdir removes an empty directory.
func (f *Files) Rmdir(p string) error {
	abs := f.abs(p)
	return f.change("rmdir", abs, func() error { return f.flash().Rmdir(abs) })
}

// Remove removes a file.
func (f *Files) Remove(p string) error {
	abs := f.abs(p)
	return f.change("remove", abs, func() error { return f.flash().Remove(abs) })
}

// Rename moves a file or directory below its mount point.
func (f *Files) Rename(from, to string) error {
	from, to = f.abs(from), f.abs(to)
	do := func() error { return f.flash().Rename(from, to) }
	if !strings.HasPrefix(to+"/", readOnlyPoint+"/") {
		return numbered(do()) // EPERM, if from is below it
	}
	return f.change("rename", from, do)
}

// StatVFS gives the ten numbers of uos.statvfs.
func (f *Files) StatVFS(p string) ([]int64, error) {
	s, err := f.flash().StatVFS(f.abs(p))
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
	abs := f.abs(at)
	if abs == notMounted {
		return numbered(&flash.Error{Op: "mount", Path: at, Errno: flash.EINVAL})
	}
	return numbered(f.flash().Mount(partition, abs))
}

// Umount takes away what is mounted at a point, but not at /bak. A working
// directory in it becomes "/".
func (f *Files) Umount(at string) error {
	abs := f.abs(at)
	if err := f.change("umount", abs, func() error { return f.flash().Umount(abs) }); err != nil {
		return err
	}
	if strings.HasPrefix(f.cwd+"/", abs+"/") {
		f.cwd = "/"
	}
	return nil
}

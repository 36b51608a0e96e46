// Package flash is the device's flash memory: partitions, each with a littlefs
// of its own, mounted below "/". Their bytes are in memory or in a folder of the
// host, as plain files; the accounting of space is littlefs' (blocks.go).
//
// Device paths are absolute and separated by "/"; a path that is not absolute is
// taken from "/". The working directory is the caller's business ([Join]).
// Nothing that a path says leads out of the flash. Every operation fails with an
// [*Error].
//
// What a script writes reaches the store at once. A file that is removed or
// renamed while it is open goes as littlefs has it: the open handles keep the
// content as it was, and what they write after that is lost when they are
// closed. A removed file keeps its blocks until then.
//
// A flash is not safe for use by several goroutines at once; on the device one
// task runs at a time. While it is open its host folder belongs to it: what
// others change there is not seen, and does harm to nothing but those files.
package flash

import (
	"errors"
	"time"

	"github.com/spf13/afero"
)

// Geometry is a partition: where it is mounted at power-on ("/" and the name),
// and its size.
type Geometry struct {
	Name      string
	BlockSize int // bytes of an erase block, at least 512
	Blocks    int // at least 6
}

// DefaultPartitions are /usr with 1 MB, as statvfs shows it on an EC600S, and
// /bak with 256 KB.
func DefaultPartitions() []Geometry {
	return []Geometry{
		{Name: "usr", BlockSize: 4096, Blocks: 256},
		{Name: "bak", BlockSize: 4096, Blocks: 64},
	}
}

// Options say what the flash is made of.
type Options struct {
	// Dir is the host folder that keeps the files, made if it is missing: a
	// folder in it for each partition, and ".device" for the rest. "" keeps
	// everything in memory.
	Dir string

	// Partitions are mounted in this order; nil stands for [DefaultPartitions].
	Partitions []Geometry

	// Now is the device's clock, for the files' times; nil stands for a clock
	// that always shows 2000-01-01, littlefs' zero on MicroPython.
	Now func() time.Time
}

// Flash is an open flash memory.
type Flash struct {
	partitions []*partition
	mounts     []mount
	system     afero.Fs
	closers    []func() error
}

// mount is a partition with a place in the tree.
type mount struct {
	name string // without the slash
	p    *partition
}

// Info is what there is to know about a file or directory.
type Info struct {
	Name    string
	Dir     bool
	Size    int64     // bytes; 0 for a directory
	ModTime time.Time // device time, UTC
}

// StatVFS is the space of a partition, in the fields of uos.statvfs.
type StatVFS struct {
	BlockSize  int // bytes of an erase block
	FragSize   int // the same
	Blocks     int // in the partition
	Free       int // blocks
	Avail      int // the same
	Files      int // littlefs counts no files: 0, as the next two
	FilesFree  int
	FilesAvail int
	Flags      int
	NameMax    int // bytes
}

// pathMax is MICROPY_ALLOC_PATH_MAX of the modules' firmware, which statvfs("/")
// shows as the longest name.
const pathMax = 512

// System is the file system of what belongs to the device and is in no
// partition: upgrade slots, flags, the version. Scripts cannot reach it. Its
// paths begin at its own root, and it is not counted.
func (f *Flash) System() afero.Fs { return f.system }

// Close gives the host folder back. Open files should be closed before.
func (f *Flash) Close() error {
	var err error
	for _, c := range f.closers {
		err = errors.Join(err, c())
	}
	f.closers = nil
	return err
}

// where is what a path means: a place in a partition, or the root of the tree
// above the partitions (p is nil).
type where struct {
	p     *partition
	names []string
}

// resolve finds the partition of a path. Errors are those of MicroPython's
// extmod/vfs.c: below "/" there is nothing but mount points.
func (f *Flash) resolve(path string) (where, error) {
	list, err := names(path)
	if err != nil {
		return where{}, err
	}
	if len(list) == 0 {
		return where{}, nil
	}
	for _, m := range f.mounts {
		if m.name == list[0] {
			return where{m.p, list[1:]}, nil
		}
	}
	return where{}, ENODEV
}

// inside is resolve for what cannot be done to "/" itself.
func (f *Flash) inside(path string) (where, error) {
	w, err := f.resolve(path)
	if err == nil && w.p == nil {
		err = EPERM
	}
	return w, err
}

// Package flash is the device's flash memory: partitions, each with a littlefs
// of its own, mounted below "/". Their bytes are in memory or in a folder of the
// host, as plain files; the accounting of space is littlefs' (blocks.go).
//
// Device paths are absolute and separated by "/"; a path that is not absolute is
// taken from "/". The working directory is the caller's business ([Join]).
// Nothing that a path says leads out of the flash. Every operation fails with an
// [*Error].
//
// What a script writes reaches the chip block by block, and its file at Flush or
// Close: a power cut leaves every file as before or as after the last of those,
// and every directory whole. A file that is removed or renamed while it is open
// goes as littlefs has it: the open handles keep the content, and what they
// write after that is lost when they are closed. They keep their blocks until
// then.
//
// Besides the partitions the flash holds what no script can reach: small records
// ([System]) and raw regions ([Region]).
//
// A flash is not safe for use by several goroutines at once; on the device one
// task runs at a time. While it is open its host folder belongs to it: what
// others change there is not seen.
package flash

import (
	"errors"
	"time"

	"qpy/device/flash/chip"
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

	// Lock is the folder's, from [LockFolder], which the caller releases. Without
	// one the flash has a lock of its own while it is open.
	Lock *Lock

	// ReadOnly opens a folder to look at it: nothing in it is changed, what is
	// missing is empty, what is written stays in memory, and it is not locked.
	ReadOnly bool

	// Memory is a flash in memory that was used before; see [Flash.Memory]. nil
	// is a new one. Not together with Dir.
	Memory *Memory

	// Partitions are mounted in this order; nil stands for [DefaultPartitions].
	Partitions []Geometry

	// Regions are the raw parts of the chip, outside of every partition.
	Regions []Geometry

	// Now is the device's clock, for the files' times; nil stands for a clock
	// that always shows 2000-01-01, littlefs' zero on MicroPython.
	Now func() time.Time

	// Timing is how long the chip takes for an operation, and Wait lets device
	// time pass; without them the flash takes no time.
	Timing chip.Timing
	Wait   func(time.Duration)

	// Endurance is how many erases a block bears before it is worn out, 0 any
	// number. Worn are the blocks that bear fewer.
	Endurance uint32
	Worn      []Worn

	// OnCut hears that the power fails; see [Flash.CutAfter]. It may be nil.
	OnCut func()
}

// Worn is an erase block that is worn out, or soon will be.
type Worn struct {
	Part   string // of a partition or region, or ".device"
	Block  int
	Erases uint32 // how many it bears; 0 is none, not even a program
}

// Flash is an open flash memory.
type Flash struct {
	memory      *Memory
	partitions  []*partition
	mounts      []mount
	system      *partition
	regions     map[string]*Region
	regionNames []string // in order
	handles     handles
	wait        func(time.Duration)
	saveWear    func() error // nil without a folder
	savedOps    int64
	closers     []func() error
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

// Settle lets the device time pass that the chip's operations since the last
// call have taken. What a script does to files settles by itself; it is for
// whoever writes records and regions.
func (f *Flash) Settle() {
	supply := f.memory.supply
	if d := f.Busy(); d > 0 && f.wait != nil {
		f.wait(d)
	}
	if f.saveWear != nil && supply.Ops()-f.savedOps > wearEvery {
		f.savedOps = supply.Ops()
		_ = f.saveWear() // the counts are worth no exception in a script; Close tells
	}
}

// Busy is the device time that the chip's operations since the last call, or the
// last Settle, have taken: for who lets it pass in another way. A chip without
// power has taken none.
func (f *Flash) Busy() time.Duration {
	d := f.memory.supply.Busy()
	if f.Off() {
		return 0
	}
	return d
}

// AfterOp calls fn once when n program and erase operations more have been done.
// fn must not use the flash.
func (f *Flash) AfterOp(n int64, fn func()) { f.memory.supply.AfterOp(n, fn) }

// CutAfter is [Memory.CutAfter] for the flash that is open.
func (f *Flash) CutAfter(n int64, how chip.Torn) { f.memory.CutAfter(n, how) }

// Off tells whether the power has failed.
func (f *Flash) Off() bool { return f == nil || f.memory == nil || f.memory.supply.Off() }

// Ops counts the program and erase operations of the whole flash.
func (f *Flash) Ops() int64 { return f.memory.Ops() }

// PowerOff is what a restart and a power-down do to the flash: open files are
// gone, and with them what was not flushed.
func (f *Flash) PowerOff() { f.handles.drop() }

// Close closes the open files, as the firmware does at a soft reset
// (gc_sweep_all), and gives the host folder back.
func (f *Flash) Close() error {
	var err error
	if !f.Off() {
		err = f.handles.closeAll(func(*handle) bool { return true })
	}
	if f.saveWear != nil && f.memory.supply.Ops() > 0 {
		err = errors.Join(err, f.saveWear())
	}
	for _, c := range f.closers {
		err = errors.Join(err, c())
	}
	f.closers, f.saveWear = nil, nil
	return err
}

// where is what a path means: a place in a partition, or the root of the tree
// above the partitions (p is nil).
type where struct {
	p     *partition
	point string // its mount point, without the slash
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
			return where{m.p, m.name, list[1:]}, nil
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

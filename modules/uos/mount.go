package uos

import (
	"github.com/go-python/gpython/py"

	"qpy/modules/board"
)

// vfsType is uos.VfsLfs1: a littlefs file system on one of the device's flash
// areas, as the firmware's start-up code makes it (_boot.py).
var vfsType *py.Type // made by native

// partitionOf is the partition of the device that is a flash area by the name that
// the firmware gives it (_boot.py).
func partitionOf(area string) (partition string, ok bool) {
	switch area {
	case "customer_fs":
		return "usr", true
	case "customer_backup_fs":
		return "bak", true
	}
	return "", false
}

// vfs is a file system that mount() can put somewhere.
type vfs struct{ partition string }

// Type of this object.
func (v *vfs) Type() *py.Type { return vfsType }

// newVfs is VfsLfs1(readsize, progsize, lookahead, area).
func newVfs(_ *py.Type, args py.Tuple, _ py.StringDict) (py.Object, error) {
	if err := board.Arity(len(args), 4, 4); err != nil {
		return nil, err
	}
	area, err := board.Str(args[3])
	if err != nil {
		return nil, err
	}
	partition, ok := partitionOf(area)
	if !ok {
		return nil, board.OSError(19) // ENODEV
	}
	return &vfs{partition: partition}, nil
}

// mount(fs, mount_point, *, readonly=False, mkfs=False); the two flags are taken
// and ignored, as the firmware's littlefs does (vfs_lfsx.c).
func mount(b *board.Board, args []py.Object) (py.Object, error) {
	for i, arg := range args[:2] {
		if arg == nil {
			return nil, board.Arity(i, 2, -1)
		}
	}
	v, ok := args[0].(*vfs)
	if !ok {
		return nil, board.OSError(1) // EPERM: not a file system
	}
	at, err := board.Str(args[1])
	if err != nil {
		return nil, err
	}
	return py.None, b.Err(b.Files.Mount(v.partition, at))
}

func umount(b *board.Board, args []py.Object) (py.Object, error) {
	at, err := board.Str(args[0])
	if err != nil {
		return nil, err
	}
	return outcome(b, b.Files.Umount(at))
}

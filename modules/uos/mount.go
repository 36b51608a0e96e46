package uos

import (
	"github.com/go-python/gpython/py"

	"qpy/modules/board"
)

// vfsType is uos.VfsLfs1: a littlefs file system on one of the device's flash
// areas, as the firmware's start-up code makes it (_boot.py).
var vfsType = py.NewTypeX("VfsLfs1", "a littlefs file system", newVfs, nil)

// areas are the flash areas by the names that the firmware gives them, and the
// partition of the device that each is (_boot.py).
var areas = map[string]string{"customer_fs": "usr", "customer_backup_fs": "bak"}

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
	partition, ok := areas[area]
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

// Package uos is the module `uos` (and `os`): the files on the device's flash
// and what the device is (moduos.c, extmod/vfs.c of the firmware's source).
package uos

import (
	"errors"

	"github.com/go-python/gpython/py"

	"qpy/modules/board"
	"qpy/python"
)

// Kinds of a directory entry (extmod/vfs.h, MP_S_IFDIR and MP_S_IFREG).
const (
	kindDir  = 0x4000
	kindFile = 0x8000
)

// Module is the module `uos`.
var Module = python.Module{Name: "uos", Native: native}

func native() *py.ModuleImpl {
	vfsType = py.NewTypeX("VfsLfs1", "a littlefs file system", newVfs, nil)
	return &py.ModuleImpl{
		Info: py.ModuleInfo{Name: "uos"},
		Globals: py.StringDict{
			"VfsLfs1": vfsType,
		},
		Methods: []*py.Method{
			board.Func("uname", 0, 0, uname),
			board.Func("uname2", 0, 0, uname2),
			board.Func("urandom", 1, 1, urandom),
			board.Func("getcwd", 0, 0, func(b *board.Board, _ []py.Object) (py.Object, error) {
				return py.String(b.Files.Getcwd()), nil
			}),
			board.Func("chdir", 1, 1, onPath((*board.Files).Chdir)),
			board.Func("mkdir", 1, 1, onPath((*board.Files).Mkdir)),
			board.Func("rmdir", 1, 1, onPath((*board.Files).Rmdir)),
			board.Func("remove", 1, 1, onPath((*board.Files).Remove)),
			board.Func("rename", 2, 2, rename),
			board.Func("listdir", 0, 1, listdir),
			board.Func("ilistdir", 0, 1, ilistdir),
			board.Func("stat", 1, 1, stat),
			board.Func("statvfs", 1, 1, statvfs),
			board.KeywordFunc("mount", 2, []string{"fsobj", "mount_point", "readonly", "mkfs"}, mount),
			board.Func("umount", 1, 1, umount),
		},
	}
}

// onPath is a function of one path that gives nothing back.
func onPath(do func(*board.Files, string) error) func(*board.Board, []py.Object) (py.Object, error) {
	return func(b *board.Board, args []py.Object) (py.Object, error) {
		path, err := board.Str(args[0])
		if err != nil {
			return nil, err
		}
		return outcome(b, do(b.Files, path))
	}
}

// outcome is what a call gives that changes something: None, an exception, or
// the bare number of what the firmware refuses to scripts.
func outcome(b *board.Board, err error) (py.Object, error) {
	var refused interface{ Answer() int }
	if errors.As(err, &refused) {
		return py.Int(refused.Answer()), nil
	}
	return py.None, b.Err(err)
}

func rename(b *board.Board, args []py.Object) (py.Object, error) {
	from, err := board.Str(args[0])
	if err != nil {
		return nil, err
	}
	to, err := board.Str(args[1])
	if err != nil {
		return nil, err
	}
	return outcome(b, b.Files.Rename(from, to))
}

// entries gives what is in the directory that the optional argument names.
func entries(b *board.Board, args []py.Object) ([]board.Entry, error) {
	path := ""
	if len(args) > 0 {
		var err error
		if path, err = board.Str(args[0]); err != nil {
			return nil, err
		}
	}
	list, err := b.Files.List(path)
	return list, b.Err(err)
}

func listdir(b *board.Board, args []py.Object) (py.Object, error) {
	list, err := entries(b, args)
	if err != nil {
		return nil, err
	}
	out := py.NewList()
	for _, e := range list {
		out.Append(py.String(e.Name))
	}
	return out, nil
}

// ilistdir yields (name, kind, inode, size); littlefs has no inodes: 0. What is
// mounted below "/" has no size either (extmod/vfs.c).
func ilistdir(b *board.Board, args []py.Object) (py.Object, error) {
	list, err := entries(b, args)
	if err != nil {
		return nil, err
	}
	rows := make([]py.Object, 0, len(list))
	for _, e := range list {
		kind := kindFile
		if e.Dir {
			kind = kindDir
		}
		row := py.Tuple{py.String(e.Name), py.Int(kind), py.Int(0), py.Int(e.Size)}
		if e.Root {
			row = row[:3]
		}
		rows = append(rows, row)
	}
	return py.NewIterator(py.Tuple(rows)), nil
}

// stat gives ten numbers; littlefs keeps the kind, the size and a time.
func stat(b *board.Board, args []py.Object) (py.Object, error) {
	path, err := board.Str(args[0])
	if err != nil {
		return nil, err
	}
	e, err := b.Files.Entry(path)
	if err != nil {
		return nil, b.Err(err)
	}
	kind := kindFile
	if e.Dir {
		kind = kindDir
	}
	t := py.Int(e.Time)
	return py.Tuple{py.Int(kind), py.Int(0), py.Int(0), py.Int(0), py.Int(0), py.Int(0), py.Int(e.Size), t, t, t}, nil
}

func statvfs(b *board.Board, args []py.Object) (py.Object, error) {
	path, err := board.Str(args[0])
	if err != nil {
		return nil, err
	}
	numbers, err := b.Files.StatVFS(path)
	if err != nil {
		return nil, b.Err(err)
	}
	out := py.Tuple{}
	for _, n := range numbers {
		out = append(out, py.Int(n))
	}
	return out, nil
}

// urandom gives n bytes from the device's seeded source, so that a transcript
// repeats.
func urandom(b *board.Board, args []py.Object) (py.Object, error) {
	n, err := board.Int(args[0])
	if err != nil {
		return nil, err
	}
	if n < 0 || n > 1<<20 {
		return nil, py.ExceptionNewf(py.MemoryError, "memory allocation failed, allocating %d bytes", n)
	}
	out := make([]byte, n)
	for i := range out {
		out[i] = byte(b.Dev.Kernel.Rand().Uint32())
	}
	return python.NewBytes(out), nil
}

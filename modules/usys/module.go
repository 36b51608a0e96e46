// Package usys is the module `usys` (and `sys`): the script's arguments, the
// module search path, the console's streams and the way out (py/modsys.c).
package usys

import (
	"math"
	"strings"

	"github.com/go-python/gpython/py"

	"qpy/device/model"
	"qpy/modules/board"
	"qpy/python"
)

func init() {
	py.RegisterModule(&py.ModuleImpl{
		Info: py.ModuleInfo{Name: "usys", Flags: python.NativeModule},
		Globals: py.StringDict{
			"version":      py.String("3.4.0"),
			"version_info": py.Tuple{py.Int(3), py.Int(4), py.Int(0)},
			"byteorder":    py.String("little"),
		},
		Methods: []*py.Method{
			board.Func("__init__", 0, 0, setUp),
			board.Func("exit", 0, 1, exit),
			board.Func("print_exception", 1, 2, printException),
		},
	})
}

// setUp puts in what belongs to one board: its arguments, path and streams.
func setUp(b *board.Board, _ []py.Object) (py.Object, error) {
	g := b.Module("usys").Globals
	g["argv"] = py.NewListFromStrings(b.Py.Argv())
	g["path"] = py.NewListFromStrings(b.Py.Path())
	g["stdin"], g["stdout"], g["stderr"] = b.Py.Stdin(), b.Py.Stdout(), b.Py.Stderr()
	g["maxsize"] = py.Int(math.MaxInt64)
	if max := b.Dev.Model.Language.MaxSize; max != 0 {
		g["maxsize"] = py.Int(max)
	}
	g["platform"] = py.String(platform(b.Dev.Model))
	g["implementation"] = python.NewAttrTuple("",
		[]string{"name", "version", "mpy"},
		py.Tuple{py.String("micropython"), py.Tuple{py.Int(1), py.Int(13), py.Int(0)}, py.Int(mpyVersion)})
	return py.None, nil
}

// platform is the board's name, which the firmware is built with
// (mpconfigport.h): the product name without its hyphen. The generic model is
// MicroPython's unix build.
func platform(m *model.Model) string {
	if m.Platform == model.NoPlatform {
		return "linux"
	}
	return strings.ReplaceAll(m.Identity.Sysname, "-", "")
}

// mpyVersion is sys.implementation.mpy of 1.13: .mpy version 5 with the unix
// port's feature flags (py/persistentcode.h).
const mpyVersion = 2821

func exit(_ *board.Board, args []py.Object) (py.Object, error) {
	exc := py.ExceptionNewf(py.SystemExit, "")
	exc.Args = append(py.Tuple{}, args...) // args is the caller's stack
	return nil, exc
}

// printException prints an exception with its traceback, to usys.stdout unless
// a stream is given.
func printException(b *board.Board, args []py.Object) (py.Object, error) {
	exc, ok := args[0].(error)
	if !ok {
		return nil, py.ExceptionNewf(py.TypeError, "argument has wrong type")
	}
	var out py.Object = b.Py.Stdout()
	if len(args) > 1 {
		out = args[1]
	}
	return py.None, python.WriteTo(out, python.FormatException(exc))
}

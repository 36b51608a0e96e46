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
	"qpy/python/object"
)

// Module is the module `usys`.
var Module = python.Module{Name: "usys", Build: build}

func build(engine *object.Interp, m *object.Module) {
	in := python.InterpOf(engine)
	set := func(name string, v object.Value) { m.Define(engine, name, v) }
	set("path", texts(in.Path()))
	set("argv", texts(in.Argv()))
	set("version", object.NewStr("3.4.0"))
	set("version_info", object.NewTuple(object.Int(3), object.Int(4), object.Int(0)))
	set("implementation", in.Value(python.NewAttrTuple("",
		[]string{"name", "version", "mpy"},
		py.Tuple{py.String("micropython"), py.Tuple{py.Int(1), py.Int(13), py.Int(0)}, py.Int(mpyVersion)})))
	maxSize, name := int64(math.MaxInt64), "linux"
	if b, ok := in.Host().(*board.Board); ok {
		name = platform(b.Dev.Model)
		if n := b.Dev.Model.Language.MaxSize; n != 0 {
			maxSize = int64(n)
		}
	}
	set("platform", object.NewStr(name))
	set("byteorder", object.NewStr("little"))
	set("maxsize", object.Int(maxSize))
	set("stdin", in.Value(in.Stdin()))
	set("stdout", in.Value(in.Stdout()))
	set("stderr", in.Value(in.Stderr()))
	set("modules", engine.Modules.Value())
	python.Functions(engine, m,
		object.FuncVar("exit", 0, 1, exit),
		object.FuncVar("print_exception", 1, 2, printException),
		object.Func0("exc_info", excInfo),
		object.Func1("getsizeof", func(t *object.Thread, v object.Value) (object.Value, error) {
			return object.Unary(t, object.OpSizeof, v)
		}),
		object.Func1("atexit", func(t *object.Thread, fn object.Value) (object.Value, error) {
			return python.InterpOf(t.In).AtExit(fn), nil
		}),
	)
}

func texts(items []string) object.Value {
	list := object.NewListLen(len(items))
	for i, s := range items {
		list.Items[i] = object.NewStr(s)
	}
	return list.Value()
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

func exit(_ *object.Thread, args []object.Value) (object.Value, error) {
	return object.Null, object.RaiseArgs(object.SystemExit, args...)
}

// printException prints an exception with its traceback, to the console unless
// a stream is given. Anything else than an exception is printed too.
func printException(t *object.Thread, args []object.Value) (object.Value, error) {
	w := t.StdoutPrinter()
	if len(args) > 1 {
		var err error
		if w, err = object.StreamPrinter(t, args[1]); err != nil {
			return object.Null, err
		}
	}
	return object.None, object.PrintException(t, w, args[0])
}

// excInfo gives type and value of the exception that is being handled; there
// are no traceback objects.
func excInfo(t *object.Thread) (object.Value, error) {
	if t.Handled.IsNull() {
		return object.NewTuple(object.None, object.None, object.None), nil
	}
	return object.NewTuple(t.Handled.Type().Value(), t.Handled, object.None), nil
}

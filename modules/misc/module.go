// Package misc is the module `misc`, of which this device has Power (restart,
// power-down, their reasons and the battery, misc_power.c) and PowerKey
// (misc_powerkey.c).
package misc

import (
	"github.com/go-python/gpython/py"

	"qpy/modules/board"
	"qpy/python"
)

// Module is the module `misc`.
var Module = python.Module{Name: "misc", Native: native}

func native() *py.ModuleImpl {
	return &py.ModuleImpl{
		Info:    py.ModuleInfo{Name: "misc"},
		Methods: []*py.Method{board.Func("__init__", 0, 0, setUp)},
	}
}

// setUp makes the classes of this board: what they have is the model's affair.
func setUp(b *board.Board, _ []py.Object) (py.Object, error) {
	module := b.Module("misc")
	power := python.NewClass("Power")
	method := func(name string, fn func(b *board.Board, args []py.Object) (py.Object, error)) {
		m := board.Func(name, 0, 0, fn)
		m.Module = module
		power.Dict[name] = m
	}
	method("powerRestart", func(b *board.Board, _ []py.Object) (py.Object, error) {
		b.Dev.Power().Restart()
		return py.None, nil
	})
	method("powerDown", func(b *board.Board, _ []py.Object) (py.Object, error) {
		b.Dev.Power().Down()
		return py.None, nil
	})
	method("powerOnReason", func(b *board.Board, _ []py.Object) (py.Object, error) {
		return py.Int(b.Dev.Power().OnReason()), nil
	})
	method("getVbatt", func(b *board.Board, _ []py.Object) (py.Object, error) {
		return py.Int(b.Dev.Power().Battery()), nil
	})
	if b.Dev.Model.Power.DownReason {
		method("powerDownReason", func(b *board.Board, _ []py.Object) (py.Object, error) {
			return py.Int(b.Dev.Power().DownReason()), nil
		})
	}
	module.Globals["Power"] = power
	module.Globals["PowerKey"] = keyClass(b)
	return py.None, nil
}

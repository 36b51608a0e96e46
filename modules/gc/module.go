// Package gc is the module `gc` (py/modgc.c). The memory of a script is Go's,
// so nothing needs to be collected; what the module tells of is the budget that
// the script's objects are charged to: allocations count at once, what has
// become garbage is found by collect. On a board, collect also closes the files
// that the script has forgotten.
package gc

import (
	"qpy/modules/board"
	"qpy/python"
	"qpy/python/object"
)

// Module is the module `gc`.
var Module = python.Module{Name: "gc", Build: build}

// block is the unit that MicroPython hands out memory in: four words of 64 bits
// (MICROPY_BYTES_PER_GC_BLOCK).
const block = 32

// state is what a board's instance of the module remembers.
type state struct {
	enabled   bool
	threshold int64 // bytes; -1 is none
}

func build(in *object.Interp, m *object.Module) {
	s := &state{enabled: true, threshold: -1}
	python.Functions(in, m,
		object.Func0("collect", collect),
		object.Func0("enable", s.enable(true)),
		object.Func0("disable", s.enable(false)),
		object.Func0("isenabled", func(*object.Thread) (object.Value, error) { return object.Bool(s.enabled), nil }),
		object.Func0("mem_alloc", func(t *object.Thread) (object.Value, error) { return object.Int(t.In.Used()), nil }),
		object.Func0("mem_free", func(t *object.Thread) (object.Value, error) {
			return object.Int(t.In.Profile.Heap - t.In.Used()), nil
		}),
		object.FuncVar("threshold", 0, 1, s.limit),
	)
}

// collect counts what is alive. It returns how many blocks were found to be
// garbage, as the unix build does (MICROPY_PY_GC_COLLECT_RETVAL). Files that
// nobody refers to any more are closed, as by the finaliser of the firmware
// (extmod/vfs_lfsx_file.c).
func collect(t *object.Thread) (object.Value, error) {
	before := t.In.Used()
	if err := t.In.Collect(); err != nil {
		return object.Null, err
	}
	if b := board.OfEngine(t.In); b != nil {
		b.Dev.Flash().Collect()
	}
	return object.Int(max(before-t.In.Used(), 0) / block), nil
}

func (s *state) enable(on bool) func(*object.Thread) (object.Value, error) {
	return func(*object.Thread) (object.Value, error) {
		s.enabled = on
		return object.None, nil
	}
}

// limit reads or sets the amount of allocation that starts a collection; it is
// kept in whole blocks, and only kept.
func (s *state) limit(t *object.Thread, args []object.Value) (object.Value, error) {
	if len(args) == 0 {
		return object.Int(s.threshold), nil
	}
	n, err := object.ToInt(t, args[0])
	if err != nil {
		return object.Null, err
	}
	s.threshold = -1
	if n >= 0 {
		s.threshold = n / block * block
	}
	return object.None, nil
}

// Package micropython is the module `micropython`: const and the inner life of
// the interpreter (py/modmicropython.c). The decorators native, viper and
// bytecode are the compiler's; all run as bytecode here.
package micropython

import (
	"qpy/modules/board"
	"qpy/python"
	"qpy/python/object"
)

// Module is the module `micropython`.
var Module = python.Module{Name: "micropython", Build: build}

func build(in *object.Interp, m *object.Module) {
	python.Functions(in, m,
		object.Func1("const", object.Identity),
		object.FuncVar("opt_level", 0, 1, optLevel),
		object.Func0("mem_total", func(t *object.Thread) (object.Value, error) {
			total, _, _ := t.In.Memory()
			return object.Int(total), nil
		}),
		object.Func0("mem_current", func(t *object.Thread) (object.Value, error) { return object.Int(t.In.Used()), nil }),
		object.Func0("mem_peak", func(t *object.Thread) (object.Value, error) {
			_, _, peak := t.In.Memory()
			return object.Int(peak), nil
		}),
		object.FuncVar("mem_info", 0, 1, memInfo),
		object.FuncVar("qstr_info", 0, 1, qstrInfo),
		object.Func0("stack_use", func(t *object.Thread) (object.Value, error) { return object.Int(stackUse(t)), nil }),
		object.Func0("heap_lock", func(t *object.Thread) (object.Value, error) {
			t.In.LockHeap()
			return object.None, nil
		}),
		object.Func0("heap_unlock", func(t *object.Thread) (object.Value, error) {
			return object.Int(int64(t.In.UnlockHeap())), nil
		}),
		object.Func1("kbd_intr", kbdIntr),
		object.Func1("alloc_emergency_exception_buf", emergencyBuffer),
		object.Func2("schedule", schedule),
	)
}

// optLevel reads or sets the level at which source is compiled from now on: from
// 1 on without assert statements, at 3 without line numbers.
func optLevel(t *object.Thread, args []object.Value) (object.Value, error) {
	if len(args) == 0 {
		return object.Int(int64(t.In.OptLevel)), nil
	}
	n, err := object.ToInt(t, args[0])
	if err == nil {
		t.In.OptLevel = int(n)
	}
	return object.None, err
}

// kbdIntr takes the character that interrupts a script. What comes in on
// usys.stdin is never searched for it: Ctrl-C reaches a script by another way.
func kbdIntr(t *object.Thread, char object.Value) (object.Value, error) {
	_, err := object.ToInt(t, char)
	return object.None, err
}

// emergencyBuffer takes the size of the memory that exceptions fall back to
// when there is no other. Exceptions always find memory here.
func emergencyBuffer(t *object.Thread, size object.Value) (object.Value, error) {
	_, err := object.ToInt(t, size)
	return object.None, err
}

// schedule queues fn(arg) to be run soon, between two instructions of the
// script (py/scheduler.c).
func schedule(t *object.Thread, fn, arg object.Value) (object.Value, error) {
	in := python.InterpOf(t.In)
	b, ok := in.Host().(*board.Board)
	if !ok {
		return object.Null, object.Raise(object.NotImplementedError, "schedule needs a device to run on")
	}
	call, with := in.Object(fn), in.Object(arg)
	queued := b.Dev.Kernel.Schedule(func() {
		if _, err := in.Call(call, with); err != nil {
			b.Uncaught(err)
		}
	})
	if !queued {
		return object.Null, object.Raise(object.RuntimeError, "schedule queue full")
	}
	return object.None, nil
}

// Package board is what the native modules share: the board a script runs on,
// as they see it, and the way from Python arguments to one call on the device.
package board

import (
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/go-python/gpython/py"

	"qpy/device"
	"qpy/device/kernel"
	"qpy/device/model"
	"qpy/python"
	"qpy/python/object"
)

// Board joins one device and one interpreter. Everything a native module must
// remember from call to call hangs here, so that boards share nothing.
type Board struct {
	Dev   *device.Device
	Py    *python.Interp
	Files *Files

	Seed    int64 // of the random numbers of module urandom; 0 is the firmware's
	Locks   int   // locks and semaphores made so far; numbers their names
	Log     any   // state of module log
	Thread  any   // state of module _thread
	Sockets int   // sockets made so far; numbers their descriptors
	Machine any   // state of module machine
	Space   any   // of module uctypes: the addresses of a script's buffers
}

// callCost is what a native call costs in instructions: a loop that only polls
// the clock or a flag must see time pass.
const callCost = 4

// Of gives the board behind a native module's self.
func Of(self py.Object) *Board {
	b, _ := python.HostOf(self).(*Board)
	return b
}

// OfEngine gives the board behind a library module's interpreter; nil for an
// interpreter without a board.
func OfEngine(engine *object.Interp) *Board {
	in := python.InterpOf(engine)
	if in == nil {
		return nil
	}
	b, _ := in.Host().(*Board)
	return b
}

// Module gives this board's instance of a native module that is imported.
func (b *Board) Module(name string) *py.Module { return b.Py.NativeModule(name) }

// Turn is the turn point before a native call.
func (b *Board) Turn() error { return b.charge(callCost) }

// turnCost is what lies between two turn points of the engine (loop back-edges
// and calls) on average, in instructions.
const turnCost = 8

// TurnPoints tells the kernel that the running thread has passed n turn points:
// device time moves, other threads get their turn, a stopped one never returns.
func (b *Board) TurnPoints(n int) error { return b.charge(n * turnCost) }

// Poll is for the engine's built-in functions that run for long: a stopped
// thread never returns, and Ctrl-C is the error.
func (b *Board) Poll() error { return b.Err(b.Dev.Kernel.Poll()) }

// Await waits for the host until done is closed; the device stands still.
func (b *Board) Await(done <-chan struct{}) error { return b.Err(b.Dev.Kernel.Await(done)) }

func (b *Board) charge(instructions int) error {
	if b.Dev.Kernel.Current() == nil {
		return nil
	}
	return b.Err(b.Dev.Kernel.Charge(instructions))
}

// TaskLocal is where the engine keeps what belongs to the running thread.
func (b *Board) TaskLocal() *any {
	if t := b.Dev.Kernel.Current(); t != nil {
		return &t.Local
	}
	return nil
}

// Language is the model's configuration of MicroPython, with a heap of so many
// bytes (0: the default).
func (b *Board) Language(heap int64) python.Language {
	m, platform := b.Dev.Model.Language, b.Dev.Model.Platform
	l := python.Language{HashBytes: m.HashBytes, Heap: heap}
	if m.MaxSize == math.MaxInt32 {
		l.WordBits = 32
	}
	l.Help, l.Fixed = help, m.FixedNames
	if m.Extras {
		l.Extra = []string{"execfile", "help", "TimeoutError"}
	}
	for name, has := range map[string]bool{"frozenset": m.Frozenset, "reversed": m.Reversed, "dict.fromkeys": m.DictFromKeys, "FileIO.fileno": platform == model.NoPlatform,
		// Modules that the configuration leaves out (mpconfigport.h).
		"import uwebsocket": platform == model.NoPlatform, "import uhashlib": platform != model.RDA, "import ucryptolib": platform != model.RDA} {
		if !has {
			l.Hidden = append(l.Hidden, name)
		}
	}
	return l
}

// help is what help() prints. The firmware has a text of its own (help.c).
const help = `Welcome to QuecPython on qpy.

The script runs on a virtual device: its files are in /usr, its time may be
virtual, and its network reaches what it was let into.

For what is in an object, type help(obj).
For a list of the modules, type help('modules').
`

// Sleep lets device time pass on the running thread.
func (b *Board) Sleep(d time.Duration) error {
	return b.Err(b.Dev.Kernel.Current().Sleep(d))
}

// Wait waits for a wake of q; what completes "waits for …". Queued callbacks
// stay queued meanwhile, as in the firmware's waits for a mutex.
func (b *Board) Wait(q *kernel.Queue, what string) error {
	_, err := b.Dev.Kernel.Current().Wait(q, -1, what, kernel.HoldCallbacks)
	return b.Err(err)
}

// Err turns an error of the device into the exception that the script sees.
func (b *Board) Err(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, kernel.ErrInterrupted):
		return python.KeyboardInterrupt()
	}
	return python.OSErrorOf(err)
}

// OSError raises OSError with a number of the device's.
func OSError(errno int) error { return python.OSError(errno) }

// Callback queues fn(arg) to be run by the interpreter, as mp_sched_schedule
// does; a full queue drops it and a note says so. An exception in it is
// printed and the program goes on.
func (b *Board) Callback(fn, arg py.Object) { b.Repeated(fn, arg)() }

// Repeated is Callback for what is called again and again: each call of the
// function that it gives queues fn(arg) once.
func (b *Board) Repeated(fn, arg py.Object) func() {
	call := func() {
		if _, err := b.Py.Call(fn, arg); err != nil {
			b.Uncaught(err)
		}
	}
	return func() {
		if !b.Dev.Kernel.Schedule(call) {
			b.Dev.Note(fmt.Sprintf("callback %s is lost: %d callbacks wait already; let the script sleep or return more often",
				FunctionName(fn), kernel.QueueDepth))
		}
	}
}

// Uncaught prints an exception that nothing catches; SystemExit is silent.
func (b *Board) Uncaught(err error) {
	if _, exit := python.Exit(err); exit {
		return
	}
	b.report("", err)
}

// ThreadEnded prints what the firmware prints when a thread ends in an uncaught
// exception (modthread.c, thread_entry).
func (b *Board) ThreadEnded(fn py.Object, err error) {
	if err == nil {
		return
	}
	if _, exit := python.Exit(err); exit {
		return
	}
	name, reprErr := py.ReprAsString(fn)
	if reprErr != nil {
		name = "<function " + FunctionName(fn) + ">"
	}
	b.report("Unhandled exception in thread started by "+name+"\n", err)
}

// FunctionName is the name of a Python callable, for messages.
func FunctionName(fn py.Object) string {
	if o, err := python.GetAttr(fn, "__name__"); err == nil {
		if s, ok := o.(py.String); ok {
			return string(s)
		}
	}
	return fn.Type().Name
}

// Package machine is the module `machine`: pins, interrupts of pins, timers, the
// real-time clock and the watchdog (modmachine.c and its parts), and on the
// generic model what MicroPython's unix port has of it. Buses and displays are
// not there: nothing is connected to them.
package machine

import (
	"qpy/device/gpio"
	"qpy/modules/board"
	"qpy/python"
	"qpy/python/object"
)

// Module is the module `machine`.
var Module = python.Module{Name: "machine", SetUp: setUp, Build: build}

// setUp fills the types.
func setUp() {
	setUpPin()
	setUpLine()
	setUpTimer()
	setUpClock()
	setUpWatchdog()
	setUpUnix()
}

// state is what one board's module remembers: there is one object for each pin,
// interrupt line, timer, and for the clock and the watchdog, however often a
// script makes it.
type state struct {
	b      *board.Board
	in     *python.Interp
	pins   [gpio.Highest + 1]*pin
	lines  [gpio.Highest + 1]*line
	timers [timers]*timer
	clock  *clock
	wdt    *watchdog
}

func build(in *object.Interp, m *object.Module) {
	b := board.OfEngine(in)
	if b == nil {
		return // without a device there is none of it
	}
	s := &state{b: b, in: python.InterpOf(in)}
	b.Machine = s
	in.AddRoots(s.visit)
	types := []*object.Type{pinType, lineType, timerType}
	has := b.Dev.Model.Machine
	if has.RTC {
		types = append(types, clockType)
	}
	if has.Watchdog {
		types = append(types, watchdogType)
	}
	if has.Unix {
		types = append(types, pinBase, signalType)
		python.Functions(in, m, object.FuncVar("time_pulse_us", 2, 3, timePulse))
		for _, bits := range []int{8, 16, 32} {
			name, v := newMemory(bits)
			m.Define(in, name, v)
		}
	}
	for _, ty := range types {
		m.Define(in, ty.Name, ty.Value())
	}
}

// of is the state of the board that a thread runs on.
func of(t *object.Thread) *state { return board.OfEngine(t.In).Machine.(*state) }

// visit shows what the board holds of a script's objects.
func (s *state) visit(f func(object.Value)) {
	for _, l := range s.lines {
		if l != nil {
			f(l.callback)
		}
	}
	for _, o := range s.timers {
		if o != nil {
			f(o.callback)
		}
	}
	if s.clock != nil {
		f(s.clock.callback)
	}
}

// schedule queues fn(arg), unless fn is None.
func (s *state) schedule(fn, arg object.Value) {
	if !fn.IsNone() {
		s.b.Callback(s.in.Object(fn), s.in.Object(arg))
	}
}

// wrongType answers a method that was taken from its class and called with
// something else.
func wrongType() error { return object.Raise(object.TypeError, "argument has wrong type") }

func errValue(text string) error { return object.Raise(object.ValueError, text) }

// defineMethods puts functions into a type under the names that they carry.
func defineMethods(ty *object.Type, functions ...object.Value) {
	for _, v := range functions {
		f, _ := v.AsBuiltin()
		ty.Define(f.Name, v)
	}
}

// constant is a number with a name.
type constant struct {
	name  string
	value int64
}

func defineConstants(ty *object.Type, constants ...constant) {
	for _, c := range constants {
		ty.Define(c.name, object.Int(c.value))
	}
}

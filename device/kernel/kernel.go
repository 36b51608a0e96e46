// Package kernel is the device's one scheduler. It owns the clock, and
// everything on the device that waits (a sleep, a lock, a timer, a download, a
// restart) waits here.
//
// # Tasks
//
// A task is a thread of the device. Each has a goroutine of its own, and
// exactly one of them runs at a time: it holds the baton until it waits
// ([Task.Wait], [Task.Sleep]) or its quantum of instructions is used up
// ([Kernel.Charge]). Whoever gives the baton away decides, as the scheduler,
// what comes next. So nothing here needs a lock, and neither does what is
// written on top of it: between two waits a task is alone.
//
// Except for [Kernel.Interrupt], [External.Post] and [External.Done], every
// method must be called by the holder of the baton: a running task, an event,
// a queued callback, or the builder of the device before [Kernel.Run].
//
// # Time
//
// Device time starts at power-on and is moved by two things only:
// instructions, which cost 1/Rate of a second each, and waiting, which ends at
// the next event. In virtual time the clock jumps to that event; in real time
// the same events happen in the same order, each not before its moment on the
// wall clock. Events due at the same time happen in the order in which they
// were set up. With the same tasks, seed and rate everything happens in the
// same order every time, unless outside work ([External]) takes part.
//
// # Callbacks
//
// What the firmware reports to the program (progress of a download, a timer, a
// received message) goes through a queue, as in MicroPython (py/scheduler.c):
// see [Kernel.Schedule].
package kernel

import (
	"context"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"
)

// DefaultQuantum is the number of instructions after which a task gives its
// turn to the next one that is ready. At a million instructions a second it is
// about the tick of the modules' operating system.
const DefaultQuantum = 1000

// DefaultGrace is how long, in host time, a cancelled run waits for the program
// to end by itself.
const DefaultGrace = 2 * time.Second

// Options are the fixed properties of a kernel. The zero value is a kernel in
// virtual time whose instructions cost nothing.
type Options struct {
	// Real paces device time by the wall clock instead of jumping to the next
	// event.
	Real bool

	// Start is what the real-time clock shows at device time 0. The zero value
	// stands for 2020-01-01 00:00:00 UTC.
	Start time.Time

	// Begin is the device time at power-on: 0, or, for a device that boots
	// again, the time at which it does. So clock and events go on over a restart.
	Begin time.Duration

	// Seed starts the device's random numbers, and Boot, the number of restarts
	// before this run, chooses among the sequences that come of it: each boot
	// has random numbers of its own, and the same ones in every run.
	Seed int64
	Boot int

	// Rate is the number of instructions a device second, at most 1e9. With 0
	// instructions cost no time: a program that polls the clock in a loop then
	// never sees it move.
	Rate int64

	// Quantum is the number of instructions that a task runs before it gives
	// its turn away; 0 stands for [DefaultQuantum].
	Quantum int

	// Grace is how long a cancelled [Kernel.Run] lets the program end by itself,
	// in host time; 0 stands for [DefaultGrace].
	Grace time.Duration

	// Clock is the wall clock that real time is paced by; nil stands for the
	// host's. Virtual time asks it only for Grace.
	Clock Clock

	// Trace hears of everything that the scheduler does, in order: when in
	// device time, who ("event", "kernel", or a task) and what. It must not call
	// the kernel. nil costs nothing.
	Trace func(at time.Duration, source, what string)
}

// Kernel is the scheduler of one device, for one run from power-on to
// power-off. Kernels share no state.
type Kernel struct {
	opts Options
	rand *rand.Rand

	now  time.Duration // device time of the last sync
	done int64         // instructions since then
	frac int64         // what sync could not yet turn into time, in ns·Rate

	// limit is the value of done at which Charge has to look up: the next
	// event, the end of the quantum, or 0 when something has changed.
	limit int64
	used  int64 // instructions of the current turn, up to the last sync

	current *Task   // holder of the baton; nil while an event runs
	main    *Task   // nil before Run
	idle    *Task   // runs callbacks after main's end, while there are any
	tasks   []*Task // all that are not dead, by id
	nextID  int
	ready   taskQueue

	events  eventHeap
	nextSeq uint64
	busy    int // events in the heap that keep Run alive

	callbacks callbackQueue
	calling   *Task // the task inside a callback

	interrupt error // for the front task
	cancelled error // why Run's context has ended

	over   bool  // no more events and turns: every task ends
	reason error // what Run returns then

	// What other goroutines hand in; see inbox.go.
	inbox     inbox
	attention atomic.Bool
	wake      chan struct{}
	open      int // externals that are not done
	paced     int // those in the background

	unwatched context.Context // Run's, until it is watched
	unwatch   func()          // ends that; nil before

	started  bool
	baton    chan struct{} // to Run, at the end
	routines sync.WaitGroup
	outside  context.Context    // of outside work; nil before there is any
	cutOff   context.CancelFunc // ends it
	origin   time.Time          // wall-clock time at which device time is 0
}

// New makes a kernel at power-on.
func New(o Options) *Kernel {
	if o.Start.IsZero() {
		o.Start = time.Date(2020, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	o.Rate = min(max(o.Rate, 0), 1e9)
	if o.Quantum <= 0 {
		o.Quantum = DefaultQuantum
	}
	if o.Grace <= 0 {
		o.Grace = DefaultGrace
	}
	if o.Clock == nil {
		o.Clock = hostClock{}
	}
	o.Begin = max(o.Begin, 0)
	return &Kernel{
		opts:   o,
		now:    o.Begin,
		rand:   rand.New(rand.NewPCG(uint64(o.Seed), 0x71707920+uint64(o.Boot))),
		nextID: 1,
		wake:   make(chan struct{}, 1),
		baton:  make(chan struct{}, 1),
	}
}

// Pass lets device time pass outside of Run, without waiting for it: what comes
// before it (a boot loader) is before power-on, as far as Uptime is concerned.
func (k *Kernel) Pass(d time.Duration) {
	k.sync()
	k.now = k.later(d)
	if !k.started {
		k.opts.Begin = k.now
	}
}

// Now is the device time: Options.Begin at power-on, and from there on.
func (k *Kernel) Now() time.Duration {
	if k.done > 0 {
		k.sync()
	}
	return k.now
}

// Uptime is the device time since this power-on, which the tick counters show.
func (k *Kernel) Uptime() time.Duration { return k.Now() - k.opts.Begin }

// RTC is what the device's real-time clock shows, in UTC.
func (k *Kernel) RTC() time.Time { return k.opts.Start.Add(k.Now()).UTC() }

// Rand is the source of every random choice of the device. It is seeded by
// Options.Seed and must be used by the holder of the baton only.
func (k *Kernel) Rand() *rand.Rand { return k.rand }

// Current is the running task, nil while an event runs and outside of Run.
func (k *Kernel) Current() *Task { return k.current }

// sync turns the instructions charged since the last sync into time.
func (k *Kernel) sync() {
	n := k.done
	k.done = 0
	k.used += n
	k.limit -= n // the limit counts from the last sync
	if k.opts.Rate == 0 || n == 0 {
		return
	}
	secs := n / k.opts.Rate
	frac := (n%k.opts.Rate)*int64(time.Second) + k.frac
	k.now = k.later(time.Duration(secs) * time.Second)
	k.now = k.later(time.Duration(frac / k.opts.Rate))
	k.frac = frac % k.opts.Rate
}

// later is now+d, held at the end of time.
func (k *Kernel) later(d time.Duration) time.Duration {
	const end = time.Duration(1<<63 - 1)
	if d > end-k.now {
		return end
	}
	return k.now + max(d, 0)
}

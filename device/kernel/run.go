package kernel

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"
)

// ErrUsed is the error of a second Run of the same kernel: a device that starts
// again gets a new one.
var ErrUsed = errors.New("kernel: this kernel has run; make a new one for the next boot")

// Run runs main as task 0 and everything that comes of it. It returns
//   - nil, when main has ended and nothing is pending: no task, no event but
//     background ones, no outside work, no queued callback;
//   - the reason of [Kernel.Halt];
//   - a [*Deadlock], when every task waits and nothing is to come;
//   - a [*Panic], when Go code of a task or an event panicked;
//   - the cause of ctx's end, when the program did not end by itself after it:
//     the end of ctx first interrupts main with [ErrInterrupted], and what
//     still runs after main's end, or after Options.Grace, is ended. ctx is not
//     waited for before the program itself waits or has used up a quantum.
//
// main runs on the goroutine that calls Run, every other task on one of its own;
// none of these is left when Run returns. It waits for native code that never waits
// and never reaches a turn point.
func (k *Kernel) Run(ctx context.Context, main func(t *Task)) error {
	if k.started {
		return ErrUsed
	}
	k.started = true
	k.origin = k.opts.Clock.Now().Add(-k.Now())
	k.unwatched = ctx
	if ctx.Err() != nil {
		k.watch()
	}
	k.main = k.newTask(0, "main", main)
	k.take(k.main)
	k.main.body()
	<-k.baton

	k.over = true
	for len(k.tasks) > 0 { // a dying task may try to spawn another
		t := k.tasks[0]
		t.killed = true
		if t.state == fresh {
			k.bury(t)
			continue
		}
		k.hand(t)
		<-k.baton
	}
	k.inbox.mu.Lock()
	k.inbox.closed = true
	k.inbox.mu.Unlock()
	if k.cutOff != nil {
		k.cutOff()
	}
	if k.unwatch != nil {
		k.unwatch()
	}
	k.routines.Wait()
	return k.reason
}

// watch begins to look at Run's context, if nobody has done so yet. Its end
// interrupts the program, and halts it after the grace. The holder of the baton
// calls it before anything that can go on for long: a program that ends within its
// first quantum, as many do, does without.
func (k *Kernel) watch() {
	if ctx := k.unwatched; ctx != nil {
		k.unwatched = nil
		k.startWatch(ctx)
	}
}

func (k *Kernel) startWatch(ctx context.Context) {
	if ctx.Done() == nil {
		return
	}
	ended, finished := make(chan struct{}), make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(finished)
		cause := context.Cause(ctx)
		k.handIn(func(in *mail) { in.interrupt, in.cancelled = ErrInterrupted, cause })
		grace, cancel := k.opts.Clock.Timer(k.opts.Grace)
		defer cancel()
		select {
		case <-grace:
			k.handIn(func(in *mail) { in.halt = cause })
		case <-ended:
		}
	})
	k.unwatch = func() {
		close(ended)
		if !stop() {
			<-finished
		}
	}
}

// Halt ends the run: power-down, restart, power cut. Every task ends at its wait
// or turn point, no more events happen, and Run returns reason. Called by a task
// it does not return; called by an event it does, and the rest happens after
// that event. The first reason counts.
func (k *Kernel) Halt(reason error) {
	k.stop(reason)
	if t := k.current; t != nil {
		t.end()
	}
}

func (k *Kernel) stop(reason error) {
	if !k.over {
		k.over, k.reason = true, reason
		k.limit = 0
		if k.opts.Trace != nil {
			k.traceEnd(reason)
		}
	}
}

// next is the scheduler: it lets events happen and time pass until a task can
// run, and returns it; nil means that the run is over.
func (k *Kernel) next() *Task {
	for {
		k.sync()
		if k.attention.Load() {
			k.drain()
		}
		// One event a round: those at the same moment do not delay the tasks
		// that the first one wakes, and tasks that wake each other for ever do
		// not delay the events.
		fired := !k.over && k.fireDue()
		if k.over {
			return nil
		}
		k.serve()
		if k.cancelled != nil && k.main.state == dead && !k.finished() {
			k.stop(k.cancelled)
			return nil
		}
		if t := k.ready.pop(); t != nil {
			return t
		}
		if fired {
			continue
		}
		if k.finished() {
			k.stop(nil)
			return nil
		}
		if !k.advance() && !k.attention.Load() {
			k.stop(k.deadlock())
			return nil
		}
	}
}

// finished tells whether nothing is left to do.
func (k *Kernel) finished() bool {
	return len(k.tasks) == 0 && k.busy == 0 && k.open == 0 && k.callbacks.n == 0
}

// caught turns the panic of a task or an event into the error of the run.
func (k *Kernel) caught(value any, kind string, id int, name string) {
	if (value == nil || value == ended{}) && kind == "task" {
		return // it has ended, or was ended
	}
	if value == nil {
		value = "it ended its goroutine"
	}
	k.stop(&Panic{Kind: kind, ID: id, Name: name, Value: value, Stack: debug.Stack()})
}

// Panic is the error of a run in which Go code panicked. It is a bug of the
// simulator, never of the program that it runs.
type Panic struct {
	Kind  string // "task" or "event"
	ID    int    // of the task
	Name  string
	Value any
	Stack []byte // the Go stack, for a bug report
}

func (p *Panic) Error() string {
	if p.Kind == "task" {
		return fmt.Sprintf("internal error in task %d %q: %v", p.ID, p.Name, p.Value)
	}
	return fmt.Sprintf("internal error in %s %q: %v", p.Kind, p.Name, p.Value)
}

// Unwrap gives the error that was the value of the panic, if it was one.
func (p *Panic) Unwrap() error {
	err, _ := p.Value.(error)
	return err
}

// Deadlock is the error of a run in which every task waits and nothing is to
// come that could wake one.
type Deadlock struct {
	At        time.Duration // device time
	Tasks     []WaitingTask // by id
	Callbacks int           // queued callbacks that no task will ever run
}

// WaitingTask is a task of a [Deadlock].
type WaitingTask struct {
	ID   int
	Name string
	What string // what it waits for, as given to [Task.Wait]
}

func (d *Deadlock) Error() string {
	var b strings.Builder
	b.WriteString("deadlock: nothing will ever wake ")
	for i, t := range d.Tasks {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "task %d %q (waits for %s)", t.ID, t.Name, t.What)
	}
	if d.Callbacks > 0 {
		fmt.Fprintf(&b, "; callbacks queued: %d", d.Callbacks)
	}
	return b.String()
}

func (k *Kernel) deadlock() *Deadlock {
	d := &Deadlock{At: k.now, Callbacks: k.callbacks.n}
	for _, t := range k.tasks {
		d.Tasks = append(d.Tasks, WaitingTask{t.id, t.name, t.waits[t.depth-1].what})
	}
	return d
}

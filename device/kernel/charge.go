package kernel

import (
	"sync/atomic"
	"time"
)

// Charge is the turn point of the running task: it has done n instructions
// since the last one. Device time moves by n/Rate seconds, events that have
// become due happen, queued callbacks run, and when the quantum is used up the
// next task that is ready gets its turn. So anything on the device may have
// changed when Charge returns, and a killed task's Charge does not return. The
// error is an interrupt's, and comes on the main task only (after its end, on
// the idle task that runs callbacks).
func (k *Kernel) Charge(n int) error {
	k.done += int64(n)
	if k.done < k.limit && !k.attention.Load() {
		return nil
	}
	return k.turn()
}

// Attention is true while something that came from outside (an interrupt, a post)
// waits for the next [Kernel.Charge], which resets it. Who runs for long between two
// charges can look at it, from the task that runs.
func (k *Kernel) Attention() *atomic.Bool { return &k.attention }

// Poll is for native code that runs for long without a turn point. Nothing else
// runs and no time passes, but when the run is over Poll does not return, and an
// interrupt for the running task is its error.
func (k *Kernel) Poll() error {
	k.watch()
	if k.attention.Load() {
		k.sync()
		k.drain()
	}
	t := k.current
	if t == nil {
		return nil
	}
	if k.over || t.killed {
		t.end()
	}
	return k.takeInterrupt(t)
}

// Await is for native code that waits for the host until done is closed. As with
// Poll, nothing else runs, and an interrupt for the running task is its error.
func (k *Kernel) Await(done <-chan struct{}) error {
	k.watch()
	for {
		select {
		case <-done:
			return nil
		case <-k.wake:
			if err := k.Poll(); err != nil {
				return err
			}
		}
	}
}

func (k *Kernel) turn() error {
	k.sync()
	t := k.current
	if t == nil {
		return nil // an event that computes; time has moved, no more
	}
	for {
		if k.attention.Load() {
			k.drain()
		}
		if k.over || t.killed {
			t.end()
		}
		if !k.fireDue() {
			break
		}
	}
	if err := k.takeInterrupt(t); err != nil {
		return err
	}
	// Callbacks that the callbacks queue have to wait for the next turn point,
	// or a callback that queues itself would stop the program for good.
	for n := k.callbacks.n; n > 0 && k.callable(); n-- {
		k.callNext(t)
	}
	// Who is to be interrupted gets its turn at once.
	if k.used+k.done >= int64(k.opts.Quantum) || k.interrupt != nil && t != k.front() {
		k.watch()
		k.sync()
		k.used = 0
		if k.opts.Real {
			k.hold()
		}
		if !k.ready.empty() {
			k.makeReady(t)
			t.park()
			return nil // the next Charge looks at everything again
		}
	}
	k.setLimit()
	return nil
}

// setLimit finds out how long Charge can do without looking up.
func (k *Kernel) setLimit() {
	k.sync()
	if k.interrupt != nil || k.callable() || k.over {
		k.limit = 0
		return
	}
	left := int64(k.opts.Quantum) - k.used
	k.limit = left
	next := k.events.first()
	if next == nil {
		return
	}
	if k.opts.Rate == 0 {
		if next.at <= k.now {
			k.limit = 0
		}
		return
	}
	const second = int64(time.Second)
	ahead := int64(next.at - k.now)
	if quantum := left*second/k.opts.Rate + 1; ahead < quantum {
		k.limit = max((ahead*k.opts.Rate-k.frac+second-1)/second, 0)
	}
}

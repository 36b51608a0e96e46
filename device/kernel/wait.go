package kernel

import (
	"errors"
	"time"
)

// WaitOption says what a wait allows meanwhile.
type WaitOption uint8

const (
	// HoldCallbacks leaves queued callbacks in the queue while the task waits:
	// the wait of a native call.
	HoldCallbacks WaitOption = iota
	// RunCallbacks lets the waiting task run queued callbacks, as a sleep does.
	RunCallbacks
)

// errNotRunning is a mistake of the caller: only the running task can wait.
var errNotRunning = errors.New("kernel: a task can only wait while it runs, on its own goroutine")

// Queue is a line of waiting tasks, first in, first out. The zero value is
// ready to use. A queue remembers nothing: a Wake with nobody waiting is lost.
type Queue struct {
	head, tail *waiter
	n          int
}

// waiter is one wait of one task.
type waiter struct {
	t          *Task
	queue      *Queue // nil for a sleep
	prev, next *waiter
	timer      Event
	what       string
	opt        WaitOption
	woken      bool
	expired    bool
}

// Len is the number of waiting tasks.
func (q *Queue) Len() int { return q.n }

// Wake ends the wait of the task that has waited longest. It is false when none
// waits.
func (q *Queue) Wake() bool {
	w := q.head
	if w == nil {
		return false
	}
	q.remove(w)
	w.woken = true
	w.timer.Cancel()
	w.notice()
	return true
}

// WakeAll ends the wait of every task in the queue and gives their number.
func (q *Queue) WakeAll() int {
	n := 0
	for q.Wake() {
		n++
	}
	return n
}

func (q *Queue) push(w *waiter) {
	w.prev, w.next = q.tail, nil
	if q.tail == nil {
		q.head = w
	} else {
		q.tail.next = w
	}
	q.tail = w
	q.n++
}

func (q *Queue) remove(w *waiter) {
	if w.prev == nil {
		q.head = w.next
	} else {
		w.prev.next = w.next
	}
	if w.next == nil {
		q.tail = w.prev
	} else {
		w.next.prev = w.prev
	}
	w.prev, w.next = nil, nil
	q.n--
}

// notice lets the task look at its wait. A task that runs a callback inside this
// wait looks when the callback has ended.
func (w *waiter) notice() {
	t := w.t
	if t.state == waiting && t.waits[t.depth-1] == w {
		t.k.makeReady(t)
	}
}

// expire is the event that ends a task's patience.
func (w *waiter) expire() {
	w.expired = true
	w.notice()
}

// Sleep lets d of device time pass; queued callbacks run meanwhile. With d not
// positive it only gives the turn away once. The error is an interrupt's.
func (t *Task) Sleep(d time.Duration) error {
	_, err := t.Wait(nil, max(d, 0), "the end of a sleep", RunCallbacks)
	return err
}

// Wait waits until the queue wakes the task, which makes woken true, or until
// timeout has passed (never, if it is negative; with 0 the task just gives its
// turn away once). what completes "waits for …" in the message of a deadlock.
// An error is an interrupt's and comes on the main task only. In the time that
// a woken task takes to get its turn, others may have taken what it waited for:
// the caller looks again. A nil queue is a plain pause.
func (t *Task) Wait(q *Queue, timeout time.Duration, what string, opt WaitOption) (woken bool, err error) {
	k := t.k
	if k.current != t {
		return false, errNotRunning
	}
	if k.over || t.killed {
		t.end() // a deferred function of an ending task
	}
	if err := k.takeInterrupt(t); err != nil {
		return false, err
	}
	w := t.enter(q, timeout, what, opt)
	for {
		t.state = waiting
		t.park()
		if w.woken {
			break
		}
		if err = k.takeInterrupt(t); err != nil || w.expired {
			break
		}
		if opt == RunCallbacks && k.callable() {
			k.callNext(t)
			if w.woken || w.expired {
				break
			}
		}
	}
	if k.opts.Trace != nil {
		k.traceTask(t, w.outcome(err))
	}
	t.exit(w)
	return w.woken, err
}

// outcome says for a trace how a wait has ended.
func (w *waiter) outcome(err error) string {
	switch {
	case err != nil:
		return "interrupted: " + w.what
	case w.queue == nil, w.woken:
		return "goes on: " + w.what
	}
	return "waited in vain: " + w.what
}

// enter opens the record of a wait.
func (t *Task) enter(q *Queue, timeout time.Duration, what string, opt WaitOption) *waiter {
	if t.depth == len(t.waits) {
		w := &waiter{t: t}
		w.timer = Event{k: t.k, wait: w}
		t.waits = append(t.waits, w)
	}
	w := t.waits[t.depth]
	t.depth++
	w.queue, w.what, w.opt, w.woken, w.expired = q, what, opt, false, false
	if q != nil {
		q.push(w)
	}
	if timeout >= 0 {
		t.k.arm(&w.timer, timeout)
	}
	return w
}

func (t *Task) exit(w *waiter) {
	w.timer.Cancel()
	if w.queue != nil && !w.woken {
		w.queue.remove(w)
	}
	w.queue = nil
	t.depth--
}

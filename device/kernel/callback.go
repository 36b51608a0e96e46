package kernel

import "slices"

// QueueDepth is how many callbacks can be queued: MICROPY_SCHEDULER_DEPTH of the
// modules' firmware.
const QueueDepth = 64

// callbackQueue is a ring.
type callbackQueue struct {
	items [QueueDepth]func()
	head  int
	n     int
}

// Schedule queues fn to be run on a task of the program, never inside a native
// call: at a turn point of the running task, in a wait of the main task that
// allows it, in such a wait of another one when main is in a wait that does
// not, and after the end of main on an idle task that stands for the REPL. fn
// may wait; while one callback runs the next is not started. It is false, and
// fn is dropped, when the queue is full or the run is over.
func (k *Kernel) Schedule(fn func()) bool {
	q := &k.callbacks
	if q.n == len(q.items) || k.over {
		return false
	}
	q.items[(q.head+q.n)%len(q.items)] = fn
	q.n++
	k.limit = 0
	return true
}

// Scheduled is the number of callbacks in the queue.
func (k *Kernel) Scheduled() int { return k.callbacks.n }

// callable tells whether a callback could be started now.
func (k *Kernel) callable() bool { return k.callbacks.n > 0 && k.calling == nil }

// callNext runs the first callback on t.
func (k *Kernel) callNext(t *Task) {
	q := &k.callbacks
	fn := q.items[q.head]
	q.items[q.head] = nil
	q.head = (q.head + 1) % len(q.items)
	q.n--
	k.calling = t
	k.traceTask(t, "runs a callback")
	defer func() { // also when the callback ends its task
		k.calling = nil
		k.limit = 0
	}()
	fn()
}

// serve gives the next callback, if there is one to start, to a waiting task.
func (k *Kernel) serve() {
	if !k.callable() {
		return
	}
	switch main := k.main; {
	case main.hosts():
		k.makeReady(main)
	case main.state == waiting:
		if i := slices.IndexFunc(k.tasks, (*Task).hosts); i >= 0 {
			k.makeReady(k.tasks[i])
		}
	case main.state == dead && k.idle == nil:
		k.idle = k.newTask(0, "idle", func(t *Task) {
			for k.callable() {
				k.callNext(t)
			}
		})
		k.ready.push(k.idle)
	}
	// Otherwise main has its turn soon, or the idle task is at the queue.
}

// hosts tells whether t is in a wait in which it may run a callback.
func (t *Task) hosts() bool {
	return t.state == waiting && t.waits[t.depth-1].opt == RunCallbacks
}

package kernel

import (
	"runtime"
	"slices"
)

// Task is a thread of the device.
type Task struct {
	// Local is for the user of the kernel: what belongs to this task.
	Local any

	k     *Kernel
	id    int
	name  string
	run   func(*Task)
	state state
	baton chan struct{}

	// killed tasks end at their next wait or turn point.
	killed bool

	// waits are the records of the waits that the task is in, outermost first:
	// a callback that runs in a wait may wait itself. Those beyond depth are
	// kept for the next time.
	waits []*waiter
	depth int
}

type state uint8

const (
	fresh   state = iota // has never run; it has no goroutine yet
	ready                // in the line for the next turn
	running              // holds the baton
	waiting              // in a wait
	dead
)

// Spawn makes a task that runs when its turn comes, at the earliest when the
// current task waits or its quantum ends. Ids are 1, 2, … and never used again;
// 0 is the main task's. After the end of the run the task never starts.
func (k *Kernel) Spawn(name string, run func(t *Task)) *Task {
	t := k.newTask(k.nextID, name, run)
	k.nextID++
	k.traceTask(t, "is made")
	k.ready.push(t)
	return t
}

func (k *Kernel) newTask(id int, name string, run func(t *Task)) *Task {
	t := &Task{k: k, id: id, name: name, run: run, baton: make(chan struct{}, 1)}
	at, _ := slices.BinarySearchFunc(k.tasks, id, func(t *Task, id int) int { return t.id - id })
	k.tasks = slices.Insert(k.tasks, at, t)
	return t
}

// ID is the task's number: 0 for main, 1, 2, … for the spawned ones.
func (t *Task) ID() int { return t.id }

// Name is the name that the task was made with.
func (t *Task) Name() string { return t.name }

// Kernel is the task's kernel.
func (t *Task) Kernel() *Kernel { return t.k }

// Alive tells whether the task has neither ended nor been killed.
func (t *Task) Alive() bool { return t.state != dead && !t.killed }

// Kill ends the task: its wait, or the turn point it stopped at, never returns.
// Its deferred functions run, when its turn comes; a task that has never run
// just disappears. A wake that the task got but did not live to use goes to the
// next waiter of the same queue. A task that kills itself ends at once, and Kill
// does not return. Killing an ended task does nothing.
func (t *Task) Kill() {
	k := t.k
	switch {
	case t.state == dead:
		return
	case k.current == t:
		t.end()
	case t.killed:
		return
	}
	t.killed = true
	switch t.state {
	case fresh:
		k.ready.remove(t)
		k.bury(t)
	case waiting:
		t.abandon()
		k.makeReady(t)
	case ready:
		t.abandon()
	case running: // an event at one of its turn points kills it
		k.limit = 0
	}
}

// abandon takes the task out of all its waits.
func (t *Task) abandon() {
	for ; t.depth > 0; t.depth-- {
		w := t.waits[t.depth-1]
		w.timer.Cancel()
		switch {
		case w.woken && w.queue != nil:
			w.queue.Wake()
		case w.queue != nil:
			w.queue.remove(w)
		}
		w.queue = nil
	}
}

func (k *Kernel) bury(t *Task) {
	if t == k.front() {
		k.interrupt = nil // nobody is left whom it could reach
	}
	t.state = dead
	k.traceTask(t, "ends")
	if i := slices.Index(k.tasks, t); i >= 0 {
		k.tasks = slices.Delete(k.tasks, i, i+1)
	}
	if k.calling == t {
		k.calling = nil
	}
	if k.idle == t {
		k.idle = nil
	}
}

// ended is what the main task panics with when it is to end.
type ended struct{}

// end ends the running task: its deferred functions run, and no code of its own any
// more. Main has to leave the goroutine that called Run, which goes on.
func (t *Task) end() {
	t.killed = true
	if t == t.k.main {
		panic(ended{})
	}
	runtime.Goexit()
}

// routine is the goroutine of a task.
func (t *Task) routine() {
	defer t.k.routines.Done()
	t.body()
}

// body runs the task from its first turn to its end.
func (t *Task) body() {
	defer t.leave()
	defer func() { t.k.caught(recover(), "task", t.id, t.name) }()
	growStack(false)
	t.run(t)
}

// growStack has Go give the goroutine a stack of 8 KiB while there is little on
// it. What a task runs needs one, and growing it step by step means to walk
// through, and to copy, what lies on it each time: for a short program that is a
// tenth of its run. The call alone does it, since its frame has the room; nothing
// needs to be written there.
//
//go:noinline
func growStack(use bool) {
	if use {
		var room [5 << 10]byte
		keep(&room)
	}
}

//go:noinline
func keep(*[5 << 10]byte) {}

// leave hands the baton on for the last time.
func (t *Task) leave() {
	k := t.k
	t.abandon()
	k.bury(t)
	k.current = nil
	// An event that ends its goroutine (a failed assertion in a test) must not
	// take the baton with it.
	next := (*Task)(nil)
	defer func() { k.hand(next) }()
	next = k.next()
}

// park gives the baton away and returns when the task has it back. The task's
// state says what it waits for.
func (t *Task) park() {
	k := t.k
	k.watch()
	k.current = nil
	next := k.next()
	if next == t {
		k.take(t)
	} else {
		k.hand(next)
		<-t.baton
	}
	if t.killed {
		t.end()
	}
}

// hand gives the baton to t; nil gives it to Run, after main, on whose goroutine that
// is, has ended. Nothing of the kernel may be touched afterwards.
func (k *Kernel) hand(t *Task) {
	if t == nil && k.main.state != dead {
		t = k.main
		t.killed = true
	}
	switch {
	case t == nil:
		k.baton <- struct{}{}
	case t.state == fresh:
		k.take(t)
		k.routines.Add(1)
		go t.routine()
	default:
		k.take(t)
		t.baton <- struct{}{}
	}
}

// take makes t the holder of the baton, at the start of a turn.
func (k *Kernel) take(t *Task) {
	k.current = t
	t.state = running
	k.used = 0
	k.limit = 0
}

func (k *Kernel) makeReady(t *Task) {
	t.state = ready
	k.ready.push(t)
}

// taskQueue is a first-in first-out line of tasks.
type taskQueue struct {
	items []*Task
	head  int
}

func (q *taskQueue) empty() bool { return q.head == len(q.items) }

func (q *taskQueue) push(t *Task) {
	if q.head > 0 && len(q.items) == cap(q.items) {
		n := copy(q.items, q.items[q.head:])
		clear(q.items[n:])
		q.items, q.head = q.items[:n], 0
	}
	q.items = append(q.items, t)
}

func (q *taskQueue) pop() *Task {
	if q.empty() {
		return nil
	}
	t := q.items[q.head]
	q.items[q.head] = nil
	q.head++
	if q.empty() {
		q.items, q.head = q.items[:0], 0
	}
	return t
}

func (q *taskQueue) remove(t *Task) {
	if i := slices.Index(q.items[q.head:], t); i >= 0 {
		q.items = slices.Delete(q.items, q.head+i, q.head+i+1)
	}
}

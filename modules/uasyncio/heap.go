package uasyncio

import "qpy/python/object"

// The queue of tasks is a pairing heap that keeps equal times in the order in
// which they came (py/pairheap.c). Its shape decides in which order tasks run
// whose times are the same, so it is the same here.

// period is where ticks wrap (MICROPY_PY_UTIME_TICKS_PERIOD).
const period = 1 << 30

// ticksDiff is a - b round the wrap.
func ticksDiff(a, b int64) int64 { return (a-b+period/2)&(period-1) - period/2 }

// node is a task's place in a heap.
type node struct {
	child, last *task // first and last child
	next        *task // next sibling, or for the last one the parent
	isLast      bool
}

func (t *task) before(u *task) bool { return ticksDiff(t.key, u.key) < 0 }

// meld joins two heaps.
func meld(a, b *task) *task {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	case a.before(b):
		if a.child == nil {
			a.child = b
		} else {
			a.last.next, a.last.isLast = b, false
		}
		a.last = b
		b.next, b.isLast = a, true
		return a
	}
	a.next, a.isLast = b.child, false
	b.child = a
	if a.next == nil {
		b.last = a
		a.next, a.isLast = b, true
	}
	return b
}

// pair joins a list of siblings, two by two.
func pair(child *task) *task {
	var heap *task
	for child != nil {
		first := child
		child = first.sibling()
		first.next, first.isLast = nil, false
		if child != nil {
			second := child
			child = second.sibling()
			second.next, second.isLast = nil, false
			first = meld(first, second)
		}
		heap = meld(heap, first)
	}
	return heap
}

func (t *task) sibling() *task {
	if t.isLast {
		return nil
	}
	return t.next
}

// pop takes the first task from a heap and gives the rest.
func pop(heap *task) *task {
	child := heap.child
	heap.child = nil
	return pair(child)
}

// remove takes a task out of a heap, in which it is.
func remove(heap, t *task) *task {
	if t == heap {
		return pop(heap)
	}
	parent := t
	for !parent.isLast {
		parent = parent.next
	}
	parent = parent.next
	next, isLast := t.next, t.isLast
	rest := pair(t.child)
	first := t == parent.child
	before := parent.child
	if !first {
		for before.next != t {
			before = before.next
		}
	}
	t.child, t.next, t.isLast = nil, nil, false
	switch {
	case rest != nil && first:
		parent.child = rest
	case rest != nil:
		before.next = rest
	case first: // nothing is left in the task's place
		if parent.child = next; isLast {
			parent.child = nil
		}
		return heap
	default:
		rest = before
	}
	rest.next, rest.isLast = next, isLast
	if isLast {
		parent.last = rest
	}
	return heap
}

// queue is an object of class TaskQueue.
type queue struct {
	object.Header
	heap *task
}

func (q *queue) push(t *task, key int64) error {
	if t.in != nil {
		// MicroPython ends up with a heap that loops or loses tasks.
		return object.Raise(object.RuntimeError, "task is in a queue already")
	}
	t.data, t.key, t.in = object.None, key, q
	t.node = node{}
	q.heap = meld(t, q.heap)
	return nil
}

func (q *queue) pop() *task {
	t := q.heap
	q.heap = pop(t)
	t.in = nil
	return t
}

// remove does nothing for a task that is not in the queue.
func (q *queue) remove(t *task) {
	if t.in == q {
		q.heap = remove(q.heap, t)
		t.in = nil
	}
}

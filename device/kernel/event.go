package kernel

import "time"

// Event is something that will happen at a moment of device time.
type Event struct {
	at         time.Duration
	seq        uint64
	pos        int // in the heap, plus one; 0 when it is not there
	background bool
	name       string
	k          *Kernel
	fn         func()
	wait       *waiter // instead of fn: the end of a task's patience
}

// After lets fn run in d of device time (at once if d is not positive). name
// says in errors what it is. fn runs between the tasks, or at a turn point of
// the running one: it must not wait, and Current is nil for it. Run does not
// end while the event is to come; [Kernel.AfterBackground] is for those that
// should not keep the device running.
func (k *Kernel) After(d time.Duration, name string, fn func()) *Event {
	e := &Event{k: k, name: name, fn: fn}
	k.arm(e, d)
	return e
}

// AfterBackground is [Kernel.After] for events that matter only while something
// else goes on (a watchdog, a change of the battery): when nothing but such
// events is to come and no task is left, Run ends. While a task waits they do
// happen, because they may be what it waits for.
func (k *Kernel) AfterBackground(d time.Duration, name string, fn func()) *Event {
	e := &Event{k: k, name: name, fn: fn, background: true}
	k.arm(e, d)
	return e
}

// Again lets an event happen once more, in d of device time: for what repeats
// without end. One that is still to come happens then, and not before.
func (e *Event) Again(d time.Duration) {
	e.Cancel()
	e.k.arm(e, d)
}

// At is the device time of the event.
func (e *Event) At() time.Duration { return e.at }

// Pending tells whether the event is still to come.
func (e *Event) Pending() bool { return e.pos > 0 }

// Cancel takes the event back. It is false when it has happened or was
// cancelled before.
func (e *Event) Cancel() bool {
	if e.pos == 0 {
		return false
	}
	e.k.events.remove(e)
	if !e.background {
		e.k.busy--
	}
	return true
}

func (k *Kernel) arm(e *Event, d time.Duration) {
	if k.done > 0 {
		k.sync()
	}
	e.at = k.later(d)
	e.seq = k.nextSeq
	k.nextSeq++
	if !e.background {
		k.busy++
	}
	k.events.push(e)
	if e.pos == 1 {
		k.limit = 0 // the running task must look for it earlier than planned
	}
}

// fireDue lets the first event happen if it is due.
func (k *Kernel) fireDue() (fired bool) {
	e := k.events.first()
	if e == nil || e.at > k.now {
		return false
	}
	fired = true
	e.Cancel()
	if e.wait != nil {
		e.wait.expire()
		return
	}
	running := k.current
	k.current = nil
	k.trace("event", e.name)
	ok := false
	defer func() {
		k.current = running
		if !ok {
			k.caught(recover(), "event", 0, e.name)
		}
	}()
	e.fn()
	ok = true
	return
}

// eventHeap is a binary heap by (at, seq); each event knows its place.
type eventHeap []*Event

func (e *Event) before(o *Event) bool {
	return e.at < o.at || e.at == o.at && e.seq < o.seq
}

func (h eventHeap) first() *Event {
	if len(h) == 0 {
		return nil
	}
	return h[0]
}

func (h *eventHeap) push(e *Event) {
	*h = append(*h, e)
	h.up(len(*h)-1, e)
}

func (h *eventHeap) remove(e *Event) {
	i, n := e.pos-1, len(*h)-1
	last := (*h)[n]
	(*h)[n] = nil
	*h = (*h)[:n]
	e.pos = 0
	if last == e {
		return
	}
	if i > 0 && last.before((*h)[(i-1)/2]) {
		h.up(i, last)
	} else {
		h.down(i, last)
	}
}

// up puts e into the hole at i, or as much higher as it belongs.
func (h eventHeap) up(i int, e *Event) {
	for i > 0 {
		parent := (i - 1) / 2
		if !e.before(h[parent]) {
			break
		}
		h[i] = h[parent]
		h[i].pos = i + 1
		i = parent
	}
	h[i] = e
	e.pos = i + 1
}

// down puts e into the hole at i, or as much lower as it belongs.
func (h eventHeap) down(i int, e *Event) {
	for {
		child := 2*i + 1
		if child >= len(h) {
			break
		}
		if r := child + 1; r < len(h) && h[r].before(h[child]) {
			child = r
		}
		if !h[child].before(e) {
			break
		}
		h[i] = h[child]
		h[i].pos = i + 1
		i = child
	}
	h[i] = e
	e.pos = i + 1
}

package kernel

import "time"

// Clock is a wall clock. Tests give their own, so that real time can be tested
// without waiting for it.
type Clock interface {
	// Now is the current time; only differences of it are used.
	Now() time.Time

	// Timer gives a channel that receives when d has passed, and a function
	// that ends the timer early.
	Timer(d time.Duration) (<-chan time.Time, func())
}

type hostClock struct{}

func (hostClock) Now() time.Time { return time.Now() }

func (hostClock) Timer(d time.Duration) (<-chan time.Time, func()) {
	t := time.NewTimer(d)
	return t.C, func() { t.Stop() }
}

// maxLag is how far device time may fall behind the wall clock and still catch
// up. Small lags (a timer of the host that came late) are made up for, so that
// time does not drift; after a large one (a slow computation, a host that was
// suspended) the device goes on from where it is, because events that rush by
// are no real time.
const maxLag = 50 * time.Millisecond

// maxLead is how far a busy program may run ahead of the wall clock before it
// is held back.
const maxLead = 5 * time.Millisecond

// wall is the device time that it should be by the wall clock.
func (k *Kernel) wall() time.Duration { return k.opts.Clock.Now().Sub(k.origin) }

// block waits for d of host time (for ever if d is negative) or for something
// from another goroutine, and tells whether the latter happened.
func (k *Kernel) block(d time.Duration) (woken bool) {
	if k.attention.Load() {
		return true
	}
	if d < 0 {
		<-k.wake
		return true
	}
	c, stop := k.opts.Clock.Timer(d)
	defer stop()
	select {
	case <-k.wake:
		return true
	case <-c:
		return false
	}
}

// hold keeps a busy program from running ahead of the wall clock.
func (k *Kernel) hold() {
	if lead := k.now - k.wall(); lead > maxLead {
		k.block(lead)
	}
}

// advance moves device time to the next event, or waits for outside work. It is
// false when there is neither.
func (k *Kernel) advance() bool {
	k.watch()
	next, due := k.events.first(), time.Duration(0)
	if next != nil {
		due = next.at
	}
	switch {
	case next == nil && k.open == 0 && k.paced == 0:
		return false
	case !k.opts.Real && k.open > 0:
		// Whatever comes from outside happens before the next event, however
		// long the host takes: virtual time stands still meanwhile.
		k.block(-1)
		return true
	case !k.opts.Real && k.paced > 0:
		k.frac = 0
		k.keepPace(next, due)
		return true
	case !k.opts.Real:
		k.now, k.frac = due, 0
		return true
	}
	wall := k.wall()
	if lag := wall - k.now; lag > maxLag {
		k.origin = k.origin.Add(lag)
		wall = k.now
	}
	switch {
	case next == nil:
		k.block(-1)
		k.now = max(k.now, k.wall())
	case due <= wall || !k.block(due-wall):
		k.now = due
	default: // something came from outside before the event
		k.now = min(max(k.now, k.wall()), due)
	}
	k.frac = 0
	return true
}

// keepPace lets virtual time pass as the wall clock does until the next event
// is due, if there is one, or something comes from outside.
func (k *Kernel) keepPace(next *Event, due time.Duration) {
	if next == nil {
		k.block(-1)
		return
	}
	if due <= k.now {
		return
	}
	began := k.opts.Clock.Now()
	if !k.block(due - k.now) {
		k.now = due
		return
	}
	k.now = min(k.now+max(k.opts.Clock.Now().Sub(began), 0), due)
}

package network

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"qpy/device/kernel"
)

// Transfer is a download that goes on: one connection after the other until
// the file is there or it fails for good.
type Transfer struct {
	n       *Network
	file    *file
	handler Handler
	asked   question      // of this connection
	serial  int           // of this connection
	next    *kernel.Event // the step to come; nil while a real connection works
	parked  func()        // the step that waits for the link
	since   time.Duration // when it began to wait
	stood   time.Duration // how long steps have waited for the link, all together
	stop    func()        // lets go of what the connection holds
	real    bool          // this connection is a real one
	over    bool
}

// Cancel ends a transfer; the handler's Done hears of it before Cancel
// returns. It is false when the transfer was over.
func (t *Transfer) Cancel() bool {
	if t.over {
		return false
	}
	t.end(&Error{Kind: Cancelled, URL: t.file.name()})
	return true
}

// connect begins the next connection, once the bearer is up.
func (t *Transfer) connect() { t.connectAfter(0) }

func (t *Transfer) connectAfter(wait time.Duration) {
	t.release()
	t.serial++
	t.asked = t.file.question()
	u := t.asked.url
	t.real = false
	switch isVirtual := t.n.isVirtual(u); {
	case isVirtual && wait > 0:
		t.timer(wait, func() { t.onBearer(t.connectVirtual) })
	case isVirtual:
		t.onBearer(t.connectVirtual)
	default:
		if err := t.n.allowed(u); err != nil {
			t.timer(0, func() { t.failed(err) })
			return
		}
		t.real = true
		t.onBearer(func() { t.connectReal(wait) })
	}
}

// onBearer goes on if the module has a bearer.
func (t *Transfer) onBearer(connect func()) {
	if err := t.n.bearer(); err != nil {
		t.timer(t.n.link.Latency, func() { t.failed(err) })
		return
	}
	connect()
}

// answered takes a server's answer and tells whether its body is wanted.
func (t *Transfer) answered(a answer) bool {
	first := !t.file.begun
	next, err := t.file.judge(t.asked, a)
	switch {
	case err != nil:
		t.failed(err)
		return false
	case next != nil:
		t.redirected(next)
		return false
	}
	if first {
		if err := t.handler.Header(t.file.size); err != nil {
			t.end(err)
			return false
		}
	}
	return !t.over // the handler may have cancelled
}

// redirected goes on at another place, if it may be reached.
func (t *Transfer) redirected(next *url.URL) {
	if !t.n.isVirtual(next) {
		if err := t.n.allowed(next); err != nil {
			e := asError(shown(next), err)
			e.Detail += "; a redirect leads there"
			t.end(e)
			return
		}
	}
	t.connect()
}

// received takes the next bytes of the body and tells whether more are wanted.
func (t *Transfer) received(chunk []byte) bool {
	serial := t.serial
	fresh, err := t.file.take(chunk)
	if err == nil && len(fresh) > 0 {
		err = t.handler.Data(fresh)
	}
	if err != nil {
		t.end(err)
	}
	t.n.count(len(chunk))
	// What was to happen at this byte may have ended the connection.
	return !t.over && t.serial == serial
}

// ended is the end of a body in due form.
func (t *Transfer) ended() {
	if err := t.file.ended(); err != nil {
		t.failed(err)
		return
	}
	t.end(nil)
}

// failed is the end of a connection that has not brought the file. What had
// begun is taken up again, a few times.
func (t *Transfer) failed(err error) {
	if t.over {
		return
	}
	f, o := t.file, t.n.opts
	e := asError(f.name(), err)
	if !f.retry(e, o.Retries) {
		if f.tries > 0 && e.Kind.passing() {
			copied := *e
			e = &copied
			e.Detail = strings.TrimSpace(fmt.Sprintf("%s (after %d further tries)", e.Detail, f.tries))
		}
		t.end(e)
		return
	}
	wait := o.RetryWait << min(f.tries, 10)
	f.tries++
	t.n.opts.Note(fmt.Sprintf("%v; %d bytes are here, try %d of %d for the rest in %v", e, f.got, f.tries, o.Retries, wait))
	t.connectAfter(wait)
}

func (t *Transfer) end(err error) {
	if t.over {
		return
	}
	t.over = true
	t.release()
	t.handler.Done(err)
}

// hold says how to let go of what the connection holds from now on.
func (t *Transfer) hold(stop func()) {
	t.stop = stop
	t.n.open[t] = true
}

// release lets go of the connection, whatever it was about to do.
func (t *Transfer) release() {
	if t.next != nil {
		t.next.Cancel()
		t.next = nil
	}
	t.unpark()
	if t.n.open[t] {
		delete(t.n.open, t)
		t.stop()
	}
}

// timer is a step that needs no link.
func (t *Transfer) timer(d time.Duration, fn func()) {
	t.next = t.n.k.After(d, "download "+t.file.name(), fn)
}

// after is a step that brings something over the link: while the link is down
// it waits, and breaks off after the timeout.
func (t *Transfer) after(d time.Duration, fn func()) {
	t.timer(d, func() {
		if !t.n.link.Down {
			fn()
			return
		}
		t.parked, t.since = fn, t.n.k.Now()
		t.n.parked = append(t.n.parked, t)
		t.silence("the link is down")
	})
}

// silence is what follows when nothing comes any more.
func (t *Transfer) silence(why string) {
	t.timer(t.n.opts.Timeout, func() {
		err := error(ErrSilent)
		if why != "" {
			err = fmt.Errorf("%w: %s", ErrSilent, why)
		}
		t.unpark()
		t.failed(err)
	})
}

func (t *Transfer) unpark() {
	if t.parked != nil {
		t.parked = nil
		t.n.parked = slices.DeleteFunc(t.n.parked, func(o *Transfer) bool { return o == t })
	}
}

// unpark lets what has waited for the link arrive.
func (n *Network) unpark() {
	for _, t := range slices.Clone(n.parked) {
		fn := t.parked
		t.unpark()
		t.stood += n.k.Now() + n.link.Latency - t.since
		t.next.Cancel()
		t.after(n.link.Latency, fn)
	}
}

// cutReal breaks the real connections: the PC's network does not know of the
// module's coverage.
func (n *Network) cutReal() {
	for _, t := range slices.Collect(maps.Keys(n.open)) {
		if !t.real {
			continue
		}
		t.release()
		t.serial++ // what still comes from it counts no more
		t.timer(0, func() { t.failed(fmt.Errorf("%w: the link is down", ErrReset)) })
	}
}

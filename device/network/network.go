// Package network is what a module reaches over its radio link: virtual
// servers, made in memory or served from a folder, with the link's bandwidth
// and latency in device time; or, only when asked for, the host's real network.
package network

import (
	"net/url"
	"time"

	"qpy/device/kernel"
)

// DefaultTimeout is how long a download waits for an answer or the next byte.
const DefaultTimeout = 60 * time.Second

// Options are the fixed properties of a network.
type Options struct {
	// Bandwidth of the virtual link in bytes a second of device time, and the
	// time of a round trip. A bandwidth of 0 or less is one byte a nanosecond.
	Bandwidth int64
	Latency   time.Duration

	// Sites are the virtual servers. The first that knows the host answers.
	Sites []Site

	// Host uses the real network of the host instead of the sites, at its own
	// speed.
	Host bool

	// Timeout is DefaultTimeout when 0: device time for sites, real time for
	// the host's network.
	Timeout time.Duration
}

// Network is the network of one device. Its methods are the kernel's: only the
// running task, an event or a callback may call them.
type Network struct {
	k    *kernel.Kernel
	opts Options
	open map[*Transfer]bool // those that hold a server's body
}

// New makes a device's network.
func New(k *kernel.Kernel, o Options) *Network {
	if o.Bandwidth <= 0 {
		o.Bandwidth = int64(time.Second)
	}
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	return &Network{k: k, opts: o, open: map[*Transfer]bool{}}
}

// Close lets go of what is still held by transfers that a restart has cut off.
// Their handlers hear no more. The kernel must not run any more.
func (n *Network) Close() {
	for t := range n.open {
		t.over = true
		t.release()
	}
}

// Handler takes what a transfer brings. Its methods run as events of the
// kernel, so they must not wait. An error of Header or Data ends the transfer.
type Handler interface {
	// Header tells that the server answers with the file: size bytes, -1 when
	// it does not say.
	Header(size int64) error
	// Data is the next part of the file, valid until it returns.
	Data(chunk []byte) error
	// Done is the end, called once: nil when the whole file came, the
	// handler's own error, or an *Error.
	Done(err error)
}

// Transfer is a download that goes on.
type Transfer struct {
	n       *Network
	name    string // the URL, as notes show it
	handler Handler
	next    *kernel.Event // the step to come; nil on the host's network
	stop    func()        // lets go of what the transfer holds
	over    bool
}

// hold says how to let go of what the transfer holds from now on.
func (t *Transfer) hold(stop func()) {
	t.stop = stop
	t.n.open[t] = true
}

func (t *Transfer) release() {
	if t.n.open[t] {
		delete(t.n.open, t)
		t.stop()
	}
}

// Fetch starts a download of http, https or ftp and returns at once; the
// handler hears of all that follows, never before Fetch has returned. The
// error is that of a URL that Parse refuses.
func (n *Network) Fetch(rawURL string, h Handler) (*Transfer, error) {
	u, err := Parse(rawURL)
	if err != nil {
		return nil, err
	}
	t := &Transfer{n: n, name: shown(u), handler: h}
	if n.opts.Host {
		t.fetchHost(u)
	} else {
		t.fetchVirtual(u)
	}
	return t, nil
}

// Cancel ends a transfer; the handler's Done hears of it before Cancel
// returns. It is false when the transfer was over.
func (t *Transfer) Cancel() bool {
	if t.over {
		return false
	}
	t.end(&Error{Kind: Cancelled, URL: t.name})
	return true
}

func (t *Transfer) end(err error) {
	if t.over {
		return
	}
	t.over = true
	if t.next != nil {
		t.next.Cancel()
	}
	t.release()
	t.handler.Done(err)
}

func (t *Transfer) after(d time.Duration, fn func()) {
	t.next = t.n.k.After(d, "download "+t.name, fn)
}

// fetchVirtual takes the steps of a real download: a round trip to find the
// host, one to connect, one to ask.
func (t *Transfer) fetchVirtual(u *url.URL) {
	rtt := t.n.opts.Latency
	t.after(rtt, func() {
		response, err := t.n.ask(u)
		if err == nil {
			t.hold(func() { response.Body.Close() })
			t.after(2*rtt, func() { t.begin(response) })
			return
		}
		failure := asError(t.name, err)
		switch failure.Kind {
		case UnknownHost:
			t.end(failure)
		case Timeout:
			t.after(t.n.opts.Timeout, func() { t.end(failure) })
		case Refused:
			t.after(rtt, func() { t.end(failure) })
		default:
			t.after(2*rtt, func() { t.end(failure) })
		}
	})
}

// ask asks the sites in turn.
func (n *Network) ask(u *url.URL) (*Response, error) {
	var err error = &Error{Kind: UnknownHost, URL: shown(u)}
	for _, site := range n.opts.Sites {
		var response *Response
		if response, err = site.Open(u); err == nil {
			return response, nil
		}
		if asError("", err).Kind != UnknownHost {
			return nil, err
		}
	}
	return nil, err
}

func (t *Transfer) begin(r *Response) {
	if err := t.handler.Header(r.Size); err != nil {
		t.end(err)
		return
	}
	if t.over { // the handler has cancelled
		return
	}
	s := &stream{t: t, r: r, start: t.n.k.Now()}
	s.buf = make([]byte, s.chunkSize())
	s.schedule()
}

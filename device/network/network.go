// Package network is what a module reaches over its radio link: virtual
// servers, made in memory or served from a folder, with the link's and each
// server's behaviour in device time; and, only when asked for, the real
// network of the PC.
//
// A download is one [Transfer]: a file that may take several connections. What
// a connection does is the business of virtual.go (device time) and real.go
// (sockets); what an answer means, when to follow it elsewhere and when to ask
// again is decided once for both, in file.go and transfer.go.
package network

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"time"

	"qpy/device/kernel"
)

// What a transfer does when nothing else is said.
const (
	DefaultTimeout   = 60 * time.Second // how long it waits for an answer or the next byte
	DefaultRetries   = 5                // how often it takes up a download that broke off
	DefaultRetryWait = time.Second      // before the first of them; it doubles each time
)

// Options are the properties of a network. The zero value is a perfect link to
// no server at all.
type Options struct {
	// Link is the module's radio link; [Network.SetLink] changes it.
	Link Link
	// Sites are the virtual servers. The first that knows the host answers.
	Sites []Site
	// Hosts say how the virtual servers behave; [Network.SetHost] changes one.
	Hosts []Host

	// Real lets the device out: a host that no site knows is looked for on the
	// real network of the PC, at its own speed.
	Real bool
	// Allow, when it is not empty, names the only hosts of the real network
	// that may be reached; see [ParseAllow].
	Allow []Allow
	// Resolve says where sockets find hosts of the real network, by name: an
	// IPv4 address, 127.0.0.1 being the PC itself. It lets nobody in that Allow
	// keeps out.
	Resolve map[string]string
	// RootCAs are whom HTTPS on the real network trusts; nil trusts whom the PC
	// trusts.
	RootCAs *x509.CertPool

	// Timeout, Retries and RetryWait stand for the defaults when 0; Retries < 0
	// is none. Times are device time for sites, real time for the real network.
	Timeout   time.Duration
	Retries   int
	RetryWait time.Duration

	// Note hears in one line that a download broke off and is taken up again;
	// nil drops it.
	Note func(string)
}

// Check tells what is wrong with options that come from a user: the error
// names the field and what is valid.
func (o Options) Check() error {
	errs := []error{o.Link.Check()}
	seen := map[string]bool{}
	for _, h := range o.Hosts {
		errs = append(errs, h.Check())
		if seen[h.key()] {
			errs = append(errs, fmt.Errorf("host %q is there twice; put its faults into one", h.Name))
		}
		seen[h.key()] = true
	}
	if len(o.Allow) > 0 && !o.Real {
		errs = append(errs, errors.New("hosts of the real network are allowed, but the real network is not asked for"))
	}
	for name, address := range o.Resolve {
		if a, err := netip.ParseAddr(address); err != nil || !a.Is4() {
			errs = append(errs, fmt.Errorf("resolve %q: %q is not an IPv4 address", name, address))
		}
	}
	return errors.Join(errs...)
}

// Network is the network of one device. Its methods are the kernel's: only the
// running task, an event or a callback may call them.
type Network struct {
	k        *kernel.Kernel
	opts     Options
	link     Link
	hosts    map[string]*server
	apn      APN
	open     map[*Transfer]bool // those that hold a connection
	parked   []*Transfer        // those whose packets wait for the link, in order
	received int64
	marks    []mark
	client   *realClient
	sockets  []*Socket // that are open
	ports    int       // free ports handed out so far
	names    names
}

// New makes a device's network of options that Check accepts.
func New(k *kernel.Kernel, o Options) *Network {
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	if o.Retries == 0 {
		o.Retries = DefaultRetries
	}
	if o.RetryWait <= 0 {
		o.RetryWait = DefaultRetryWait
	}
	if o.Note == nil {
		o.Note = func(string) {}
	}
	n := &Network{k: k, opts: o, link: o.Link, hosts: map[string]*server{}, open: map[*Transfer]bool{}}
	for _, h := range o.Hosts {
		n.SetHost(h)
	}
	n.client = newRealClient(o.RootCAs)
	return n
}

// Close lets go of what is still held by transfers that a restart has cut off.
// Their handlers hear no more. The kernel must not run any more.
func (n *Network) Close() {
	for t := range n.open {
		t.over = true
		t.release()
	}
	for _, s := range slices.Clone(n.sockets) {
		s.Close()
	}
}

// Link is the link as it is now.
func (n *Network) Link() Link { return n.link }

// SetLink changes the link, also under running downloads. While it is down
// nothing arrives; a download that hears nothing for the timeout breaks off.
func (n *Network) SetLink(l Link) {
	was := n.link
	n.link = l
	switch {
	case l.Down && !was.Down:
		n.cutReal()
	case !l.Down && was.Down:
		n.unpark()
	}
}

// SetHost changes how a virtual server behaves from its next connection on.
func (n *Network) SetHost(h Host) { n.hosts[h.key()] = newServer(h) }

// Received is how many bytes of files have come over the link since power-on,
// those that came a second time included: what the SIM card's owner pays for.
func (n *Network) Received() int64 { return n.received }

type mark struct {
	at int64
	fn func()
}

// AtByte runs fn once when so many bytes have come over the link since
// power-on: to the byte from virtual servers, at the next chunk from real ones.
func (n *Network) AtByte(at int64, fn func()) {
	i, _ := slices.BinarySearchFunc(n.marks, at, func(m mark, at int64) int {
		if m.at <= at {
			return -1
		}
		return 1
	})
	n.marks = slices.Insert(n.marks, i, mark{at, fn})
}

// untilMark is how many bytes may come before something is to happen.
func (n *Network) untilMark() int64 {
	if len(n.marks) == 0 {
		return 1<<63 - 1
	}
	return max(n.marks[0].at-n.received, 1)
}

// count counts bytes that have come.
func (n *Network) count(bytes int) {
	n.received += int64(bytes)
	for len(n.marks) > 0 && n.marks[0].at <= n.received {
		fn := n.marks[0].fn
		n.marks = n.marks[1:]
		fn()
	}
}

// Handler takes what a transfer brings. Its methods run as events of the
// kernel, so they must not wait. An error of Header or Data ends the transfer.
type Handler interface {
	// Header tells that a server answers with the file: size bytes, -1 when it
	// does not say. It is called once, also when more connections are needed.
	Header(size int64) error
	// Data is the next part of the file, valid until it returns. Each byte of
	// the file comes once.
	Data(chunk []byte) error
	// Done is the end, called once: nil when the whole file came, the
	// handler's own error, or an *Error.
	Done(err error)
}

// Fetch starts a download of http, https or ftp and returns at once; the
// handler hears of all that follows, never before Fetch has returned. The
// error is that of a URL that Parse refuses.
func (n *Network) Fetch(rawURL string, h Handler) (*Transfer, error) {
	u, err := Parse(rawURL)
	if err != nil {
		return nil, err
	}
	t := &Transfer{n: n, file: newFile(u), handler: h}
	t.connect()
	return t, nil
}

// isVirtual tells whether a site or a declared host answers for a URL.
func (n *Network) isVirtual(u *url.URL) bool {
	if !n.opts.Real {
		return true
	}
	if s := n.serverOf(u); s != nil && s.host.Name != AnyHost {
		return true
	}
	response, err := n.ask(u)
	if err == nil {
		response.Body.Close()
	}
	return asError("", err).Kind != UnknownHost
}

// ask asks the sites in turn.
func (n *Network) ask(u *url.URL) (*Response, error) {
	var err error = ErrUnknownHost
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

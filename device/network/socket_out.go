package network

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// fakeNet is where virtual hosts get their addresses: the block that RFC 2544
// keeps for benchmarks, which no real host has.
func fakeNet() netip.Addr { return netip.AddrFrom4([4]byte{198, 18, 0, 0}) }

// names are the hosts that the device has looked up.
type names struct {
	virtual map[string]netip.Addr // each gets the next address
	last    netip.Addr
	byAddr  map[netip.Addr][]string
}

// urlOf is a port of a host as sites are asked for it.
func urlOf(host string, port uint16) *url.URL {
	u := &url.URL{Scheme: "http", Host: host}
	if port != 80 {
		u.Host = net.JoinHostPort(host, strconv.Itoa(int(port)))
	}
	return u
}

// Lookup finds the address of a host and hands it to done, at once or later; of
// a host that nobody knows it is the zero value. Names of the real network are
// asked for only if it may be reached, and with allowed hosts only for those.
func (n *Network) Lookup(host string, done func(netip.Addr)) {
	name := strings.ToLower(strings.TrimSuffix(host, "."))
	if a, err := netip.ParseAddr(name); err == nil && a.Is4() {
		done(a)
		return
	}
	switch {
	case name == "localhost":
		done(loopback())
	case name == "":
		done(netip.IPv4Unspecified())
	case !validHost(name) || n.bearer() != nil:
		done(netip.Addr{})
	case n.virtualHost(name):
		done(n.virtualAddress(name))
	case n.opts.Real && n.allowedName(name):
		n.lookupReal(name, done)
	default:
		done(netip.Addr{})
	}
}

// virtualHost tells whether a site or a declared host has a name.
func (n *Network) virtualHost(name string) bool {
	u := urlOf(name, 80)
	if s := n.serverOf(u); s != nil && s.host.Name != AnyHost {
		return s.faults(u)[FaultDNS].Kind != FaultDNS
	}
	response, err := n.ask(u)
	if err == nil {
		response.Body.Close()
	}
	return asError("", err).Kind != UnknownHost
}

func (n *Network) virtualAddress(name string) netip.Addr {
	if a, ok := n.names.virtual[name]; ok {
		return a
	}
	if n.names.virtual == nil {
		n.names.virtual, n.names.last = map[string]netip.Addr{}, fakeNet()
	}
	a := n.names.last.Next()
	n.names.last, n.names.virtual[name] = a, a
	n.remember(a, name)
	return a
}

func (n *Network) remember(a netip.Addr, name string) {
	if n.names.byAddr == nil {
		n.names.byAddr = map[netip.Addr][]string{}
	}
	n.names.byAddr[a] = append(n.names.byAddr[a], name)
}

// allowedName tells whether any port of a host may be reached.
func (n *Network) allowedName(name string) bool {
	for _, a := range n.opts.Allow {
		if strings.EqualFold(a.Host, name) {
			return true
		}
	}
	return len(n.opts.Allow) == 0
}

func (n *Network) lookupReal(name string, done func(netip.Addr)) {
	if n.opts.Resolve[name] != "" {
		done(n.virtualAddress(name))
		return
	}
	x := n.k.External("address of " + name)
	x.Go(func(ctx context.Context) {
		ctx, cancel := context.WithTimeout(ctx, n.opts.Timeout)
		defer cancel()
		found, err := net.DefaultResolver.LookupNetIP(ctx, "ip4", name)
		x.Post(func() {
			if err != nil || len(found) == 0 {
				done(netip.Addr{})
				return
			}
			a := found[0].Unmap()
			n.remember(a, name)
			done(a)
		})
	})
}

// connectOut begins a connection to another host.
func (s *Socket) connectOut(a netip.AddrPort) error {
	n := s.n
	if n.bearer() != nil {
		return ENETUNREACH
	}
	hosts := n.names.byAddr[a.Addr()]
	elsewhere := ""
	if len(hosts) > 0 {
		if elsewhere = n.opts.Resolve[hosts[0]]; n.names.virtual[hosts[0]] == a.Addr() && (elsewhere == "" || !n.opts.Real) {
			s.state = connecting
			newVisit(s, hosts[0]).begin()
			return EINPROGRESS
		}
	}
	if !n.opts.Real {
		return EHOSTUNREACH
	}
	if elsewhere == "" {
		hosts = append(slices.Clone(hosts), a.Addr().String())
		elsewhere = a.Addr().String()
	}
	for _, host := range hosts {
		if n.allowed(urlOf(host, a.Port())) == nil {
			s.state = connecting
			dial(s, net.JoinHostPort(elsewhere, strconv.Itoa(int(a.Port()))))
			return EINPROGRESS
		}
	}
	n.opts.Note(fmt.Sprintf("no connection to %s, port %d: %v", hosts[0], a.Port(), n.allowed(urlOf(hosts[0], a.Port()))))
	return EACCES
}

// wire is a connection to a host of the real network.
type wire struct {
	s     *Socket
	stop  context.CancelFunc
	out   chan []byte // to the goroutine that writes; closed at the end
	unout int         // bytes handed to it that are not written
	taken chan struct{}
}

// dial connects to a real host on goroutines of its own. What comes in enters
// the kernel as posts; no more is read while the socket's window is full.
func dial(s *Socket, address string) {
	x := s.n.k.Background("connection to " + address)
	w := &wire{s: s, out: make(chan []byte, 1<<10), taken: make(chan struct{}, 1)}
	s.to = w
	ready := make(chan struct{})
	ctx0, cancel := context.WithCancel(context.Background())
	w.stop = cancel
	x.Go(func(run context.Context) {
		defer cancel()
		ctx, stop := context.WithCancel(run)
		defer stop()
		go func() {
			select {
			case <-ctx0.Done():
				stop()
			case <-ctx.Done():
			}
		}()
		limit, done := context.WithTimeout(ctx, s.n.opts.Timeout)
		conn, err := s.n.client.dial(limit, "tcp4", address)
		done()
		if err != nil {
			x.Post(func() { s.fail(errnoOf(err)) })
			return
		}
		defer conn.Close()
		x.Post(func() {
			s.state = connected
			s.changed()
			close(ready)
		})
		finished := make(chan struct{})
		go func() {
			defer close(finished)
			w.send(ctx, x.Post, conn)
		}()
		go func() {
			<-ctx.Done()
			conn.Close()
		}()
		w.receive(ctx, x.Post, conn)
		<-finished
	})
}

func (w *wire) receive(ctx context.Context, post func(func()) bool, conn net.Conn) {
	buf := make([]byte, realChunk)
	for {
		n, err := conn.Read(buf)
		if n > 0 {
			chunk := buf[:n]
			handed := make(chan bool, 1)
			if !post(func() {
				w.s.n.count(len(chunk))
				w.s.deliver(chunk)
				handed <- len(w.s.in) < window
			}) {
				return
			}
			select {
			case room := <-handed:
				if !room {
					select {
					case <-w.taken:
					case <-ctx.Done():
						return
					}
				}
			case <-ctx.Done():
				return
			}
		}
		if err != nil {
			post(func() {
				if ctx.Err() == nil && !errors.Is(err, net.ErrClosed) && errnoOf(err) == ECONNRESET {
					w.s.fail(ECONNRESET)
				}
				w.s.end()
			})
			return
		}
	}
}

func (w *wire) send(ctx context.Context, post func(func()) bool, conn net.Conn) {
	for {
		select {
		case p, ok := <-w.out:
			if !ok {
				if c, ok := conn.(*net.TCPConn); ok {
					_ = c.CloseWrite()
				}
				w.stop()
				return
			}
			_, err := conn.Write(p)
			if !post(func() {
				w.unout -= len(p)
				if err != nil {
					w.s.fail(errnoOf(err))
				}
				w.s.changed()
			}) || err != nil {
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

func (w *wire) write(p []byte) int {
	if !w.room() {
		return 0
	}
	n := min(len(p), window-w.unout)
	w.unout += n
	w.out <- append([]byte(nil), p[:n]...)
	return n
}

func (w *wire) room() bool { return len(w.out) < cap(w.out) && w.unout < window }

func (w *wire) read() {
	if len(w.s.in) < window {
		select {
		case w.taken <- struct{}{}:
		default:
		}
	}
}

func (w *wire) close() {
	if w.s.state == connecting {
		w.stop()
		return
	}
	close(w.out)
	select {
	case w.taken <- struct{}{}:
	default:
	}
}

// errnoOf is the number of an error of a real connection.
func errnoOf(err error) Errno {
	var slow net.Error
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return ECONNREFUSED
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return ECONNRESET
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &slow) && slow.Timeout():
		return ETIMEDOUT
	}
	return EHOSTUNREACH
}

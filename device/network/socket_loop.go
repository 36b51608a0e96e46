package network

import "net/netip"

// ownAddress is the device's in the operator's network.
func ownAddress() netip.Addr { return netip.AddrFrom4([4]byte{10, 0, 0, 2}) }

func loopback() netip.Addr { return netip.AddrFrom4([4]byte{127, 0, 0, 1}) }

// isOwn tells whether an address is one of the device's.
func isOwn(a netip.Addr) bool { return a.IsLoopback() || a.IsUnspecified() || a == ownAddress() }

const firstFreePort = 49152 // RFC 6335

// freePort is a port that no socket has, the next in turn.
func (n *Network) freePort() uint16 {
	for {
		p := uint16(firstFreePort + n.ports%(1<<16-firstFreePort))
		n.ports++
		if n.bound(false, p) == nil && n.bound(true, p) == nil {
			return p
		}
	}
}

// bound is the socket that has a port; nil if none has. A connection that was
// accepted shares the port of its listener and is not meant.
func (n *Network) bound(datagram bool, port uint16) *Socket {
	for _, s := range n.sockets {
		if s.datagram == datagram && s.local.Port() == port && s.local.IsValid() && s.state != connected {
			return s
		}
	}
	return nil
}

// connectLoop connects to a listener of the device itself. That takes no time,
// but the caller hears of it as of any other connection: later.
func (s *Socket) connectLoop(a netip.AddrPort) error {
	s.state = connecting
	s.n.k.After(0, "connection to "+a.String(), func() {
		if s.closed {
			return
		}
		l := s.n.bound(false, a.Port())
		if l == nil || l.state != listening || len(l.backlog) >= l.room {
			s.fail(ECONNREFUSED)
			return
		}
		peer := &Socket{n: s.n, state: connected, local: l.local, remote: netip.AddrPortFrom(loopback(), s.local.Port())}
		s.n.sockets = append(s.n.sockets, peer)
		s.state = connected
		s.to, peer.to = &loop{s, peer}, &loop{peer, s}
		l.backlog = append(l.backlog, peer)
		l.changed()
		s.changed()
	})
	return EINPROGRESS
}

// loop is the way from one socket of the device to another.
type loop struct{ from, peer *Socket }

func (l *loop) write(p []byte) int {
	if l.peer.closed { // what is sent is lost, and answered by a reset
		l.from.to = nil
		l.from.fail(ECONNRESET)
		return len(p)
	}
	n := min(len(p), max(window-len(l.peer.in), 0))
	if n > 0 {
		l.peer.deliver(p[:n])
	}
	return n
}

func (l *loop) room() bool { return l.peer.closed || len(l.peer.in) < window }

func (l *loop) read() { l.peer.changed() }

func (l *loop) close() { l.peer.end() }

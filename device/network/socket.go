package network

import (
	"fmt"
	"net/netip"
	"slices"

	"qpy/device/kernel"
)

// Errno is the number of a socket's error, as the C library numbers them.
type Errno int

// The errors of sockets.
const (
	EBADF        Errno = 9   // the socket is closed
	EAGAIN       Errno = 11  // it would have to wait
	EACCES       Errno = 13  // a host of the real network that may not be reached
	EINVAL       Errno = 22  // not in this state
	EPIPE        Errno = 32  // the connection is over
	EADDRINUSE   Errno = 98  // another socket has the port
	EADDRNOTAVA  Errno = 99  // not an address of the device
	ENETUNREACH  Errno = 101 // no bearer
	ECONNRESET   Errno = 104 // the other end broke the connection
	EISCONN      Errno = 106 // connected already
	ENOTCONN     Errno = 107 // not connected
	ETIMEDOUT    Errno = 110 // nobody answers
	ECONNREFUSED Errno = 111 // nobody listens there
	EHOSTUNREACH Errno = 113 // there is no such host
	EINPROGRESS  Errno = 115 // the connection is being made
)

func (e Errno) Error() string { return fmt.Sprintf("socket error %d", int(e)) }

// Errno is the number, for OSError.
func (e Errno) Errno() int { return int(e) }

// window is how many bytes of a connection a socket holds that nobody has read,
// and how many it takes that the other end has not got.
const window = 32 << 10

// packets is how many datagrams a socket holds; more are lost.
const packets = 64

// The states of a socket, in the order of its life; those of a stream are the
// numbers that getsocketsta tells of (lwIP's tcp_state).
const (
	fresh      = 0 // CLOSED
	listening  = 1 // LISTEN
	connecting = 2 // SYN_SENT
	connected  = 4 // ESTABLISHED
	peerClosed = 7 // CLOSE_WAIT
)

// Socket is one end of a connection, a listener, or a sender and receiver of
// datagrams. No method waits: what would have to answers EAGAIN, and Changed
// wakes when it is worth to try again. Methods are the kernel's.
type Socket struct {
	// Changed is woken when something has come, gone or failed.
	Changed kernel.Queue

	n             *Network
	datagram      bool
	closed        bool
	state         int
	local, remote netip.AddrPort
	in            []byte // that came and was not read
	got           []Datagram
	ended         bool // the other end sends no more
	failed        Errno
	backlog       []*Socket // connections that nobody has accepted
	room          int       // of the backlog
	to            farEnd    // nil without a connection
}

// Datagram is a packet with where it is from.
type Datagram struct {
	From netip.AddrPort
	Data []byte
}

// farEnd is who is at the other end of a connection.
type farEnd interface {
	// write takes some of p and tells how much; 0 is that it must wait.
	write(p []byte) int
	// room tells whether write would take something.
	room() bool
	// read tells that the socket has room again.
	read()
	// close ends the connection from this end.
	close()
}

// NewSocket makes a socket for a stream, or for datagrams.
func (n *Network) NewSocket(datagram bool) *Socket {
	s := &Socket{n: n, datagram: datagram}
	n.sockets = append(n.sockets, s)
	return s
}

// State is the state of a stream by lwIP's number: 0 closed, 1 listening, 2
// connecting, 4 connected, 7 when the other end has closed.
func (s *Socket) State() int {
	if s.closed {
		return fresh
	}
	if s.state == connected && s.ended {
		return peerClosed
	}
	return s.state
}

// Remote is the address of the other end; the zero value without one.
func (s *Socket) Remote() netip.AddrPort { return s.remote }

func (s *Socket) changed() { s.Changed.WakeAll() }

// fail ends a connection for an error that the next call answers.
func (s *Socket) fail(e Errno) {
	if s.closed || s.failed != 0 {
		return
	}
	s.failed = e
	s.changed()
}

// deliver takes what has come from the other end.
func (s *Socket) deliver(p []byte) {
	s.in = append(s.in, p...)
	s.changed()
}

// end takes the end of what comes.
func (s *Socket) end() {
	s.ended = true
	s.changed()
}

// Bind gives the socket an address of the device; port 0 is any that is free.
func (s *Socket) Bind(a netip.AddrPort) error {
	switch {
	case s.closed:
		return EBADF
	case s.local.IsValid():
		return EINVAL
	case !isOwn(a.Addr()):
		return EADDRNOTAVA
	case a.Port() == 0:
		a = netip.AddrPortFrom(a.Addr(), s.n.freePort())
	case s.n.bound(s.datagram, a.Port()) != nil:
		return EADDRINUSE
	}
	s.local = a
	return nil
}

// Listen makes the socket a listener that holds so many connections which
// nobody has accepted, at least one.
func (s *Socket) Listen(backlog int) error {
	switch {
	case s.closed:
		return EBADF
	case s.datagram || s.state > listening:
		return EINVAL
	case !s.local.IsValid():
		if err := s.Bind(netip.AddrPortFrom(netip.IPv4Unspecified(), 0)); err != nil {
			return err
		}
	}
	s.state, s.room = listening, max(backlog, 1)
	return nil
}

// Accept gives the next connection to a listener; EAGAIN when there is none.
func (s *Socket) Accept() (*Socket, error) {
	switch {
	case s.closed:
		return nil, EBADF
	case s.state != listening:
		return nil, EINVAL
	case len(s.backlog) == 0:
		return nil, EAGAIN
	}
	c := s.backlog[0]
	s.backlog = s.backlog[1:]
	return c, nil
}

// Connect begins a connection, or fixes where datagrams go. nil says that it
// stands, EINPROGRESS that Connected tells later.
func (s *Socket) Connect(a netip.AddrPort) error {
	switch {
	case s.closed:
		return EBADF
	case s.datagram:
		s.remote = a
		return nil
	case s.failed != 0:
		return s.takeError()
	case s.state == connecting:
		return EINPROGRESS
	case s.state == connected:
		return EISCONN
	case s.state == listening:
		return EINVAL
	}
	if !s.local.IsValid() {
		s.local = netip.AddrPortFrom(netip.IPv4Unspecified(), s.n.freePort())
	}
	s.remote = a
	if isOwn(a.Addr()) {
		return s.connectLoop(a)
	}
	return s.connectOut(a)
}

// Connected tells whether a connection that was begun stands: EINPROGRESS while
// it does not, or why it never will.
func (s *Socket) Connected() error {
	switch {
	case s.closed:
		return EBADF
	case s.failed != 0:
		return s.takeError()
	case s.state == connecting:
		return EINPROGRESS
	}
	return nil
}

// takeError gives the failure of the connection, which is over then.
func (s *Socket) takeError() error {
	e := s.failed
	s.failed = 0
	if s.state == connecting {
		s.state, s.to = fresh, nil
	} else {
		s.ended = true
	}
	return e
}

// Send hands on some of p and tells how much; EAGAIN when none can go now.
func (s *Socket) Send(p []byte) (int, error) {
	switch {
	case s.closed:
		return 0, EBADF
	case s.datagram && s.remote.IsValid():
		return s.SendTo(p, s.remote)
	case s.failed != 0:
		return 0, s.takeError()
	case s.state == connecting:
		return 0, EAGAIN
	case s.state != connected, s.to == nil:
		return 0, EPIPE
	case len(p) == 0:
		return 0, nil
	}
	if n := s.to.write(p); n > 0 {
		return n, nil
	}
	return 0, EAGAIN
}

// Receive gives what has come, as far as it fits; 0 without an error is the end.
func (s *Socket) Receive(p []byte) (int, error) {
	if s.datagram {
		d, err := s.ReceiveFrom()
		return copy(p, d.Data), err
	}
	switch {
	case s.closed:
		return 0, EBADF
	case len(s.in) > 0:
		n := copy(p, s.in)
		if s.in = s.in[n:]; len(s.in) == 0 {
			s.in = nil
		}
		if s.to != nil {
			s.to.read()
		}
		return n, nil
	case s.failed != 0:
		return 0, s.takeError()
	case s.ended:
		return 0, nil
	case s.state == fresh, s.state == listening:
		return 0, ENOTCONN
	}
	return 0, EAGAIN
}

// SendTo sends a datagram. On the device itself it arrives at once; into the
// networks beyond there is no way for datagrams.
func (s *Socket) SendTo(p []byte, a netip.AddrPort) (int, error) {
	switch {
	case s.closed:
		return 0, EBADF
	case !s.datagram:
		return s.Send(p)
	case !isOwn(a.Addr()):
		return 0, EHOSTUNREACH
	}
	if !s.local.IsValid() {
		s.local = netip.AddrPortFrom(netip.IPv4Unspecified(), s.n.freePort())
	}
	from := netip.AddrPortFrom(loopback(), s.local.Port())
	if to := s.n.bound(true, a.Port()); to != nil && len(to.got) < packets {
		to.got = append(to.got, Datagram{from, slices.Clone(p)})
		to.changed()
	}
	return len(p), nil
}

// ReceiveFrom gives the next datagram; EAGAIN when there is none. Of a stream it
// is what Receive gives, from the other end.
func (s *Socket) ReceiveFrom() (Datagram, error) {
	switch {
	case s.closed:
		return Datagram{}, EBADF
	case len(s.got) == 0:
		return Datagram{}, EAGAIN
	}
	d := s.got[0]
	s.got = s.got[1:]
	return d, nil
}

// Close gives the socket up. What was sent still arrives.
func (s *Socket) Close() {
	if s.closed {
		return
	}
	s.closed = true
	s.n.sockets = slices.DeleteFunc(s.n.sockets, func(o *Socket) bool { return o == s })
	if s.to != nil {
		s.to.close()
		s.to = nil
	}
	for _, c := range s.backlog {
		c.Close()
	}
	s.backlog, s.in, s.got = nil, nil, nil
	s.changed()
}

// Events that a poll tells of, by the numbers of poll(2).
const (
	PollIn      = 1
	PollOut     = 4
	PollErr     = 8
	PollHup     = 16
	PollInvalid = 32
)

// Poll tells what the socket is ready for now.
func (s *Socket) Poll() int {
	switch {
	case s.closed:
		return PollInvalid
	case s.datagram && len(s.got) > 0:
		return PollIn | PollOut
	case s.datagram:
		return PollOut
	case s.failed != 0:
		return PollIn | PollOut | PollErr | PollHup
	}
	switch s.state {
	case fresh:
		return PollOut | PollHup
	case listening:
		if len(s.backlog) > 0 {
			return PollIn
		}
	case connected:
		ready := 0
		if s.ended || len(s.in) > 0 {
			ready |= PollIn
		}
		if s.to == nil || s.to.room() {
			ready |= PollOut
		}
		return ready
	}
	return 0
}

package usocket

import (
	"errors"
	"fmt"
	"time"

	"qpy/device/kernel"
	"qpy/device/network"
	"qpy/modules/board"
	"qpy/python"
	"qpy/python/object"
	"qpy/python/stream"
)

// socketObject is an object of class socket.
type socketObject struct {
	object.Header
	b       *board.Board
	s       *network.Socket
	stream  bool
	number  int64         // file descriptor
	timeout time.Duration // of a call that waits; 0 does not wait, <0 has no end
}

var (
	socketType = object.NewType("socket")
	sockets    object.Layout[socketObject]
)

const (
	requestPoll  = 3  // MP_STREAM_POLL
	firstNumber  = 3  // of a descriptor: 0 to 2 are the console's
	objectSize   = 96 // bytes that a socket costs a script
	alwaysTold   = network.PollErr | network.PollHup | network.PollInvalid
	notSupported = "Warning: lwip.setsockopt() option not implemented\n"
)

// setUp fills the type.
func setUp() {
	sockets = object.NewLayout[socketObject](socketType)
	socketType.New = create
	socketType.Print = func(_ *object.Thread, w *object.Printer, self object.Value, _ object.PrintKind) error {
		return w.Strf("<socket %d>", sockets.Must(self).number)
	}
	socketType.Visit = func(object.Value, func(object.Value)) int { return objectSize }
	socketType.Stream = &object.Stream{Read: read, Write: write, Close: closeSocket, Ioctl: ioctl}
	for _, f := range []object.Value{
		object.Func2("bind", bind),
		object.Func2("listen", listen),
		object.Func1("accept", accept),
		object.Func2("connect", connect),
		object.Func2("send", send),
		object.Func2("sendall", sendAll),
		object.Func3("sendto", sendTo),
		object.Func2("recv", receive),
		object.Func2("recvfrom", receiveFrom),
		object.FuncVar("setsockopt", 4, 4, setOption),
		object.Func2("settimeout", setTimeout),
		object.Func2("setblocking", setBlocking),
		object.FuncVar("makefile", 1, 3, func(_ *object.Thread, args []object.Value) (object.Value, error) {
			_, err := of(args[0])
			return args[0], err
		}),
		object.Func1("fileno", func(_ *object.Thread, self object.Value) (object.Value, error) {
			o, err := of(self)
			if err != nil {
				return object.Null, err
			}
			return object.Int(o.number), nil
		}),
		object.Func1("getsocketsta", func(_ *object.Thread, self object.Value) (object.Value, error) {
			o, err := of(self)
			if err != nil {
				return object.Null, err
			}
			return object.Int(int64(o.s.State())), nil
		}),
	} {
		b, _ := f.AsBuiltin()
		socketType.Define(b.Name, f)
	}
	stream.DefineOnly(socketType, "read", "readinto", "readline", "write", "close")
}

// of is the object of a method that was taken from the class.
func of(v object.Value) (*socketObject, error) {
	o, ok := sockets.From(v)
	if !ok {
		return nil, object.Raise(object.TypeError, "argument has wrong type")
	}
	return o, nil
}

// create is socket([family[, type[, proto]]]).
func create(t *object.Thread, _ *object.Type, args, kw []object.Value) (object.Value, error) {
	if err := object.CheckNum(args, kw, 0, 3, false); err != nil {
		return object.Null, err
	}
	given := [3]int64{afInet, sockStream, 0}
	for i, v := range args {
		var err error
		if given[i], err = object.ToInt(t, v); err != nil {
			return object.Null, err
		}
	}
	switch {
	case given[0] != afInet:
		return object.Null, errno(eafnosupport)
	case given[1] != sockStream && given[1] != sockDgram:
		return object.Null, errno(eprotonosup)
	}
	b := board.OfEngine(t.In)
	if b == nil {
		return object.Null, object.Raise(object.NotImplementedError, "a socket needs a device to run on")
	}
	return newSocket(t, b, b.Dev.Network().NewSocket(given[1] == sockDgram), given[1] == sockStream)
}

func newSocket(t *object.Thread, b *board.Board, s *network.Socket, isStream bool) (object.Value, error) {
	b.Sockets++
	o := &socketObject{Header: object.NewHeader(socketType), b: b, s: s, stream: isStream,
		number: firstNumber - 1 + int64(b.Sockets), timeout: -1}
	return o.Header.Value(), t.Alloc(objectSize)
}

// await tries until the socket does not have to wait any more, or the timeout
// has passed. what completes "waits for …".
func (o *socketObject) await(t *object.Thread, what string, try func() error) error {
	k := o.b.Dev.Kernel
	start := k.Now()
	for {
		err := try()
		waits := errors.Is(err, network.EAGAIN) || errors.Is(err, network.EINPROGRESS)
		if !waits {
			return o.raise(t, err)
		}
		left := time.Duration(-1)
		if o.timeout >= 0 {
			if left = o.timeout - (k.Now() - start); left <= 0 {
				if o.timeout > 0 {
					err = network.ETIMEDOUT
				}
				return o.raise(t, err)
			}
		}
		if _, err := k.Current().Wait(&o.s.Changed, left, fmt.Sprintf("%s of socket %d", what, o.number), kernel.RunCallbacks); err != nil {
			return o.raise(t, o.b.Err(err))
		}
	}
}

func (o *socketObject) raise(t *object.Thread, err error) error {
	if err == nil {
		return nil
	}
	return python.InterpOf(t.In).Err(err)
}

func bind(t *object.Thread, self, address object.Value) (object.Value, error) {
	o, err := of(self)
	if err != nil {
		return object.Null, err
	}
	a, err := addressIn(t, o.b, address)
	if err != nil {
		return object.Null, err
	}
	return object.None, o.raise(t, o.s.Bind(a))
}

func listen(t *object.Thread, self, backlog object.Value) (object.Value, error) {
	o, err := of(self)
	if err != nil {
		return object.Null, err
	}
	n, err := object.ToInt(t, backlog)
	if err != nil {
		return object.Null, err
	}
	return object.None, o.raise(t, o.s.Listen(int(min(max(n, 0), 1<<16))))
}

func accept(t *object.Thread, self object.Value) (object.Value, error) {
	o, err := of(self)
	if err != nil {
		return object.Null, err
	}
	var c *network.Socket
	if err := o.await(t, "a connection", func() error { c, err = o.s.Accept(); return err }); err != nil {
		return object.Null, err
	}
	v, err := newSocket(t, o.b, c, true)
	return object.NewTuple(v, addressOut(c.Remote())), err
}

func connect(t *object.Thread, self, address object.Value) (object.Value, error) {
	o, err := of(self)
	if err != nil {
		return object.Null, err
	}
	a, err := addressIn(t, o.b, address)
	if err != nil {
		return object.Null, err
	}
	begun := false
	return object.None, o.await(t, "the connection", func() error {
		if begun {
			return o.s.Connected()
		}
		begun = true
		return o.s.Connect(a)
	})
}

// sent hands on all of p, or as much as goes before the timeout.
func (o *socketObject) sent(t *object.Thread, p []byte) (int, error) {
	done := 0
	for done < len(p) {
		err := o.await(t, "room", func() error {
			n, err := o.s.Send(p[done:])
			done += n
			return err
		})
		if err != nil {
			if done > 0 && isTimeout(err) {
				return done, nil
			}
			return done, err
		}
	}
	return done, nil
}

// isTimeout tells whether an error is that a call would have waited longer.
func isTimeout(err error) bool {
	var e *object.Exception
	if !errors.As(err, &e) || len(e.Args.Items) != 1 {
		return false
	}
	n := e.Args.Items[0]
	return n == object.Int(int64(network.EAGAIN)) || n == object.Int(int64(network.ETIMEDOUT))
}

// toSend is the socket that self is, and the bytes of data.
func toSend(t *object.Thread, self, data object.Value) (*socketObject, []byte, error) {
	o, err := of(self)
	if err != nil {
		return nil, nil, err
	}
	buf, err := object.GetBuffer(t, data, false)
	return o, buf.Data, err
}

func send(t *object.Thread, self, data object.Value) (object.Value, error) {
	o, p, err := toSend(t, self, data)
	if err != nil {
		return object.Null, err
	}
	n, err := o.sent(t, p)
	return object.Int(int64(n)), err
}

func sendAll(t *object.Thread, self, data object.Value) (object.Value, error) {
	o, p, err := toSend(t, self, data)
	if err != nil {
		return object.Null, err
	}
	n, err := o.sent(t, p)
	if err == nil && n < len(p) {
		err = errno(int64(network.ETIMEDOUT))
	}
	return object.None, err
}

func sendTo(t *object.Thread, self, data, address object.Value) (object.Value, error) {
	o, p, err := toSend(t, self, data)
	if err != nil {
		return object.Null, err
	}
	a, err := addressIn(t, o.b, address)
	if err != nil {
		return object.Null, err
	}
	n := 0
	err = o.await(t, "room", func() error {
		var err error
		n, err = o.s.SendTo(p, a)
		return err
	})
	return object.Int(int64(n)), err
}

// taken reads at most size bytes of what has come.
func (o *socketObject) taken(t *object.Thread, size object.Value) ([]byte, network.Datagram, error) {
	n, err := object.ToInt(t, size)
	if err != nil {
		return nil, network.Datagram{}, err
	}
	if n < 0 || n > t.In.Profile.Heap {
		return nil, network.Datagram{}, object.MemoryErr(uint64(n))
	}
	if err := t.Alloc(int(n)); err != nil {
		return nil, network.Datagram{}, err
	}
	var d network.Datagram
	if !o.stream {
		err := o.await(t, "data", func() error { d, err = o.s.ReceiveFrom(); return err })
		return d.Data[:min(len(d.Data), int(n))], d, err
	}
	p := make([]byte, n)
	got := 0
	err = o.await(t, "data", func() error { got, err = o.s.Receive(p); return err })
	return p[:got], network.Datagram{From: o.s.Remote()}, err
}

func receive(t *object.Thread, self, size object.Value) (object.Value, error) {
	o, err := of(self)
	if err != nil {
		return object.Null, err
	}
	p, _, err := o.taken(t, size)
	return object.NewBytes(string(p)), err
}

func receiveFrom(t *object.Thread, self, size object.Value) (object.Value, error) {
	o, err := of(self)
	if err != nil {
		return object.Null, err
	}
	p, d, err := o.taken(t, size)
	if err != nil {
		return object.Null, err
	}
	return object.NewTuple(object.NewBytes(string(p)), addressOut(d.From)), nil
}

func read(t *object.Thread, self object.Value, p []byte) (int, error) {
	o := sockets.Must(self)
	n := 0
	err := o.await(t, "data", func() (err error) { n, err = o.s.Receive(p); return err })
	return n, err
}

func write(t *object.Thread, self object.Value, p []byte) (int, error) {
	o := sockets.Must(self)
	n := 0
	err := o.await(t, "room", func() (err error) { n, err = o.s.Send(p); return err })
	return n, err
}

func closeSocket(_ *object.Thread, self object.Value) error {
	sockets.Must(self).s.Close()
	return nil
}

func ioctl(t *object.Thread, self object.Value, request, arg int64) (int64, error) {
	if request != requestPoll {
		return object.NoRequests(t, self, request, arg)
	}
	return int64(sockets.Must(self).s.Poll()) & (arg | alwaysTold), nil
}

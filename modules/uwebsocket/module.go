// Package uwebsocket is the module `uwebsocket` of MicroPython's unix port: the
// frames of a WebSocket over a stream that is connected already
// (extmod/moduwebsocket.c). The modules' firmware has none.
package uwebsocket

import (
	"encoding/binary"

	"qpy/python"
	"qpy/python/object"
	"qpy/python/stream"
)

// Kinds of frame and bits of its first byte (RFC 6455, 5.2).
const (
	frameCont  = 0
	frameText  = 1
	frameClose = 8
	opcodeMask = 0x0f
	final      = 0x80
	masked     = 0x80
)

// Requests of ioctl beside those of every stream (py/stream.h).
const (
	requestClose   = 4
	getDataOptions = 8
	setDataOptions = 9
)

const (
	eagain     = 11
	shortSize  = 126 // from here on two more bytes are the size
	hugeSize   = 127 // eight bytes are, which MicroPython refuses too
	objectSize = 80
)

// websocket is an object of class websocket. A header is read byte by byte as
// it comes, so that a stream without waiting can be read, too.
type websocket struct {
	object.Header
	s        object.Value
	blocking bool // the stream is made to wait while something is written
	opcode   byte // of what is written
	head     []byte
	need     int // bytes of the header, as far as it is known
	inside   bool
	left     int // bytes of the frame's data that are to come
	mask     [4]byte
	at       int  // in the mask
	flags    byte // first byte of the frame that is read
	data     byte // that of the last data frame
}

var (
	websocketType = object.NewType("websocket")
	websockets    object.Layout[websocket]
	nSetBlocking  *object.Str
)

// Module is the module `uwebsocket`.
var Module = python.Module{Name: "uwebsocket", SetUp: setUp, Build: build}

func build(in *object.Interp, m *object.Module) {
	m.Define(in, "websocket", websocketType.Value())
}

func setUp() {
	websockets = object.NewLayout[websocket](websocketType)
	nSetBlocking = object.Intern("setblocking")
	websocketType.New = create
	websocketType.Visit = func(self object.Value, f func(object.Value)) int {
		f(websockets.Must(self).s)
		return objectSize
	}
	websocketType.Stream = &object.Stream{Read: read, Write: write, Ioctl: ioctl, Close: func(t *object.Thread, self object.Value) error {
		_, err := ioctl(t, self, requestClose, 0)
		return err
	}}
	stream.DefineOnly(websocketType, "read", "readinto", "readline", "write")
	websocketType.Define("ioctl", object.FuncVar("ioctl", 2, 3, func(t *object.Thread, args []object.Value) (object.Value, error) {
		var n [2]int64
		for i, v := range args[1:] {
			var err error
			if n[i], err = object.ToInt(t, v); err != nil {
				return object.Null, err
			}
		}
		r, err := ioctl(t, args[0], n[0], n[1])
		return object.Int(r), err
	}))
	stream.DefineOnly(websocketType, "close")
}

// create is websocket(stream[, blocking]).
func create(t *object.Thread, _ *object.Type, args, kw []object.Value) (object.Value, error) {
	if err := object.CheckNum(args, kw, 1, 2, false); err != nil {
		return object.Null, err
	}
	if s := args[0].Type().Stream; s == nil || s.Read == nil || s.Write == nil || s.Ioctl == nil {
		return object.Null, object.ErrStream()
	}
	w := &websocket{Header: object.NewHeader(websocketType), s: args[0], opcode: frameText, need: 2}
	w.blocking = len(args) > 1 && args[1] == object.True
	return w.Header.Value(), t.Alloc(objectSize)
}

// header reads the next frame's header; false is the end of the stream.
func (w *websocket) header(t *object.Thread) (bool, error) {
	for len(w.head) < w.need {
		p := make([]byte, w.need-len(w.head))
		n, err := w.s.Type().Stream.Read(t, w.s, p)
		if err != nil || n == 0 {
			return false, err
		}
		w.head = append(w.head, p[:n]...)
		if len(w.head) < w.need {
			return false, object.RaiseArgs(object.OSError, object.Int(eagain))
		}
		if len(w.head) == 2 {
			switch w.head[1] &^ masked {
			case shortSize:
				w.need += 2
			case hugeSize:
				return false, object.Raise(object.ValueError, "a frame of more than 65535 bytes")
			}
			if w.head[1]&masked != 0 {
				w.need += len(w.mask)
			}
		}
	}
	w.begin()
	return true, nil
}

// begin takes over what the header says.
func (w *websocket) begin() {
	w.flags = w.head[0]
	if w.flags&opcodeMask == frameCont {
		w.data = w.data&opcodeMask | w.flags&^opcodeMask
	} else {
		w.data = w.flags
	}
	rest := w.head[2:]
	w.left = int(w.head[1] &^ masked)
	if w.left == shortSize {
		w.left, rest = int(binary.BigEndian.Uint16(rest)), rest[2:]
	}
	w.mask = [4]byte{}
	copy(w.mask[:], rest)
	w.head, w.need, w.at, w.inside = nil, 2, 0, true
}

// read gives data of the next frame that has some. Control frames are read and
// passed over; a close is answered, and is the end.
func read(t *object.Thread, self object.Value, p []byte) (int, error) {
	w := websockets.Must(self)
	for {
		if !w.inside {
			if ok, err := w.header(t); err != nil || !ok {
				return 0, err
			}
		}
		n := 0
		if w.left > 0 {
			var err error
			n, err = w.s.Type().Stream.Read(t, w.s, p[:min(len(p), w.left)])
			if err != nil || n == 0 {
				return 0, err
			}
			for i := range p[:n] {
				p[i] ^= w.mask[w.at&3]
				w.at++
			}
			w.left -= n
		}
		control := w.flags&opcodeMask >= frameClose
		w.inside = w.left > 0
		switch {
		case !w.inside && w.flags&opcodeMask == frameClose:
			_, _ = write(t, self, []byte{final | frameClose, 0}) // whether it arrives or not
			return 0, nil
		case n > 0 && (!control || w.inside):
			return n, nil
		}
	}
}

// write sends one frame.
func write(t *object.Thread, self object.Value, p []byte) (int, error) {
	w := websockets.Must(self)
	if len(p) >= 1<<16 {
		return 0, object.Raise(object.ValueError, "a frame of more than 65535 bytes")
	}
	head := []byte{final | w.opcode, byte(len(p))}
	if len(p) >= shortSize {
		head = binary.BigEndian.AppendUint16([]byte{final | w.opcode, shortSize}, uint16(len(p)))
	}
	if w.blocking {
		if _, err := object.CallName(t, w.s, nSetBlocking, object.True); err != nil {
			return 0, err
		}
	}
	_, err := stream.WriteAll(t, w.s, head)
	n := 0
	if err == nil {
		n, err = stream.WriteAll(t, w.s, p)
	}
	if w.blocking {
		if _, err := object.CallName(t, w.s, nSetBlocking, object.False); err != nil {
			return n, err
		}
	}
	return n, err
}

// ioctl gives and sets the kind of frame that is read and written, and closes
// the stream.
func ioctl(t *object.Thread, self object.Value, request, arg int64) (int64, error) {
	w, ok := websockets.From(self)
	if !ok {
		return 0, object.RaiseArgs(object.TypeError)
	}
	switch request {
	case requestClose:
		if f := w.s.Type().Stream.Close; f != nil {
			return 0, f(t, w.s)
		}
		return 0, nil
	case getDataOptions:
		return int64(w.data & opcodeMask), nil
	case setDataOptions:
		old := w.opcode
		w.opcode = byte(arg) & opcodeMask
		return int64(old), nil
	}
	return object.NoRequests(t, self, request, arg)
}

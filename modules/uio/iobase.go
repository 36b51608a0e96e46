package uio

import "qpy/python/object"

// ioBase is the base of streams that a script writes itself: what reads from
// or writes to an instance calls its methods readinto, write and ioctl. It has
// no methods of its own.
var ioBase = object.NewType("IOBase")

// base is what IOBase() gives: one object for all.
type base struct {
	object.Header
	_ uint64 // an object needs an address of its own
}

var (
	singleton                 *base
	nReadInto, nWrite, nIoctl *object.Str
)

// Requests of ioctl (py/stream.h).
const (
	requestFlush = 1
	requestClose = 4
)

// eagain is the error number of a stream that would have to wait.
const eagain = 11

func setUpBase() {
	singleton = &base{Header: object.NewHeader(ioBase)}
	nReadInto, nWrite, nIoctl = object.Intern("readinto"), object.Intern("write"), object.Intern("ioctl")
	ioBase.New = func(*object.Thread, *object.Type, []object.Value, []object.Value) (object.Value, error) {
		return singleton.Header.Value(), nil
	}
	ioBase.Stream = &object.Stream{
		Read: func(t *object.Thread, self object.Value, p []byte) (int, error) {
			return transfer(t, self, nReadInto, p)
		},
		Write: func(t *object.Thread, self object.Value, p []byte) (int, error) { return transfer(t, self, nWrite, p) },
		Flush: func(t *object.Thread, self object.Value) error { _, err := ioctl(t, self, requestFlush, 0); return err },
		Close: func(t *object.Thread, self object.Value) error { _, err := ioctl(t, self, requestClose, 0); return err },
		Ioctl: ioctl,
	}
}

// transfer calls self.name(buffer) and takes its answer for a number of bytes:
// None is EAGAIN, a negative number an error (iobase_read_write).
func transfer(t *object.Thread, self object.Value, name *object.Str, p []byte) (int, error) {
	fn, recv, err := object.LoadMethod(t, self, name)
	if err != nil {
		return 0, err
	}
	// The script may keep the buffer, so it gets memory of its own.
	own := append([]byte(nil), p...)
	if err := t.Alloc(len(own) + 64); err != nil {
		return 0, err
	}
	r, err := object.CallMethod(t, fn, recv, []object.Value{object.NewByteArray(own)}, nil)
	if err != nil {
		return 0, err
	}
	if r.IsNone() {
		return 0, errno(eagain)
	}
	n, err := number(t, r)
	if err != nil {
		return 0, err
	}
	if n > int64(len(p)) {
		// MicroPython believes it and reads or writes beyond the buffer.
		return 0, object.Raisef(object.ValueError, "%s of %d bytes says it took %d", name, len(p), n)
	}
	if name == nReadInto {
		copy(p, own)
	}
	return int(n), nil
}

// number is a result, an error if it is negative.
func number(t *object.Thread, r object.Value) (int64, error) {
	n, err := object.ToInt(t, r)
	if err == nil && n < 0 {
		err = errno(-n)
	}
	return n, err
}

func errno(n int64) error { return object.RaiseArgs(object.OSError, object.Int(n)) }

// ioctl calls self.ioctl(request, arg).
func ioctl(t *object.Thread, self object.Value, request, arg int64) (int64, error) {
	r, err := object.CallName(t, self, nIoctl, object.Int(request), object.Int(arg))
	if err != nil {
		return 0, err
	}
	return number(t, r)
}

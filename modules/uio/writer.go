package uio

import (
	"qpy/python/object"
	"qpy/python/stream"
)

// writer is a BufferedWriter: it hands on what is written to it in pieces of
// one size, whatever pieces it comes in.
type writer struct {
	object.Header
	to  object.Value
	buf []byte // what waits; its capacity is the size of a piece
}

var (
	bufferedWriter = object.NewType("BufferedWriter")
	writers        object.Layout[writer]
)

func setUpWriter() {
	writers = object.NewLayout[writer](bufferedWriter)
	bufferedWriter.New = newWriter
	bufferedWriter.Stream = &object.Stream{Write: writerWrite, Flush: writerFlush}
	bufferedWriter.Visit = func(self object.Value, f func(object.Value)) int {
		w := writers.Must(self)
		f(w.to)
		return 64 + cap(w.buf)
	}
	stream.DefineOnly(bufferedWriter, "write", "flush")
}

// newWriter is BufferedWriter(stream, size).
func newWriter(t *object.Thread, _ *object.Type, args, kw []object.Value) (object.Value, error) {
	if err := object.CheckNum(args, kw, 2, 2, false); err != nil {
		return object.Null, err
	}
	size, err := object.ToInt(t, args[1])
	switch {
	case err != nil:
		return object.Null, err
	case size == 0: // MicroPython's would write nothing for ever
		return object.Null, object.RaiseArgs(object.ValueError)
	case size < 0 || size > t.In.Profile.Heap:
		return object.Null, object.MemoryErr(uint64(size))
	}
	if err := t.Alloc(64 + int(size)); err != nil {
		return object.Null, err
	}
	w := &writer{Header: object.NewHeader(bufferedWriter), to: args[0], buf: make([]byte, 0, size)}
	return w.Header.Value(), nil
}

func writerWrite(t *object.Thread, self object.Value, p []byte) (int, error) {
	w := writers.Must(self)
	done := 0
	for done < len(p) {
		before := len(w.buf)
		n := copy(w.buf[before:cap(w.buf)], p[done:])
		w.buf = w.buf[:len(w.buf)+n]
		done += n
		if len(w.buf) == cap(w.buf) {
			full := w.buf
			if err := writerFlush(t, self); err != nil {
				w.buf = full[:before] // what was there before waits for the next write
				return done, err
			}
		}
	}
	return done, nil
}

// writerFlush hands on what waits. What the stream does not take is lost, as
// after flush in MicroPython.
func writerFlush(t *object.Thread, self object.Value) error {
	w := writers.Must(self)
	p := w.buf
	w.buf = make([]byte, 0, cap(p)) // the stream may be a script's, and write here
	_, err := stream.WriteAll(t, w.to, p)
	return err
}

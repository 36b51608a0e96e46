// Package uzlib is the module `uzlib` (and `zlib`): decompression of deflate,
// zlib and gzip streams (extmod/moduzlib.c).
package uzlib

import (
	"qpy/python"
	"qpy/python/object"
	"qpy/python/stream"
)

// decompIO is a stream that decompresses another.
type decompIO struct {
	object.Header
	source object.Value
	d      inflater
	ended  bool
}

var (
	decompType = object.NewType("DecompIO")
	decomps    object.Layout[decompIO]
)

// einval is what reading answers when the stream is damaged.
const einval = 22

// Module is the module `uzlib`.
var Module = python.Module{Name: "uzlib", SetUp: setUp, Build: build}

func build(in *object.Interp, m *object.Module) {
	python.Functions(in, m, object.FuncVar("decompress", 1, 3, decompress))
	m.Define(in, "DecompIO", decompType.Value())
}

func setUp() {
	decomps = object.NewLayout[decompIO](decompType)
	decompType.New = create
	decompType.Stream = &object.Stream{Read: read}
	stream.DefineOnly(decompType, "read", "readinto", "readline")
	decompType.Visit = func(self object.Value, f func(object.Value)) int {
		o := decomps.Must(self)
		f(o.source)
		return objectSize + len(o.d.ring)
	}
}

// objectSize is about what an object takes besides its window, in bytes.
const objectSize = 1408

// maxWindow is the largest window that can be asked for, as a power of two.
const maxWindow = 30

// create is DecompIO(stream[, wbits]): 0 for a zlib stream, 16 and more for a
// gzip stream with a window of wbits-16 bits, below 0 for a bare one. For a
// zlib stream MicroPython 1.13 makes a window of 1 to 128 bytes, whatever the
// header says times 256, so that only short distances decompress.
func create(t *object.Thread, _ *object.Type, args, kw []object.Value) (object.Value, error) {
	if err := object.CheckNum(args, kw, 1, 2, false); err != nil {
		return object.Null, err
	}
	source := args[0].Type().Stream
	if source == nil || source.Read == nil {
		return object.Null, object.ErrStream()
	}
	o := &decompIO{Header: object.NewHeader(decompType), source: args[0]}
	o.d.block = blockNone
	wbits := int64(0)
	if len(args) > 1 {
		var err error
		if wbits, err = object.ToInt(t, args[1]); err != nil {
			return object.Null, err
		}
	}
	o.attach(t)
	window, ok := int64(0), true
	switch {
	case wbits >= 16:
		ok = o.d.gzipHeader()
		window = wbits - 16
	case wbits >= 0:
		var n int
		n, ok = o.d.zlibHeader()
		window = int64(n)
	default:
		window = -wbits
	}
	if o.d.failed != nil {
		return object.Null, o.d.failed
	}
	if !ok {
		return object.Null, object.Raise(object.ValueError, "compression header")
	}
	if window < 0 || window > maxWindow {
		return object.Null, object.MemoryErr(1 << (window & 31))
	}
	if err := t.Alloc(objectSize + 1<<window); err != nil {
		return object.Null, err
	}
	o.d.ring = make([]byte, 1<<window)
	return o.Header.Value(), nil
}

// attach makes the source's bytes come by way of thread t.
func (o *decompIO) attach(t *object.Thread) {
	var c [1]byte
	o.d.read = func() (byte, error) {
		n, err := o.source.Type().Stream.Read(t, o.source, c[:])
		if err == nil && n == 0 {
			err = object.RaiseArgs(object.EOFError)
		}
		return c[0], err
	}
}

func read(t *object.Thread, self object.Value, p []byte) (int, error) {
	o := decomps.Must(self)
	if o.ended || len(p) == 0 {
		return 0, nil
	}
	o.attach(t)
	o.d.failed, o.d.eof = nil, false
	o.d.out, o.d.limit = p[:0], len(p)
	s := o.d.verified()
	n := len(o.d.out)
	o.d.out = nil
	if o.d.failed != nil {
		return 0, o.d.failed
	}
	if s < 0 {
		return 0, object.RaiseArgs(object.OSError, object.Int(einval))
	}
	o.ended = s == statusDone
	return n, nil
}

// step is how much is decompressed between two looks at the heap.
const step = 1 << 14

// decompress is decompress(data[, wbits[, bufsize]]): below 0 wbits says that
// there is no zlib header. The result is a bytearray, as in 1.13.
func decompress(t *object.Thread, args []object.Value) (object.Value, error) {
	buf, err := object.GetBuffer(t, args[0], false)
	if err != nil {
		return object.Null, err
	}
	d := &inflater{source: buf.Data, block: blockNone}
	if len(args) < 2 || !args[1].IsInt() || args[1].Int() >= 0 {
		if _, ok := d.zlibHeader(); !ok {
			return object.Null, d.failure(statusData)
		}
	}
	for s := statusOK; s != statusDone; {
		if d.out, err = t.Grow(d.out, step); err == nil {
			err = t.Work(step / 16)
		}
		if err != nil {
			return object.Null, err
		}
		d.limit = len(d.out) + step
		if s = d.verified(); s < 0 {
			return object.Null, d.failure(s)
		}
	}
	return object.NewByteArray(d.out), nil
}

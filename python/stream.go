package python

import (
	"fmt"
	"io"

	"github.com/go-python/gpython/py"
)

// StreamType is the type of usys.stdin, usys.stdout and usys.stderr.
var StreamType = py.NewType("FileIO", "a console stream")

// Stream is one of the console's three streams as a Python object.
type Stream struct {
	name string
	fd   int
	r    io.Reader
	w    io.Writer
}

func newStream(name string, fd int, r io.Reader, w io.Writer) *Stream {
	return &Stream{name: name, fd: fd, r: r, w: w}
}

// Type of this object.
func (s *Stream) Type() *py.Type { return StreamType }

// Write sends p to the console; a stream without a writer takes and drops it.
func (s *Stream) Write(p []byte) (int, error) {
	if s.w == nil {
		return len(p), nil
	}
	return s.w.Write(p)
}

// Read reads from the console; a stream without a reader is at its end.
func (s *Stream) Read(p []byte) (int, error) {
	if s.r == nil {
		return 0, io.EOF
	}
	return s.r.Read(p)
}

// M__repr__ prints as the unix port does.
func (s *Stream) M__repr__() (py.Object, error) {
	return py.String(fmt.Sprintf("<io.FileIO %d>", s.fd)), nil
}

func init() {
	method := func(name string, fn any) {
		StreamType.Dict[name] = py.MustNewMethod(name, fn, 0, "")
	}
	method("write", func(self, data py.Object) (py.Object, error) {
		buf, err := Buffer(data)
		if err != nil {
			return nil, err
		}
		n, err := self.(*Stream).Write(buf)
		if err != nil {
			return nil, OSErrorOf(err)
		}
		return py.Int(n), nil
	})
	method("flush", func(self py.Object) (py.Object, error) { return py.None, nil })
	method("close", func(self py.Object) (py.Object, error) { return py.None, nil })
	method("read", func(self py.Object, args py.Tuple) (py.Object, error) {
		limit := -1
		if len(args) > 0 {
			n, err := py.IndexInt(args[0])
			if err != nil {
				return nil, err
			}
			limit = n
		}
		return readText(self.(*Stream), limit, false)
	})
	method("readline", func(self py.Object, args py.Tuple) (py.Object, error) {
		return readText(self.(*Stream), -1, true)
	})
}

// readText reads up to limit bytes (<0: all), or one line.
func readText(r io.Reader, limit int, line bool) (py.Object, error) {
	var out []byte
	var b [1]byte
	for limit < 0 || len(out) < limit {
		n, err := r.Read(b[:])
		if n == 1 {
			out = append(out, b[0])
			if line && b[0] == '\n' {
				break
			}
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, OSErrorOf(err)
		}
	}
	return py.String(out), nil
}

// Buffer gives the bytes behind a str, bytes or bytes-like object; anything
// else is a TypeError in MicroPython's words (py/obj.c, mp_get_buffer_raise).
func Buffer(o py.Object) ([]byte, error) {
	switch v := o.(type) {
	case py.Bytes:
		return v, nil
	case py.String:
		return []byte(v), nil
	case interface{ Buffer() []byte }:
		return v.Buffer(), nil
	}
	return nil, py.ExceptionNewf(py.TypeError, "object with buffer protocol required")
}

package uio

import (
	"io"
	"math"

	"qpy/python/object"
	"qpy/python/stream"
)

// memory is a StringIO or a BytesIO.
type memory struct {
	object.Header
	data   []byte
	pos    int64
	closed bool
	shared object.Value // whose memory data is until the first write, or Null
}

var (
	stringIO = object.NewType("StringIO")
	bytesIO  = object.NewType("BytesIO")
	strings  object.Layout[memory]
	bytes    object.Layout[memory]
)

func memoryOf(v object.Value) *memory {
	if o, ok := strings.From(v); ok {
		return o
	}
	return bytes.Must(v)
}

func setUpMemory() {
	strings = object.NewLayout[memory](stringIO)
	bytes = object.NewLayout[memory](bytesIO)
	for _, ty := range []*object.Type{stringIO, bytesIO} {
		ty.New = newMemory
		ty.Print = func(t *object.Thread, w *object.Printer, self object.Value, _ object.PrintKind) error {
			return w.Strf("<io.%s 0x%x>", self.TypeName(), t.In.ID(self))
		}
		ty.Visit = func(self object.Value, f func(object.Value)) int {
			m := memoryOf(self)
			if !m.shared.IsNull() {
				f(m.shared)
				return 64
			}
			return 64 + cap(m.data)
		}
		ty.Stream = &object.Stream{Read: memoryRead, Write: memoryWrite, Seek: memorySeek, Close: memoryClose, Ioctl: object.NoRequests, Text: ty == stringIO}
		stream.DefineOnly(ty, "read", "readinto", "readline", "write", "seek", "tell", "flush", "close")
		ty.Define("getvalue", object.Func1("getvalue", getValue))
		stream.DefineOnly(ty, "__enter__", "__exit__")
		stream.Iterate(ty)
	}
}

// newMemory is StringIO([init]) and BytesIO([init]): init is what is in it
// first, or an int, the room that it is to have.
func newMemory(t *object.Thread, typ *object.Type, args, _ []object.Value) (object.Value, error) {
	m := &memory{Header: object.NewHeader(typ)}
	if len(args) > 0 {
		if args[0].Type() == object.IntType {
			n, err := object.ToInt(t, args[0])
			if err != nil {
				return object.Null, err
			}
			if n < 0 || n > t.In.Profile.Heap {
				return object.Null, object.MemoryErr(uint64(n))
			}
			if err := m.own(t, int(n)); err != nil {
				return object.Null, err
			}
		} else {
			buf, err := object.GetBuffer(t, args[0], false)
			if err != nil {
				return object.Null, err
			}
			m.data, m.shared = buf.Data, args[0]
			if kind := args[0].Type().Kind; kind != object.KindStr && kind != object.KindBytes {
				if err := m.own(t, len(m.data)); err != nil {
					return object.Null, err
				}
			}
		}
	}
	return m.Header.Value(), t.Alloc(64)
}

// own moves the data to memory of its own with room for n bytes.
func (m *memory) own(t *object.Thread, n int) error {
	if err := t.Alloc(n); err != nil {
		return err
	}
	data := make([]byte, len(m.data), n)
	copy(data, m.data)
	m.data, m.shared = data, object.Null
	return nil
}

func (m *memory) check() error {
	if m.closed {
		return object.Raise(object.ValueError, "I/O operation on closed file")
	}
	return nil
}

func memoryRead(_ *object.Thread, self object.Value, p []byte) (int, error) {
	m := memoryOf(self)
	if err := m.check(); err != nil {
		return 0, err
	}
	if m.pos >= int64(len(m.data)) {
		return 0, nil
	}
	n := copy(p, m.data[m.pos:])
	m.pos += int64(n)
	return n, nil
}

// memoryWrite writes at the position; what lies between the end and it becomes
// zeros.
func memoryWrite(t *object.Thread, self object.Value, p []byte) (int, error) {
	m := memoryOf(self)
	if err := m.check(); err != nil {
		return 0, err
	}
	if m.pos > math.MaxInt64-int64(len(p)) || m.pos+int64(len(p)) > t.In.Profile.Heap {
		return 0, object.MemoryErr(uint64(m.pos) + uint64(len(p)))
	}
	end := int(m.pos) + len(p)
	if end > cap(m.data) || !m.shared.IsNull() {
		room := len(m.data)
		if end > room {
			room = max(end, room+room/2, 16)
		}
		if err := m.own(t, room); err != nil {
			return 0, err
		}
	}
	if end > len(m.data) {
		m.data = m.data[:end]
	}
	copy(m.data[m.pos:], p)
	m.pos = int64(end)
	return len(p), nil
}

// memorySeek moves the position, also beyond the end; one before the beginning
// is the beginning.
func memorySeek(_ *object.Thread, self object.Value, offset int64, whence int) (int64, error) {
	m := memoryOf(self)
	var from int64
	switch whence {
	case io.SeekCurrent:
		from = m.pos
	case io.SeekEnd:
		if err := m.check(); err != nil {
			return 0, err
		}
		from = int64(len(m.data))
	}
	if offset > math.MaxInt64-from {
		return 0, object.RaiseArgs(object.OSError, object.Int(einval))
	}
	m.pos = max(from+offset, 0)
	return m.pos, nil
}

// einval is the error number of a request that makes no sense.
const einval = 22

func memoryClose(_ *object.Thread, self object.Value) error {
	m := memoryOf(self)
	m.data, m.shared, m.closed = nil, object.Null, true
	return nil
}

func getValue(t *object.Thread, self object.Value) (object.Value, error) {
	m := memoryOf(self)
	if err := m.check(); err != nil {
		return object.Null, err
	}
	if self.Type() == stringIO {
		return t.NewStr(string(m.data))
	}
	if err := t.Alloc(len(m.data) + 32); err != nil {
		return object.Null, err
	}
	return object.NewBytes(string(m.data)), nil
}

package python

import (
	"bytes"

	"github.com/go-python/gpython/py"
)

// bytesValue is a bytes object with a length, items and a truth value, which
// gpython's py.Bytes lacks: `if not chunk` must end a read loop.
type bytesValue []byte

// NewBytes makes a bytes object of p, which it keeps.
func NewBytes(p []byte) py.Object { return bytesValue(p) }

// Type of this object.
func (b bytesValue) Type() *py.Type { return py.BytesType }

// Buffer is what is in it.
func (b bytesValue) Buffer() []byte { return b }

func (b bytesValue) M__repr__() (py.Object, error) { return py.Bytes(b).M__repr__() }
func (b bytesValue) M__str__() (py.Object, error)  { return py.Bytes(b).M__repr__() }
func (b bytesValue) M__len__() (py.Object, error)  { return py.Int(len(b)), nil }
func (b bytesValue) M__bool__() (py.Object, error) { return py.NewBool(len(b) > 0), nil }

func (b bytesValue) M__iter__() (py.Object, error) {
	items := make(py.Tuple, len(b))
	for i, c := range b {
		items[i] = py.Int(c)
	}
	return items.M__iter__()
}

func (b bytesValue) M__getitem__(key py.Object) (py.Object, error) {
	if s, ok := key.(*py.Slice); ok {
		start, stop, step, n, err := s.GetIndices(len(b))
		if err != nil {
			return nil, err
		}
		if step == 1 {
			return b[start:max(start, stop)], nil
		}
		out := make(bytesValue, 0, n)
		for i := start; len(out) < n; i += step {
			out = append(out, b[i])
		}
		return out, nil
	}
	i, err := py.IndexIntCheck(key, len(b))
	if err != nil {
		return nil, err
	}
	return py.Int(b[i]), nil
}

func (b bytesValue) M__add__(other py.Object) (py.Object, error) {
	p, err := Buffer(other)
	if err != nil {
		return py.NotImplemented, nil
	}
	return bytesValue(append(bytes.Clone(b), p...)), nil
}

func (b bytesValue) M__eq__(other py.Object) (py.Object, error) {
	switch o := other.(type) {
	case bytesValue:
		return py.NewBool(bytes.Equal(b, o)), nil
	case py.Bytes:
		return py.NewBool(bytes.Equal(b, o)), nil
	}
	return py.False, nil
}

func (b bytesValue) M__ne__(other py.Object) (py.Object, error) {
	eq, err := b.M__eq__(other)
	return py.NewBool(eq == py.False), err
}

package python

import (
	"github.com/go-python/gpython/py"

	"qpy/python/border"
	"qpy/python/object"
	"qpy/python/text"
)

// Text is str(o), as the module prints it.
func Text(o py.Object) (string, error) {
	switch o := o.(type) {
	case py.String:
		return string(o), nil
	case py.Float:
		return string(text.AppendFloatRepr(nil, float64(o))), nil
	case *py.Exception:
		return exceptionText(o), nil
	}
	return py.StrAsString(o)
}

// WriteTo writes text to a console stream or to any object with a write method.
func WriteTo(stream py.Object, text string) error {
	if o, ok := stream.(border.Object); ok {
		if done, err := o.WriteStream(text); done {
			return err
		}
	}
	write, err := border.GetAttr(stream, "write")
	if err != nil {
		return err
	}
	_, err = py.Call(write, py.Tuple{py.String(text)}, nil)
	return err
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

// Format is `format % args`, as the module does it.
func (in *Interp) Format(format py.Object, args []py.Object) (py.Object, error) {
	v, err := object.Binary(in.current(), object.OpModulo, in.border.In(format), in.border.In(py.Tuple(args)))
	if err != nil {
		return nil, in.border.ErrOut(err)
	}
	return in.border.Out(v), nil
}

// NewBytes makes a bytes object of p, which it keeps.
func NewBytes(p []byte) py.Object { return py.Bytes(p) }

// NewClass makes a type of objects that a native module gives to one board: its
// methods go into Dict. py.NewType is for what all boards share (see [Module]).
func NewClass(name string) *py.Type { return border.NewClass(name, py.ObjectType) }

// GetAttr gives an attribute of an object, of a native module's or of a
// script's, as py.GetAttrString does (see [border.GetAttr]).
func GetAttr(o py.Object, name string) (py.Object, error) { return border.GetAttr(o, name) }

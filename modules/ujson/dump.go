package ujson

import (
	"strconv"

	"qpy/python/object"
	"qpy/python/text"
)

// writer collects JSON text. It knows the types that data is made of; the rest
// goes through the general printing of the language (PRINT_JSON).
type writer struct {
	t   *object.Thread
	buf []byte
}

// need makes room for n bytes, and for what stands around them.
func (w *writer) need(n int) (err error) {
	w.buf, err = w.t.Grow(w.buf, n+margin)
	return err
}

// margin is more than a number and its comma take.
const margin = 64

func (w *writer) value(v object.Value) error {
	if err := w.t.Work(1); err != nil {
		return err
	}
	if err := w.need(0); err != nil {
		return err
	}
	switch v.Type().Kind {
	case object.KindStr:
		s, _ := v.AsStr()
		return w.str(s.String())
	case object.KindInt:
		if v.IsInt() {
			w.buf = strconv.AppendInt(w.buf, v.Int(), 10)
			return nil
		}
	case object.KindFloat:
		w.buf = text.AppendFloatRepr(w.buf, v.Float())
		return nil
	case object.KindBool:
		w.buf = strconv.AppendBool(w.buf, v.Int() != 0)
		return nil
	case object.KindNone:
		w.buf = append(w.buf, "null"...)
		return nil
	case object.KindList:
		if l, ok := v.AsList(); ok {
			return w.nested(func() error { return w.list(l) })
		}
	case object.KindTuple:
		if u, ok := v.AsTuple(); ok {
			return w.nested(func() error { return w.items(u.Items) })
		}
	case object.KindDict:
		if d, ok := v.AsDict(); ok {
			return w.nested(func() error { return w.dict(d) })
		}
	}
	return w.print(v)
}

// nested counts one level of depth.
func (w *writer) nested(f func() error) error {
	if err := w.t.Enter(); err != nil {
		return err
	}
	err := f()
	w.t.Leave()
	return err
}

// list asks for the length anew each time: printing an item may run code of
// the script that changes the list.
func (w *writer) list(l *object.List) error {
	w.buf = append(w.buf, '[')
	for i := 0; i < len(l.Items); i++ {
		if i > 0 {
			w.buf = append(w.buf, ',', ' ')
		}
		if err := w.value(l.Items[i]); err != nil {
			return err
		}
	}
	w.buf = append(w.buf, ']')
	return nil
}

func (w *writer) items(items []object.Value) error {
	w.buf = append(w.buf, '[')
	for i, v := range items {
		if i > 0 {
			w.buf = append(w.buf, ',', ' ')
		}
		if err := w.value(v); err != nil {
			return err
		}
	}
	w.buf = append(w.buf, ']')
	return nil
}

func (w *writer) dict(d *object.Dict) error {
	w.buf = append(w.buf, '{')
	first := true
	for e, i := d.Next(0); e != nil; e, i = d.Next(i) {
		key, val := e.Key(), e.Val
		if !first {
			w.buf = append(w.buf, ',', ' ')
		}
		first = false
		if s, ok := key.AsStr(); ok {
			if err := w.str(s.String()); err != nil {
				return err
			}
		} else if err := w.key(key); err != nil {
			return err
		}
		w.buf = append(w.buf, ':', ' ')
		if err := w.value(val); err != nil {
			return err
		}
	}
	w.buf = append(w.buf, '}')
	return nil
}

// key writes a key that is no str: in quotes, unless its own text has some.
func (w *writer) key(key object.Value) error {
	if _, ok := key.AsBytes(); ok {
		return w.print(key)
	}
	w.buf = append(w.buf, '"')
	err := w.value(key)
	w.buf = append(w.buf, '"')
	return err
}

func (w *writer) print(v object.Value) error {
	p := object.NewBuffer(w.t)
	err := object.Print(w.t, p, v, object.PrintJSON)
	if err == nil {
		err = w.need(len(p.String()))
	}
	w.buf = append(w.buf, p.String()...)
	return err
}

// plain tells whether a byte stands for itself in a string.
func plain(c byte) bool { return c >= ' ' && c != '"' && c != '\\' }

func (w *writer) str(s string) error {
	if err := w.need(len(s)); err != nil {
		return err
	}
	w.buf = append(w.buf, '"')
	err := w.t.InPieces(len(s), func(from, to int) bool {
		w.buf = appendEscaped(w.buf, s[from:to])
		return true
	})
	w.buf = append(w.buf, '"')
	return err
}

func appendEscaped(dst []byte, s string) []byte {
	for i := range len(s) {
		if !plain(s[i]) {
			return text.AppendJSONEscaped(dst, s)
		}
	}
	return append(dst, s...)
}

func dumps(t *object.Thread, v object.Value) (object.Value, error) {
	w := writer{t: t}
	if err := w.value(v); err != nil {
		return object.Null, err
	}
	return t.NewStr(string(w.buf))
}

// dump writes to a stream: to a stream of the script's own piece by piece, as
// MicroPython prints them, to a native one at once.
func dump(t *object.Thread, v, stream object.Value) (object.Value, error) {
	s := stream.Type().Stream
	if s == nil || s.Write == nil {
		return object.Null, object.ErrStream()
	}
	out, err := object.StreamPrinter(t, stream)
	if err != nil {
		return object.Null, err
	}
	if !stream.Type().IsNative() {
		return object.None, object.Print(t, out, v, object.PrintJSON)
	}
	w := writer{t: t}
	err = w.value(v)
	if werr := out.Str(string(w.buf)); werr != nil {
		return object.Null, werr
	}
	return object.None, err
}

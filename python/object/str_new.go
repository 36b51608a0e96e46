package object

import "qpy/python/text"

// The constructors of str and bytes.

// errNoKw is the error of the constructors that take no keyword arguments yet
// (mp_arg_error_unimpl_kw).
func errNoKw() error {
	return Raise(NotImplementedError, "keyword argument(s) not yet implemented - use normal args instead")
}

func strNew(t *Thread, typ *Type, args, kw []Value) (Value, error) {
	if len(kw) > 0 {
		return Null, errNoKw()
	}
	if err := CheckNum(args, kw, 0, 3, false); err != nil {
		return Null, err
	}
	switch len(args) {
	case 0:
		return emptyStr.Value(), nil
	case 1:
		switch v := args[0]; {
		case v.Type() == StrType:
			return v, nil
		case v.IsInt():
			var buf [24]byte
			return NewStr(string(text.AppendInt(buf[:0], v.Int()))), nil
		case v.IsFloat():
			var buf [40]byte
			return NewStr(string(text.AppendFloatRepr(buf[:0], v.Float()))), nil
		}
		s, err := ToStr(t, args[0])
		if err != nil {
			return Null, err
		}
		return NewStr(s), nil
	}
	return decode(t, args[0])
}

// decode makes a str of the UTF-8 in a buffer; the name of the encoding is
// never looked at.
func decode(t *Thread, v Value) (Value, error) {
	if b, ok := v.AsBytes(); ok {
		if err := t.checkUTF8(b.s); err != nil {
			return Null, err
		}
		return t.NewStr(b.s)
	}
	buf, err := GetBuffer(t, v, false)
	if err != nil {
		return Null, err
	}
	if err := t.checkUTF8(ownText(buf.Data)); err != nil {
		return Null, err
	}
	if err := t.allocText(int64(len(buf.Data))); err != nil {
		return Null, err
	}
	return NewStr(string(buf.Data)), nil
}

func bytesNew(t *Thread, typ *Type, args, kw []Value) (Value, error) {
	if len(kw) > 0 {
		return Null, errNoKw()
	}
	if len(args) == 0 {
		return emptyBytes, nil
	}
	v := args[0]
	s, isStr := StrMaybe(v)
	if isStr && (len(args) < 2 || len(args) > 3) || !isStr && len(args) > 1 {
		return Null, Raise(TypeError, "wrong number of arguments")
	}
	switch {
	case isStr:
		return t.NewBytes(s)
	case fitsWord(v):
		if v.Int() < 0 {
			return Null, RaiseArgs(ValueError)
		}
		if err := t.allocText(v.Int()); err != nil {
			return Null, err
		}
		return NewBytes(ownText(make([]byte, v.Int()))), nil
	}
	if f := v.Type().Buffer; f != nil {
		if buf, ok := f(t, v, false); ok {
			if err := t.allocText(int64(len(buf.Data))); err != nil {
				return Null, err
			}
			return NewBytes(string(buf.Data)), nil
		}
	}
	if _, err := LenMaybe(t, v); err != nil {
		return Null, err
	}
	var data []byte
	err := Each(t, v, func(x Value) error {
		n, err := ToInt(t, x)
		if err != nil {
			return err
		}
		if n < 0 || n > 255 {
			return Raise(ValueError, "bytes value out of range")
		}
		data, err = appendByte(t, data, byte(n))
		return err
	})
	if err != nil {
		return Null, err
	}
	return t.NewBytes(string(data))
}

// appendByte is append that asks for the memory first.
func appendByte(t *Thread, data []byte, c byte) ([]byte, error) {
	if len(data) == cap(data) {
		if err := t.Alloc(len(data) + 8); err != nil {
			return data, err
		}
	}
	return append(data, c), nil
}

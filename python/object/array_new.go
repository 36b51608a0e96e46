package object

// The constructors of bytearray and array.

func byteArrayNew(t *Thread, typ *Type, args, kw []Value) (Value, error) {
	if err := CheckNum(args, kw, 0, 3, false); err != nil {
		return Null, err
	}
	if len(args) == 0 {
		return NewByteArray(nil), nil
	}
	if isInt(args[0]) {
		n, err := ToInt(t, args[0])
		if err != nil {
			return Null, err
		}
		a, err := newArray(t, byteArrayCode, n)
		if err != nil {
			return Null, err
		}
		return a.Value(), nil
	}
	return arrayFrom(t, byteArrayCode, args[0])
}

func arrayNew(t *Thread, typ *Type, args, kw []Value) (Value, error) {
	if err := CheckNum(args, kw, 1, 2, false); err != nil {
		return Null, err
	}
	s, err := TextOf(args[0])
	if err != nil {
		return Null, err
	}
	code := (s + "\x00")[0]
	if len(args) == 2 {
		return arrayFrom(t, code, args[1])
	}
	a, err := newArray(t, code, 0)
	if err != nil {
		return Null, err
	}
	return a.Value(), nil
}

// arrayFrom makes an array of the items of init (array_construct): the raw
// bytes of a buffer, where that is allowed, or what it yields.
func arrayFrom(t *Thread, code byte, init Value) (Value, error) {
	ty := init.Type()
	if code == byteArrayCode || ty == BytesType || ty == ByteArrayType {
		if f := ty.Buffer; f != nil {
			if buf, ok := f(t, init, false); ok {
				a, err := newArray(t, code, int64(len(buf.Data)/max(itemSize(t.In, code), 1)))
				if err != nil {
					return Null, err
				}
				copy(a.data, buf.Data)
				return a.Value(), nil
			}
		}
	}
	n := int64(0)
	lenVal, err := LenMaybe(t, init)
	if err != nil {
		return Null, err
	}
	if !lenVal.IsNull() {
		n = lenVal.Int()
	}
	a, err := newArray(t, code, n)
	if err != nil {
		return Null, err
	}
	i := 0
	err = Each(t, init, func(v Value) error {
		if n == 0 {
			return a.append(t, v)
		}
		// What yields more than its length is cut off; MicroPython writes
		// past the end of the array.
		if i >= a.Len() {
			return nil
		}
		i++
		return a.set(t, i-1, v)
	})
	return a.Value(), err
}

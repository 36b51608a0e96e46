package object

// Indexing and slices of bytearray and array.

func arrayGetItem(t *Thread, self, index Value) (Value, error) {
	a := (*Array)(self.p)
	n := a.Len()
	if sl, ok := index.AsSlice(); ok {
		start, stop, step, err := sl.Fast(t, n)
		if err != nil {
			return Null, err
		}
		if step != 1 {
			return Null, errStep()
		}
		b, err := newArray(t, a.code, int64(stop-start))
		if err != nil {
			return Null, err
		}
		if a.code == 'O' {
			copy(b.objs, a.objs[start:stop])
		} else {
			copy(b.data, a.data[start*a.size:stop*a.size])
		}
		return b.Value(), nil
	}
	i, err := Index(a.typ, n, index, false)
	if err != nil {
		return Null, err
	}
	return a.get(i), nil
}

func arraySetItem(t *Thread, self, index, val Value) (bool, error) {
	a := (*Array)(self.p)
	n := a.Len()
	if sl, ok := index.AsSlice(); ok {
		start, stop, step, err := sl.Fast(t, n)
		if err != nil {
			return true, err
		}
		if step != 1 {
			return true, errStep()
		}
		src, err := sliceSource(t, val, a.size)
		if err != nil {
			return true, err
		}
		return true, a.replace(t, start*a.size, stop*a.size, src)
	}
	i, err := Index(a.typ, n, index, false)
	if err != nil {
		return true, err
	}
	return true, a.set(t, i, val)
}

// sliceSource returns the bytes to be assigned to a slice of items of the
// given size.
func sliceSource(t *Thread, val Value, size int) ([]byte, error) {
	var src []byte
	srcSize := 1
	switch val.Type() {
	case ByteArrayType, ArrayType:
		a := (*Array)(val.p)
		src, srcSize = a.data, a.size
	case MemoryViewType:
		m := (*MemoryView)(val.p)
		src, srcSize = m.data, m.size
	case BytesType:
		src = bytesOf((*Bytes)(val.p).s)
	default:
		return nil, Raise(NotImplementedError, "array/bytes required on right side")
	}
	if srcSize != size {
		return nil, errCompat()
	}
	return src, nil
}

func errCompat() error { return Raise(ValueError, "lhs and rhs should be compatible") }

// replace puts src in the place of data[start:stop].
func (a *Array) replace(t *Thread, start, stop int, src []byte) error {
	if len(src) == stop-start {
		copy(a.data[start:stop], src)
		return nil
	}
	if grow := len(src) - (stop - start); grow > 0 {
		if err := a.reserve(t, grow); err != nil {
			return err
		}
	}
	if len(a.data) > 0 && len(src) > 0 {
		// src may lie in this very array, whose items are about to move.
		src = append([]byte(nil), src...)
	}
	tail := a.data[stop:]
	old := len(a.data)
	n := start + len(src) + len(tail)
	a.data = a.data[:max(n, old)]
	copy(a.data[start+len(src):], tail)
	copy(a.data[start:], src)
	if n < old {
		clear(a.data[n:old])
	}
	a.data = a.data[:n]
	return nil
}

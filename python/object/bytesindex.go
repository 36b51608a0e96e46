package object

// ByteAt returns item i of a bytes or bytearray, for the VM; ok is false if
// there is no such item or v is of another type.
func ByteAt(v Value, i int64) (b byte, ok bool) {
	switch v.Type() {
	case BytesType:
		s := (*Bytes)(v.p).s
		if i < 0 {
			i += int64(len(s))
		}
		if uint64(i) < uint64(len(s)) {
			return s[i], true
		}
	case ByteArrayType:
		d := (*Array)(v.p).data
		if i < 0 {
			i += int64(len(d))
		}
		if uint64(i) < uint64(len(d)) {
			return d[i], true
		}
	}
	return 0, false
}

// SetByteAt sets item i of a bytearray and reports whether it could.
func SetByteAt(v Value, i, x int64) bool {
	d := (*Array)(v.p).data
	if i < 0 {
		i += int64(len(d))
	}
	if v.Type() != ByteArrayType || uint64(i) >= uint64(len(d)) || uint64(x) > 255 {
		return false
	}
	d[i] = byte(x)
	return true
}

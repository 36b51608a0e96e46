package ustruct

import (
	"math"

	"qpy/python/object"
)

// layout is what a format says: its fields, whose number and bytes are counted.
type layout struct {
	fields string // without the character for the byte order
	big    bool   // big endian
	align  bool   // fields lie where the machine wants them ('@')
	items  int64
	size   int64
}

// known is a format that was read before, and what it says.
type known struct {
	format object.Value
	layout layout
}

// layout reads a format: a str or bytes. A script mostly uses the same few
// string objects again and again.
func (p *packer) layout(format object.Value) (layout, error) {
	for i := range p.known {
		if k := &p.known[i]; k.format == format {
			return k.layout, nil
		}
	}
	s, err := object.TextOf(format)
	if err != nil {
		return layout{}, err
	}
	l, err := p.read(s)
	if err == nil {
		p.known[p.next] = known{format, l}
		p.next = (p.next + 1) % len(p.known)
	}
	return l, err
}

func (p *packer) read(s string) (layout, error) {
	l := layout{fields: s, align: true}
	if s != "" {
		switch s[0] {
		case '!', '>':
			l.big, l.align, l.fields = true, false, s[1:]
		case '=':
			// MicroPython knows the sign but no field with it.
			l.fields = s[1:]
			if l.fields != "" && !onlyBytes(l.fields) {
				return layout{}, errCode()
			}
		case '<':
			l.align, l.fields = false, s[1:]
		case '@':
			l.fields = s[1:]
		}
	}
	for rest := l.fields; rest != ""; {
		var n int64
		var code byte
		n, code, rest = field(rest)
		if code == 's' {
			l.items++
			l.size += n
		} else {
			size := p.sizeOf(code, l.align)
			if size == 0 {
				return layout{}, errCode()
			}
			if l.align && n > 0 {
				l.size = (l.size + size - 1) &^ (size - 1)
			}
			if n > maxSize/size {
				n = maxSize / size
			}
			l.items += n
			l.size += n * size
		}
		if l.size > maxSize || l.items > maxSize {
			l.size, l.items = maxSize, maxSize
		}
	}
	return l, nil
}

// maxSize is more than any heap holds, and small enough to reckon with.
const maxSize = 1 << 50

// onlyBytes reports whether all fields are of code s.
func onlyBytes(fields string) bool {
	for fields != "" {
		var code byte
		if _, code, fields = field(fields); code != 's' {
			return false
		}
	}
	return true
}

func errCode() error { return object.Raise(object.ValueError, "bad typecode") }

// field takes the first field of a format: its count and its code, which is 0
// if the format ends in a number.
func field(s string) (n int64, code byte, rest string) {
	if c := s[0]; c < '0' || c > '9' {
		return 1, c, s[1:]
	}
	i := 0
	for ; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
		if n = 10*n + int64(s[i]-'0'); n > maxSize {
			n = maxSize
		}
	}
	if i == len(s) {
		return n, 0, ""
	}
	return n, s[i], s[i+1:]
}

// sizeOf is the number of bytes of a field; 0 if there is no such code. An
// aligned long is a machine word.
func (p *packer) sizeOf(code byte, aligned bool) int64 {
	switch code {
	case 'b', 'B':
		return 1
	case 'h', 'H':
		return 2
	case 'i', 'I', 'f':
		return 4
	case 'l', 'L':
		if aligned {
			return int64(p.word)
		}
		return 4
	case 'q', 'Q', 'd':
		return 8
	case 'P', 'O', 'S':
		return int64(p.word)
	}
	return 0
}

// put packs values into data, which has room for the whole layout. Values that
// the format has no field for are dropped, fields without a value keep their
// zeros.
func (p *packer) put(t *object.Thread, l layout, data []byte, values []object.Value) error {
	at := int64(0)
	for rest := l.fields; rest != "" && len(values) > 0; {
		var n int64
		var code byte
		n, code, rest = field(rest)
		if code == 's' {
			buf, err := object.GetBuffer(t, values[0], false)
			if err != nil {
				return err
			}
			values = values[1:]
			clear(data[at+int64(copy(data[at:at+n], buf.Data)) : at+n])
			at += n
			continue
		}
		size := p.sizeOf(code, l.align)
		for ; n > 0 && len(values) > 0; n-- {
			if l.align {
				at = (at + size - 1) &^ (size - 1)
			}
			word, err := p.wordOf(t, code, values[0])
			if err != nil {
				return err
			}
			values = values[1:]
			store(data[at:at+size], word, l.big)
			at += size
		}
	}
	return nil
}

// wordOf is the value of a field as machine word, of which the field keeps the
// low bytes.
func (p *packer) wordOf(t *object.Thread, code byte, v object.Value) (uint64, error) {
	switch {
	case code == 'f':
		f, err := object.ToFloat(v)
		return uint64(math.Float32bits(float32(f))), err
	case code == 'd':
		f, err := object.ToFloat(v)
		return math.Float64bits(f), err
	case code == 'O':
		id := t.In.ID(v)
		p.objects[id] = v
		return id, nil
	case v.IsInt():
		return uint64(v.Int()), nil
	}
	if v.Type() == object.IntType {
		n, err := object.ToIntTruncated(t, v)
		return uint64(n), err
	}
	n, err := object.ToInt(t, v)
	return uint64(n), err
}

func store(dst []byte, word uint64, big bool) {
	if big {
		for i := len(dst) - 1; i >= 0; i-- {
			dst[i] = byte(word)
			word >>= 8
		}
		return
	}
	for i := range dst {
		dst[i] = byte(word)
		word >>= 8
	}
}

func load(src []byte, big bool) (word uint64) {
	if big {
		for _, c := range src {
			word = word<<8 | uint64(c)
		}
		return word
	}
	for i := len(src) - 1; i >= 0; i-- {
		word = word<<8 | uint64(src[i])
	}
	return word
}

// get appends the values in data, which has the bytes of the whole layout, to
// items.
func (p *packer) get(t *object.Thread, l layout, data []byte, items []object.Value) ([]object.Value, error) {
	at := int64(0)
	for rest := l.fields; rest != ""; {
		var n int64
		var code byte
		n, code, rest = field(rest)
		if code == 's' {
			if err := t.Alloc(int(n) + 32); err != nil {
				return nil, err
			}
			items = append(items, object.NewBytes(string(data[at:at+n])))
			at += n
			continue
		}
		size := p.sizeOf(code, l.align)
		for ; n > 0; n-- {
			if l.align {
				at = (at + size - 1) &^ (size - 1)
			}
			if err := t.Work(1); err != nil {
				return nil, err
			}
			v, err := p.valueOf(code, load(data[at:at+size], l.big), uint(64-8*size))
			if err != nil {
				return nil, err
			}
			items = append(items, v)
			at += size
		}
	}
	return items, nil
}

// valueOf is the value of a field that holds word; spare are the bits of 64
// that the field lacks.
func (p *packer) valueOf(code byte, word uint64, spare uint) (object.Value, error) {
	switch code {
	case 'f':
		return object.Float(float64(math.Float32frombits(uint32(word)))), nil
	case 'd':
		return object.Float(math.Float64frombits(word)), nil
	case 'O', 'S':
		// On the module these read memory at any address.
		if v, ok := p.objects[word]; ok && code == 'O' {
			return v, nil
		}
		return object.Null, object.Raisef(object.ValueError, "no object at address 0x%x", word)
	}
	if code > 'Z' { // a small letter: with sign
		return object.Int(int64(word<<spare) >> spare), nil
	}
	return object.Uint(word), nil
}

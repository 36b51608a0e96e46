package stream

import (
	"unicode/utf8"

	"qpy/python/object"
)

// chunk is how much is read at once where the end is not known.
const chunk = 512

// read is read([n]): up to n bytes, or characters of a text stream; all for -1.
func read(t *object.Thread, args []object.Value) (object.Value, error) {
	self, n := args[0], int64(-1)
	if len(args) > 1 {
		var err error
		if n, err = object.ToInt(t, args[1]); err != nil {
			return object.Null, err
		}
	}
	var data []byte
	var err error
	switch text := self.Type().Stream.Text; {
	case n == -1:
		data, err = readAll(t, self)
	case text && n < 0:
		err = tooLarge(n)
	case text:
		data, err = readChars(t, self, n)
	case n < 0:
		err = tooLarge(n + 1)
	default:
		if err = t.Alloc(int(min(n, 1<<40))); err != nil {
			return object.Null, err
		}
		data = make([]byte, n)
		var got int
		got, err = fill(t, self, data)
		data = data[:got]
	}
	if err != nil {
		return orNone(object.Null, err)
	}
	return give(t, self, data)
}

// fill reads until p is full or the stream ends. A stream that would have to
// wait ends it too, unless it has given nothing yet.
func fill(t *object.Thread, self object.Value, p []byte) (int, error) {
	got := 0
	for got < len(p) {
		n, err := self.Type().Stream.Read(t, self, p[got:])
		if err != nil {
			if got > 0 && object.WouldBlock(err) {
				err = nil
			}
			return got, err
		}
		if n == 0 {
			break
		}
		got += n
	}
	return got, nil
}

func readAll(t *object.Thread, self object.Value) ([]byte, error) {
	var data []byte
	buf := make([]byte, chunk)
	for {
		n, err := self.Type().Stream.Read(t, self, buf)
		if err != nil {
			if len(data) > 0 && object.WouldBlock(err) {
				err = nil
			}
			return data, err
		}
		if n == 0 {
			return data, nil
		}
		if err := t.Alloc(n); err != nil {
			return nil, err
		}
		data = append(data, buf[:n]...)
		if len(buf) < 1<<16 {
			buf = make([]byte, 2*len(buf))
		}
	}
}

// readChars reads n characters of UTF-8: n bytes, and then as many more as the
// characters in them need.
func readChars(t *object.Thread, self object.Value, n int64) ([]byte, error) {
	if err := t.Alloc(int(min(n, 1<<40))); err != nil {
		return nil, err
	}
	data := make([]byte, 0, min(n, 1<<20))
	for want := n; want > 0; {
		p := make([]byte, min(want, 1<<20))
		got, err := fill(t, self, p)
		if err != nil {
			if len(data) > 0 && object.WouldBlock(err) {
				err = nil
			}
			return data, err
		}
		if got == 0 {
			break
		}
		data = append(data, p[:got]...)
		if want = n - characters(data); want <= 0 {
			// The last character may want its end still.
			if miss := missing(data); miss > 0 {
				p := make([]byte, miss)
				got, err := fill(t, self, p)
				if err != nil && !object.WouldBlock(err) {
					return nil, err
				}
				data = append(data, p[:got]...)
			}
		}
	}
	return data, nil
}

// characters counts the bytes that begin a character.
func characters(p []byte) (n int64) {
	for _, c := range p {
		if c&0xc0 != 0x80 {
			n++
		}
	}
	return n
}

// missing is how many bytes the last character in p lacks.
func missing(p []byte) int {
	for back := 1; back <= min(utf8.UTFMax, len(p)); back++ {
		c := p[len(p)-back]
		if c&0xc0 == 0x80 {
			continue
		}
		size := 1
		switch {
		case c >= 0xf0:
			size = 4
		case c >= 0xe0:
			size = 3
		case c >= 0xc0:
			size = 2
		}
		return size - back
	}
	return 0
}

func readInto(t *object.Thread, args []object.Value) (object.Value, error) {
	buf, err := object.GetBuffer(t, args[1], true)
	if err != nil {
		return object.Null, err
	}
	p := buf.Data
	if len(args) > 2 {
		n, err := object.ToInt(t, args[2])
		if err != nil {
			return object.Null, err
		}
		if n >= 0 && n < int64(len(p)) {
			p = p[:n]
		}
	}
	n, err := fill(t, args[0], p)
	return orNone(object.Int(int64(n)), err)
}

func readLine(t *object.Thread, args []object.Value) (object.Value, error) {
	limit := int64(-1)
	if len(args) > 1 {
		var err error
		if limit, err = object.ToInt(t, args[1]); err != nil {
			return object.Null, err
		}
		if limit < -1 {
			return object.Null, tooLarge(limit)
		}
	}
	line, err := lineOf(t, args[0], limit)
	if err != nil {
		return orNone(object.Null, err)
	}
	return give(t, args[0], line)
}

// lineOf reads up to and with the next newline, at most limit bytes (<0: any).
func lineOf(t *object.Thread, self object.Value, limit int64) ([]byte, error) {
	var line []byte
	var c [1]byte
	for limit < 0 || int64(len(line)) < limit {
		n, err := self.Type().Stream.Read(t, self, c[:])
		if err != nil {
			if len(line) > 0 && object.WouldBlock(err) {
				err = nil
			}
			return line, err
		}
		if n == 0 {
			break
		}
		if len(line)%chunk == 0 {
			err := t.Alloc(chunk)
			if err == nil {
				err = t.Work(chunk / 2) // byte by byte
			}
			if err != nil {
				return nil, err
			}
		}
		line = append(line, c[0])
		if c[0] == '\n' {
			break
		}
	}
	return line, nil
}

// readLines gives a list of all lines.
func readLines(t *object.Thread, self object.Value) (object.Value, error) {
	list := object.NewList(nil)
	for {
		line, err := lineOf(t, self, -1)
		if err != nil && !object.WouldBlock(err) {
			return object.Null, err
		}
		if len(line) == 0 {
			return list.Value(), nil
		}
		v, err := give(t, self, line)
		if err != nil {
			return object.Null, err
		}
		if err := list.Append(t, v); err != nil {
			return object.Null, err
		}
	}
}

// give makes what read returns: str of a text stream, bytes otherwise.
func give(t *object.Thread, self object.Value, data []byte) (object.Value, error) {
	if self.Type().Stream.Text {
		return t.NewStr(string(data))
	}
	return object.NewBytes(string(data)), nil
}

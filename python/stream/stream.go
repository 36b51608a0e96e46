// Package stream gives types that are streams their methods: read, readline,
// write and the rest, over the few functions of object.Stream (py/stream.c).
package stream

import (
	"io"
	"unicode/utf8"

	"qpy/python/object"
)

// Define gives a type with a Stream the methods of a file: all those that the
// stream supports, iteration over its lines, and the with statement.
func Define(ty *object.Type) {
	s := ty.Stream
	if s.Read != nil {
		ty.Define("read", object.FuncVar("read", 1, 2, read))
		ty.Define("readinto", object.FuncVar("readinto", 2, 3, readInto))
		ty.Define("readline", object.FuncVar("readline", 1, 2, readLine))
		ty.Define("readlines", object.FuncVar("readlines", 1, 2, readLines))
		ty.Iter = object.Identity
		ty.Next = func(t *object.Thread, self object.Value) (object.Value, error) {
			line, err := lineOf(t, self, -1)
			if err != nil || len(line) == 0 {
				return object.Null, err
			}
			return give(t, self, line)
		}
	}
	if s.Write != nil {
		ty.Define("write", object.FuncVar("write", 2, 4, write))
	}
	if s.Seek != nil {
		ty.Define("seek", object.FuncVar("seek", 2, 3, seek))
		ty.Define("tell", object.Func1("tell", func(t *object.Thread, self object.Value) (object.Value, error) {
			pos, err := self.Type().Stream.Seek(t, self, 0, io.SeekCurrent)
			return object.Int(pos), err
		}))
	}
	ty.Define("flush", object.Func1("flush", func(t *object.Thread, self object.Value) (object.Value, error) {
		return object.None, run(self.Type().Stream.Flush, t, self)
	}))
	ty.Define("close", object.Func1("close", func(t *object.Thread, self object.Value) (object.Value, error) {
		return object.None, run(self.Type().Stream.Close, t, self)
	}))
	ty.Define("__enter__", object.Func1("__enter__", object.Identity))
	ty.Define("__exit__", object.FuncVar("__exit__", 4, 4, func(t *object.Thread, args []object.Value) (object.Value, error) {
		return object.None, run(args[0].Type().Stream.Close, t, args[0])
	}))
}

func run(f func(*object.Thread, object.Value) error, t *object.Thread, self object.Value) error {
	if f == nil {
		return nil
	}
	return f(t, self)
}

// chunk is how much is read at once where the end is not known.
const chunk = 512

// read is read([n]): up to n bytes, or characters of a text stream; all for -1.
func read(t *object.Thread, args []object.Value) (object.Value, error) {
	self, n := args[0], int64(-1)
	if len(args) > 1 && !args[1].IsNone() {
		var err error
		if n, err = object.ToInt(t, args[1]); err != nil {
			return object.Null, err
		}
	}
	var data []byte
	var err error
	switch {
	case n < 0:
		data, err = readAll(t, self)
	case self.Type().Stream.Text:
		data, err = readChars(t, self, n)
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
		return object.Null, err
	}
	return give(t, self, data)
}

// fill reads until p is full or the stream ends.
func fill(t *object.Thread, self object.Value, p []byte) (int, error) {
	got := 0
	for got < len(p) {
		n, err := self.Type().Stream.Read(t, self, p[got:])
		if err != nil {
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
			return nil, err
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
			return nil, err
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
				if err != nil {
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
	return object.Int(int64(n)), err
}

func readLine(t *object.Thread, args []object.Value) (object.Value, error) {
	limit := int64(-1)
	if len(args) > 1 {
		var err error
		if limit, err = object.ToInt(t, args[1]); err != nil {
			return object.Null, err
		}
	}
	line, err := lineOf(t, args[0], limit)
	if err != nil {
		return object.Null, err
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
			return nil, err
		}
		if n == 0 {
			break
		}
		if len(line)%chunk == 0 {
			if err := t.Alloc(chunk); err != nil {
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

// readLines gives a list of all lines; an argument is taken and ignored.
func readLines(t *object.Thread, args []object.Value) (object.Value, error) {
	list := object.NewList(nil)
	for {
		line, err := lineOf(t, args[0], -1)
		if err != nil {
			return object.Null, err
		}
		if len(line) == 0 {
			return list.Value(), nil
		}
		v, err := give(t, args[0], line)
		if err != nil {
			return object.Null, err
		}
		if err := list.Append(t, v); err != nil {
			return object.Null, err
		}
	}
}

// write is write(buf), write(buf, n) or write(buf, offset, n).
func write(t *object.Thread, args []object.Value) (object.Value, error) {
	buf, err := object.GetBuffer(t, args[1], false)
	if err != nil {
		return object.Null, err
	}
	p, most := buf.Data, int64(len(buf.Data))
	if len(args) > 2 {
		last, err := object.ToInt(t, args[len(args)-1])
		if err != nil {
			return object.Null, err
		}
		if last >= 0 {
			most = last
		}
		if len(args) > 3 {
			off, err := object.ToInt(t, args[2])
			if err != nil {
				return object.Null, err
			}
			p = p[min(max(off, 0), int64(len(p))):]
		}
	}
	p = p[:min(most, int64(len(p)))]
	done := 0
	for done < len(p) {
		n, err := args[0].Type().Stream.Write(t, args[0], p[done:])
		if err != nil {
			return object.Null, err
		}
		if n == 0 {
			break
		}
		done += n
	}
	return object.Int(int64(done)), nil
}

func seek(t *object.Thread, args []object.Value) (object.Value, error) {
	off, err := object.ToInt(t, args[1])
	if err != nil {
		return object.Null, err
	}
	whence := int64(io.SeekStart)
	if len(args) > 2 {
		if whence, err = object.ToInt(t, args[2]); err != nil {
			return object.Null, err
		}
	}
	pos, err := args[0].Type().Stream.Seek(t, args[0], off, int(whence))
	return object.Int(pos), err
}

// give makes what read returns: str of a text stream, bytes otherwise.
func give(t *object.Thread, self object.Value, data []byte) (object.Value, error) {
	if self.Type().Stream.Text {
		return t.NewStr(string(data))
	}
	return object.NewBytes(string(data)), nil
}

package ujson

import (
	"io"

	"qpy/python/object"
	"qpy/python/text"
)

// parser reads JSON as extmod/modujson.c does: in one pass, without recursion,
// commas and colons are blanks, and which bracket closes does not matter.
type parser struct {
	t    *object.Thread
	bulk *object.Bulk
	src  source

	buf []byte // what is read of the text
	pos int    // of the current byte in it

	stack []object.Value // items of the containers that are open, outermost first
	open  []container
	key   object.Value // a key that waits for its value
	word  []byte       // a string with escapes, or a number
}

// container is a list or dict that is open.
type container struct {
	dict  bool
	start int // of its items on the stack
}

// source brings more of the text; 0 bytes are its end.
type source interface {
	more(buf []byte) ([]byte, error)
	// done says that the text was used up to pos and no further.
	done(unused int)
}

func errSyntax() error { return object.Raise(object.ValueError, "syntax error in JSON") }

// end stands for the end of the text; so does a NUL byte in it.
const end = 0

// cur is the current byte.
func (p *parser) cur() (byte, error) {
	if p.pos < len(p.buf) {
		return p.buf[p.pos], nil
	}
	if p.src == nil {
		return end, nil
	}
	var err error
	if p.buf, err = p.src.more(p.buf); err != nil || p.pos == len(p.buf) {
		return end, err
	}
	return p.buf[p.pos], nil
}

// next moves on and gives the byte that is current then.
func (p *parser) next() (byte, error) {
	if p.pos < len(p.buf) {
		p.pos++
	}
	return p.cur()
}

// forget drops what has been read, so that a long stream takes little memory.
func (p *parser) forget() {
	if p.src != nil && p.pos == len(p.buf) {
		p.buf, p.pos = p.buf[:0], 0
	}
}

// load reads one value; what follows it may only be white space.
func (p *parser) load() (object.Value, error) {
	v, err := p.value()
	if err != nil {
		return object.Null, err
	}
	for {
		c, err := p.cur()
		if err != nil {
			return object.Null, err
		}
		if !text.IsSpace(c) {
			if c != end || v.IsNull() {
				return object.Null, errSyntax()
			}
			return v, nil
		}
		p.pos++
	}
}

func (p *parser) value() (object.Value, error) {
	for {
		p.forget()
		c, err := p.cur()
		if err != nil {
			return object.Null, err
		}
		if c == end {
			// The outermost container need not be closed.
			if len(p.open) != 1 {
				return object.Null, errSyntax()
			}
			return p.close()
		}
		p.pos++
		var v object.Value
		switch c {
		case ',', ':', ' ', '\t', '\n', '\r':
			continue
		case 'n':
			v, err = object.None, p.expect("ull")
		case 'f':
			v, err = object.False, p.expect("alse")
		case 't':
			v, err = object.True, p.expect("rue")
		case '"':
			v, err = p.str()
		case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
			v, err = p.number()
		case '[', '{':
			err = p.enter(c == '{')
			if err != nil {
				return object.Null, err
			}
			continue
		case ']', '}':
			if len(p.open) == 0 {
				return object.Null, errSyntax()
			}
			if v, err = p.close(); err != nil || len(p.open) == 0 {
				return v, err
			}
			p.stack = append(p.stack, v)
			continue
		default:
			err = errSyntax()
		}
		if err != nil {
			return object.Null, err
		}
		if len(p.open) == 0 {
			return v, nil
		}
		p.add(v)
	}
}

// add puts a value that is no container into the innermost container.
func (p *parser) add(v object.Value) {
	if !p.open[len(p.open)-1].dict {
		p.stack = append(p.stack, v)
	} else if p.key.IsNull() {
		p.key = v
	} else {
		p.stack = append(p.stack, p.key, v)
		p.key = object.Null
	}
}

// enter opens a list or dict. It cannot be a key.
func (p *parser) enter(dict bool) error {
	if len(p.open) > 0 && p.open[len(p.open)-1].dict {
		if p.key.IsNull() {
			return errSyntax()
		}
		p.stack = append(p.stack, p.key)
		p.key = object.Null
	}
	p.open = append(p.open, container{dict, len(p.stack)})
	return nil
}

// close makes the innermost container.
func (p *parser) close() (object.Value, error) {
	c := p.open[len(p.open)-1]
	p.open = p.open[:len(p.open)-1]
	items := p.stack[c.start:]
	p.stack = p.stack[:c.start]
	if c.dict {
		d, err := p.bulk.Dict(items)
		if err != nil {
			return object.Null, err
		}
		return d.Value(), nil
	}
	if err := p.bulk.Alloc(40 + 16*len(items)); err != nil {
		return object.Null, err
	}
	l := object.NewListLen(len(items))
	copy(l.Items, items)
	return l.Value(), nil
}

// expect reads the rest of null, true or false.
func (p *parser) expect(rest string) error {
	for i := range len(rest) {
		c, err := p.cur()
		if err != nil {
			return err
		}
		if c != rest[i] {
			return errSyntax()
		}
		p.pos++
	}
	return nil
}

// text makes the str of a string that was read.
func (p *parser) text(s []byte) (object.Value, error) {
	if n := len(p.open); n > 0 && p.open[n-1].dict && p.key.IsNull() {
		return p.bulk.Key(s)
	}
	return p.bulk.Str(s)
}

// str reads the rest of a string.
func (p *parser) str() (object.Value, error) {
	start := p.pos
	for i, c := range p.buf[start:] { // the common case: all there and no escapes
		if c == '"' {
			p.pos = start + i + 1
			return p.text(p.buf[start : start+i])
		}
		if c == '\\' || c == end {
			break
		}
	}
	p.word = p.word[:0]
	for {
		c, err := p.cur()
		if err != nil {
			return object.Null, err
		}
		switch c {
		case end:
			return object.Null, errSyntax()
		case '"':
			p.pos++
			return p.text(p.word)
		case '\\':
			err = p.escape()
		default:
			p.word = append(p.word, c)
		}
		if err != nil {
			return object.Null, err
		}
		if _, err := p.next(); err != nil {
			return object.Null, err
		}
	}
}

// escape reads what follows a backslash, up to its last byte.
func (p *parser) escape() error {
	c, err := p.next()
	if err != nil {
		return err
	}
	switch c {
	case 'b':
		c = '\b'
	case 'f':
		c = '\f'
	case 'n':
		c = '\n'
	case 'r':
		c = '\r'
	case 't':
		c = '\t'
	case 'u':
		num := uint32(0)
		for range 4 {
			if c, err = p.next(); err != nil {
				return err
			}
			// No check that it is a hexadecimal digit.
			if c = (c | 0x20) - '0'; c > 9 {
				c -= 'a' - ('9' + 1)
			}
			num = num<<4 | uint32(c)
		}
		p.word = appendChar(p.word, num)
		return nil
	}
	p.word = append(p.word, c)
	return nil
}

// appendChar appends the UTF-8 of a number, surrogates and what is beyond
// Unicode too (vstr_add_char of py/vstr.c).
func appendChar(dst []byte, c uint32) []byte {
	switch {
	case c < 0x80:
		return append(dst, byte(c))
	case c < 0x800:
		return append(dst, byte(c>>6)|0xc0, byte(c)&0x3f|0x80)
	case c < 0x10000:
		return append(dst, byte(c>>12)|0xe0, byte(c>>6)&0x3f|0x80, byte(c)&0x3f|0x80)
	}
	return append(dst, byte(c>>18)&7|0xf0, byte(c>>12)&0x3f|0x80, byte(c>>6)&0x3f|0x80, byte(c)&0x3f|0x80)
}

// number reads a number, whose first byte is behind the position. What its
// bytes mean together is the number parser's affair.
func (p *parser) number() (object.Value, error) {
	first := p.buf[p.pos-1]
	start, whole, float := p.pos-1, true, false
	for {
		if p.pos == len(p.buf) && p.src != nil {
			// More text may move what is read of it; begin to collect.
			if whole {
				p.word, whole = append(p.word[:0], first), false
				p.word = append(p.word, p.buf[start+1:]...)
			}
		}
		c, err := p.cur()
		if err != nil {
			return object.Null, err
		}
		if c == '.' || c|0x20 == 'e' {
			float = true
		} else if c != '+' && c != '-' && (c < '0' || c > '9') {
			break
		}
		if !whole {
			p.word = append(p.word, c)
		}
		p.pos++
	}
	digits := p.word
	if whole {
		digits = p.buf[start:p.pos]
	}
	if !float {
		return p.integer(digits)
	}
	f, err := text.ParseFloat(digits)
	if err != nil {
		return object.Null, object.Raise(object.ValueError, "invalid syntax for number")
	}
	return object.Float(f), nil
}

func (p *parser) integer(digits []byte) (object.Value, error) {
	const sure = 18 // as many digits always fit
	s := digits
	if s[0] == '-' {
		s = s[1:]
	}
	if len(s) > 0 && len(s) <= sure {
		n := int64(0)
		for _, c := range s {
			if c < '0' || c > '9' {
				n = -1
				break
			}
			n = n*10 + int64(c-'0')
		}
		if n >= 0 {
			if len(s) < len(digits) {
				n = -n
			}
			return object.Int(n), nil
		}
	}
	return object.ParseInt(p.t, object.NewStr(string(digits)), 10)
}

// chunk is how much of a stream is read at once where that can be undone.
const chunk = 4096

// stream reads the text from a stream object.
type stream struct {
	t    *object.Thread
	obj  object.Value
	step int
}

// newStream reads a stream in large pieces if it can be set back to the byte
// after the JSON text, else byte by byte, as MicroPython does.
func newStream(t *object.Thread, obj object.Value) *stream {
	s := &stream{t: t, obj: obj, step: 1}
	if ty := obj.Type(); ty.IsNative() && ty.Stream.Seek != nil {
		if _, err := ty.Stream.Seek(t, obj, 0, io.SeekCurrent); err == nil {
			s.step = chunk
		}
	}
	return s
}

func (s *stream) more(buf []byte) ([]byte, error) {
	n := len(buf)
	if cap(buf)-n < s.step {
		buf = append(make([]byte, 0, 2*n+s.step), buf...)
	}
	got, err := s.obj.Type().Stream.Read(s.t, s.obj, buf[n:n+s.step])
	return buf[:n+max(got, 0)], err
}

func (s *stream) done(unused int) {
	if unused > 0 && s.step > 1 {
		_, _ = s.obj.Type().Stream.Seek(s.t, s.obj, -int64(unused), io.SeekCurrent)
	}
}

func loads(t *object.Thread, arg object.Value) (object.Value, error) {
	buf, err := object.GetBuffer(t, arg, false)
	if err != nil {
		return object.Null, err
	}
	p := parser{t: t, bulk: object.NewBulk(t), buf: buf.Data}
	return p.load()
}

func load(t *object.Thread, arg object.Value) (object.Value, error) {
	s := arg.Type().Stream
	if s == nil || s.Read == nil {
		return object.Null, object.ErrStream()
	}
	p := parser{t: t, bulk: object.NewBulk(t), src: newStream(t, arg)}
	v, err := p.load()
	p.src.done(len(p.buf) - p.pos - 1) // the current byte was read too
	return v, err
}

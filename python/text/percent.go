package text

var (
	errIncomplete    = &Error{ValueError, "incomplete format"}
	errNeedsDict     = &Error{TypeError, "format needs a dict"}
	errIncompleteKey = &Error{ValueError, "incomplete format key"}
	errMoreArgs      = &Error{TypeError, "format string needs more arguments"}
	errNotConverted  = &Error{TypeError, "format string didn't convert all arguments"}
	errNeedsChar     = &Error{TypeError, "%c needs int or char"}
	errNeedsInteger  = &Error{TypeError, "integer needed"}
)

// AppendPercent appends pattern % args (str_modulo_format of py/objstr.c).
// isBytes says that the pattern is a bytes object, in which %s shows a bytes
// argument undecorated. Errors are an [*Error] or come from args.
func AppendPercent(dst []byte, pattern string, isBytes bool, args Args) ([]byte, error) {
	p := percent{args: args, n: args.Len(), isBytes: isBytes}
	from := 0
	for i := 0; i < len(pattern); i++ {
		if i%workStep == workStep-1 {
			if err := args.Work(workStep); err != nil {
				return dst, err
			}
		}
		if pattern[i] != '%' {
			continue
		}
		dst = append(dst, pattern[from:i]...)
		i++
		if i >= len(pattern) {
			return dst, errIncomplete
		}
		if pattern[i] == '%' {
			from = i // the second % is plain text
			continue
		}
		var err error
		if i, err = p.parse(pattern, i); err != nil {
			return dst, err
		}
		if dst, err = p.convert(dst, pattern, i); err != nil {
			return dst, err
		}
		from = i + 1
	}
	dst = append(dst, pattern[from:]...)
	if p.next != p.n {
		return dst, errNotConverted
	}
	return dst, nil
}

// percent is the state of one % operation and the conversion at hand.
type percent struct {
	args    Args
	n, next int // positional arguments, those used up
	isBytes bool

	arg         int
	flags       Flags
	alt         Flags
	fill        byte
	width, prec int
}

// parse reads key, flags, width and precision of a conversion, picks its
// argument, and returns the index of the conversion character.
func (p *percent) parse(s string, i int) (int, error) {
	keyed := false
	if s[i] == '(' {
		if !p.args.HasDict() {
			return i, errNeedsDict
		}
		key := i + 1
		for s[i] != ')' {
			if i++; i >= len(s) {
				return i, errIncompleteKey
			}
		}
		var err error
		if p.arg, err = p.args.Key(s[key:i]); err != nil {
			return i, err
		}
		p.next = 1 // the dict is used up
		keyed = true
		i++
	}
	p.flags, p.alt, p.fill = 0, 0, ' '
flags:
	for ; i < len(s); i++ {
		switch s[i] {
		case '-':
			p.flags |= LeftAdjust
		case '+':
			p.flags |= ShowSign
		case ' ':
			p.flags |= SpaceSign
		case '#':
			p.alt = ShowPrefix
		case '0':
			p.flags |= PadAfterSign
			p.fill = '0'
		default:
			break flags
		}
	}
	var err error
	if i, p.width, err = p.number(s, i, 0); err != nil {
		return i, err
	}
	p.prec = -1
	if i < len(s) && s[i] == '.' {
		if i, p.prec, err = p.number(s, i+1, 0); err != nil {
			return i, err
		}
	}
	if i >= len(s) {
		return i, errIncomplete
	}
	if !keyed {
		if p.arg, err = p.take(); err != nil {
			return i, err
		}
	}
	return i, nil
}

func (p *percent) take() (int, error) {
	if p.next >= p.n {
		return 0, errMoreArgs
	}
	p.next++
	return p.next - 1, nil
}

// number reads a width or a precision: digits, or * for an argument.
func (p *percent) number(s string, i, def int) (int, int, error) {
	if i < len(s) && s[i] == '*' {
		arg, err := p.take()
		if err != nil {
			return i, 0, err
		}
		v, err := p.args.Word(arg)
		return i + 1, int(int32(v)), err
	}
	i, v := number(s, i, def)
	return i, v, nil
}

// convert appends the argument as the conversion s[i] says.
func (p *percent) convert(dst []byte, s string, i int) ([]byte, error) {
	if err := askRoom(p.args, dst, max(p.width, p.prec)); err != nil {
		return dst, err
	}
	switch c := s[i]; c {
	case 'd', 'i', 'u':
		return p.integer(dst, 10, 'a', p.flags, true)
	case 's', 'r':
		return p.text(dst, c)
	case 'e', 'E', 'f', 'F', 'g', 'G':
		f, err := p.args.Float(p.arg)
		if err != nil {
			return dst, err
		}
		return AppendFloatField(dst, f, c, p.flags, p.fill, p.width, p.prec), nil
	case 'x', 'X':
		return p.integer(dst, 16, c-('X'-'A'), p.flags|p.alt, false)
	case 'o':
		if p.alt != 0 {
			p.flags |= ShowPrefix | ShowOctalLetter
		}
		return p.integer(dst, 8, 'a', p.flags, false)
	case 'c':
		return p.char(dst)
	default:
		msg := append([]byte("unsupported format character '"), c)
		msg = append(msg, "' (0x"...)
		msg = appendDigits(msg, uint64(c), 16, 'a')
		msg = append(msg, ") at index "...)
		return dst, &Error{ValueError, string(AppendInt(msg, int64(i)))}
	}
}

func (p *percent) integer(dst []byte, base int, letterA byte, flags Flags, truncate bool) ([]byte, error) {
	v, wide, err := p.args.Int(p.arg, base, truncate)
	if err != nil {
		return dst, err
	}
	return AppendIntField(dst, v, wide, base, letterA, flags, p.fill, p.width, p.prec), nil
}

func (p *percent) text(dst []byte, c byte) ([]byte, error) {
	kind := PrintStr
	if c == 'r' {
		kind = PrintRepr
	} else if p.isBytes {
		kind = PrintRaw
	}
	if p.width <= 0 && p.prec < 0 {
		return p.args.Append(dst, p.arg, kind)
	}
	var scratch [64]byte
	text, err := p.args.Append(scratch[:0], p.arg, kind)
	if err != nil {
		return dst, err
	}
	if p.prec >= 0 && len(text) > p.prec {
		text = text[:p.prec]
	}
	return AppendPadded(dst, text, p.flags, ' ', p.width), nil
}

func (p *percent) char(dst []byte) ([]byte, error) {
	var one [1]byte
	switch p.args.Class(p.arg) {
	case ClassStr:
		text, err := p.args.Text(p.arg)
		if err != nil {
			return dst, err
		}
		if len(text) != 1 {
			return dst, errNeedsChar
		}
		one[0] = text[0]
	case ClassInt:
		v, err := p.args.Word(p.arg)
		if err != nil {
			return dst, err
		}
		one[0] = byte(v)
	default:
		return dst, errNeedsInteger
	}
	return AppendPadded(dst, one[:], p.flags, ' ', p.width), nil
}

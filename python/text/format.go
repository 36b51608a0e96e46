package text

// formatDepth is how deep format specifications may nest before the reference
// build runs out of C stack.
const formatDepth = 308

var (
	errSingleBrace   = &Error{ValueError, "single '}' encountered in format string"}
	errNoConversion  = &Error{ValueError, "end of format while looking for conversion specifier"}
	errUnmatched     = &Error{ValueError, "unmatched '{' in format"}
	errExpectedColon = &Error{ValueError, "expected ':' after format specifier"}
	errToManual      = &Error{ValueError, "can't switch from automatic field numbering to manual field specification"}
	errToAutomatic   = &Error{ValueError, "can't switch from manual field specification to automatic field numbering"}
	errTupleIndex    = &Error{IndexError, "tuple index out of range"}
	errAttributes    = &Error{NotImplementedError, "attributes not supported yet"}
	errBadSpec       = &Error{ValueError, "invalid format specifier"}
	errSignString    = &Error{ValueError, "sign not allowed in string format specifier"}
	errSignChar      = &Error{ValueError, "sign not allowed with integer format specifier 'c'"}
	errAlignString   = &Error{ValueError, "'=' alignment not allowed in string format specifier"}
	errDepth         = &Error{RuntimeError, "maximum recursion depth exceeded"}
)

// AppendFormat appends pattern.format(args...) (mp_obj_str_format of
// py/objstr.c). Errors are an [*Error] or come from args.
func AppendFormat(dst []byte, pattern string, args Args) ([]byte, error) {
	f := formatter{args: args, n: args.Len()}
	return f.appendAll(dst, pattern, 0)
}

// formatter is the state of one call of format, shared by nested
// specifications.
type formatter struct {
	args Args
	n    int
	next int // next automatic field, -1 once a field had a number
}

func (f *formatter) appendAll(dst []byte, s string, depth int) ([]byte, error) {
	if depth > formatDepth {
		return dst, errDepth
	}
	for i := 0; i < len(s); i++ {
		if i%workStep == workStep-1 {
			if err := f.args.Work(workStep); err != nil {
				return dst, err
			}
		}
		c := s[i]
		if c != '{' && c != '}' {
			dst = append(dst, c)
			continue
		}
		i++
		if i < len(s) && s[i] == c {
			dst = append(dst, c)
			continue
		}
		if c == '}' {
			return dst, errSingleBrace
		}
		var err error
		if dst, i, err = f.appendField(dst, s, i, depth); err != nil {
			return dst, err
		}
	}
	return dst, nil
}

// appendField appends the replacement field that begins after its brace at i,
// and returns the index of the closing brace.
func (f *formatter) appendField(dst []byte, s string, i, depth int) ([]byte, int, error) {
	nameStart := i
	for i < len(s) && s[i] != '}' && s[i] != '!' && s[i] != ':' {
		i++
	}
	name := s[nameStart:i]

	var conversion byte
	if i < len(s) && s[i] == '!' {
		i++
		switch {
		case i >= len(s):
			return dst, i, errNoConversion
		case s[i] != 'r' && s[i] != 's':
			return dst, i, &Error{ValueError, "unknown conversion specifier " + s[i:i+1]}
		}
		conversion = s[i]
		i++
	}
	specStart := -1
	if i < len(s) && s[i] == ':' {
		i++
		// An empty specification is none at all: {:} is {}, and that is {!s}.
		if i < len(s) && s[i] != '}' {
			specStart = i
			i = closingBrace(s, i)
		}
	}
	if i >= len(s) {
		return dst, i, errUnmatched
	}
	if s[i] != '}' {
		return dst, i, errExpectedColon
	}
	arg, err := f.pick(name)
	if err != nil {
		return dst, i, err
	}
	if specStart < 0 {
		kind := PrintStr
		if conversion == 'r' {
			kind = PrintRepr
		}
		dst, err = f.args.Append(dst, arg, kind)
		return dst, i, err
	}
	dst, err = f.appendSpec(dst, s[specStart:i], arg, conversion, depth)
	return dst, i, err
}

// closingBrace finds the brace that ends the specification from i on.
func closingBrace(s string, i int) int {
	nest := 1
	for ; i < len(s); i++ {
		if s[i] == '{' {
			nest++
		} else if s[i] == '}' {
			nest--
			if nest == 0 {
				break
			}
		}
	}
	return i
}

// pick finds the argument of a field name, which may be empty.
func (f *formatter) pick(name string) (int, error) {
	if name == "" {
		if f.next < 0 {
			return 0, errToAutomatic
		}
		if f.next >= f.n {
			return 0, errTupleIndex
		}
		f.next++
		return f.next - 1, nil
	}
	if IsDigit(name[0]) {
		if f.next > 0 {
			return 0, errToManual
		}
		end, index := number(name, 0, 0)
		if index < 0 || index >= f.n {
			return 0, errTupleIndex
		}
		f.next = -1
		if end < len(name) {
			return 0, errAttributes
		}
		return index, nil
	}
	end := 0
	for end < len(name) && name[end] != '.' && name[end] != '[' {
		end++
	}
	arg, err := f.args.Key(name[:end])
	if err == nil && end < len(name) {
		err = errAttributes
	}
	return arg, err
}

// fieldSpec is a parsed format specification:
// [[fill]align][sign][#][0][width][,][.precision][type].
type fieldSpec struct {
	fill, align, typ byte
	width, prec      int
	flags            Flags
}

// parseSpec reads a specification. A zero byte ends it, as in C.
func parseSpec(s []byte) (spec fieldSpec, err error) {
	at := func(i int) byte {
		if i < len(s) {
			return s[i]
		}
		return 0
	}
	i := 0
	if isAlign(at(0)) {
		spec.align = s[0]
		i = 1
	} else if at(0) != 0 && isAlign(at(1)) {
		spec.fill, spec.align = s[0], s[1]
		i = 2
	}
	switch at(i) {
	case '+':
		spec.flags |= ShowSign
		i++
	case ' ':
		spec.flags |= SpaceSign
		i++
	case '-':
		i++
	}
	if at(i) == '#' {
		spec.flags |= ShowPrefix
		i++
	}
	if at(i) == '0' {
		if spec.align == 0 {
			spec.align = '='
		}
		if spec.fill == 0 {
			spec.fill = '0'
		}
	}
	i, spec.width = number(s, i, -1)
	if at(i) == ',' {
		spec.flags |= ShowComma
		i++
	}
	spec.prec = -1
	if at(i) == '.' {
		i, spec.prec = number(s, i+1, -1)
	}
	if isTypeCode(at(i)) {
		spec.typ = s[i]
		i++
	}
	if at(i) != 0 {
		return spec, errBadSpec
	}
	return spec, nil
}

func isAlign(c byte) bool { return c == '<' || c == '>' || c == '=' || c == '^' }

func isTypeCode(c byte) bool {
	switch c {
	case 'b', 'c', 'd', 'e', 'E', 'f', 'F', 'g', 'G', 'n', 'o', 's', 'x', 'X', '%':
		return true
	}
	return false
}

// appendSpec appends the argument, converted to text first if conversion is
// 'r' or 's', by the specification raw.
func (f *formatter) appendSpec(dst []byte, raw string, arg int, conversion byte, depth int) ([]byte, error) {
	var converted []byte
	class := f.args.Class(arg)
	if conversion != 0 {
		kind := PrintStr
		if conversion == 'r' {
			kind = PrintRepr
		}
		var err error
		if converted, err = f.args.Append(nil, arg, kind); err != nil {
			return dst, err
		}
		class = ClassStr
	}
	var scratch [32]byte
	expanded, err := f.appendAll(scratch[:0], raw, depth+1)
	if err != nil {
		return dst, err
	}
	spec, err := parseSpec(expanded)
	if err != nil {
		return dst, err
	}
	if spec.align == 0 {
		spec.align = '<'
		if class == ClassInt || class == ClassFloat {
			spec.align = '>'
		}
	}
	if spec.fill == 0 {
		spec.fill = ' '
	}
	if spec.flags&(ShowSign|SpaceSign) != 0 {
		if spec.typ == 's' {
			return dst, errSignString
		}
		if spec.typ == 'c' {
			return dst, errSignChar
		}
	}
	switch spec.align {
	case '<':
		spec.flags |= LeftAdjust
	case '=':
		spec.flags |= PadAfterSign
	case '^':
		spec.flags |= CenterAdjust
	}
	if err := askRoom(f.args, dst, spec.width); err != nil {
		return dst, err
	}
	switch class {
	case ClassInt:
		return f.appendIntSpec(dst, arg, &spec)
	case ClassFloat:
		return f.appendFloatSpec(dst, arg, &spec)
	}
	if spec.align == '=' {
		return dst, errAlignString
	}
	if spec.typ != 0 && spec.typ != 's' {
		name := "str"
		if conversion == 0 {
			name = f.args.TypeName(arg)
		}
		return dst, unknownCode(spec.typ, name)
	}
	if conversion != 0 {
		if spec.prec >= 0 && len(converted) > spec.prec {
			converted = converted[:spec.prec]
		}
		return AppendPadded(dst, converted, spec.flags, spec.fill, spec.width), nil
	}
	text, err := f.args.Text(arg)
	if err != nil {
		return dst, err
	}
	if spec.prec >= 0 && len(text) > spec.prec {
		text = text[:spec.prec]
	}
	return AppendPadded(dst, text, spec.flags, spec.fill, spec.width), nil
}

func (f *formatter) appendIntSpec(dst []byte, arg int, spec *fieldSpec) ([]byte, error) {
	base, letterA := 10, byte('a')
	switch spec.typ {
	case 'b':
		base = 2
	case 'c':
		v, err := f.args.Word(arg)
		if err != nil {
			return dst, err
		}
		return AppendPadded(dst, []byte{byte(v)}, spec.flags, spec.fill, spec.width), nil
	case 0, 'n', 'd':
	case 'o':
		base = 8
		if spec.flags&ShowPrefix != 0 {
			spec.flags |= ShowOctalLetter
		}
	case 'x', 'X':
		base = 16
		letterA = spec.typ - ('X' - 'A')
	case 's':
		return dst, unknownCode(spec.typ, f.args.TypeName(arg))
	default:
		return f.appendFloatSpec(dst, arg, spec)
	}
	v, wide, err := f.args.Int(arg, base, false)
	if err != nil {
		return dst, err
	}
	return AppendIntField(dst, v, wide, base, letterA, spec.flags, spec.fill, spec.width, 0), nil
}

func (f *formatter) appendFloatSpec(dst []byte, arg int, spec *fieldSpec) ([]byte, error) {
	typ, scale := spec.typ, 1.0
	switch typ {
	case 0, 'n':
		typ = 'g'
	case 'e', 'E', 'f', 'F', 'g', 'G':
	case '%':
		typ, scale = 'f', 100
		spec.flags |= AddPercent
	default:
		return dst, unknownCode(typ, f.args.TypeName(arg))
	}
	v, err := f.args.Float(arg)
	if err != nil {
		return dst, err
	}
	return AppendFloatField(dst, v*scale, typ, spec.flags, spec.fill, spec.width, spec.prec), nil
}

func unknownCode(typ byte, typeName string) error {
	return &Error{ValueError, "unknown format code '" + string(rune(typ)) + "' for object of type '" + typeName + "'"}
}

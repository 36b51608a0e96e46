package object

import (
	"strings"

	"qpy/python/text"
)

// The methods of str and bytes, which share one implementation
// (py/objstr.c). They work on bytes and on ASCII; only the positions of str
// count characters.

// sameText returns the content of an argument that must be of self's type.
func sameText(self, v Value) (string, error) {
	if v.Type() != self.Type() {
		return "", errImplicit(v)
	}
	s, _ := textOf(v)
	return s, nil
}

func init() { DefineLater(defineStrMethods, StrType, BytesType) }

func defineStrMethods() {
	encode := FuncVar("encode", 1, 3, func(t *Thread, args []Value) (Value, error) {
		s, _ := textOf(args[0])
		return t.NewBytes(s)
	})
	StrType.Define("encode", encode)
	BytesType.Define("decode", FuncVar("decode", 1, 3, func(t *Thread, args []Value) (Value, error) {
		return decode(t, args[0])
	}))
	for _, m := range []struct {
		name string
		fn   Value
	}{
		{"find", FuncVar("find", 2, 4, finder((*Thread).index, false))},
		{"rfind", FuncVar("rfind", 2, 4, finder((*Thread).lastIndex, false))},
		{"index", FuncVar("index", 2, 4, finder((*Thread).index, true))},
		{"rindex", FuncVar("rindex", 2, 4, finder((*Thread).lastIndex, true))},
		{"join", Func2("join", strJoin)},
		{"split", FuncVar("split", 1, 3, strSplit)},
		{"splitlines", FuncKw("splitlines", 1, -1, strSplitlines)},
		{"rsplit", FuncVar("rsplit", 1, 3, strRsplit)},
		{"startswith", FuncVar("startswith", 2, 3, strStartswith)},
		{"endswith", FuncVar("endswith", 2, 3, strEndswith)},
		{"strip", FuncVar("strip", 1, 2, stripper(true, true))},
		{"lstrip", FuncVar("lstrip", 1, 2, stripper(true, false))},
		{"rstrip", FuncVar("rstrip", 1, 2, stripper(false, true))},
		{"format", FuncKw("format", 1, -1, strFormat)},
		{"replace", FuncVar("replace", 3, 4, strReplace)},
		{"count", FuncVar("count", 2, 4, strCount)},
		{"partition", Func2("partition", partitioner(false))},
		{"rpartition", Func2("rpartition", partitioner(true))},
		{"center", Func2("center", strCenter)},
		{"lower", Func1("lower", caseMapper(text.ToLower))},
		{"upper", Func1("upper", caseMapper(text.ToUpper))},
		{"isspace", Func1("isspace", isClass(text.IsSpace, nil))},
		{"isalpha", Func1("isalpha", isClass(text.IsAlpha, nil))},
		{"isdigit", Func1("isdigit", isClass(text.IsDigit, nil))},
		{"isupper", Func1("isupper", isClass(text.IsUpper, text.IsAlpha))},
		{"islower", Func1("islower", isClass(text.IsLower, text.IsAlpha))},
	} {
		StrType.Define(m.name, m.fn)
		BytesType.Define(m.name, m.fn)
	}
}

// textBounds returns the byte offsets that optional start and end arguments
// stand for. End may lie before start.
func (t *Thread) textBounds(self Value, s string, args []Value) (start, end int, err error) {
	end = len(s)
	offset := func(v Value) (int, error) {
		if str, ok := self.AsStr(); ok {
			return strOffset(t, str, v, true)
		}
		return Index(BytesType, len(s), v, true)
	}
	if len(args) > 0 && !args[0].IsNone() {
		if start, err = offset(args[0]); err != nil {
			return
		}
	}
	if len(args) > 1 && !args[1].IsNone() {
		end, err = offset(args[1])
	}
	return
}

func finder(find func(t *Thread, s, sub string) (int, error), must bool) func(t *Thread, args []Value) (Value, error) {
	return func(t *Thread, args []Value) (Value, error) {
		self := args[0]
		s, _ := textOf(self)
		sub, err := sameText(self, args[1])
		if err != nil {
			return Null, err
		}
		start, end, err := t.textBounds(self, s, args[2:])
		i := -1
		if err == nil && start <= end {
			i, err = find(t, s[start:end], sub)
		}
		if err != nil {
			return Null, err
		}
		if i < 0 {
			if must {
				return Null, Raise(ValueError, "substring not found")
			}
			return Int(-1), nil
		}
		i += start
		if str, ok := self.AsStr(); ok && !str.ASCII() {
			i, err = t.charCount(s[:i])
		}
		return Int(int64(i)), err
	}
}

func strJoin(t *Thread, self, seq Value) (Value, error) {
	sep, _ := textOf(self)
	var items []Value
	if l, ok := seq.AsList(); ok {
		items = l.Items
	} else if tup, ok := seq.AsTuple(); ok {
		items = tup.Items
	} else {
		l := NewList(nil)
		if err := l.extendIter(t, seq); err != nil {
			return Null, err
		}
		items = l.Items
	}
	size := 0
	for i, v := range items {
		if v.Type() != self.Type() {
			return Null, Raise(TypeError, "join expects a list of str/bytes objects consistent with self object")
		}
		if i > 0 {
			size += len(sep)
		}
		s, _ := textOf(v)
		size += len(s)
	}
	if err := t.allocText(int64(size)); err != nil {
		return Null, err
	}
	var b strings.Builder
	b.Grow(size)
	for i, v := range items {
		if i > 0 {
			b.WriteString(sep)
		}
		s, _ := textOf(v)
		b.WriteString(s)
	}
	if self.Type() == StrType {
		return NewStr(b.String()), nil
	}
	return NewBytes(b.String()), nil
}

func strStartswith(t *Thread, args []Value) (Value, error) {
	s, _ := textOf(args[0])
	prefix, err := TextOf(args[1])
	if err != nil {
		return Null, err
	}
	if len(args) > 2 {
		if args[2].IsNone() {
			// Unlike find, this takes no None: let the index complain.
			_, err = Index(args[0].Type(), len(s), args[2], true)
			if str, ok := args[0].AsStr(); ok {
				_, err = strOffset(t, str, args[2], true)
			}
			return Null, err
		}
		start, _, err := t.textBounds(args[0], s, args[2:])
		if err != nil {
			return Null, err
		}
		s = s[start:]
	}
	return Bool(strings.HasPrefix(s, prefix)), nil
}

func strEndswith(t *Thread, args []Value) (Value, error) {
	s, _ := textOf(args[0])
	suffix, err := TextOf(args[1])
	if err != nil {
		return Null, err
	}
	if len(args) > 2 {
		return Null, Raise(NotImplementedError, "start/end indices")
	}
	return Bool(strings.HasSuffix(s, suffix)), nil
}

func stripper(left, right bool) func(t *Thread, args []Value) (Value, error) {
	return func(t *Thread, args []Value) (Value, error) {
		self := args[0]
		s, _ := textOf(self)
		chars := " \t\n\r\v\f"
		if len(args) > 1 {
			var err error
			if chars, err = sameText(self, args[1]); err != nil {
				return Null, err
			}
		}
		from, to := 0, len(s)
		for left && from < to && strings.IndexByte(chars, s[from]) >= 0 {
			if from++; from%piece == 0 {
				if err := t.Work(pollItems); err != nil {
					return Null, err
				}
			}
		}
		for right && from < to && strings.IndexByte(chars, s[to-1]) >= 0 {
			if to--; to%piece == 0 {
				if err := t.Work(pollItems); err != nil {
					return Null, err
				}
			}
		}
		if to-from == len(s) {
			return self, nil
		}
		return t.likeSelf(self, s[from:to])
	}
}

func strReplace(t *Thread, args []Value) (Value, error) {
	self := args[0]
	limit := int64(-1)
	if len(args) == 4 {
		var err error
		if limit, err = ToInt(t, args[3]); err != nil {
			return Null, err
		}
		if limit == 0 {
			return self, nil
		}
	}
	s, _ := textOf(self)
	old, err := sameText(self, args[1])
	if err != nil {
		return Null, err
	}
	repl, err := sameText(self, args[2])
	if err != nil {
		return Null, err
	}
	if len(old) > len(s) {
		return self, nil
	}
	n := int64(len(s)) + 1 // with an empty old: before every byte and at the end
	if old != "" {
		found, err := t.count(s, old)
		if err != nil {
			return Null, err
		}
		n = int64(found)
	}
	if limit >= 0 {
		n = min(n, limit)
	}
	if n == 0 {
		return self, nil
	}
	if err := t.allocText(int64(len(s)) + n*int64(len(repl)-len(old))); err != nil {
		return Null, err
	}
	var b strings.Builder
	b.Grow(len(s) + int(n)*(len(repl)-len(old)))
	for i := range n {
		at := min(1, len(s)) // with an empty old: a byte between two
		if i == 0 {
			at = 0
		}
		if old != "" {
			if at, err = t.index(s, old); err != nil {
				return Null, err
			}
		}
		if err := t.Work(1); err != nil {
			return Null, err
		}
		b.WriteString(s[:at])
		b.WriteString(repl)
		s = s[at+len(old):]
	}
	b.WriteString(s)
	if self.Type() == StrType {
		return NewStr(b.String()), nil
	}
	return NewBytes(b.String()), nil
}

func strCount(t *Thread, args []Value) (Value, error) {
	self := args[0]
	s, _ := textOf(self)
	sub, err := sameText(self, args[1])
	if err != nil {
		return Null, err
	}
	start, end, err := t.textBounds(self, s, args[2:])
	if err != nil {
		return Null, err
	}
	if sub == "" {
		if end < start {
			return Int(1), nil
		}
		n, err := t.charCount(s[start:end])
		return Int(int64(n + 1)), err
	}
	if str, ok := self.AsStr(); ok && str.ASCII() && start <= end {
		n, err := t.count(s[start:end], sub)
		return Int(int64(n)), err
	}
	n := 0
	for start+len(sub) <= end {
		if err := t.Work(1 + len(sub)/ItemBytes); err != nil {
			return Null, err
		}
		if s[start:start+len(sub)] == sub {
			n++
			start += len(sub)
		} else {
			start = text.NextChar(s, start)
		}
	}
	return Int(int64(n)), nil
}

func strCenter(t *Thread, self, width Value) (Value, error) {
	s, _ := textOf(self)
	n, err := ToInt(t, width)
	if err != nil {
		return Null, err
	}
	if n >= 0 && int64(len(s)) >= n {
		return self, nil
	}
	if err := t.allocText(n); err != nil {
		return Null, err
	}
	out := text.AppendPadded(make([]byte, 0, n), s, text.CenterAdjust, ' ', int(n))
	if self.Type() == StrType {
		return NewStr(ownText(out)), nil
	}
	return NewBytes(ownText(out)), nil
}

func caseMapper(f func(c byte) byte) func(t *Thread, self Value) (Value, error) {
	return func(t *Thread, self Value) (Value, error) {
		s, _ := textOf(self)
		if err := t.allocText(int64(len(s))); err != nil {
			return Null, err
		}
		out := make([]byte, len(s))
		err := t.InPieces(len(s), func(from, to int) bool {
			src, dst := s[from:to], out[from:to]
			for i := range dst {
				dst[i] = f(src[i])
			}
			return true
		})
		if err != nil {
			return Null, err
		}
		if self.Type() == StrType {
			return NewStr(ownText(out)), nil
		}
		return NewBytes(ownText(out)), nil
	}
}

// isClass tests all characters, or, if only is set, those that only accepts,
// of which there must be one.
func isClass(class, only func(c byte) bool) func(t *Thread, self Value) (Value, error) {
	return func(t *Thread, self Value) (Value, error) {
		s, _ := textOf(self)
		some, all := false, true
		err := t.InPieces(len(s), func(from, to int) bool {
			any, ok := areOf(s[from:to], class, only)
			some, all = some || any, ok
			return ok
		})
		return Bool(some && all), err
	}
}

// areOf is isClass for a piece: some tells whether only accepts any.
func areOf(s string, class, only func(c byte) bool) (some, all bool) {
	for i := range len(s) {
		if only != nil && !only(s[i]) {
			continue
		}
		some = true
		if !class(s[i]) {
			return some, false
		}
	}
	return some, true
}

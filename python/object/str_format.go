package object

import (
	"qpy/python/text"
)

// The % operator and the method format: the glue between values and the
// formatting languages of package text.

// fmtArgs gives a format string its arguments (text.Args).
type fmtArgs struct {
	t    *Thread
	vals []Value // positional arguments, then those found by name
	n    int     // number of positional arguments
	dict *Dict   // of %, or nil
	kw   []Value // of format
	text int64   // bytes of all texts given so far
}

func (a *fmtArgs) Len() int                     { return a.n }
func (a *fmtArgs) HasDict() bool                { return a.dict != nil }
func (a *fmtArgs) TypeName(i int) string        { return a.vals[i].TypeName() }
func (a *fmtArgs) Word(i int) (int64, error)    { return ToInt(a.t, a.vals[i]) }
func (a *fmtArgs) Float(i int) (float64, error) { return ToFloat(a.vals[i]) }
func (a *fmtArgs) Work(n int) error             { return a.t.Work(n / ItemBytes) }
func (a *fmtArgs) Room(size int) error          { return a.t.allocText(int64(size)) }

// Text is the content of a str or bytes, if the heap is large enough for all
// that were asked for: the result will have them in it.
func (a *fmtArgs) Text(i int) (string, error) {
	s, err := TextOf(a.vals[i])
	if err == nil && len(s) >= allocLarge {
		err = a.large(s)
	}
	return s, err
}

func (a *fmtArgs) large(s string) error {
	if a.text += int64(len(s)); a.text > a.t.In.Profile.Heap {
		return memoryErr(a.text)
	}
	return a.t.Work(len(s) / ItemBytes)
}

func (a *fmtArgs) Key(name string) (int, error) {
	key := NewStr(name)
	v := Null
	if a.dict != nil {
		var err error
		if v, err = a.dict.Get(a.t, key); err != nil {
			return 0, err
		}
	}
	for i := 0; i+1 < len(a.kw); i += 2 {
		if s, ok := a.kw[i].AsStr(); ok && s.s == name {
			v = a.kw[i+1]
			break // of two of one name the first counts, as everywhere
		}
	}
	if v.IsNull() {
		return 0, RaiseArgs(KeyError, key)
	}
	// vals may be the script's own tuple: never append in place.
	a.vals = append(a.vals[:len(a.vals):len(a.vals)], v)
	return len(a.vals) - 1, nil
}

func (a *fmtArgs) Class(i int) text.Class {
	switch a.vals[i].Type().Kind {
	case KindStr:
		return text.ClassStr
	case KindInt, KindBool:
		return text.ClassInt
	case KindFloat:
		return text.ClassFloat
	}
	return text.ClassOther
}

func (a *fmtArgs) Int(i, base int, truncate bool) (int64, []byte, error) {
	v := a.vals[i]
	if v.IsFloat() && truncate {
		var err error
		if v, err = IntFromFloat(v.Float()); err != nil {
			return 0, nil, err
		}
	}
	if v.IsInt() {
		return v.Int(), nil, nil
	}
	if b, ok := v.AsBig(); ok {
		wide, err := a.t.digits(b.b, base)
		return 0, wide, err
	}
	n, err := ToInt(a.t, v)
	return n, nil, err
}

func (a *fmtArgs) Append(dst []byte, i int, kind text.Printing) ([]byte, error) {
	v := a.vals[i]
	switch {
	case v.IsInt():
		return text.AppendInt(dst, v.Int()), nil
	case v.IsFloat():
		return text.AppendFloatRepr(dst, v.Float()), nil
	case kind != text.PrintRepr:
		if s, ok := v.AsStr(); ok {
			return a.appendText(dst, s.s)
		}
		if b, ok := v.AsBytes(); ok && kind == text.PrintRaw {
			return a.appendText(dst, b.s)
		}
	}
	pk := PrintStr
	if kind == text.PrintRepr {
		pk = PrintRepr
	}
	w := &Printer{t: a.t, buf: dst}
	err := Print(a.t, w, v, pk)
	return w.buf, err
}

func (a *fmtArgs) appendText(dst []byte, s string) (out []byte, err error) {
	if len(s) >= allocLarge {
		dst, err = a.t.Grow(dst, len(s))
	}
	if err != nil {
		return dst, err
	}
	return append(dst, s...), nil
}

// fmtState is what a thread keeps from one formatting to the next, so that it
// need not be allocated again.
type fmtState struct {
	args fmtArgs
	buf  [128]byte
}

// takeFmt returns the thread's formatting state, or a new one while that is in
// use by an outer formatting.
func (t *Thread) takeFmt() *fmtState {
	st := t.fmt
	t.fmt = nil
	if st == nil {
		st = new(fmtState)
	}
	st.args.t = t
	return st
}

// finish makes the result of a formatting and gives the state back.
func (st *fmtState) finish(t *Thread, self Value, out []byte, err error) (Value, error) {
	st.args = fmtArgs{}
	t.fmt = st
	if err != nil {
		return Null, raiseText(err)
	}
	if err := t.allocText(int64(len(out))); err != nil {
		return Null, err
	}
	if self.Type() == StrType {
		return NewStr(string(out)), nil
	}
	return NewBytes(string(out)), nil
}

// strPercent computes pattern % args for a str or bytes with the content
// pattern.
func strPercent(t *Thread, self Value, pattern string, args Value) (Value, error) {
	st := t.takeFmt()
	a := &st.args
	var one [1]Value
	if tup, ok := args.AsTuple(); ok {
		a.vals = tup.Items
	} else {
		if args.Type() == DictType {
			a.dict = (*Dict)(args.p)
		}
		one[0] = args
		a.vals = one[:]
	}
	a.n = len(a.vals)
	out, err := text.AppendPercent(st.buf[:0], pattern, self.Type() == BytesType, a)
	return st.finish(t, self, out, err)
}

// strFormat is the method format.
func strFormat(t *Thread, args, kw []Value) (Value, error) {
	pattern, _ := textOf(args[0])
	st := t.takeFmt()
	a := &st.args
	// args is a window of the caller's registers, and a __str__ may run.
	a.vals = append([]Value(nil), args[1:]...)
	a.kw = append([]Value(nil), kw...)
	a.n = len(a.vals)
	out, err := text.AppendFormat(st.buf[:0], pattern, a)
	return st.finish(t, args[0], out, err)
}

// Percent computes pattern % args, as hex and oct do.
func Percent(t *Thread, pattern string, args Value) (Value, error) {
	return strPercent(t, emptyStr.Value(), pattern, args)
}

// Format is pattern.format(args...) without keyword arguments.
func Format(t *Thread, pattern string, args ...Value) (Value, error) {
	return strFormat(t, append([]Value{NewStr(pattern)}, args...), nil)
}

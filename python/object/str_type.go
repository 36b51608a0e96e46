package object

import (
	"strings"

	"qpy/python/text"
)

// The types str and bytes: construction, printing, operators, indexing,
// iteration (py/objstr.c, py/objstrunicode.c). Their methods are in
// str_methods.go.

// textOf returns the content of a str or a bytes.
func textOf(v Value) (string, bool) {
	switch v.Type() {
	case StrType:
		return (*Str)(v.p).s, true
	case BytesType:
		return (*Bytes)(v.p).s, true
	}
	return "", false
}

// TextOf returns the content of a str or a bytes (mp_obj_str_get_data); any
// other object is a TypeError.
func TextOf(v Value) (string, error) {
	if s, ok := textOf(v); ok {
		return s, nil
	}
	return "", errImplicit(v)
}

// errImplicit is the TypeError for an object that should have been a str, or a
// str that should have been a bytes (bad_implicit_conversion).
func errImplicit(v Value) error {
	want := "str"
	if v.Type() == StrType {
		want = "bytes"
	}
	return Raisef(TypeError, "can't convert '%s' object to %s implicitly", v.TypeName(), want)
}

// textKinds are the exceptions behind the errors of package text.
var textKinds = [...]*Type{
	text.ValueError:          ValueError,
	text.TypeError:           TypeError,
	text.IndexError:          IndexError,
	text.NotImplementedError: NotImplementedError,
	text.RuntimeError:        RuntimeError,
}

// raiseText turns an error of package text into an exception; others, and nil,
// pass.
func raiseText(err error) error {
	if e, ok := err.(*text.Error); ok {
		return Raise(textKinds[e.Kind], e.Text)
	}
	return err
}

// memoryErr is the MemoryError for n bytes, whose number is printed as a C
// unsigned int.
func memoryErr(n int64) error { return MemoryErr(uint64(uint32(n))) }

// allocText asks for the memory of a str or bytes of n bytes.
func (t *Thread) allocText(n int64) error {
	if n < 0 || n > t.In.Profile.Heap {
		return memoryErr(n + 1)
	}
	return t.Alloc(int(n) + 48)
}

// NewBytes returns the bytes object with the bytes of s, charged to the heap
// budget.
func (t *Thread) NewBytes(s string) (Value, error) {
	if err := t.allocText(int64(len(s))); err != nil {
		return Null, err
	}
	return NewBytes(s), nil
}

// likeSelf returns a str or bytes of the content s, whichever self is.
func (t *Thread) likeSelf(self Value, s string) (Value, error) {
	if self.Type() == StrType {
		return t.NewStr(s)
	}
	return t.NewBytes(s)
}

var emptyBytes = NewBytes("")

func init() {
	StrType.New = strNew
	StrType.Print = func(t *Thread, w *Printer, self Value, kind PrintKind) error {
		s := (*Str)(self.p).s
		switch kind {
		case PrintStr:
			return w.Str(s)
		case PrintJSON:
			return w.json(t, s)
		}
		return w.strRepr(t, s)
	}
	StrType.Unary = func(t *Thread, op UnaryOp, self Value) (Value, error) {
		switch op {
		case OpBool:
			return Bool((*Str)(self.p).s != ""), nil
		case OpLen:
			return (*Str)(self.p).len(t)
		}
		return Null, nil
	}
	StrType.Binary = strBinary
	StrType.GetItem = strGetItem
	StrType.Buffer = strBuffer
	StrType.Iter = func(t *Thread, self Value) (Value, error) {
		return (&strIter{Header: Header{strIterType}, s: (*Str)(self.p).s}).Value(), nil
	}
	StrType.Visit = func(self Value, f func(Value)) int { return len((*Str)(self.p).s) + 48 }
	DefineBuiltin("str", StrType.Value())

	BytesType.New = bytesNew
	BytesType.Print = func(t *Thread, w *Printer, self Value, kind PrintKind) error {
		s := (*Bytes)(self.p).s
		if kind == PrintJSON {
			return w.json(t, s)
		}
		return w.bytesRepr(t, "", s, "")
	}
	// bytes has no Unary slot, as in 1.13: a class derived from it has no length.
	BytesType.Binary = strBinary
	BytesType.GetItem = bytesGetItem
	BytesType.Buffer = strBuffer
	BytesType.Iter = func(t *Thread, self Value) (Value, error) {
		return (&bytesIter{Header: Header{bytesIterType}, s: (*Bytes)(self.p).s}).Value(), nil
	}
	BytesType.Visit = func(self Value, f func(Value)) int { return len((*Bytes)(self.p).s) + 48 }
	DefineBuiltin("bytes", BytesType.Value())

	strIterType.Iter, bytesIterType.Iter = Identity, Identity
	strIterType.Next = func(t *Thread, self Value) (Value, error) {
		it := (*strIter)(self.p)
		if it.i >= len(it.s) {
			return Null, nil
		}
		from := it.i
		it.i = text.NextChar(it.s, from)
		return NewStr(it.s[from:it.i]), nil
	}
	bytesIterType.Next = func(t *Thread, self Value) (Value, error) {
		it := (*bytesIter)(self.p)
		if it.i >= len(it.s) {
			return Null, nil
		}
		it.i++
		return Int(int64(it.s[it.i-1])), nil
	}
}

var (
	strIterType   = NewEngineType("iterator")
	bytesIterType = NewEngineType("iterator")
)

// strIter is the iterator of a str.
type strIter struct {
	Header
	s string
	i int
}

// bytesIter is the iterator of a bytes.
type bytesIter struct {
	Header
	s string
	i int
}

func strBuffer(t *Thread, self Value, write bool) (Buffer, bool) {
	if write {
		return Buffer{}, false
	}
	s, _ := textOf(self)
	return Buffer{bytesOf(s), 'B'}, true
}

// strBinary computes the operators of str and bytes (mp_obj_str_binary_op).
func strBinary(t *Thread, op BinaryOp, self, other Value) (Value, error) {
	a, _ := textOf(self)
	switch op {
	case OpModulo:
		return strPercent(t, self, a, other)
	case OpMultiply:
		n, ok, err := IntMaybe(other)
		if !ok || err != nil {
			return Null, err
		}
		return strRepeat(t, self, a, n)
	}
	var b string
	switch ty := self.Type(); {
	case ty == other.Type():
		b, _ = textOf(other)
	case ty == StrType:
		return Null, errImplicit(other)
	default:
		f := other.Type().Buffer
		if f == nil {
			return Null, nil
		}
		buf, ok := f(t, other, false)
		if !ok {
			return Null, nil
		}
		b = ownText(buf.Data)
		if op == OpAdd || op == OpInplaceAdd {
			b = string(buf.Data)
		}
	}
	switch op {
	case OpAdd, OpInplaceAdd:
		if a == "" && self.Type() == other.Type() {
			return other, nil
		}
		if b == "" {
			return self, nil
		}
		if err := t.allocText(int64(len(a) + len(b))); err != nil {
			return Null, err
		}
		if self.Type() == StrType {
			return newStr(a + b).Value(), nil
		}
		return NewBytes(a + b), nil
	case OpContains:
		i, err := t.index(a, b)
		return Bool(i >= 0), err
	case OpEqual:
		return Bool(a == b), nil
	case OpLess:
		return Bool(a < b), nil
	case OpLessEqual:
		return Bool(a <= b), nil
	case OpMore:
		return Bool(a > b), nil
	case OpMoreEqual:
		return Bool(a >= b), nil
	}
	return Null, nil
}

func strRepeat(t *Thread, self Value, s string, n int64) (Value, error) {
	if n <= 0 {
		if self.Type() == StrType {
			return emptyStr.Value(), nil
		}
		return emptyBytes, nil
	}
	size, ok := MulInt(n, int64(len(s)))
	if !ok {
		return Null, memoryErr(n*int64(len(s)) + 1)
	}
	if err := t.allocText(size); err != nil {
		return Null, err
	}
	s = strings.Repeat(s, int(n))
	if self.Type() == StrType {
		return NewStr(s), nil
	}
	return NewBytes(s), nil
}

// strOffset converts a character index into a str to the offset of a byte
// (str_index_to_ptr). With slice set it is cut to the ends.
func strOffset(t *Thread, s *Str, index Value, slice bool) (int, error) {
	i, ok, err := IntMaybe(index)
	if err != nil {
		return 0, err
	}
	if !ok {
		return 0, Raisef(TypeError, "string indices must be integers, not %s", index.TypeName())
	}
	n := int64(len(s.s))
	if !s.ASCII() {
		// No index beyond the number of bytes exists; cutting it there keeps
		// the scan from counting with a number it could not hold.
		off, ok, err := t.charOffset(s.s, int(min(max(i, -n-1), n+1)))
		if err != nil {
			return 0, err
		}
		if !ok && !slice {
			return 0, Raise(IndexError, "string index out of range")
		}
		return off, nil
	}
	if i < 0 {
		i += n
	}
	if slice {
		return int(min(max(i, 0), n)), nil
	}
	if i < 0 || i >= n {
		return 0, Raise(IndexError, "string index out of range")
	}
	return int(i), nil
}

func strGetItem(t *Thread, self, index Value) (Value, error) {
	s := (*Str)(self.p)
	if sl, ok := index.AsSlice(); ok {
		if !sl.Step.IsNone() && sl.Step != Int(1) {
			return Null, errStep()
		}
		start, stop := 0, len(s.s)
		var err error
		if !sl.Start.IsNone() {
			if start, err = strOffset(t, s, sl.Start, true); err != nil {
				return Null, err
			}
		}
		if !sl.Stop.IsNone() {
			if stop, err = strOffset(t, s, sl.Stop, true); err != nil {
				return Null, err
			}
		}
		if stop < start {
			return emptyStr.Value(), nil
		}
		return t.NewStr(s.s[start:stop])
	}
	i, err := strOffset(t, s, index, false)
	if err != nil {
		return Null, err
	}
	if c := s.s[i]; c < 128 {
		return oneChar[c].Value(), nil
	}
	return NewStr(s.s[i:min(i+text.CharWidth(s.s[i]), len(s.s))]), nil
}

// errStep is the error for slices with a step where only 1 is supported.
func errStep() error {
	return Raise(NotImplementedError, "only slices with step=1 (aka None) are supported")
}

func bytesGetItem(t *Thread, self, index Value) (Value, error) {
	s := (*Bytes)(self.p).s
	if sl, ok := index.AsSlice(); ok {
		start, stop, step, err := sl.Fast(t, len(s))
		if err != nil {
			return Null, err
		}
		if step != 1 {
			return Null, errStep()
		}
		return t.NewBytes(s[start:stop])
	}
	i, err := Index(BytesType, len(s), index, false)
	if err != nil {
		return Null, err
	}
	return Int(int64(s[i])), nil
}

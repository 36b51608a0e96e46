package object

import "bytes"

// The types bytearray and array.array, which are one thing in MicroPython
// (py/objarray.c). memoryview is in memoryview.go.

// Array is a bytearray, or an array.array of machine numbers.
type Array struct {
	Header
	code byte    // type code; byteArrayCode for a bytearray
	size int     // bytes of an item
	data []byte  // the items in the machine's byte order, little endian
	objs []Value // the items of type code O, which has no data
}

// byteArrayCode is the type code of a bytearray (BYTEARRAY_TYPECODE).
const byteArrayCode = 1

// ArrayType is array.array.
var ArrayType = NewEngineType("array")

// NewByteArray returns a bytearray that takes over the slice.
func NewByteArray(data []byte) Value {
	return (&Array{Header: Header{ByteArrayType}, code: byteArrayCode, size: 1, data: data}).Value()
}

// AsArray returns v's object if v is a bytearray or an array.array.
func (v Value) AsArray() (*Array, bool) {
	if ty := v.Type(); ty == ByteArrayType || ty == ArrayType {
		return (*Array)(v.p), true
	}
	return nil, false
}

// Bytes returns the array's memory, which the caller may change as long as the
// script does not run.
func (a *Array) Bytes() []byte { return a.data }

// Len returns the number of items.
func (a *Array) Len() int {
	if a.code == 'O' {
		return len(a.objs)
	}
	return len(a.data) / a.size
}

// newArray makes an array of n zero items.
func newArray(t *Thread, code byte, n int64) (*Array, error) {
	size := itemSize(t.In, code)
	if size == 0 {
		return nil, Raise(ValueError, "bad typecode")
	}
	bytes, ok := MulInt(n, int64(size))
	if !ok || bytes < 0 || bytes > t.In.Profile.Heap {
		return nil, memoryErr(n * int64(size))
	}
	if err := t.Alloc(int(bytes) + 64); err != nil {
		return nil, err
	}
	a := &Array{Header: Header{ArrayType}, code: code, size: size}
	if code == byteArrayCode {
		a.typ = ByteArrayType
	}
	if code == 'O' {
		a.objs = make([]Value, n)
		for i := range a.objs {
			a.objs[i] = None
		}
	} else {
		a.data = make([]byte, bytes)
	}
	return a, nil
}

func init() {
	ByteArrayType.Flags = FlagEqChecksOtherType
	ByteArrayType.New = byteArrayNew
	ArrayType.New = arrayNew
	for _, ty := range []*Type{ByteArrayType, ArrayType} {
		ty.Print = arrayPrint
		ty.Unary = func(t *Thread, op UnaryOp, self Value) (Value, error) {
			return lenUnary(op, (*Array)(self.p).Len())
		}
		ty.Binary = arrayBinary
		ty.GetItem = arrayGetItem
		ty.SetItem = arraySetItem
		ty.Buffer = func(t *Thread, self Value, write bool) (Buffer, bool) {
			a := (*Array)(self.p)
			return Buffer{a.data, a.code}, true
		}
		ty.Iter = func(t *Thread, self Value) (Value, error) {
			return (&arrayIter{Header: Header{arrayIterType}, a: (*Array)(self.p)}).Value(), nil
		}
		ty.Visit = func(self Value, f func(Value)) int {
			a := (*Array)(self.p)
			for _, v := range a.objs {
				f(v)
			}
			return cap(a.data) + 16*cap(a.objs) + 80
		}
	}
	DefineLater(func() {
		decodeMethod := FuncVar("decode", 1, 3, func(t *Thread, args []Value) (Value, error) {
			return decode(t, args[0])
		})
		for _, ty := range []*Type{ByteArrayType, ArrayType} {
			ty.Define("append", Func2("append", arrayAppend))
			ty.Define("extend", Func2("extend", arrayExtend))
			ty.Define("decode", decodeMethod)
		}
	}, ByteArrayType, ArrayType)
	arrayIterType.Iter = Identity
	arrayIterType.Next = func(t *Thread, self Value) (Value, error) {
		it := (*arrayIter)(self.p)
		if it.i >= it.a.Len() {
			return Null, nil
		}
		it.i++
		return it.a.get(it.i - 1), nil
	}
	arrayIterType.Visit = func(self Value, f func(Value)) int {
		f((*arrayIter)(self.p).a.Value())
		return 32
	}
	DefineBuiltin("bytearray", ByteArrayType.Value())
}

var arrayIterType = NewEngineType("iterator")

// arrayIter is the iterator of a bytearray or an array.
type arrayIter struct {
	Header
	a *Array
	i int
}

// lenUnary is the Unary slot of what has only a length.
func lenUnary(op UnaryOp, n int) (Value, error) {
	switch op {
	case OpBool:
		return Bool(n != 0), nil
	case OpLen:
		return Int(int64(n)), nil
	}
	return Null, nil
}

func arrayPrint(t *Thread, w *Printer, self Value, kind PrintKind) error {
	a := (*Array)(self.p)
	if a.code == byteArrayCode {
		return w.bytesRepr(t, "bytearray(", ownText(a.data), ")")
	}
	if err := w.Str("array('" + string(rune(a.code)) + "'"); err != nil {
		return err
	}
	for i := 0; i < a.Len(); i++ {
		sep := ", "
		if i == 0 {
			sep = ", ["
		}
		if err := w.Str(sep); err != nil {
			return err
		}
		if err := Print(t, w, a.get(i), PrintRepr); err != nil {
			return err
		}
	}
	if a.Len() > 0 {
		return w.Str("])")
	}
	return w.Str(")")
}

// arrayBinary computes the operators of bytearray, array and memoryview
// (array_binary_op).
func arrayBinary(t *Thread, op BinaryOp, self, other Value) (Value, error) {
	buf, _ := self.Type().Buffer(t, self, false)
	var rhs Buffer
	ok := false
	if f := other.Type().Buffer; f != nil {
		rhs, ok = f(t, other, false)
	}
	switch op {
	case OpAdd:
		if !ok {
			return Null, Raise(TypeError, "object with buffer protocol required")
		}
		size := itemSize(t.In, buf.Code)
		n := len(rhs.Data) / size
		a, err := newArray(t, buf.Code, int64(len(buf.Data)/size+n))
		if err != nil {
			return Null, err
		}
		copy(a.data, buf.Data)
		copy(a.data[len(buf.Data):], rhs.Data[:n*size])
		return a.Value(), nil
	case OpInplaceAdd:
		if self.Type() == MemoryViewType {
			return Null, nil
		}
		if _, err := arrayExtend(t, self, other); err != nil {
			return Null, err
		}
		return self, nil
	case OpContains:
		switch {
		case ok && self.Type() == ByteArrayType:
			return Bool(bytes.Contains(buf.Data, rhs.Data)), nil
		case !ok && (isInt(other) || other.IsFloat()):
			return Null, RaiseArgs(NotImplementedError)
		}
		return False, nil
	case OpEqual:
		return Bool(ok && bytes.Equal(buf.Data, rhs.Data)), nil
	}
	return Null, nil
}

func arrayAppend(t *Thread, self, v Value) (Value, error) {
	return None, (*Array)(self.p).append(t, v)
}

func arrayExtend(t *Thread, self, other Value) (Value, error) {
	buf, err := GetBuffer(t, other, false)
	if err != nil {
		return Null, err
	}
	a := (*Array)(self.p)
	n := len(buf.Data) / a.size * a.size
	if err := a.reserve(t, n); err != nil {
		return Null, err
	}
	a.data = append(a.data, buf.Data[:n]...)
	return None, nil
}

// reserve makes room for n more bytes.
func (a *Array) reserve(t *Thread, n int) error {
	if len(a.data)+n <= cap(a.data) {
		return nil
	}
	room := max(len(a.data)+n, len(a.data)+len(a.data)/4+8)
	if err := t.Alloc(room - cap(a.data)); err != nil {
		return err
	}
	data := make([]byte, len(a.data), room)
	copy(data, a.data)
	a.data = data
	return nil
}

// append adds an item. Nothing is added if it does not fit the type code.
func (a *Array) append(t *Thread, v Value) error {
	if a.code == 'O' {
		if err := t.Alloc(16); err != nil {
			return err
		}
		a.objs = append(a.objs, v)
		return nil
	}
	if err := a.reserve(t, a.size); err != nil {
		return err
	}
	n := len(a.data)
	item := a.data[n : n+a.size]
	clear(item)
	if err := putItem(t, a.code, item, v); err != nil {
		return err
	}
	// A special method of v may have changed the array meanwhile.
	a.data = append(a.data[:min(n, len(a.data))], item...)
	return nil
}

func (a *Array) get(i int) Value {
	if a.code == 'O' {
		return a.objs[i]
	}
	return getItemOf(a.code, a.data[i*a.size:(i+1)*a.size])
}

func (a *Array) set(t *Thread, i int, v Value) error {
	if a.code == 'O' {
		a.objs[i] = v
		return nil
	}
	return putItem(t, a.code, a.data[i*a.size:(i+1)*a.size], v)
}

package object

// The type memoryview (py/objarray.c).

// MemoryView is a window on the memory of another object. It keeps seeing that
// memory even if the object has since moved to a larger one.
type MemoryView struct {
	Header
	code  byte // type code of the items
	size  int  // bytes of an item
	write bool // items may be changed
	data  []byte
	base  Value // keeps the memory counted
}

// AsMemoryView returns v's object if v is a memoryview.
func (v Value) AsMemoryView() (*MemoryView, bool) {
	if v.Type() == MemoryViewType {
		return (*MemoryView)(v.p), true
	}
	return nil, false
}

// NewMemoryView returns a memoryview of data, whose items have the type code
// code; write allows the script to change them. base is the object that owns
// the memory, or None.
func NewMemoryView(in *Interp, data []byte, code byte, write bool, base Value) Value {
	size := max(itemSize(in, code), 1)
	m := &MemoryView{Header{MemoryViewType}, code, size, write, data[:len(data)/size*size], base}
	return m.Value()
}

// Len returns the number of items.
func (m *MemoryView) Len() int { return len(m.data) / m.size }

func (m *MemoryView) get(i int) Value { return getItemOf(m.code, m.data[i*m.size:(i+1)*m.size]) }

func init() {
	ty := MemoryViewType
	ty.Flags = FlagEqChecksOtherType
	ty.New = func(t *Thread, typ *Type, args, kw []Value) (Value, error) {
		if err := CheckNum(args, kw, 1, 1, false); err != nil {
			return Null, err
		}
		if err := t.Alloc(80); err != nil {
			return Null, err
		}
		buf, err := GetBuffer(t, args[0], false)
		if err != nil {
			return Null, err
		}
		_, write := args[0].Type().Buffer(t, args[0], true)
		return NewMemoryView(t.In, buf.Data, buf.Code, write, args[0]), nil
	}
	ty.Unary = func(t *Thread, op UnaryOp, self Value) (Value, error) {
		return lenUnary(op, (*MemoryView)(self.p).Len())
	}
	ty.Binary = arrayBinary
	ty.GetItem = viewGetItem
	ty.SetItem = viewSetItem
	ty.Buffer = func(t *Thread, self Value, write bool) (Buffer, bool) {
		m := (*MemoryView)(self.p)
		if write && !m.write {
			return Buffer{}, false
		}
		return Buffer{m.data, m.code}, true
	}
	ty.Iter = func(t *Thread, self Value) (Value, error) {
		return (&viewIter{Header: Header{viewIterType}, m: (*MemoryView)(self.p)}).Value(), nil
	}
	ty.Visit = func(self Value, f func(Value)) int {
		f((*MemoryView)(self.p).base)
		return 80
	}
	viewIterType.Iter = Identity
	viewIterType.Next = func(t *Thread, self Value) (Value, error) {
		it := (*viewIter)(self.p)
		if it.i >= it.m.Len() {
			return Null, nil
		}
		it.i++
		return it.m.get(it.i - 1), nil
	}
	viewIterType.Visit = func(self Value, f func(Value)) int {
		f((*viewIter)(self.p).m.Value())
		return 32
	}
	DefineBuiltin("memoryview", ty.Value())
}

var viewIterType = NewEngineType("iterator")

// viewIter is the iterator of a memoryview.
type viewIter struct {
	Header
	m *MemoryView
	i int
}

func viewGetItem(t *Thread, self, index Value) (Value, error) {
	m := (*MemoryView)(self.p)
	if sl, ok := index.AsSlice(); ok {
		start, stop, step, err := sl.Fast(t, m.Len())
		if err != nil {
			return Null, err
		}
		if step != 1 {
			return Null, errStep()
		}
		if err := t.Alloc(80); err != nil {
			return Null, err
		}
		part := *m
		part.data = m.data[start*m.size : stop*m.size]
		return part.Value(), nil
	}
	i, err := Index(MemoryViewType, m.Len(), index, false)
	if err != nil {
		return Null, err
	}
	return m.get(i), nil
}

func viewSetItem(t *Thread, self, index, val Value) (bool, error) {
	m := (*MemoryView)(self.p)
	if sl, ok := index.AsSlice(); ok {
		start, stop, step, err := sl.Fast(t, m.Len())
		if err != nil {
			return true, err
		}
		if step != 1 {
			return true, errStep()
		}
		src, err := sliceSource(t, val, m.size)
		if err != nil || !m.write {
			return m.write, err
		}
		if len(src) != (stop-start)*m.size {
			return true, errCompat()
		}
		copy(m.data[start*m.size:], src)
		return true, nil
	}
	i, err := Index(MemoryViewType, m.Len(), index, false)
	if err != nil || !m.write {
		return m.write, err
	}
	return true, putItem(t, m.code, m.data[i*m.size:(i+1)*m.size], val)
}

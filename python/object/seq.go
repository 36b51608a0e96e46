package object

import "math/big"

// BigInt is an int beyond 64 bits. An int that fits is never a BigInt.
type BigInt struct {
	Header
	b   *big.Int
	box *bigBox // what b and the object are parts of, or nil
}

// Big returns the number. The caller must not change it.
func (i *BigInt) Big() *big.Int { return i.b }

// NewBig returns the int of value b, which the caller gives away.
func NewBig(b *big.Int) Value {
	if b.IsInt64() {
		return Int(b.Int64())
	}
	return (&BigInt{Header: Header{IntType}, b: b}).Value()
}

// Tuple is a tuple. Its items never change once a script has seen it.
type Tuple struct {
	Header
	Items []Value
}

type tuple1 struct {
	Tuple
	a [1]Value
}

type tuple2 struct {
	Tuple
	a [2]Value
}

type tuple3 struct {
	Tuple
	a [3]Value
}

type tuple4 struct {
	Tuple
	a [4]Value
}

type tuple6 struct {
	Tuple
	a [6]Value
}

type tuple8 struct {
	Tuple
	a [8]Value
}

var emptyTuple = &Tuple{Header: Header{TupleType}}

// newTuple copies items.
func newTuple(items []Value) *Tuple {
	switch len(items) {
	case 0:
		return emptyTuple
	case 1:
		x := &tuple1{Tuple{Header: Header{TupleType}}, [1]Value(items)}
		x.Items = x.a[:]
		return &x.Tuple
	case 2:
		x := &tuple2{Tuple{Header: Header{TupleType}}, [2]Value(items)}
		x.Items = x.a[:]
		return &x.Tuple
	case 3:
		x := &tuple3{Tuple{Header: Header{TupleType}}, [3]Value(items)}
		x.Items = x.a[:]
		return &x.Tuple
	}
	var t *Tuple
	switch n := len(items); {
	case n <= 4:
		x := &tuple4{}
		t = &x.Tuple
		t.Items = x.a[:n:n]
	case n <= 6:
		x := &tuple6{}
		t = &x.Tuple
		t.Items = x.a[:n:n]
	case n <= 8:
		x := &tuple8{}
		t = &x.Tuple
		t.Items = x.a[:n:n]
	default:
		t = &Tuple{Items: make([]Value, n)}
	}
	t.Header = Header{TupleType}
	copy(t.Items, items)
	return t
}

// NewTuple returns a tuple of the given items, which it copies.
func NewTuple(items ...Value) Value { return newTuple(items).Value() }

// TupleOf returns a tuple that takes over the slice.
func TupleOf(items []Value) Value {
	if len(items) == 0 {
		return emptyTuple.Value()
	}
	return (&Tuple{Header{TupleType}, items}).Value()
}

// List is a list. Code that changes Items must ask Thread.Alloc before it
// makes the slice longer; Append does.
type List struct {
	Header
	Items []Value
}

// NewList returns a list that takes over the slice.
func NewList(items []Value) *List { return &List{Header{ListType}, items} }

type (
	list4 struct {
		List
		a [4]Value
	}
	list8 struct {
		List
		a [8]Value
	}
	list12 struct {
		List
		a [12]Value
	}
)

// NewListLen returns a list of n items that the caller must set: short ones
// take one allocation.
func NewListLen(n int) *List {
	switch {
	case n == 0 || n > 12:
		return &List{Header{ListType}, make([]Value, n)}
	case n <= 4:
		x := &list4{List: List{Header: Header{ListType}}}
		x.Items = x.a[:n]
		return &x.List
	case n <= 8:
		x := &list8{List: List{Header: Header{ListType}}}
		x.Items = x.a[:n]
		return &x.List
	}
	x := &list12{List: List{Header: Header{ListType}}}
	x.Items = x.a[:n]
	return &x.List
}

// Append adds an item at the end.
func (l *List) Append(t *Thread, v Value) error {
	if len(l.Items) == cap(l.Items) {
		if err := l.grow(t); err != nil {
			return err
		}
	}
	l.Items = append(l.Items, v)
	return nil
}

func (l *List) grow(t *Thread) error {
	n := 2 * cap(l.Items)
	if n < 4 {
		n = 4
	}
	if n > 4096 {
		n = cap(l.Items) + cap(l.Items)/4
	}
	if err := t.allocWords(16*(n-cap(l.Items)), listWords(len(l.Items))); err != nil {
		return err
	}
	return l.move(t, n)
}

// move gives l room for n items.
func (l *List) move(t *Thread, n int) error {
	items := make([]Value, len(l.Items), n)
	if err := t.Copy(items, l.Items); err != nil {
		return err
	}
	l.Items = items
	return nil
}

// listWords is how many words MicroPython asks for when a list of n items
// grows: it doubles the list.
func listWords(n int) uint64 {
	words := uint64(8)
	for words <= uint64(n) {
		words *= 2
	}
	return words
}

// Cell holds a variable that a function shares with the functions in it.
type Cell struct {
	Header
	V Value // Null while unbound
}

// NewCell returns a cell that holds v.
func NewCell(v Value) *Cell { return &Cell{Header{CellType}, v} }

// Range is a range object.
type Range struct {
	Header
	Start, Stop, Step int64
}

// NewRange returns range(start, stop, step); step must not be zero.
func NewRange(start, stop, step int64) *Range {
	return &Range{Header{RangeType}, start, stop, step}
}

// Len returns the number of items.
func (r *Range) Len() int64 { return rangeLen(r.Start, r.Stop, r.Step) }

func rangeLen(start, stop, step int64) int64 {
	if step > 0 {
		if start >= stop {
			return 0
		}
		return int64((uint64(stop)-uint64(start)-1)/uint64(step)) + 1
	}
	if start <= stop {
		return 0
	}
	return int64((uint64(start)-uint64(stop)-1)/(-uint64(step))) + 1
}

// Slice is a slice object: the index a[Start:Stop:Step]. Parts left out are
// None.
type Slice struct {
	Header
	Start, Stop, Step Value
}

// NewSlice returns a slice object.
func NewSlice(start, stop, step Value) *Slice {
	return &Slice{Header{SliceType}, start, stop, step}
}

// Module is a module.
type Module struct {
	Header
	Globals *Dict
}

// NewModule returns a module with only __name__ set.
func (in *Interp) NewModule(name string) *Module {
	m := &Module{Header{ModuleType}, NewDict(1)}
	m.Globals.SetName(in, nName, in.Intern(name).Value())
	return m
}

// Define puts an attribute into a native module.
func (m *Module) Define(in *Interp, name string, v Value) {
	m.Globals.SetName(in, in.InternNative(name), v)
}

// Property is a property object; what is missing is None.
type Property struct {
	Header
	Get, Set, Del Value
}

// StaticMethod wraps a function that binds nothing.
type StaticMethod struct {
	Header
	Fn Value
}

// ClassMethod wraps a function that binds the class.
type ClassMethod struct {
	Header
	Fn Value
}

// Super is what super() returns.
type Super struct {
	Header
	Class *Type
	Obj   Value
}

// BoundMethod is a function together with its first argument.
type BoundMethod struct {
	Header
	Fn, Self Value
}

// NewBound returns a bound method.
func NewBound(fn, self Value) *BoundMethod {
	return &BoundMethod{Header{BoundMethodType}, fn, self}
}

// AsProperty returns v's object if v is a property.
func (v Value) AsProperty() (*Property, bool) {
	if v.Type() == PropertyType {
		return (*Property)(v.p), true
	}
	return nil, false
}

// AsSuper returns v's object if v is a super object.
func (v Value) AsSuper() (*Super, bool) {
	if v.Type() == SuperType {
		return (*Super)(v.p), true
	}
	return nil, false
}

package object

import (
	"math"
	"unsafe"
)

// Value is one Python value in two words. p is the address of a header whose
// first word is the value's type: a static tag for the values that live in n
// (int, float, bool) or that need no payload (None, Ellipsis), or else the
// heap object itself, with n zero. Two Values are the same object exactly when
// they are == in Go.
//
// The zero Value is Null: no value at all. It marks an unbound variable, a
// free slot of a table, "not supported" from a slot and the end of an
// iteration. It must never reach a script.
type Value struct {
	p unsafe.Pointer
	n uint64
}

// address is what tells heap objects apart.
type address = unsafe.Pointer

// Header is the first word of every object: its type. A Go struct becomes a
// Python object by embedding Header as its first field.
type Header struct{ typ *Type }

// NewHeader returns the header of an object of type typ.
func NewHeader(typ *Type) Header { return Header{typ} }

// Type returns the object's type.
func (h *Header) Type() *Type { return h.typ }

// Value returns the value that is the object h heads. h must be the first
// field of that object.
func (h *Header) Value() Value { return Value{unsafe.Pointer(h), 0} }

var (
	intTag      = Header{IntType}
	floatTag    = Header{FloatType}
	boolTag     = Header{BoolType}
	noneTag     = Header{NoneType}
	ellipsisTag = Header{EllipsisType}
	notImplTag  = Header{NotImplementedType}
	sentinelTag = Header{ObjectType}
)

var (
	// Null is no value; see Value.
	Null = Value{}
	// None, True, False, Ellipsis and NotImplemented are Python's singletons.
	None           = Value{unsafe.Pointer(&noneTag), 0}
	True           = Value{unsafe.Pointer(&boolTag), 1}
	False          = Value{unsafe.Pointer(&boolTag), 0}
	Ellipsis       = Value{unsafe.Pointer(&ellipsisTag), 0}
	NotImplemented = Value{unsafe.Pointer(&notImplTag), 0}
	// sentinel marks a deleted slot of a hash table and, in a class lookup, a
	// special method that a native base has as a slot (MP_OBJ_SENTINEL).
	sentinel = Value{unsafe.Pointer(&sentinelTag), 0}
)

// Int returns the int i.
func Int(i int64) Value { return Value{unsafe.Pointer(&intTag), uint64(i)} }

// Float returns the float f.
func Float(f float64) Value { return Value{unsafe.Pointer(&floatTag), math.Float64bits(f)} }

// Bool returns True or False.
func Bool(b bool) Value {
	v := Value{unsafe.Pointer(&boolTag), 0}
	if b {
		v.n = 1
	}
	return v
}

// A heap object's n is 0 wherever a script can see it. Between the instruction
// that makes a value and the one that takes it, 1 says that nothing else refers
// to the object, so that its memory may be used again. The methods below are for
// values that are a long int, a Complex or a List.

// Fleeting returns v with the mark that nothing else refers to it.
func (v Value) Fleeting() Value { return Value{v.p, 1} }

// IsFleeting reports whether v has that mark.
func (v Value) IsFleeting() bool { return v.n != 0 }

// Settled returns v without that mark, whatever its type.
func (v Value) Settled() Value {
	if v.n != 0 {
		if ty := v.Type(); ty == ComplexType || ty == ListType || ty == IntType && !v.IsInt() {
			v.n = 0
		}
	}
	return v
}

// SetInt makes *v the int i, writing the tag only when it changes: the write
// of a pointer costs a check of the garbage collector's barrier.
func (v *Value) SetInt(i int64) {
	if v.p != unsafe.Pointer(&intTag) {
		v.p = unsafe.Pointer(&intTag)
	}
	v.n = uint64(i)
}

// SetFloat makes *v the float f; see SetInt.
func (v *Value) SetFloat(f float64) {
	if v.p != unsafe.Pointer(&floatTag) {
		v.p = unsafe.Pointer(&floatTag)
	}
	v.n = math.Float64bits(f)
}

// SetBool makes *v True or False; see SetInt.
func (v *Value) SetBool(b bool) {
	if v.p != unsafe.Pointer(&boolTag) {
		v.p = unsafe.Pointer(&boolTag)
	}
	v.n = b2i(b)
}

func b2i(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// Type returns the value's type. v must not be Null.
func (v Value) Type() *Type { return (*Header)(v.p).typ }

// TypeName returns the name of the value's type, as error messages show it.
func (v Value) TypeName() string { return v.Type().Name }

// IsNull reports whether v is no value.
func (v Value) IsNull() bool { return v.p == nil }

// IsInt reports whether v is an int that fits 64 bits: one whose AsInt holds.
func (v Value) IsInt() bool { return v.p == unsafe.Pointer(&intTag) }

// IsFloat reports whether v is a float.
func (v Value) IsFloat() bool { return v.p == unsafe.Pointer(&floatTag) }

// IsBool reports whether v is True or False.
func (v Value) IsBool() bool { return v.p == unsafe.Pointer(&boolTag) }

// IsNone reports whether v is None.
func (v Value) IsNone() bool { return v.p == unsafe.Pointer(&noneTag) }

// Int returns the payload of an int (IsInt) or a bool (0 or 1).
func (v Value) Int() int64 { return int64(v.n) }

// Float returns the payload of a float (IsFloat).
func (v Value) Float() float64 { return math.Float64frombits(v.n) }

// Ptr returns the address of the value's header, for the register file of the
// VM and its inline caches.
func (v Value) Ptr() unsafe.Pointer { return v.p }

// Is reports whether v and w are the same object.
func (v Value) Is(w Value) bool { return v == w }

// bothInt reports whether both values are 64-bit ints.
func bothInt(v, w Value) bool {
	return v.p == unsafe.Pointer(&intTag) && w.p == unsafe.Pointer(&intTag)
}

// AsStr returns v's string object if v is a str.
func (v Value) AsStr() (*Str, bool) {
	if v.Type() == StrType {
		return (*Str)(v.p), true
	}
	return nil, false
}

// AsBytes returns v's object if v is a bytes.
func (v Value) AsBytes() (*Bytes, bool) {
	if v.Type() == BytesType {
		return (*Bytes)(v.p), true
	}
	return nil, false
}

// AsBig returns v's object if v is an int beyond 64 bits.
func (v Value) AsBig() (*BigInt, bool) {
	if v.Type() == IntType && v.p != unsafe.Pointer(&intTag) {
		return (*BigInt)(v.p), true
	}
	return nil, false
}

// AsTuple returns v's object if v is a tuple, not a subclass or a namedtuple.
func (v Value) AsTuple() (*Tuple, bool) {
	if v.Type() == TupleType {
		return (*Tuple)(v.p), true
	}
	return nil, false
}

// AsList returns v's object if v is a list.
func (v Value) AsList() (*List, bool) {
	if v.Type() == ListType {
		return (*List)(v.p), true
	}
	return nil, false
}

// AsDict returns v's object if v is a dict or an OrderedDict.
func (v Value) AsDict() (*Dict, bool) {
	if ty := v.Type(); ty == DictType || ty == OrderedDictType {
		return (*Dict)(v.p), true
	}
	return nil, false
}

// AsSet returns v's object if v is a set or a frozenset.
func (v Value) AsSet() (*Set, bool) {
	if ty := v.Type(); ty == SetType || ty == FrozenSetType {
		return (*Set)(v.p), true
	}
	return nil, false
}

// AsType returns v's object if v is a class or a built-in type.
func (v Value) AsType() (*Type, bool) {
	if v.Type() == TypeType {
		return (*Type)(v.p), true
	}
	return nil, false
}

// AsInstance returns v's object if v is an instance of a class that a script
// made.
func (v Value) AsInstance() (*Instance, bool) {
	if v.Type().Flags&FlagInstance != 0 {
		return (*Instance)(v.p), true
	}
	return nil, false
}

// AsModule returns v's object if v is a module.
func (v Value) AsModule() (*Module, bool) {
	if v.Type() == ModuleType {
		return (*Module)(v.p), true
	}
	return nil, false
}

// AsBuiltin returns v's object if v is a built-in function.
func (v Value) AsBuiltin() (*Builtin, bool) {
	if v.Type() == BuiltinType {
		return (*Builtin)(v.p), true
	}
	return nil, false
}

// AsBound returns v's object if v is a bound method.
func (v Value) AsBound() (*BoundMethod, bool) {
	if v.Type() == BoundMethodType {
		return (*BoundMethod)(v.p), true
	}
	return nil, false
}

// AsCell returns v's object if v is a closure cell.
func (v Value) AsCell() (*Cell, bool) {
	if v.Type() == CellType {
		return (*Cell)(v.p), true
	}
	return nil, false
}

// AsRange returns v's object if v is a range.
func (v Value) AsRange() (*Range, bool) {
	if v.Type() == RangeType {
		return (*Range)(v.p), true
	}
	return nil, false
}

// AsSlice returns v's object if v is a slice.
func (v Value) AsSlice() (*Slice, bool) {
	if v.Type() == SliceType {
		return (*Slice)(v.p), true
	}
	return nil, false
}

// AsException returns the native exception of v: v itself, or the native part
// of an instance of a class derived from an exception.
func (v Value) AsException() (*Exception, bool) {
	ty := v.Type()
	if ty.Kind == KindException {
		return (*Exception)(v.p), true
	}
	if ty.Flags&FlagInstance != 0 && ty.native != nil && ty.native.Kind == KindException {
		sub := (*Instance)(v.p).slots[0]
		if !sub.IsNull() && sub.Type().Kind == KindException {
			return (*Exception)(sub.p), true
		}
	}
	return nil, false
}

// Layout ties the Go struct T of a package's own objects to their Python type,
// so that From needs no unsafe code outside this package.
type Layout[T any] struct{ typ *Type }

// NewLayout makes the layout of objects of type typ whose Go struct is T. T
// must begin with an embedded Header, which every T carries with NewHeader of
// this very typ and of no other.
func NewLayout[T any](typ *Type) Layout[T] {
	if !staticNames { // where bounds are checked, this is too
		checkLayout[T]()
	}
	return Layout[T]{typ}
}

// From returns v's object if v is of the layout's type.
func (l Layout[T]) From(v Value) (*T, bool) {
	if v.Type() == l.typ {
		return (*T)(v.p), true
	}
	return nil, false
}

// Must returns v's object. For the slots of the layout's own type, which are
// only ever called with such values.
func (l Layout[T]) Must(v Value) *T {
	if v.Type() != l.typ {
		panic("object: " + v.TypeName() + " given to a slot of " + l.typ.Name)
	}
	return (*T)(v.p)
}

// Type returns the layout's Python type.
func (l Layout[T]) Type() *Type { return l.typ }

// AsListIter returns v's object if v is the iterator of a list.
func (v Value) AsListIter() (*ListIter, bool) {
	if v.Type() == ListIterType {
		return (*ListIter)(v.p), true
	}
	return nil, false
}

// AsTupleIter returns v's object if v is the iterator of a tuple.
func (v Value) AsTupleIter() (*TupleIter, bool) {
	if v.Type() == TupleIterType {
		return (*TupleIter)(v.p), true
	}
	return nil, false
}

// AsRangeIter returns v's object if v is the iterator of a range.
func (v Value) AsRangeIter() (*RangeIter, bool) {
	if v.Type() == RangeIterType {
		return (*RangeIter)(v.p), true
	}
	return nil, false
}

// bytesOf returns the bytes of s without a copy. Nobody may write to them.
func bytesOf(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// ownText returns p as a string without a copy. Nobody may write to p as long
// as the string lives.
func ownText(p []byte) string { return unsafe.String(unsafe.SliceData(p), len(p)) }

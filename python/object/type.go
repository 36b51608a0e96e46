package object

import (
	"qpy/python/slab"

	"reflect"
)

// Kind tells the built-in layouts apart in one byte, for switches.
type Kind uint8

// The kinds that the VM and the generic operations treat specially.
const (
	KindOther Kind = iota
	KindInt
	KindFloat
	KindBool
	KindNone
	KindStr
	KindBytes
	KindTuple
	KindList
	KindDict
	KindSet
	KindRange
	KindSlice
	KindType
	KindInstance
	KindException
	KindBuiltin
	KindBound
	KindFunction
	KindGenerator
	KindModule
	KindListIter
	KindTupleIter
	KindRangeIter
	KindByteArray
)

// Flag is a set of properties of a type (MP_TYPE_FLAG_* of py/obj.h).
type Flag uint16

// The flags.
const (
	// FlagInstance marks a class made by a script.
	FlagInstance Flag = 1 << iota
	// FlagBindsSelf marks a function type: an attribute of this type found in
	// a class becomes a bound method.
	FlagBindsSelf
	// FlagBuiltinFun marks the types of native functions, which do not bind
	// when a script puts them in a class of its own.
	FlagBuiltinFun
	// FlagEqNotReflexive marks types where x == x may be false.
	FlagEqNotReflexive
	// FlagEqChecksOtherType marks types whose == accepts other types.
	FlagEqChecksOtherType
	// FlagEqHasNeq marks types whose Binary slot knows != as well as ==.
	FlagEqHasNeq
	// FlagSpecialAccessors marks classes with properties or descriptors.
	FlagSpecialAccessors
	// FlagSubclassed marks classes that have a subclass.
	FlagSubclassed
)

// PrintKind says how an object is to be printed.
type PrintKind uint8

// The print kinds (mp_print_kind_t). PrintExcSubclass is or-ed to another kind
// when the native part of a script's exception class is printed.
const (
	PrintStr         PrintKind = 0
	PrintRepr        PrintKind = 1
	PrintExc         PrintKind = 2
	PrintJSON        PrintKind = 3
	PrintExcSubclass PrintKind = 0x80
)

// Type is a Python type. Its slots have the shape of mp_obj_type_t, because
// what MicroPython allows, reflects and complains about follows from which
// slots a type has. A nil slot means that the type lacks the feature. Slots
// return Null without an error for "not supported here".
type Type struct {
	Header
	// Name is the name that type(x), repr and error messages show.
	Name string
	// Kind tells built-in layouts apart; KindOther for all that the VM does
	// not know.
	Kind Kind
	// Flags are the type's properties.
	Flags Flag
	// Bases are the direct base types. Empty means none at all; object is
	// then implied.
	Bases []*Type

	// Locals holds the attributes of a class that a script made. Nil for
	// built-in types, which keep theirs in a table filled by Define.
	Locals *Dict

	// Print writes the object.
	Print func(t *Thread, w *Printer, self Value, kind PrintKind) error
	// New makes an instance: the constructor and __init__ of a built-in type
	// in one. typ is the type itself or a subtype that shares the slot. kw
	// holds names and values in turn.
	New func(t *Thread, typ *Type, args, kw []Value) (Value, error)
	// Call calls the object. args and kw are only valid during the call.
	Call func(t *Thread, self Value, args, kw []Value) (Value, error)
	// Callable, if it is not nil, reports whether Call can succeed, where only
	// the object knows.
	Callable func(self Value) bool
	// Unary computes op self.
	Unary func(t *Thread, op UnaryOp, self Value) (Value, error)
	// Binary computes lhs op rhs; with a Reverse operator, self is the right
	// operand.
	Binary func(t *Thread, op BinaryOp, self, other Value) (Value, error)
	// LoadAttr finds an attribute. It returns the attribute, and if that is a
	// function to be called with the object first, recv is the object. When
	// the slot is set, the table of attributes is not searched (as in 1.13).
	LoadAttr func(t *Thread, self Value, name *Str) (attr, recv Value, err error)
	// StoreAttr sets an attribute, or deletes it when val is Null. It reports
	// whether it could.
	StoreAttr func(t *Thread, self Value, name *Str, val Value) (bool, error)
	// GetItem, SetItem and DelItem are self[index]. Set and Del report whether
	// the object supports it.
	GetItem func(t *Thread, self, index Value) (Value, error)
	SetItem func(t *Thread, self, index, val Value) (bool, error)
	DelItem func(t *Thread, self, index Value) (bool, error)
	// Iter returns an iterator of the object.
	Iter func(t *Thread, self Value) (Value, error)
	// Next returns the next item, or Null at the end.
	Next func(t *Thread, self Value) (Value, error)
	// Each calls f with every item until f fails, where that is faster than
	// Iter and Next: for generators.
	Each func(t *Thread, self Value, f func(Value) error) error
	// Next2 is Next for a caller that takes each item apart into two at once:
	// it saves the tuple. x is Null at the end. ok is false if the items are not
	// pairs; then Next must be asked.
	Next2 func(t *Thread, self Value) (x, y Value, ok bool, err error)
	// Buffer gives access to the object's bytes. write asks for memory that
	// may be changed; ok is false if the object has none to give.
	Buffer func(t *Thread, self Value, write bool) (buf Buffer, ok bool)
	// Stream makes the object a stream; a class inherits it from its first
	// base.
	Stream *Stream
	// Visit calls f with every value that the object holds and returns the
	// object's size in bytes, for the count of live memory.
	Visit func(self Value, f func(Value)) int

	attrs attrTable // of a built-in type

	// Cache belongs to the VM: how instances of a script's class are made.
	Cache any

	// Of a class that a script made:
	root   *Shape // shape of an instance without attributes
	native *Type  // the built-in type among its ancestors, or nil
	Size   int    // bytes of the heap that a type takes which was made at run time
	shapes int    // how many shapes the instances have had; see maxShapes
	hint   int    // most slots that an instance had so far
	slab2  slab.Slab[inst2]
	slab4  slab.Slab[inst4]
	id     uint64
}

// Buffer is the memory of an object that supports the buffer protocol.
type Buffer struct {
	// Data aliases the object's own memory.
	Data []byte
	// Code is the element type as the array module writes it ('B' for bytes).
	Code byte
}

// NewType returns a built-in type. Its slots are filled before the first script can
// see it: in an init function, or when a module is imported. (It is as short as it
// is so that the compiler can have the linker lay the type out: a module that is not
// imported then costs a start nothing.)
func NewType(name string, bases ...*Type) *Type {
	return &Type{Header: Header{&typeType}, Name: name, Bases: bases}
}

// NewEngineType is NewType for the types of the engine, whose slots every start
// fills.
func NewEngineType(name string, bases ...*Type) *Type {
	ty := nextType()
	ty.typ, ty.Name, ty.Bases = &typeType, name, bases
	return ty
}

// typeBlock is where those types lie: in memory that is zero at the start. What the
// linker lays out with values in it must be copied page by page when it is written
// to, which costs five times as much.
var typeBlock [128]Type

var typesMade int

func nextType() *Type {
	if typesMade == len(typeBlock) {
		return new(Type)
	}
	ty := &typeBlock[typesMade]
	ty.Kind = KindOther // a page that is written first is not made twice
	typesMade++
	return ty
}

func newKind(name string, kind Kind) *Type { return setKind(nextType(), name, kind) }

func setKind(ty *Type, name string, kind Kind) *Type {
	ty.typ, ty.Name, ty.Kind = &typeType, name, kind
	return ty
}

// TypeType is the type of types, its own one too.
var TypeType = func() *Type {
	typeType.typ, typeType.Name, typeType.Kind = &typeType, "type", KindType
	return &typeType
}()

// typeType and strType are variables of their own for static_names.go, which needs
// an address.
var typeType, strType Type

// The built-in types.
var (
	ObjectType         = NewEngineType("object")
	IntType            = newKind("int", KindInt)
	FloatType          = newKind("float", KindFloat)
	BoolType           = newKind("bool", KindBool)
	NoneType           = newKind("NoneType", KindNone)
	EllipsisType       = NewEngineType("") // of NotImplemented too
	NotImplementedType = EllipsisType
	ComplexType        = NewEngineType("complex")
	StrType            = setKind(&strType, "str", KindStr)
	BytesType          = newKind("bytes", KindBytes)
	ByteArrayType      = newKind("bytearray", KindByteArray)
	MemoryViewType     = NewEngineType("memoryview")
	TupleType          = newKind("tuple", KindTuple)
	ListType           = newKind("list", KindList)
	DictType           = newKind("dict", KindDict)
	OrderedDictType    = NewEngineType("OrderedDict", DictType)
	SetType            = newKind("set", KindSet)
	FrozenSetType      = newKind("frozenset", KindSet)
	RangeType          = newKind("range", KindRange)
	SliceType          = newKind("slice", KindSlice)
	ModuleType         = newKind("module", KindModule)
	BuiltinType        = newKind("function", KindBuiltin)
	BoundMethodType    = newKind("bound_method", KindBound)
	CellType           = NewEngineType("")
	PropertyType       = NewEngineType("property")
	StaticMethodType   = NewEngineType("staticmethod")
	ClassMethodType    = NewEngineType("classmethod")
	SuperType          = NewEngineType("super")
	// The iterators all show the name "iterator" (mp_type_polymorph_iter).
	ListIterType    = newKind("iterator", KindListIter)
	TupleIterType   = newKind("iterator", KindTupleIter)
	RangeIterType   = newKind("iterator", KindRangeIter)
	GetItemIterType = NewEngineType("iterator")
)

// Define adds an attribute to a built-in type, in an init function or for
// [DefineLater]. Values are mostly functions made with Func0 to FuncKw.
func (ty *Type) Define(name string, v Value) {
	ty.attrs.set(Intern(name), v)
}

// Names returns the attribute names of the type itself (not of its bases): in
// order of definition for a built-in type, in table order for a class.
func (ty *Type) Names() []*Str {
	if ty.Locals == nil {
		return ty.attrs.all()
	}
	var out []*Str
	for i := range ty.Locals.table {
		e := &ty.Locals.table[i]
		if e.filled() {
			if s, ok := e.key.AsStr(); ok {
				out = append(out, s)
			}
		}
	}
	return out
}

// Own returns the attribute that the type itself (not a base) has under the
// interned name, or Null.
func (ty *Type) Own(in *Interp, name *Str) Value {
	if ty.Locals != nil {
		return ty.Locals.GetName(in, name)
	}
	v := ty.attrs.get(name)
	if len(in.Profile.Hidden) > 0 && !v.IsNull() && in.Profile.Hidden[ty.Name+"."+name.s] {
		return Null
	}
	return v
}

// IsNative reports whether ty is a built-in type and not a script's class.
func (ty *Type) IsNative() bool { return ty.Flags&FlagInstance == 0 }

// NativeBase returns the built-in type that a script's class derives from, or
// nil. (object does not count.)
func (ty *Type) NativeBase() *Type { return ty.native }

// IsSubclass reports whether ty is base or derives from it, as MicroPython
// sees it: object is a base only where it is named.
func (ty *Type) IsSubclass(base *Type) bool {
	if ty == base {
		return true
	}
	for _, b := range ty.Bases {
		if b.IsSubclass(base) {
			return true
		}
	}
	return false
}

// checkLayout panics when T cannot be a Python object: it must begin with a Header,
// or with a layout of this package that does.
func checkLayout[T any]() {
	rt := reflect.TypeFor[T]()
	for first := rt; first.Kind() == reflect.Struct && first.NumField() > 0; first = first.Field(0).Type {
		if first.Field(0).Type == reflect.TypeFor[Header]() {
			return
		}
	}
	panic("object: " + rt.String() + " does not begin with object.Header")
}

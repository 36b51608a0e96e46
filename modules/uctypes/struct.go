package uctypes

import (
	"encoding/binary"

	"qpy/python/object"
)

// structure is an object of class struct: a descriptor laid over memory.
type structure struct {
	object.Header
	desc   object.Value
	addr   uint64
	layout int64
}

// space is what one board's module works with.
type space struct {
	mem     *memory
	typ     *object.Type // class struct
	objects object.Layout[structure]
	pointer uint64 // size of a pointer in bytes
}

func newSpace(in *object.Interp) *space {
	s := &space{mem: newMemory(in.Profile.Heap), typ: object.NewType("struct"), pointer: uint64(in.Profile.WordBits / 8)}
	s.objects = object.NewLayout[structure](s.typ)
	s.typ.New = s.create
	s.typ.Print = s.print
	s.typ.LoadAttr = func(t *object.Thread, self object.Value, name *object.Str) (attr, recv object.Value, err error) {
		attr, err = s.field(t, s.objects.Must(self), name, object.Null)
		return attr, object.Null, err
	}
	s.typ.StoreAttr = func(t *object.Thread, self object.Value, name *object.Str, val object.Value) (bool, error) {
		// Deleting a field reads it, and does nothing else.
		_, err := s.field(t, s.objects.Must(self), name, val)
		return err == nil, err
	}
	s.typ.GetItem = func(t *object.Thread, self, index object.Value) (object.Value, error) {
		v, _, err := s.item(t, s.objects.Must(self), index, object.Null)
		return v, err
	}
	s.typ.SetItem = func(t *object.Thread, self, index, val object.Value) (bool, error) {
		_, ok, err := s.item(t, s.objects.Must(self), index, val)
		return ok, err
	}
	s.typ.Unary = s.unary
	s.typ.Buffer = func(t *object.Thread, self object.Value, write bool) (object.Buffer, bool) {
		o := s.objects.Must(self)
		size, err := s.size(t, o.desc, o.layout)
		if err != nil {
			return object.Buffer{}, false
		}
		p, err := s.mem.share(o.addr, size, write)
		return object.Buffer{Data: p, Code: 'B'}, err == nil
	}
	s.typ.Visit = func(self object.Value, f func(object.Value)) int {
		f(s.objects.Must(self).desc)
		return 48
	}
	return s
}

func (s *space) size(t *object.Thread, desc object.Value, layout int64) (uint64, error) {
	m := measure{t: t, layout: layout, pointer: s.pointer}
	return m.size(desc)
}

func (s *space) wrap(t *object.Thread, desc object.Value, addr uint64, layout int64) (object.Value, error) {
	o := &structure{object.NewHeader(s.typ), desc, addr, layout}
	return o.Header.Value(), t.Alloc(48)
}

// create is struct(addr, descriptor[, layout]).
func (s *space) create(t *object.Thread, _ *object.Type, args, kw []object.Value) (object.Value, error) {
	if err := object.CheckNum(args, kw, 2, 3, false); err != nil {
		return object.Null, err
	}
	addr, err := object.ToIntTruncated(t, args[0])
	if err != nil {
		return object.Null, err
	}
	layout := int64(native)
	if len(args) == 3 {
		if layout, err = object.ToInt(t, args[2]); err != nil {
			return object.Null, err
		}
	}
	return s.wrap(t, args[1], uint64(addr), layout)
}

func (s *space) print(_ *object.Thread, w *object.Printer, self object.Value, _ object.PrintKind) error {
	o := s.objects.Must(self)
	kind := "ERROR"
	if _, ok := o.desc.AsDict(); ok {
		kind = "STRUCT"
	} else if t, ok := o.desc.AsTuple(); ok {
		kind = "unk"
		if len(t.Items) > 0 && t.Items[0].IsInt() {
			switch typ, _ := aggregateOf(t.Items[0].Int()); typ {
			case aggPtr:
				kind = "PTR"
			case aggArray:
				kind = "ARRAY"
			}
		}
	}
	return w.Strf("<struct %s %x>", kind, o.addr)
}

// unary: int() of a pointer is the address in it.
func (s *space) unary(_ *object.Thread, op object.UnaryOp, self object.Value) (object.Value, error) {
	o := s.objects.Must(self)
	if _, ok := o.desc.AsTuple(); !ok || op != object.OpInt {
		return object.Null, nil
	}
	typ, _, _, err := tuple(o.desc)
	if err != nil || typ != aggPtr {
		return object.Null, err
	}
	target, err := s.deref(o)
	return object.Int(int64(target)), err
}

// deref reads the pointer at the address of o.
func (s *space) deref(o *structure) (uint64, error) {
	return s.get(o.addr, s.pointer, binary.LittleEndian)
}

// field reads the field of a name, or sets it to val if that is not Null.
func (s *space) field(t *object.Thread, o *structure, name *object.Str, val object.Value) (object.Value, error) {
	d, ok := o.desc.AsDict()
	if !ok {
		return object.Null, object.Raise(object.TypeError, "struct: no fields")
	}
	desc, err := d.Get(t, name.Value())
	if err != nil {
		return object.Null, err
	}
	switch {
	case desc.IsNull():
		return object.Null, object.RaiseArgs(object.KeyError, name.Value())
	case desc.IsInt():
		typ, offset := numberOf(desc.Int())
		if isBitfield(typ) {
			return s.bitfield(t, o, typ, offset, val)
		}
		return s.number(t, typ, o.addr+uint64(offset), fieldSize(typ), o.layout, val)
	}
	typ, offset, rest, err := tuple(desc)
	if err != nil {
		return object.Null, err
	}
	if !val.IsNull() {
		return object.Null, errDescriptor() // only numbers can be assigned
	}
	addr := o.addr + uint64(offset)
	if typ == aggStruct {
		return s.wrap(t, rest[0], addr, o.layout)
	}
	if typ == aggArray && len(rest) == 1 {
		if item, count := numberOf(rest[0].Int()); item == typeUint8 {
			return s.byteArray(addr, uint64(count))
		}
	}
	return s.wrap(t, desc, addr, o.layout)
}

// byteArray gives memory as a bytearray.
func (s *space) byteArray(addr, n uint64) (object.Value, error) {
	p, err := s.mem.share(addr, n, true)
	if err != nil {
		return object.Null, err
	}
	return object.NewByteArray(p), nil
}

// get reads size bytes as a number, put stores one.
func (s *space) get(addr, size uint64, o binary.ByteOrder) (uint64, error) {
	var p [8]byte
	err := s.mem.read(addr, p[:size])
	return bits(p[:size], o), err
}

func (s *space) put(addr, size uint64, o binary.ByteOrder, u uint64) error {
	var p [8]byte
	setBits(p[:size], o, u)
	return s.mem.write(addr, p[:size])
}

// number reads or writes a number of size bytes.
func (s *space) number(t *object.Thread, typ int, addr, size uint64, layout int64, val object.Value) (object.Value, error) {
	if val.IsNull() {
		u, err := s.get(addr, size, order(layout))
		return load(typ, u), err
	}
	u, err := encode(t, typ, val)
	if err != nil {
		return object.Null, err
	}
	return val, s.put(addr, size, order(layout), u)
}

// bitfield reads or writes some bits of a number. They are never negative.
func (s *space) bitfield(t *object.Thread, o *structure, typ int, offset int64, val object.Value) (object.Value, error) {
	shift, length := uint(offset>>offsetBits)&31, uint(offset>>lengthPos)&31
	addr := o.addr + uint64(offset&(1<<offsetBits-1))
	size, mask := itemSize(typ&7), uint64(1)<<length-1
	u, err := s.get(addr, size, order(o.layout))
	if err != nil {
		return object.Null, err
	}
	if val.IsNull() {
		return object.Uint(u >> shift & mask), nil
	}
	n, err := object.ToInt(t, val)
	if err != nil {
		return object.Null, err
	}
	return val, s.put(addr, size, order(o.layout), u&^(mask<<shift)|uint64(n)&mask<<shift)
}

// item reads the item of an array or what a pointer leads to, or sets it to
// val; false if it cannot be set.
func (s *space) item(t *object.Thread, o *structure, index, val object.Value) (object.Value, bool, error) {
	if _, ok := o.desc.AsTuple(); !ok {
		return object.Null, false, object.Raise(object.TypeError, "struct: can't index")
	}
	typ, _, rest, err := tuple(o.desc)
	if err != nil {
		return object.Null, false, err
	}
	i, err := object.ToInt(t, index)
	if err != nil {
		return object.Null, false, err
	}
	switch typ {
	case aggArray:
		item, count := numberOf(rest[0].Int())
		if i >= count {
			return object.Null, false, object.Raise(object.IndexError, "struct: index out of range")
		}
		if len(rest) == 1 {
			step := itemSize(item)
			if o.layout == native {
				step = fieldSize(item)
			}
			v, err := s.number(t, item, o.addr+step*uint64(i), fieldSize(item), o.layout, val)
			return v, err == nil, err
		}
		if !val.IsNull() {
			return object.Null, false, nil
		}
		return s.element(t, rest[1], o.addr, i, o.layout)
	case aggPtr:
		target, err := s.deref(o)
		if err != nil {
			return object.Null, false, err
		}
		// Assigning through a pointer is taken and does nothing.
		if rest[0].IsInt() {
			item, _ := numberOf(rest[0].Int())
			size := fieldSize(item)
			v, err := s.number(t, item, target+size*uint64(i), size, native, object.Null)
			return v, err == nil, err
		}
		return s.element(t, rest[0], target, i, o.layout)
	}
	return object.Null, false, nil
}

// element is number i of structures that lie behind one another.
func (s *space) element(t *object.Thread, desc object.Value, addr uint64, i, layout int64) (object.Value, bool, error) {
	size, err := s.size(t, desc, layout)
	if err != nil {
		return object.Null, false, err
	}
	v, err := s.wrap(t, desc, addr+size*uint64(i), layout)
	return v, true, err
}

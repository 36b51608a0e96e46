// Package uctypes is the module `uctypes`: structures of C laid over the memory
// of buffers (extmod/moductypes.c). Addresses are good for buffers that
// addressof was asked about and for what uctypes itself gives; the registers
// and the other memory of a module are not there.
package uctypes

import (
	"qpy/modules/board"
	"qpy/python"
	"qpy/python/object"
)

// Module is the module `uctypes`.
var Module = python.Module{Name: "uctypes", Build: build}

func build(in *object.Interp, m *object.Module) {
	s := newSpace(in)
	if b := board.OfEngine(in); b != nil {
		b.Space = s
	}
	m.Define(in, "struct", s.typ.Value())
	python.Functions(in, m,
		object.FuncVar("sizeof", 1, 2, s.sizeof),
		object.Func1("addressof", s.addressof),
		object.Func2("bytes_at", s.bytesAt),
		object.Func2("bytearray_at", s.byteArrayAt),
	)
	word, long := typeInt32, typeUint32 // long is as wide as a word of the machine
	if s.pointer == 8 {
		word, long = typeInt64, typeUint64
	}
	for _, c := range []struct {
		name  string
		value int64
	}{
		{"NATIVE", native}, {"LITTLE_ENDIAN", littleEndian}, {"BIG_ENDIAN", bigEndian},
		{"VOID", constant(typeUint8, typeBits)},
		{"UINT8", constant(typeUint8, typeBits)}, {"INT8", constant(typeInt8, typeBits)},
		{"UINT16", constant(typeUint16, typeBits)}, {"INT16", constant(typeInt16, typeBits)},
		{"UINT32", constant(typeUint32, typeBits)}, {"INT32", constant(typeInt32, typeBits)},
		{"UINT64", constant(typeUint64, typeBits)}, {"INT64", constant(typeInt64, typeBits)},
		{"BFUINT8", constant(typeBFUint8, typeBits)}, {"BFINT8", constant(typeBFInt8, typeBits)},
		{"BFUINT16", constant(typeBFUint16, typeBits)}, {"BFINT16", constant(typeBFInt16, typeBits)},
		{"BFUINT32", constant(typeBFUint32, typeBits)}, {"BFINT32", constant(typeBFInt32, typeBits)},
		{"BF_POS", offsetBits}, {"BF_LEN", lengthPos},
		{"FLOAT32", constant(typeFloat32, typeBits)}, {"FLOAT64", constant(typeFloat64, typeBits)},
		{"SHORT", constant(typeInt16, typeBits)}, {"USHORT", constant(typeUint16, typeBits)},
		{"INT", constant(typeInt32, typeBits)}, {"UINT", constant(typeUint32, typeBits)},
		{"LONG", constant(word, typeBits)}, {"ULONG", constant(long, typeBits)},
		{"LONGLONG", constant(typeInt64, typeBits)}, {"ULONGLONG", constant(typeUint64, typeBits)},
		{"PTR", constant(aggPtr, aggBits)}, {"ARRAY", constant(aggArray, aggBits)},
	} {
		m.Define(in, c.name, object.Int(c.value))
	}
}

// Peek reads memory of the script that runs on an interpreter, from an address
// that module uctypes has given.
func Peek(in *object.Interp, addr uint64, p []byte) error {
	m, err := memoryOf(in, addr)
	if err != nil {
		return err
	}
	return m.read(addr, p)
}

// Poke is the other way round.
func Poke(in *object.Interp, addr uint64, p []byte) error {
	m, err := memoryOf(in, addr)
	if err != nil {
		return err
	}
	return m.write(addr, p)
}

func memoryOf(in *object.Interp, addr uint64) (*memory, error) {
	if b := board.OfEngine(in); b != nil {
		if s, ok := b.Space.(*space); ok {
			return s.mem, nil
		}
	}
	return nil, noBuffer(addr, 1)
}

// sizeof is sizeof(descriptor[, layout]) or sizeof(struct).
func (s *space) sizeof(t *object.Thread, args []object.Value) (object.Value, error) {
	if args[0].Type() == object.ByteArrayType {
		return object.Len(t, args[0])
	}
	desc, layout := args[0], int64(native)
	if o, ok := s.objects.From(desc); ok {
		if len(args) != 1 {
			return object.Null, object.RaiseArgs(object.TypeError)
		}
		desc, layout = o.desc, o.layout
	} else if len(args) == 2 {
		var err error
		if layout, err = object.ToInt(t, args[1]); err != nil {
			return object.Null, err
		}
	}
	size, err := s.size(t, desc, layout)
	return object.Int(int64(size)), err
}

func (s *space) addressof(t *object.Thread, v object.Value) (object.Value, error) {
	if o, ok := s.objects.From(v); ok {
		return object.Int(int64(o.addr)), nil
	}
	if f := v.Type().Buffer; f != nil {
		if buf, ok := f(t, v, true); ok {
			return object.Int(int64(s.mem.address(buf.Data, true))), nil
		}
	}
	buf, err := object.GetBuffer(t, v, false)
	if err != nil {
		return object.Null, err
	}
	return object.Int(int64(s.mem.address(buf.Data, false))), nil
}

// span reads an address and a size.
func span(t *object.Thread, ptr, size object.Value) (addr, n uint64, err error) {
	a, err := object.ToIntTruncated(t, ptr)
	if err != nil {
		return 0, 0, err
	}
	b, err := object.ToIntTruncated(t, size)
	return uint64(a), uint64(b), err
}

func (s *space) bytesAt(t *object.Thread, ptr, size object.Value) (object.Value, error) {
	addr, n, err := span(t, ptr, size)
	if err != nil {
		return object.Null, err
	}
	if n > uint64(t.In.Profile.Heap) {
		return object.Null, object.MemoryErr(n)
	}
	if err := t.Alloc(int(n)); err != nil || n == 0 {
		return object.NewBytes(""), err
	}
	p := make([]byte, n)
	if err := s.mem.read(addr, p); err != nil {
		return object.Null, err
	}
	return object.NewBytes(string(p)), nil
}

func (s *space) byteArrayAt(t *object.Thread, ptr, size object.Value) (object.Value, error) {
	addr, n, err := span(t, ptr, size)
	if err != nil {
		return object.Null, err
	}
	return s.byteArray(addr, n)
}

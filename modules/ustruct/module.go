// Package ustruct is the module `ustruct` (and `struct`): packing of numbers and
// bytes (py/modstruct.c).
package ustruct

import (
	"qpy/python"
	"qpy/python/object"
)

// Module is the module `ustruct`.
var Module = python.Module{Name: "ustruct", Build: build}

// packer is a board's instance of the module.
type packer struct {
	word    int                     // bytes of a machine word
	objects map[uint64]object.Value // what was packed with O, by its address
	known   [4]known                // the formats read last, in a ring
	next    int                     // where the next goes
}

func build(in *object.Interp, m *object.Module) {
	p := &packer{word: in.Profile.WordBits / 8, objects: map[uint64]object.Value{}}
	in.AddRoots(func(visit func(object.Value)) {
		for _, v := range p.objects {
			visit(v)
		}
	})
	python.Functions(in, m,
		object.Func1("calcsize", func(_ *object.Thread, format object.Value) (object.Value, error) {
			l, err := p.layout(format)
			return object.Int(l.size), err
		}),
		object.FuncVar("pack", 1, -1, p.pack),
		object.FuncVar("pack_into", 3, -1, p.packInto),
		object.FuncVar("unpack", 2, 3, p.unpack),
		object.FuncVar("unpack_from", 2, 3, p.unpack),
	)
}

func errSmall() error { return object.Raise(object.ValueError, "buffer too small") }

// place gives the buffer from an offset on, which counts from the end if it is
// negative; size bytes must fit.
func place(t *object.Thread, data []byte, offset object.Value, size int64) ([]byte, error) {
	at, err := object.ToInt(t, offset)
	if err != nil {
		return nil, err
	}
	if at < 0 {
		at += int64(len(data))
	}
	if at < 0 || at > int64(len(data)) || size > int64(len(data))-at {
		return nil, errSmall()
	}
	return data[at:], nil
}

func (p *packer) pack(t *object.Thread, args []object.Value) (object.Value, error) {
	l, err := p.layout(args[0])
	if err != nil {
		return object.Null, err
	}
	var small [64]byte
	data := small[:]
	if l.size > int64(len(small)) {
		if l.size > t.In.Profile.Heap {
			return object.Null, object.MemoryErr(uint64(l.size + 1))
		}
		if err := t.Alloc(2 * int(l.size)); err != nil {
			return object.Null, err
		}
		data = make([]byte, l.size)
	}
	if err := p.put(t, l, data[:l.size], args[1:]); err != nil {
		return object.Null, err
	}
	return object.NewBytes(string(data[:l.size])), nil
}

func (p *packer) packInto(t *object.Thread, args []object.Value) (object.Value, error) {
	buf, err := object.GetBuffer(t, args[1], true)
	if err != nil {
		return object.Null, err
	}
	l, err := p.layout(args[0])
	if err != nil {
		return object.Null, err
	}
	data, err := place(t, buf.Data, args[2], l.size)
	if err != nil {
		return object.Null, err
	}
	return object.None, p.put(t, l, data, args[3:])
}

// unpack is unpack and unpack_from: the buffer may be longer than the format.
func (p *packer) unpack(t *object.Thread, args []object.Value) (object.Value, error) {
	l, err := p.layout(args[0])
	if err != nil {
		return object.Null, err
	}
	buf, err := object.GetBuffer(t, args[1], false)
	if err != nil {
		return object.Null, err
	}
	offset := object.Int(0)
	if len(args) > 2 {
		offset = args[2]
	}
	data, err := place(t, buf.Data, offset, l.size)
	if err != nil {
		return object.Null, err
	}
	if err := t.Alloc(32 + 16*int(l.items)); err != nil {
		return object.Null, err
	}
	items, err := p.get(t, l, data, make([]object.Value, 0, l.items))
	if err != nil {
		return object.Null, err
	}
	return object.TupleOf(items), nil
}

package object

import "qpy/python/slab"

// How many objects a block has. Complex numbers are small and come in streams.
const (
	slabSize    = 8
	slabNumbers = 32
)

// slabs are the blocks that an Interp is handing out.
type slabs struct {
	complexes slab.Slab[Complex]
	tuples1   slab.Slab[tuple1]
	tuples2   slab.Slab[tuple2]
	tuples3   slab.Slab[tuple3]
	tuples4   slab.Slab[tuple4]
	dicts     slab.Slab[Dict]
	sets      slab.Slab[Set]
	lists4    slab.Slab[list4]
}

// NewComplex returns the complex number re + im*j in a new object.
func (in *Interp) NewComplex(re, im float64) *Complex {
	s := &in.slabs.complexes
	if s.Empty() {
		// A list or a dict that keeps them all is refused by its own request.
		if in.used += slabNumbers * 24; in.used > in.limit {
			_ = in.overLimit(0)
		}
	}
	c := s.Next(slabNumbers)
	c.Header, c.Real, c.Imag = Header{ComplexType}, re, im
	return c
}

// NewTuple returns a tuple of the given items, which it copies.
func (in *Interp) NewTuple(items []Value) Value {
	switch len(items) {
	case 1:
		x := in.slabs.tuples1.Next(slabSize)
		x.Header, x.a = Header{TupleType}, [1]Value(items)
		x.Items = x.a[:]
		return x.Value()
	case 2:
		x := in.slabs.tuples2.Next(slabSize)
		x.Header, x.a = Header{TupleType}, [2]Value(items)
		x.Items = x.a[:]
		return x.Value()
	case 3:
		x := in.slabs.tuples3.Next(slabSize)
		x.Header, x.a = Header{TupleType}, [3]Value(items)
		x.Items = x.a[:]
		return x.Value()
	case 4:
		x := in.slabs.tuples4.Next(slabSize)
		x.Header, x.a = Header{TupleType}, [4]Value(items)
		x.Items = x.a[:]
		return x.Value()
	}
	return newTuple(items).Value()
}

// Tuple returns a tuple of the given items, which it copies.
func (t *Thread) Tuple(items ...Value) (Value, error) {
	if err := t.Alloc(40 + 16*len(items)); err != nil {
		return Null, err
	}
	return t.In.NewTuple(items), nil
}

// NewDict returns an empty dict with room for n entries; see NewDict.
func (in *Interp) NewDict(n int) *Dict {
	d := in.slabs.dicts.Next(slabSize)
	d.Header = Header{DictType}
	d.setRoom(n)
	return d
}

// NewListLen returns a list of n items that the caller must set.
func (in *Interp) NewListLen(n int) *List {
	if 0 < n && n <= 4 {
		x := in.slabs.lists4.Next(slabSize)
		x.Header = Header{ListType}
		x.Items = x.a[:n]
		return &x.List
	}
	return NewListLen(n)
}

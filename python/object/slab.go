package object

// slab hands out objects of one type from blocks of n, since allocating many
// at once costs little more than allocating one. A block stays in memory until
// the last of its objects is garbage, so n is small for what may live long.
type slab[T any] struct{ free []T }

func (s *slab[T]) next(n int) *T {
	if len(s.free) == 0 {
		s.free = make([]T, n)
	}
	x := &s.free[0]
	s.free = s.free[1:]
	return x
}

// How many objects a block has. Complex numbers are small and come in streams.
const (
	slabSize    = 8
	slabNumbers = 32
)

// slabs are the blocks that an Interp is handing out.
type slabs struct {
	complexes slab[Complex]
	tuples1   slab[tuple1]
	tuples2   slab[tuple2]
	tuples3   slab[tuple3]
	lists4    slab[list4]
}

// NewComplex returns the complex number re + im*j in a new object.
func (in *Interp) NewComplex(re, im float64) *Complex {
	s := &in.slabs.complexes
	if len(s.free) == 0 {
		// A list or a dict that keeps them all is refused by its own request.
		if in.used += slabNumbers * 24; in.used > in.limit {
			_ = in.overLimit(0)
		}
	}
	c := s.next(slabNumbers)
	c.Header, c.Real, c.Imag = Header{ComplexType}, re, im
	return c
}

// NewTuple returns a tuple of the given items, which it copies.
func (in *Interp) NewTuple(items []Value) Value {
	switch len(items) {
	case 1:
		x := in.slabs.tuples1.next(slabSize)
		x.Header, x.a = Header{TupleType}, [1]Value(items)
		x.Items = x.a[:]
		return x.Value()
	case 2:
		x := in.slabs.tuples2.next(slabSize)
		x.Header, x.a = Header{TupleType}, [2]Value(items)
		x.Items = x.a[:]
		return x.Value()
	case 3:
		x := in.slabs.tuples3.next(slabSize)
		x.Header, x.a = Header{TupleType}, [3]Value(items)
		x.Items = x.a[:]
		return x.Value()
	}
	return newTuple(items).Value()
}

// NewListLen returns a list of n items that the caller must set.
func (in *Interp) NewListLen(n int) *List {
	if 0 < n && n <= 4 {
		x := in.slabs.lists4.next(slabSize)
		x.Header = Header{ListType}
		x.Items = x.a[:n]
		return &x.List
	}
	return NewListLen(n)
}

// Package slab allocates objects of one type in blocks, because allocating many
// at once costs little more than allocating one.
package slab

// Slab hands out objects of one type. The zero Slab is ready.
type Slab[T any] struct {
	free []T
	size int // of the last block
}

// Next returns a zeroed object. Blocks grow up to most objects; a block stays in
// memory until the last of its objects is garbage, so most is small for what may
// live long.
func (s *Slab[T]) Next(most int) *T {
	if len(s.free) == 0 {
		s.grow(most, 1)
	}
	x := &s.free[0]
	s.free = s.free[1:]
	return x
}

// List returns n zeroed objects that lie together. Blocks grow as for Next, and hold n
// at least.
func (s *Slab[T]) List(n, most int) []T {
	if len(s.free) < n {
		s.grow(most, n)
	}
	list := s.free[:n:n]
	s.free = s.free[n:]
	return list
}

// Empty reports whether Next is going to allocate.
func (s *Slab[T]) Empty() bool { return len(s.free) == 0 }

func (s *Slab[T]) grow(most, least int) {
	s.size = min(2*s.size+4, most)
	s.free = make([]T, max(s.size, least))
}

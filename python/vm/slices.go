package vm

import (
	"math"

	"qpy/python/compile"
	"qpy/python/object"
)

// bounds returns the part of n items that a slice without step selects; ok is
// false if start and stop are not plain ints, with which slicing goes well, or
// None.
func bounds(p []object.Value, n int) (start, stop int, ok bool) {
	stop = n
	if !p[0].IsNone() {
		if !p[0].IsInt() || p[0].Int() == math.MinInt64 {
			return 0, 0, false
		}
		start = clamp(p[0].Int(), n)
	}
	if !p[1].IsNone() {
		if !p[1].IsInt() || p[1].Int() == math.MinInt64 {
			return 0, 0, false
		}
		stop = clamp(p[1].Int(), n)
	}
	return start, max(start, stop), true
}

func clamp(i int64, n int) int {
	if i < 0 {
		i += int64(n)
	}
	return int(min(max(i, 0), int64(n)))
}

// getSlice returns obj[p[0]:p[1]:p[2]] without a slice object for the common
// cases: forward, and lists backward to their beginning. A fleeting list is one
// that only the instruction it goes to refers to: setSlice.
func (s *state) getSlice(obj object.Value, p []object.Value, fleeting bool) (object.Value, error) {
	t := s.t
	switch obj.Type() {
	case object.ListType:
		items := asList(obj).Items
		if p[2].IsNone() {
			if i, j, ok := bounds(p, len(items)); ok {
				return s.newList(items[i:j], false, fleeting)
			}
		} else if p[2] == object.Int(-1) && p[1].IsNone() && p[0].IsInt() {
			if k := p[0].Int(); k >= 0 && k < int64(len(items)) {
				return s.newList(items[:k+1], true, fleeting)
			}
		}
	case object.TupleType:
		items := asTuple(obj).Items
		if i, j, ok := bounds(p, len(items)); ok && p[2].IsNone() {
			if err := t.Alloc(40 + 16*(j-i)); err != nil {
				return object.Null, err
			}
			return t.In.NewTuple(items[i:j]), nil
		}
	case object.StrType:
		s, _ := obj.AsStr()
		if s.ASCII() && p[2].IsNone() {
			if i, j, ok := bounds(p, len(s.String())); ok {
				return t.NewStr(s.String()[i:j])
			}
		}
	case object.BytesType:
		b, _ := obj.AsBytes()
		if i, j, ok := bounds(p, len(b.String())); ok && p[2].IsNone() {
			if err := t.Alloc(24); err != nil {
				return object.Null, err
			}
			return object.NewBytes(b.String()[i:j]), nil
		}
	}
	if err := t.Alloc(64); err != nil {
		return object.Null, err
	}
	return object.GetItem(t, obj, object.NewSlice(p[0], p[1], p[2]).Value())
}

// newList returns a list with a copy of items, which may be reversed.
func (s *state) newList(items []object.Value, reverse, fleeting bool) (object.Value, error) {
	n := len(items)
	if err := s.t.Alloc(40 + 16*n); err != nil {
		return object.Null, err
	}
	var l *object.List
	if fleeting {
		l = s.spareList(n)
	} else {
		l = s.t.In.NewListLen(n)
	}
	if !reverse {
		if err := s.t.Copy(l.Items, items); err != nil {
			return object.Null, err
		}
	} else {
		to := l.Items
		for i := range to {
			to[i] = items[n-1-i]
		}
	}
	if fleeting {
		return l.Value().Fleeting(), nil
	}
	return l.Value(), nil
}

// spareMax is the longest list that is kept for the next fleeting one.
const spareMax = 256

// spareList returns a list of n items that was a fleeting one before, if there
// is one.
func (s *state) spareList(n int) *object.List {
	l := s.spare
	s.spare = nil
	if l == nil || cap(l.Items) < n {
		return object.NewListLen(n)
	}
	l.Items = l.Items[:n]
	return l
}

// setSlice does obj[p[0]:p[1]:p[2]] = val, in place where a list keeps its
// length. A fleeting val ends here.
func (s *state) setSlice(obj object.Value, p []object.Value, val object.Value) error {
	if obj.Type() == object.ListType && p[2].IsNone() && val.Type() == object.ListType {
		items, l := asList(obj).Items, asList(val)
		if i, j, ok := bounds(p, len(items)); ok && j-i == len(l.Items) {
			copy(items[i:j], l.Items)
			if val.IsFleeting() {
				s.t.Free(40 + 16*len(l.Items))
				clear(l.Items)
				if cap(l.Items) <= spareMax {
					s.spare = l
				}
			}
			return nil
		}
	}
	if err := s.t.Alloc(64); err != nil {
		return err
	}
	return object.SetItem(s.t, obj, object.NewSlice(p[0], p[1], p[2]).Value(), val.Settled())
}

// binaryComplex does arithmetic of two complex numbers in the memory of one that
// is fleeting, if one is. It reports whether it knows the operator.
func binaryComplex(t *object.Thread, in compile.Instr, to *object.Value, v, v2 object.Value, op object.BinaryOp) bool {
	x, y := asComplex(v), asComplex(v2)
	var re, im float64
	switch op {
	case object.OpAdd, object.OpInplaceAdd:
		re, im = x.Real+y.Real, x.Imag+y.Imag
	case object.OpSubtract, object.OpInplaceSubtract:
		re, im = x.Real-y.Real, x.Imag-y.Imag
	case object.OpMultiply, object.OpInplaceMultiply:
		re, im = float64(x.Real*y.Real)-float64(x.Imag*y.Imag), float64(x.Real*y.Imag)+float64(x.Imag*y.Real)
	default:
		return false
	}
	var z *object.Complex
	switch {
	case v.IsFleeting():
		z = x
	case v2.IsFleeting():
		z = y
	default:
		z = t.In.NewComplex(re, im)
	}
	z.Real, z.Imag = re, im
	*to = z.Value()
	if in.Marks()&compile.MarkFleeting != 0 {
		*to = to.Fleeting()
	}
	return true
}

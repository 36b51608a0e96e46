package vm

import (
	"math"

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
// cases: forward, and lists backward to their beginning.
func getSlice(t *object.Thread, obj object.Value, p []object.Value) (object.Value, error) {
	switch obj.Type() {
	case object.ListType:
		items := asList(obj).Items
		if p[2].IsNone() {
			if i, j, ok := bounds(p, len(items)); ok {
				return newList(t, items[i:j], false)
			}
		} else if p[2] == object.Int(-1) && p[1].IsNone() && p[0].IsInt() {
			if k := p[0].Int(); k >= 0 && k < int64(len(items)) {
				return newList(t, items[:k+1], true)
			}
		}
	case object.TupleType:
		items := asTuple(obj).Items
		if i, j, ok := bounds(p, len(items)); ok && p[2].IsNone() {
			if err := t.Alloc(40 + 16*(j-i)); err != nil {
				return object.Null, err
			}
			return object.NewTuple(items[i:j]...), nil
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
func newList(t *object.Thread, items []object.Value, reverse bool) (object.Value, error) {
	if err := t.Alloc(40 + 16*len(items)); err != nil {
		return object.Null, err
	}
	l := object.NewListLen(len(items))
	if !reverse {
		copy(l.Items, items)
		return l.Value(), nil
	}
	for i, j := 0, len(items)-1; j >= 0; i, j = i+1, j-1 {
		l.Items[i] = items[j]
	}
	return l.Value(), nil
}

// setSlice does obj[p[0]:p[1]:p[2]] = val, in place where a list keeps its
// length.
func setSlice(t *object.Thread, obj object.Value, p []object.Value, val object.Value) error {
	if obj.Type() == object.ListType && p[2].IsNone() && val.Type() == object.ListType {
		items, from := asList(obj).Items, asList(val).Items
		if i, j, ok := bounds(p, len(items)); ok && j-i == len(from) {
			copy(items[i:j], from)
			return nil
		}
	}
	if err := t.Alloc(64); err != nil {
		return err
	}
	return object.SetItem(t, obj, object.NewSlice(p[0], p[1], p[2]).Value(), val)
}

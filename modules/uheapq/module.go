// Package uheapq is the module `uheapq` (and `heapq`): a list kept as a heap
// (extmod/moduheapq.c).
package uheapq

import (
	"qpy/python"
	"qpy/python/object"
)

// Module is the module `uheapq`.
var Module = python.Module{Name: "uheapq", Build: build}

func build(in *object.Interp, m *object.Module) {
	python.Functions(in, m,
		object.Func2("heappush", push),
		object.Func1("heappop", pop),
		object.Func1("heapify", heapify),
	)
}

func heapOf(v object.Value) (*object.List, error) {
	l, ok := v.AsList()
	if !ok {
		return nil, object.Raise(object.TypeError, "heap must be a list")
	}
	return l, nil
}

// less compares two items, which may run code of the script; answer other than
// True counts as no.
func less(t *object.Thread, a, b object.Value) (bool, error) {
	if err := t.Work(1); err != nil {
		return false, err
	}
	v, err := object.Binary(t, object.OpLess, a, b)
	return v == object.True, err
}

// errChanged answers for a heap that a comparison made shorter, which on the
// module reads memory that is not the heap's.
func errChanged() error {
	return object.Raise(object.RuntimeError, "heap changed while it was sorted")
}

// down lets the item at pos move towards start until its parent is not larger.
func down(t *object.Thread, l *object.List, start, pos int) error {
	item := l.Items[pos]
	for pos > start {
		parent := (pos - 1) / 2
		above := l.Items[parent]
		isLess, err := less(t, item, above)
		if err != nil {
			return err
		}
		if pos >= len(l.Items) {
			return errChanged()
		}
		if !isLess {
			break
		}
		l.Items[pos] = above
		pos = parent
	}
	l.Items[pos] = item
	return nil
}

// up lets the smaller children of pos rise to the leaves, and the item at pos
// come back from there.
func up(t *object.Thread, l *object.List, pos int) error {
	start, end := pos, len(l.Items)
	item := l.Items[pos]
	for child := 2*pos + 1; child < end; child = 2*pos + 1 {
		if err := t.Work(1); err != nil {
			return err
		}
		if child+1 < end {
			left, err := object.Binary(t, object.OpLess, l.Items[child], l.Items[child+1])
			if err != nil {
				return err
			}
			if len(l.Items) < end {
				return errChanged()
			}
			if left == object.False {
				child++
			}
		}
		l.Items[pos] = l.Items[child]
		pos = child
	}
	l.Items[pos] = item
	return down(t, l, start, pos)
}

func push(t *object.Thread, heap, item object.Value) (object.Value, error) {
	l, err := heapOf(heap)
	if err != nil {
		return object.Null, err
	}
	if err := l.Append(t, item); err != nil {
		return object.Null, err
	}
	return object.None, down(t, l, 0, len(l.Items)-1)
}

func pop(t *object.Thread, heap object.Value) (object.Value, error) {
	l, err := heapOf(heap)
	if err != nil {
		return object.Null, err
	}
	last := len(l.Items) - 1
	if last < 0 {
		return object.Null, object.Raise(object.IndexError, "empty heap")
	}
	item := l.Items[0]
	l.Items[0], l.Items[last] = l.Items[last], object.Null
	l.Items = l.Items[:last]
	if last > 0 {
		err = up(t, l, 0)
	}
	return item, err
}

func heapify(t *object.Thread, heap object.Value) (object.Value, error) {
	l, err := heapOf(heap)
	if err != nil {
		return object.Null, err
	}
	for i := len(l.Items)/2 - 1; i >= 0; i-- {
		if i >= len(l.Items) {
			return object.Null, errChanged()
		}
		if err := up(t, l, i); err != nil {
			return object.Null, err
		}
	}
	return object.None, nil
}

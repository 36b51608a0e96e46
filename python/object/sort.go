package object

import (
	"math"
	"slices"
	"strings"
)

var (
	nKey     = Intern("key")
	nReverse = Intern("reverse")
	sortArgs = []Arg{{Name: nKey, KwOnly: true, Default: None}, {Name: nReverse, Kind: ArgBool, KwOnly: true, Default: False}}
)

// SortList sorts a list in place as list.sort(*args, **kw) does
// (mp_obj_list_sort): by MicroPython's own quicksort, which is not stable, so
// that equal items end up in its order.
func SortList(t *Thread, l *List, args, kw []Value) error {
	key, reverse := Null, false
	if len(args) > 0 || len(kw) > 0 {
		var out [2]Value
		if err := ParseArgs(t, args, kw, sortArgs, out[:]); err != nil {
			return err
		}
		if !out[0].IsNone() {
			key = out[0]
		}
		reverse = out[1] == True
	}
	items := l.Items
	if len(items) < 2 {
		return nil
	}
	if key.IsNull() {
		if ok, err := sortPlain(t, items, reverse); ok || err != nil {
			return err
		}
	}
	s := sorter{t: t, key: key, want: Bool(!reverse)}
	return s.sort(items, 0, len(items)-1)
}

// sortPlain sorts items that are all ints, all floats or all strings, where the
// algorithm does not show in the result: equal items cannot be told apart. It
// reports whether it could.
func sortPlain(t *Thread, items []Value, reverse bool) (bool, error) {
	var less func(a, b Value) int
	switch first := items[0]; {
	case first.IsInt():
		for _, v := range items {
			if !v.IsInt() {
				return false, nil
			}
		}
		less = func(a, b Value) int {
			if a.Int() < b.Int() {
				return -1
			}
			if a.Int() > b.Int() {
				return 1
			}
			return 0
		}
	case first.IsFloat():
		for _, v := range items {
			// NaN has no order, and -0.0 equals 0.0 without being the same.
			if !v.IsFloat() || math.IsNaN(v.Float()) || v.n == 1<<63 {
				return false, nil
			}
		}
		less = func(a, b Value) int {
			if a.Float() < b.Float() {
				return -1
			}
			if a.Float() > b.Float() {
				return 1
			}
			return 0
		}
	case first.Type() == StrType:
		for _, v := range items {
			if v.Type() != StrType {
				return false, nil
			}
		}
		less = func(a, b Value) int { return strings.Compare((*Str)(a.p).s, (*Str)(b.p).s) }
	default:
		return false, nil
	}
	var err error
	slices.SortFunc(items, func(a, b Value) int {
		if err == nil {
			err = t.Work(1)
		}
		if err != nil {
			return 0 // as if all were equal, which ends it soon
		}
		return less(a, b)
	})
	if reverse {
		slices.Reverse(items)
	}
	return true, err
}

// sorter is one run of mp_quicksort of py/objlist.c.
type sorter struct {
	t    *Thread
	key  Value // key function or Null
	want Value // what "less" has to answer to go on: False reverses the order
	arg  [1]Value
}

// sort sorts items[head..tail]. The key function is called anew for each
// comparison, as a script can see by its side effects.
func (s *sorter) sort(items []Value, head, tail int) error {
	for head < tail {
		h, t := head-1, tail
		v, err := s.keyOf(items[tail])
		if err != nil {
			return err
		}
		for {
			for h++; h < t; h++ {
				k, err := s.keyOf(items[h])
				if err != nil {
					return err
				}
				if ok, err := s.less(k, v); err != nil {
					return err
				} else if !ok {
					break
				}
			}
			for t--; h < t; t-- {
				k, err := s.keyOf(items[t])
				if err != nil {
					return err
				}
				if ok, err := s.less(v, k); err != nil {
					return err
				} else if !ok {
					break
				}
			}
			if h >= t {
				break
			}
			items[h], items[t] = items[t], items[h]
		}
		items[h], items[tail] = items[tail], items[h]
		// The smaller part goes first, which keeps the recursion shallow.
		if t-head < tail-h-1 {
			err = s.sort(items, head, t)
			head = h + 1
		} else {
			err = s.sort(items, h+1, tail)
			tail = t
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *sorter) keyOf(v Value) (Value, error) {
	if s.key.IsNull() {
		return v, nil
	}
	s.arg[0] = v
	return Call(s.t, s.key, s.arg[:], nil)
}

// less reports whether a < b gives what the sorter wants.
func (s *sorter) less(a, b Value) (bool, error) {
	if err := s.t.Work(1); err != nil {
		return false, err
	}
	if bothInt(a, b) {
		return (a.Int() < b.Int()) == (s.want.n != 0), nil
	}
	if a.IsFloat() && b.IsFloat() {
		return (a.Float() < b.Float()) == (s.want.n != 0), nil
	}
	if a.Type() == StrType && b.Type() == StrType {
		return ((*Str)(a.p).s < (*Str)(b.p).s) == (s.want.n != 0), nil
	}
	if a.Type() == TupleType && b.Type() == TupleType {
		// Most often the first items, ints that differ, decide.
		x, y := (*Tuple)(a.p).Items, (*Tuple)(b.p).Items
		if len(x) > 0 && len(y) > 0 && bothInt(x[0], y[0]) && x[0] != y[0] {
			return (x[0].Int() < y[0].Int()) == (s.want.n != 0), nil
		}
	}
	r, err := Binary(s.t, OpLess, a, b)
	return r == s.want, err
}

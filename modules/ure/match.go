package ure

import (
	"slices"

	"qpy/python/object"
)

// match is what a match gives: the text and the places of its groups.
type match struct {
	object.Header
	whole object.Value
	text  string
	caps  []int
}

var (
	matchType = object.NewType("match")
	matches   object.Layout[match]
)

func setUpMatch() {
	matches = object.NewLayout[match](matchType)
	matchType.Print = func(_ *object.Thread, w *object.Printer, self object.Value, _ object.PrintKind) error {
		return w.Strf("<match num=%d>", len(matches.Must(self).caps)/2)
	}
	matchType.Visit = func(self object.Value, f func(object.Value)) int {
		m := matches.Must(self)
		f(m.whole)
		return 32 + 8*len(m.caps)
	}
	matchType.Define("group", object.Func2("group", func(t *object.Thread, self, no object.Value) (object.Value, error) {
		m := matches.Must(self)
		n, err := m.number(t, no)
		if err != nil {
			return object.Null, err
		}
		return m.group(t, n)
	}))
	matchType.Define("groups", object.Func1("groups", func(t *object.Thread, self object.Value) (object.Value, error) {
		m := matches.Must(self)
		items := make([]object.Value, len(m.caps)/2-1)
		for i := range items {
			var err error
			if items[i], err = m.group(t, i+1); err != nil {
				return object.Null, err
			}
		}
		return object.TupleOf(items), t.Alloc(16 * len(items))
	}))
	matchType.Define("span", object.FuncVar("span", 1, 2, func(t *object.Thread, args []object.Value) (object.Value, error) {
		start, end, err := span(t, args)
		return object.NewTuple(object.Int(start), object.Int(end)), err
	}))
	matchType.Define("start", object.FuncVar("start", 1, 2, func(t *object.Thread, args []object.Value) (object.Value, error) {
		start, _, err := span(t, args)
		return object.Int(start), err
	}))
	matchType.Define("end", object.FuncVar("end", 1, 2, func(t *object.Thread, args []object.Value) (object.Value, error) {
		_, end, err := span(t, args)
		return object.Int(end), err
	}))
}

// newMatch keeps what a matcher has found.
func newMatch(t *object.Thread, whole object.Value, m *matcher) (object.Value, error) {
	o := &match{object.NewHeader(matchType), whole, m.text, slices.Clone(m.caps)}
	return o.Header.Value(), t.Alloc(32 + 8*len(o.caps))
}

// number reads the number of a group.
func (m *match) number(t *object.Thread, v object.Value) (int, error) {
	n, err := object.ToInt(t, v)
	if err != nil {
		return 0, err
	}
	if n < 0 || n >= int64(len(m.caps)/2) {
		return 0, object.RaiseArgs(object.IndexError, v)
	}
	return int(n), nil
}

// bounds are the places of a group; false if it had no part in the match.
func (m *match) bounds(n int) (start, end int, ok bool) {
	start, end = m.caps[2*n], m.caps[2*n+1]
	return start, end, start >= 0
}

func (m *match) group(t *object.Thread, n int) (object.Value, error) {
	start, end, ok := m.bounds(n)
	if !ok {
		return object.None, nil
	}
	return piece(t, m.whole, m.text[start:max(start, end)])
}

// span reads the arguments of span, start and end, which count bytes.
func span(t *object.Thread, args []object.Value) (start, end int64, err error) {
	m, ok := matches.From(args[0])
	if !ok {
		return 0, 0, object.RaiseArgs(object.TypeError)
	}
	n := 0
	if len(args) > 1 {
		if n, err = m.number(t, args[1]); err != nil {
			return 0, 0, err
		}
	}
	if s, e, ok := m.bounds(n); ok {
		return int64(s), int64(e), nil
	}
	return -1, -1, nil
}

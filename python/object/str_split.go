package object

import (
	"strings"

	"qpy/python/text"
)

// The methods of str and bytes that take texts apart.

// parts collects the pieces of a text into a list.
type parts struct {
	t    *Thread
	self Value
	list *List
	err  error
}

func newParts(t *Thread, self Value) *parts { return &parts{t: t, self: self, list: NewList(nil)} }

func (p *parts) add(s string) {
	if p.err != nil {
		return
	}
	var v Value
	if v, p.err = p.t.likeSelf(p.self, s); p.err == nil {
		p.err = p.list.Append(p.t, v)
	}
	p.work(1)
}

func (p *parts) work(n int) {
	if p.err == nil {
		p.err = p.t.Work(n)
	}
}

// index is strings.Index; after an error nothing is found any more.
func (p *parts) index(s, sub string) (i int) {
	if p.err == nil {
		i, p.err = p.t.index(s, sub)
	}
	if p.err != nil {
		return -1
	}
	return i
}

func (p *parts) result() (Value, error) { return p.list.Value(), p.err }

func strSplit(t *Thread, args []Value) (Value, error) {
	self := args[0]
	s, _ := textOf(self)
	limit := int64(-1)
	if len(args) > 2 {
		var err error
		if limit, err = ToInt(t, args[2]); err != nil {
			return Null, err
		}
	}
	p := newParts(t, self)
	if len(args) < 2 || args[1].IsNone() {
		splitBlanks(p, s, limit)
		return p.result()
	}
	sep, err := sameText(self, args[1])
	if err != nil {
		return Null, err
	}
	if sep == "" {
		return Null, Raise(ValueError, "empty separator")
	}
	for ; limit != 0; limit-- {
		i := p.index(s, sep)
		if i < 0 {
			break
		}
		p.add(s[:i])
		s = s[i+len(sep):]
	}
	p.add(s)
	return p.result()
}

// splitBlanks splits at runs of blanks, at most limit times if limit is not
// negative.
func splitBlanks(p *parts, s string, limit int64) {
	i := 0
	pass := func(blank bool) {
		for i < len(s) && text.IsSpace(s[i]) == blank && p.err == nil {
			if i++; i%piece == 0 {
				p.work(pollItems)
			}
		}
	}
	skip := func() { pass(true) }
	skip()
	for i < len(s) && limit != 0 && p.err == nil {
		start := i
		pass(false)
		p.add(s[start:i])
		skip()
		limit--
	}
	if i < len(s) {
		p.add(s[i:])
	}
}

func strRsplit(t *Thread, args []Value) (Value, error) {
	if len(args) < 3 {
		return strSplit(t, args)
	}
	limit, err := ToInt(t, args[2])
	if err != nil {
		return Null, err
	}
	if limit < 0 {
		return strSplit(t, args)
	}
	// MicroPython makes room for all parts there may be.
	if limit >= t.In.Profile.Heap/8 {
		return Null, memoryErr(8 * (limit + 1))
	}
	if args[1].IsNone() {
		return Null, Raise(NotImplementedError, "rsplit(None,n)")
	}
	sep, err := TextOf(args[1])
	if err != nil {
		return Null, err
	}
	if sep == "" {
		return Null, Raise(ValueError, "empty separator")
	}
	s, _ := textOf(args[0])
	p := newParts(t, args[0])
	var last []string // from the end
	for ; limit > 0; limit-- {
		i, err := t.lastIndex(s, sep)
		if err == nil {
			err = t.Work(1)
		}
		if err != nil {
			return Null, err
		}
		if i < 0 {
			break
		}
		last = append(last, s[i+len(sep):])
		s = s[:i]
	}
	p.add(s)
	for i := len(last) - 1; i >= 0; i-- {
		p.add(last[i])
	}
	return p.result()
}

var splitlinesArgs = []Arg{{Name: Intern("keepends"), Kind: ArgBool, Default: False}}

func strSplitlines(t *Thread, args, kw []Value) (Value, error) {
	var keep [1]Value
	if err := ParseArgs(t, args[1:], kw, splitlinesArgs, keep[:]); err != nil {
		return Null, err
	}
	keepEnds := keep[0] == True
	s, _ := textOf(args[0])
	p := newParts(t, args[0])
	for s != "" && p.err == nil {
		i := -1
		p.err = t.InPieces(len(s), func(from, to int) bool {
			if i = strings.IndexAny(s[from:to], "\n\r"); i >= 0 {
				i += from
			}
			return i < 0
		})
		end := i + 1
		switch {
		case i < 0:
			i, end = len(s), len(s)
		case strings.HasPrefix(s[i:], "\r\n"):
			end++
		}
		if keepEnds {
			i = end
		}
		p.add(s[:i])
		s = s[end:]
	}
	return p.result()
}

func partitioner(fromEnd bool) func(t *Thread, self, sep Value) (Value, error) {
	return func(t *Thread, self, sepVal Value) (Value, error) {
		sep, err := sameText(self, sepVal)
		if err != nil {
			return Null, err
		}
		if sep == "" {
			return Null, Raise(ValueError, "empty separator")
		}
		s, _ := textOf(self)
		empty := emptyBytes
		if self.Type() == StrType {
			empty = emptyStr.Value()
		}
		find := t.index
		if fromEnd {
			find = t.lastIndex
		}
		i, err := find(s, sep)
		switch {
		case err != nil:
			return Null, err
		case i >= 0:
			head, err := t.likeSelf(self, s[:i])
			if err != nil {
				return Null, err
			}
			tail, err := t.likeSelf(self, s[i+len(sep):])
			return NewTuple(head, sepVal, tail), err
		case fromEnd:
			return NewTuple(empty, empty, self), nil
		}
		return NewTuple(self, empty, empty), nil
	}
}

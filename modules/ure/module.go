// Package ure is the module `ure` (and `re`): a small backtracking matcher of
// bytes with the limits of MicroPython's (extmod/modure.c, extmod/re1.5). Go's
// regexp is no stand-in: it knows other syntax, does not backtrack and never
// runs out of stack.
package ure

import (
	"qpy/python"
	"qpy/python/object"
)

// pattern is what compile gives.
type pattern struct {
	object.Header
	prog *program
}

var (
	patternType = object.NewType("ure")
	patterns    object.Layout[pattern]

	matchFn, searchFn, subFn object.Value // of the module and of the type
)

// Module is the module `ure`.
var Module = python.Module{Name: "ure", SetUp: setUp, Build: build}

func build(in *object.Interp, m *object.Module) {
	python.Functions(in, m, object.FuncVar("compile", 1, 2, compileFn), matchFn, searchFn, subFn)
}

// setUp fills the types.
func setUp() {
	patterns = object.NewLayout[pattern](patternType)
	setUpMatch()
	matchFn = object.FuncVar("match", 2, 4, func(t *object.Thread, args []object.Value) (object.Value, error) {
		return exec(t, args, true)
	})
	searchFn = object.FuncVar("search", 2, 4, func(t *object.Thread, args []object.Value) (object.Value, error) {
		return exec(t, args, false)
	})
	subFn = object.FuncVar("sub", 3, 5, sub)
	patternType.Print = func(t *object.Thread, w *object.Printer, self object.Value, _ object.PrintKind) error {
		return w.Strf("<re %x>", t.In.ID(self))
	}
	patternType.Visit = func(self object.Value, _ func(object.Value)) int {
		return 24 + len(patterns.Must(self).prog.code)
	}
	patternType.Define("match", matchFn)
	patternType.Define("search", searchFn)
	patternType.Define("split", object.FuncVar("split", 2, 3, split))
	patternType.Define("sub", subFn)
}

// compileFn is compile(pattern[, flags]); there are no flags.
func compileFn(t *object.Thread, args []object.Value) (object.Value, error) {
	p, err := newPattern(t, args[0])
	if err != nil {
		return object.Null, err
	}
	return p.Header.Value(), nil
}

func newPattern(t *object.Thread, v object.Value) (*pattern, error) {
	re, err := object.TextOf(v)
	if err != nil {
		return nil, err
	}
	if err := t.Alloc(24 + 2*len(re)); err != nil {
		return nil, err
	}
	prog, err := compile(re)
	if err != nil {
		return nil, err
	}
	return &pattern{object.NewHeader(patternType), prog}, nil
}

// patternOf gives a compiled pattern, or compiles the text of one.
func patternOf(t *object.Thread, v object.Value) (*pattern, error) {
	if p, ok := patterns.From(v); ok {
		return p, nil
	}
	return newPattern(t, v)
}

// matcherOf makes the matcher of a pattern for a text, a str or bytes.
func matcherOf(p *pattern, v object.Value) (*matcher, error) {
	subject, err := object.TextOf(v)
	if err != nil {
		return nil, err
	}
	return &matcher{prog: p.prog, text: subject, caps: make([]int, 2*(p.prog.subs+1))}, nil
}

// piece gives a part of a text as the type that the text has.
func piece(t *object.Thread, whole object.Value, part string) (object.Value, error) {
	if _, ok := whole.AsStr(); ok {
		return t.NewStr(part)
	}
	return t.NewBytes(part)
}

// exec is match and search; what is given after the text is ignored.
func exec(t *object.Thread, args []object.Value, anchored bool) (object.Value, error) {
	p, err := patternOf(t, args[0])
	if err != nil {
		return object.Null, err
	}
	whole := args[1]
	m, err := matcherOf(p, whole)
	if err != nil {
		return object.Null, err
	}
	if ok, err := m.run(t, anchored); !ok || err != nil {
		return object.None, err
	}
	return newMatch(t, whole, m)
}

// split is split(text[, most]). It stops at an empty match, and knows no groups.
func split(t *object.Thread, args []object.Value) (object.Value, error) {
	p, ok := patterns.From(args[0])
	if !ok {
		return object.Null, object.RaiseArgs(object.TypeError)
	}
	whole, most := args[1], int64(0)
	m, err := matcherOf(p, whole)
	if err != nil {
		return object.Null, err
	}
	if len(args) > 2 {
		if most, err = object.ToInt(t, args[2]); err != nil {
			return object.Null, err
		}
	}
	list := object.NewList(nil)
	add := func(part string) error {
		v, err := piece(t, whole, part)
		if err != nil {
			return err
		}
		return list.Append(t, v)
	}
	for {
		ok, err := m.run(t, false)
		if err != nil {
			return object.Null, err
		}
		if !ok || m.caps[0] == m.caps[1] {
			break
		}
		if err := add(m.text[m.from:m.caps[0]]); err != nil {
			return object.Null, err
		}
		if p.prog.subs > 0 {
			return object.Null, object.Raise(object.NotImplementedError, "splitting with sub-captures")
		}
		m.from = m.caps[1]
		if most--; most == 0 {
			break
		}
	}
	return list.Value(), add(m.text[m.from:])
}

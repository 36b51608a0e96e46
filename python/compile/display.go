package compile

import (
	"math"

	"github.com/go-python/gpython/ast"

	"qpy/python/syntax"
)

// chunk is the number of items of a display that are computed before they are
// put into the list, so that a long display needs no long row of registers.
const chunk = 32

// display builds a list, tuple or set of expressions.
func (f *fn) display(elts []ast.Expr, op Op, dst int) {
	if len(elts) <= chunk {
		base := f.temps(len(elts))
		for i, e := range elts {
			f.exprTo(e, base+i)
		}
		f.emit(op, dst, base, len(elts))
		return
	}
	acc := f.temp()
	if op == OpMakeSet {
		f.emit(op, acc, acc, 0)
		for _, e := range elts {
			save := f.top
			f.emit(OpSetAdd, acc, f.expr(e), 0)
			f.top = save
		}
		f.emit(OpMove, dst, acc, 0)
		return
	}
	f.emit(OpMakeList, acc, acc, 0)
	for len(elts) > 0 {
		save := f.top
		if n, ok := f.constTuple(elts); ok {
			r := f.temp()
			f.emit(OpLoadK, r, n, 0)
			f.emit(OpExtend, acc, r, 0)
			break
		}
		part := elts[:min(chunk, len(elts))]
		elts = elts[len(part):]
		base := f.temps(len(part))
		for i, e := range part {
			f.exprTo(e, base+i)
		}
		f.emit(OpMakeTuple, base, base, len(part))
		f.emit(OpExtend, acc, base, 0)
		f.top = save
	}
	if op == OpMakeTuple {
		f.emit(OpToTuple, dst, acc, 0)
	} else {
		f.emit(OpMove, dst, acc, 0)
	}
}

func (f *fn) dict(x *ast.Dict, dst int) {
	d := f.temp()
	f.emit(OpMakeDict, d, len(x.Keys), 0)
	for i := range x.Keys {
		save := f.top
		f.storeItem(d, x.Keys[i], x.Values[i])
		f.top = save
	}
	f.emit(OpMove, dst, d, 0)
}

// storeItem puts an item of a display or a comprehension into dict d.
func (f *fn) storeItem(d int, key, value ast.Expr) {
	f.setLine(syntax.StartLine(key))
	v := f.temp()
	f.exprTo(value, v)
	f.emit(OpStoreMap, d, f.expr(key), v)
}

func (f *fn) comprehension(node, iter ast.Expr, gen bool, dst int) {
	base := f.temps(2)
	f.makeFunc(f.an.scopes[node], nil, base)
	f.exprTo(iter, base+1)
	if gen {
		f.emit(OpGetIter, base+1, base+1, 0)
	}
	f.emit(OpCall, dst, base, 1)
}

// makeFunc makes the function of a scope in dst.
func (f *fn) makeFunc(s *scope, args *ast.Arguments, dst int) {
	w := f.temps(2)
	with := 0
	if args != nil {
		f.top = w
		kw := false
		for _, d := range args.KwDefaults {
			kw = kw || d != nil
		}
		if len(args.Defaults) > 0 || kw {
			with = 1
			f.top = w + 2
			if len(args.Defaults) > 0 {
				f.display(args.Defaults, OpMakeTuple, w)
			} else {
				f.emit(OpUnbind, w, 1, 0)
			}
			f.top = w + 2
			if kw {
				with = 2
				f.emit(OpMakeDict, w+1, 0, 0)
				for i, d := range args.KwDefaults {
					if d == nil {
						continue
					}
					save := f.top
					v := f.temp()
					f.exprTo(d, v)
					k := f.temp()
					f.emit(OpLoadK, k, f.strConst(string(args.Kwonlyargs[i].Arg)), 0)
					f.emit(OpStoreMap, w+1, k, v)
					f.top = save
				}
			} else {
				f.emit(OpUnbind, w+1, 1, 0)
			}
		}
		f.top = w + 2
	}
	i, ok := f.nested[s.code]
	if !ok {
		i = len(f.code.Codes)
		f.code.Codes = append(f.code.Codes, s.code)
		set(&f.nested, s.code, i)
	}
	f.emit(OpMakeFunc, w, i, with)
	if dst != w {
		f.emit(OpMove, dst, w, 0)
	}
}

// constTuple puts a display of constants only into one constant.
func (f *fn) constTuple(elts []ast.Expr) (int, bool) {
	if len(elts) < chunk || len(f.code.Consts) > math.MaxInt32/2 {
		return 0, false
	}
	items, ok := f.constItems(elts)
	if !ok {
		return 0, false
	}
	return f.add(items), true
}

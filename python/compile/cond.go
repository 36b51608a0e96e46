package compile

import (
	"github.com/go-python/gpython/ast"

	"qpy/python/syntax"
)

func (f *fn) boolOp(x *ast.BoolOp, dst int) {
	vals := syntax.Operands(x)
	if len(vals) == 1 {
		f.exprTo(vals[0], dst)
		return
	}
	f.setLine(f.startLine(x))
	r := dst
	if dst < f.nlocals {
		r = f.temp()
	}
	end := f.newLabel()
	keep := f.keepSure()
	for i, v := range vals {
		f.exprTo(v, r)
		if i == 0 {
			keep = f.keepSure()
		}
		if i+1 < len(vals) {
			if x.Op == ast.Or {
				f.emit(OpJTrue, r, int(end), 0)
			} else {
				f.emit(OpJFalse, r, int(end), 0)
			}
		}
	}
	f.sure = keep
	f.place(end)
	if r != dst {
		f.emit(OpMove, dst, r, 0)
	}
}

var compareOps = [...]Op{
	ast.Eq: OpEq, ast.NotEq: OpNe, ast.Lt: OpLt, ast.LtE: OpLe, ast.Gt: OpGt, ast.GtE: OpGe,
	ast.Is: OpIs, ast.IsNot: OpIsNot, ast.In: OpIn, ast.NotIn: OpNotIn,
}

func (f *fn) compare(x *ast.Compare, dst int) {
	a := f.expr(x.Left)
	if len(x.Ops) == 1 {
		f.emit(compareOps[x.Ops[0]], dst, a, f.expr(x.Comparators[0]))
		return
	}
	r := dst
	if dst < f.nlocals {
		r = f.temp()
	}
	end := f.newLabel()
	var keep []bool
	for i, op := range x.Ops {
		b := f.expr(x.Comparators[i])
		f.emit(compareOps[op], r, a, b)
		if i == 0 {
			keep = f.keepSure()
		}
		if i+1 < len(x.Ops) {
			f.emit(OpJFalse, r, int(end), 0)
		}
		a = b
	}
	f.sure = keep
	f.place(end)
	if r != dst {
		f.emit(OpMove, dst, r, 0)
	}
}

// keepSure returns a copy of what is known of the locals, to go back to where
// code may have been skipped.
func (f *fn) keepSure() []bool { return append([]bool(nil), f.sure...) }

// meet keeps what is known on both of two ways that come together.
func (f *fn) meet(other []bool) {
	for i := range f.sure {
		f.sure[i] = f.sure[i] && other[i]
	}
}

func (f *fn) ifExp(x *ast.IfExp, dst int) {
	no, end := f.newLabel(), f.newLabel()
	r := dst
	f.cond(x.Test, false, no)
	keep := f.keepSure()
	f.exprTo(x.Body, r)
	f.jump(end)
	f.place(no)
	f.sure = append([]bool(nil), keep...)
	f.exprTo(x.Orelse, r)
	f.sure = keep
	f.place(end)
}

// cond jumps to l if the truth of e is want.
func (f *fn) cond(e ast.Expr, want bool, l label) {
	save := f.top
	defer func() { f.top = save }()
	if truth, ok := syntax.ConstTruth(e); ok {
		if truth == want {
			f.jump(l)
		}
		return
	}
	switch x := e.(type) {
	case *ast.UnaryOp:
		if x.Op == ast.Not {
			f.cond(x.Operand, !want, l)
			return
		}
	case *ast.BoolOp:
		vals := syntax.Operands(x)
		if len(vals) == 1 {
			f.cond(vals[0], want, l)
			return
		}
		var keep []bool
		if (x.Op == ast.And) == want {
			// Jump only if all agree: the first that does not skips the rest.
			skip := f.newLabel()
			for i, v := range vals {
				if i+1 < len(vals) {
					f.cond(v, !want, skip)
				} else {
					f.cond(v, want, l)
				}
				if i == 0 {
					keep = f.keepSure()
				}
			}
			f.place(skip)
		} else {
			for i, v := range vals {
				f.cond(v, want, l)
				if i == 0 {
					keep = f.keepSure()
				}
			}
		}
		f.sure = keep
		return
	case *ast.Compare:
		if len(x.Ops) == 1 {
			f.compareJump(x, want, l)
			return
		}
	case *ast.Tuple:
		// A tuple is true or false by its length and is not evaluated.
		if (len(x.Elts) > 0) == want {
			f.jump(l)
		}
		return
	case *ast.GeneratorExp:
		if want {
			f.jump(l)
		}
		return
	}
	r := f.expr(e)
	if want {
		f.emit(OpJTrue, r, int(l), 0)
	} else {
		f.emit(OpJFalse, r, int(l), 0)
	}
}

func (f *fn) compareJump(x *ast.Compare, want bool, l label) {
	f.exprLine(x)
	op := compareOps[x.Ops[0]]
	a := f.expr(x.Left)
	right := x.Comparators[0]
	if op == OpIs || op == OpIsNot {
		is := (op == OpIs) == want
		if n, ok := right.(*ast.NameConstant); ok {
			if v, _, _ := f.constOf(n); v.IsNone() {
				if is {
					f.emit(OpJNone, a, 0, int(l))
				} else {
					f.emit(OpJNotNone, a, 0, int(l))
				}
				return
			}
		}
		b := f.expr(right)
		if is {
			f.emit(OpJIs, a, b, int(l))
		} else {
			f.emit(OpJIsNot, a, b, int(l))
		}
		return
	}
	if op > OpNe { // in, not in
		r := f.temp()
		f.emit(op, r, a, f.expr(right))
		if want {
			f.emit(OpJTrue, r, int(l), 0)
		} else {
			f.emit(OpJFalse, r, int(l), 0)
		}
		return
	}
	j := op - OpLt
	if n, ok := f.smallConst(right, 16); ok {
		if want {
			f.emit(OpJLtI+j, a, n, int(l))
		} else {
			f.emit(OpJNotLtI+j, a, n, int(l))
		}
		return
	}
	b := f.expr(right)
	if want {
		f.emit(OpJLt+j, a, b, int(l))
	} else {
		f.emit(OpJNotLt+j, a, b, int(l))
	}
}

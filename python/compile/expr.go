package compile

import (
	"github.com/go-python/gpython/ast"
	"github.com/go-python/gpython/py"

	"qpy/python/syntax"
)

// exprLine notes the line of an expression, as MicroPython's compile_node does
// for all but names and short constants.
func (f *fn) exprLine(e ast.Expr) {
	switch x := e.(type) {
	case *ast.Name, *ast.NameConstant, *ast.Ellipsis, *ast.BoolOp: // see boolOp
	case *ast.Num:
		if n, ok := x.N.(py.Int); !ok || n < -1<<62 || n >= 1<<62 {
			f.setLine(x.Lineno)
		}
	case *ast.Str:
		if len(x.S) > internLen {
			f.setLine(x.Lineno)
		}
	case *ast.Bytes:
		if len(x.S) > internLen {
			f.setLine(x.Lineno)
		}
	default:
		f.setLine(f.startLine(e))
	}
}

// constLine is exprLine for a constant: what the parser computes has no line.
func (f *fn) constLine(e ast.Expr) {
	switch e.(type) {
	case *ast.UnaryOp, *ast.BinOp:
	default:
		f.exprLine(e)
	}
}

// startLine is syntax.StartLine. What an expression begins with is asked about right
// after it, and begins on the same line: to look for that anew would take quadratic
// time in a long chain of calls, attributes and subscripts.
func (f *fn) startLine(e ast.Expr) int {
	line := f.beginLine
	if e != f.begin {
		line = syntax.StartLine(e)
	}
	f.begin, f.beginLine = nil, line
	switch x := e.(type) {
	case *ast.Call:
		f.begin = x.Func
		if a, ok := x.Func.(*ast.Attribute); ok {
			f.begin = a.Value
		}
	case *ast.Attribute:
		f.begin = x.Value
	case *ast.Subscript:
		f.begin = x.Value
	}
	return line
}

// expr returns a register that holds the value of e: a local variable's own, or
// a new temporary.
func (f *fn) expr(e ast.Expr) int {
	if n, ok := e.(*ast.Name); ok && !f.s.walrus {
		if y := f.s.syms[string(n.Id)]; y != nil && y.kind == symLocal && f.s.kind.function() {
			f.check(y)
			return y.reg
		}
	}
	switch e.(type) {
	case *ast.Num, *ast.Str, *ast.Bytes, *ast.NameConstant, *ast.UnaryOp, *ast.BinOp:
		if v, k, ok := f.constOf(e); ok {
			if r, ok := f.keepConst(v, k); ok {
				f.constLine(e)
				return r
			}
		}
	}
	r := f.temp()
	f.exprTo(e, r)
	return r
}

// object is expr for what an attribute or an item is taken from, whose place is dst.
// If that is temporary, it can hold the object meanwhile, so that a long chain of
// attributes, items and calls needs no more registers than a short one.
func (f *fn) object(e ast.Expr, dst int) int {
	switch e.(type) {
	case *ast.Attribute, *ast.Subscript, *ast.Call:
		if dst >= f.nlocals && dst < keptBase {
			f.exprTo(e, dst)
			return dst
		}
	}
	return f.expr(e)
}

// check makes sure that a local variable is bound.
func (f *fn) check(y *symbol) {
	if f.sure[y.reg] && !f.never[y.reg] {
		return
	}
	f.unsure = true
	f.emit(OpCheck, y.reg, 0, 0)
	f.sure[y.reg] = true
}

// exprTo puts the value of e into register dst. It writes dst only at the very
// end, because dst may be a variable that e uses.
func (f *fn) exprTo(e ast.Expr, dst int) {
	f.an.step()
	save := f.top
	if v, k, isConst := f.constOf(e); isConst {
		f.constLine(e)
		f.loadConst(v, k, dst)
		return
	}
	f.exprLine(e)
	switch x := e.(type) {
	case *ast.Name:
		f.loadName(string(x.Id), dst)
	case *ast.BinOp:
		f.binary(x, dst)
	case *ast.UnaryOp:
		r := f.expr(x.Operand)
		f.emit([...]Op{ast.UAdd: OpPos, ast.USub: OpNeg, ast.Invert: OpInvert, ast.Not: OpNot}[x.Op], dst, r, 0)
	case *ast.BoolOp:
		f.boolOp(x, dst)
	case *ast.Compare:
		f.compare(x, dst)
	case *ast.Call:
		f.call(x, dst)
	case *ast.Attribute:
		r := f.object(x.Value, dst)
		f.setLine(x.Lineno)
		f.emit(OpLoadAttr, dst, r, f.attr(string(x.Attr)))
	case *ast.Subscript:
		f.subscript(x, dst)
	case *ast.Tuple:
		f.display(x.Elts, OpMakeTuple, dst)
	case *ast.List:
		f.display(x.Elts, OpMakeList, dst)
	case *ast.Set:
		f.display(x.Elts, OpMakeSet, dst)
	case *ast.Dict:
		f.dict(x, dst)
	case *ast.IfExp:
		f.ifExp(x, dst)
	case *ast.Lambda:
		f.makeFunc(f.an.scopes[x], x.Args, dst)
	case *ast.Yield:
		r := f.temp()
		if x.Value == nil {
			f.loadNone(r)
		} else {
			r = f.expr(x.Value)
		}
		f.emit(OpYield, dst, r, 0)
	case *ast.YieldFrom:
		f.yieldFrom(f.expr(x.Value), dst)
	case *syntax.Await:
		f.yieldFrom(f.expr(x.Value), dst)
	case *syntax.NamedExpr:
		r := f.temp()
		f.exprTo(x.Value, r)
		name := string(x.Target.(*ast.Name).Id)
		if y := f.s.syms[name]; f.s.kind.comp() && y != nil && y.kind == symLocal && !f.s.parent.kind.function() {
			f.emit(OpStoreName, r, f.global(name), 0) // the loop has a variable of that name, which keeps its value
		} else if f.s.kind.comp() && f.s.parent.kind == scopeClass && f.s.parent.syms[name].kind == symGlobalImplicit {
			f.emit(OpStoreName, r, f.global(name), 0) // the class has it, but is not asked for it
		} else {
			f.storeName(name, r)
		}
		f.emit(OpMove, dst, r, 0)
	case *ast.ListComp:
		f.comprehension(x, x.Generators[0].Iter, false, dst)
	case *ast.SetComp:
		f.comprehension(x, x.Generators[0].Iter, false, dst)
	case *ast.DictComp:
		f.comprehension(x, x.Generators[0].Iter, false, dst)
	case *ast.GeneratorExp:
		f.comprehension(x, x.Generators[0].Iter, true, dst)
	default:
		f.fail("can't compile %T", e)
	}
	f.top = save
}

// yieldFrom drives the iterable in src and puts its result into dst.
func (f *fn) yieldFrom(src, dst int) {
	it := f.temps(2)
	f.emit(OpGetIter, it, src, 0)
	f.loadNone(it + 1)
	f.emit(OpYieldFrom, dst, it, 0)
}

func (f *fn) subscript(x *ast.Subscript, dst int) {
	obj := f.object(x.Value, dst)
	f.setLine(x.Lineno)
	if ix, ok := x.Slice.(*ast.Index); ok {
		if n, ok := f.smallConst(ix.Value, 16); ok {
			f.emit(OpGetItemI, dst, obj, n)
			return
		}
	}
	if sl, ok := x.Slice.(*ast.Slice); ok {
		f.emit(OpGetSlice, dst, obj, f.sliceParts(sl))
		return
	}
	f.emit(OpGetItem, dst, obj, f.index(x.Slice))
}

// sliceParts puts start, stop and step into three registers.
func (f *fn) sliceParts(x *ast.Slice) int {
	f.setLine(x.Lineno)
	w := f.temps(3)
	for i, e := range []ast.Expr{x.Lower, x.Upper, x.Step} {
		if e == nil {
			f.loadNone(w + i)
		} else {
			f.exprTo(e, w+i)
		}
	}
	return w
}

// index returns a register with the index of a subscript.
func (f *fn) index(s ast.Slicer) int {
	switch x := s.(type) {
	case *ast.Index:
		return f.expr(x.Value)
	case *ast.Slice:
		w := f.sliceParts(x)
		f.emit(OpMakeSlice, w, w, 0)
		f.top = w + 1
		return w
	case *ast.ExtSlice:
		w := f.temps(len(x.Dims))
		for i, d := range x.Dims {
			if r := f.index(d); r != w+i {
				f.emit(OpMove, w+i, r, 0)
			}
		}
		f.emit(OpMakeTuple, w, w, len(x.Dims))
		f.top = w + 1
		return w
	}
	f.fail("can't compile %T", s)
	return 0
}

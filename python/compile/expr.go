package compile

import (
	"math"

	"github.com/go-python/gpython/ast"
	"github.com/go-python/gpython/py"

	"qpy/python/syntax"
)

// chunk is the number of items of a display that are computed before they are
// put into the list, so that a long display needs no long row of registers.
const chunk = 32

// exprLine notes the line of an expression, as MicroPython's compile_node does
// for all but names and short constants.
func (f *fn) exprLine(e ast.Expr) {
	switch x := e.(type) {
	case *ast.Name, *ast.NameConstant, *ast.Ellipsis:
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
		f.setLine(syntax.StartLine(e))
	}
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
				return r
			}
		}
	}
	r := f.temp()
	f.exprTo(e, r)
	return r
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
	save := f.top
	v, k, isConst := f.constOf(e)
	switch e.(type) {
	case *ast.UnaryOp, *ast.BinOp:
		if !isConst { // what the parser computes has no line
			f.exprLine(e)
		}
	default:
		f.exprLine(e)
	}
	if isConst {
		f.loadConst(v, k, dst)
		return
	}
	switch x := e.(type) {
	case *ast.Name:
		f.loadName(string(x.Id), dst)
	case *ast.BinOp:
		f.binary(x, dst)
	case *ast.UnaryOp:
		r := f.expr(x.Operand)
		f.emit(map[ast.UnaryOpNumber]Op{ast.UAdd: OpPos, ast.USub: OpNeg, ast.Invert: OpInvert, ast.Not: OpNot}[x.Op], dst, r, 0)
	case *ast.BoolOp:
		f.boolOp(x, dst)
	case *ast.Compare:
		f.compare(x, dst)
	case *ast.Call:
		f.call(x, dst)
	case *ast.Attribute:
		r := f.expr(x.Value)
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
		if f.s.kind.comp() && f.s.parent.kind == scopeClass && f.s.parent.syms[name].kind == symGlobalImplicit {
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

var arith = map[ast.OperatorNumber]Op{
	ast.Add: OpAdd, ast.Sub: OpSub, ast.Mult: OpMul, ast.Div: OpTrueDiv, ast.Modulo: OpMod, ast.Pow: OpPow,
	ast.LShift: OpLshift, ast.RShift: OpRshift, ast.BitOr: OpOr, ast.BitXor: OpXor, ast.BitAnd: OpAnd,
	ast.FloorDiv: OpFloorDiv, syntax.MatMult: OpMatMul,
}

func (f *fn) binary(x *ast.BinOp, dst int) {
	// A long chain of operators leans to the left: go down without recursion.
	var chain []*ast.BinOp
	var left ast.Expr = x
	for {
		b, ok := left.(*ast.BinOp)
		if !ok {
			break
		}
		if _, _, isConst := f.constOf(b); isConst {
			break
		}
		chain = append(chain, b)
		left = b.Left
	}
	r, last := f.expr(left), -1
	for i := len(chain) - 1; i >= 0; i-- {
		b := chain[i]
		to := dst
		if i > 0 {
			to = r
			if r < f.nlocals || r >= keptBase {
				to = f.temp()
			}
		}
		save := f.top
		op := arith[b.Op]
		at := -1
		if n, ok := f.smallConst(b.Right, 16); ok {
			at = f.emit(op+(OpOrI-OpOr), to, r, n)
		} else {
			right := f.expr(b.Right)
			made := len(f.ins) - 1
			at = f.emit(op, to, r, right)
			if op := f.ins[made].op; op >= OpOr && op <= OpPowI && f.madeTemp(made, right) {
				f.fleeting(made, at, MarkTakesC)
			}
		}
		if last >= 0 {
			f.fleeting(last, at, MarkTakesB)
		}
		last = at
		f.top = save
		r = to
	}
}

// madeTemp reports whether instruction i makes what is in r, and r is a
// temporary register.
func (f *fn) madeTemp(i, r int) bool {
	return f.ins[i].a == r && r >= f.nlocals && r < keptBase
}

// fleeting notes that only instruction taker refers to the result of maker.
func (f *fn) fleeting(maker, taker int, mark uint8) {
	f.ins[maker].marks |= MarkFleeting
	f.ins[taker].marks |= mark
}

func (f *fn) boolOp(x *ast.BoolOp, dst int) {
	vals := syntax.Operands(x)
	if len(vals) == 1 {
		f.exprTo(vals[0], dst)
		return
	}
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

var compareOps = map[ast.CmpOp]Op{
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
			f.exprLine(e)
			f.cond(x.Operand, !want, l)
			return
		}
	case *ast.BoolOp:
		vals := syntax.Operands(x)
		if len(vals) == 1 {
			f.cond(vals[0], want, l)
			return
		}
		f.exprLine(e)
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

func (f *fn) subscript(x *ast.Subscript, dst int) {
	obj := f.expr(x.Value)
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
		v := f.temp()
		f.exprTo(x.Values[i], v)
		k := f.expr(x.Keys[i])
		f.emit(OpStoreMap, d, k, v)
		f.top = save
	}
	f.emit(OpMove, dst, d, 0)
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
		f.nested[s.code] = i
	}
	f.emit(OpMakeFunc, w, i, with)
	if dst != w {
		f.emit(OpMove, dst, w, 0)
	}
}

// call compiles a call.
func (f *fn) call(x *ast.Call, dst int) {
	if isSuper(x) && f.s.kind == scopeFunction {
		base := f.temps(3)
		f.loadName("super", base)
		f.superArgs(base + 1)
		f.setLine(x.Lineno)
		f.emit(OpCall, dst, base, 2)
		return
	}
	base := f.top
	op := OpCall
	argBase := base + 1
	star := x.Starargs != nil || x.Kwargs != nil
	if a, ok := x.Func.(*ast.Attribute); ok {
		op = OpCallMethod
		argBase = base + 2
		if s, ok := a.Value.(*ast.Call); ok && isSuper(s) && f.s.kind == scopeFunction {
			f.temps(2)
			f.superArgs(base)
			f.emit(OpLoadSuper, base, base, f.name(string(a.Attr)))
		} else {
			f.temps(2)
			obj := f.expr(a.Value)
			f.top = argBase
			f.emit(OpLoadMethod, base, obj, f.attr(string(a.Attr)))
		}
	} else {
		f.temps(1)
		f.exprTo(x.Func, base)
		f.setLine(x.Lineno)
		if star {
			argBase = base + 2
			f.temps(1)
			f.emit(OpUnbind, base+1, 1, 0)
		}
	}
	f.args(x, argBase, dst, base, op)
}

// superArgs loads the class and the first parameter for super().
func (f *fn) superArgs(r int) {
	f.loadName("__class__", r)
	for _, y := range f.s.order {
		if y.param {
			f.loadSym(y, r+1)
			return
		}
	}
	f.fail("super() can't find self")
}

// args computes the arguments from argBase on and makes the call.
func (f *fn) args(x *ast.Call, argBase, dst, base int, op Op) {
	n, kw := len(x.Args), len(x.Keywords)
	if n > 255 || kw > 127 {
		f.fail("too many arguments")
		return
	}
	f.top = argBase
	f.temps(n + 2*kw)
	for i, e := range x.Args {
		f.top = argBase + i + 1
		f.exprTo(e, argBase+i)
	}
	for i, k := range x.Keywords {
		r := argBase + n + 2*i
		f.top = r + 2
		f.emit(OpLoadK, r, f.constant(constKey{kind: 'n', s: string(k.Arg)}, f.in.Intern(string(k.Arg)).Value()), 0)
		f.exprTo(k.Value, r+1)
	}
	f.top = argBase + n + 2*kw
	if x.Starargs != nil || x.Kwargs != nil {
		op = OpCallVar
		r := f.temps(2)
		for i, e := range []ast.Expr{x.Starargs, x.Kwargs} {
			if e == nil {
				f.emit(OpUnbind, r+i, 1, 0)
			} else {
				f.exprTo(e, r+i)
			}
		}
	}
	f.emit(op, dst, base, n|kw<<8)
}

// loadName loads a name by its scope into dst.
func (f *fn) loadName(name string, dst int) {
	y := f.s.syms[name]
	if y == nil {
		f.emit(OpLoadGlobal, dst, f.global(name), 0)
		return
	}
	f.loadSym(y, dst)
}

func (f *fn) loadSym(y *symbol, dst int) {
	switch y.kind {
	case symLocal:
		if !f.s.kind.function() {
			f.emit(OpLoadName, dst, f.global(y.name), 0)
			return
		}
		f.check(y)
		if y.reg != dst {
			f.emit(OpMove, dst, y.reg, 0)
		}
	case symCell:
		f.emit(OpLoadCell, dst, y.reg, 0)
	case symFree:
		f.emit(OpLoadFree, dst, y.reg, 0)
	case symGlobal:
		f.emit(OpLoadGlobal, dst, f.global(y.name), 0)
	default:
		f.emit(OpLoadName, dst, f.global(y.name), 0)
	}
}

func (f *fn) storeName(name string, src int) {
	y := f.s.syms[name]
	if y == nil {
		f.emit(OpStoreGlobal, src, f.global(name), 0)
		return
	}
	switch y.kind {
	case symLocal:
		if !f.s.kind.function() {
			f.emit(OpStoreName, src, f.global(name), 0)
			return
		}
		if y.reg != src {
			f.emit(OpMove, y.reg, src, 0)
		}
		f.sure[y.reg] = true
	case symCell:
		f.emit(OpStoreCell, y.reg, src, 0)
	case symFree:
		f.emit(OpStoreFree, src, y.reg, 0)
	case symGlobal:
		f.emit(OpStoreGlobal, src, f.global(name), 0)
	default:
		if f.s.kind.function() {
			f.emit(OpStoreGlobal, src, f.global(name), 0)
			return
		}
		f.emit(OpStoreName, src, f.global(name), 0)
	}
}

func (f *fn) deleteName(name string) {
	y := f.s.syms[name]
	switch {
	case y == nil || y.kind == symGlobal:
		f.emit(OpDelGlobal, f.global(name), 0, 0)
	case y.kind == symLocal && f.s.kind.function():
		f.unsure = true
		f.emit(OpDelLocal, y.reg, 0, 0)
		f.sure[y.reg] = false
	case y.kind == symCell:
		f.emit(OpDelCell, y.reg, 0, 0)
	case y.kind == symFree:
		f.emit(OpDelFree, y.reg, 0, 0)
	default:
		f.emit(OpDelName, f.global(name), 0, 0)
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

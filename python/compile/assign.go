package compile

import "github.com/go-python/gpython/ast"

// target register for an assignment to a plain local, if that is what e is.
func (f *fn) localTarget(e ast.Expr) (int, bool) {
	if n, ok := e.(*ast.Name); ok {
		if y := f.s.syms[string(n.Id)]; y != nil && y.kind == symLocal && f.s.kind.function() {
			return y.reg, true
		}
	}
	return 0, false
}

// assignOne does target = value.
func (f *fn) assignOne(target, value ast.Expr) {
	if r, ok := f.localTarget(target); ok {
		f.exprTo(value, r)
		f.sure[r] = true
		return
	}
	src := f.expr(value)
	made := len(f.ins) - 1
	f.assign(target, src)
	if x := f.ins[len(f.ins)-1]; made >= 0 && x.op == OpSetSlice && x.c == src && f.ins[made].op == OpGetSlice && f.madeTemp(made, src) {
		f.fleeting(made, len(f.ins)-1, MarkTakesC)
	}
}

func (f *fn) assignStmt(x *ast.Assign) {
	if len(x.Targets) > 1 {
		r := f.temp()
		f.exprTo(x.Value, r)
		for _, t := range x.Targets {
			f.assign(t, r)
		}
		return
	}
	// a, b = c, d without a tuple (2 or 3 items, as MicroPython does it).
	lt, ok := x.Targets[0].(*ast.Tuple)
	rt, ok2 := x.Value.(*ast.Tuple)
	if ok && ok2 && len(lt.Elts) == len(rt.Elts) && (len(lt.Elts) == 2 || len(lt.Elts) == 3) && !starred(lt.Elts) {
		n := len(lt.Elts)
		base := f.temps(n)
		for i, e := range rt.Elts {
			f.exprTo(e, base+i)
		}
		for i, t := range lt.Elts {
			f.assign(t, base+i)
		}
		return
	}
	f.assignOne(x.Targets[0], x.Value)
}

func starred(elts []ast.Expr) bool {
	for _, e := range elts {
		if _, ok := e.(*ast.Starred); ok {
			return true
		}
	}
	return false
}

// assign stores register src to a target.
func (f *fn) assign(e ast.Expr, src int) {
	save := f.top
	switch x := e.(type) {
	case *ast.Name:
		f.storeName(string(x.Id), src)
	case *ast.Attribute:
		obj := f.expr(x.Value)
		f.emit(OpStoreAttr, obj, src, f.attr(string(x.Attr)))
	case *ast.Subscript:
		obj := f.expr(x.Value)
		if sl, ok := x.Slice.(*ast.Slice); ok {
			f.emit(OpSetSlice, obj, f.sliceParts(sl), src)
			break
		}
		f.emit(OpSetItem, obj, f.index(x.Slice), src)
	case *ast.Tuple:
		f.unpack(x.Elts, src)
	case *ast.List:
		f.unpack(x.Elts, src)
	case *ast.Starred:
		f.assign(x.Value, src)
	default:
		f.fail("can't assign to %T", e)
	}
	f.top = save
}

func (f *fn) unpack(elts []ast.Expr, src int) {
	star := -1
	for i, e := range elts {
		if _, ok := e.(*ast.Starred); ok {
			star = i
		}
	}
	if len(elts) > 255 {
		f.fail("too many values to unpack")
		return
	}
	base := f.temps(len(elts))
	if star < 0 {
		f.emit(OpUnpack, base, src, len(elts))
	} else {
		f.emit(OpUnpackEx, base, src, star|(len(elts)-star-1)<<8)
	}
	for i, e := range elts {
		f.assign(e, base+i)
	}
}

func (f *fn) augAssign(x *ast.AugAssign) {
	op := arith[x.Op] + (OpInOr - OpOr)
	apply := func(dst, cur int) {
		if n, ok := f.smallConst(x.Value, 16); ok {
			f.emit(op+(OpInOrI-OpInOr), dst, cur, n)
		} else {
			f.emit(op, dst, cur, f.expr(x.Value))
		}
	}
	switch t := x.Target.(type) {
	case *ast.Name:
		if r, ok := f.localTarget(t); ok {
			f.check(f.s.syms[string(t.Id)])
			cur := r
			if f.s.walrus {
				cur = f.temp()
				f.emit(OpMove, cur, r, 0)
			}
			apply(r, cur)
			return
		}
		r := f.temp()
		f.loadName(string(t.Id), r)
		apply(r, r)
		f.storeName(string(t.Id), r)
	case *ast.Attribute:
		obj := f.expr(t.Value)
		r := f.temp()
		f.emit(OpLoadAttr, r, obj, f.attr(string(t.Attr)))
		apply(r, r)
		f.emit(OpStoreAttr, obj, r, f.attr(string(t.Attr)))
	case *ast.Subscript:
		obj := f.expr(t.Value)
		ix := f.index(t.Slice)
		r := f.temp()
		f.emit(OpGetItem, r, obj, ix)
		apply(r, r)
		f.emit(OpSetItem, obj, ix, r)
	default:
		f.fail("can't assign to %T", x.Target)
	}
}

func (f *fn) del(e ast.Expr) {
	save := f.top
	switch x := e.(type) {
	case *ast.Name:
		f.deleteName(string(x.Id))
	case *ast.Attribute:
		obj := f.expr(x.Value)
		f.emit(OpDelAttr, obj, f.name(string(x.Attr)), 0)
	case *ast.Subscript:
		obj := f.expr(x.Value)
		f.emit(OpDelItem, obj, f.index(x.Slice), 0)
	case *ast.Tuple:
		for _, t := range x.Elts {
			f.del(t)
		}
	case *ast.List:
		for _, t := range x.Elts {
			f.del(t)
		}
	default:
		f.fail("can't delete %T", e)
	}
	f.top = save
}

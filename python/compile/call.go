package compile

import "github.com/go-python/gpython/ast"

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
	if dst == f.top-1 && dst >= f.nlocals {
		f.top = dst // the function can lie where its result comes to
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
			f.temps(1)
			obj := f.object(a.Value, base)
			f.top = base
			f.temps(2)
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

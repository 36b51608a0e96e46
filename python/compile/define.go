package compile

import (
	"strings"

	"github.com/go-python/gpython/ast"

	"qpy/python/syntax"
)

func (f *fn) importStmt(x *ast.Import) {
	for _, n := range x.Names {
		save := f.top
		w := f.temps(2)
		f.emit(OpLoadI, w, 0, 0)
		f.loadNone(w + 1)
		f.emit(OpImport, w, w, f.name(string(n.Name)))
		if n.AsName != "" {
			for _, part := range strings.Split(string(n.Name), ".")[1:] {
				f.emit(OpLoadAttr, w, w, f.attr(part))
			}
		}
		f.storeName(importName(n), w)
		f.top = save
	}
}

func (f *fn) importFrom(x *ast.ImportFrom) {
	w := f.temps(2)
	f.emit(OpLoadI, w, x.Level, 0)
	names := f.temps(len(x.Names))
	for i, n := range x.Names {
		f.emit(OpLoadK, names+i, f.strConst(string(n.Name)), 0)
	}
	f.emit(OpMakeTuple, w+1, names, len(x.Names))
	f.top = w + 2
	f.emit(OpImport, w, w, f.name(string(x.Module)))
	if len(x.Names) == 1 && x.Names[0].Name == "*" {
		f.emit(OpImportStar, w, 0, 0)
		return
	}
	for _, n := range x.Names {
		r := f.temp()
		f.emit(OpImportFrom, r, w, f.name(string(n.Name)))
		if n.AsName != "" {
			f.storeName(string(n.AsName), r)
		} else {
			f.storeName(string(n.Name), r)
		}
		f.top = r
	}
}

// decorated makes what make puts into a register, calls the decorators on it
// and stores it under the name.
func (f *fn) decorated(list []ast.Expr, name string, make func(dst int)) {
	var fns []int
	base := f.top
	for _, d := range list {
		if _, own := syntax.MicropythonDecorator(d); own {
			continue
		}
		r := f.temps(2)
		f.top = r + 1
		f.exprTo(d, r)
		fns = append(fns, r)
	}
	if len(fns) == 0 {
		r := f.temp()
		make(r)
		f.storeName(name, r)
		f.top = base
		return
	}
	r := fns[len(fns)-1]
	f.top = r + 2
	if f.top > f.max {
		f.max = f.top
	}
	make(r + 1)
	for i := len(fns) - 1; i >= 0; i-- {
		f.top = fns[i] + 2
		f.emit(OpCall, fns[i], fns[i], 1)
		if i > 0 {
			f.emit(OpMove, fns[i-1]+1, fns[i], 0)
		}
	}
	f.storeName(name, fns[0])
	f.top = base
}

func (f *fn) funcDef(x *ast.FunctionDef, node ast.Ast) {
	f.decorated(x.DecoratorList, string(x.Name), func(dst int) {
		f.makeFunc(f.an.scopes[node], x.Args, dst)
	})
}

func (f *fn) classDef(x *ast.ClassDef) {
	f.decorated(x.DecoratorList, string(x.Name), func(dst int) {
		if len(x.Keywords) > 0 || x.Starargs != nil || x.Kwargs != nil {
			// Through the built-in function, which knows what to complain of.
			base := f.temps(2)
			f.emit(OpLoadGlobal, base, f.global("__build_class__"), 0)
			f.emit(OpUnbind, base+1, 1, 0)
			call := *(&ast.Call{Args: x.Bases, Keywords: x.Keywords, Starargs: x.Starargs, Kwargs: x.Kwargs})
			f.classArgs(x, &call, base, dst)
			return
		}
		w := f.temps(2 + len(x.Bases))
		f.makeFunc(f.an.scopes[x], nil, w)
		f.emit(OpLoadK, w+1, f.strConst(string(x.Name)), 0)
		for i, b := range x.Bases {
			f.top = w + 2 + i + 1
			f.exprTo(b, w+2+i)
		}
		f.top = w + 2 + len(x.Bases)
		f.emit(OpMakeClass, dst, w, len(x.Bases))
	})
}

// classArgs calls __build_class__(body, name, *bases, …).
func (f *fn) classArgs(x *ast.ClassDef, call *ast.Call, base, dst int) {
	arg := base + 2
	n := 2 + len(call.Args)
	f.top = arg
	f.temps(n + 2*len(call.Keywords) + 2)
	f.top = arg + 1
	f.makeFunc(f.an.scopes[x], nil, arg)
	f.emit(OpLoadK, arg+1, f.strConst(string(x.Name)), 0)
	for i, e := range call.Args {
		f.top = arg + 2 + i + 1
		f.exprTo(e, arg+2+i)
	}
	for i, k := range call.Keywords {
		r := arg + n + 2*i
		f.top = r + 2
		f.emit(OpLoadK, r, f.constant(constKey{kind: 'n', s: string(k.Arg)}, f.in.Intern(string(k.Arg)).Value()), 0)
		f.exprTo(k.Value, r+1)
	}
	r := arg + n + 2*len(call.Keywords)
	f.top = r + 2
	for i, e := range []ast.Expr{call.Starargs, call.Kwargs} {
		if e == nil {
			f.emit(OpUnbind, r+i, 1, 0)
		} else {
			f.exprTo(e, r+i)
		}
	}
	f.emit(OpCallVar, dst, base, n|len(call.Keywords)<<8)
}

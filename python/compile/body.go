package compile

import (
	"github.com/go-python/gpython/ast"

	"qpy/python/object"
	"qpy/python/syntax"
)

// compile compiles the scope's body.
func (f *fn) compile() error {
	s, c := f.s, f.code
	c.Block = s.name
	c.Generator = s.gen && s.kind.function()
	f.params()
	// Locals come after the parameters, one register each.
	for _, y := range s.order {
		if y.param {
			continue
		}
		switch y.kind {
		case symLocal:
			if s.kind.function() || y.name == "__class__" && s.kind == scopeClass {
				y.reg = f.temp()
			}
		case symCell:
			y.reg = f.temp()
		}
	}
	if f.err != nil {
		return f.err // there are too many
	}
	f.nlocals = f.top
	f.sure = make([]bool, f.nlocals)
	f.never = make([]bool, f.nlocals)
	if s.kind == scopeFunction {
		deleted(bodyStmts(s.node), func(name string) {
			if y := s.syms[name]; y != nil && (y.kind == symLocal || y.kind == symCell) {
				f.never[y.reg] = true
			}
		})
	}
	for _, y := range s.order {
		if y.param {
			f.sure[y.reg] = true
		}
	}
	unbind := f.emit(OpUnbind, 0, 0, 0)
	for _, y := range s.order {
		if y.kind == symCell {
			if y.param {
				f.emit(OpMakeCell, y.reg, 0, 0)
			} else {
				f.emit(OpNewCell, y.reg, 0, 0)
			}
		}
	}
	f.start = len(f.ins)
	f.bodyOf()
	first := f.ins[f.start].line
	if body := bodyStmts(s.node); len(body) > 0 {
		if try, ok := body[0].(*ast.Try); ok {
			first = try.Lineno
		}
	}
	for i := range f.ins[:f.start] { // an exception that comes at once has the first line of the body
		f.ins[i].line = first
	}
	f.keep()
	if n := f.nlocals - f.params1(); f.unsure && n > 0 {
		f.ins[unbind].a, f.ins[unbind].b = f.params1(), n
	}
	if f.err != nil {
		return f.err
	}
	c.NRegs = f.max + len(f.kept) + 2
	c.Free = f.freeVars()
	return f.assemble()
}

// bodyStmts returns the statements of a function.
func bodyStmts(node ast.Ast) []ast.Stmt {
	switch n := node.(type) {
	case *ast.FunctionDef:
		return n.Body
	case *syntax.AsyncFunctionDef:
		return n.Body
	}
	return nil
}

// params1 is the number of registers that the call fills.
func (f *fn) params1() int {
	n := f.code.NPos + f.code.NKwOnly
	if f.code.VarArgs {
		n++
	}
	if f.code.VarKw {
		n++
	}
	return n
}

func (f *fn) params() {
	s, c := f.s, f.code
	var args *ast.Arguments
	switch n := s.node.(type) {
	case *ast.FunctionDef:
		args = n.Args
	case *syntax.AsyncFunctionDef:
		args = n.Args
	case *ast.Lambda:
		args = n.Args
	}
	add := func(name string) {
		s.syms[name].reg = f.temp()
	}
	if s.kind.comp() {
		add("")
		c.NPos = 1
		c.Args = []*object.Str{f.in.Intern("")}
	}
	if args != nil {
		for _, x := range args.Args {
			add(string(x.Arg))
			c.Args = append(c.Args, f.in.Intern(string(x.Arg)))
		}
		only := args.Kwonlyargs
		if n := len(only); n > 1 && args.Vararg != nil {
			// MicroPython makes room for *args at the end by changing places with the
			// last one; the first that is missing is the one that an error names.
			only = append([]*ast.Arg{only[n-1]}, only[:n-1]...)
		}
		for _, x := range only {
			add(string(x.Arg))
			c.Args = append(c.Args, f.in.Intern(string(x.Arg)))
		}
		c.NPos, c.NKwOnly = len(args.Args), len(args.Kwonlyargs)
		if args.Vararg != nil {
			c.VarArgs = true
			add(string(args.Vararg.Arg))
		}
		if args.Kwarg != nil {
			c.VarKw = true
			add(string(args.Kwarg.Arg))
		}
	}
	c.Simple = !c.VarArgs && !c.VarKw && c.NKwOnly == 0 && !c.Generator
	if len(c.Args) > 250 {
		f.fail("function takes too many arguments")
	}
}

func (f *fn) bodyOf() {
	if f.s.gen && !f.s.kind.function() {
		// With an async for or async with, a module or a class body is a generator
		// to MicroPython, and calling it does nothing.
		f.emit(OpReturnNone, 0, 0, 0)
		return
	}
	switch n := f.s.node.(type) {
	case *ast.Module:
		f.stmts(n.Body)
		f.emit(OpReturnNone, 0, 0, 0)
	case *ast.Interactive:
		f.repl = true
		f.stmts(n.Body)
		f.emit(OpReturnNone, 0, 0, 0)
	case *ast.Expression:
		r := f.temp()
		f.exprTo(n.Body, r)
		f.emit(OpReturn, r, 0, 0)
	case *ast.FunctionDef:
		f.stmts(n.Body)
		f.emit(OpReturnNone, 0, 0, 0)
	case *syntax.AsyncFunctionDef:
		f.stmts(n.Body)
		f.emit(OpReturnNone, 0, 0, 0)
	case *ast.Lambda:
		f.setLine(n.Lineno)
		r := f.temp()
		f.exprTo(n.Body, r)
		if f.code.Generator {
			f.emit(OpReturnNone, 0, 0, 0)
		} else {
			f.emit(OpReturn, r, 0, 0)
		}
	case *ast.ClassDef:
		f.classBody(n)
	case *ast.ListComp:
		f.setLine(n.Lineno)
		f.compBody(n.Generators, OpMakeList, func(acc int) { f.collect(OpAppend, acc, n.Elt) })
	case *ast.SetComp:
		f.setLine(n.Lineno)
		f.compBody(n.Generators, OpMakeSet, func(acc int) { f.collect(OpSetAdd, acc, n.Elt) })
	case *ast.DictComp:
		f.setLine(n.Lineno)
		f.compBody(n.Generators, OpMakeDict, func(acc int) { f.storeItem(acc, n.Key, n.Value) })
	case *ast.GeneratorExp:
		f.setLine(n.Lineno)
		f.compBody(n.Generators, OpNop, func(int) {
			r := f.temp()
			f.exprTo(n.Elt, r)
			f.emit(OpYield, r, r, 0)
		})
	}
}

func (f *fn) classBody(n *ast.ClassDef) {
	f.code.Class = true
	r := f.temp()
	f.loadName("__name__", r)
	f.storeName("__module__", r)
	f.emit(OpLoadK, r, f.strConst(string(n.Name)), 0)
	f.storeName("__qualname__", r)
	f.top = r
	f.stmts(n.Body)
	if y := f.s.syms["__class__"]; y != nil && y.kind == symCell {
		f.emit(OpReturn, y.reg, 0, 0)
		return
	}
	f.emit(OpReturnNone, 0, 0, 0)
}

// collect adds the value of e to the list or set acc.
func (f *fn) collect(op Op, acc int, e ast.Expr) {
	f.emit(op, acc, f.expr(e), 0)
}

// compBody compiles the body of a comprehension; each stores one result.
func (f *fn) compBody(gens []ast.Comprehension, make Op, each func(acc int)) {
	acc := f.temp()
	switch make {
	case OpMakeDict:
		f.emit(make, acc, 0, 0)
	case OpMakeList, OpMakeSet:
		f.emit(make, acc, acc, 0)
	}
	it := f.temp()
	if make == OpNop {
		f.emit(OpMove, it, 0, 0)
	} else {
		f.emit(OpGetIter, it, 0, 0)
	}
	f.loops++
	f.compLoop(gens, 0, it, func() {
		save := f.top
		each(acc)
		f.top = save
	})
	if make == OpNop {
		f.emit(OpReturnNone, 0, 0, 0)
	} else {
		f.emit(OpReturn, acc, 0, 0)
	}
}

func (f *fn) compLoop(gens []ast.Comprehension, i, it int, inner func()) {
	next, body := f.newLabel(), f.newLabel()
	line := f.line
	f.jump(next)
	f.place(body)
	g := gens[i]
	save := f.top
	val, local := f.loopTarget(g.Target)
	if !local {
		f.assign(g.Target, val)
	}
	for _, c := range g.Ifs {
		f.cond(c, false, next)
	}
	if i+1 < len(gens) {
		it2 := f.temp()
		src := f.expr(gens[i+1].Iter)
		f.emit(OpGetIter, it2, src, 0)
		f.compLoop(gens, i+1, it2, inner)
	} else {
		inner()
	}
	f.place(next)
	k := f.emit(OpForIter, it, val, int(body))
	f.ins[k].line = line
	f.top = save
}

// loopTarget returns the register that receives each item of a loop: the
// variable's own if it is a plain local.
func (f *fn) loopTarget(e ast.Expr) (reg int, local bool) {
	if n, ok := e.(*ast.Name); ok {
		if y := f.s.syms[string(n.Id)]; y != nil && y.kind == symLocal && f.s.kind.function() {
			f.sure[y.reg] = true
			return y.reg, true
		}
	}
	return f.temp(), false
}

// freeVars tells the function around where the free variables come from.
func (f *fn) freeVars() []FreeVar {
	var out []FreeVar
	for _, y := range f.s.free {
		p := f.s.parent.syms[y.name]
		if p.kind == symFree {
			out = append(out, FreeVar{Outer: true, Index: p.reg})
		} else {
			out = append(out, FreeVar{Index: p.reg * RegSize})
		}
	}
	return out
}

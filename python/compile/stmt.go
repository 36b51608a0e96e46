package compile

import (
	"github.com/go-python/gpython/ast"

	"qpy/python/object"
	"qpy/python/syntax"
)

// constItems returns a tuple of the elements if all are constants that cannot
// be told from newly made ones.
func (f *fn) constItems(elts []ast.Expr) (object.Value, bool) {
	items := make([]object.Value, len(elts))
	for i, e := range elts {
		v, _, ok := f.constOf(e)
		if !ok {
			return object.Null, false
		}
		items[i] = v
	}
	return object.TupleOf(items), true
}

func (f *fn) stmts(list []ast.Stmt) {
	for _, s := range list {
		f.stmt(s)
	}
}

func (f *fn) stmt(s ast.Stmt) {
	f.an.step()
	save := f.top
	f.setLine(stmtLine(s))
	switch x := s.(type) {
	case *ast.ExprStmt:
		f.exprStmt(x)
	case *ast.Assign:
		f.assignStmt(x)
	case *ast.AugAssign:
		f.augAssign(x)
	case *syntax.AnnAssign:
		if x.Value != nil {
			f.assignOne(x.Target, x.Value)
		}
	case *ast.Return:
		f.returnStmt(x)
	case *ast.Delete:
		for _, t := range x.Targets {
			f.del(t)
		}
	case *ast.If:
		f.ifStmt(x)
	case *ast.While:
		f.whileStmt(x)
	case *ast.For:
		f.forStmt(x)
	case *syntax.AsyncFor:
		f.asyncFor(x)
	case *ast.Break, *ast.Continue:
		f.leaveLoop(s)
	case *ast.Raise:
		f.raise(x)
	case *ast.Assert:
		f.assert(x)
	case *ast.Try:
		f.try(x)
	case *ast.With:
		f.with(x.Items, x.Body, false)
	case *syntax.AsyncWith:
		f.with(x.Items, x.Body, true)
	case *ast.Import:
		f.importStmt(x)
	case *ast.ImportFrom:
		f.importFrom(x)
	case *ast.FunctionDef:
		f.funcDef(x, x)
	case *syntax.AsyncFunctionDef:
		f.funcDef(&x.FunctionDef, x)
	case *ast.ClassDef:
		f.classDef(x)
	case *ast.Global, *ast.Nonlocal, *ast.Pass:
	default:
		f.fail("can't compile %T", s)
	}
	f.top = save
}

// stmtLine returns the line of a statement; a definition with decorators begins
// with the first of them.
func stmtLine(s ast.Stmt) int {
	var decorators []ast.Expr
	switch x := s.(type) {
	case *ast.FunctionDef:
		decorators = x.DecoratorList
	case *syntax.AsyncFunctionDef:
		decorators = x.DecoratorList
	case *ast.ClassDef:
		decorators = x.DecoratorList
	}
	if len(decorators) > 0 {
		return syntax.StartLine(decorators[0])
	}
	return s.GetLineno()
}

func (f *fn) exprStmt(x *ast.ExprStmt) {
	if f.repl {
		base := f.temps(2)
		f.loadName("__repl_print__", base)
		f.exprTo(x.Value, base+1)
		f.emit(OpCall, base, base, 1)
		return
	}
	switch x.Value.(type) {
	case *ast.Num, *ast.Str, *ast.Bytes, *ast.NameConstant, *ast.Ellipsis:
		return
	}
	r := f.temp()
	f.exprTo(x.Value, r)
}

func (f *fn) ifStmt(x *ast.If) {
	truth, known := syntax.ConstTruth(x.Test)
	if known {
		if truth {
			f.stmts(x.Body)
		} else {
			f.stmts(x.Orelse)
		}
		return
	}
	no, end := f.newLabel(), f.newLabel()
	f.cond(x.Test, false, no)
	before := f.keepSure()
	f.stmts(x.Body)
	bodyOut := leaves(x.Body)
	after := f.sure
	if len(x.Orelse) > 0 && !bodyOut {
		f.jump(end)
	}
	f.place(no)
	f.sure = before
	f.stmts(x.Orelse)
	switch {
	case bodyOut:
	case leaves(x.Orelse):
		f.sure = after
	default:
		f.meet(after)
	}
	f.place(end)
}

// leaves reports whether a block always ends by leaving it.
func leaves(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	switch x := list[len(list)-1].(type) {
	case *ast.Return, *ast.Raise, *ast.Break, *ast.Continue:
		return true
	case *ast.If:
		if truth, known := syntax.ConstTruth(x.Test); known {
			if truth {
				return leaves(x.Body)
			}
			return leaves(x.Orelse)
		}
		return leaves(x.Body) && leaves(x.Orelse)
	}
	return false
}

func (f *fn) returnStmt(x *ast.Return) {
	simple := true
	for _, b := range f.blocks {
		if b.kind != blockLoop {
			simple = false
		}
	}
	if x.Value == nil {
		if simple {
			f.emit(OpReturnNone, 0, 0, 0)
			return
		}
		r := f.temp()
		f.loadNone(r)
		f.leave(exit{ret: true}, r)
		return
	}
	if c, ok := x.Value.(*ast.IfExp); ok {
		// Two returns, as MicroPython has it.
		f.setLine(syntax.StartLine(c))
		no := f.newLabel()
		f.cond(c.Test, false, no)
		keep := f.keepSure()
		f.leave(exit{ret: true}, f.expr(c.Body))
		f.place(no)
		f.sure = keep
		f.leave(exit{ret: true}, f.expr(c.Orelse))
		return
	}
	f.leave(exit{ret: true}, f.expr(x.Value))
}

func (f *fn) raise(x *ast.Raise) {
	if x.Exc != nil {
		r := f.expr(x.Exc)
		if x.Cause != nil {
			f.emit(OpRaiseFrom, r, f.expr(x.Cause), 0)
			return
		}
		f.emit(OpRaise, r, 0, 0)
		return
	}
	// The innermost exception that is being handled in this function.
	for i := len(f.blocks) - 1; i >= 0; i-- {
		switch b := f.blocks[i]; b.kind {
		case blockExcept:
			f.emit(OpReraise, b.exc, 0, 0)
			return
		case blockActive:
			skip := f.newLabel()
			f.emit(OpJNotEqI, b.why, whyRaise, int(skip))
			f.emit(OpReraise, b.val, 0, 0)
			f.place(skip)
		}
	}
	f.emit(OpRaiseLast, 0, 0, 0)
}

func (f *fn) assert(x *ast.Assert) {
	if f.in.OptLevel > 0 {
		return
	}
	end := f.newLabel()
	f.cond(x.Test, true, end)
	keep := f.keepSure()
	base := f.temps(2)
	f.emit(OpLoadGlobal, base, f.global("AssertionError"), 0)
	if x.Msg != nil {
		f.exprTo(x.Msg, base+1)
		f.emit(OpCall, base, base, 1)
	}
	f.emit(OpRaise, base, 0, 0)
	f.sure = keep
	f.place(end)
}

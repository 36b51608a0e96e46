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

type blockKind uint8

const (
	blockLoop    blockKind = iota
	blockFinally           // code that runs on every way out
	blockExcept            // body of an except: the exception is being handled
	blockActive            // finally part: perhaps an exception is being handled
)

// block is something around the present statement that a jump out of it must
// take notice of.
type block struct {
	kind      blockKind
	brk, cont label
	why, val  int   // blockFinally: registers for the reason and its value
	enter     label // blockFinally: where the finally part begins
	exits     []exit
	exc       int // blockExcept: register of the exception
}

// The reasons for running a finally part, as small ints in its register why.
const (
	whyNormal = 0
	whyRaise  = 1
	whyExit   = 2 // and up: index into exits
)

// exit is a way out of a try with a finally part.
type exit struct {
	ret bool
	to  label
	out int // number of blocks that remain
}

func (f *fn) stmts(list []ast.Stmt) {
	for _, s := range list {
		f.stmt(s)
	}
}

func (f *fn) stmt(s ast.Stmt) {
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

func (f *fn) push(b *block) *block {
	f.blocks = append(f.blocks, b)
	return b
}

func (f *fn) pop() { f.blocks = f.blocks[:len(f.blocks)-1] }

func (f *fn) whileStmt(x *ast.While) {
	truth, known := syntax.ConstTruth(x.Test)
	end := f.newLabel()
	keep := f.keepSure()
	if !known || truth {
		top, cont := f.newLabel(), f.newLabel()
		f.loops++
		f.push(&block{kind: blockLoop, brk: end, cont: cont})
		if !known {
			f.jump(cont)
		}
		f.place(top)
		f.stmts(x.Body)
		f.place(cont)
		f.sure = append([]bool(nil), keep...)
		f.cond(x.Test, true, top)
		f.loops--
		f.pop()
	}
	f.sure = keep
	f.stmts(x.Orelse)
	f.sure = append([]bool(nil), keep...)
	f.place(end)
}

func (f *fn) forStmt(x *ast.For) {
	if args, ok := f.rangeLoop(x); ok {
		f.forRange(x, args)
		return
	}
	end, next, body := f.newLabel(), f.newLabel(), f.newLabel()
	it := f.temp()
	f.emit(OpGetIter, it, f.expr(x.Iter), 0)
	f.top = it + 1
	line := f.line
	keep := f.keepSure()
	f.loops++
	f.push(&block{kind: blockLoop, brk: end, cont: next})
	f.jump(next)
	f.place(body)
	val, local := f.loopTarget(x.Target)
	if !local {
		f.assign(x.Target, val)
	}
	f.stmts(x.Body)
	f.place(next)
	k := f.emit(OpForIter, it, val, int(body))
	f.ins[k].line = line
	f.loops--
	f.pop()
	f.sure = append([]bool(nil), keep...)
	f.stmts(x.Orelse)
	f.sure = keep
	f.place(end)
}

// rangeLoop reports whether a loop is "for name in range(…)" of the form that
// MicroPython counts itself, without looking up range.
func (f *fn) rangeLoop(x *ast.For) ([]ast.Expr, bool) {
	if _, ok := x.Target.(*ast.Name); !ok {
		return nil, false
	}
	c, ok := x.Iter.(*ast.Call)
	if !ok || len(c.Keywords) > 0 || c.Starargs != nil || c.Kwargs != nil || len(c.Args) < 1 || len(c.Args) > 3 {
		return nil, false
	}
	if n, ok := c.Func.(*ast.Name); !ok || n.Id != "range" {
		return nil, false
	}
	if len(c.Args) == 3 {
		if n, ok := f.smallConst(c.Args[2], 32); !ok || n == 0 {
			return nil, false
		}
	}
	return c.Args, true
}

func (f *fn) forRange(x *ast.For, args []ast.Expr) {
	end, next, els, body := f.newLabel(), f.newLabel(), f.newLabel(), f.newLabel()
	base := f.temps(3) // present value, end, step
	step := 1
	var start ast.Expr
	stop := args[0]
	if len(args) > 1 {
		start, stop = args[0], args[1]
	}
	if len(args) > 2 {
		step, _ = f.smallConst(args[2], 32)
	}
	f.exprTo(stop, base+1)
	if start == nil {
		f.emit(OpLoadI, base, 0, 0)
	} else {
		f.exprTo(start, base)
	}
	f.emit(OpLoadI, base+2, step, 0)
	keep := f.keepSure()
	f.loops++
	f.push(&block{kind: blockLoop, brk: end, cont: next})
	val, local := f.loopTarget(x.Target)
	prep := f.emit(OpForPrep, base, val, int(els))
	f.place(body)
	if !local {
		f.assign(x.Target, val)
	}
	f.stmts(x.Body)
	f.place(next)
	// MicroPython tests at the end of the body, and an error there has its line.
	f.ins[prep].line = f.line
	f.emit(OpForLoop, base, val, int(body))
	f.loops--
	f.pop()
	f.place(els)
	f.sure = append([]bool(nil), keep...)
	f.stmts(x.Orelse)
	f.sure = keep
	f.place(end)
}

// leaveLoop compiles break and continue.
func (f *fn) leaveLoop(s ast.Stmt) {
	for i := len(f.blocks) - 1; i >= 0; i-- {
		b := f.blocks[i]
		if b.kind == blockLoop {
			to := b.cont
			if _, ok := s.(*ast.Break); ok {
				to = b.brk
			}
			f.leave(exit{to: to, out: i + 1}, 0)
			return
		}
	}
	f.fail("'break'/'continue' outside loop")
}

// leave goes out of all blocks but the outermost e.out, through the finally
// parts on the way. For a return, src holds the value.
func (f *fn) leave(e exit, src int) {
	for i := len(f.blocks) - 1; i >= e.out; i-- {
		switch b := f.blocks[i]; b.kind {
		case blockExcept:
			f.emit(OpEndExcept, 0, 0, 0)
		case blockFinally:
			n := -1
			for j, have := range b.exits {
				if have == e {
					n = j
				}
			}
			if n < 0 {
				n = len(b.exits)
				b.exits = append(b.exits, e)
			}
			if e.ret {
				f.emit(OpMove, b.val, src, 0)
			}
			f.emit(OpLoadI, b.why, whyExit+n, 0)
			f.jump(b.enter)
			return
		}
	}
	if e.ret {
		f.emit(OpReturn, src, 0, 0)
	} else {
		f.jump(e.to)
	}
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

// deleted calls found with the names that del unbinds in a block.
func deleted(list []ast.Stmt, found func(string)) {
	for _, s := range list {
		switch x := s.(type) {
		case *ast.Delete:
			for _, t := range x.Targets {
				deletedTarget(t, found)
			}
		case *ast.If:
			deleted(x.Body, found)
			deleted(x.Orelse, found)
		case *ast.While:
			deleted(x.Body, found)
			deleted(x.Orelse, found)
		case *ast.For:
			deleted(x.Body, found)
			deleted(x.Orelse, found)
		case *syntax.AsyncFor:
			deleted(x.Body, found)
			deleted(x.Orelse, found)
		case *ast.With:
			deleted(x.Body, found)
		case *syntax.AsyncWith:
			deleted(x.Body, found)
		case *ast.Try:
			deleted(x.Body, found)
			deleted(x.Orelse, found)
			deleted(x.Finalbody, found)
			for _, h := range x.Handlers {
				if h.Name != "" {
					found(string(h.Name))
				}
				deleted(h.Body, found)
			}
		}
	}
}

func deletedTarget(e ast.Expr, found func(string)) {
	switch x := e.(type) {
	case *ast.Name:
		found(string(x.Id))
	case *ast.Tuple:
		for _, t := range x.Elts {
			deletedTarget(t, found)
		}
	case *ast.List:
		for _, t := range x.Elts {
			deletedTarget(t, found)
		}
	}
}

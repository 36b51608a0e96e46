package compile

import (
	"github.com/go-python/gpython/ast"

	"qpy/python/syntax"
)

func (f *fn) try(x *ast.Try) {
	if len(x.Finalbody) == 0 {
		f.tryExcept(x)
		return
	}
	f.protect(func() {
		if len(x.Handlers) == 0 {
			f.stmts(x.Body)
		} else {
			f.tryExcept(x)
		}
	}, func(*block) { f.stmts(x.Finalbody) })
}

// protect compiles body such that last runs on every way out of it. last is
// compiled with nothing known of what body did.
func (f *fn) protect(body func(), last func(b *block)) {
	w := f.temps(2)
	b := f.push(&block{kind: blockFinally, why: w, val: w + 1, enter: f.newLabel()})
	before := f.keepSure()
	start := f.here()
	body()
	end := f.here()
	after := f.sure
	f.pop()
	f.emit(OpLoadI, b.why, whyNormal, 0)
	caught := f.newLabel()
	f.jump(b.enter)
	f.place(caught)
	f.handler = append(f.handler, handler{start, end, caught, b.val})
	f.emit(OpLoadI, b.why, whyRaise, 0)
	f.place(b.enter)
	f.sure = append([]bool(nil), before...)
	f.push(&block{kind: blockActive, why: b.why, val: b.val})
	last(b)
	f.pop()
	f.endFinally(b)
	// What last bound is bound as well.
	for i := range f.sure {
		f.sure[i] = f.sure[i] || after[i] && !before[i]
	}
}

// endFinally goes on after a finally part as the reason for it demands.
func (f *fn) endFinally(b *block) {
	done := f.newLabel()
	f.emit(OpJEqI, b.why, whyNormal, int(done))
	for i, e := range b.exits {
		next := f.newLabel()
		f.emit(OpJNotEqI, b.why, whyExit+i, int(next))
		f.leave(e, b.val)
		f.place(next)
	}
	f.emit(OpEndExcept, 0, 0, 0)
	f.emit(OpReraise, b.val, 0, 0)
	f.place(done)
}

func (f *fn) tryExcept(x *ast.Try) {
	exc := f.temp()
	before := f.keepSure()
	start := f.here()
	f.stmts(x.Body)
	end := f.here()
	success, out := f.newLabel(), f.newLabel()
	if !leaves(x.Body) {
		f.jump(success)
	}
	after := f.sure
	caught := f.here()
	f.handler = append(f.handler, handler{start, end, caught, exc})
	f.push(&block{kind: blockExcept, exc: exc})
	var meets [][]bool
	for _, h := range x.Handlers {
		f.sure = append([]bool(nil), before...)
		next := f.newLabel()
		save := f.top
		if h.ExprType != nil {
			f.emit(OpJNoMatch, exc, f.expr(h.ExprType), int(next))
			f.top = save
		}
		if h.Name == "" {
			f.stmts(h.Body)
		} else {
			f.storeName(string(h.Name), exc)
			f.protect(func() { f.stmts(h.Body) }, func(*block) {
				r := f.temp()
				f.loadNone(r)
				f.storeName(string(h.Name), r)
				f.deleteName(string(h.Name))
				f.top = r
			})
		}
		f.emit(OpEndExcept, 0, 0, 0)
		f.jump(out)
		if !leaves(h.Body) {
			meets = append(meets, f.sure)
		}
		f.place(next)
		f.top = save
	}
	f.emit(OpReraise, exc, 0, 0)
	f.pop()
	f.place(success)
	f.sure = after
	f.stmts(x.Orelse)
	if leaves(x.Body) || leaves(x.Orelse) {
		if len(meets) > 0 {
			f.sure = meets[0]
			meets = meets[1:]
		}
	}
	for _, m := range meets {
		f.meet(m)
	}
	f.place(out)
}

// with compiles with and async with, one manager inside the other.
func (f *fn) with(items []*ast.WithItem, body []ast.Stmt, async bool) {
	if len(items) == 0 {
		f.stmts(body)
		return
	}
	it := items[0]
	w := f.temps(4) // __exit__ and its object; in async the manager in w
	mgr := f.expr(it.ContextExpr)
	if async {
		f.emit(OpMove, w, mgr, 0)
		f.top = w + 2
		f.awaitMethod(w, "__aenter__", w+2)
		f.temps(2)
	} else {
		f.emit(OpWithSetup, w, mgr, 0)
		f.top = w + 4
		f.emit(OpCallMethod, w+2, w+2, 0)
	}
	before := f.keepSure()
	f.protect(func() {
		if it.OptionalVars != nil {
			f.assign(it.OptionalVars, w+2)
		}
		f.with(items[1:], body, async)
	}, func(b *block) { f.withExit(b, w, async) })
	f.sure = before
}

// awaitMethod awaits obj.name() into dst.
func (f *fn) awaitMethod(obj int, name string, dst int) {
	save := f.top
	m := f.temps(2)
	f.emit(OpLoadMethod, m, obj, f.attr(name))
	f.emit(OpCallMethod, m, m, 0)
	f.yieldFrom(m, m)
	f.emit(OpMove, dst, m, 0)
	f.top = save
}

// withExit calls __exit__ with the exception or with None three times, and
// drops the exception if the result is true.
func (f *fn) withExit(b *block, w int, async bool) {
	base := f.temps(5)
	if async {
		f.emit(OpLoadMethod, base, w, f.attr("__aexit__"))
	} else {
		f.emit(OpMove, base, w, 0)
		f.emit(OpMove, base+1, w+1, 0)
	}
	plain, end := f.newLabel(), f.newLabel()
	call := func() {
		f.top = base + 5
		f.emit(OpCallMethod, base, base, 3)
		if async {
			f.yieldFrom(base, base)
		}
	}
	f.emit(OpJNotEqI, b.why, whyRaise, int(plain))
	f.emit(OpClassOf, base+2, b.val, 0)
	f.emit(OpMove, base+3, b.val, 0)
	f.loadNone(base + 4)
	call()
	f.emit(OpJFalse, base, int(end), 0)
	f.emit(OpLoadI, b.why, whyNormal, 0)
	f.emit(OpEndExcept, 0, 0, 0)
	f.jump(end)
	f.place(plain)
	for i := 2; i < 5; i++ {
		f.loadNone(base + i)
	}
	call()
	f.place(end)
	f.top = base
}

func (f *fn) asyncFor(x *syntax.AsyncFor) {
	it := f.temp()
	src := f.expr(x.Iter)
	m := f.temps(2)
	f.emit(OpLoadMethod, m, src, f.attr("__aiter__"))
	f.emit(OpCallMethod, it, m, 0)
	f.top = it + 1
	if n, ok := x.Iter.(*ast.Name); ok {
		// MicroPython keeps the iterator in the variable itself.
		f.storeName(string(n.Id), it)
	}
	end, els, cont, body := f.newLabel(), f.newLabel(), f.newLabel(), f.newLabel()
	keep := f.keepSure()
	f.loops++
	f.push(&block{kind: blockLoop, brk: end, cont: cont})
	val, exc := f.temp(), f.temp()
	f.place(cont)
	start := f.here()
	f.awaitMethod(it, "__anext__", val)
	f.assign(x.Target, val)
	stop := f.here()
	f.jump(body)
	caught := f.here()
	f.handler = append(f.handler, handler{start, stop, caught, exc})
	t := f.temp()
	raise := f.newLabel()
	f.emit(OpLoadGlobal, t, f.global("StopAsyncIteration"), 0)
	f.emit(OpJNoMatch, exc, t, int(raise))
	f.emit(OpEndExcept, 0, 0, 0)
	f.jump(els)
	f.place(raise)
	f.emit(OpReraise, exc, 0, 0)
	f.place(body)
	f.stmts(x.Body)
	f.jump(cont)
	f.loops--
	f.pop()
	f.place(els)
	f.sure = append([]bool(nil), keep...)
	f.stmts(x.Orelse)
	f.sure = keep
	f.place(end)
}

package compile

import (
	"github.com/go-python/gpython/ast"

	"qpy/python/syntax"
)

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

// exit is a way out of a try with a finally part.
type exit struct {
	ret bool
	to  label
	out int // number of blocks that remain
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
	// Break skips the else part: what that part binds or checks does not hold after it.
	f.sure = append([]bool(nil), keep...)
	f.stmts(x.Orelse)
	f.sure = keep
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

// The reasons for running a finally part, as small ints in its register why.
const (
	whyNormal = 0
	whyRaise  = 1
	whyExit   = 2 // and up: index into exits
)

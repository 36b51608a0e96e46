package compile

import (
	"github.com/go-python/gpython/ast"

	"qpy/python/syntax"
)

var arith = [...]Op{
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
		chain = append(chain, b)
		left = b.Left
	}
	// What the chain begins with may be known: go up from its end, so that each
	// operand is looked at once.
	if n := len(chain) - syntax.ConstChain(left, chain); n < len(chain) {
		left, chain = chain[n], chain[:n]
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

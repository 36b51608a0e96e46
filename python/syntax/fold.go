package syntax

import (
	"math/big"

	"github.com/go-python/gpython/ast"
	"github.com/go-python/gpython/py"
)

// MicroPython computes integer expressions while it parses (py/parse.c,
// fold_constants), and what is known then changes what a program means: code
// behind "if 0:" is not compiled, so that a yield there makes no generator and
// an assignment there no local variable. The tree keeps the expressions as they
// were written; the functions here tell what MicroPython knows of them.

// maxFoldBits limits the integers that are computed here, so that a short text
// cannot cost much time.
const maxFoldBits = 1 << 12

// ConstInt returns the value of an expression of integer literals as a py.Int
// or *py.BigInt, if MicroPython computes it while it parses: + - ~, and between
// integers | ^ & << >> + - * % // **, but no division by zero and no shift or
// power by a negative number. A value that may exceed 4096 bits is not computed.
func ConstInt(e ast.Expr) (py.Object, bool) {
	if n, ok := e.(*ast.Num); ok {
		switch n.N.(type) {
		case py.Int, *py.BigInt:
			return n.N, true
		}
		return nil, false
	}
	v, ok := foldInt(e)
	if !ok {
		return nil, false
	}
	return intObject(v), true
}

// ConstChain tells how many operators of a chain are part of what ConstInt computes.
// chain has the operators that lean to the left, the outermost first; left is what
// the innermost begins with. It takes linear time, where asking ConstInt about each
// operator would take quadratic time.
func ConstChain(left ast.Expr, chain []*ast.BinOp) int {
	v, ok := foldInt(left)
	n := 0
	for ok && n < len(chain) {
		x := chain[len(chain)-1-n]
		right, isInt := (*big.Int)(nil), false
		if x.Op != ast.Div && x.Op != MatMult {
			right, isInt = foldInt(x.Right)
		}
		if !isInt {
			break
		}
		if v, ok = foldBinary(x.Op, v, right); ok {
			n++
		}
	}
	return n
}

func foldInt(e ast.Expr) (*big.Int, bool) {
	switch x := e.(type) {
	case *ast.Num:
		switch n := x.N.(type) {
		case py.Int:
			return big.NewInt(int64(n)), true
		case *py.BigInt:
			return (*big.Int)(n), true
		}
	case *ast.UnaryOp:
		if x.Op == ast.Not {
			return nil, false
		}
		v, ok := foldInt(x.Operand)
		if !ok {
			return nil, false
		}
		switch x.Op {
		case ast.USub:
			v = new(big.Int).Neg(v)
		case ast.Invert:
			v = new(big.Int).Not(v)
		}
		return v, true
	case *ast.BinOp:
		if x.Op == ast.Div || x.Op == MatMult {
			return nil, false
		}
		a, ok := foldInt(x.Left)
		if !ok {
			return nil, false
		}
		b, ok := foldInt(x.Right)
		if !ok {
			return nil, false
		}
		return foldBinary(x.Op, a, b)
	}
	return nil, false
}

func foldBinary(op ast.OperatorNumber, a, b *big.Int) (*big.Int, bool) {
	r := new(big.Int)
	switch op {
	case ast.BitOr:
		return r.Or(a, b), true
	case ast.BitXor:
		return r.Xor(a, b), true
	case ast.BitAnd:
		return r.And(a, b), true
	case ast.Add:
		return r.Add(a, b), true
	case ast.Sub:
		return r.Sub(a, b), true
	case ast.Mult:
		if a.BitLen()+b.BitLen() > maxFoldBits {
			return nil, false
		}
		return r.Mul(a, b), true
	case ast.LShift, ast.RShift:
		if b.Sign() < 0 || !b.IsInt64() {
			return nil, false
		}
		n := b.Int64()
		if op == ast.RShift {
			return r.Rsh(a, uint(min(n, int64(a.BitLen())))), true
		}
		if n > maxFoldBits || a.BitLen()+int(n) > maxFoldBits {
			return nil, false
		}
		return r.Lsh(a, uint(n)), true
	case ast.Modulo, ast.FloorDiv:
		if b.Sign() == 0 {
			return nil, false
		}
		q, m := new(big.Int).QuoRem(a, b, new(big.Int))
		if m.Sign() != 0 && m.Sign() != b.Sign() { // round down
			q.Sub(q, big.NewInt(1))
			m.Add(m, b)
		}
		if op == ast.Modulo {
			return m, true
		}
		return q, true
	case ast.Pow:
		if b.Sign() < 0 || !b.IsInt64() {
			return nil, false
		}
		n := b.Int64()
		if a.BitLen() <= 1 { // 0, 1 or -1
			n = min(n, 2-n%2)
		}
		if n > maxFoldBits || int64(a.BitLen())*n > maxFoldBits {
			return nil, false
		}
		return r.Exp(a, big.NewInt(n), nil), true
	}
	return nil, false
}

// smallInt returns the value of an integer expression that MicroPython keeps in
// a word (63 bits).
func smallInt(e ast.Expr) (int64, bool) {
	v, ok := ConstInt(e)
	if !ok {
		return 0, false
	}
	n, ok := v.(py.Int)
	return int64(n), ok && -1<<62 <= n && n < 1<<62
}

// ConstTruth tells whether MicroPython knows while it parses that an expression
// is true or false: True, False, an integer of at most 63 bits that ConstInt
// knows, and not, and, or of these. It knows nothing of None, strings, floats
// and displays.
//
// Of "if", "elif" and "while" with a false condition only the else is compiled;
// what follows a true condition is not compiled. (A tuple or generator in
// brackets as a condition is true or false by its length and is not evaluated,
// but both branches are compiled.)
func ConstTruth(e ast.Expr) (truth, known bool) {
	switch x := e.(type) {
	case *ast.NameConstant:
		if x.Value == py.Object(py.True) {
			return true, true
		}
		return false, x.Value == py.Object(py.False)
	case *ast.UnaryOp:
		if x.Op == ast.Not {
			truth, known = ConstTruth(x.Operand)
			return !truth && known, known
		}
	case *ast.BoolOp:
		return boolTruth(x)
	case *ast.Num, *ast.BinOp:
	default:
		return false, false
	}
	n, ok := smallInt(e)
	return n != 0, ok
}

// boolTruth is ConstTruth of "and" and "or": that of the operand that is left,
// if only one is. It asks each operand once, or nesting would cost powers of 2.
func boolTruth(x *ast.BoolOp) (truth, known bool) {
	left := 0
	for i, v := range x.Values {
		t, k := ConstTruth(v)
		settles := k && t == (x.Op == ast.Or)
		if !k || settles || i == len(x.Values)-1 {
			if left++; left > 1 {
				return false, false
			}
			truth, known = t, k
		}
		if settles {
			break
		}
	}
	return truth, known
}

// Operands returns those values of "and" and "or" that MicroPython compiles:
// none that is known and without effect on the result, and none behind one that
// is known and settles it. A single one stands for the whole expression.
func Operands(x *ast.BoolOp) []ast.Expr {
	last := len(x.Values) - 1
	for i, v := range x.Values {
		truth, known := ConstTruth(v)
		if !known || i == last {
			continue
		}
		// Seldom met: from here on the list differs from x.Values.
		kept := append([]ast.Expr(nil), x.Values[:i]...)
		for ; i <= last; i++ {
			truth, known = ConstTruth(x.Values[i])
			settles := known && truth == (x.Op == ast.Or)
			if !known || settles || i == last {
				kept = append(kept, x.Values[i])
			}
			if settles {
				break
			}
		}
		return kept
	}
	return x.Values
}

// EachTested calls f with the parts of a condition that MicroPython evaluates:
// none that is known, and no tuple or generator in brackets.
func EachTested(e ast.Expr, f func(ast.Expr)) {
	if _, known := ConstTruth(e); known {
		return
	}
	switch x := e.(type) {
	case *ast.Tuple, *ast.GeneratorExp:
		return
	case *ast.BoolOp:
		for _, v := range Operands(x) {
			EachTested(v, f)
		}
		return
	case *ast.UnaryOp:
		if x.Op == ast.Not {
			EachTested(x.Operand, f)
			return
		}
	}
	f(e)
}

package syntax

import "github.com/go-python/gpython/ast"

// test reads the rule test: a lambda, or an expression with its "if … else".
func (p *parser) test() ast.Expr {
	p.enter()
	pos := p.pos()
	if p.tok == tokLambda {
		x := p.lambda(true)
		p.leave()
		return x
	}
	x := p.orTest()
	if p.tok == tokIf {
		p.next()
		cond := p.orTest()
		p.expect(tokElse)
		x = &ast.IfExp{ExprBase: ast.ExprBase{Pos: pos}, Test: cond, Body: x, Orelse: p.test()}
	}
	p.leave()
	return x
}

// testNocond reads a condition of a comprehension, which has no "if … else".
func (p *parser) testNocond() ast.Expr {
	if p.tok != tokLambda {
		return p.orTest()
	}
	p.enter()
	x := p.lambda(false)
	p.leave()
	return x
}

// namedTest reads a test that may be "name := test".
func (p *parser) namedTest() ast.Expr {
	pos := p.pos()
	x := p.test()
	if p.tok == tokWalrus {
		x = p.named(pos, x)
	}
	return x
}

// named reads ":= test" behind a target.
func (p *parser) named(pos ast.Pos, target ast.Expr) ast.Expr {
	p.next()
	value := p.test()
	setContext(target, ast.Store)
	return &NamedExpr{ExprBase: ast.ExprBase{Pos: pos}, Target: target, Value: value}
}

func (p *parser) lambda(conditional bool) ast.Expr {
	pos := p.pos()
	p.next()
	args := p.parameters(false, tokColon)
	p.expect(tokColon)
	var body ast.Expr
	if conditional {
		body = p.test()
	} else {
		body = p.testNocond()
	}
	return &ast.Lambda{ExprBase: ast.ExprBase{Pos: pos}, Args: args, Body: body}
}

func (p *parser) orTest() ast.Expr {
	pos := p.pos()
	x := p.andTest()
	if p.tok != tokOr {
		return x
	}
	mark := len(p.exprs)
	p.exprs = append(p.exprs, x)
	for p.tok == tokOr {
		p.next()
		x = p.andTest()
		p.exprs = append(p.exprs, x)
	}
	return &ast.BoolOp{ExprBase: ast.ExprBase{Pos: pos}, Op: ast.Or, Values: p.popExprs(mark)}
}

func (p *parser) andTest() ast.Expr {
	pos := p.pos()
	x := p.notTest()
	if p.tok != tokAnd {
		return x
	}
	mark := len(p.exprs)
	p.exprs = append(p.exprs, x)
	for p.tok == tokAnd {
		p.next()
		x = p.notTest()
		p.exprs = append(p.exprs, x)
	}
	return &ast.BoolOp{ExprBase: ast.ExprBase{Pos: pos}, Op: ast.And, Values: p.popExprs(mark)}
}

func (p *parser) notTest() ast.Expr {
	if p.tok != tokNot {
		return p.comparison()
	}
	pos := p.pos()
	p.next()
	p.enter()
	x := p.notTest()
	p.leave()
	return &ast.UnaryOp{ExprBase: ast.ExprBase{Pos: pos}, Op: ast.Not, Operand: x}
}

func (p *parser) comparison() ast.Expr {
	pos := p.pos()
	x := p.expr()
	op, ok := p.compareOp()
	if !ok {
		return x
	}
	mark := len(p.exprs)
	var ops []ast.CmpOp
	for ok {
		ops = append(ops, op)
		y := p.expr()
		p.exprs = append(p.exprs, y)
		op, ok = p.compareOp()
	}
	return &ast.Compare{ExprBase: ast.ExprBase{Pos: pos}, Left: x, Ops: ops, Comparators: p.popExprs(mark)}
}

// compareOp reads a comparison operator, if one is there.
func (p *parser) compareOp() (ast.CmpOp, bool) {
	var op ast.CmpOp
	switch p.tok {
	case tokLess:
		op = ast.Lt
	case tokMore:
		op = ast.Gt
	case tokEqual:
		op = ast.Eq
	case tokLessEqual:
		op = ast.LtE
	case tokMoreEqual:
		op = ast.GtE
	case tokNotEqual:
		op = ast.NotEq
	case tokIn:
		op = ast.In
	case tokNot:
		p.next()
		if p.tok != tokIn {
			p.unexpected()
		}
		op = ast.NotIn
	case tokIs:
		p.next()
		if p.tok != tokNot {
			return ast.Is, true
		}
		op = ast.IsNot
	default:
		return 0, false
	}
	p.next()
	return op, true
}

// starExpr reads "*expr".
func (p *parser) starExpr() ast.Expr {
	pos := p.pos()
	p.next()
	return &ast.Starred{ExprBase: ast.ExprBase{Pos: pos}, Value: p.expr(), Ctx: ast.Load}
}

// expr reads the rule expr: the operators that bind tighter than comparisons.
func (p *parser) expr() ast.Expr { return p.binary(1) }

// binding is how tight a binary operator binds, and its number in ast; 0 for
// all other tokens.
var binding = [tokCount]struct {
	tight uint8
	op    ast.OperatorNumber
}{
	tokPipe:     {1, ast.BitOr},
	tokCaret:    {2, ast.BitXor},
	tokAmp:      {3, ast.BitAnd},
	tokLshift:   {4, ast.LShift},
	tokRshift:   {4, ast.RShift},
	tokPlus:     {5, ast.Add},
	tokMinus:    {5, ast.Sub},
	tokStar:     {6, ast.Mult},
	tokAt:       {6, MatMult},
	tokSlash:    {6, ast.Div},
	tokPercent:  {6, ast.Modulo},
	tokDblSlash: {6, ast.FloorDiv},
	tokDblStar:  {0, ast.Pow}, // see power
}

// binary reads operators that bind at least as tight as level.
func (p *parser) binary(level uint8) ast.Expr {
	pos := p.pos()
	x := p.factor()
	for n := 0; ; n++ {
		b := binding[p.tok]
		if b.tight < level {
			return x
		}
		p.next()
		y := p.binary(b.tight + 1)
		node := p.binops.Next(nodes)
		node.Pos, node.Left, node.Op, node.Right = pos, x, b.op, y
		x = node
		p.link(n, &p.links)
	}
}

func (p *parser) factor() ast.Expr {
	var op ast.UnaryOpNumber
	switch p.tok {
	case tokPlus:
		op = ast.UAdd
	case tokMinus:
		op = ast.USub
	case tokTilde:
		op = ast.Invert
	default:
		return p.power()
	}
	pos := p.pos()
	p.next()
	p.enter()
	x := p.factor()
	p.leave()
	return &ast.UnaryOp{ExprBase: ast.ExprBase{Pos: pos}, Op: op, Operand: x}
}

// power reads an atom with its trailers, and "** factor".
func (p *parser) power() ast.Expr {
	pos := p.pos()
	var x ast.Expr
	if p.tok == tokAwait {
		p.next()
		x = &Await{ExprBase: ast.ExprBase{Pos: pos}, Value: p.trailers(p.atom())}
	} else {
		x = p.trailers(p.atom())
	}
	if p.tok == tokDblStar {
		p.next()
		p.enter()
		y := p.factor()
		p.leave()
		x = &ast.BinOp{ExprBase: ast.ExprBase{Pos: pos}, Left: x, Op: ast.Pow, Right: y}
	}
	return x
}

// yieldExpr reads "yield", "yield a, b" or "yield from a".
func (p *parser) yieldExpr() ast.Expr {
	base := ast.ExprBase{Pos: p.pos()}
	p.next()
	switch {
	case p.tok == tokFrom:
		p.next()
		return &ast.YieldFrom{ExprBase: base, Value: p.test()}
	case p.atTest():
		return &ast.Yield{ExprBase: base, Value: p.testList()}
	}
	return &ast.Yield{ExprBase: base}
}

// testList reads tests between commas: one, or a tuple of them.
func (p *parser) testList() ast.Expr {
	pos := p.pos()
	x := p.test()
	if p.tok != tokComma {
		return x
	}
	mark := len(p.exprs)
	p.exprs = append(p.exprs, x)
	for p.tok == tokComma {
		p.next()
		if !p.atTest() {
			break
		}
		x = p.test()
		p.exprs = append(p.exprs, x)
	}
	return &ast.Tuple{ExprBase: ast.ExprBase{Pos: pos}, Elts: p.popExprs(mark), Ctx: ast.Load}
}

// testOrStar reads a test or a starred expression.
func (p *parser) testOrStar() ast.Expr {
	if p.tok == tokStar {
		return p.starExpr()
	}
	return p.test()
}

// testListStar reads tests or starred expressions between commas: one, or a
// tuple of them.
func (p *parser) testListStar() ast.Expr {
	pos := p.pos()
	x := p.testOrStar()
	if p.tok != tokComma {
		return x
	}
	mark := len(p.exprs)
	p.exprs = append(p.exprs, x)
	for p.tok == tokComma {
		p.next()
		if p.tok != tokStar && !p.atTest() {
			break
		}
		x = p.testOrStar()
		p.exprs = append(p.exprs, x)
	}
	return &ast.Tuple{ExprBase: ast.ExprBase{Pos: pos}, Elts: p.popExprs(mark), Ctx: ast.Load}
}

// exprList pushes the targets of del and for on the stack, and tells whether a
// comma follows the last.
func (p *parser) exprList() (comma bool) {
	for {
		var x ast.Expr
		if p.tok == tokStar {
			x = p.starExpr()
		} else {
			x = p.expr()
		}
		p.exprs = append(p.exprs, x)
		if p.tok != tokComma {
			return false
		}
		p.next()
		if p.tok != tokStar && !p.atExpr() {
			return true
		}
	}
}

// loopTarget reads the target of a for.
func (p *parser) loopTarget() ast.Expr {
	pos := p.pos()
	mark := len(p.exprs)
	comma := p.exprList()
	var target ast.Expr
	if comma || len(p.exprs)-mark > 1 {
		target = &ast.Tuple{ExprBase: ast.ExprBase{Pos: pos}, Elts: p.popExprs(mark)}
	} else {
		target = p.exprs[mark]
		p.exprs = p.exprs[:mark]
	}
	setContext(target, ast.Store)
	return target
}

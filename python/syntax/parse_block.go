package syntax

import "github.com/go-python/gpython/ast"

// ifStmt reads an if with all its elifs, each of which is the only statement of
// the else before it.
func (p *parser) ifStmt() ast.Stmt {
	first := p.ifClause()
	last := first
	for n := 0; p.tok == tokElif; n++ {
		clause := p.ifClause()
		last.Orelse = []ast.Stmt{clause}
		last = clause
		p.link(n, &p.elifs)
	}
	last.Orelse = p.elseSuite()
	return first
}

func (p *parser) ifClause() *ast.If {
	x := &ast.If{StmtBase: ast.StmtBase{Pos: p.pos()}}
	p.next()
	x.Test = p.namedTest()
	x.Body = p.suite()
	return x
}

func (p *parser) whileStmt() ast.Stmt {
	x := &ast.While{StmtBase: ast.StmtBase{Pos: p.pos()}}
	p.next()
	x.Test = p.namedTest()
	x.Body = p.suite()
	x.Orelse = p.elseSuite()
	return x
}

func (p *parser) forStmt() *ast.For {
	x := &ast.For{StmtBase: ast.StmtBase{Pos: p.pos()}}
	p.next()
	x.Target = p.loopTarget()
	p.expect(tokIn)
	x.Iter = p.testList()
	x.Body = p.suite()
	x.Orelse = p.elseSuite()
	return x
}

func (p *parser) tryStmt() ast.Stmt {
	x := &ast.Try{StmtBase: ast.StmtBase{Pos: p.pos()}}
	p.next()
	x.Body = p.suite()
	for p.tok == tokExcept {
		h := &ast.ExceptHandler{Pos: p.pos()}
		p.next()
		if p.atTest() {
			h.ExprType = p.test()
			h.Name = p.asName()
		}
		h.Body = p.suite()
		x.Handlers = append(x.Handlers, h)
	}
	if x.Handlers != nil {
		x.Orelse = p.elseSuite()
	}
	switch {
	case p.tok == tokFinally:
		p.next()
		x.Finalbody = p.suite()
	case x.Handlers == nil:
		p.unexpected()
	}
	return x
}

func (p *parser) withStmt() *ast.With {
	x := &ast.With{StmtBase: ast.StmtBase{Pos: p.pos()}}
	p.next()
	for {
		item := &ast.WithItem{Pos: p.pos()}
		item.ContextExpr = p.test()
		if p.tok == tokAs {
			p.next()
			item.OptionalVars = p.expr()
			setContext(item.OptionalVars, ast.Store)
		}
		x.Items = append(x.Items, item)
		p.link(len(x.Items), &p.links)
		if p.tok != tokComma {
			break
		}
		p.next()
	}
	x.Body = p.suite()
	return x
}

func (p *parser) funcDef() *ast.FunctionDef {
	x := &ast.FunctionDef{StmtBase: ast.StmtBase{Pos: p.pos()}}
	p.next()
	x.Name = p.name()
	p.expect(tokLparen)
	x.Args = p.parameters(true, tokRparen)
	p.expect(tokRparen)
	if p.tok == tokArrow {
		p.next()
		x.Returns = p.test()
	}
	x.Body = p.suite()
	return x
}

func (p *parser) classDef() *ast.ClassDef {
	x := &ast.ClassDef{StmtBase: ast.StmtBase{Pos: p.pos()}}
	p.next()
	x.Name = p.name()
	if p.tok == tokLparen {
		p.next()
		var args ast.Call
		if raw := p.arguments(&args); raw != nil {
			p.note(x, raw)
		}
		x.Bases, x.Keywords, x.Starargs, x.Kwargs = args.Args, args.Keywords, args.Starargs, args.Kwargs
		p.expect(tokRparen)
	}
	x.Body = p.suite()
	return x
}

// decorated reads decorators and what they decorate. A decorator is an
// *ast.Name, an *ast.Attribute, or a call of one of these.
func (p *parser) decorated() ast.Stmt {
	var list []ast.Expr
	for p.tok == tokAt {
		p.next()
		pos := p.pos()
		var x ast.Expr = &ast.Name{ExprBase: ast.ExprBase{Pos: pos}, Id: p.name(), Ctx: ast.Load}
		for n := 0; p.tok == tokPeriod; n++ {
			base := ast.ExprBase{Pos: p.pos()}
			p.next()
			x = &ast.Attribute{ExprBase: base, Value: x, Attr: p.name(), Ctx: ast.Load}
			p.link(n, &p.links)
		}
		if p.tok == tokLparen {
			call := &ast.Call{ExprBase: ast.ExprBase{Pos: p.pos()}, Func: x}
			p.next()
			if raw := p.arguments(call); raw != nil {
				p.note(call, raw)
			}
			p.expect(tokRparen)
			x = call
		}
		p.expect(tokNewline)
		list = append(list, x)
	}
	pos := p.pos()
	switch p.tok {
	case tokDef:
		x := p.funcDef()
		x.DecoratorList = list
		return x
	case tokClass:
		x := p.classDef()
		x.DecoratorList = list
		return x
	case tokAsync:
		p.next()
		if p.tok != tokDef {
			p.unexpected()
		}
		x := &AsyncFunctionDef{*p.funcDef()}
		x.Pos, x.DecoratorList = pos, list
		return x
	}
	p.unexpected()
	return nil
}

// asyncStmt reads a def, for or with that is asynchronous.
func (p *parser) asyncStmt() ast.Stmt {
	pos := p.pos()
	p.next()
	switch p.tok {
	case tokDef:
		x := &AsyncFunctionDef{*p.funcDef()}
		x.Pos = pos
		return x
	case tokFor:
		x := &AsyncFor{*p.forStmt()}
		x.Pos = pos
		return x
	case tokWith:
		x := &AsyncWith{*p.withStmt()}
		x.Pos = pos
		return x
	}
	p.unexpected()
	return nil
}

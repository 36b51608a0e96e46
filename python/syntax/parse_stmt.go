package syntax

import (
	"github.com/go-python/gpython/ast"
	"github.com/go-python/gpython/py"
)

// statement reads a statement, or simple ones joined by semicolons, and pushes
// what it read on the stack.
func (p *parser) statement() {
	var x ast.Stmt
	p.links = 0
	switch p.tok {
	case tokIf:
		x = p.ifStmt()
	case tokWhile:
		x = p.whileStmt()
	case tokFor:
		x = p.forStmt()
	case tokTry:
		x = p.tryStmt()
	case tokWith:
		x = p.withStmt()
	case tokDef:
		x = p.funcDef()
	case tokClass:
		x = p.classDef()
	case tokAt:
		x = p.decorated()
	case tokAsync:
		x = p.asyncStmt()
	default:
		p.simpleStmt()
		return
	}
	p.stmts = append(p.stmts, x)
}

// simpleStmt reads the statements of one logical line.
func (p *parser) simpleStmt() {
	p.stmts = append(p.stmts, p.smallStmt())
	for p.tok == tokSemi {
		p.next()
		if p.tok == tokNewline {
			break
		}
		p.links = 0
		p.stmts = append(p.stmts, p.smallStmt())
	}
	p.expect(tokNewline)
}

// suite reads ":" and the block behind it.
func (p *parser) suite() []ast.Stmt {
	p.expect(tokColon)
	p.enter()
	mark := len(p.stmts)
	if p.tok == tokNewline {
		p.next()
		p.expect(tokIndent)
		for first := true; first || p.tok != tokDedent; first = false {
			p.statement()
		}
		p.next()
	} else {
		p.simpleStmt()
	}
	p.leave()
	return p.popStmts(mark)
}

// elseSuite reads an else with its block, if there is one.
func (p *parser) elseSuite() []ast.Stmt {
	if p.tok != tokElse {
		return nil
	}
	p.next()
	return p.suite()
}

func (p *parser) smallStmt() ast.Stmt {
	base := ast.StmtBase{Pos: p.pos()}
	switch p.tok {
	case tokDel:
		p.next()
		mark := len(p.exprs)
		p.exprList()
		targets := p.popExprs(mark)
		for _, x := range targets {
			setContext(x, ast.Del)
		}
		return &ast.Delete{StmtBase: base, Targets: targets}
	case tokPass:
		p.next()
		return &ast.Pass{StmtBase: base}
	case tokBreak:
		p.next()
		return &ast.Break{StmtBase: base}
	case tokContinue:
		p.next()
		return &ast.Continue{StmtBase: base}
	case tokReturn:
		p.next()
		x := &ast.Return{StmtBase: base}
		if p.atTest() {
			x.Value = p.testList()
		}
		return x
	case tokRaise:
		p.next()
		x := &ast.Raise{StmtBase: base}
		if p.atTest() {
			x.Exc = p.test()
			if p.tok == tokFrom {
				p.next()
				x.Cause = p.test()
			}
		}
		return x
	case tokYield:
		return &ast.ExprStmt{StmtBase: base, Value: p.yieldExpr()}
	case tokImport:
		return p.importStmt()
	case tokFrom:
		return p.importFrom()
	case tokGlobal:
		p.next()
		return &ast.Global{StmtBase: base, Names: p.nameList()}
	case tokNonlocal:
		p.next()
		return &ast.Nonlocal{StmtBase: base, Names: p.nameList()}
	case tokAssert:
		p.next()
		x := &ast.Assert{StmtBase: base, Test: p.test()}
		if p.tok == tokComma {
			p.next()
			x.Msg = p.test()
		}
		return x
	}
	return p.exprStmt()
}

// nameList reads names between commas.
func (p *parser) nameList() []ast.Identifier {
	names := []ast.Identifier{p.name()}
	for p.tok == tokComma {
		p.next()
		names = append(names, p.name())
	}
	return names
}

// exprStmt reads an expression, or an assignment of any form.
func (p *parser) exprStmt() ast.Stmt {
	pos := p.pos()
	base := ast.StmtBase{Pos: pos}
	x := p.testListStar()
	switch {
	case p.tok == tokAssign:
		return p.assign(base, x)
	case p.tok == tokColon:
		p.next()
		node := &AnnAssign{StmtBase: base, Target: x, Annotation: p.test()}
		if p.tok == tokAssign {
			p.next()
			node.Value = p.assigned()
		}
		setContext(x, ast.Store)
		return node
	case tokPipeAssign <= p.tok && p.tok <= tokDblStarAssign:
		op := binding[p.tok-(tokPipeAssign-tokPipe)].op
		p.next()
		setContext(x, ast.Store)
		return &ast.AugAssign{StmtBase: base, Target: x, Op: op, Value: p.assigned()}
	}
	node := p.exprStmts.Next(nodes)
	node.Pos, node.Value = pos, x
	return node
}

// assigned reads what stands on the right of an assignment.
func (p *parser) assigned() ast.Expr {
	if p.tok == tokYield {
		return p.yieldExpr()
	}
	return p.testListStar()
}

func (p *parser) assign(base ast.StmtBase, first ast.Expr) ast.Stmt {
	mark := len(p.exprs)
	p.exprs = append(p.exprs, first)
	var value ast.Expr
	for p.tok == tokAssign {
		p.next()
		if value != nil {
			p.exprs = append(p.exprs, value)
		}
		value = p.assigned()
	}
	targets := p.popExprs(mark)
	if len(targets) == 1 {
		if constant := p.constant(targets[0], value); constant != nil {
			if targets[0].(*ast.Name).Id[0] == '_' {
				return &ast.Pass{StmtBase: base}
			}
			value = constant
		}
	}
	for _, x := range targets {
		setContext(x, ast.Store)
	}
	node := p.assigns.Next(nodes)
	node.Pos, node.Targets, node.Value = base.Pos, targets, value
	return node
}

// constant handles "name = const(value)", which the parser of MicroPython takes
// over: it returns the literal that stands for the call, and from then on for
// the name as well wherever that is an expression; nil if the assignment is of
// another form.
func (p *parser) constant(target, value ast.Expr) ast.Expr {
	name, ok := target.(*ast.Name)
	if !ok {
		return nil
	}
	call, ok := value.(*ast.Call)
	if !ok {
		return nil
	}
	if fn, ok := call.Func.(*ast.Name); !ok || fn.Id != "const" {
		return nil
	}
	var number py.Object
	if odd := p.odd[call]; odd == nil && len(call.Args) == 1 && len(call.Keywords) == 0 &&
		call.Starargs == nil && call.Kwargs == nil {
		number, _ = ConstInt(call.Args[0])
	}
	if number == nil {
		p.fail(SyntaxError, msgConstInteger, position{call.Func.GetLineno(), call.Func.GetColOffset()})
	}
	if p.consts == nil {
		p.consts = map[string]py.Object{}
	}
	p.consts[string(name.Id)] = number
	arg := call.Args[0]
	pos := ast.Pos{Lineno: arg.GetLineno(), ColOffset: arg.GetColOffset()}
	return &ast.Num{ExprBase: ast.ExprBase{Pos: pos}, N: number}
}

// dottedName reads a name with dots, as one.
func (p *parser) dottedName() ast.Identifier {
	id := p.name()
	for p.tok == tokPeriod {
		p.next()
		id += "." + p.name()
	}
	return id
}

// asName reads "as name", if it is there.
func (p *parser) asName() ast.Identifier {
	if p.tok != tokAs {
		return ""
	}
	p.next()
	return p.name()
}

func (p *parser) importStmt() ast.Stmt {
	x := &ast.Import{StmtBase: ast.StmtBase{Pos: p.pos()}}
	p.next()
	for {
		alias := &ast.Alias{Pos: p.pos()}
		alias.Name = p.dottedName()
		alias.AsName = p.asName()
		x.Names = append(x.Names, alias)
		if p.tok != tokComma {
			return x
		}
		p.next()
	}
}

func (p *parser) importFrom() ast.Stmt {
	x := &ast.ImportFrom{StmtBase: ast.StmtBase{Pos: p.pos()}}
	p.next()
	for {
		if p.tok == tokPeriod {
			x.Level++
		} else if p.tok == tokEllipsis {
			x.Level += 3
		} else {
			break
		}
		p.next()
	}
	if x.Level == 0 || p.tok == tokName {
		x.Module = p.dottedName()
	}
	p.expect(tokImport)
	pos := p.pos()
	switch p.tok {
	case tokStar:
		p.next()
		x.Names = []*ast.Alias{{Pos: pos, Name: "*"}}
	case tokLparen:
		p.next()
		x.Names = p.importNames()
		p.expect(tokRparen)
	default:
		x.Names = p.importNames()
	}
	return x
}

func (p *parser) importNames() []*ast.Alias {
	var names []*ast.Alias
	for {
		alias := &ast.Alias{Pos: p.pos()}
		alias.Name = p.name()
		alias.AsName = p.asName()
		names = append(names, alias)
		if p.tok != tokComma {
			return names
		}
		p.next()
		if p.tok != tokName {
			return names
		}
	}
}

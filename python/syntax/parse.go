package syntax

import (
	"qpy/python/slab"

	"github.com/go-python/gpython/ast"
	"github.com/go-python/gpython/py"
)

// Mode is what a source text is to be read as.
type Mode uint8

const (
	// Exec reads a file: any number of statements. The tree is an *ast.Module.
	Exec Mode = iota
	// Eval reads one expression. The tree is an *ast.Expression.
	Eval
	// Single reads one statement of a prompt (several simple ones if joined by
	// semicolons), or an empty line. The tree is an *ast.Interactive.
	Single
)

// Limits on the depth of a tree, so that neither the parser nor a compiler
// that walks the tree runs out of stack. MicroPython has no such limits and
// runs out of memory instead.
const (
	maxNesting = 3000    // brackets, operators to the right, blocks within another
	freeLinks  = 50      // links of a chain (a + b + c, a.b.c, elif) that cost nothing
	maxChain   = 100_000 // further links in one statement, further elifs in a file
)

// Parse reads the source text src and checks it. The filename is for errors only.
//
// The error, if any, is an *[Error]: the first that MicroPython 1.13 reports,
// with its text, line and block. Any sequence of bytes may be given.
func Parse(src []byte, filename string, mode Mode) (mod ast.Mod, err error) {
	return ParseWith(src, filename, mode, Options{})
}

// Options say how a text is read.
type Options struct {
	// Optimised is for source whose assert statements are to be left out: it makes
	// __debug__ False.
	Optimised bool
	// Step, if not nil, is called for every token and every node: what takes long can
	// be ended by a panic there.
	Step func()
}

// ParseWith is Parse with options.
func ParseWith(src []byte, filename string, mode Mode, o Options) (mod ast.Mod, err error) {
	var p parser
	p.optimised, p.step = o.Optimised, o.Step
	mod, perr := p.parse(src, filename, mode)
	if perr != nil {
		return nil, perr
	}
	c := checker{file: filename, odd: p.odd, step: o.Step}
	if cerr := c.check(mod); cerr != nil {
		return nil, cerr
	}
	return mod, nil
}

// parser is a recursive-descent parser over the rules of py/grammar.h. Each
// rule can be told by its first token, so that nothing is read twice.
type parser struct {
	scanner
	depth  int // of nesting
	links  int // of chains in this statement
	elifs  int // of chains of elif in the file
	consts map[string]py.Object
	odd    map[ast.Ast]any

	// Stacks that lists grow on until their length is known.
	exprs  []ast.Expr
	stmts  []ast.Stmt
	args   []rawArg
	params []rawParam

	exprSlab  slab.Slab[ast.Expr]
	stmtSlab  slab.Slab[ast.Stmt]
	names     slab.Slab[ast.Name]
	attrs     slab.Slab[ast.Attribute]
	calls     slab.Slab[ast.Call]
	nums      slab.Slab[ast.Num]
	strs      slab.Slab[ast.Str]
	binops    slab.Slab[ast.BinOp]
	subs      slab.Slab[ast.Subscript]
	indexes   slab.Slab[ast.Index]
	assigns   slab.Slab[ast.Assign]
	exprStmts slab.Slab[ast.ExprStmt]
}

// nodes is how many nodes of a type are allocated at once at most.
const nodes = 128

func (p *parser) parse(src []byte, filename string, mode Mode) (mod ast.Mod, err *Error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case bailout:
			mod, err = nil, r.err
		default:
			panic(r)
		}
	}()
	p.file = filename
	p.init(src, filename)
	base := ast.ModBase{Pos: p.pos()}
	switch mode {
	case Eval:
		body := p.testList()
		if p.tok == tokNewline {
			p.next()
		}
		mod = &ast.Expression{ModBase: base, Body: body}
	case Single:
		if p.tok == tokNewline {
			p.next()
		} else {
			p.statement()
		}
		mod = &ast.Interactive{ModBase: base, Body: p.popStmts(0)}
	default:
		for p.tok != tokEnd {
			if p.tok == tokNewline {
				p.next()
			} else {
				p.statement()
			}
		}
		mod = &ast.Module{ModBase: base, Body: p.popStmts(0)}
	}
	if p.tok != tokEnd {
		p.unexpected()
	}
	return mod, nil
}

// pos is the place of the current token.
func (p *parser) pos() ast.Pos {
	return ast.Pos{Lineno: p.tokPos.line, ColOffset: p.tokPos.col}
}

// expect steps over a token that has to be t.
func (p *parser) expect(t token) {
	if p.tok != t {
		p.unexpected()
	}
	p.next()
}

// name reads a name.
func (p *parser) name() ast.Identifier {
	if p.tok != tokName {
		p.unexpected()
	}
	id := ast.Identifier(p.text)
	p.next()
	return id
}

// enter counts a level of nesting.
func (p *parser) enter() {
	if p.depth++; p.depth > maxNesting {
		p.fail(RuntimeError, msgTooDeep, p.tokPos)
	}
}

func (p *parser) leave() { p.depth-- }

// link counts the n-th link of a chain, which makes the tree deeper without
// nesting in the source.
func (p *parser) link(n int, count *int) {
	if n > freeLinks {
		if *count++; *count > maxChain {
			p.fail(RuntimeError, msgTooDeep, p.tokPos)
		}
	}
}

// popExprs takes the expressions from mark on off the stack.
func (p *parser) popExprs(mark int) []ast.Expr {
	return pop(&p.exprs, &p.exprSlab, mark)
}

// popStmts takes the statements from mark on off the stack.
func (p *parser) popStmts(mark int) []ast.Stmt {
	return pop(&p.stmts, &p.stmtSlab, mark)
}

// pop makes a list of what lies on the stack from mark on, and takes it off.
func pop[T any](stack *[]T, free *slab.Slab[T], mark int) []T {
	n := len(*stack) - mark
	if n == 0 {
		return nil
	}
	list := free.List(n, nodes)
	copy(list, (*stack)[mark:])
	clear((*stack)[mark:])
	*stack = (*stack)[:mark]
	return list
}

// note remembers what the nodes of ast cannot express, for the checker.
func (p *parser) note(node ast.Ast, what any) {
	if p.odd == nil {
		p.odd = map[ast.Ast]any{}
	}
	p.odd[node] = what
}

// Tokens that an expression can start with: startExpr what the rule expr can,
// startTest what test can.
const (
	startTest = 1 << iota
	startExpr
)

var starts = [tokCount]uint8{
	tokName: startTest | startExpr, tokInteger: startTest | startExpr, tokFloat: startTest | startExpr, tokString: startTest | startExpr,
	tokBytes: startTest | startExpr, tokEllipsis: startTest | startExpr, tokNone: startTest | startExpr, tokTrue: startTest | startExpr,
	tokFalse: startTest | startExpr, tokLparen: startTest | startExpr, tokLbrack: startTest | startExpr, tokLbrace: startTest | startExpr,
	tokPlus: startTest | startExpr, tokMinus: startTest | startExpr, tokTilde: startTest | startExpr, tokAwait: startTest | startExpr,
	tokNot: startTest, tokLambda: startTest,
}

func (p *parser) atTest() bool { return starts[p.tok]&startTest != 0 }
func (p *parser) atExpr() bool { return starts[p.tok]&startExpr != 0 }

// setContext marks an expression as a target of assignment or deletion. What
// cannot be one is left to the checker.
func setContext(e ast.Expr, ctx ast.ExprContext) {
	switch x := e.(type) {
	case *ast.Name:
		x.Ctx = ctx
	case *ast.Attribute:
		x.Ctx = ctx
	case *ast.Subscript:
		x.Ctx = ctx
	case *ast.Starred:
		x.Ctx = ctx
		setContext(x.Value, ctx)
	case *ast.Tuple:
		x.Ctx = ctx
		for _, elt := range x.Elts {
			setContext(elt, ctx)
		}
	case *ast.List:
		x.Ctx = ctx
		for _, elt := range x.Elts {
			setContext(elt, ctx)
		}
	}
}

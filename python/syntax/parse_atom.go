package syntax

import (
	"math/big"

	"github.com/go-python/gpython/ast"
	"github.com/go-python/gpython/py"

	"qpy/python/text"
)

// atom reads a name, a literal or a display.
func (p *parser) atom() ast.Expr {
	pos := p.pos()
	base := ast.ExprBase{Pos: pos}
	var x ast.Expr
	switch p.tok {
	case tokName:
		if value, ok := p.consts[p.text]; ok {
			x = &ast.Num{ExprBase: base, N: value}
			break
		}
		node := p.names.Next(nodes)
		node.Pos, node.Id, node.Ctx = pos, ast.Identifier(p.text), ast.Load
		x = node
	case tokInteger, tokFloat:
		node := p.nums.Next(nodes)
		node.Pos, node.N = pos, p.number()
		x = node
	case tokString:
		node := p.strs.Next(nodes)
		node.Pos, node.S = pos, py.String(p.text)
		x = node
	case tokBytes:
		x = &ast.Bytes{ExprBase: base, S: py.Bytes(p.text)}
	case tokEllipsis:
		x = &ast.Ellipsis{ExprBase: base}
	case tokNone:
		x = &ast.NameConstant{ExprBase: base, Value: py.None}
	case tokTrue:
		x = &ast.NameConstant{ExprBase: base, Value: py.True}
	case tokFalse:
		x = &ast.NameConstant{ExprBase: base, Value: py.False}
	case tokLparen:
		return p.paren()
	case tokLbrack:
		return p.bracket()
	case tokLbrace:
		return p.brace()
	default:
		p.unexpected()
	}
	p.next()
	return x
}

// number is the value of the current token.
func (p *parser) number() py.Object {
	if p.tok == tokInteger {
		v, wide, err := text.ParseInt(p.text, 0)
		switch {
		case err != nil:
			p.badNumber(err)
		case wide != nil:
			return (*py.BigInt)(wide)
		}
		return py.Int(v)
	}
	f, imaginary, err := text.ParseDecimal(p.text, true)
	if err != nil {
		p.badNumber(err)
	}
	if imaginary {
		return py.Complex(complex(0, f))
	}
	return py.Float(f)
}

// badNumber ends the parse with the words of a ValueError, as a SyntaxError.
func (p *parser) badNumber(err error) {
	msg := err.Error()
	if e, ok := err.(*text.Error); ok {
		msg = e.Text
	}
	p.fail(SyntaxError, msg, p.tokPos)
}

// paren reads what starts with "(": a tuple, a generator, or an expression,
// whose brackets leave no trace in the tree.
func (p *parser) paren() ast.Expr {
	base := ast.ExprBase{Pos: p.pos()}
	p.next()
	var x ast.Expr
	switch p.tok {
	case tokRparen:
		x = &ast.Tuple{ExprBase: base, Ctx: ast.Load}
	case tokYield:
		x = p.yieldExpr()
	default:
		x = p.element()
		switch p.tok {
		case tokFor:
			x = &ast.GeneratorExp{ExprBase: base, Elt: x, Generators: p.comprehensions()}
		case tokComma:
			x = &ast.Tuple{ExprBase: base, Elts: p.elements(x, tokRparen), Ctx: ast.Load}
		}
	}
	p.expect(tokRparen)
	return x
}

// bracket reads a list display or comprehension.
func (p *parser) bracket() ast.Expr {
	base := ast.ExprBase{Pos: p.pos()}
	p.next()
	var x ast.Expr
	if p.tok == tokRbrack {
		x = &ast.List{ExprBase: base, Ctx: ast.Load}
	} else {
		x = p.element()
		if p.tok == tokFor {
			x = &ast.ListComp{ExprBase: base, Elt: x, Generators: p.comprehensions()}
		} else {
			x = &ast.List{ExprBase: base, Elts: p.elements(x, tokRbrack), Ctx: ast.Load}
		}
	}
	p.expect(tokRbrack)
	return x
}

// element reads an element of a tuple or list.
func (p *parser) element() ast.Expr {
	if p.tok == tokStar {
		return p.starExpr()
	}
	return p.namedTest()
}

// elements reads the elements behind the first up to a bracket.
func (p *parser) elements(first ast.Expr, closing token) []ast.Expr {
	mark := len(p.exprs)
	p.exprs = append(p.exprs, first)
	for p.tok == tokComma {
		p.next()
		if p.tok == closing {
			break
		}
		x := p.element()
		p.exprs = append(p.exprs, x)
	}
	return p.popExprs(mark)
}

// oddItems are the items of a display that mixes those of a dict and of a set.
// The values of a set's items are nil.
type oddItems struct{ keys, values []ast.Expr }

// brace reads a dict or set display or comprehension.
func (p *parser) brace() ast.Expr {
	base := ast.ExprBase{Pos: p.pos()}
	p.next()
	if p.tok == tokRbrace {
		p.next()
		return &ast.Dict{ExprBase: base}
	}
	key, value := p.item()
	if p.tok == tokFor {
		var x ast.Expr
		if value != nil {
			x = &ast.DictComp{ExprBase: base, Key: key, Value: value, Generators: p.comprehensions()}
		} else {
			x = &ast.SetComp{ExprBase: base, Elt: key, Generators: p.comprehensions()}
		}
		p.expect(tokRbrace)
		return x
	}
	// Keys and values alternate on the stack.
	isDict, mixed := value != nil, false
	mark := len(p.exprs)
	p.exprs = append(p.exprs, key, value)
	for p.tok == tokComma {
		p.next()
		if p.tok == tokRbrace {
			break
		}
		key, value = p.item()
		p.exprs = append(p.exprs, key, value)
		mixed = mixed || isDict != (value != nil)
	}
	pairs := p.exprs[mark:]
	n := len(pairs) / 2
	keys := make([]ast.Expr, n)
	for i := range keys {
		keys[i] = pairs[2*i]
	}
	var values []ast.Expr
	if isDict || mixed {
		values = make([]ast.Expr, n)
		for i := range values {
			values[i] = pairs[2*i+1]
		}
	}
	clear(pairs)
	p.exprs = p.exprs[:mark]
	p.expect(tokRbrace)
	var x ast.Expr
	if isDict {
		x = &ast.Dict{ExprBase: base, Keys: keys, Values: values}
	} else {
		x = &ast.Set{ExprBase: base, Elts: keys}
	}
	if mixed {
		p.note(x, oddItems{keys, values})
	}
	return x
}

// item reads "key: value", or a value of a set as key.
func (p *parser) item() (key, value ast.Expr) {
	key = p.test()
	if p.tok == tokColon {
		p.next()
		value = p.test()
	}
	return key, value
}

// comprehensions reads the clauses of a comprehension.
func (p *parser) comprehensions() []ast.Comprehension {
	var list []ast.Comprehension
	for p.tok == tokFor {
		p.next()
		var c ast.Comprehension
		c.Target = p.loopTarget()
		p.expect(tokIn)
		c.Iter = p.orTest()
		for p.tok == tokIf {
			p.next()
			c.Ifs = append(c.Ifs, p.testNocond())
		}
		list = append(list, c)
	}
	return list
}

// intObject is the integer v as the trees hold it.
func intObject(v *big.Int) py.Object {
	if v.IsInt64() {
		return py.Int(v.Int64())
	}
	return (*py.BigInt)(v)
}

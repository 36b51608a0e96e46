package syntax

import "github.com/go-python/gpython/ast"

// trailers reads the calls, subscripts and attributes behind an atom.
func (p *parser) trailers(x ast.Expr) ast.Expr {
	for n := 0; ; n++ {
		pos := p.pos()
		switch p.tok {
		case tokPeriod:
			p.next()
			node := p.attrs.Next(nodes)
			node.Pos, node.Value, node.Ctx = pos, x, ast.Load
			node.Attr = p.name()
			x = node
		case tokLparen:
			p.next()
			node := p.calls.Next(nodes)
			node.Pos, node.Func = pos, x
			raw := p.arguments(node)
			if raw != nil {
				p.note(node, raw)
			}
			p.expect(tokRparen)
			x = node
		case tokLbrack:
			p.next()
			node := p.subs.Next(nodes)
			node.Pos, node.Value, node.Ctx = pos, x, ast.Load
			node.Slice = p.subscripts()
			p.expect(tokRbrack)
			x = node
		default:
			return x
		}
		p.link(n, &p.links)
	}
}

// subscripts reads what stands in the brackets of a subscript. Like gpython it
// makes one index of a tuple out of several without slices.
func (p *parser) subscripts() ast.Slicer {
	pos := p.pos()
	first := p.subscript()
	if p.tok != tokComma {
		return first
	}
	dims := []ast.Slicer{first}
	for p.tok == tokComma {
		p.next()
		if p.tok == tokRbrack {
			break
		}
		dims = append(dims, p.subscript())
	}
	mark := len(p.exprs)
	for _, dim := range dims {
		index, ok := dim.(*ast.Index)
		if !ok {
			p.exprs = p.exprs[:mark]
			return &ast.ExtSlice{SliceBase: ast.SliceBase{Pos: pos}, Dims: dims}
		}
		p.exprs = append(p.exprs, index.Value)
	}
	tuple := &ast.Tuple{ExprBase: ast.ExprBase{Pos: pos}, Elts: p.popExprs(mark), Ctx: ast.Load}
	return &ast.Index{SliceBase: ast.SliceBase{Pos: pos}, Value: tuple}
}

func (p *parser) subscript() ast.Slicer {
	pos := p.pos()
	var lower, upper, step ast.Expr
	if p.tok != tokColon {
		lower = p.test()
		if p.tok != tokColon {
			node := p.indexes.Next(nodes)
			node.Pos, node.Value = pos, lower
			return node
		}
	}
	p.next()
	if p.atTest() {
		upper = p.test()
	}
	if p.tok == tokColon {
		p.next()
		if p.atTest() {
			step = p.test()
		}
	}
	return &ast.Slice{SliceBase: ast.SliceBase{Pos: pos}, Lower: lower, Upper: upper, Step: step}
}

type argKind uint8

const (
	argPlain   argKind = iota
	argFree            // a generator or name := value, which may stand anywhere
	argKeyword         // name=value
	argStar
	argDblStar
)

// rawArg is an argument of a call as it stands in the source.
type rawArg struct {
	kind  argKind
	pos   ast.Pos
	name  ast.Expr // of a keyword
	value ast.Expr
}

// oddArgs are the arguments of a call that the checker rejects, in their order.
type oddArgs []rawArg

// arguments reads the arguments of a call into node: in the order in which
// 1.13 evaluates them, first those by position and those by keyword, then *x,
// then **x. It returns the list as written if that has an error.
func (p *parser) arguments(node *ast.Call) oddArgs {
	mark := len(p.args)
	plain, keywords := 0, 0
	odd := false
	for p.tok != tokRparen {
		arg := p.argument()
		switch arg.kind {
		case argPlain:
			plain++
			odd = odd || keywords > 0 || node.Starargs != nil || node.Kwargs != nil
		case argFree:
			plain++
		case argKeyword:
			keywords++
			if _, ok := arg.name.(*ast.Name); !ok {
				odd = true
			}
		case argStar:
			odd = odd || node.Starargs != nil
			node.Starargs = arg.value
		case argDblStar:
			odd = odd || node.Kwargs != nil
			node.Kwargs = arg.value
		}
		p.args = append(p.args, arg)
		if p.tok != tokComma {
			break
		}
		p.next()
	}
	args := p.args[mark:]
	p.args = p.args[:mark]
	if odd {
		return append(oddArgs(nil), args...)
	}
	if plain > 0 {
		mark := len(p.exprs)
		for _, arg := range args {
			if arg.kind <= argFree {
				p.exprs = append(p.exprs, arg.value)
			}
		}
		node.Args = p.popExprs(mark)
	}
	if keywords > 0 {
		node.Keywords = make([]*ast.Keyword, 0, keywords)
		for _, arg := range args {
			if arg.kind == argKeyword {
				kw := &ast.Keyword{Pos: arg.pos, Arg: arg.name.(*ast.Name).Id, Value: arg.value}
				node.Keywords = append(node.Keywords, kw)
			}
		}
	}
	clear(args)
	return nil
}

func (p *parser) argument() rawArg {
	arg := rawArg{pos: p.pos()}
	switch p.tok {
	case tokStar:
		p.next()
		arg.kind, arg.value = argStar, p.test()
		return arg
	case tokDblStar:
		p.next()
		arg.kind, arg.value = argDblStar, p.test()
		return arg
	}
	x := p.test()
	arg.value = x
	switch p.tok {
	case tokAssign:
		p.next()
		arg.kind, arg.name, arg.value = argKeyword, x, p.test()
	case tokFor:
		arg.kind = argFree
		arg.value = &ast.GeneratorExp{ExprBase: ast.ExprBase{Pos: arg.pos}, Elt: x, Generators: p.comprehensions()}
	case tokWalrus:
		arg.kind, arg.value = argFree, p.named(arg.pos, x)
	}
	return arg
}

type paramKind uint8

const (
	paramPlain paramKind = iota
	paramStar
	paramDblStar
)

// rawParam is a parameter as it stands in the source. arg is nil for a lone *.
type rawParam struct {
	kind paramKind
	pos  ast.Pos
	arg  *ast.Arg
	def  ast.Expr
}

// leaf tells whether the parameter is a name and nothing more.
func (r *rawParam) leaf() bool {
	return r.kind == paramPlain && r.def == nil && r.arg.Annotation == nil
}

// oddParams are parameters that the checker rejects, in their order.
type oddParams []rawParam

// parameters reads the parameters of a def (typed) or lambda up to closing.
//
// KwDefaults is empty, or has an element for each of Kwonlyargs, nil for one
// without a default.
func (p *parser) parameters(typed bool, closing token) *ast.Arguments {
	args := &ast.Arguments{Pos: p.pos()}
	if p.tok == closing {
		return args
	}
	mark := len(p.params)
	odd, star, kwDefaults := false, false, false
	for {
		param := p.parameter(typed)
		odd = odd || args.Kwarg != nil
		switch {
		case param.kind == paramDblStar:
			args.Kwarg = param.arg
		case param.kind == paramStar:
			odd = odd || star
			star = true
			args.Vararg = param.arg
		case star:
			args.Kwonlyargs = append(args.Kwonlyargs, param.arg)
			args.KwDefaults = append(args.KwDefaults, param.def)
			kwDefaults = kwDefaults || param.def != nil
		default:
			args.Args = append(args.Args, param.arg)
			if param.def != nil {
				args.Defaults = append(args.Defaults, param.def)
			} else if len(args.Defaults) > 0 {
				odd = true
			}
		}
		p.params = append(p.params, param)
		if p.tok != tokComma {
			break
		}
		p.next()
		if p.tok == closing {
			break
		}
	}
	if !kwDefaults {
		args.KwDefaults = nil
	}
	if odd {
		p.note(args, append(oddParams(nil), p.params[mark:]...))
	}
	clear(p.params[mark:])
	p.params = p.params[:mark]
	return args
}

func (p *parser) parameter(typed bool) rawParam {
	param := rawParam{pos: p.pos()}
	switch p.tok {
	case tokStar:
		param.kind = paramStar
		p.next()
		if p.tok != tokName {
			return param
		}
	case tokDblStar:
		param.kind = paramDblStar
		p.next()
	}
	param.arg = &ast.Arg{Pos: p.pos()}
	param.arg.Arg = p.name()
	if typed && p.tok == tokColon {
		p.next()
		param.arg.Annotation = p.test()
	}
	if param.kind == paramPlain && p.tok == tokAssign {
		p.next()
		param.def = p.test()
	}
	return param
}

package syntax

import "github.com/go-python/gpython/ast"

// checker finds the errors that MicroPython reports while it compiles. It goes
// through a tree in the order of the first pass of py/compile.c, because the
// first error found is the one reported: the module, then one after the other
// the functions, classes, lambdas and comprehensions met on the way.
type checker struct {
	file  string
	odd   map[ast.Ast]any // what parser.note remembered
	queue []*scope
	cur   *scope
	loops int // around the statement
	err   *Error
	step  func() // see Options

	// everything makes the checker go through dead code as well and find no
	// errors, see Names.
	everything bool
}

func (c *checker) check(mod ast.Mod) *Error {
	for c.queue = append(c.queue, &scope{kind: scopeModule, node: mod, name: scopeNames[scopeModule]}); len(c.queue) > 0; {
		c.cur = c.queue[0]
		c.queue = c.queue[1:]
		c.scopeBody()
		if c.err != nil {
			if c.err.Line == 0 {
				c.err.Line = c.cur.line
			}
			c.err.Block = c.cur.name
			return c.err
		}
		c.cur.close()
	}
	return nil
}

// fail reports an error, unless one was found before. The line is 0 if the
// parse tree of MicroPython has none there; then it is that of the next list
// element or statement that is finished, for the compiler goes on to the end
// of the list.
func (c *checker) fail(line int, msg string) {
	if c.err == nil && !c.everything {
		c.err = &Error{Kind: SyntaxError, Msg: msg, File: c.file, Line: line}
	}
}

// enqueue makes the scope of a node that is gone through later.
func (c *checker) enqueue(kind scopeKind, node ast.Ast, name string, line int) {
	c.queue = append(c.queue, &scope{kind: kind, parent: c.cur, node: node, name: name, line: line})
}

// lineOf is the line of an expression in the parse tree of MicroPython, where
// names, small numbers, short strings and keywords have none.
func lineOf(e ast.Expr) int {
	const longString = 10 // MICROPY_ALLOC_PARSE_INTERN_STRING_LEN
	switch x := e.(type) {
	case *ast.Name, *ast.NameConstant, *ast.Ellipsis:
		return 0
	case *ast.Str:
		if len(x.S) <= longString {
			return 0
		}
	case *ast.Bytes:
		if len(x.S) <= longString {
			return 0
		}
	case *ast.BoolOp:
		if kept := Operands(x); len(kept) == 1 {
			return lineOf(kept[0])
		}
	case *ast.UnaryOp:
		if _, known := ConstTruth(e); known {
			return 0
		}
		if _, known := ConstInt(e); known {
			return 0
		}
	case *ast.BinOp:
		if _, known := ConstInt(e); known {
			return 0
		}
	case *ast.Num:
		if _, small := smallInt(e); small {
			return 0
		}
	}
	return StartLine(e)
}

// scopeBody goes through what belongs to the current scope.
func (c *checker) scopeBody() {
	s := c.cur
	c.loops = 0
	switch x := s.node.(type) {
	case *ast.Module:
		c.block(x.Body)
		if len(x.Body) == 1 {
			s.line = stmtLine(x.Body[0])
		}
	case *ast.Interactive:
		c.block(x.Body)
		if len(x.Body) == 1 {
			s.line = stmtLine(x.Body[0])
		}
	case *ast.Expression:
		c.expr(x.Body)
		s.line = x.Lineno
	case *ast.FunctionDef:
		c.params(x.Args)
		c.block(x.Body)
	case *ast.Lambda:
		c.params(x.Args)
		c.expr(x.Body)
	case *ast.ClassDef:
		s.findOrAdd("__class__", identLocal)
		if !c.everything {
			s.load("__name__")
			s.store("__module__", useStore)
			s.store("__qualname__", useStore)
		}
		c.block(x.Body)
	case *ast.ListComp:
		c.clauses(x.Generators, x.Elt, nil)
	case *ast.SetComp:
		c.clauses(x.Generators, x.Elt, nil)
	case *ast.GeneratorExp:
		c.clauses(x.Generators, x.Elt, nil)
	case *ast.DictComp:
		c.clauses(x.Generators, x.Value, x.Key)
	}
}

// clauses goes through a comprehension but for its first iterable.
func (c *checker) clauses(list []ast.Comprehension, first, second ast.Expr) {
	c.cur.findOrAdd("", identLocal) // the iterator
	for i := range list {
		if i > 0 {
			c.expr(list[i].Iter)
		}
		c.assign(list[i].Target)
		for _, cond := range list[i].Ifs {
			c.cond(cond)
		}
	}
	c.expr(first)
	c.expr(second)
}

// params enters the parameters of a function or lambda into its scope.
func (c *checker) params(args *ast.Arguments) {
	if odd, ok := c.odd[args].(oddParams); ok {
		c.oddParams(odd)
		return
	}
	enter := func(arg *ast.Arg, leaf bool) {
		if arg == nil {
			return
		}
		id := c.cur.findOrAdd(string(arg.Arg), identUndecided)
		if id.kind != identUndecided {
			line := arg.Lineno
			if leaf {
				line = 0
			}
			c.fail(line, msgArgReused)
			return
		}
		id.kind = identLocal
		id.use = useParam
	}
	plain := len(args.Args) - len(args.Defaults)
	for i, arg := range args.Args {
		enter(arg, i < plain && arg.Annotation == nil)
	}
	enter(args.Vararg, false)
	for i, arg := range args.Kwonlyargs {
		enter(arg, arg.Annotation == nil && (args.KwDefaults == nil || args.KwDefaults[i] == nil))
	}
	enter(args.Kwarg, false)
}

// oddParams enters parameters whose order is wrong.
func (c *checker) oddParams(list oddParams) {
	star, dblStar := false, false
	for i := range list {
		param := &list[i]
		line := param.pos.Lineno
		if param.leaf() {
			line = 0
		}
		if dblStar || star && param.kind == paramStar {
			c.fail(line, msgInvalid)
			return
		}
		star = star || param.kind == paramStar
		dblStar = dblStar || param.kind == paramDblStar
		if param.arg == nil {
			continue
		}
		id := c.cur.findOrAdd(string(param.arg.Arg), identUndecided)
		if id.kind != identUndecided {
			c.fail(line, msgArgReused)
			return
		}
		id.kind = identLocal
		id.use = useParam
	}
}

// defaults goes through the default values of parameters, in the scope around
// the function.
func (c *checker) defaults(args *ast.Arguments) {
	odd, ok := c.odd[args].(oddParams)
	if !ok {
		c.exprs(args.Defaults)
		c.exprs(args.KwDefaults)
		return
	}
	star, any := false, false
	for i := range odd {
		param := &odd[i]
		switch {
		case param.kind == paramStar:
			star = true
		case param.kind == paramDblStar:
		case param.def != nil:
			any = any || !star
			c.expr(param.def)
		case any && !star:
			line := param.pos.Lineno
			if param.leaf() {
				line = 0
			}
			c.fail(line, msgDefaultOrder)
			return
		}
	}
}

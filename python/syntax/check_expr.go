package syntax

import "github.com/go-python/gpython/ast"

func (c *checker) exprs(list []ast.Expr) {
	for _, x := range list {
		c.expr(x)
	}
}

// exprsWithLine goes through expressions each of which gives its line to an
// error that has none, even to an older one.
func (c *checker) exprsWithLine(list ...ast.Expr) {
	for _, x := range list {
		c.expr(x)
		if c.err != nil {
			if c.err.Line == 0 {
				c.err.Line = lineOf(x)
			}
			return
		}
	}
}

// expr goes through an expression that is evaluated.
func (c *checker) expr(e ast.Expr) {
	if c.step != nil {
		c.step()
	}
	switch x := e.(type) {
	case nil, *ast.Num, *ast.Str, *ast.Bytes, *ast.NameConstant, *ast.Ellipsis:
	case *ast.Name:
		c.cur.load(string(x.Id))
	case *ast.Attribute:
		c.expr(x.Value)
	case *ast.Subscript:
		c.expr(x.Value)
		c.slice(x.Slice)
	case *ast.Call:
		c.call(x)
	case *ast.BinOp:
		if x.Op == ast.Pow {
			c.exprsWithLine(x.Left, x.Right)
			return
		}
		c.expr(x.Left)
		c.expr(x.Right)
	case *ast.UnaryOp:
		c.expr(x.Operand)
	case *ast.BoolOp:
		c.exprs(c.operands(x))
	case *ast.Compare:
		c.expr(x.Left)
		c.exprs(x.Comparators)
	case *ast.IfExp:
		c.cond(x.Test)
		c.expr(x.Body)
		c.expr(x.Orelse)
	case *ast.Tuple:
		c.exprs(x.Elts)
	case *ast.List:
		if len(x.Elts) < 3 {
			c.exprs(x.Elts)
			return
		}
		c.expr(x.Elts[0])
		c.exprsWithLine(x.Elts[1:]...)
	case *ast.Set:
		if odd, ok := c.odd[x].(oddItems); ok {
			c.oddItems(odd)
			return
		}
		c.exprs(x.Elts)
	case *ast.Dict:
		if odd, ok := c.odd[x].(oddItems); ok {
			c.oddItems(odd)
			return
		}
		for i := range x.Keys {
			c.expr(x.Values[i])
			c.expr(x.Keys[i])
		}
	case *ast.ListComp:
		c.comprehension(scopeListComp, x, x.Elt, x.Generators)
	case *ast.SetComp:
		c.comprehension(scopeSetComp, x, x.Elt, x.Generators)
	case *ast.DictComp:
		c.comprehension(scopeDictComp, x, x.Key, x.Generators)
	case *ast.GeneratorExp:
		c.comprehension(scopeGenExpr, x, x.Elt, x.Generators)
	case *ast.Lambda:
		c.enqueue(scopeLambda, x, scopeNames[scopeLambda], x.Lineno)
		c.defaults(x.Args)
	case *ast.Starred:
		c.fail(x.Lineno, msgStarTarget)
		if c.everything {
			c.expr(x.Value)
		}
	case *ast.Yield:
		if c.inFunction(x.Lineno, msgYield) {
			c.expr(x.Value)
		}
	case *ast.YieldFrom:
		if c.inFunction(x.Lineno, msgYield) {
			c.expr(x.Value)
		}
	case *Await:
		if c.inFunction(x.Lineno, msgAwait) {
			c.expr(x.Value)
		}
	case *NamedExpr:
		c.namedExpr(x)
	}
}

// operands are the values of x that are compiled.
func (c *checker) operands(x *ast.BoolOp) []ast.Expr {
	if c.everything {
		return x.Values
	}
	return Operands(x)
}

// inFunction fails if the scope is not that of a function or lambda.
func (c *checker) inFunction(line int, msg string) bool {
	if c.cur.kind != scopeFunction && c.cur.kind != scopeLambda {
		c.fail(line, msg)
		return c.everything
	}
	return true
}

func (c *checker) namedExpr(x *NamedExpr) {
	name, ok := x.Target.(*ast.Name)
	if !ok {
		c.fail(lineOf(x.Target), msgAssign)
	}
	c.expr(x.Value)
	if !ok {
		return
	}
	s := c.cur
	if s.kind.compLike() {
		s = s.parent
	}
	s.store(string(name.Id), useStore)
}

func (c *checker) slice(s ast.Slicer) {
	switch x := s.(type) {
	case *ast.Index:
		c.expr(x.Value)
	case *ast.Slice:
		c.expr(x.Lower)
		c.expr(x.Upper)
		c.expr(x.Step)
	case *ast.ExtSlice:
		for _, dim := range x.Dims {
			c.slice(dim)
		}
	}
}

// comprehension queues the scope of a comprehension; its first iterable belongs
// to the scope around.
func (c *checker) comprehension(kind scopeKind, node ast.Ast, first ast.Expr, list []ast.Comprehension) {
	c.enqueue(kind, node, scopeNames[kind], StartLine(first))
	c.expr(list[0].Iter)
}

// cond goes through a condition.
func (c *checker) cond(e ast.Expr) {
	if c.everything {
		c.expr(e)
		return
	}
	EachTested(e, c.expr)
}

func (c *checker) call(x *ast.Call) {
	c.expr(x.Func)
	if fn, ok := x.Func.(*ast.Name); ok && fn.Id == "super" && c.cur.kind == scopeFunction &&
		len(x.Args) == 0 && len(x.Keywords) == 0 && x.Starargs == nil && x.Kwargs == nil && c.odd[x] == nil {
		c.super(x)
		return
	}
	c.callArguments(x)
}

func (c *checker) callArguments(x *ast.Call) {
	if odd, ok := c.odd[x].(oddArgs); ok {
		c.oddArgs(odd)
		return
	}
	c.arguments(x.Args, x.Keywords, x.Starargs, x.Kwargs)
}

// super goes through "super()": it means super(__class__, first parameter).
func (c *checker) super(x *ast.Call) {
	if c.everything {
		return
	}
	c.cur.load("__class__")
	for i := range c.cur.idents {
		if c.cur.idents[i].use&useParam != 0 {
			return
		}
	}
	c.fail(x.Lineno, msgSuper)
}

func (c *checker) arguments(args []ast.Expr, keywords []*ast.Keyword, star, dblStar ast.Expr) {
	c.exprs(args)
	for _, kw := range keywords {
		c.expr(kw.Value)
	}
	c.expr(star)
	c.expr(dblStar)
}

// oddArgs goes through the arguments of a call up to the one that is wrong.
func (c *checker) oddArgs(list oddArgs) {
	star, dblStar, keyword := false, false, false
	for _, arg := range list {
		line := arg.pos.Lineno
		switch arg.kind {
		case argStar:
			if star {
				c.fail(line, msgCallStar)
				return
			}
			star = true
		case argDblStar:
			if dblStar {
				c.fail(line, msgCallDblStar)
				return
			}
			dblStar = true
		case argKeyword:
			if _, ok := arg.name.(*ast.Name); !ok {
				c.fail(line, msgKeywordName)
				return
			}
			c.expr(arg.value)
			keyword = true
		case argFree:
			c.expr(arg.value)
		default:
			if star || dblStar {
				c.fail(lineOf(arg.value), msgAfterStar)
				return
			}
			if keyword {
				c.fail(lineOf(arg.value), msgAfterKeyword)
				return
			}
			c.expr(arg.value)
		}
	}
}

// oddItems goes through the items of a display that is neither dict nor set;
// the first item tells which it was to be.
func (c *checker) oddItems(odd oddItems) {
	dict := odd.values[0] != nil
	for i, key := range odd.keys {
		c.expr(odd.values[i])
		c.expr(key)
		switch {
		case dict && odd.values[i] == nil:
			c.fail(StartLine(odd.keys[0]), msgDictItem)
			return
		case !dict && odd.values[i] != nil:
			c.fail(StartLine(odd.keys[0]), msgSetItem)
			return
		}
	}
}

// assign goes through a target of assignment.
func (c *checker) assign(e ast.Expr) {
	switch x := e.(type) {
	case *ast.Name:
		c.cur.store(string(x.Id), useStore)
	case *ast.Attribute:
		c.targetBase(x.Value)
	case *ast.Subscript:
		c.targetBase(x.Value)
		c.slice(x.Slice)
	case *ast.List:
		c.assignAll(x.Elts)
	case *ast.Tuple:
		if len(x.Elts) == 0 {
			c.fail(x.Lineno, msgAssign)
			return
		}
		c.assignAll(x.Elts)
	case *ast.Call:
		c.targetBase(x.Func)
		c.fail(StartLine(x), msgAssign)
	default:
		c.fail(lineOf(e), msgAssign)
	}
}

// targetBase goes through what stands before the last trailer of a target. There
// "super()" is a call like any other, without arguments: 1.13 gives it its
// meaning in expressions only.
func (c *checker) targetBase(e ast.Expr) {
	switch x := e.(type) {
	case *ast.Attribute:
		c.targetBase(x.Value)
	case *ast.Subscript:
		c.targetBase(x.Value)
		c.slice(x.Slice)
	case *ast.Call:
		c.targetBase(x.Func)
		c.callArguments(x)
	default:
		c.expr(e)
	}
}

// assignAll goes through targets that take a sequence apart.
func (c *checker) assignAll(list []ast.Expr) {
	star := false
	for _, x := range list {
		if starred, ok := x.(*ast.Starred); ok {
			if star {
				c.fail(starred.Lineno, msgMultiStar)
				return
			}
			star = true
		}
	}
	for _, x := range list {
		if starred, ok := x.(*ast.Starred); ok {
			x = starred.Value
		}
		c.assign(x)
	}
}

// augAssign goes through the target and value of an augmented assignment.
func (c *checker) augAssign(target, value ast.Expr) {
	switch x := target.(type) {
	case *ast.Name:
		c.cur.load(string(x.Id))
		c.expr(value)
		c.cur.store(string(x.Id), useUpdate)
		return
	case *ast.Tuple, *ast.List:
		c.fail(target.GetLineno(), msgAssign)
	default:
		c.assign(target)
	}
	c.expr(value)
}

// delete goes through a target of del.
func (c *checker) delete(e ast.Expr) {
	switch x := e.(type) {
	case *ast.Name:
		// In a function that makes it local, like an assignment.
		c.cur.store(string(x.Id), useLoad)
	case *ast.Attribute:
		c.targetBase(x.Value)
	case *ast.Subscript:
		c.targetBase(x.Value)
		c.slice(x.Slice)
	case *ast.Tuple:
		if len(x.Elts) == 0 {
			c.fail(0, msgDelete)
		}
		for _, elt := range x.Elts {
			c.delete(elt)
		}
	case *ast.Call:
		c.targetBase(x.Func)
		c.fail(StartLine(x), msgDelete)
	case *ast.GeneratorExp:
		c.fail(StartLine(x.Elt), msgDelete)
	default:
		c.fail(lineOf(e), msgDelete)
	}
}

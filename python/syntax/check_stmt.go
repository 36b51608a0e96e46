package syntax

import "github.com/go-python/gpython/ast"

// stmtLine is the line on which a statement starts, with its decorators.
func stmtLine(s ast.Stmt) int {
	var decorators []ast.Expr
	switch x := s.(type) {
	case *ast.FunctionDef:
		decorators = x.DecoratorList
	case *ast.ClassDef:
		decorators = x.DecoratorList
	case *AsyncFunctionDef:
		decorators = x.DecoratorList
	}
	if len(decorators) > 0 {
		return StartLine(decorators[0])
	}
	return s.GetLineno()
}

// block goes through statements. An error without a line takes that of its
// statement if there are several; a lone one is no node of its own in the parse
// tree of MicroPython.
func (c *checker) block(list []ast.Stmt) {
	for _, s := range list {
		c.stmt(s)
		if c.err != nil {
			if c.err.Line == 0 && len(list) > 1 {
				c.err.Line = stmtLine(s)
			}
			return
		}
	}
}

// loop goes through the body of a loop.
func (c *checker) loop(body []ast.Stmt) {
	c.loops++
	c.block(body)
	c.loops--
}

func (c *checker) stmt(s ast.Stmt) {
	switch x := s.(type) {
	case *ast.ExprStmt:
		c.expr(x.Value)
	case *ast.Assign:
		c.expr(x.Value)
		for _, target := range x.Targets {
			c.assign(target)
		}
	case *ast.AugAssign:
		c.augAssign(x.Target, x.Value)
	case *AnnAssign:
		c.annAssign(x)
	case *ast.Delete:
		for _, target := range x.Targets {
			c.delete(target)
		}
	case *ast.Return:
		if c.cur.kind != scopeFunction {
			c.fail(x.Lineno, msgReturn)
			return
		}
		if cond, ok := x.Value.(*ast.IfExp); ok {
			c.cond(cond.Test)
			c.expr(cond.Body)
			c.expr(cond.Orelse)
			return
		}
		c.expr(x.Value)
	case *ast.Raise:
		c.expr(x.Exc)
		c.expr(x.Cause)
	case *ast.Assert:
		c.cond(x.Test)
		c.expr(x.Msg)
	case *ast.Break, *ast.Continue:
		if c.loops == 0 {
			c.fail(s.GetLineno(), msgOutsideLoop)
		}
	case *ast.Global:
		c.global(x)
	case *ast.Nonlocal:
		c.nonlocal(x)
	case *ast.Import:
		c.importNames(x.Names)
	case *ast.ImportFrom:
		if x.Names[0].Name == "*" && c.cur.kind != scopeModule {
			c.fail(x.Lineno, msgImportStar)
			return
		}
		c.importNames(x.Names)
	case *ast.FunctionDef:
		c.function(x)
	case *AsyncFunctionDef:
		c.function(&x.FunctionDef)
	case *ast.ClassDef:
		c.class(x)
	default:
		c.compound(s)
	}
}

// compound goes through statements that hold others.
func (c *checker) compound(s ast.Stmt) {
	switch x := s.(type) {
	case *ast.If:
		c.ifStmt(x)
	case *ast.While:
		if truth, known := ConstTruth(x.Test); !known || truth || c.everything {
			c.loop(x.Body)
			c.cond(x.Test)
		}
		c.block(x.Orelse)
	case *ast.For:
		c.expr(x.Iter)
		c.assign(x.Target)
		c.loop(x.Body)
		c.block(x.Orelse)
	case *AsyncFor:
		c.expr(x.Iter)
		c.assign(x.Target)
		c.loop(x.Body)
		c.block(x.Orelse)
	case *ast.With:
		c.with(x.Items, x.Body)
	case *AsyncWith:
		c.with(x.Items, x.Body)
	case *ast.Try:
		c.try(x)
	}
}

// ifStmt goes through an if and its elifs, which is a chain in the tree.
func (c *checker) ifStmt(x *ast.If) {
	for {
		truth, known := ConstTruth(x.Test)
		known = known && !c.everything
		if !known || truth {
			c.cond(x.Test)
			c.block(x.Body)
		}
		if known && truth {
			return
		}
		if len(x.Orelse) == 1 {
			if next, ok := x.Orelse[0].(*ast.If); ok {
				x = next
				continue
			}
		}
		c.block(x.Orelse)
		return
	}
}

func (c *checker) with(items []*ast.WithItem, body []ast.Stmt) {
	for _, item := range items {
		c.expr(item.ContextExpr)
		if item.OptionalVars != nil {
			c.assign(item.OptionalVars)
		}
	}
	c.block(body)
}

func (c *checker) try(x *ast.Try) {
	c.block(x.Body)
	for i, h := range x.Handlers {
		if h.ExprType == nil && i+1 < len(x.Handlers) {
			c.fail(h.Lineno, msgExceptLast)
			return
		}
		c.expr(h.ExprType)
		if h.Name != "" {
			c.cur.store(string(h.Name), useStore)
		}
		c.block(h.Body)
	}
	c.block(x.Orelse)
	c.block(x.Finalbody)
}

// annAssign goes through an annotated variable; the annotation is nothing to
// MicroPython.
func (c *checker) annAssign(x *AnnAssign) {
	if x.Value != nil {
		c.expr(x.Value)
		c.assign(x.Target)
		return
	}
	if name, ok := x.Target.(*ast.Name); ok && c.cur.kind == scopeFunction {
		c.cur.findOrAdd(string(name.Id), identLocal)
	}
}

func (c *checker) importNames(names []*ast.Alias) {
	for _, alias := range names {
		name := string(alias.AsName)
		if name == "" {
			name = string(alias.Name)
			for i := range len(name) {
				if name[i] == '.' {
					name = name[:i]
					break
				}
			}
		}
		if name != "*" || c.everything {
			c.cur.store(name, useStore)
		}
	}
}

func (c *checker) global(x *ast.Global) {
	for _, name := range x.Names {
		id := c.cur.findOrAdd(string(name), identUndecided)
		if id.kind != identUndecided && id.kind != identGlobalExplicit {
			c.fail(x.Lineno, msgGlobal)
			continue
		}
		id.kind = identGlobalExplicit
		module := c.cur
		for module.parent != nil {
			module = module.parent
		}
		if id := module.find(string(name)); id != nil {
			id.kind = identGlobalExplicit
		}
	}
}

func (c *checker) nonlocal(x *ast.Nonlocal) {
	if c.cur.kind == scopeModule {
		c.fail(x.Lineno, msgOuterNonlocal)
		return
	}
	for _, name := range x.Names {
		id := c.cur.findOrAdd(string(name), identUndecided)
		if id.kind == identUndecided {
			id.kind = identGlobalImplicit
			c.cur.closeOver(id)
			if id.kind == identGlobalImplicit {
				c.fail(x.Lineno, msgNoBinding)
			}
		} else if id.kind != identFree {
			c.fail(x.Lineno, msgNonlocal)
		}
	}
}

// decorators goes through decorators but for those of MicroPython's own, which
// choose how a function is compiled.
func (c *checker) decorators(list []ast.Expr) {
	for _, x := range list {
		if own, ok := MicropythonDecorator(x); ok {
			switch own {
			case "bytecode", "native", "viper":
			default:
				c.fail(0, msgDecorator)
			}
			continue
		}
		c.expr(x)
	}
}

// MicropythonDecorator tells whether a decorator is one of MicroPython's own,
// "micropython.name", and returns its name. Such a decorator is not looked up
// or called when the program runs; in a tree that Parse returned it is
// "bytecode", "native" or "viper".
func MicropythonDecorator(decorator ast.Expr) (name string, ok bool) {
	if call, ok := decorator.(*ast.Call); ok {
		decorator = call.Func
	}
	last, ok := decorator.(*ast.Attribute)
	if ok {
		decorator = last.Value
	}
	deeper := false
	for {
		x, ok := decorator.(*ast.Attribute)
		if !ok {
			break
		}
		decorator = x.Value
		deeper = true
	}
	if base, ok := decorator.(*ast.Name); !ok || base.Id != "micropython" {
		return "", false
	}
	if last == nil || deeper {
		return "", true
	}
	return string(last.Attr), true
}

func (c *checker) function(x *ast.FunctionDef) {
	c.decorators(x.DecoratorList)
	c.enqueue(scopeFunction, x, string(x.Name), x.Lineno)
	c.defaults(x.Args)
	c.cur.store(string(x.Name), useStore)
}

func (c *checker) class(x *ast.ClassDef) {
	c.decorators(x.DecoratorList)
	c.enqueue(scopeClass, x, string(x.Name), x.Lineno)
	if odd, ok := c.odd[x].(oddArgs); ok {
		c.oddArgs(odd)
	} else {
		c.arguments(x.Bases, x.Keywords, x.Starargs, x.Kwargs)
	}
	c.cur.store(string(x.Name), useStore)
}

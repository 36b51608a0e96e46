package compile

import (
	"slices"

	"github.com/go-python/gpython/ast"

	"qpy/python/syntax"
)

type scopeKind uint8

const (
	scopeModule scopeKind = iota
	scopeClass
	scopeFunction
	scopeLambda
	scopeListComp
	scopeSetComp
	scopeDictComp
	scopeGenExpr
)

func (k scopeKind) function() bool { return k >= scopeFunction }
func (k scopeKind) comp() bool     { return k >= scopeListComp }

type symKind uint8

const (
	symUndecided symKind = iota
	symGlobalImplicit
	symGlobal
	symLocal
	symCell
	symFree
)

// symbol is a name in a scope (id_info_t of py/scope.h).
type symbol struct {
	name  string
	kind  symKind
	param bool
	reg   int // register, or index of a free variable
}

// scope is the unit of code: module, class body, function, comprehension.
type scope struct {
	kind   scopeKind
	name   string
	parent *scope
	node   ast.Ast
	syms   map[string]*symbol
	order  []*symbol
	gen    bool
	walrus bool // an assignment expression may change a local in mid-expression
	code   *Code
	free   []*symbol
}

func (s *scope) add(name string, kind symKind) *symbol {
	if y := s.syms[name]; y != nil {
		return y
	}
	y := &symbol{name: name, kind: kind}
	s.syms[name] = y
	s.order = append(s.order, y)
	return y
}

// load notes that the scope reads a name.
func (s *scope) load(name string) { s.add(name, symGlobalImplicit) }

// store notes that the scope assigns or deletes a name.
func (s *scope) store(name string) {
	y := s.add(name, symGlobalImplicit)
	if s.kind.function() && y.kind == symGlobalImplicit {
		y.kind = symLocal
	}
}

// closeOver makes a name that an outer function binds a free variable
// (scope_check_to_close_over).
func (s *scope) closeOver(y *symbol) {
	for p := s.parent; p != nil && p.parent != nil; p = p.parent {
		o := p.syms[y.name]
		if o == nil {
			continue
		}
		if o.kind == symLocal || o.kind == symCell || o.kind == symFree {
			y.kind = symFree
			for q := s.parent; ; q = q.parent {
				id := q.add(y.name, symUndecided)
				if id.kind != symUndecided {
					if id.kind == symLocal {
						id.kind = symCell
					}
					return
				}
				id.kind = symFree
			}
		}
		return
	}
}

// analyzer resolves the names of a module: scope by scope in the order in which
// they are met, as MicroPython's first pass does.
type analyzer struct {
	step   func() // called for every expression; see Source
	scopes map[ast.Ast]*scope
	queue  []*scope
	cur    *scope
}

func (a *analyzer) open(kind scopeKind, name string, node ast.Ast) *scope {
	s := &scope{kind: kind, name: name, parent: a.cur, node: node, syms: map[string]*symbol{}}
	a.scopes[node] = s
	a.queue = append(a.queue, s)
	return s
}

func analyze(mod ast.Mod, step func()) *analyzer {
	a := &analyzer{step: step, scopes: map[ast.Ast]*scope{}}
	a.open(scopeModule, "<module>", mod)
	for i := 0; i < len(a.queue); i++ {
		s := a.queue[i]
		a.cur = s
		a.body(s)
		for _, y := range s.order {
			if y.kind == symGlobalImplicit {
				s.closeOver(y)
			}
		}
	}
	for _, s := range a.queue {
		if s.kind.function() {
			for _, y := range s.order {
				if y.kind == symGlobalImplicit || y.kind == symUndecided {
					y.kind = symGlobal
				}
			}
		}
		// Free variables come in the order of the parent scope. (A module with many
		// functions has many names, which none of them has to go through.)
		if s.parent != nil && slices.ContainsFunc(s.order, func(y *symbol) bool { return y.kind == symFree }) {
			for _, p := range s.parent.order {
				if y := s.syms[p.name]; y != nil && y.kind == symFree && (p.kind == symCell || p.kind == symFree) {
					y.reg = len(s.free)
					s.free = append(s.free, y)
				}
			}
		}
	}
	return a
}

func (a *analyzer) body(s *scope) {
	switch n := s.node.(type) {
	case *ast.Module:
		a.stmts(n.Body)
	case *ast.Interactive:
		a.stmts(n.Body)
	case *ast.Expression:
		a.expr(n.Body)
	case *ast.FunctionDef:
		a.params(n.Args)
		a.stmts(n.Body)
	case *syntax.AsyncFunctionDef:
		s.gen = true
		a.params(n.Args)
		a.stmts(n.Body)
	case *ast.Lambda:
		a.params(n.Args)
		a.expr(n.Body)
	case *ast.ClassDef:
		s.add("__class__", symLocal)
		s.load("__name__")
		s.store("__module__")
		s.store("__qualname__")
		a.stmts(n.Body)
	case *ast.ListComp:
		a.comp(n.Generators, n.Elt, nil)
	case *ast.SetComp:
		a.comp(n.Generators, n.Elt, nil)
	case *ast.GeneratorExp:
		s.gen = true
		a.comp(n.Generators, n.Elt, nil)
	case *ast.DictComp:
		a.comp(n.Generators, n.Value, n.Key)
	}
}

func (a *analyzer) params(args *ast.Arguments) {
	if args == nil {
		return
	}
	add := func(x *ast.Arg) {
		if x != nil {
			y := a.cur.add(string(x.Arg), symLocal)
			y.kind, y.param = symLocal, true
		}
	}
	for _, x := range args.Args {
		add(x)
	}
	for _, x := range args.Kwonlyargs {
		add(x)
	}
	add(args.Vararg)
	add(args.Kwarg)
}

func (a *analyzer) comp(gens []ast.Comprehension, elt, key ast.Expr) {
	y := a.cur.add("", symLocal)
	y.param = true
	for i, g := range gens {
		if i > 0 {
			a.expr(g.Iter)
		}
		a.target(g.Target)
		for _, c := range g.Ifs {
			syntax.EachTested(c, a.expr)
		}
	}
	a.expr(elt)
	if key != nil {
		a.expr(key)
	}
}

func (a *analyzer) stmts(list []ast.Stmt) {
	for _, s := range list {
		a.stmt(s)
	}
}

func (a *analyzer) stmt(s ast.Stmt) {
	switch x := s.(type) {
	case *ast.ExprStmt:
		a.expr(x.Value)
	case *ast.Assign:
		a.expr(x.Value)
		for _, t := range x.Targets {
			a.target(t)
		}
	case *ast.AugAssign:
		if n, ok := x.Target.(*ast.Name); ok {
			a.cur.load(string(n.Id))
			a.expr(x.Value)
			a.cur.store(string(n.Id))
			return
		}
		a.target(x.Target)
		a.expr(x.Value)
	case *syntax.AnnAssign:
		if x.Value != nil {
			a.expr(x.Value)
			a.target(x.Target)
		} else if n, ok := x.Target.(*ast.Name); ok && a.cur.kind == scopeFunction {
			a.cur.add(string(n.Id), symLocal)
		}
	case *ast.Return:
		a.expr(x.Value)
	case *ast.Delete:
		for _, t := range x.Targets {
			a.target(t)
		}
	case *ast.Raise:
		a.expr(x.Exc)
		a.expr(x.Cause)
	case *ast.Assert:
		syntax.EachTested(x.Test, a.expr)
		a.expr(x.Msg)
	case *ast.Global:
		for _, n := range x.Names {
			a.cur.add(string(n), symUndecided).kind = symGlobal
			if y := a.queue[0].syms[string(n)]; y != nil {
				y.kind = symGlobal
			}
		}
	case *ast.Nonlocal:
		for _, n := range x.Names {
			if y := a.cur.add(string(n), symUndecided); y.kind == symUndecided {
				a.cur.closeOver(y)
			}
		}
	case *ast.If:
		truth, known := syntax.ConstTruth(x.Test)
		syntax.EachTested(x.Test, a.expr)
		if !known || truth {
			a.stmts(x.Body)
		}
		if !known || !truth {
			a.stmts(x.Orelse)
		}
	case *ast.While:
		truth, known := syntax.ConstTruth(x.Test)
		if !known || truth {
			a.stmts(x.Body)
		}
		syntax.EachTested(x.Test, a.expr)
		a.stmts(x.Orelse)
	case *ast.For:
		a.forLoop(x)
	case *syntax.AsyncFor:
		a.cur.gen = true
		a.forLoop(&x.For)
		a.cur.load("StopAsyncIteration")
	case *ast.With:
		a.with(x)
	case *syntax.AsyncWith:
		a.cur.gen = true
		a.with(&x.With)
		a.cur.load("BaseException")
	case *ast.Try:
		a.stmts(x.Body)
		for _, h := range x.Handlers {
			a.expr(h.ExprType)
			if h.Name != "" {
				a.cur.store(string(h.Name))
			}
			a.stmts(h.Body)
		}
		a.stmts(x.Orelse)
		a.stmts(x.Finalbody)
	case *ast.Import:
		for _, n := range x.Names {
			a.cur.store(importName(n))
		}
	case *ast.ImportFrom:
		for _, n := range x.Names {
			if n.Name == "*" {
				continue
			}
			if n.AsName != "" {
				a.cur.store(string(n.AsName))
			} else {
				a.cur.store(string(n.Name))
			}
		}
	case *ast.FunctionDef:
		a.function(x, x)
	case *syntax.AsyncFunctionDef:
		a.function(&x.FunctionDef, x)
	case *ast.ClassDef:
		a.exprs(x.DecoratorList)
		a.open(scopeClass, string(x.Name), x)
		a.exprs(x.Bases)
		for _, k := range x.Keywords {
			a.expr(k.Value)
		}
		a.expr(x.Starargs)
		a.expr(x.Kwargs)
		a.cur.store(string(x.Name))
	}
}

// importName is the name that an import statement binds.
func importName(n *ast.Alias) string {
	if n.AsName != "" {
		return string(n.AsName)
	}
	s := string(n.Name)
	for i := range s {
		if s[i] == '.' {
			return s[:i]
		}
	}
	return s
}

func (a *analyzer) function(x *ast.FunctionDef, node ast.Ast) {
	for _, d := range x.DecoratorList {
		if _, own := syntax.MicropythonDecorator(d); !own {
			a.expr(d)
		}
	}
	a.open(scopeFunction, string(x.Name), node)
	a.defaults(x.Args)
	a.cur.store(string(x.Name))
}

func (a *analyzer) defaults(args *ast.Arguments) {
	if args != nil {
		a.exprs(args.Defaults)
		a.exprs(args.KwDefaults)
	}
}

func (a *analyzer) forLoop(x *ast.For) {
	a.expr(x.Iter)
	a.target(x.Target)
	a.stmts(x.Body)
	a.stmts(x.Orelse)
}

func (a *analyzer) with(x *ast.With) {
	for _, it := range x.Items {
		a.expr(it.ContextExpr)
		if it.OptionalVars != nil {
			a.target(it.OptionalVars)
		}
	}
	a.stmts(x.Body)
}

func (a *analyzer) target(e ast.Expr) {
	switch x := e.(type) {
	case *ast.Name:
		a.cur.store(string(x.Id))
	case *ast.Tuple:
		for _, t := range x.Elts {
			a.target(t)
		}
	case *ast.List:
		for _, t := range x.Elts {
			a.target(t)
		}
	case *ast.Starred:
		a.target(x.Value)
	default:
		a.expr(e)
	}
}

func (a *analyzer) exprs(list []ast.Expr) {
	for _, e := range list {
		a.expr(e)
	}
}

func (a *analyzer) expr(e ast.Expr) {
	a.step()
	switch x := e.(type) {
	case nil:
	case *ast.Name:
		a.cur.load(string(x.Id))
	case *ast.BinOp:
		a.expr(x.Left)
		a.expr(x.Right)
	case *ast.UnaryOp:
		a.expr(x.Operand)
	case *ast.BoolOp:
		a.exprs(syntax.Operands(x))
	case *ast.Compare:
		a.expr(x.Left)
		a.exprs(x.Comparators)
	case *ast.Call:
		if isSuper(x) && a.cur.kind == scopeFunction {
			a.cur.load("__class__")
			a.cur.load("super")
		}
		a.expr(x.Func)
		a.exprs(x.Args)
		for _, k := range x.Keywords {
			a.expr(k.Value)
		}
		a.expr(x.Starargs)
		a.expr(x.Kwargs)
	case *ast.Attribute:
		a.expr(x.Value)
	case *ast.Subscript:
		a.expr(x.Value)
		a.slice(x.Slice)
	case *ast.Starred:
		a.expr(x.Value)
	case *ast.Tuple:
		a.exprs(x.Elts)
	case *ast.List:
		a.exprs(x.Elts)
	case *ast.Set:
		a.exprs(x.Elts)
	case *ast.Dict:
		for i := range x.Keys {
			a.expr(x.Values[i])
			a.expr(x.Keys[i])
		}
	case *ast.IfExp:
		syntax.EachTested(x.Test, a.expr)
		a.expr(x.Body)
		a.expr(x.Orelse)
	case *ast.Lambda:
		a.open(scopeLambda, "<lambda>", x)
		a.defaults(x.Args)
	case *ast.Yield:
		a.cur.gen = true
		a.expr(x.Value)
	case *ast.YieldFrom:
		a.cur.gen = true
		a.expr(x.Value)
	case *syntax.Await:
		a.cur.gen = true
		a.expr(x.Value)
	case *syntax.NamedExpr:
		a.expr(x.Value)
		n := x.Target.(*ast.Name)
		a.cur.walrus = true
		if a.cur.kind.comp() {
			// The name belongs to the scope around; there it becomes a cell.
			p := a.cur.parent
			p.walrus = true
			p.store(string(n.Id))
			a.cur.load(string(n.Id))
			return
		}
		a.cur.store(string(n.Id))
	case *ast.ListComp:
		a.open(scopeListComp, "<listcomp>", x)
		a.expr(x.Generators[0].Iter)
	case *ast.SetComp:
		a.open(scopeSetComp, "<setcomp>", x)
		a.expr(x.Generators[0].Iter)
	case *ast.DictComp:
		a.open(scopeDictComp, "<dictcomp>", x)
		a.expr(x.Generators[0].Iter)
	case *ast.GeneratorExp:
		a.open(scopeGenExpr, "<genexpr>", x)
		a.expr(x.Generators[0].Iter)
	}
}

func (a *analyzer) slice(s ast.Slicer) {
	switch x := s.(type) {
	case *ast.Index:
		a.expr(x.Value)
	case *ast.Slice:
		a.expr(x.Lower)
		a.expr(x.Upper)
		a.expr(x.Step)
	case *ast.ExtSlice:
		for _, d := range x.Dims {
			a.slice(d)
		}
	}
}

// isSuper reports whether a call is super() without arguments.
func isSuper(x *ast.Call) bool {
	n, ok := x.Func.(*ast.Name)
	return ok && n.Id == "super" && len(x.Args) == 0 && len(x.Keywords) == 0 && x.Starargs == nil && x.Kwargs == nil
}

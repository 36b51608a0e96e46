package fuzz

import (
	"fmt"
	"strings"
)

// define writes a definition.
func (g *generator) define() {
	switch g.n(10) {
	case 0, 1, 2:
		g.defFunction()
	case 3, 4:
		g.defGenerator()
	case 5:
		g.defClosure()
	case 6:
		g.defCoroutine()
	default:
		if g.scope.function {
			g.defFunction()
			return
		}
		g.defClass()
	}
}

// params makes the parameters of a function: the text between the parentheses
// and what a call needs to know. The names are defined in scope s.
func (g *generator) params(s *scope, first ...string) (string, callable) {
	var f callable
	text := append([]string(nil), first...)
	for range g.n(4) {
		k := pick(g, kInt, kInt, kStr, kList, kAny)
		v := g.name("p")
		f.args, f.keywords = append(f.args, k), append(f.keywords, v)
		s.define(v, k)
		if f.optional > 0 || g.chance(25) {
			f.optional++
			v += "=" + g.literal(k)
		}
		text = append(text, v)
	}
	if g.chance(15) {
		f.star = true
		v := g.name("a")
		s.define(v, kTuple)
		text = append(text, "*"+v)
	}
	if g.chance(12) {
		if !f.star {
			text = append(text, "*")
		}
		v := g.name("o")
		s.define(v, kInt)
		text = append(text, v+"="+g.literal(kInt))
	}
	if g.chance(12) {
		v := g.name("kw")
		s.define(v, kDict)
		text = append(text, "**"+v)
	}
	return strings.Join(text, ", "), f
}

// function writes a def with a body, and gives what calls it.
func (g *generator) function(name string, s *scope, first ...string) callable {
	g.push(s)
	for _, v := range first {
		s.define(v, kAny)
	}
	params, f := g.params(s, first...)
	f.name, f.result = name, pick(g, kInt, kStr, kList, kAny)
	word := "def"
	if s.async {
		word = "async def"
	}
	g.line("%s %s(%s):", word, name, params)
	g.block(func() {
		if g.chance(15) && !s.outerFunction() {
			if v := g.global(); v != "" {
				g.line("global %s", v)
				s.define(v, kInt)
			}
		}
		for range 1 + g.n(4) {
			g.statement()
		}
		if s.generator {
			g.line("yield %s", g.expr(kAny, 2))
		}
		if g.chance(80) {
			g.line("return %s", g.expr(f.result, exprDepth))
		}
	})
	g.pop()
	return f
}

func (s *scope) outerFunction() bool {
	for o := s.outer; o != nil; o = o.outer {
		if o.function || o.class {
			return true
		}
	}
	return false
}

// global gives a variable of the module.
func (g *generator) global() string {
	s := g.scope
	for s.outer != nil {
		s = s.outer
	}
	var found []string
	for _, v := range s.names {
		if strings.HasPrefix(v, "v") {
			found = append(found, v)
		}
	}
	if len(found) == 0 {
		return ""
	}
	return pick(g, found...)
}

func (g *generator) defFunction() {
	if g.chance(12) && !g.scope.function {
		g.line("def deco%d(fn):", g.serial)
		g.line("    print('decorate', %d)", g.serial)
		g.line("    return fn")
		g.line("@deco%d", g.serial)
	}
	f := g.function(g.name("f"), &scope{function: true})
	if !g.scope.function {
		g.funcs = append(g.funcs, f)
		return
	}
	g.raw("show(" + g.call(f, 2) + ")")
}

func (g *generator) defGenerator() {
	f := g.function(g.name("gen"), &scope{function: true, generator: true})
	f.iterable = true
	if !g.scope.function {
		g.gens = append(g.gens, f)
		return
	}
	g.raw("show(list(" + g.call(f, 2) + "))")
}

// defClosure writes a function that makes functions which share a variable.
func (g *generator) defClosure() {
	name, cell, inc, get := g.name("make"), g.name("x"), g.name("inc"), g.name("get")
	g.line("def %s(%s=%s):", name, cell, g.literal(kInt))
	g.push(&scope{function: true})
	g.scope.define(cell, kInt)
	g.block(func() {
		g.line("def %s(n=1):", inc)
		g.push(&scope{function: true})
		g.scope.define("n", kInt)
		g.block(func() {
			g.line("nonlocal %s", cell)
			g.scope.define(cell, kInt)
			g.line("%s = %s + n", cell, cell)
			if g.chance(60) {
				g.statement()
			}
			g.line("return %s", cell)
		})
		g.pop()
		if g.chance(50) {
			g.statement()
		}
		if g.chance(10) {
			g.line("del %s", cell)
		}
		g.line("%s = lambda: (%s, %s())", get, cell, inc)
		g.line("return %s, %s", inc, get)
	})
	g.pop()
	g.line("%s, %s = %s()", inc, get, name)
	g.line("show(%s(), %s(5), %s())", inc, inc, get)
	if !g.scope.function {
		g.funcs = append(g.funcs, callable{name: inc, args: []kind{kInt}, optional: 1, result: kInt}, callable{name: get, result: kTuple})
	}
}

// defCoroutine writes a coroutine and what it awaits.
func (g *generator) defCoroutine() {
	if g.scope.function || g.scope.class {
		g.defFunction()
		return
	}
	wait, items, manager := g.name("Wait"), g.name("Items"), g.name("Held")
	g.line("class %s:", wait)
	g.line("    def __init__(self, n): self.n = n")
	g.line("    def __await__(self):")
	g.line("        for i in range(self.n):")
	g.line("            print('wait', i)")
	g.line("            yield i")
	g.line("        return %s", g.literal(kAny))
	g.line("    __iter__ = __await__")
	g.line("class %s:", items)
	g.line("    def __init__(self, n): self.n = n")
	g.line("    def __aiter__(self): return self")
	g.line("    async def __anext__(self):")
	g.line("        if self.n == 0: raise StopAsyncIteration")
	g.line("        self.n -= 1")
	g.line("        await %s(self.n)", wait)
	g.line("        return self.n")
	g.line("class %s:", manager)
	g.line("    async def __aenter__(self):")
	g.line("        print('aenter')")
	g.line("        return 1")
	g.line("    async def __aexit__(self, *exc):")
	g.line("        print('aexit', exc[0])")
	g.line("        return %s", g.literal(kBool))
	s := &scope{function: true, async: true}
	name := g.name("co")
	g.push(s)
	params, f := g.params(s)
	f.name = name
	g.line("async def %s(%s):", name, params)
	g.block(func() {
		for range 1 + g.n(3) {
			switch g.n(5) {
			case 0:
				v := g.name("i")
				s.define(v, kInt)
				g.line("async for %s in %s(%s):", v, items, g.small(0))
				g.loop(func() {})
			case 1:
				g.line("async with %s() as %s:", manager, g.target(kInt))
				g.body(2)
			case 2:
				if c := g.anyOf(g.coros); c != nil {
					g.line("show(await %s)", g.call(*c, 2))
				}
			default:
				g.line("show(await %s(%s))", wait, g.small(0))
			}
			g.statement()
		}
		g.line("return %s", g.expr(kAny, 2))
	})
	g.pop()
	g.coros = append(g.coros, f)
}

// specials are special methods with bodies that fit any class here.
var specials = []struct{ name, params, body string }{
	{"__add__", "self, other", "return ('add', %s, other)"},
	{"__radd__", "self, other", "return ('radd', %s, other)"},
	{"__iadd__", "self, other", "self.x0 = other; return self"},
	{"__sub__", "self, other", "return %s"},
	{"__mul__", "self, other", "return other if other else %s"},
	{"__rmul__", "self, other", "return %s"},
	{"__eq__", "self, other", "return %s == other"},
	{"__lt__", "self, other", "return True if %s else False"},
	{"__gt__", "self, other", "return NotImplemented"},
	{"__len__", "self", "return %s"},
	{"__bool__", "self", "return %s"},
	{"__contains__", "self, item", "return item == %s"},
	{"__getitem__", "self, i", "return (i, %s)"},
	{"__setitem__", "self, i, v", "print('setitem', i, v)"},
	{"__delitem__", "self, i", "print('delitem', i)"},
	{"__iter__", "self", "return iter((1, %s))"},
	{"__call__", "self, *args", "return (args, %s)"},
	{"__str__", "self", "return 'str:' + str(%s)"},
	{"__repr__", "self", "return 'repr:' + repr(%s)"},
	{"__hash__", "self", "return %s"},
	{"__neg__", "self", "return %s"},
	{"__invert__", "self", "return %s"},
	{"__abs__", "self", "return %s"},
	{"__getattr__", "self, name", "return name + '?'"},
	{"__int__", "self", "return %s"},
}

func (g *generator) defClass() {
	c := class{name: g.name("C"), special: map[string]bool{}}
	bases := ""
	if len(g.classes) > 0 && g.chance(35) {
		base := g.classes[g.n(len(g.classes))]
		bases = "(" + base.name + ")"
		c.methods = append(c.methods, base.methods...)
		c.attrs = append(c.attrs, base.attrs...)
		c.manager = base.manager
	} else if g.chance(15) {
		bases = pick(g, "(object)", "(Exception)", "(dict)", "(list)", "(int)", "(str)", "(tuple)", "(bytes)", "(ValueError)")
	}
	g.line("class %s%s:", c.name, bases)
	g.push(&scope{class: true})
	g.block(func() {
		for range g.n(3) {
			v := g.name("k")
			g.line("%s = %s", v, g.expr(pick(g, kInt, kStr, kList), 2))
			g.scope.define(v, kInt)
			c.attrs = append(c.attrs, v)
		}
		if bases == "" || g.chance(40) {
			g.line("def __init__(self, x0=%s):", g.literal(kInt))
			g.block(func() {
				if bases != "" && g.chance(60) {
					g.line("super().__init__()")
				}
				g.line("self.x0 = x0")
				g.push(&scope{function: true})
				g.line("self.x1 = %s", g.expr(kAny, 2))
				g.pop()
			})
			c.attrs = append(c.attrs, "x0", "x1")
		}
		for range g.n(6) {
			sp := specials[g.n(len(specials))]
			body := sp.body
			if strings.Contains(body, "%s") {
				body = fmt.Sprintf(body, pick(g, "self.x0", "self.x0", g.literal(kInt), g.literal(kAny)))
			}
			if c.special[sp.name] {
				continue
			}
			c.special[sp.name] = true
			g.line("def %s(%s):", sp.name, sp.params)
			g.raw("    " + body)
		}
		if g.chance(30) {
			c.manager = true
			g.line("def __enter__(self):")
			g.line("    print('enter')")
			g.line("    return self")
			g.line("def __exit__(self, t, v, tb):")
			g.line("    print('exit', t, v)")
			g.line("    return %s", pick(g, "True", "False", "None", "v"))
		}
		for range g.n(3) {
			g.defMethod(&c)
		}
	})
	g.pop()
	g.classes = append(g.classes, c)
	g.newObject()
}

func (g *generator) defMethod(c *class) {
	name := g.name("m")
	switch g.n(6) {
	case 0:
		g.line("@property")
		g.line("def %s(self):", name)
		g.line("    return %s", pick(g, "self.x0", g.literal(kAny)))
		if g.chance(50) {
			g.line("@%s.setter", name)
			g.line("def %s(self, v):", name)
			g.line("    print('set', v)")
		}
		c.attrs = append(c.attrs, name)
		return
	case 1:
		g.line("@staticmethod")
		f := g.function(name, &scope{function: true})
		c.methods = append(c.methods, f)
		return
	case 2:
		g.line("@classmethod")
		f := g.function(name, &scope{function: true}, "cls")
		c.methods = append(c.methods, f)
		return
	case 3:
		if len(c.methods) > 0 {
			m := c.methods[g.n(len(c.methods))]
			g.line("def %s(self, *args):", m.name)
			g.line("    return ('over', super().%s(*args))", m.name)
			return
		}
	}
	f := g.function(name, &scope{function: true, generator: g.chance(20)}, "self")
	f.iterable = g.scope.generator
	c.methods = append(c.methods, f)
}

// newObject makes an instance of a class and keeps it in a variable.
func (g *generator) newObject() {
	if len(g.classes) == 0 || g.scope.function || g.scope.class {
		g.assign()
		return
	}
	c := g.classes[g.n(len(g.classes))]
	v := g.name("obj")
	g.line("%s = %s(%s)", v, c.name, pick(g, "", "", g.expr(kInt, 2)))
	g.objects[v] = c
	g.raw("show(" + g.objectExpr(2) + ")")
}

// objectExpr is an expression with an instance of a class.
func (g *generator) objectExpr(d int) string {
	var all []string
	for _, v := range sortedKeys(g.objects) {
		all = append(all, v)
	}
	if len(all) == 0 {
		return g.literal(kAny)
	}
	v := pick(g, all...)
	c := g.objects[v]
	e := func() string { return g.expr(pick(g, kInt, kStr, kAny), d-1) }
	switch g.n(16) {
	case 0:
		return fmt.Sprintf("(%s %s %s)", v, pick(g, "+", "-", "*", "==", "!=", "<", ">", "<="), e())
	case 1:
		return fmt.Sprintf("(%s %s %s)", e(), pick(g, "+", "-", "*", "==", "<", "in"), v)
	case 2:
		return fmt.Sprintf("%s(%s)", pick(g, "str", "repr", "bool", "len", "list", "int", "abs", "callable", "-", "~", "not "), v)
	case 3:
		return fmt.Sprintf("%s[%s]", v, e())
	case 4:
		return fmt.Sprintf("%s(%s)", v, e())
	case 5:
		return fmt.Sprintf("(%s in %s)", e(), v)
	case 6:
		return fmt.Sprintf("isinstance(%s, (%s, int))", v, g.classes[g.n(len(g.classes))].name)
	case 7:
		return fmt.Sprintf("issubclass(%s, %s)", c.name, g.classes[g.n(len(g.classes))].name)
	case 8:
		return fmt.Sprintf("hasattr(%s, %q)", v, pick(g, "x0", "nope", "__init__", "__len__"))
	case 9:
		return fmt.Sprintf("getattr(%s, %q, %s)", v, pick(g, "x0", "x1", "nope"), e())
	case 10:
		return fmt.Sprintf("setattr(%s, 'x0', %s)", v, e())
	case 11, 12:
		if len(c.attrs) > 0 {
			return pick(g, v, v, c.name) + "." + pick(g, c.attrs...)
		}
	}
	if len(c.methods) > 0 {
		m := c.methods[g.n(len(c.methods))]
		m.name = pick(g, v, v, v, c.name) + "." + m.name
		return g.call(m, d-1)
	}
	return v + ".x0"
}

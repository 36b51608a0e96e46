package fuzz

import (
	"fmt"
	"strings"
)

const exprDepth = 3

// statement writes one statement.
func (g *generator) statement() {
	g.nesting++
	defer func() { g.nesting-- }()
	if g.nesting > 4 {
		g.simple()
		return
	}
	switch g.n(26) {
	case 0, 1:
		g.ifStatement()
	case 2, 3:
		g.forStatement()
	case 4:
		g.whileStatement()
	case 5, 6:
		g.tryStatement()
	case 7:
		g.withStatement()
	case 8:
		if g.nesting <= 2 && !g.scope.class {
			g.define()
			return
		}
		g.simple()
	default:
		g.simple()
	}
}

// simple writes a statement of one line.
func (g *generator) simple() {
	switch g.n(25) {
	case 0, 1, 2, 3, 4, 5:
		g.assign()
	case 6, 7, 8:
		g.line("show(%s, %s)", g.expr(kAny, exprDepth), g.expr(kAny, exprDepth-1))
	case 9, 10:
		g.line("print(%s)", g.expr(kAny, exprDepth))
	case 11, 12:
		g.augmented()
	case 13:
		g.unpacking()
	case 14, 15:
		g.mutate()
	case 16:
		if v := g.local(kAny); v != "" && g.chance(40) {
			g.line("del %s", v)
			return
		}
		g.line("pass")
	case 17:
		g.jump()
	case 18:
		g.line("assert %s or %s, %s", g.expr(kBool, 2), g.expr(kBool, 2), g.expr(kAny, 1))
	case 19:
		if g.nesting > 1 && g.chance(40) {
			g.line("raise %s", g.exception())
			return
		}
		g.line("show(%s)", g.expr(kBool, exprDepth))
	case 20:
		if f := g.anyOf(g.gens); f != nil {
			g.driveGenerator(*f)
			return
		}
		g.assign()
	case 21:
		if f := g.anyOf(g.coros); f != nil {
			g.driveCoroutine(*f)
			return
		}
		g.assign()
	case 22:
		g.newObject()
	case 23:
		if g.scope.generator {
			g.yield()
			return
		}
		g.assign()
	default:
		g.line("show(%s)", g.expr(kAny, exprDepth+1))
	}
}

// local gives the name of a variable of this very scope.
func (g *generator) local(k kind) string {
	var found []string
	for _, v := range g.scope.names {
		if g.scope.vars[v] == k || k == kAny {
			found = append(found, v)
		}
	}
	if len(found) == 0 {
		return ""
	}
	return pick(g, found...)
}

// target is a variable to assign to, new or known, and its kind.
func (g *generator) target(k kind) string {
	if v := g.local(k); v != "" && g.chance(40) {
		return v
	}
	v := g.name("v")
	g.scope.define(v, k)
	return v
}

func (g *generator) assign() {
	k := g.concrete()
	e := g.expr(k, exprDepth)
	switch g.n(12) {
	case 0:
		g.line("%s = %s = %s", g.target(k), g.target(k), e)
	case 1:
		g.line("%s: int = %s", g.target(k), e)
	default:
		g.line("%s = %s", g.target(k), e)
	}
}

func (g *generator) augmented() {
	k := pick(g, kInt, kInt, kInt, kStr, kList, kFloat, kSet, kBytes, kTuple, kByteArray)
	v := g.local(k)
	if v == "" {
		g.assign()
		return
	}
	switch k {
	case kInt:
		if g.chance(20) {
			g.line("%s %s %s", v, pick(g, "<<=", ">>=", "**="), g.small(1))
			return
		}
		g.line("%s %s %s", v, pick(g, "+=", "-=", "*=", "//=", "%=", "&=", "|=", "^="), g.expr(kInt, 2))
	case kFloat:
		g.line("%s %s %s", v, pick(g, "+=", "-=", "*=", "/="), g.expr(pick(g, kFloat, kInt), 2))
	case kSet:
		g.line("%s %s %s", v, pick(g, "|=", "&=", "-=", "^="), g.expr(kSet, 2))
	default:
		if g.chance(25) {
			g.line("%s *= %s", v, g.small(1))
			return
		}
		g.line("%s += %s", v, g.expr(k, 2))
	}
}

func (g *generator) unpacking() {
	a, b := g.target(kInt), g.target(kInt)
	switch g.n(6) {
	case 0:
		g.line("%s, %s = %s, %s", a, b, g.expr(kInt, 2), g.expr(kInt, 2))
	case 1:
		c := g.target(kList)
		g.line("%s, *%s, %s = %s", a, c, b, g.expr(pick(g, kList, kTuple, kStr), 2))
	case 2:
		c := g.target(kList)
		g.line("%s, *%s = %s", a, c, g.iterable(2))
	case 3:
		g.line("(%s, [%s]) = %s", a, b, pick(g, "(1, [2])", "1, (2,)", "[3, 'x']", g.expr(kTuple, 2)))
	case 4:
		g.line("%s, %s = %s, %s", a, b, b, a)
	default:
		g.line("%s, %s = %s", a, b, pick(g, "'ab'", "[1, 'x']", "range(2)", "{1: 2, 3: 4}", "(c for c in 'xy')", "b'12'", "map(str, (1, 2))", g.iterable(2)))
	}
}

// mutate changes a container in place.
func (g *generator) mutate() {
	k := pick(g, kList, kList, kDict, kSet, kByteArray)
	v := g.variable(k)
	if v == "" {
		g.line("%s = %s", g.target(k), g.expr(k, 2))
		return
	}
	e := func() string { return g.expr(kInt, 2) }
	any := func() string { return g.expr(kAny, 1) }
	switch k {
	case kList:
		g.raw(pick(g, v+".append("+any()+")", v+".extend("+g.expr(kList, 2)+")", v+".insert("+e()+", "+any()+")", v+".pop()", "show("+v+".pop("+e()+"))",
			v+".reverse()", v+".sort()", v+".sort(key=str, reverse=True)", v+".remove("+e()+")", v+g.slice(1)+" = "+g.expr(pick(g, kList, kTuple), 2),
			v+fmt.Sprintf("[%d] = ", g.n(5)-2)+any(), "del "+v+g.slice(1), "del "+v+fmt.Sprintf("[%d]", g.n(5)-2), v+".clear()", "show("+v+".copy())",
			v+fmt.Sprintf("[%d] += ", g.n(3))+e()))
	case kDict:
		key := g.expr(pick(g, kStr, kInt, kTuple), 1)
		g.raw(pick(g, v+"["+key+"] = "+any(), "del "+v+"["+key+"]", "show("+v+".pop("+key+", None))", "show("+v+".setdefault("+key+", "+any()+"))",
			v+".update("+g.expr(kDict, 2)+")", "show("+v+".get("+key+", "+any()+"))", "show("+v+".popitem())", v+".clear()", "show("+v+".pop("+key+"))",
			v+".update(a="+any()+")", v+"["+key+"] += 1", "show(sorted("+v+".items(), key=repr))"))
	case kSet:
		g.raw(pick(g, v+".add("+e()+")", v+".discard("+e()+")", v+".remove("+e()+")", "show("+v+".pop())", v+".update("+g.expr(kList, 2)+")",
			v+".clear()", "show("+v+".issubset("+g.expr(kSet, 1)+"))", v+".difference_update("+g.expr(kSet, 1)+")"))
	case kByteArray:
		g.raw(pick(g, v+".append("+e()+")", v+".extend("+g.expr(kBytes, 2)+")", v+fmt.Sprintf("[%d] = ", g.n(4)-1)+e(), v+g.slice(1)+" = "+g.expr(kBytes, 1),
			"memoryview("+v+")[0] = 65", "show(bytes(memoryview("+v+")"+g.slice(1)+"))"))
	}
}

// jump leaves a loop or a function, where there is one.
func (g *generator) jump() {
	var can []string
	if g.scope.loops > 0 {
		can = append(can, "break", "continue")
	}
	if g.scope.function {
		can = append(can, "return "+g.expr(kAny, 2), "return")
	}
	if len(can) == 0 {
		g.line("pass")
		return
	}
	g.line("if %s: %s", g.expr(kBool, 2), pick(g, can...))
}

func (g *generator) exception() string {
	name := pick(g, "ValueError", "KeyError", "TypeError", "IndexError", "ZeroDivisionError", "RuntimeError", "OSError", "AttributeError", "StopIteration", "Exception")
	switch g.n(5) {
	case 0:
		return name
	case 1:
		return fmt.Sprintf("%s(%s, %s)", name, g.expr(kAny, 1), g.expr(kAny, 1))
	case 2:
		return fmt.Sprintf("%s(%s) from None", name, g.literal(kStr))
	}
	return fmt.Sprintf("%s(%s)", name, g.expr(pick(g, kStr, kInt), 1))
}

func (g *generator) body(most int) {
	g.block(func() {
		for range 1 + g.n(most) {
			g.statement()
		}
	})
}

func (g *generator) ifStatement() {
	g.line("if %s:", g.expr(pick(g, kBool, kBool, kInt, kStr, kList), 2))
	g.body(3)
	if g.chance(30) {
		g.line("elif %s:", g.expr(kBool, 2))
		g.body(2)
	}
	if g.chance(40) {
		g.line("else:")
		g.body(2)
	}
}

func (g *generator) forStatement() {
	source := pick(g, fmt.Sprintf("range(%s)", pick(g, "3", "1, 3", "4, 0, -2", "0", g.small(1))), g.iterable(2), g.iterable(2))
	if f := g.anyOf(g.gens); f != nil && g.chance(30) {
		source = g.call(*f, 2)
	}
	// What is iterated over must not grow in the loop: three turns are enough.
	v, count := g.name("i"), g.name("n")
	g.scope.define(v, kInt)
	g.line("%s = 0", count)
	g.line("for %s in %s:", v, source)
	g.loop(func() {
		g.line("%s += 1", count)
		g.line("if %s > 3: break", count)
	})
}

func (g *generator) whileStatement() {
	count := g.name("n")
	g.line("%s = 0", count)
	g.line("while %s < %d%s:", count, g.n(4), pick(g, "", "", " and "+g.expr(kBool, 2)))
	g.loop(func() { g.line("%s += 1", count) })
}

// loop writes the body of a loop, and else now and then.
func (g *generator) loop(first func()) {
	g.scope.loops++
	g.block(func() {
		first()
		for range 1 + g.n(3) {
			g.statement()
		}
	})
	g.scope.loops--
	if g.chance(25) {
		g.line("else:")
		g.body(2)
	}
}

func (g *generator) tryStatement() {
	g.line("try:")
	g.body(3)
	excepts := g.n(3)
	for range excepts {
		name := pick(g, "ValueError", "TypeError", "(IndexError, KeyError)", "ZeroDivisionError", "LookupError", "ArithmeticError", "AttributeError", "NameError", "StopIteration")
		v := g.name("e")
		g.line("except %s%s:", name, pick(g, "", " as "+v))
		g.block(func() {
			g.line("print('caught', %d)", g.serial)
			g.statement()
			if g.chance(25) {
				g.line("raise")
			}
		})
	}
	if excepts > 0 && g.chance(30) {
		g.line("else:")
		g.body(2)
	}
	if excepts == 0 || g.chance(40) {
		g.line("finally:")
		loops := g.scope.loops
		if g.chance(70) {
			g.scope.loops = 0 // most leave no loop from there
		}
		g.body(2)
		g.scope.loops = loops
	}
}

func (g *generator) withStatement() {
	var managers []string
	for _, c := range g.classes {
		if c.manager {
			managers = append(managers, c.name+"()")
		}
	}
	if len(managers) == 0 {
		g.simple()
		return
	}
	items := []string{pick(g, managers...)}
	if g.chance(50) {
		v := g.name("m")
		items[0] += " as " + v
	}
	if g.chance(25) {
		items = append(items, pick(g, managers...))
	}
	g.line("with %s:", strings.Join(items, ", "))
	g.body(3)
}

func (g *generator) yield() {
	v := g.target(kAny)
	switch g.n(5) {
	case 0:
		g.line("%s = yield %s", v, g.expr(kAny, 2))
	case 1:
		g.line("%s = yield from %s", v, g.iterable(2))
	case 2:
		if f := g.anyOf(g.gens); f != nil {
			g.line("%s = yield from %s", v, g.call(*f, 2))
			return
		}
		g.line("yield")
	default:
		g.line("yield %s", g.expr(kAny, 2))
	}
}

// driveGenerator takes a generator by hand through some steps.
func (g *generator) driveGenerator(f callable) {
	v := g.name("g")
	g.line("%s = %s", v, g.call(f, 2))
	for range 1 + g.n(4) {
		g.line("try:")
		g.block(func() {
			g.raw("show(" + pick(g, "next("+v+")", "next("+v+")", v+".send("+g.expr(kAny, 1)+")", v+".send(None)", "next("+v+", 'end')", "list("+v+")",
				v+".throw(ValueError)", v+".throw(KeyError('t'))", v+".close()", v+".throw(GeneratorExit)") + ")")
		})
		g.line("except StopIteration as e:")
		g.line("    show('stop', e.value)")
		g.catchAll()
	}
}

// driveCoroutine runs a coroutine to its end, a few steps at most.
func (g *generator) driveCoroutine(f callable) {
	v, count := g.name("k"), g.name("n")
	g.line("%s = %s", v, g.call(f, 2))
	g.line("for %s in range(5):", count)
	g.block(func() {
		g.line("try:")
		g.line("    show(%s.send(None))", v)
		g.line("except StopIteration as e:")
		g.line("    show('stop', e.value)")
		g.line("    break")
	})
}

package fuzz

import (
	"fmt"
	"strings"
)

// Every statement of the functions is counted, so that each program ends: the
// counter raises what only a bare except could catch.
const flowHead = `class Stop(BaseException): pass
class E(Exception): pass
N = C = 0
def tick(k):
    global N
    N += 1
    if N > 60: raise Stop(N)
    print(k, end=' ')
def more(n):
    global C
    C += 1
    return C % (n + 1) != 0
def t(n):
    print('t%d' % n, end=' ')
    return n
def show(*v):
    print('<', *[repr(x) if not callable(x) else 'callable' for x in v], end='> ')
def q(*a, **k):
    print('q', a, k, end=' ')
    return a[0] if a else None
def sub(n):
    try:
        for i in range(n if isinstance(n, int) else 2):
            x = yield i
            if x: print('sent', x, end=' ')
    finally:
        print('subend', end=' ')
    return 's'
class M:
    def __init__(self, x): self.x = x
    def __enter__(self):
        print('enter', end=' ')
        return self.x
    def __exit__(self, t, v, tb):
        print('exit', t, end=' ')
        return self.x if N <= 60 else None
def run(f, p):
    global N, C
    N = C = 0
    try: print('=', repr(f(p)))
    except BaseException as e: print('!', type(e), e.args)
def drive(f, p):
    global N, C
    N = C = i = 0
    try:
        g = f(p)
        while True:
            i += 1
            if i % 7 == 3: print(g.send(i))
            elif i % 7 == 5: print(g.throw(E, i) if p else g.throw(ValueError(2)))
            elif i == 11: print(g.close())
            else: print(repr(next(g)), end=' ')
    except BaseException as e: print('!', type(e), e.args)
`

// flow is where a statement of the theme stands.
type flow struct {
	generator, loop, handler bool
	depth, number            int
}

// flows makes functions of nested loops, try statements, with statements and
// conditions that leave each other in all ways, over few variables that are bound
// now and then.
func (g *generator) flows() {
	g.lines(flowHead)
	for i := range 6 {
		w := &flow{generator: g.chance(35)}
		g.line("def f%d(p):", i)
		g.block(func() {
			for _, v := range []string{"a", "b", "c", "d"}[:2+g.n(3)] {
				g.line("%s = %s", v, pick(g, "1", "p", "'s'", "[]", "None"))
			}
			if w.generator {
				g.line("yield 0")
			}
			g.flowBlock(w, 4, false, false)
			g.line("a = b = c = d = 9")
			g.line("return %s", g.abcd())
		})
		for _, p := range []string{"0", "1", "'x'", "[1]"} {
			g.line("%s(f%d, %s)", map[bool]string{true: "drive", false: "run"}[w.generator], i, p)
		}
	}
}

// abcd is one of the variables of a function.
func (g *generator) abcd() string { return pick(g, "a", "b", "c", "d") }

// flowPart writes a header and what stands under it.
func (g *generator) flowPart(w *flow, header string, loop, handler bool) {
	g.raw(header)
	g.block(func() { g.flowBlock(w, 2, loop, handler) })
}

func (g *generator) flowBlock(w *flow, most int, loop, handler bool) {
	outer := *w
	w.loop, w.handler, w.depth = loop, handler, w.depth+1
	for range 1 + g.n(most) {
		g.line("tick(%d)", w.number)
		w.number++
		if w.depth > 5 || g.chance(50) {
			g.raw(g.flowSimple(w))
		} else {
			g.flowCompound(w)
		}
	}
	w.loop, w.handler, w.depth = outer.loop, outer.handler, outer.depth
}

// flowSimple is a statement on a line of its own.
func (g *generator) flowSimple(w *flow) string {
	x, y := g.flowExpr(w, 2), g.flowExpr(w, 1)
	all := []string{
		g.abcd() + " = " + x, "show(" + x + ")", g.abcd() + " += " + y, g.abcd() + ", " + g.abcd() + " = " + y + ", " + x,
		g.abcd() + ", *" + g.abcd() + " = " + pick(g, "[1, 2, 3]", "(1,)", "'xy'", y), "assert " + x + ", " + y, x, "raise E(" + y + ") from None",
	}
	leave := []string{"return " + x, "return", "raise " + pick(g, "ValueError(1)", "KeyError", "E(2)", g.abcd()), "del " + g.abcd()}
	if w.generator {
		all = append(all, "yield "+x, g.abcd()+" = yield from sub("+y+")", "yield "+x)
	}
	if w.loop {
		leave = append(leave, "break", "continue", "break", "continue")
	}
	if w.handler {
		leave = append(leave, "raise", "raise")
	}
	switch g.n(5) {
	case 0:
		return pick(g, leave...)
	case 1:
		return "if " + y + ": " + pick(g, leave...)
	}
	return pick(g, all...)
}

// flowCompound is a statement with others in it.
func (g *generator) flowCompound(w *flow) {
	loop, handler := w.loop, w.handler
	part := func(header string, loop bool) { g.flowPart(w, header, loop, handler) }
	orElse := func(percent int) {
		if g.chance(percent) {
			part("else:", loop)
		}
	}
	switch g.n(8) {
	case 0:
		part("if "+g.flowExpr(w, 2)+":", loop)
		if g.chance(30) {
			part("elif "+g.flowExpr(w, 2)+":", loop)
		}
		orElse(50)
	case 1:
		part("while "+pick(g, "True", fmt.Sprintf("more(%d)", 1+g.n(4)), g.flowExpr(w, 2))+":", true)
		orElse(50)
	case 2:
		part("for "+pick(g, g.abcd(), g.abcd()+", "+g.abcd())+" in "+pick(g, "[1, 2]", "sub(2)", "range(2)", "range("+g.flowExpr(w, 1)+")",
			g.flowExpr(w, 1), "[(1, 2), (3, 4)]")+":", true)
		orElse(50)
	case 3, 4:
		part("try:", loop)
		handlers := g.n(3)
		for range handlers {
			g.flowPart(w, "except "+pick(g, "ValueError", "KeyError as "+g.abcd(), "E as "+g.abcd(), "(NameError, TypeError)", "Exception as "+g.abcd(), "IndexError")+":",
				loop, true)
		}
		if handlers > 0 {
			orElse(40)
		}
		if handlers == 0 || g.chance(40) {
			part("finally:", false)
		}
	case 5:
		part("with M("+g.flowExpr(w, 1)+") as "+g.abcd()+":", loop)
	case 6:
		inner := &flow{depth: w.depth, number: 100 * w.depth}
		g.line("def g(%s):", pick(g, "", "x="+g.flowExpr(w, 1)))
		g.block(func() {
			if g.chance(60) {
				g.line("nonlocal %s", g.abcd())
			}
			g.flowBlock(inner, 2, false, false)
		})
		g.line("show(g())")
	default:
		g.raw(g.abcd() + " = [" + g.abcd() + " for " + g.abcd() + " in " + pick(g, "range(3)", "[1, 2]", g.abcd()) + " if " + g.flowInner(1) + "]")
	}
}

// flowExpr is an expression, of a generator with yields.
func (g *generator) flowExpr(w *flow, d int) string {
	if d > 0 && g.chance(10) {
		return "(" + g.abcd() + " := " + g.flowExpr(w, d-1) + ")"
	}
	if d > 0 && w.generator && g.chance(10) {
		return "(yield " + g.flowExpr(w, d-1) + ")"
	}
	return g.flowInner(d)
}

// flowInner is an expression that may stand in a scope of its own.
func (g *generator) flowInner(d int) string {
	if d <= 0 {
		return pick(g, g.abcd(), g.abcd(), "p", fmt.Sprintf("t(%d)", g.n(6)), fmt.Sprint(g.n(9)-3), "None", "'x'", "[1, 2]", "(3,)", "1.5", "True")
	}
	e := func() string { return g.flowInner(d - 1) }
	text := pick(g, "?", "?", "(? + ?)", "(? == ?)", "(? and ?)", "(? or ?)", "(not ?)", "(? if ? else ?)", "(? == ? != ?)", "(lambda: ?)()",
		"(lambda x=?: (x, ?))()", "q(?)", "(? == ?)", "q(*[?], k=?)", "{1: ?}", "[i for i in (?, ?)]", "sum([i for i in range(3) if i != ?])", "list(? for i in (1, 2))")
	for strings.Contains(text, "?") {
		text = strings.Replace(text, "?", e(), 1)
	}
	return text
}

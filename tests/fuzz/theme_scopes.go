package fuzz

import (
	"fmt"
	"strings"
)

const scopesHead = `class M:
    def __enter__(self): return 'm'
    def __exit__(self, *a): pass
def plain(x):
    if isinstance(x, (tuple, list)): return type(x)([plain(y) for y in x])
    if isinstance(x, dict): return {k: plain(v) for k, v in x.items()}
    if x is None or isinstance(x, (int, str, float)): return x
    return type(x).__name__
depth = 0
def show(*v): print(*[repr(plain(x)) for x in v], end='; ')
def call(f, *a):
    global depth
    depth += 1
    if depth > 20: raise SystemExit
    return f(*a)
def attrs(c): return [(n, getattr(c, n)) for n in 'abcd' if hasattr(c, n)]
def run(src):
    global depth
    for given in ({}, {'a': 1, 'b': 'B', 'c': (), 'd': None}):
        depth = 0
        env = dict(given)
        env['M'], env['show'], env['call'], env['attrs'] = M, show, call, attrs
        try:
            exec(src, env)
            print('ok', [(n, plain(env[n])) for n in 'abcd' if n in env])
        except BaseException as e: print('!', type(e), e.args)
`

// scopes makes modules in which few names are global, nonlocal, local, parameters,
// attributes of classes and variables of comprehensions, bound or not.
func (g *generator) scopes() {
	g.lines(scopesHead)
	for range 12 {
		module := &generator{r: g.r}
		module.scopeBody(6, "module")
		g.line("run(%q)", module.out.String())
	}
}

// scopeBody writes what stands in a module, a class or a function.
func (g *generator) scopeBody(most int, kind string) {
	for range g.n(3) {
		if g.chance(35) {
			g.line("%s %s", pick(g, "global", "nonlocal"), pick(g, g.abcd(), g.abcd()+", "+g.abcd()))
		}
	}
	for range 1 + g.n(most) {
		g.scopeStatement(kind)
	}
}

func (g *generator) scopeStatement(kind string) {
	choice := g.n(17)
	if g.depth > 4 && choice < 4 {
		choice = 8
	}
	switch choice {
	case 0, 1:
		name := pick(g, "f", "g", g.abcd())
		g.line("def %s(%s):", name, pick(g, "", "x", "x="+g.scopeExpr(1, false), g.abcd(), g.abcd()+"="+g.scopeExpr(1, false), "*"+g.abcd(), "*, "+g.abcd()+"=1", "**"+g.abcd()))
		g.block(func() { g.scopeBody(4, "function") })
		g.line("show(call(%s%s))", name, pick(g, "", ", 5"))
	case 2:
		name := pick(g, "C", g.abcd())
		g.line("class %s:", name)
		g.block(func() { g.scopeBody(3, "class") })
		g.line("show(attrs(%s))", name)
	case 3:
		header := pick(g, "if "+g.scopeExpr(1, false)+":", "for "+g.abcd()+" in [1, 2]:", "for "+g.abcd()+" in range(2):", "try:", "with M() as "+g.abcd()+":")
		g.raw(header)
		g.block(func() { g.scopeStatement(kind) })
		if header == "try:" {
			g.line("%s:", pick(g, "except NameError as "+g.abcd(), "except Exception", "finally"))
			g.block(func() { g.scopeStatement(kind) })
		}
	case 4:
		g.line("del %s", g.abcd())
	case 5:
		if kind == "function" {
			g.line("return %s", g.scopeExpr(2, false))
		}
	case 6:
		g.line(`exec("%s = %d")`, g.abcd(), 10+g.n(10))
	case 7:
		g.line(`show(sorted([n for n in %s() if n in "abcd"]))`, pick(g, "locals", "globals", "dir"))
	case 8:
		g.line("show(%s)", g.scopeExpr(2, false))
	case 9:
		g.line("with M() as %s: pass", g.abcd())
	case 10:
		g.line("%s += %s", g.abcd(), g.scopeExpr(1, false))
	case 11:
		g.line(`show(eval("%s"))`, g.abcd())
	case 12:
		g.line("%s: int%s", g.abcd(), pick(g, "", " = 4"))
	case 13:
		g.line("%s %s", pick(g, "global", "nonlocal"), g.abcd())
	case 14:
		g.line("%s, *%s = %s, 1, 2", g.abcd(), g.abcd(), g.scopeExpr(1, false))
	default:
		g.line("%s = %s", g.abcd(), g.scopeExpr(2, false))
	}
}

// scopeExpr is an expression of names; one in a comprehension binds none.
func (g *generator) scopeExpr(d int, comprehension bool) string {
	if d <= 0 {
		return pick(g, g.abcd(), g.abcd(), g.abcd(), fmt.Sprint(g.n(10)), "'s'")
	}
	if !comprehension && g.chance(8) {
		return "(" + g.abcd() + " := " + g.scopeExpr(d-1, false) + ")"
	}
	// ~ is a name, ? an expression, ! one in a comprehension.
	text := pick(g, "~", "~", "~", "(?, ?)", "[! for ~ in (?, 2)]", "[(!, ~) for ~ in (1,) for ~ in (!, 2) if !]", "list(! for ~ in [1, ?])", "{~: ! for ~ in (1, 2)}",
		"call(lambda: ?)", "(~ if ? else ~)", "7", "(lambda "+pick(g, "", "x", "x=?", "*x", "~", "~=?", "*, ~=?")+": ?)(*[3]["+pick(g, ":0", ":1")+"])")
	var out strings.Builder
	for _, c := range text {
		switch c {
		case '~':
			out.WriteString(g.abcd())
		case '?':
			out.WriteString(g.scopeExpr(d-1, comprehension))
		case '!':
			out.WriteString(g.scopeExpr(d-1, true))
		default:
			out.WriteRune(c)
		}
	}
	return out.String()
}

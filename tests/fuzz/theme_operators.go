package fuzz

import (
	"fmt"
	"slices"
	"strings"
)

const operatorsHead = `depth = 0
def limit():
    global depth
    depth += 1
    if depth > 20: raise SystemExit
def show(what, f):
    global depth
    depth = 0
    try:
        r = f()
        if callable(r) and not isinstance(r, type): r = 'callable'
        print(what, repr(r), type(r).__name__)
    except BaseException as e:
        print(what, '!', type(e).__name__, e.args)
def make(c, *a):
    global depth
    depth = 0
    try: return c(*a)
    except BaseException as e: print('make', '!', type(e).__name__, e.args)
`

var (
	binarySpecials = strings.Fields(`add radd sub rsub mul rmul iadd isub imul lt gt le ge eq ne contains and or rxor xor truediv rtruediv
		floordiv mod pow rpow lshift rrshift matmul`)
	unarySpecials = strings.Fields(`len bool neg pos invert abs hash str repr iter next call int`)
	operatorsOfAB = []string{
		"a + b", "b + a", "a - b", "a * b", "1 + a", "a + 1", "a * 2", "2 * a", "a < b", "a > 1", "1 < a", "a == b", "a == a", "a != b", "a in b",
		"1 in a", "a & b", "a | b", "a ^ b", "a / 2", "2 / a", "a // b", "a % 3", "'%s' % (a,)", "a ** 2", "2 ** a", "a << 1", "1 >> a", "a @ b",
		"bool(a)", "not a", "-a", "+a", "~a", "abs(a)", "str(a)", "repr(a)", "list(a)", "next(a)", "a()", "a(1)", "int(a)", "a.x", "a.y", "a.n", "a.n()",
		"a.m()", "a.m(1, 2)", "a[0]", "a['k']", "a[0:1]", "isinstance(a, (list, dict))", "isinstance(a, A)", "issubclass(A, B)", "A.__name__",
		"A.__bases__", "A.x", "A.m(a)", "A.n", "super(A, a).m()", "super(A, a).x", "super(A, b).m()", "super(A, A).n", "sum([a, a])", "a.args", "a.upper()",
		"a.append(3)", "tuple(a)", "'{}'.format(a)", "max(a, b) and 1", "[1, 2, 3][a]", "getattr(a, 'q', 3)", "setattr(a, 'x', 5) or a.x", "delattr(a, 'x')",
		"A.append(a, 1)", "A.upper(a)", "{a: 1}[a]", "type(a)",
	}
	statementsOfAB = []string{
		"a += b", "a -= 1", "a *= 2", "a |= 1", "a[0] = 1", "del a[0]", "for q in a: print(q, end=' ')", "raise a", "x, *y = a", "a.n = 4",
		"a.x += 1", "A.x = 2", "del A.x", "assert a == b",
	}
)

// operators makes classes that derive from each other and from built-in types,
// with special methods, and asks their instances for everything.
func (g *generator) operators() {
	g.lines(operatorsHead)
	n := 2 + g.n(3)
	for i := range n {
		g.line("try:")
		g.block(func() { g.class(i) })
		g.line("except BaseException as e:")
		g.line("    print('class', type(e).__name__, e.args)")
		g.line("    class C%d: pass", i)
	}
	for range 25 {
		g.line("A = C%d; B = C%d", g.n(n), g.n(n))
		g.line("a = make(A%s); b = make(B%s)", pick(g, "", "", ", 1", ", 'ab'", ", [1, 2]"), pick(g, "", "", ", 1", ", 'ab'", ", 1, 2"))
		if g.chance(75) {
			for range 3 {
				what := pick(g, operatorsOfAB...)
				g.line("show(%q, lambda: %s)", what, what)
			}
			continue
		}
		what := pick(g, statementsOfAB...)
		g.lines(fmt.Sprintf("depth = 0\ntry:\n    %s\n    print(%q, type(a).__name__)\nexcept BaseException as e:\n    print(%q, '!', type(e).__name__)\n", what, what, what))
	}
}

// class writes class number i, which may derive from those before it.
func (g *generator) class(i int) {
	earlier := []string{"object"}
	for j := range i {
		earlier = append(earlier, fmt.Sprintf("C%d", j))
	}
	var bases []string
	for range g.n(3) {
		b := pick(g, "list", "dict", "tuple", "str", "int", "Exception", "bytes", "set", "ValueError")
		if g.chance(60) {
			b = pick(g, earlier...)
		}
		if !slices.Contains(bases, b) {
			bases = append(bases, b)
		}
	}
	value := func() string {
		return pick(g, "1", "0", "'s'", "True", "None", "(1, 2)", "[1]", "NotImplemented", "NotImplemented", "self.x", "2.5", "b'b'", "iter([1, 2])")
	}
	g.line("class C%d(%s):", i, strings.Join(bases, ", "))
	g.block(func() {
		g.line("%s = %s", pick(g, "x", "y"), pick(g, "1", "'class'", "[1]", "lambda *a: len(a)", "property(lambda self: 7)", "classmethod(lambda *a: len(a))"))
		if g.chance(40) {
			g.line("def __init__(self%s): %s", pick(g, "", "", ", *a", ", v=3"), pick(g, "self.x = 1", "self.y = 'y'", "super().__init__()", "super().__init__(5)", "pass"))
		}
		if g.chance(15) {
			g.line("def __new__(cls, *a): return %s", pick(g, "object.__new__(cls)", "5", "None", "super().__new__(cls)"))
		}
		for range g.n(4) {
			s := "__" + pick(g, binarySpecials...) + "__"
			g.line("def %s(self, o): limit(); return %s", s, pick(g, value(), "('"+s+"', type(o).__name__)", "super()."+s+"(o)", "not o"))
		}
		for range g.n(3) {
			s := "__" + pick(g, unarySpecials...) + "__"
			g.line("def %s(self): limit(); return %s", s, pick(g, value(), "'"+s+"'", "5", "super()."+s+"()"))
		}
		if g.chance(25) {
			g.line("def %s", pick(g, "__getattr__(self, n): limit(); return 'get' + n", "__getattr__(self, n): raise AttributeError(n)",
				"__getitem__(self, i): limit(); return super().__getitem__(i)", "__getitem__(self, i): raise IndexError", "__setitem__(self, i, v): print('set', i, v)",
				"__delitem__(self, i): print('delete', i)", "__setattr__(self, n, v): print('store', n)"))
		}
		if g.chance(50) {
			g.line("def m(self, *a): limit(); return %s", pick(g, "'m'", "super().m(*a)", "(1, super().m(*a))", "super().x", "len(a)", "self.n()"))
		}
		if g.chance(40) {
			g.line("@%s", pick(g, "classmethod", "property"))
			g.line("def n(self): return %s", pick(g, "'n'", "8", "self", "self.x", "super().n", "super().n()"))
		}
	})
}

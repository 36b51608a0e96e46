package fuzz

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Theme makes a program that tries one part of the language closely, in all the
// odd ways in which its pieces can meet: what is sent to and thrown into
// generators, the operators of classes with built-in bases, arguments that do not
// fit, statements that leave each other, names in nested scopes, or iterables.
func Theme(seed uint64) string {
	g := &generator{r: rand.New(rand.NewPCG(seed, 0x7468656d65))}
	pick(g, g.generators, g.operators, g.arguments, g.flows, g.scopes, g.iterators)()
	return g.out.String()
}

// lines writes lines of text as they are.
func (g *generator) lines(text string) {
	for line := range strings.Lines(text) {
		g.raw(strings.TrimSuffix(line, "\n"))
	}
}

const argumentsHead = `class It:
    def __iter__(self): return iter([7, 8])
class Mapping:
    def __init__(self, *k): self.k = k
    def keys(self): return self.k
    def __getitem__(self, k): return 'm'
class S(str): pass
def show(*a, **k): return a, sorted(k.items())
def run(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e.args)
def attempt(src):
    try: exec(src)
    except SyntaxError as e: print(src, e)
`

// arguments calls functions with parameters of all kinds, and built-in ones, with
// arguments that fit now and then.
func (g *generator) arguments() {
	g.lines(argumentsHead)
	for range 15 {
		params, result := g.parameters()
		inner := params
		if inner != "" {
			inner = ", " + inner
		}
		call := "f(%s)"
		switch g.n(6) {
		case 0:
			g.line("f = lambda %s: %s", params, result)
		case 1:
			g.lines(fmt.Sprintf("class C:\n    def m(self%s): return %s\n", inner, result))
			call = pick(g, "C().m(%s)", "C.m(%s)")
		case 2:
			g.lines(fmt.Sprintf("class C:\n    def __init__(self%s): self.r = %s\n", inner, result))
			call = "C(%s).r"
		case 3:
			g.lines(fmt.Sprintf("def make():\n    z = 1\n    def f(%s): return %s, z\n    return f\n", params, result))
			call = "make()(%s)"
		case 4:
			g.lines(fmt.Sprintf("def f(%s): yield %s\n", params, result))
			call = "list(f(%s))"
		default:
			g.line("def f(%s): return %s", params, result)
		}
		for range 5 {
			g.line("attempt(%q)", "run(lambda: "+fmt.Sprintf(call, g.given())+")")
		}
		for range 2 {
			f := pick(g, "int", "str", "bytes", "list", "dict", "sorted", "sum", "max", "min", "enumerate", "range", "zip", "map", "round", "pow", "show",
				"bytearray", "'a{}b{a}'.format", "{}.update", "''.split", "[2, 1].sort", "getattr", "type", "len", "{}.get", "'a'.join", "'abc'.find",
				"b'a'.decode", "int.from_bytes", "ValueError", "set", "iter", "next", "'a\\nb'.splitlines", "property", "print")
			g.line("attempt(%q)", "run(lambda: "+f+"("+g.given()+"))")
		}
	}
}

// parameters returns the parameters of a function and a tuple of their values.
func (g *generator) parameters() (params, values string) {
	names := []string{"a", "b", "c", "d", "e"}
	g.r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	var all []string
	star, optional := false, false
	for _, n := range names[:g.n(5)] {
		if !star && g.chance(20) {
			all = append(all, "*v")
			star = true
		}
		if optional = g.chance(35) || optional && !star; optional {
			n += fmt.Sprintf("=%d", g.n(9))
		}
		all = append(all, n)
	}
	if g.chance(30) {
		all = append(all, "**w")
	}
	for _, p := range all {
		name, _, _ := strings.Cut(strings.TrimLeft(p, "*"), "=")
		if p == "**w" {
			name = "sorted(w.items())"
		}
		values += name + ", "
	}
	return strings.Join(all, ", "), "(" + values + ")"
}

// given returns the arguments of a call.
func (g *generator) given() string {
	var all []string
	for range g.n(4) {
		all = append(all, pick(g, "1", "2", "'x'", "None"))
	}
	for range g.n(4) {
		all = append(all, pick(g,
			pick(g, "a", "b", "c", "d", "e", "f", "v")+fmt.Sprintf("=%d", g.n(20)),
			"*"+pick(g, "()", "(5,)", "[5, 6]", "It()", "'xy'", "range(3)", "{'a': 1}", "iter([4])", "5", "None"),
			"**"+pick(g, "{}", "{'a': 31}", "{'b': 32, 'f': 33}", "Mapping('c')", "Mapping('a', 'd')", "{1: 2}", "{S('a'): 3}", "None", "{'self': 1}"),
			"3"))
	}
	return strings.Join(all, ", ")
}

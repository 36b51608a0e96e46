package fuzz

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
)

// kind is the type that an expression is meant to have. It is meant only: now
// and then an operand of another kind is put in, because the texts of errors
// are compared as well.
type kind int

const (
	kInt kind = iota
	kFloat
	kBool
	kStr
	kBytes
	kByteArray
	kList
	kTuple
	kDict
	kSet
	kNone
	kComplex
	kAny // an int, a string, a list … whatever comes
)

// scope is what a piece of code can see and do.
type scope struct {
	outer     *scope
	vars      map[string]kind
	names     []string // keys of vars in the order of their definition
	function  bool
	generator bool
	async     bool
	class     bool
	loops     int
}

func (s *scope) define(name string, k kind) {
	if _, ok := s.vars[name]; !ok {
		s.names = append(s.names, name)
	}
	s.vars[name] = k
}

// callable is something that was defined and can be called with positional
// arguments: a function, a class, a generator function.
type callable struct {
	name     string
	args     []kind
	optional int      // how many of args may be left out, from the end
	keywords []string // names of the arguments, for calls by keyword
	star     bool     // takes more arguments
	result   kind
	iterable bool // the result is a generator
}

// class is a class that was defined, for its instances.
type class struct {
	name    string
	attrs   []string
	methods []callable
	special map[string]bool
	manager bool
}

// generator writes one program.
type generator struct {
	r       *rand.Rand
	out     strings.Builder
	depth   int // of indentation
	scope   *scope
	funcs   []callable
	gens    []callable
	coros   []callable
	classes []class
	objects map[string]class // variables that hold instances
	serial  int
	nesting int
}

// Generate makes a program of MicroPython 1.13 that prints everything it
// computes. It always compiles and always ends; most of what it raises it
// catches and prints.
func Generate(seed uint64) string {
	g := &generator{r: rand.New(rand.NewPCG(seed, 0x71707921)), objects: map[string]class{}}
	g.push(&scope{})
	g.line("def show(*values):")
	g.line("    for v in values:")
	g.line("        print(repr(v), end=' ')")
	g.line("    print()")
	for range 3 + g.n(4) {
		g.guarded(g.define)
	}
	for range 3 + g.n(5) {
		g.guarded(func() {
			for range 1 + g.n(3) {
				g.statement()
			}
		})
		g.showVars()
		if g.chance(30) {
			g.guarded(g.define)
		}
	}
	return g.out.String()
}

// guarded writes statements whose exceptions are caught and printed.
func (g *generator) guarded(body func()) {
	g.line("try:")
	g.block(body)
	g.catchAll()
}

// catchAll is the except clause that prints what comes.
func (g *generator) catchAll() {
	name := g.name("e")
	g.line("except BaseException as %s:", name)
	g.line("    print('!', type(%s).__name__, %s.args)", name, name)
}

// showVars prints the variables of the scope, which exist or not.
func (g *generator) showVars() {
	for _, v := range g.scope.names {
		if g.scope.vars[v] == kAny || g.chance(50) {
			continue
		}
		g.line("try:")
		g.line("    print(%q, repr(%s))", v, v)
		g.line("except NameError as e:")
		g.line("    print(e)")
	}
}

func (g *generator) n(n int) int { return g.r.IntN(n) }

func (g *generator) rarely() bool { return g.r.IntN(150) == 0 }

func (g *generator) chance(percent int) bool { return g.r.IntN(100) < percent }

func pick[T any](g *generator, of ...T) T { return of[g.r.IntN(len(of))] }

func (g *generator) name(prefix string) string {
	g.serial++
	return fmt.Sprintf("%s%d", prefix, g.serial)
}

func (g *generator) line(format string, args ...any) {
	g.out.WriteString(strings.Repeat("    ", g.depth))
	fmt.Fprintf(&g.out, format, args...)
	g.out.WriteByte('\n')
}

// raw is line for a text that may hold percent signs.
func (g *generator) raw(text string) { g.line("%s", text) }

func (g *generator) block(body func()) {
	g.depth++
	before := g.out.Len()
	body()
	if g.out.Len() == before {
		g.line("pass")
	}
	g.depth--
}

func (g *generator) push(s *scope) {
	s.outer, s.vars = g.scope, map[string]kind{}
	g.scope = s
}

func (g *generator) pop() { g.scope = g.scope.outer }

// variable gives the name of a variable of the kind that is in sight, or "".
func (g *generator) variable(k kind) string {
	var found []string
	inner := true
	for s := g.scope; s != nil; s = s.outer {
		if s.class && !inner {
			continue
		}
		inner = false
		for _, v := range s.names {
			if s.vars[v] == k || k == kAny {
				found = append(found, v)
			}
		}
	}
	if len(found) == 0 {
		return ""
	}
	return pick(g, found...)
}

func sortedKeys(m map[string]class) []string { return slices.Sorted(maps.Keys(m)) }

package fuzz

import (
	"fmt"
	"strings"
)

const generatorsHead = `class It:
    def __init__(self, n, *m): self.n = n; self.m = m; self.i = 0
    def __iter__(self): return self
    def __next__(self):
        self.i += 1
        if self.i > self.n: raise StopIteration(*self.m)
        return 'it%d' % self.i
class Sender(It):
    def send(self, v):
        print('send', v, end=' ')
        return self.__next__()
class Thrower(Sender):
    def throw(self, *a):
        print('throw', a[0] if isinstance(a[0], type) else type(a[0]), len(a), end=' ')
        if self.m and self.m[0] == 'raise': raise KeyError('from throw')
        return 'thrown'
    def close(self):
        print('close', end=' ')
        if self.m and self.m[0] == 'raise': raise IndexError('from close')
N = 0
def tick():
    global N
    N += 1
    if N > 40: raise SystemExit
def drive(f, steps):
    global N
    N = 0
    g = f()
    for step, arg in steps:
        try:
            if step == 'next': r = next(g)
            elif step == 'send': r = g.send(arg)
            elif step == 'throw': r = g.throw(arg)
            elif step == 'throw value': r = g.throw(arg, 'val')
            elif step == 'throw instance': r = g.throw(arg('inst'))
            elif step == 'throw with None': r = g.throw(arg, None, None)
            elif step == 'close': r = g.close()
            elif step == 'list': r = list(g)
            elif step == 'pend': r = g.pend_throw(arg('pending'))
            elif step == 'for':
                r = []
                for x in g:
                    r.append(x)
                    if len(r) > 3: break
            print(step, repr(r), end='; ')
        except BaseException as e:
            print(step, repr(e), end='; ')
    print()
`

// generators makes generators that delegate to each other and to iterators of all
// kinds, and drives them in any order.
func (g *generator) generators() {
	g.lines(generatorsHead)
	for i := range 6 {
		g.line("def g%d(x=%d):", i, i)
		g.block(func() {
			g.steps(i, false)
			g.line("if N < 0: yield")
		})
		for range 5 {
			var steps []string
			for range 1 + g.n(6) {
				arg, step := "None", pick(g, "next", "next", "next", "send", "send", "throw", "throw value", "throw instance", "throw with None", "close", "list", "for", "pend")
				switch {
				case step == "send":
					arg = pick(g, "None", "1", "'s'")
				case strings.HasPrefix(step, "throw"), step == "pend":
					arg = pick(g, "ValueError", "KeyError", "StopIteration", "GeneratorExit", "SystemExit")
				}
				steps = append(steps, fmt.Sprintf("('%s', %s)", step, arg))
			}
			g.line("drive(g%d, [%s])", i, strings.Join(steps, ", "))
		}
	}
}

// source is what generator i may iterate over: not itself.
func (g *generator) source(i int) string {
	if i > 0 && g.chance(40) {
		return fmt.Sprintf("g%d()", g.n(i))
	}
	return pick(g, "It(2)", "It(1, 'ret')", "Sender(2, 5)", "Thrower(2)", "Thrower(3, 'raise')", "[1, 2]", "range(2)", "'ab'", "iter([3])",
		"(x for x in [1, 2])", "5", "None", "{'k': 1}", "map(str, [1, 2])", "zip([1], [2])")
}

func (g *generator) yielding(i int) string {
	return pick(g, "1", "x", "(yield)", "(yield x)", "(yield from "+g.source(i)+")", "(yield 1, 2)", "[(yield 3)]", "((yield 4) or (yield 5))",
		"next("+g.source(i)+")", "list("+g.source(i)+")")
}

// steps writes statements of generator i. There is no way out of a try with
// finally but by its end and by exceptions: 1.13 has too little stack for others.
func (g *generator) steps(i int, loop bool) {
	for range 1 + g.n(3) {
		k := g.n(12)
		if g.depth > 4 && k < 4 {
			k = 6
		}
		switch k {
		case 0, 1:
			g.line("try:")
			g.block(func() { g.steps(i, loop) })
			for range 1 + g.n(2) {
				g.line("except %s as e:", pick(g, "GeneratorExit", "StopIteration", "ValueError", "Exception", "BaseException", "KeyError"))
				g.block(func() {
					g.line("print('caught', repr(e), end=' ')")
					g.steps(i, loop)
				})
			}
		case 2:
			g.line("for x in %s:", g.source(i))
			g.block(func() {
				g.line("tick()")
				g.steps(i, true)
			})
		case 3:
			g.line("try:")
			g.block(func() {
				g.line("x = %s", g.yielding(i))
				g.line("yield x")
			})
			g.line("finally:")
			g.block(func() {
				g.line("print('finally', x, end=' ')")
				g.line("x = %s", g.yielding(i))
			})
		case 4:
			g.line("if N %% 2: return %s", g.yielding(i))
		case 5:
			g.line("if N %% 3: raise %s", pick(g, "ValueError('v')", "StopIteration", "StopIteration('si')", "GeneratorExit", "KeyError"))
		case 6, 7:
			g.line("x = %s", g.yielding(i))
		case 8:
			g.line("yield %s", g.yielding(i))
		case 9:
			g.line("x = yield from %s", g.source(i))
		case 10:
			if loop {
				g.line("if N > 5: %s", pick(g, "break", "continue"))
			}
		default:
			g.line("tick()")
			g.line("x = yield x")
		}
	}
}

package fuzz

import (
	"fmt"
	"strings"
)

const iteratorsHead = `def show(n, f):
    try:
        r = f()
        if hasattr(r, '__next__') and not isinstance(r, (list, tuple)): r = list(r)
        print(n, repr(r))
    except BaseException as e: print(n, '!', type(e).__name__, e.args)
def item(x):
    if isinstance(x, type) and issubclass(x, BaseException) or isinstance(x, BaseException): raise x
    return x
class A:
    def __init__(self, *v): self.v = v; self.i = 0
    def __iter__(self): return self
    def __next__(self):
        self.i += 1
        if self.i > len(self.v): raise StopIteration
        return item(self.v[self.i - 1])
class B(A):
    def __iter__(self): return iter(self.v)
class C:
    def __init__(self, *v): self.v = v
    def __getitem__(self, i): return item(self.v[i])
class D(A):
    def __iter__(self): return 5
class E(A):
    def __len__(self): return LEN
class F:
    def __iter__(self): yield 1; yield (2, 3); return 9
class G(C):
    def __len__(self): return 2
class H(A):
    def __contains__(self, x): return 'yes'
def gen(*v):
    for x in v: yield item(x)
    return 7
class L(list):
    def __iter__(self): return iter([8, 9])
class T(dict):
    def __iter__(self): return iter('ab')
def extend(X): l = [0]; l.extend(X); return l
def update(X): d = {}; d.update(X); return d
def add(X): d = {0}; d.update(X); return d
def extendbytes(X): b = bytearray(b'q'); b.extend(X); return b
def two(X): a, b = X; return a, b
def first(X): a, *b = X; return a, b
def last(X): *a, b = X; return a, b
def put(X): l = [1, 2, 3]; l[1:2] = X; return l
def putbytes(X): l = bytearray(b'abc'); l[1:2] = X; return l
def pairs(X):
    for a, b in X: print(a, b, end=' ')
    else: return 'else'
def until(X):
    for q in X:
        if q == 2: break
    else: return 'else'
    return 'broke'
def index(X): return [1, 2, 3][X]
def through(X):
    def g(): r = yield from X; yield ('r', r)
    return list(g())
def send(X):
    def g(): r = yield from X; yield ('r', r)
    h = g(); return next(h), h.send(5), h.send(None)
`

// consumers are what takes an iterable X.
var consumers = []string{
	"list(X)", "tuple(X)", "set(X)", "frozenset(X)", "dict(X)", "sum(X)", "sum(X, 5)", "min(X)", "max(X)", "min(X, key=lambda v: 0)", "max(X, default=4)", "sorted(X)",
	"sorted(X, reverse=True)", "sorted(X, key=str)", "any(X)", "all(X)", "zip(X, [1, 2])", "zip(X)", "list(zip([1, 2, 3], X))", "map(str, X)",
	"map(lambda a, b: (a, b), X, X)", "filter(None, X)", "filter(lambda v: v != 1, X)", "enumerate(X)", "enumerate(X, 5)", "bytes(X)", "bytearray(X)", "'-'.join(X)",
	"b'-'.join(X)", "print(*X)", "(lambda *a: a)(*X)", "[x for x in X]", "{x for x in X}", "{x: 1 for x in X}", "[y for x in X for y in (x if isinstance(x, tuple) else (x,))]",
	"1 in X", "7 in X", "None not in X", "[0].extend(X)", "extend(X)", "update(X)", "add(X)", "extendbytes(X)", "two(X)", "first(X)", "last(X)", "iter(X) and 1",
	"next(iter(X))", "next(X)", "next(X, 3)", "reversed(X)", "len(X)", "through(X)", "send(X)", "list(map(list, X))", "'%s %s' % X", "[1, 2, 3][0:1] + list(X)", "put(X)", "putbytes(X)", "{1, 2} & X", "{1, 2}.union(X)",
	"{1, 2}.issubset(X)", "{1}.intersection(X)", "{1, 5}.difference(X)", "{1}.update(X)", "dict.fromkeys(X)", "dict.fromkeys(X, 3)", "int.from_bytes(X, 'big')",
	"'a'.startswith(X)", "type('Q', X, {})", "max(*X)", "min(1, *X)", "pairs(X)", "until(X)", "dict(a=1, **X)", "bool(X)", "X == X", "tuple(X) + tuple(X)", "list(X) * 2",
	"sum(X, [])", "chr(*X)", "range(*X)", "index(X)",
}

var (
	plainItems = strings.Split("1|2|3|0|'a'|'b'|(1, 2)|('k', 3)|b'x'|None|True|255|256|-1|1.5|'ab'", "|")
	oddItems   = strings.Split("[1]|ValueError|StopIteration|StopIteration(4)|KeyError|GeneratorExit|IndexError|{}", "|")
)

// iterators gives all that iterates, well and badly, to all that takes iterables.
func (g *generator) iterators() {
	g.lines(strings.Replace(iteratorsHead, "LEN", pick(g, "0", "1", "2", "5"), 1))
	for i := range 50 {
		consumer := pick(g, consumers...)
		x := g.iterated()
		g.line("X = %s", x)
		name := fmt.Sprintf("%d %s", i, consumer)
		if g.chance(50) {
			consumer = strings.ReplaceAll(consumer, "X", x) // made where it is used, each time anew
		}
		g.raw(fmt.Sprintf("show(%q, lambda: %s)", name, consumer))
	}
}

func (g *generator) iterated() string {
	var items []string
	one := pick(g, plainItems...)
	for range g.n(5) {
		if g.chance(50) {
			one = pick(g, plainItems...)
		}
		items = append(items, one)
	}
	hashable := strings.Join(items, ", ")
	if g.chance(25) {
		items = append(items, pick(g, oddItems...))
	}
	all := strings.Join(items, ", ")
	switch g.n(4) {
	case 0:
		return pick(g, "F()", "T({1: 2})", "5", "None", "'ab'", "b'ab'", "range(3)", "{'a': 1}", "{}.items()", "{1: 2}.keys()", "bytearray(b'ab')", "memoryview(b'ab')",
			"1.5", "len", "reversed([1, 2])", "enumerate([1])", "set(("+hashable+strings.Repeat(",", min(1, len(hashable)))+"))")
	case 1:
		return pick(g, "L", "list", "tuple", "iter") + "([" + all + "])"
	case 2:
		return pick(g, "(x for x in [", "map(lambda x: x, [") + all + "])"
	}
	return pick(g, "A", "A", "B", "C", "D", "E", "G", "H", "gen", "gen") + "(" + all + ")"
}

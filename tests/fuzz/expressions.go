package fuzz

import (
	"fmt"
	"strings"
)

// expr is an expression that is meant to be of the kind; d is how deep it may be.
func (g *generator) expr(k kind, d int) string {
	if g.rarely() {
		k = g.concrete() // a wrong one
	}
	if k == kAny {
		k = g.concrete()
	}
	if d <= 0 || g.chance(15) {
		if v := g.variable(k); v != "" && g.chance(75) {
			return v
		}
		return g.literal(k)
	}
	switch g.n(24) {
	case 0:
		return fmt.Sprintf("(%s if %s else %s)", g.expr(k, d-1), g.expr(kBool, d-1), g.expr(k, d-1))
	case 1:
		return fmt.Sprintf("(%s %s %s)", g.expr(k, d-1), pick(g, "or", "and"), g.expr(k, d-1))
	case 2:
		if f := g.anyOf(g.funcs); f != nil && (f.result == k || g.chance(10)) {
			return g.call(*f, d-1)
		}
	case 3:
		if len(g.objects) > 0 && g.chance(60) {
			return g.objectExpr(d)
		}
	case 4:
		return fmt.Sprintf("(lambda %s: %s)(%s)", "q", pick(g, "q", g.expr(k, d-1)), g.expr(k, d-1))
	case 5:
		if !g.scope.class && g.scope.loops == 0 {
			name := g.name("w")
			e := g.expr(k, d-1)
			g.scope.define(name, k)
			return fmt.Sprintf("(%s := %s)", name, e)
		}
	case 6:
		if g.chance(20) {
			return fmt.Sprintf("%s[%s]", g.expr(pick(g, kList, kTuple), d-1), g.index())
		}
	case 7:
		if g.chance(20) {
			return fmt.Sprintf("%s.get(%s, %s)", g.paren(kDict, d-1), g.expr(pick(g, kInt, kStr), d-1), g.expr(k, d-1))
		}
	}
	switch k {
	case kInt:
		return g.intExpr(d)
	case kFloat:
		return g.floatExpr(d)
	case kBool:
		return g.boolExpr(d)
	case kStr:
		return g.strExpr(d)
	case kBytes:
		return g.bytesExpr(d)
	case kByteArray:
		return fmt.Sprintf("bytearray(%s)", g.expr(kBytes, d-1)) + pick(g, "", "[1:]", " + b'x'", " * 2", "[::-1]")
	case kList:
		return g.listExpr(d)
	case kTuple:
		return g.tupleExpr(d)
	case kDict:
		return g.dictExpr(d)
	case kSet:
		return g.setExpr(d)
	case kComplex:
		return fmt.Sprintf("(%s %s %s)", g.expr(kComplex, d-1), pick(g, "+", "-", "*"), g.expr(pick(g, kComplex, kInt, kFloat), d-1))
	}
	return g.literal(k)
}

func (g *generator) paren(k kind, d int) string { return "(" + g.expr(k, d) + ")" }

// small is an expression whose value is between 0 and 9, for what multiplies
// or shifts.
func (g *generator) small(d int) string {
	if d > 0 && g.chance(30) {
		return fmt.Sprintf("(len(%s) %% 7)", g.expr(pick(g, kStr, kList, kBytes), d-1))
	}
	return fmt.Sprint(g.n(6))
}

// index is a number that is often within a short sequence.
func (g *generator) index() string {
	if g.chance(4) {
		return g.literal(kInt)
	}
	return pick(g, "0", "0", "0", "-1", "-1", "1", "True")
}

func (g *generator) intExpr(d int) string {
	e := func() string { return g.expr(kInt, d-1) }
	switch g.n(19) {
	case 0, 1, 2:
		return fmt.Sprintf("(%s %s %s)", e(), pick(g, "+", "-", "*", "+", "-", "*", "&", "|", "^", "//", "%"), e())
	case 3:
		return fmt.Sprintf("(%s %s %s)", e(), pick(g, "<<", ">>", "**"), g.small(d-1))
	case 4:
		return fmt.Sprintf("(%s %s)", pick(g, "-", "~", "+", "not", "--", "-~"), e())
	case 5:
		return fmt.Sprintf("len(%s)", g.expr(pick(g, kStr, kBytes, kList, kTuple, kDict, kSet, kByteArray), d-1))
	case 6:
		return fmt.Sprintf("int(%s)", g.expr(pick(g, kFloat, kInt, kInt, kBool, kBool), d-1))
	case 7:
		return pick(g, "int('ff', 16)", "int('-101', 2)", "int(' 42 ')", "int('z', 36)", "int('1_0')", "int('0x10', 0)", "int(b'12')")
	case 8:
		return fmt.Sprintf("%s(%s)", pick(g, "abs", "hash", "round", "int", "abs", "hash", "bool", pick(g, "int", "ord", "sum", "len", "chr")), e())
	case 9:
		return fmt.Sprintf("%s(%s + [%s])", pick(g, "sum", "min", "max"), g.expr(kList, d-1), e())
	case 10:
		return fmt.Sprintf("%s(%s, %s)", pick(g, "min", "max"), e(), e())
	case 11:
		return fmt.Sprintf("divmod(%s, %s or 7)[%d]", e(), e(), g.n(2))
	case 12:
		return fmt.Sprintf("pow(%s, %s, %s or 9)", e(), g.small(d), e())
	case 13:
		return fmt.Sprintf("ord((%s or 'z')[%s])", g.paren(kStr, d-1), g.index())
	case 14:
		return fmt.Sprintf("(%s or b'z')[%s]", g.paren(pick(g, kBytes, kByteArray), d-1), g.index())
	case 15:
		return fmt.Sprintf("%s.%s(%s)", g.paren(kStr, d-1), pick(g, "find", "rfind", "count", "find", "count", "index", "rindex"), g.expr(kStr, d-2))
	case 16:
		return fmt.Sprintf("%s.%s(%s)", g.paren(kList, d-1), pick(g, "count", "count", "count", "index"), e())
	case 17:
		return fmt.Sprintf("int.from_bytes(%s, %s)", g.expr(kBytes, d-1), pick(g, "'big'", "'little'"))
	}
	return fmt.Sprintf("round(%s)", g.expr(kFloat, d-1))
}

func (g *generator) floatExpr(d int) string {
	e := func() string { return g.expr(pick(g, kFloat, kFloat, kInt), d-1) }
	switch g.n(7) {
	case 0, 1, 2:
		return fmt.Sprintf("(%s %s %s)", g.expr(kFloat, d-1), pick(g, "+", "-", "*", "/", "//", "%"), e())
	case 3:
		return fmt.Sprintf("(%s / (%s or 3))", g.expr(kInt, d-1), g.expr(kInt, d-1))
	case 4:
		return fmt.Sprintf("float(%s)", g.expr(pick(g, kInt, kFloat), d-1))
	case 5:
		return fmt.Sprintf("round(%s, %s)", e(), pick(g, "0", "1", "2", "3"))
	}
	return fmt.Sprintf("%s(%s)", pick(g, "abs", "-", "+", "float"), e())
}

func (g *generator) boolExpr(d int) string {
	k := g.concrete()
	switch g.n(11) {
	case 0, 1:
		k = pick(g, kInt, kInt, kFloat, kStr, kBytes, kList, kTuple)
		return fmt.Sprintf("(%s %s %s)", g.expr(k, d-1), pick(g, "<", "<=", ">", ">=", "==", "!="), g.expr(k, d-1))
	case 2:
		return fmt.Sprintf("(%s %s %s)", g.expr(k, d-1), pick(g, "==", "!="), g.expr(g.concrete(), d-1))
	case 3:
		return fmt.Sprintf("(%s < %s <= %s)", g.expr(kInt, d-1), g.expr(kInt, d-1), g.expr(pick(g, kInt, kFloat), d-1))
	case 4:
		return fmt.Sprintf("(%s %s %s)", g.expr(kInt, d-1), pick(g, "in", "not in"), g.expr(pick(g, kList, kTuple, kDict, kSet, kBytes), d-1))
	case 5:
		return fmt.Sprintf("(%s %s %s)", g.expr(kStr, d-1), pick(g, "in", "not in"), g.expr(pick(g, kStr, kDict, kSet, kList), d-1))
	case 6:
		return fmt.Sprintf("(%s %s %s)", g.expr(k, d-1), pick(g, "is", "is not"), pick(g, "None", "True", "False"))
	case 7:
		return fmt.Sprintf("isinstance(%s, %s)", g.expr(kAny, d-1), pick(g, "int", "str", "(int, str)", "(list, tuple, dict)", "bool", "object", "float"))
	case 8:
		return fmt.Sprintf("%s(%s)", pick(g, "all", "any", "bool"), g.expr(pick(g, kList, kTuple, kSet, kDict), d-1))
	case 9:
		return fmt.Sprintf("%s.%s(%s)", g.paren(kStr, d-1), pick(g, "startswith", "endswith"), g.expr(kStr, d-2))
	}
	return fmt.Sprintf("(not %s)", g.expr(k, d-1))
}

func (g *generator) bytesExpr(d int) string {
	e := func() string { return g.expr(kBytes, d-1) }
	switch g.n(9) {
	case 0:
		return fmt.Sprintf("(%s + %s)", e(), g.expr(pick(g, kBytes, kByteArray), d-1))
	case 1:
		return fmt.Sprintf("(%s * %s)", e(), g.small(d-1))
	case 2:
		return g.paren(kBytes, d-1) + g.slice(d-1)
	case 3:
		return fmt.Sprintf("bytes(%s)", g.expr(pick(g, kList, kBytes, kByteArray, kTuple), d-1))
	case 4:
		return fmt.Sprintf("%s.encode()", g.paren(kStr, d-1))
	case 5:
		return fmt.Sprintf("%s.to_bytes(%s, %s)", g.paren(kInt, d-1), g.small(0), pick(g, "'big'", "'little'"))
	case 6:
		return fmt.Sprintf("%s.join([%s, %s])", g.paren(kBytes, d-1), e(), e())
	case 7:
		return fmt.Sprintf("(%s %% %s)", pick(g, "b'%d'", "b'%s|%d'", "b'%x'", "b'%r'"), g.expr(pick(g, kInt, kTuple), d-1))
	}
	return fmt.Sprintf("%s.%s", g.paren(kBytes, d-1), pick(g, "upper()", "lower()", "strip()", "replace(b'a', b'bb')", "decode().encode()", "strip(b'a')"))
}

func (g *generator) listExpr(d int) string {
	e := func() string { return g.expr(kList, d-1) }
	switch g.n(15) {
	case 0:
		return fmt.Sprintf("(%s + %s)", e(), e())
	case 1:
		return fmt.Sprintf("(%s * %s)", e(), g.small(d-1))
	case 2:
		return g.paren(kList, d-1) + g.slice(d-1)
	case 3:
		return fmt.Sprintf("sorted(%s%s)", g.expr(pick(g, kList, kTuple, kSet, kDict, kStr), d-1),
			pick(g, "", "", ", reverse=True", ", key=lambda v: -v", ", key=str", ", key=len", ", key=repr"))
	case 4:
		return fmt.Sprintf("list(%s)", g.expr(pick(g, kList, kTuple, kSet, kDict, kStr, kBytes), d-1))
	case 5, 6:
		return "[" + g.comprehension(kInt, d) + "]"
	case 7:
		return fmt.Sprintf("list(range(%s))", pick(g, "3", "5", "1, 4", "10, 0, -3", "0, 10, 4", "-2, 2", "5, 5"))
	case 8:
		return fmt.Sprintf("list(%s)", g.iterable(d))
	case 9:
		return fmt.Sprintf("%s.split(%s)", g.paren(kStr, d-1), pick(g, "", "','", "'a'", "None, 1", "',', 1", "'X'"))
	case 10:
		return fmt.Sprintf("list(%s.%s())", g.paren(kDict, d-1), pick(g, "keys", "values", "items"))
	case 11:
		if f := g.anyOf(g.gens); f != nil {
			return "list(" + g.call(*f, d-1) + ")"
		}
	case 12:
		return "[" + g.comprehension(kAny, d) + "]"
	}
	var items []string
	for range g.n(4) {
		items = append(items, g.expr(pick(g, kInt, kInt, kInt, kAny), d-1))
	}
	return "[" + strings.Join(items, ", ") + "]"
}

func (g *generator) tupleExpr(d int) string {
	switch g.n(6) {
	case 0:
		return fmt.Sprintf("(%s + %s)", g.expr(kTuple, d-1), g.expr(kTuple, d-1))
	case 1:
		return fmt.Sprintf("(%s * %s)", g.expr(kTuple, d-1), g.small(d-1))
	case 2:
		return g.paren(kTuple, d-1) + g.slice(d-1)
	case 3:
		return fmt.Sprintf("tuple(%s)", g.expr(pick(g, kList, kStr, kSet, kBytes), d-1))
	case 4:
		return fmt.Sprintf("%s.%s", g.paren(kStr, d-1), pick(g, "partition('a')", "rpartition(' ')", "partition(',')"))
	}
	return fmt.Sprintf("(%s, %s)", g.expr(kAny, d-1), g.expr(kAny, d-1))
}

func (g *generator) dictExpr(d int) string {
	switch g.n(7) {
	case 0:
		return fmt.Sprintf("dict(a=%s, b=%s)", g.expr(kAny, d-1), g.expr(kAny, d-1))
	case 1:
		return fmt.Sprintf("dict(%s)", g.expr(kDict, d-1))
	case 2:
		return fmt.Sprintf("{%s for i in range(%s)}", pick(g, "i: i * 2", "str(i): i", "i % 3: i", "i * 1000: None", "-i: i"), pick(g, "0", "3", "8", "20"))
	case 3:
		return fmt.Sprintf("dict(zip(%s, %s))", g.expr(pick(g, kStr, kTuple, kSet), d-1), g.expr(kList, d-1))
	case 4:
		return fmt.Sprintf("dict.fromkeys(%s, %s)", g.expr(pick(g, kStr, kSet, kDict), d-1), g.expr(kInt, d-1))
	case 5:
		return g.paren(kDict, d-1) + ".copy()"
	}
	var items []string
	for range g.n(4) {
		items = append(items, fmt.Sprintf("%s: %s", g.expr(pick(g, kStr, kInt, kBytes), d-2), g.expr(kAny, d-1)))
	}
	return "{" + strings.Join(items, ", ") + "}"
}

func (g *generator) setExpr(d int) string {
	switch g.n(5) {
	case 0:
		return fmt.Sprintf("(%s %s %s)", g.expr(kSet, d-1), pick(g, "|", "&", "-", "^"), g.expr(kSet, d-1))
	case 1:
		return fmt.Sprintf("%s(%s)", pick(g, "set", "set", "frozenset"), g.expr(pick(g, kList, kStr, kTuple, kDict, kBytes), d-1))
	case 2:
		return "{" + g.comprehension(pick(g, kInt, kStr), d) + "}"
	case 3:
		return fmt.Sprintf("%s.%s(%s)", g.paren(kSet, d-1), pick(g, "union", "intersection", "difference", "symmetric_difference"), g.expr(pick(g, kSet, kList), d-1))
	}
	return fmt.Sprintf("{%s, %s}", g.expr(kInt, d-1), g.expr(kStr, d-1))
}

// slice is the subscript of a slice.
func (g *generator) slice(d int) string {
	part := func() string {
		switch g.n(4) {
		case 0:
			return ""
		case 1:
			return g.expr(kInt, d-1)
		}
		return fmt.Sprint(g.n(9) - 4)
	}
	s := "[" + part() + ":" + part()
	if g.chance(30) {
		s += ":" + pick(g, "", "1", "2", "-1", "-2", "3")
	}
	return s + "]"
}

// iterable is an expression of a lazy kind.
func (g *generator) iterable(d int) string {
	switch g.n(8) {
	case 0:
		return fmt.Sprintf("range(%s)", pick(g, "4", "1, 3", "3, 0, -1"))
	case 1:
		return fmt.Sprintf("map(lambda v: %s, %s)", pick(g, "v", "v * 2", "(v, v)", "-v", "str(v)"), g.expr(kList, d-1))
	case 2:
		return fmt.Sprintf("filter(%s, %s)", pick(g, "None", "lambda v: v", "lambda v: v != 1"), g.expr(kList, d-1))
	case 3:
		return fmt.Sprintf("enumerate(%s%s)", g.expr(pick(g, kStr, kList), d-1), pick(g, "", ", 5"))
	case 4:
		return fmt.Sprintf("zip(%s, %s)", g.expr(kList, d-1), g.expr(kStr, d-1))
	case 5:
		return fmt.Sprintf("reversed(%s)", g.expr(pick(g, kList, kTuple, kStr), d-1))
	case 6:
		return "(" + g.comprehension(kInt, d) + ")"
	}
	return g.expr(pick(g, kList, kTuple, kStr, kBytes, kDict, kSet), d-1)
}

// comprehension is what stands between the brackets of one.
func (g *generator) comprehension(k kind, d int) string {
	source := g.iterable(d - 2)
	v := g.name("c")
	g.push(&scope{function: true, loops: 1})
	g.scope.define(v, kInt)
	item := pick(g, v, v, g.expr(k, d-2), "("+v+", "+g.expr(k, d-2)+")")
	s := fmt.Sprintf("%s for %s in %s", item, v, source)
	if g.chance(30) {
		u := g.name("c")
		s += fmt.Sprintf(" for %s in %s", u, pick(g, "range(2)", "'ab'", "("+v+",)"))
	}
	if g.chance(40) {
		s += " if " + pick(g, v, v+" != 1", g.expr(kBool, d-2))
	}
	g.pop()
	return s
}

func (g *generator) anyOf(list []callable) *callable {
	if len(list) == 0 {
		return nil
	}
	return &list[g.n(len(list))]
}

// call is a call of what was defined before, in one of the ways to call.
func (g *generator) call(f callable, d int) string {
	n := len(f.args)
	if f.optional > 0 {
		n -= g.n(f.optional + 1)
	}
	if g.chance(2) {
		n = max(0, n-1)
	}
	var args []string
	for i := range n {
		args = append(args, g.expr(f.args[i], d-1))
	}
	switch {
	case n > 0 && len(f.keywords) == len(f.args) && g.chance(25):
		args[n-1] = f.keywords[n-1] + "=" + args[n-1]
	case g.chance(10):
		return fmt.Sprintf("%s(*%s)", f.name, "["+strings.Join(args, ", ")+"]")
	case n > 0 && len(f.keywords) == len(f.args) && g.chance(10):
		return fmt.Sprintf("%s(%s**{%q: %s})", f.name, strings.Join(append(args[:n-1:n-1], ""), ", "), f.keywords[n-1], args[n-1])
	}
	if f.star && !strings.Contains(strings.Join(args, ""), "=") && g.chance(50) {
		args = append(args, g.expr(kAny, d-1), "*"+g.paren(pick(g, kList, kTuple), d-1))
	}
	return fmt.Sprintf("%s(%s)", f.name, strings.Join(args, ", "))
}

package fuzz

import (
	"fmt"
	"strings"
)

// literal is a constant of the kind, or a display of constants.
func (g *generator) literal(k kind) string {
	switch k {
	case kInt:
		return g.intLiteral()
	case kFloat:
		return pick(g, "0.0", "-0.0", "1.0", "0.5", "-1.5", "3.14159", "1e10", "1e-5", "1e100", "123456.789", "1e16", "2.5", "0.1", "-7.25", "1e22",
			"100.0", "float('inf')", "float('-inf')", "float('nan')", "1/3", "2/3", "5e-324", "1.7976931348623157e308")
	case kBool:
		return pick(g, "True", "False")
	case kStr:
		return g.strLiteral()
	case kBytes:
		return pick(g, "b''", "b'abc'", "b'\\x00\\xff'", "b'hello world'", "b'a,b,c'", "b'12'", "b'\\n\\t '", "b\"it's\"", "b'\\x80abc'", "b'aaa'")
	case kByteArray:
		return pick(g, "bytearray()", "bytearray(b'abc')", "bytearray(5)", "bytearray([1, 2, 255])", "bytearray(b'xyz' * 3)")
	case kList:
		return "[" + g.some(kInt, 5) + "]"
	case kTuple:
		n := g.n(4)
		if n == 1 {
			return "(" + g.literal(kInt) + ",)"
		}
		return "(" + g.items(n, kAny) + ")"
	case kDict:
		var b strings.Builder
		for range g.n(5) {
			fmt.Fprintf(&b, "%s: %s, ", g.literal(pick(g, kInt, kStr, kStr, kBytes, kFloat, kBool, kNone)), g.literal(kInt))
		}
		return "{" + b.String() + "}"
	case kSet:
		if s := g.some(pick(g, kInt, kStr), 5); s != "" {
			return "{" + s + "}"
		}
		return "set()"
	case kComplex:
		return pick(g, "1j", "(1+2j)", "-2.5j", "complex(3, -4)", "0j")
	case kNone:
		return "None"
	}
	return g.literal(g.concrete())
}

// concrete is a kind other than kAny, the common ones more often.
func (g *generator) concrete() kind {
	return pick(g, kInt, kInt, kInt, kStr, kStr, kList, kFloat, kBool, kBytes, kTuple, kDict, kSet, kNone, kByteArray, kComplex)
}

func (g *generator) intLiteral() string {
	switch g.n(10) {
	case 0, 1, 2, 3, 4:
		return fmt.Sprint(g.n(12) - 3)
	case 5:
		return fmt.Sprint(g.n(2000) - 1000)
	case 6:
		return pick(g, "0x7f", "0b101", "0o17", "255", "256", "1_000", "65535", "65536")
	case 7: // about the borders of words of 31, 32, 62, 63 and 64 bits
		n := pick(g, uint64(1)<<30, 1<<31, 1<<32, 1<<53, 1<<61, 1<<62, 1<<63) + uint64(g.n(3)) - 1
		return pick(g, "", "-") + fmt.Sprint(n)
	case 8:
		return pick(g, "18446744073709551615", "18446744073709551616", "-9223372036854775808", "9223372036854775807", "-9223372036854775809")
	}
	return pick(g, "1", "-1") + strings.Repeat(fmt.Sprint(g.n(10)), 10+g.n(30))
}

func (g *generator) strLiteral() string {
	return pick(g, "''", "'a'", "'abc'", "'hello world'", "'Hello'", "'a,b,,c'", "'  x  '", "'12'", "'-7'", "'1.5'", "'it\\'s'", "'\"q\"'",
		"'\\n\\t'", "'\\x00\\x7f'", "'\\u00e9t\\u00e9'", "'\\u4f60\\u597d'", "'\\U0001f600x'", "'aXbXc'", "'abcabc'", "'ab' 'cd'", "r'\\d'",
		"'''two\nlines'''", "'{} {}'", "'%d'", "'0x1f'", "'key'", "'k%d' % 3", "'MiXed'", "'\\xff'")
}

// items is n literals of a kind, separated by commas.
func (g *generator) items(n int, k kind) string {
	var all []string
	for range n {
		all = append(all, g.literal(k))
	}
	return strings.Join(all, ", ")
}

func (g *generator) some(k kind, most int) string { return g.items(g.n(most+1), k) }

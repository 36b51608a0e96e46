package fuzz

import (
	"fmt"
	"strings"
)

// strExpr is an expression of a str: operators, methods and formatting.
func (g *generator) strExpr(d int) string {
	e := func() string { return g.expr(kStr, d-1) }
	switch g.n(14) {
	case 0:
		return fmt.Sprintf("(%s + %s)", e(), e())
	case 1:
		return fmt.Sprintf("(%s * %s)", e(), g.small(d-1))
	case 2:
		return g.paren(kStr, d-1) + g.slice(d-1)
	case 3:
		return fmt.Sprintf("(%s or 'z')[%s]", g.paren(kStr, d-1), g.index())
	case 4:
		return fmt.Sprintf("%s(%s)", pick(g, "str", "repr"), g.expr(kAny, d-1))
	case 5:
		return fmt.Sprintf("%s(%s)", pick(g, "hex", "oct", "bin", "str"), g.expr(kInt, d-1))
	case 6:
		return fmt.Sprintf("%s.join(%s)", g.paren(kStr, d-1), pick(g, "["+e()+", "+e()+"]", e(), "map(str, "+g.expr(kList, d-1)+")"))
	case 7, 8:
		return g.percent(d)
	case 9, 10:
		return g.format(d)
	case 11:
		return fmt.Sprintf("%s.decode()", g.paren(kBytes, d-1))
	}
	return g.paren(kStr, d-1) + "." + pick(g, "upper()", "lower()", "strip()", "lstrip()", "rstrip()", "strip('a')", "replace('a', 'bb')",
		"replace('b', '', 1)", "center(9)", "lstrip('abc')", "rstrip('c')", "split('c')[0]", "rsplit(',', 1)[-1]", "format()",
		"isdigit()", "isalpha()", "isspace()", "isupper()", "islower()", "replace('', '-')", "upper().lower()")
}

// percent is a formatting with the operator %.
func (g *generator) percent(d int) string {
	var text strings.Builder
	var args []string
	for range 1 + g.n(3) {
		conv := pick(g, "d", "d", "x", "X", "o", "s", "s", "r", "f", "g", "e", "c", "i", "u", "%", "E", "G")
		text.WriteString(pick(g, "", " ", "a", "|") + "%" + pick(g, "", "", "", "-", "+", " ", "#", "0", "+0", "-0") + pick(g, "", "", "5", "8", "12", "1"))
		if strings.Contains("fgesEGrd", conv) && g.chance(40) {
			text.WriteString(pick(g, ".2", ".0", ".5", ".1"))
		}
		text.WriteString(conv)
		switch {
		case conv == "%":
		case strings.Contains("dxXoiu", conv):
			args = append(args, g.expr(pick(g, kInt, kInt, kInt, kFloat, kBool), d-1))
		case strings.Contains("fgeEG", conv):
			args = append(args, g.expr(pick(g, kFloat, kFloat, kInt), d-1))
		case conv == "c":
			args = append(args, pick(g, "65", "'x'", "0x4f60", "'\\u00e9'"))
		default:
			args = append(args, g.expr(kAny, d-1))
		}
	}
	if len(args) == 1 && g.chance(50) {
		return fmt.Sprintf("('%s' %% %s)", text.String(), args[0])
	}
	if g.chance(10) {
		return fmt.Sprintf("('%%(a)s %%(b)r' %% {'a': %s, 'b': %s})", g.expr(kAny, d-1), g.expr(kAny, d-1))
	}
	return fmt.Sprintf("('%s' %% (%s))", text.String(), strings.Join(append(args, ""), ", "))
}

// format is a call of str.format.
func (g *generator) format(d int) string {
	var text strings.Builder
	var args []string
	manual := g.chance(30)
	for i := range 1 + g.n(3) {
		field := ""
		if manual {
			field = fmt.Sprint(i)
		}
		k := pick(g, kInt, kInt, kFloat, kStr, kAny)
		if field += pick(g, "", "", "", "!r", "!s"); strings.Contains(field, "!") && g.chance(90) {
			field += pick(g, "", ":>8", ":<8", ":^9", ":.2", ":x>5s")
		} else if k == kStr && g.chance(90) {
			field += pick(g, "", ":", ":s", ":<9", ":^9s", ":.3", ":*>8.2s", ":5")
		} else if k == kInt && g.chance(80) {
			field += ":" + pick(g, "", "<", ">", "^", "*^", "=", "0=") + pick(g, "", "+", " ", "-") + pick(g, "", "#") + pick(g, "", "0") + pick(g, "", "6", "12") + pick(g, "", "d", "x", "X", "o", "b")
		} else if k == kFloat && g.chance(80) {
			field += ":" + pick(g, "", "<", ">", "^") + pick(g, "", "+", " ") + pick(g, "", "0") + pick(g, "", "9") + pick(g, "", ".2", ".0", ".7") + pick(g, "", "f", "e", "g", "%", "F", "E", "G")
		} else if g.chance(20) {
			field += ":" + pick(g, "", "<", ">", "^", "*^", "=", "0=", "x<") + pick(g, "", "", "+", "-", " ") + pick(g, "", "", "#") + pick(g, "", "0", "") +
				pick(g, "", "5", "10", "1") + pick(g, "", "", "", ",") + pick(g, "", "", ".2", ".0", ".7") + pick(g, "", "d", "x", "X", "b", "o", "c", "f", "e", "g", "s", "%", "n", "F", "G", "E")
		}
		text.WriteString(pick(g, "", " ", "{{", "}}") + "{" + field + "}")
		args = append(args, g.expr(k, d-1))
	}
	if g.chance(10) {
		text.WriteString("{k[0]} {o.real}")
		args = append(args, "k="+g.expr(kTuple, d-1), "o=1j")
	}
	return fmt.Sprintf("'%s'.format(%s)", text.String(), strings.Join(args, ", "))
}

package fuzz

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
)

// token is roughly one of Python: enough to swap things in a program.
var token = regexp.MustCompile(`(?s)[rbRB]{0,2}(?:'''.*?'''|""".*?"""|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")|#[^\n]*|\.?\d[\w.]*|\w+|\*\*=?|//=?|<<=?|>>=?|[-+*/%&|^=!<>:@]=|\n *|[^\S\n]+|.`)

var (
	isName    = regexp.MustCompile(`^[A-Za-z_]\w*$`)
	isNumber  = regexp.MustCompile(`^\.?\d`)
	isString  = regexp.MustCompile(`^[rbRB]{0,2}['"]`)
	operators = [][]string{
		{"+", "-", "*", "/", "//", "%", "&", "|", "^", "<<", ">>", "**", "@"},
		{"<", ">", "<=", ">=", "==", "!=", "in", "is", "is not", "not in"},
		{"+=", "-=", "*=", "//=", "%=", "&=", "|=", "^=", "=", ">>=", "/="},
		{"and", "or"}, {"True", "False", "None"}, {"break", "continue", "pass", "return"}, {"yield", "yield from", "await", "return"},
		{"int", "str", "list", "tuple", "dict", "set", "bytes", "bytearray", "float", "bool", "repr", "len", "iter", "type"},
		{"ValueError", "TypeError", "Exception", "KeyError", "IndexError", "StopIteration", "BaseException", "GeneratorExit"},
		{"global", "nonlocal", "del"}, {"append", "pop", "extend", "remove", "index", "insert"},
		{"(", "["}, {")", "]"},
	}
	keywords = map[string]bool{"def": true, "class": true, "if": true, "elif": true, "else": true, "for": true, "while": true, "try": true,
		"except": true, "finally": true, "with": true, "as": true, "lambda": true, "import": true, "from": true, "async": true, "raise": true,
		"assert": true, "not": true, "print": true}
)

// Mutate changes a program in a few places. The result need not be valid;
// others are programs to borrow lines from.
func Mutate(seed uint64, src string, others []string) string {
	m := mutator{r: rand.New(rand.NewPCG(seed, 0x6d757461)), others: others}
	for range 1 + m.r.IntN(4) {
		src = m.once(src)
	}
	return src
}

type mutator struct {
	r      *rand.Rand
	others []string
}

func (m *mutator) once(src string) string {
	switch m.r.IntN(10) {
	case 0:
		return m.wrap(src)
	case 1, 2:
		return m.lines(src)
	}
	return m.tokens(src)
}

// tokens replaces a token by another of its sort.
func (m *mutator) tokens(src string) string {
	all := token.FindAllString(src, -1)
	if len(all) == 0 {
		return src
	}
	for range 20 {
		i := m.r.IntN(len(all))
		if s := m.instead(all, i); s != "" {
			all[i] = s
			break
		}
	}
	return strings.Join(all, "")
}

func (m *mutator) instead(all []string, i int) string {
	t := all[i]
	for _, group := range operators {
		for _, op := range group {
			if op == t {
				return group[m.r.IntN(len(group))]
			}
		}
	}
	g := &generator{r: m.r}
	switch {
	case isNumber.MatchString(t):
		return pick(g, g.intLiteral(), g.intLiteral(), g.literal(kFloat), "0", "1", "-1", "2")
	case isString.MatchString(t):
		if strings.HasPrefix(strings.ToLower(t), "b") {
			return g.literal(kBytes)
		}
		return pick(g, g.strLiteral(), g.strLiteral(), g.literal(kBytes))
	case isName.MatchString(t) && !keywords[t]:
		for range 20 {
			if o := all[m.r.IntN(len(all))]; isName.MatchString(o) && !keywords[o] {
				return o
			}
		}
		return pick(g, g.literal(kAny), "x")
	case t == ",":
		return pick(g, ", *", ", **", ":", " if 1 else ")
	}
	return ""
}

// lines deletes, doubles, exchanges or borrows lines.
func (m *mutator) lines(src string) string {
	lines := strings.Split(src, "\n")
	i, j := m.r.IntN(len(lines)), m.r.IntN(len(lines))
	switch m.r.IntN(5) {
	case 0:
		lines = append(lines[:i], lines[i+1:]...)
	case 1:
		lines = append(lines[:i+1], lines[i:]...)
	case 2:
		if indentation(lines[i]) == indentation(lines[j]) {
			lines[i], lines[j] = lines[j], lines[i]
		}
	case 3:
		lines[i] = strings.Repeat(" ", indentation(lines[j])) + strings.TrimLeft(lines[i], " ")
	default:
		if len(m.others) > 0 {
			from := strings.Split(m.others[m.r.IntN(len(m.others))], "\n")
			k := m.r.IntN(len(from))
			n := min(1+m.r.IntN(6), len(from)-k)
			lines = append(lines[:i:i], append(append([]string{}, from[k:k+n]...), lines[i:]...)...)
		}
	}
	return strings.Join(lines, "\n")
}

func indentation(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// wrap puts the whole program in another kind of block, where its names are
// found in another way.
func (m *mutator) wrap(src string) string {
	if strings.Contains(src, "'''") || strings.Contains(src, `"""`) || strings.Contains(src, "import *") {
		return src
	}
	body := "    " + strings.ReplaceAll(strings.TrimRight(src, "\n"), "\n", "\n    ") + "\n    pass\n"
	head := []string{
		"def whole():\n%swhole()\n",
		"class Whole:\n%sprint(sorted(k for k in dir(Whole) if k[0] != '_'))\n",
		"def whole():\n%s    yield 1\nprint(list(whole()))\n",
		"try:\n%sfinally:\n    print('end')\n",
		"for turn in range(2):\n%s",
		"def outer():\n    def whole():\n%s    whole()\nouter()\n",
		"with open('main.py') as f:\n%s",
		"async def whole():\n%stry:\n    whole().send(None)\nexcept StopIteration as e:\n    print(e.value)\n",
	}[m.r.IntN(8)]
	if strings.Contains(head, "    def whole") {
		body = "    " + strings.ReplaceAll(strings.TrimRight(body, "\n"), "\n", "\n    ") + "\n"
	}
	if strings.HasPrefix(head, "with") {
		head = "exec(compile('pass', 'x', 'exec'))\nif True:\n%s"
	}
	return fmt.Sprintf(head, body)
}

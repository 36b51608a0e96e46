package syntax

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNames(t *testing.T) {
	for _, c := range []struct{ src, binds, uses string }{
		{"x = y", "x", "y"},
		{"x = 1\nprint(x)", "x", "print"},
		{"print(x)\nx = 1", "x", "print"},
		{"n += 1", "n", "n"},
		{"n = 0\nn += 1", "n", ""},
		{"import a.b, c.d as e\nfrom f import g, h as i", "a e g i", ""},
		{"from m import *\nx", "*", "x"},
		{"for i in r: a, *b.c = i", "i a", "r b"},
		{"with o as p: pass\ntry: pass\nexcept E as e: pass", "p e", "o E"},
		{"def f(a, b=c, *d, **e): return a + g + len(d)\n", "f", "c g len"},
		{"def f():\n  x = 1\n  def g(): return x + y\n  return g\n", "f", "y"},
		{"def f():\n  global x\n  x = y\nprint(x)", "f x", "print y"},
		{"def f():\n  global x\n  return x\n", "f", "x"},
		{"class A(B):\n  a = 1\n  b = a\n  def m(self): return a, super().m(), __class__", "A", "B a super"},
		{"[x for x in y if z]", "", "y z"},
		{"[(w := x) for x in y]\nw", "w", "y"},
		{"{k: v for k, v in d}", "", "d"},
		{"f = lambda a: a + b", "f", "b"},
		{"x: int\ny: T = 1", "y", ""},
		{"del x", "", "x"},
		{"if 0: x = y", "x", "y"},
		{"@d\nasync def f():\n  async with a as b: await b", "f", "d a"},
		{"@micropython.native\ndef f(): pass", "f", ""},
		{"def f(x):\n  if 0:\n    y = 1\n  return y", "f", ""},
		{"def f():\n  del q", "f", ""},
		{"import misc\nmisc.Power.powerRestart()", "misc", ""},
	} {
		mod, err := Parse([]byte(c.src), "x.py", Exec)
		require.NoError(t, err, c.src)
		binds, uses := Names(mod)
		assert.Equal(t, c.binds, strings.Join(binds, " "), c.src)
		assert.Equal(t, c.uses, strings.Join(uses, " "), c.src)
	}
}

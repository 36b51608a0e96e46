package syntax

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// testdata/errors.txt holds programs and what MicroPython 1.13 prints when it
// is to compile them. A source is a JSON string whose characters are bytes.
func TestErrorsAsMicroPython(t *testing.T) {
	data, err := os.ReadFile("testdata/errors.txt")
	require.NoError(t, err)
	cases := strings.Split(strings.TrimSpace(string(data)), "\n\n")
	require.Greater(t, len(cases), 300)
	for _, c := range cases {
		head, want, _ := strings.Cut(c, "\n")
		var text string
		require.NoError(t, json.Unmarshal([]byte(strings.TrimPrefix(head, "source ")), &text))
		var src []byte
		for _, r := range text {
			src = append(src, byte(r))
		}
		_, err := Parse(src, "x.py", Exec)
		var e *Error
		if assert.ErrorAs(t, err, &e, head) {
			assert.Equal(t, want+"\n", e.Traceback(), head)
		}
	}
}

func TestErrorText(t *testing.T) {
	_, err := Parse([]byte("x = 1\ny z\n"), "main.py", Exec)
	assert.EqualError(t, err, "main.py:2: SyntaxError: invalid syntax")
	_, err = Parse([]byte(`"\N{DASH}"`), "main.py", Exec)
	assert.EqualError(t, err, "main.py: NotImplementedError: unicode name escapes")
}

func TestErrorPlace(t *testing.T) {
	_, err := Parse([]byte("x = 1\n\ty z\n"), "main.py", Exec)
	var e *Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, Error{Kind: IndentationError, Msg: "unexpected indent", File: "main.py", Line: 2, Col: 2}, *e)
	_, err = Parse([]byte("def f():\n  x = 1\n  return z y\n"), "main.py", Exec)
	require.ErrorAs(t, err, &e)
	assert.Equal(t, Error{Kind: SyntaxError, Msg: "invalid syntax", File: "main.py", Line: 3, Col: 12}, *e)
	_, err = Parse([]byte("def f():\n  x = 1\n  1 = 2\n"), "main.py", Exec)
	require.ErrorAs(t, err, &e)
	assert.Equal(t, Error{Kind: SyntaxError, Msg: "can't assign to expression", File: "main.py", Line: 3, Block: "f"}, *e)
}

func TestModes(t *testing.T) {
	for _, c := range []struct {
		mode     Mode
		src, err string
	}{
		{Eval, "1 + 1", ""},
		{Eval, "1, 2\n\n\n", ""},
		{Eval, "(yield)", "'yield' outside function"},
		{Eval, "", "invalid syntax"},
		{Eval, "x = 1", "invalid syntax"},
		{Eval, "x\ny", "invalid syntax"},
		{Eval, " 1", "unexpected indent"},
		{Single, "", ""},
		{Single, "x = 1", ""},
		{Single, "x; y", ""},
		{Single, "if x:\n  y\n", ""},
		{Single, "x\ny", "invalid syntax"},
		{Single, "break", "'break'/'continue' outside loop"},
		{Exec, "", ""},
		{Exec, "# nothing", ""},
	} {
		_, err := Parse([]byte(c.src), "x.py", c.mode)
		var e *Error
		if c.err == "" {
			assert.NoError(t, err, c.src)
		} else if assert.ErrorAs(t, err, &e, c.src) {
			assert.Equal(t, c.err, e.Msg, c.src)
		}
	}
}

// However deep a text nests, it ends in an error and not in a stack overflow.
func TestDepth(t *testing.T) {
	rep := strings.Repeat
	const n = 300_000
	for name, src := range map[string]string{
		"parens":    rep("(", n) + rep(")", n),
		"brackets":  rep("[", n),
		"braces":    rep("{", n),
		"calls":     rep("f(", n),
		"subscript": rep("x[", n),
		"minus":     rep("-", n) + "x",
		"not":       rep("not ", n) + "x",
		"power":     rep("x**", n) + "x",
		"sum":       "x" + rep("+x", n),
		"attribute": "x" + rep(".x", n),
		"call":      "x" + rep("()", n),
		"lambda":    rep("lambda:", n) + "x",
		"lambdaIf":  "[x for x in x if " + rep("lambda:", n) + "x]",
		"ifelse":    rep("x if x else ", n) + "x",
		"elif":      "if x: x\n" + rep("elif x: x\n", n),
		"decorator": "@x" + rep(".x", n) + "\ndef f(): x\n",
		"with":      "with x" + rep(",x", n) + ": x\n",
		"mixed":     rep("(", 2000) + "x" + rep("+x)", 2000) + rep("+x", n),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse([]byte(src), "x.py", Exec)
			var e *Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, RuntimeError, e.Kind)
			assert.Equal(t, "maximum recursion depth exceeded", e.Msg)
		})
	}
	var blocks strings.Builder
	for i := range 5000 {
		blocks.WriteString(rep(" ", i) + "if x:\n")
	}
	_, err := Parse([]byte(blocks.String()), "x.py", Exec)
	assert.True(t, errors.As(err, new(*Error)))
	deep := "x = " + rep("(", 1000) + "1" + rep(")", 1000) + rep("+1", 20_000) + "\n"
	_, err = Parse([]byte(deep), "x.py", Exec)
	assert.NoError(t, err)
}

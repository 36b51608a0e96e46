package syntax

import (
	"bytes"
	"errors"
	"os"
	"reflect"
	"testing"

	"github.com/go-python/gpython/ast"
	"github.com/stretchr/testify/require"
)

// lines counts the lines of a source, with the empty one behind the last line
// end, on which MicroPython finds the end.
func lines(src []byte) int {
	n := 2
	for i, c := range src {
		if c == '\n' || c == '\r' && (i+1 == len(src) || src[i+1] != '\n') {
			n++
		}
	}
	return n
}

// places calls visit for all nodes of a tree.
func places(v reflect.Value, visit func(ast.Pos)) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if !v.IsNil() && v.Elem().Kind() != reflect.String {
			places(v.Elem(), visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			places(v.Index(i), visit)
		}
	case reflect.Struct:
		if pos, ok := v.Interface().(ast.Pos); ok {
			visit(pos)
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				places(v.Field(i), visit)
			}
		}
	}
}

// Whatever the bytes, Parse returns a tree or an error with places in the file.
func FuzzParse(f *testing.F) {
	for _, file := range corpus(f) {
		src, err := os.ReadFile(file)
		require.NoError(f, err)
		f.Add(src, byte(Exec))
	}
	for _, src := range []string{
		"x\\", "'a\\", "\x00", "\xff", "'''", "if x:\n\ty\n  z", "f(*a, *b)", "{1: 2, 3}", "def f(*a, **b, c): pass",
		"A = const(1 << 3)\nB = const(A)\n", "async def f():\n async for x in y: await z\n", "[(a := 1) for x in y]",
		"def f():\n def g():\n  nonlocal x\n x = 1\n", "@micropython.native\ndef f(): super()", "b'\\xff' rb'\\x'", "\ufeffx", "x\r\ny\r",
	} {
		f.Add([]byte(src), byte(Exec))
		f.Add([]byte(src), byte(Eval))
		f.Add([]byte(src), byte(Single))
	}
	f.Fuzz(func(t *testing.T, src []byte, mode byte) {
		given := bytes.Clone(src)
		mod, err := Parse(src, "x.py", Mode(mode%3))
		if !bytes.Equal(given, src) {
			t.Fatal("the source was changed")
		}
		last := lines(src)
		if err != nil {
			var e *Error
			if mod != nil || !errors.As(err, &e) || e.Msg == "" || e.Line > last || e.Col < 0 || e.Col > len(src)+2 {
				t.Fatalf("%#v", err)
			}
			if e.Line < 1 && e.Kind != NotImplementedError {
				t.Fatalf("no line: %#v", err)
			}
			return
		}
		places(reflect.ValueOf(mod), func(pos ast.Pos) {
			if pos.Lineno < 1 || pos.Lineno > last || pos.ColOffset < 0 || pos.ColOffset > len(src) {
				t.Fatalf("%+v of %d lines", pos, last)
			}
		})
		Names(mod)
	})
}

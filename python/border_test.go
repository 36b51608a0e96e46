package python_test

import (
	"bytes"
	"math/big"
	"testing"

	"github.com/go-python/gpython/py"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/python"
)

// box is an object of a native module: it holds what it is given.
type box struct{ held py.Object }

var boxType = py.NewTypeX("box", "holds an object", func(_ *py.Type, args py.Tuple, kwargs py.StringDict) (py.Object, error) {
	b := &box{held: py.None}
	return b, py.ParseTupleAndKeywords(args, kwargs, "|O:box", []string{"held"}, &b.held)
}, nil)

func (b *box) Type() *py.Type                                 { return boxType }
func (b *box) M__len__() (py.Object, error)                   { return py.Int(7), nil }
func (b *box) M__repr__() (py.Object, error)                  { return py.String("<a box>"), nil }
func (b *box) M__getitem__(k py.Object) (py.Object, error)    { return py.Tuple{k, b.held}, nil }
func (b *box) M__setitem__(_, v py.Object) (py.Object, error) { b.held = v; return py.None, nil }
func (b *box) M__add__(o py.Object) (py.Object, error)        { return py.Tuple{b.held, o}, nil }
func (b *box) M__call__(args py.Tuple, _ py.StringDict) (py.Object, error) {
	return py.Int(len(args)), nil
}
func (b *box) M__getattr__(name string) (py.Object, error) {
	if name == "held" {
		return b.held, nil
	}
	return nil, py.ExceptionNewf(py.AttributeError, "no %s here", name)
}

// caught tells what Go code sees of an exception that a script raised.
var caught error

func init() {
	boxType.Dict["get"] = py.MustNewMethod("get", func(self py.Object, args py.Tuple) (py.Object, error) {
		return self.(*box).held, nil
	}, 0, "")
	method := func(name string, fn any) *py.Method { return py.MustNewMethod(name, fn, 0, "") }
	py.RegisterModule(&py.ModuleImpl{
		Info:    py.ModuleInfo{Name: "native", Flags: python.NativeModule},
		Globals: py.StringDict{"box": boxType, "answer": py.Int(42)},
		Methods: []*py.Method{
			method("same", func(_ py.Object, o py.Object) (py.Object, error) { return o, nil }),
			method("kind", func(_ py.Object, o py.Object) (py.Object, error) { return py.String(o.Type().Name), nil }),
			method("add", func(_ py.Object, args py.Tuple, kwargs py.StringDict) (py.Object, error) {
				var a, b py.Object
				if err := py.ParseTupleAndKeywords(args, kwargs, "OO:add", []string{"a", "b"}, &a, &b); err != nil {
					return nil, err
				}
				return py.Add(a, b)
			}),
			method("call", func(_ py.Object, args py.Tuple, kwargs py.StringDict) (py.Object, error) {
				return py.Call(args[0], args[1:], kwargs)
			}),
			method("attempt", func(_ py.Object, fn py.Object) (py.Object, error) {
				_, caught = py.Call(fn, nil, nil)
				return py.NewBool(py.IsException(py.ValueError, caught)), nil
			}),
			method("again", func(py.Object) (py.Object, error) { return nil, caught }),
			method("fail", func(_ py.Object, o py.Object) (py.Object, error) {
				return nil, py.ExceptionNewf(py.KeyError, "from Go")
			}),
			method("attr", func(_ py.Object, args py.Tuple) (py.Object, error) {
				if _, err := py.SetAttr(args[0], py.String("made_in_go"), py.Int(1)); err != nil {
					return nil, err
				}
				return py.GetAttr(args[0], args[1])
			}),
			method("total", func(_ py.Object, o py.Object) (py.Object, error) {
				sum := 0
				err := py.Iterate(o, func(item py.Object) bool {
					sum += int(item.(py.Int))
					return false
				})
				return py.Int(sum), err
			}),
			method("second", func(_ py.Object, o py.Object) (py.Object, error) { return py.GetItem(o, py.Int(1)) }),
			method("made", func(py.Object) (py.Object, error) {
				return py.Tuple{py.NewListFromItems([]py.Object{py.Int(1)}), py.StringDict{"k": py.Float(0.5)},
					(*py.BigInt)(new(big.Int).Lsh(big.NewInt(1), 100)), py.Bytes("ab"), py.None, py.True, py.Ellipsis}, nil
			}),
		},
	})
}

func script(t *testing.T, src string) string {
	t.Helper()
	var out bytes.Buffer
	in, err := python.New(python.Options{Stdout: &out})
	require.NoError(t, err)
	defer in.Close()
	err = in.RunMain("main.py", []byte(src))
	if err != nil {
		out.WriteString(python.FormatException(err))
	}
	return out.String()
}

func TestValuesCrossAndComeBackTheSame(t *testing.T) {
	assert.Equal(t, "True\nTrue\nTrue\nTrue\nTrue\nTrue\n", script(t, `
import native
class C: pass
def f(): pass
o = C()
for v in ([1], {1: 2}, o, f, C, native.box()):
    print(native.same(v) is v)
`))
	assert.Equal(t, "(1, -5, 1267650600228229401496703205376, 1.5, '\\xe9', b'x\\x00', None, True, (1, (2,)), Ellipsis)\n", script(t, `
import native
print(native.same((1, -5, 1 << 100, 1.5, 'é', b'x\x00', None, True, (1, (2,)), ...)))
`))
	assert.Equal(t, "([1], {'k': 0.5}, 1267650600228229401496703205376, b'ab', None, True, Ellipsis)\n", script(t, "import native\nprint(native.made())\n"))
	assert.Equal(t, "int str list C box\n", script(t, `
import native
class C: pass
print(*(native.kind(v) for v in (1, 'a', [], C(), native.box())))
`))
}

func TestGoSpeaksToObjectsOfTheScript(t *testing.T) {
	assert.Equal(t, "3 ab [1, 2]\n(1, (2, 3), [('k', 4)])\nyes 1\n6 6 6\nb 2 9\n", script(t, `
import native
print(native.add(1, b=2), native.add('a', 'b'), native.add([1], [2]))
print(native.call(lambda a, *b, **c: (a, b, list(c.items())), 1, 2, 3, k=4))
class C:
    there = 'yes'
    def __getitem__(self, i): return i + 8
o = C()
print(native.attr(o, 'there'), o.made_in_go)
print(native.total([1, 2, 3]), native.total(range(4)), native.total(x for x in (2, 4)))
print(native.second('abc'), native.second([1, 2]), native.second(o))
`))
}

func TestScriptsSpeakToObjectsOfGo(t *testing.T) {
	assert.Equal(t, "<a box> 7 True (3, None)\n5 5 5 (5, 1)\n2 <class 'box'> True\nAttributeError\n42 True\n", script(t, `
import native
b = native.box()
print(b, len(b), bool(b), b[3])
b[0] = 5
print(b.held, b.get(), native.box(held=5).get(), b + 1)
print(b(1, 2), type(b), isinstance(b, native.box))
try:
    b.missing
except AttributeError as e:
    print('AttributeError')
print(native.answer, native is __import__('native'))
`))
}

func TestExceptionsCross(t *testing.T) {
	assert.Equal(t, "KeyError ('from Go',)\nTrue\nTrue (1, 2)\nFalse\n", script(t, `
import native
try:
    native.fail(1)
except KeyError as e:
    print(type(e).__name__, e.args)
class Mine(ValueError): pass
mine = Mine(1, 2)
def raises(): raise mine
print(native.attempt(raises))
try:
    native.again()
except Mine as e:
    print(e is mine, e.args)
def other(): {}[1]
print(native.attempt(other))
`))
	assert.Equal(t, "Traceback (most recent call last):\n  File \"main.py\", line 4, in <module>\n  File \"main.py\", line 3, in f\nZeroDivisionError: divide by zero\n",
		script(t, "import native\ndef f():\n    1/0\nnative.call(f)\n"))
}

func TestInterpretersShareNothing(t *testing.T) {
	assert.Equal(t, "ok\n", script(t, "import native\nnative.answer = 1\nnative.mine = 2\nprint('ok')\n"))
	assert.Equal(t, "42 False\n", script(t, "import native\nprint(native.answer, hasattr(native, 'mine'))\n"))
}

package compile

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/python/object"
	"qpy/python/syntax"
)

func compiled(t *testing.T, src string) *Code {
	t.Helper()
	c, err := Source(object.NewInterp(object.Generic()), []byte(src), "test.py", syntax.Exec)
	require.NoError(t, err)
	return c
}

// ops returns the operations of a code.
func ops(c *Code) (out []Op) {
	for _, in := range c.Instrs[:len(c.Instrs)-1] {
		out = append(out, in.Op())
	}
	return out
}

func TestLocalsAreRegisters(t *testing.T) {
	c := compiled(t, "def f(a, b):\n    c = a + b\n    return c\n").Codes[0]
	assert.Equal(t, []Op{OpUnbind, OpAdd, OpReturn, OpReturnNone}, ops(c))
	assert.Equal(t, "f", c.Name)
	assert.Equal(t, 2, c.NPos)
	assert.True(t, c.Simple)
	assert.Zero(t, c.Instrs[0].B(), "all locals are bound before use")
}

func TestUnboundLocalsAreChecked(t *testing.T) {
	for src, checks := range map[string]int{
		"def f(a):\n    if a: b = 1\n    return b\n":                                      1,
		"def f(a):\n    if a: b = 1\n    else: b = 2\n    return b\n":                     0,
		"def f(a):\n    for b in a: pass\n    return b\n":                                 1,
		"def f(a):\n    while a: b = 1\n    return b\n":                                   1,
		"def f(a):\n    try: b = 1\n    except: return\n    return b\n":                   0,
		"def f(a):\n    try: b = 1\n    except: pass\n    return b\n":                     1,
		"def f(a):\n    try: a()\n    finally: b = 1\n    return b\n":                     0,
		"def f(a):\n    b = 1\n    del b\n    return b\n":                                 1,
		"def f(a):\n    with a as b: c = 1\n    return c\n":                               1,
		"def f(a):\n    return a and (b := 1) and b\n":                                    0,
		"def f(a):\n    x = a and (b := 1)\n    return b\n":                               1,
		"def f(a):\n    if a: return\n    else: b = 1\n    return b\n":                    0,
		"def f(a):\n    while True:\n        b = 1\n        if a: break\n    return b\n":  1,
		"def f(a):\n    return b\n    b = 1\n":                                            1,
		"def f(a):\n    for i in range(a):\n        b = 1\n        c = b\n    return a\n": 0,
		"def f(a):\n    try: pass\n    except E as e: a = e\n    return a\n":              1,
		"def f(a):\n    (lambda: b)\n    b = a\n    return b\n":                           0,
	} {
		n := 0
		for _, op := range ops(compiled(t, src).Codes[0]) {
			if op == OpCheck {
				n++
			}
		}
		assert.Equal(t, checks, n, src)
	}
}

func TestConstantsOfLoopsStayInRegisters(t *testing.T) {
	c := compiled(t, "def f(x):\n    while x:\n        x = x * 2.5 + 2.5\n").Codes[0]
	assert.Equal(t, []Op{OpUnbind, OpLoadK, OpJump, OpMul, OpAdd, OpJTrue, OpReturnNone}, ops(c))
	assert.Equal(t, []object.Value{object.Float(2.5)}, c.Consts)
}

func TestComparisonsJump(t *testing.T) {
	c := compiled(t, "def f(a, b):\n    if a < b and not a == 3 or b is None: return 1\n").Codes[0]
	assert.Equal(t, []Op{OpUnbind, OpJNotLt, OpJNotEqI, OpJNotNone, OpLoadI, OpReturn, OpReturnNone}, ops(c))
}

func TestIntegersAreComputedByTheCompiler(t *testing.T) {
	c := compiled(t, "x = (1 << 40) + 2 * 3\ny = -5\n")
	require.NotEmpty(t, c.Consts)
	assert.Equal(t, object.Int(1<<40+6), c.Consts[0])
	assert.NotContains(t, ops(c), OpNeg)
}

func TestScopes(t *testing.T) {
	c := compiled(t, `
def f(a):
    b = 1
    def g():
        nonlocal b
        b = a
        def h(): return b
        return h
    class C:
        x = b
        def m(self): return __class__, a
    return g
`).Codes[0]
	g, class := c.Codes[0], c.Codes[1]
	assert.Equal(t, []FreeVar{{Index: 0}, {Index: RegSize}}, g.Free)
	assert.Equal(t, []FreeVar{{Outer: true, Index: 1}}, g.Codes[0].Free)
	assert.True(t, class.Class)
	m := class.Codes[0]
	require.Len(t, m.Free, 2)
	assert.False(t, m.Free[0].Outer, "__class__ is a cell of the class body")
	assert.True(t, m.Free[1].Outer)
}

// TestLinesNeverGoBack: MicroPython's line table cannot.
func TestLinesNeverGoBack(t *testing.T) {
	c := compiled(t, "def f(a):\n    while (a\n           .b):\n        a(1,\n          2)\n    x = [1,\n      a.c]\n").Codes[0]
	for i := 1; i < len(c.Lines); i++ {
		if op := c.Instrs[i].Op(); op != OpLoadK && op != OpLoadI {
			assert.GreaterOrEqual(t, c.Lines[i], c.Lines[i-1])
		}
	}
}

func TestErrorsAreExceptions(t *testing.T) {
	in := object.NewInterp(object.Generic())
	for src, want := range map[string]string{
		"def f(:\n":                  "SyntaxError: invalid syntax",
		"if 1:\nx\n":                 "SyntaxError: invalid syntax",
		"  x = 1\n y\n":              "IndentationError: unexpected indent",
		"def f():\n    nonlocal x\n": "SyntaxError: no binding for nonlocal found",
	} {
		_, err := Source(in, []byte(src), "e.py", syntax.Exec)
		require.Error(t, err, src)
		assert.Equal(t, want, err.Error(), src)
		e, ok := err.(*object.Exception)
		require.True(t, ok)
		assert.Equal(t, "e.py", e.Trace[0].File)
	}
	deep := "def f(a):\n    return " + strings.Repeat("f(a, ", 2100) + "1" + strings.Repeat(")", 2100) + "\n"
	_, err := Source(in, []byte(deep), "e.py", syntax.Exec)
	assert.ErrorContains(t, err, "function needs too many registers")
}

const sample = `
class A:
    def m(self, *a, k=1, **kw):
        for i in range(10):
            try:
                with self as s: yield [x for x in s if x < 3.5]
            except (ValueError, KeyError) as e:
                del self.x[i]
            finally:
                a = b, *c = d[1:2], {1: 2}
        return super().m(*a, **kw)
`

// TestVerifyFindsEveryBadOperand changes one operand after the other to a value
// out of range: the machine must never see it.
func TestVerifyFindsEveryBadOperand(t *testing.T) {
	var all []*Code
	var walk func(c *Code)
	walk = func(c *Code) {
		all = append(all, c)
		for _, n := range c.Codes {
			walk(n)
		}
	}
	walk(compiled(t, sample))
	changed := 0
	for _, c := range all {
		require.NoError(t, Verify(c))
		for pc, in := range c.Instrs {
			for j, kind := range []byte(form(in.Op())) {
				if kind == 'i' || kind == 'u' || kind == 'I' {
					continue
				}
				shift := 16 * (j + 1)
				bad := in&^(0xffff<<shift) | 0x7ff8<<shift
				if kind == 'K' || kind == 'T' {
					bad = in&0xffffffff | 0x7ffffff8<<32
				}
				c.Instrs[pc] = bad
				assert.Error(t, Verify(c), "%s %d operand %d", c.Name, pc, j)
				changed++
				if kind == 'r' {
					c.Instrs[pc] = in ^ 1<<shift // not on a register's boundary
					assert.Error(t, Verify(c))
				}
			}
			c.Instrs[pc] = in&^0xff | Instr(NumOps)
			assert.Error(t, Verify(c))
			c.Instrs[pc] = in
		}
		last := c.Instrs[len(c.Instrs)-2]
		c.Instrs[len(c.Instrs)-2] = Instr(OpNop)
		assert.Error(t, Verify(c), "runs off the end")
		c.Instrs[len(c.Instrs)-2] = last
	}
	assert.Greater(t, changed, 100)
}

// TestEveryOperationHasAForm: an operation without one would not be checked.
func TestEveryOperationHasAForm(t *testing.T) {
	bare := map[Op]bool{OpNop: true, OpReturnNone: true, OpRaiseLast: true, OpEndExcept: true}
	for op := range NumOps {
		assert.Equal(t, bare[op], form(op) == "", "operation %d", op)
	}
}

// FuzzCompile compiles whatever the parser accepts; Compile verifies the code.
func FuzzCompile(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte("a = [i for i in (yield)]\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		in := object.NewInterp(object.Generic())
		mod, err := syntax.Parse(src, "f.py", syntax.Exec)
		if err != nil {
			return
		}
		if _, err := Compile(in, mod, "f.py"); err != nil {
			_, ok := err.(*object.Exception)
			require.True(t, ok, "%v", err)
		}
	})
}

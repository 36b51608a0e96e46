package vm_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	_ "qpy/python/builtin"
	"qpy/python/compile"
	"qpy/python/object"
	"qpy/python/syntax"
	"qpy/python/vm"
)

// board is an interpreter whose output, with the traceback of an uncaught
// exception, is kept.
type board struct {
	in  *object.Interp
	t   *object.Thread
	out strings.Builder
	// globals are those of the program that ran last.
	globals *object.Dict
}

func newBoard(p object.Profile) *board {
	b := &board{in: object.NewInterp(p)}
	vm.Install(b.in)
	b.in.Stdout = func(p []byte) { b.out.Write(p) }
	b.t = b.in.NewThread()
	sys := b.in.NewModule("sys")
	def := func(name string, v object.Value) { sys.Globals.SetName(b.in, b.in.Intern(name), v) }
	def("print_exception", object.Func1("print_exception", func(t *object.Thread, e object.Value) (object.Value, error) {
		return object.None, object.PrintException(t, t.StdoutPrinter(), e)
	}))
	def("exc_info", object.Func0("exc_info", func(t *object.Thread) (object.Value, error) {
		if t.Handled.IsNull() {
			return object.NewTuple(object.None, object.None, object.None), nil
		}
		return object.NewTuple(t.Handled.Type().Value(), t.Handled, object.None), nil
	}))
	b.in.Import = func(t *object.Thread, name *object.Str, names object.Value, level int, globals *object.Dict) (object.Value, error) {
		if name.String() == "sys" {
			return sys.Value(), nil
		}
		return object.Null, object.Raisef(object.ImportError, "no module named '%s'", name)
	}
	return b
}

// run runs a program as __main__ and returns what it printed, and the error
// that ended it if that is no exception.
func (b *board) run(src, file string) error {
	main := b.in.NewModule("__main__")
	b.globals = main.Globals
	c, err := compile.Source(b.in, []byte(src), file, syntax.Exec)
	if err == nil {
		_, err = vm.Exec(b.t, c, main.Globals, main.Globals)
	}
	var e *object.Exception
	if errors.As(err, &e) {
		return object.PrintException(b.t, b.t.StdoutPrinter(), e.Self())
	}
	return err
}

// output runs a program on a fresh board.
func output(t *testing.T, src string) string {
	t.Helper()
	b := newBoard(object.Generic())
	require.NoError(t, b.run(src, "test.py"))
	return b.out.String()
}

// TestPrograms compares with what the unix port of MicroPython 1.13 printed.
func TestPrograms(t *testing.T) {
	files, err := filepath.Glob("testdata/*.py")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			src, err := os.ReadFile(f)
			require.NoError(t, err)
			want, err := os.ReadFile(strings.TrimSuffix(f, ".py") + ".out")
			require.NoError(t, err)
			b := newBoard(object.Generic())
			require.NoError(t, b.run(string(src), filepath.Base(f)))
			assert.Equal(t, string(want), b.out.String())
		})
	}
}

const spin = "n = 0\nwhile True:\n    n += 1\n"

var errOff = errors.New("switched off")

func TestTurnStopsALoopThatCatchesEverything(t *testing.T) {
	for _, src := range []string{
		spin,
		"while True:\n    try:\n        while True: pass\n    except:\n        pass\n    finally:\n        print('finally')\n",
		"def f():\n    f.__name__\n    while 1:\n        yield 1\nfor x in f(): pass\n",
		"def f(): return 1\nwhile f(): f()\n",
		"class A:\n    def __add__(self, o): return self\na = A()\nfor i in range(10 ** 9): a + a\n",
		"sum(i for i in range(10 ** 12))\n",
		"[i for i in range(10 ** 6) if not print]\nwhile 1: len('')\n",
	} {
		b := newBoard(object.Generic())
		turns := 0
		b.in.Turn = func(_ *object.Thread, n int) error {
			assert.Equal(t, b.in.Quantum, n)
			if turns++; turns == 50 {
				return errOff
			}
			return nil
		}
		assert.ErrorIs(t, b.run(src, "spin.py"), errOff, src)
		assert.Empty(t, b.out.String(), "no script code runs after it")
	}
}

func TestPollStopsLongBuiltins(t *testing.T) {
	for _, src := range []string{"sum(range(10 ** 15))", "-1 in iter(range(10 ** 15))", "max(map(abs, range(10 ** 15)))", "any(filter(None, map(len, [''] * 10 ** 5)) or map(bool, zip()))\nmin(range(10 ** 15))"} {
		b := newBoard(object.Generic())
		polls := 0
		b.in.Poll = func() error {
			if polls++; polls > 3 {
				return errOff
			}
			return nil
		}
		assert.ErrorIs(t, b.run("try:\n    "+strings.ReplaceAll(src, "\n", "\n    ")+"\nexcept:\n    print('no')\n", "poll.py"), errOff, src)
		assert.Empty(t, b.out.String())
	}
}

// A single call for a text that fills the heap asks too.
func TestPollStopsCallsForLongTexts(t *testing.T) {
	for setup, calls := range map[string][]string{
		"s = '1' * 8000000": {"s.isdigit()", "s.isupper()", "s.upper()", "s.lower()", "s.strip('1')", "s.lstrip('1')", "s.rstrip('1')", "s.find('2')", "s.rfind('2')",
			"s.index('12')", "s.rindex('2')", "s.count('2')", "s.count('12')", "s.count('1111')", "'2' in s", "s.split('2')", "s.rsplit('2', 1)", "s.partition('2')", "s.rpartition('2')",
			"s.replace('2', '')", "s.replace('11', '2')", "s.splitlines()", "s.split()", "hash(s)", "{s: 1}", "s in {1: 1}"},
		"s = b'1' * 8000000":     {"hash(s)", "{s: 1}", "s.isdigit()", "s.find(b'2')"},
		"s = '\u20ac' * 3000000": {"s[2999999]", "s[-2999999]", "len(s)", "s.find('1', 2999990)", "s.find('\u20ac', 2999990)", "s.count('')"},
		"s = [0] * 1000000":      {"max(s)", "min(s)", "sum(s)", "any(s)", "set(s)", "hash(tuple(s))", "1 in s", "s.count(1)", "s == s + [1][:0]", "s < s[:-1] + [1]", "bytes(s)"},
	} {
		for _, call := range calls {
			b := newBoard(object.Generic())
			polls := -1
			b.in.Poll = func() error {
				if polls < 0 {
					return nil
				}
				if polls++; polls > 3 {
					return errOff
				}
				return nil
			}
			native := b.in.NewModule("native")
			b.in.Import = func(*object.Thread, *object.Str, object.Value, int, *object.Dict) (object.Value, error) {
				return native.Value(), nil
			}
			native.Globals.SetName(b.in, b.in.Intern("begin"), object.Func0("begin", func(*object.Thread) (object.Value, error) {
				polls = 0
				return object.None, nil
			}))
			assert.ErrorIs(t, b.run("from native import begin\n"+setup+"\nbegin()\nlen('') or "+call+"\n", "poll.py"), errOff, "%s: %s", setup, call)
		}
	}
}

func TestTurnCanRaise(t *testing.T) {
	b := newBoard(object.Generic())
	b.in.Turn = func(*object.Thread, int) error { return object.RaiseArgs(object.KeyboardInterrupt) }
	src := "try:\n    while True: pass\nexcept KeyboardInterrupt:\n    print('caught')\n"
	require.NoError(t, b.run(src, "int.py"))
	assert.Equal(t, "caught\n", b.out.String())
}

// A quantum of calls can take long. Who sets Attention does not wait for its end,
// and the turns count the turn points that there were.
func TestAttentionBringsTheNextTurnForward(t *testing.T) {
	for src, points := range map[string]int{
		"while True: look()\n":                                                            2, // the call, and the jump back
		"while True: x = look() + 1\n":                                                    2,
		"def f(): return look()\nfor i in range(10**9): f()\n":                            3,
		"class A:\n    def __eq__(self, o): return look()\na = A()\nwhile a == 1: pass\n": 4,
	} {
		b := newBoard(object.Generic())
		looks, turns := 0, 0
		native := b.in.NewModule("native")
		b.in.Import = func(*object.Thread, *object.Str, object.Value, int, *object.Dict) (object.Value, error) {
			return native.Value(), nil
		}
		native.Globals.SetName(b.in, b.in.Intern("look"), object.Func0("look", func(*object.Thread) (object.Value, error) {
			if looks++; looks == 5 {
				b.in.Attention.Store(true)
			}
			return object.Int(1), nil
		}))
		b.in.Turn = func(_ *object.Thread, n int) error {
			turns++
			assert.LessOrEqual(t, n, 5*points, src)
			assert.GreaterOrEqual(t, n, 5, src)
			assert.True(t, b.in.Attention.Swap(false))
			return errOff
		}
		assert.ErrorIs(t, b.run("from native import look\n"+src, "spin.py"), errOff, src)
		assert.Equal(t, []int{5, 1}, []int{looks, turns}, src)
	}
}

func TestTurnsComeAtTheSamePlaces(t *testing.T) {
	places := func() (out []int64) {
		b := newBoard(object.Generic())
		b.in.Quantum = 7
		var globals *object.Dict
		b.in.Turn = func(th *object.Thread, _ int) error {
			globals = vm.Globals(th)
			out = append(out, globals.GetName(b.in, b.in.Intern("n")).Int())
			return nil
		}
		require.NoError(t, b.run("n = 0\ndef f():\n    global n\n    n += 1\nfor i in range(50):\n    f()\n    f()\n", "p.py"))
		return out
	}
	first := places()
	assert.Greater(t, len(first), 10)
	assert.Equal(t, first, places())
}

func TestHeapBudgetEndsInMemoryError(t *testing.T) {
	p := object.Generic()
	p.Heap = 1 << 20
	for _, body := range []string{
		"    l = []\n    while 1: l.append(1)\n",
		"    l = None\n    while 1: l = [l]\n",
		"    l = None\n    while 1: l = (l, 1)\n",
		"    l = {}\n    while 1: l = {1: l}\n",
		"    def h(x): return lambda: x\n    l = None\n    while 1: l = h(l)\n",
		"    class N: pass\n    l = None\n    while 1:\n        n = N()\n        n.l = l\n        l = n\n",
		"    def g(x): yield x\n    l = None\n    while 1: l = g(l)\n",
		"    l = None\n    while 1: l = ValueError(l)\n",
		"    s = 'a'\n    while 1: s += s\n",
		"    n = 3\n    while 1: n *= n\n",
		"    return 'a' * 10 ** 12\n",
		"    return 1 << 10 ** 9\n",
	} {
		b := newBoard(p)
		src := "def f():\n" + body + "for i in range(2):\n    try:\n        f()\n        print('no')\n    except MemoryError as e:\n        print(str(e)[:24])\n"
		require.NoError(t, b.run(src, "mem.py"))
		assert.Equal(t, strings.Repeat("memory allocation failed\n", 2), b.out.String(), body)
	}
}

func TestGarbageDoesNotCountAgainstTheBudget(t *testing.T) {
	p := object.Generic()
	p.Heap = 1 << 20
	b := newBoard(p)
	require.NoError(t, b.run("for i in range(20000):\n    l = [i] * 20\n    d = {i: l}\nprint(d[19999][0])\n", "gc.py"))
	assert.Equal(t, "19999\n", b.out.String())
}

func TestRecursionDepthIsTheProfiles(t *testing.T) {
	p := object.Generic()
	p.MaxDepth = 37
	b := newBoard(p)
	require.NoError(t, b.run("n = 0\ndef f():\n    global n\n    n += 1\n    f()\ntry:\n    f()\nexcept RuntimeError as e:\n    print(e, n)\n", "rec.py"))
	assert.Equal(t, "maximum recursion depth exceeded 36\n", b.out.String())
}

// TestDeepStack makes the register stack grow and shrink across its pieces.
func TestDeepStack(t *testing.T) {
	p := object.Generic()
	p.MaxDepth = 20000
	b := newBoard(p)
	require.NoError(t, b.run(`
def f(n, a, b, c):
    x = n; y = a; z = b; w = c
    if n:
        r = f(n - 1, z, w, y)
        assert (x, y, z, w) == (n, a, b, c)
        return r + 1
    return 0
def g(n):
    if n: yield from g(n - 1)
    yield n
print(f(5000, 'a', 'b', 'c'), sum(g(300)), f(3000, 1, 2, 3))
`, "deep.py"))
	assert.Equal(t, "5000 45150 3000\n", b.out.String())
}

func TestCallsWithManyArguments(t *testing.T) {
	args, params := make([]string, 200), make([]string, 200)
	for i := range args {
		args[i] = "1"
		params[i] = "p" + strings.Repeat("x", i)
	}
	src := "def f(" + strings.Join(params, ", ") + "): return p + " + params[199] + "\nprint(f(" + strings.Join(args, ", ") + "))\n"
	assert.Equal(t, "2\n", output(t, src))
}

// numbered repeats a text with the numbers from 0 to n-1 in it.
func numbered(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

func TestLongPrograms(t *testing.T) {
	// A long display of constants is one constant; a long function without
	// loops is refused in words, not by a wrong jump.
	assert.Equal(t, "30000 30000\n", output(t, "l = ["+strings.Repeat("7, ", 30000)+"]\nt = ("+strings.Repeat("'a', ", 30000)+")\nprint(len(l), len(t))\n"))
	assert.Contains(t, output(t, "def f(a):\n  if a < 1:\n"+strings.Repeat("    a.x = a\n", 40000)), "function has too many instructions")
	assert.Contains(t, output(t, "def f():\n"+numbered(" a%d = 1\n", 5000)+"f()\n"), "RuntimeError: function needs too many registers")
	assert.Contains(t, output(t, "def f("+numbered("a%d, ", 5000)+"b): pass\n"), "RuntimeError: ")
	assert.Contains(t, output(t, "f = lambda: ["+numbered("(a%d := 1), ", 5000)+"]\nf()\n"), "RuntimeError: function needs too many registers")
	assert.Equal(t, "30000\n", output(t, "n = 0\nif n:\n    n = 'no'\n"+strings.Repeat("n = n + 1\n", 30000)+"print(n)\n"))
	assert.Equal(t, "1\n", output(t, "n = 0\nif n:\n"+strings.Repeat("    n = n + 1\n", 30000)+"else: print(1)\n"))
}

// A chain needs no more registers than one link of it, and no more than linear time.
func TestLongChains(t *testing.T) {
	const prelude = "class A:\n    def m(self, *a): return self\n    def __call__(self): return self\n" +
		"    def __getitem__(self, i): return self\na = A()\na.x = a\n"
	for _, link := range []string{"[0]", "[a]", "[1:2]", ".x", "()", ".m()", ".x.m(1, 2)()", "[a.m()].m(a[1], *[a.x()])"} {
		chain := "a" + strings.Repeat(link, 8000)
		assert.Equal(t, "True True\n", output(t, prelude+"b = "+chain+"\ndef f(a):\n    return "+chain+"\nprint(a is b, f(a) is b)\n"), link)
	}
	const traceback = "Traceback (most recent call last):\n  File \"test.py\", line 11, in <module>\nAttributeError: 'A' object has no attribute 'no'\n"
	assert.Equal(t, traceback, output(t, prelude+"\na.x[\n0].m(\n)(\n).no\n"), "the line of the error")
}

func TestManyBoardsAtOnce(t *testing.T) {
	src, err := os.ReadFile("testdata/classes.py")
	require.NoError(t, err)
	want, err := os.ReadFile("testdata/classes.out")
	require.NoError(t, err)
	var wg sync.WaitGroup
	got := make([]string, 50)
	for i := range got {
		wg.Go(func() {
			b := newBoard(object.Generic())
			if err := b.run(string(src), "classes.py"); err != nil {
				got[i] = err.Error()
				return
			}
			got[i] = b.out.String()
		})
	}
	wg.Wait()
	for _, s := range got {
		assert.Equal(t, string(want), s)
	}
}

// TestThreadsOfOneBoard hands the board from thread to thread at every turn, as
// a kernel does.
func TestThreadsOfOneBoard(t *testing.T) {
	b := newBoard(object.Generic())
	b.in.Quantum = 3
	require.NoError(t, b.run("total = 0\ndef work(n):\n    global total\n    for i in range(n):\n        total += 1\n        [j for j in range(3)]\n    return total\n", "thr.py"))
	work := b.mainGlobal(t, "work")
	const n = 4
	turn := make([]chan struct{}, n)
	for i := range turn {
		turn[i] = make(chan struct{}, 1)
	}
	done := make([]bool, n)
	var wg sync.WaitGroup
	next := func(me int) {
		for k := 1; k <= n; k++ {
			if o := (me + k) % n; !done[o] {
				turn[o] <- struct{}{}
				return
			}
		}
	}
	threads := map[*object.Thread]int{}
	b.in.Turn = func(th *object.Thread, _ int) error {
		me := threads[th]
		next(me)
		<-turn[me]
		return nil
	}
	for i := range n {
		threads[b.in.NewThread()] = i
	}
	for th, i := range threads {
		wg.Add(1)
		go func() {
			defer wg.Done()
			<-turn[i]
			_, err := object.Call(th, work, []object.Value{object.Int(200)}, nil)
			assert.NoError(t, err)
			done[i] = true
			next(i)
		}()
	}
	turn[0] <- struct{}{}
	wg.Wait()
	assert.Equal(t, object.Int(200*n), b.mainGlobal(t, "total"))
}

// mainGlobal returns a global of the program that ran last.
func (b *board) mainGlobal(t *testing.T, name string) object.Value {
	t.Helper()
	require.NotNil(t, b.globals)
	v := b.globals.GetName(b.in, b.in.Intern(name))
	require.False(t, v.IsNull(), name)
	return v
}

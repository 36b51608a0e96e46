package tests

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy"
)

func TestMemoryBombsEndInMemoryError(t *testing.T) {
	for _, source := range []string{
		"x = 'a' * 10**12",
		"x = 1 << 10**9",
		"x = 10 ** 10**12",
		"x = bytearray(10**11)",
		"x = tuple(range(10**9))",
		"x = '%1000000000d' % 1",
		"x = '{:1000000000}'.format(1)",
		"x = []\nwhile True:\n    x.append(x)",
		"x = [0]\nwhile True:\n    x = x + x",
		"x = 'ab'\nwhile True:\n    x += x",
		"x = {}\ni = 0\nwhile True:\n    x[i] = str(i)\n    i += 1",
		"x = [b'a' * 10**6 for _ in range(10**6)]",
		"f = open('/usr/f', 'w')\nf.write('x' * 10**7)",
		"def g():\n    while True:\n        yield 1\na, *b = g()",
		"def g():\n    while True:\n        yield 1\nprint(*g())",
		"list(enumerate(range(10**9)))",
		"list(zip(range(10**9), range(10**9)))",
		"x = 'a' * 10**6\n'%s' * 1000 % ((x,) * 1000)",
		"x = 'a' * 10**6\n('{}' * 1000).format(*[x] * 1000)",
		"x = 'a' * 10**6\nrepr([x] * 1000)",
		"import ujson\nx = 'a' * 10**6\nujson.dumps([x] * 1000)",
		"import ure\nx = 'a' * 10**5\nure.sub('a', x, x)",
		"x = []\nwhile True:\n    x.append({1, 2, 3})",
		"x = []\nwhile True:\n    try:\n        1 // 0\n    except ZeroDivisionError as e:\n        x.append(e)",
		"x = []\nwhile True:\n    x.append(compile('a = 1', 'x', 'exec'))",
		"import _thread\nx = []\nwhile True:\n    x.append(_thread.allocate_lock())",
		"x = iter([1])\nwhile True:\n    x = zip(x)",
		"import _thread, utime\nwhile True:\n    _thread.start_new_thread(utime.sleep, (1000,))",
		"from ucollections import namedtuple\nx = []\nwhile True:\n    x.append(namedtuple('T', 'a b'))",
		"x = [open('/usr/f', 'w') for _ in range(10**6)]",
		"class A:\n    pass\nx = A()\nn = 0\nwhile True:\n    getattr(x, 'n%d' % n, None)\n    n += 1",
		"n = 0\nwhile True:\n    exec('n%d = 1' % n, {})\n    n += 1",
	} {
		console, r := run(t, qpy.Config{Heap: 8 << 20}, source+"\n")
		assert.Equal(t, qpy.Failed, r.Ending, source)
		assert.Contains(t, console, "MemoryError: memory allocation failed, allocating ", source)
	}
}

func TestHeapIsForTheLivingOnly(t *testing.T) {
	console, r := run(t, qpy.Config{Heap: 4 << 20}, "n = 0\nfor i in range(1000):\n    n += len('x' * 100000)\nprint(n)\n")
	assert.Equal(t, "100000000\n", console)
	assert.Equal(t, qpy.Finished, r.Ending)
}

// What a script asks for and drops again may go on for ever.
func TestGarbageIsNoBomb(t *testing.T) {
	for _, source := range []string{
		"for i in range(200000):\n    id([])",
		"e = ValueError()\nfor i in range(100000):\n    try:\n        raise e\n    except ValueError:\n        pass",
		"class A:\n    pass\nfor i in range(3000):\n    a = A()\n    for k in range(20):\n        setattr(a, 'k%d' % (i * (k + 7) % 40), 1)",
		"import _thread, utime\nfor i in range(2000):\n    _thread.start_new_thread(print, ('',))\n    utime.sleep_ms(1)",
	} {
		_, r := run(t, qpy.Config{Heap: 2 << 20}, source+"\n")
		assert.Equal(t, qpy.Finished, r.Ending, source)
	}
}

func TestDeepRecursionEndsInRuntimeError(t *testing.T) {
	for _, source := range []string{
		"def f():\n    f()\nf()",
		"class A:\n    def __getattr__(self, n):\n        return getattr(self, n)\nA().x",
		"x = []\nfor i in range(100000):\n    x = [x]\nprint(x)",
		"x = []\nx.append(x)\ny = []\ny.append(y)\nx == y",
		"def g():\n    yield from g()\nlist(g())",
		"x = iter([1])\nfor i in range(100000):\n    x = zip(x)\nlist(x)",
		"x = iter([1])\nfor i in range(100000):\n    x = filter(None, x)\nlist(x)",
		"class A:\n    def __repr__(self):\n        return repr(self)\nrepr(A())",
		"class A:\n    def __eq__(self, o):\n        return self == o\nA() == 1",
		"def key(x):\n    return sorted([x, x], key=key)\nkey(1)",
		"import ujson\nx = []\nx.append(x)\nujson.dumps(x)",
		"x = frozenset()\nfor i in range(100000):\n    x = frozenset([x])\nhash(x)",
		"exec('[' * 100000)",
		"exec('not ' * 100000 + 'x')",
	} {
		console, r := run(t, qpy.Config{}, source+"\n")
		assert.Equal(t, qpy.Failed, r.Ending, source)
		assert.Contains(t, console, "RuntimeError: maximum recursion depth exceeded", source)
	}
}

// onText calls do once the console has shown text.
type onText struct {
	bytes.Buffer
	text string
	do   func()
}

func (w *onText) Write(p []byte) (int, error) {
	n, err := w.Buffer.Write(p)
	if w.do != nil && strings.Contains(w.String(), w.text) {
		w.do()
		w.do = nil
	}
	return n, err
}

func TestBusyScriptIsStopped(t *testing.T) {
	for _, real := range []bool{true, false} {
		ctx, cancel := context.WithCancel(context.Background())
		console := &onText{text: "busy", do: cancel}
		board, err := qpy.New(qpy.Config{Fast: !real, Stdout: console, Stderr: console})
		require.NoError(t, err)
		r, err := board.Run(ctx, qpy.Script{Name: "main.py", Source: []byte("print('busy')\nwhile True:\n    pass\n")})
		require.NoError(t, err)
		require.NoError(t, board.Close())
		assert.Equal(t, 1, r.Code)
		assert.Contains(t, console.String(), "Traceback (most recent call last):\n  File \"main.py\", line ")
		assert.Contains(t, console.String(), "KeyboardInterrupt: ")
	}
}

// A built-in function that runs for ever, or for minutes, is stopped as soon as
// a loop is.
func TestLongBuiltinIsStopped(t *testing.T) {
	for _, source := range []string{
		"go()\nsum(range(10**15))",
		"go()\nmax(iter(range(10**15)))",
		"go()\nall(range(1, 10**15))",
		"go()\nlist(filter(lambda x: x < 0, range(10**15)))",
		"go()\n'a' in range(10**15)",
		"class R:\n    def __getitem__(self, i):\n        return i\ngo()\n-1 in R()",
		"class I:\n    def __iter__(self):\n        return self\n    def __next__(self):\n        return 1\ngo()\nsum(I())",
		"def g():\n    while True:\n        yield 1\ngo()\n2 in g()",
		"x = 7 ** (10 ** 6)\ngo()\nwhile True:\n    x * x",
		"x = 7 ** (10 ** 6)\ny = x >> 10 ** 6\ngo()\nwhile True:\n    x // y",
		"x = 7 ** (10 ** 6)\ngo()\npow(x, x, x + 1)",
		"x = 7 ** (10 ** 6)\ngo()\nwhile True:\n    str(x)",
		"x = '7' * (10 ** 6)\ngo()\nwhile True:\n    int(x)",
		"x = [0] * 1000000\ngo()\nwhile True:\n    x == x[:]",
		"x = [0] * 1000000\ngo()\nwhile True:\n    repr(x)",
		"x = [[0] * 1000] * 1000\ngo()\nwhile True:\n    x.sort()",
		"x = [i * 7919 % 1000003 for i in range(1000000)]\ngo()\nwhile True:\n    sorted(x)",
		"import gc\nx = [[] for i in range(300000)]\ngo()\nwhile True:\n    gc.collect()",
		"x = ['a'] * 1000000\ngo()\nwhile True:\n    ','.join(x)",
		"import ujson\nx = [[1] * 1000] * 1000\ngo()\nwhile True:\n    ujson.dumps(x)",
		"import uhashlib\nx = bytes(10000000)\ngo()\nwhile True:\n    uhashlib.sha256(x)",
		"x = {i: i for i in range(300000)}\ngo()\nwhile True:\n    x == x.copy()",
		"x = 'a' * 10 ** 7\ngo()\nwhile True:\n    x.count('aab')",
		// A quantum of such calls takes seconds.
		"x = '1' * 2 * 10 ** 7\ngo()\nwhile True:\n    x.isdigit()",
		"x = ' ' * 2 * 10 ** 7\ngo()\nwhile True:\n    x.strip()",
		"x = '\u20ac' * 10 ** 7\ngo()\nwhile True:\n    x[9999999]",
		"x = [0] * 10 ** 6\ngo()\nwhile True:\n    max(x)",
		"x = (0,) * 10 ** 6\ngo()\nwhile True:\n    set(x)",
		"import _thread\nx = [0] * 10 ** 6\ndef busy():\n    while True:\n        max(x)\n_thread.start_new_thread(busy, ())\ngo()\nwhile True:\n    max(x)",
		// One such call takes minutes, or seconds.
		"x = 1 << 10 ** 8\ngo()\n'%d' % x",
		"x = 1 << 10 ** 8\ngo()\n'{:,}'.format(x)",
		"x = 1 << 10 ** 8\ngo()\npow(3, x, 1000000007)",
		"x = 'x = [1, 2, 3]\\n' * 200000\ngo()\nwhile True:\n    compile(x, 'x', 'exec')",
		"x = '[' + '1,' * 1000000 + ']'\ngo()\nwhile True:\n    compile(x, 'x', 'eval')",
		"import uio\nx = uio.BytesIO(bytes(2 * 10 ** 7))\ngo()\nwhile True:\n    x.seek(0)\n    x.readline()",
	} {
		ctx, cancel := context.WithCancel(context.Background())
		console := &onText{text: "busy", do: cancel}
		board, err := qpy.New(qpy.Config{Fast: true, Stdout: console, Stderr: console})
		require.NoError(t, err)
		r, err := board.Run(ctx, qpy.Script{Name: "main.py", Source: []byte("def go():\n    print('busy')\n" + source + "\n")})
		require.NoError(t, err)
		require.NoError(t, board.Close())
		assert.Equal(t, 1, r.Code, source)
		assert.Contains(t, console.String(), "KeyboardInterrupt: ", source)
	}
}

func TestThreadsTakeTurnsWhileBusy(t *testing.T) {
	console, _ := run(t, qpy.Config{}, `
import _thread
stop = []
seen = []
def busy(n):
    while not stop:
        if n not in seen:
            seen.append(n)
for n in range(3):
    _thread.start_new_thread(busy, (n,))
while len(seen) < 3:
    pass
stop.append(1)
print(sorted(seen))
`)
	assert.Equal(t, "[0, 1, 2]\n", console)
}

// TestThousandBoardsAtOnce runs a thousand boards at once, each with a script
// of its own that computes, waits, writes files and starts threads.
func TestThousandBoardsAtOnce(t *testing.T) {
	const boards = 1000
	source := func(n int) string {
		return fmt.Sprintf(`
import _thread, utime
out = []
class Shared:
    n = %d
def worker(k):
    utime.sleep_ms(k)
    out.append(k * Shared.n)
for k in range(3):
    _thread.start_new_thread(worker, (k,))
with open("/usr/n.txt", "w") as f:
    f.write(str(Shared.n))
utime.sleep(1)
d = {i: str(i) for i in range(Shared.n %% 50)}
print(open("/usr/n.txt").read(), sorted(out), sum(d), ''.join(d.values())[:5])
`, n)
	}
	want := func(n int) string {
		sum, digits := 0, ""
		for i := range n % 50 {
			sum += i
			digits += fmt.Sprint(i)
		}
		return fmt.Sprintf("%d [0, %d, %d] %d %s\n", n, n, 2*n, sum, digits[:min(5, len(digits))])
	}
	got := make([]string, boards)
	var wg sync.WaitGroup
	for n := range boards {
		wg.Go(func() { got[n], _ = run(t, qpy.Config{}, source(n)) })
	}
	wg.Wait()
	for n := range boards {
		assert.Equal(t, want(n), got[n])
	}
}

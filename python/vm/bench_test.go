package vm_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"qpy/python/object"
)

// kernels are small programs that each lean on one thing. work(n) does n rounds.
var kernels = map[string]string{
	"fib":           "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\ndef work(n):\n    for i in range(n): fib(15)\n",
	"int":           "def work(n):\n    for i in range(n):\n        s = 0\n        for j in range(1000):\n            s = (s + j * 3) & 0xffff\n",
	"while":         "def work(n):\n    for i in range(n):\n        j = 0\n        while j < 1000:\n            j += 1\n",
	"sieve":         "def work(n):\n    for k in range(n):\n        p = [True] * 1000\n        for i in range(2, 32):\n            if p[i]:\n                for j in range(i * i, 1000, i): p[j] = False\n",
	"mandel":        "def work(n):\n    for k in range(n):\n        x = y = 0.0\n        for i in range(500):\n            x, y = x * x - y * y + 0.25, 2.0 * x * y + 0.1\n            if x * x + y * y > 4.0: break\n",
	"methods":       "class P:\n    def __init__(self, v): self.v = v\n    def get(self): return self.v\n    def set(self, v): self.v = v\ndef work(n):\n    p = P(1)\n    for i in range(n):\n        for j in range(300): p.set(p.get() + 1)\n",
	"instances":     "class P:\n    def __init__(self, x, y):\n        self.x = x\n        self.y = y\ndef work(n):\n    for i in range(n):\n        for j in range(200): P(j, i)\n",
	"dictint":       "def work(n):\n    for i in range(n):\n        d = {}\n        for j in range(200): d[j] = j\n        for j in range(200): d[j] += 1\n",
	"dictstr":       "def work(n):\n    d = {'alpha': 1, 'beta': 2, 'gamma': 3}\n    for i in range(n):\n        for j in range(200): d['alpha'] = d['beta'] + d['gamma']\n",
	"strings":       "def work(n):\n    for i in range(n):\n        for j in range(100): s = 'a%d' % j + 'b' + str(j)\n",
	"generators":    "def g(n):\n    for i in range(n): yield i\ndef work(n):\n    for i in range(n):\n        for x in g(500): pass\n",
	"exceptions":    "def f(): raise ValueError(1)\ndef work(n):\n    for i in range(n):\n        for j in range(50):\n            try: f()\n            except ValueError: pass\n",
	"closures":      "def mk():\n    n = 0\n    def inc():\n        nonlocal n\n        n += 1\n    return inc\ndef work(n):\n    f = mk()\n    for i in range(n):\n        for j in range(500): f()\n",
	"comprehension": "def work(n):\n    for i in range(n): [j * 2 for j in range(500) if j & 1]\n",
	"lists":         "def work(n):\n    for i in range(n):\n        l = []\n        for j in range(200): l.append(j)\n        l[10:20] = l[0:10]\n        l[::-1]\n",
}

// BenchmarkKernels gives the time of one round of each kernel.
func BenchmarkKernels(b *testing.B) {
	for name, src := range kernels {
		b.Run(name, func(b *testing.B) {
			bd := newBoard(object.Generic())
			require.NoError(b, bd.run(src, name+".py"))
			work := bd.globals.GetName(bd.in, bd.in.Intern("work"))
			b.ReportAllocs()
			b.ResetTimer()
			_, err := object.Call(bd.t, work, []object.Value{object.Int(int64(b.N))}, nil)
			require.NoError(b, err)
		})
	}
}

// TestKernelsRun keeps the benchmarks working.
func TestKernelsRun(t *testing.T) {
	for name, src := range kernels {
		bd := newBoard(object.Generic())
		require.NoError(t, bd.run(src+"work(2)\n", name+".py"))
		require.Empty(t, bd.out.String(), name)
	}
}

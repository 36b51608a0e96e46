package fuzz

import (
	"context"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestGenerateIsDeterministic(t *testing.T) {
	for seed := range uint64(20) {
		assert.Equal(t, Generate(seed), Generate(seed))
		assert.Equal(t, Theme(seed), Theme(seed))
		assert.Equal(t, Mutate(seed, "a = 1\nb = 'x'\n", []string{"c\nd"}), Mutate(seed, "a = 1\nb = 'x'\n", []string{"c\nd"}))
	}
	assert.NotEqual(t, Generate(1), Generate(2))
}

// Generated programs are valid, print much, and use what the language has.
func TestGeneratedProgramsRun(t *testing.T) {
	var all strings.Builder
	for seed := range uint64(100) {
		src := Generate(seed)
		r := Run(src, DefaultLimits, nil)
		assert.NotContains(t, r.Err, "SyntaxError", src)
		assert.NotContains(t, r.Err, "IndentationError", src)
		assert.NotEmpty(t, r.Out, src)
		all.WriteString(src)
	}
	for _, feature := range []string{"nonlocal ", "global ", "yield from ", "await ", "async for ", "async with ", "with ", "finally:", "lambda", ":=",
		".format(", "%", "__getitem__", "super()", "@property", "@classmethod", "del ", "**", "else:", "nan", "bytearray(", "frozenset("} {
		assert.Contains(t, all.String(), feature)
	}
}

// A theme's programs are valid and go on to their end, whatever fails in them.
func TestThemesRun(t *testing.T) {
	var all strings.Builder
	for seed := range uint64(60) {
		src := Theme(seed)
		r := Run(src, DefaultLimits, nil)
		assert.False(t, r.Stopped, src)
		assert.Empty(t, r.Err, src)
		assert.Greater(t, strings.Count(r.Out, "\n"), 20, src)
		all.WriteString(r.Out)
	}
	for _, text := range []string{"throw RuntimeError", "caught", "pend None", "takes", "multiple values", "-= 1 ! TypeError", "lay-out conflict", "can't convert",
		"subend", "sent", "exit <class", "can't declare nonlocal", "no binding for nonlocal", "NameError", "need more than", "isn't an iterator"} {
		assert.True(t, strings.Contains(all.String(), text), text)
	}
}

func TestReduceKeepsWhatMatters(t *testing.T) {
	src := "a = 1\nif a:\n    b = 2\n    for i in range(3):\n        print(b // 0)\nc = 3\nprint(c)\n"
	fails := func(src string) bool { return strings.Contains(Run(src, DefaultLimits, nil).Err, "ZeroDivisionError") }
	assert.Equal(t, "b = 2\nprint(b // 0)\n", Reduce(src, fails))
}

func TestRunStopsPrograms(t *testing.T) {
	l := Limits{Heap: 1 << 20, Turns: 10_000, Time: time.Hour, Output: 1000}
	for _, src := range []string{"while True: pass", "while True: print('x' * 50)", "def f():\n    try:\n        f()\n    finally:\n        f()\nf()"} {
		assert.True(t, Run(src, l, nil).Stopped, src)
	}
	r := Run("print('a')\nraise ValueError('b')", l, nil)
	assert.Equal(t, Result{Out: "a\n", Err: "Traceback (most recent call last):\n  File \"main.py\", line 2, in <module>\nValueError: b\n", Gap: r.Gap}, r)
	assert.Empty(t, Run("raise SystemExit", l, nil).Err)
}

func TestSame(t *testing.T) {
	same, decided := Same(Result{Out: "<A object at 7e0020>"}, Result{Out: "<A object at 7f2a80>", Err: "Warning: x\n"})
	assert.True(t, same && decided)
	same, decided = Same(Result{Out: "1"}, Result{Out: "2"})
	assert.True(t, !same && decided)
	_, decided = Same(Result{Out: "1"}, Result{Out: "MemoryError"})
	assert.False(t, decided)
}

// hostLimit is by how much the memory of this process may grow while a program
// with a heap of hostHeap bytes runs. Most of it is room for the garbage that
// Go has not collected yet, which grows with what the fuzzing engine holds.
// patience is how long a program may run.
const (
	hostHeap  = 2 << 20
	hostLimit = 160 << 20
	patience  = 10 * time.Second
)

// watch fails hard when a program takes too much memory, or does not end: the
// fuzzing engine then keeps its input.
func watch(done context.Context) {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	limit := sample[0].Value.Uint64() + hostLimit
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	end := time.After(patience)
	for {
		select {
		case <-done.Done():
			return
		case <-end:
			panic("fuzz: the program hangs")
		case <-tick.C:
			if metrics.Read(sample); sample[0].Value.Uint64() > limit {
				panic("fuzz: the program takes too much memory of the host")
			}
		}
	}
}

// Whatever the text: the interpreter neither panics nor hangs, and stays
// within its heap.
func FuzzRun(f *testing.F) {
	for _, src := range corpus(f, ownCorpus...) {
		f.Add(src)
	}
	for seed := range uint64(10) {
		f.Add(Generate(seed))
		f.Add(Theme(seed))
	}
	for _, src := range []string{"'a' * 10**12", "1 << 10**9", "10 ** 10**12", "sum(range(10**18))", "x = []\nwhile 1: x.append(x)", "def f(): f()\nf()",
		"x = 3**99999\nwhile 1: x *= x", "print('%*d' % (10**9, 1))", "'{:>999999999}'.format(1)", "a = b = []\na.append(b)\nprint(a)\nprint(a == a)",
		"bytes(10**15)", "[0] * (1 << 60)", "'x'.center(10**10)", "int('9' * 10**5)", "b'ab' * (1 << 62)", "print(pow(3, 10**6, 10**9999))"} {
		f.Add(src)
	}
	l := Limits{Heap: hostHeap, Turns: 200_000, Time: time.Second, Output: 1 << 16}
	f.Fuzz(func(t *testing.T, src string) {
		done, stop := context.WithCancel(context.Background())
		defer stop()
		go watch(done)
		r := Run(src, l, nil)
		if strings.Contains(r.Err, "SystemError") {
			t.Fatal(r.Err)
		}
	})
}

// Programs made from a seed, and mutants of them: the same promises, with more
// of the interpreter reached.
func FuzzGenerated(f *testing.F) {
	known := corpus(f, ownCorpus...)
	for n := range uint64(8) {
		f.Add(n)
	}
	l := Limits{Heap: hostHeap, Turns: 200_000, Time: time.Second, Output: 1 << 16}
	f.Fuzz(func(t *testing.T, n uint64) {
		done, stop := context.WithCancel(context.Background())
		defer stop()
		go watch(done)
		first := Run(program(n, known), l, nil)
		if again := Run(program(n, known), l, nil); !first.Stopped && !again.Stopped && first.Out != again.Out {
			t.Fatalf("two runs differ:\n%s\n%s", first.Out, again.Out)
		}
	})
}

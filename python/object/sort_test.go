package object

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSortIsMicroPythonsAndNotStable(t *testing.T) {
	th := newThread()
	// [(i % 3, i) for i in range(12)] sorted by the first item.
	var items []Value
	for i := range int64(12) {
		items = append(items, NewTuple(Int(i%3), Int(i)))
	}
	first := Func1("first", func(t *Thread, v Value) (Value, error) { return GetItem(t, v, Int(0)) })
	for want, kw := range map[string][]Value{
		"[(0, 3), (0, 9), (0, 6), (0, 0), (1, 7), (1, 1), (1, 4), (1, 10), (2, 11), (2, 2), (2, 8), (2, 5)]": {nKey.Value(), first},
		"[(2, 11), (2, 5), (2, 2), (2, 8), (1, 4), (1, 1), (1, 10), (1, 7), (0, 3), (0, 9), (0, 6), (0, 0)]": {nKey.Value(), first, nReverse.Value(), Int(1)},
	} {
		l := NewList(append([]Value(nil), items...))
		require.NoError(t, SortList(th, l, nil, kw))
		assert.Equal(t, want, answer(t, th, l.Value(), nil))
	}
}

func TestSortOfPlainItems(t *testing.T) {
	th := newThread()
	for _, c := range []struct {
		items    []Value
		up, down string
	}{
		{ints(3, -1, 2, 3), "[-1, 2, 3, 3]", "[3, 3, 2, -1]"},
		{strs("b", "", "ba", "a"), "['', 'a', 'b', 'ba']", "['ba', 'b', 'a', '']"},
		{[]Value{Float(1.5), Float(-2), Float(0)}, "[-2.0, 0.0, 1.5]", "[1.5, 0.0, -2.0]"},
		{[]Value{Int(1), Float(0.5), True}, "[0.5, True, 1]", "[1, True, 0.5]"},
	} {
		l := NewList(append([]Value(nil), c.items...))
		require.NoError(t, SortList(th, l, nil, nil))
		assert.Equal(t, c.up, answer(t, th, l.Value(), nil))
		l = NewList(append([]Value(nil), c.items...))
		require.NoError(t, SortList(th, l, nil, []Value{nReverse.Value(), True}))
		assert.Equal(t, c.down, answer(t, th, l.Value(), nil))
	}
	l := NewList([]Value{Int(1), NewStr("a")})
	assert.EqualError(t, SortList(th, l, nil, nil), "TypeError: unsupported types for __lt__: 'int', 'str'")
	assert.EqualError(t, SortList(th, l, ints(1), nil), "TypeError: extra positional arguments given")
}

func BenchmarkSort(b *testing.B) {
	th := newThread()
	r := rand.New(rand.NewPCG(1, 2))
	pairs, plain := make([]Value, 1000), make([]Value, 1000)
	for i := range pairs {
		n := Int(r.Int64N(1 << 30))
		plain[i], pairs[i] = n, NewTuple(n, Int(int64(i)))
	}
	for name, items := range map[string][]Value{"ints": plain, "tuples": pairs} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				l := NewList(append([]Value(nil), items...))
				if err := SortList(th, l, nil, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkDict(b *testing.B) {
	th := newThread()
	d := NewDict(0)
	for i := range int64(1000) {
		if err := d.Set(th, Int(i), Int(i)); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("get", func(b *testing.B) {
		for i := int64(0); b.Loop(); i++ {
			if _, err := d.Get(th, Int(i%1000)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("set", func(b *testing.B) {
		for i := int64(0); b.Loop(); i++ {
			if err := d.Set(th, Int(i%1000), Int(i)); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkListAppend(b *testing.B) {
	th := newThread()
	l := NewList(nil)
	for i := int64(0); b.Loop(); i++ {
		if err := l.Append(th, Int(i)); err != nil {
			b.Fatal(err)
		}
		if len(l.Items) > 1<<16 {
			l.Items = l.Items[:0]
		}
	}
}

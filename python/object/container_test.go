package object

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// ints, strs and list make values for tests.
func ints(n ...int64) []Value {
	out := make([]Value, len(n))
	for i, x := range n {
		out[i] = Int(x)
	}
	return out
}

func strs(s ...string) []Value {
	out := make([]Value, len(s))
	for i, x := range s {
		out[i] = NewStr(x)
	}
	return out
}

func list(v ...Value) Value { return NewList(v).Value() }

// slice is a[start:stop:step]; Null leaves a part out.
func sliceOf(start, stop, step Value) Value {
	for _, v := range []*Value{&start, &stop, &step} {
		if v.IsNull() {
			*v = None
		}
	}
	return NewSlice(start, stop, step).Value()
}

// answer is repr(v), or the error.
func answer(t *testing.T, th *Thread, v Value, err error) string {
	t.Helper()
	if err != nil {
		return err.Error()
	}
	require.False(t, v.IsNull(), "no value")
	s, err := Repr(th, v)
	require.NoError(t, err)
	return s
}

// call is what v.name(args...) gives.
func call(t *testing.T, th *Thread, v Value, name string, args ...Value) string {
	t.Helper()
	r, err := CallName(th, v, th.In.Intern(name), args...)
	return answer(t, th, r, err)
}

// make is what typ(args...) gives.
func construct(t *testing.T, th *Thread, typ *Type, args ...Value) Value {
	t.Helper()
	v, err := Call(th, typ.Value(), args, nil)
	require.NoError(t, err)
	return v
}

func TestListMethods(t *testing.T) {
	th := newThread()
	l := list(ints(1, 2, 3)...)
	for _, c := range []struct {
		name, want, after string
		args              []Value
	}{
		{"append", "None", "[1, 2, 3, 4]", ints(4)},
		{"extend", "None", "[1, 2, 3, 4, 1, 2, 3, 4]", []Value{l}},
		{"index", "4", "[1, 2, 3, 4, 1, 2, 3, 4]", ints(1, 1)},
		{"count", "2", "[1, 2, 3, 4, 1, 2, 3, 4]", ints(3)},
		{"pop", "4", "[1, 2, 3, 4, 1, 2, 3]", nil},
		{"pop", "2", "[1, 3, 4, 1, 2, 3]", ints(-6)},
		{"pop", "IndexError: list index out of range", "[1, 3, 4, 1, 2, 3]", ints(6)},
		{"remove", "None", "[1, 4, 1, 2, 3]", ints(3)},
		{"remove", "ValueError: object not in sequence", "[1, 4, 1, 2, 3]", ints(9)},
		{"insert", "None", "[1, 4, 1, 2, 7, 3]", ints(-1, 7)},
		{"insert", "None", "[8, 1, 4, 1, 2, 7, 3]", ints(-100, 8)},
		{"insert", "None", "[8, 1, 4, 1, 2, 7, 3, 9]", ints(100, 9)},
		{"reverse", "None", "[9, 3, 7, 2, 1, 4, 1, 8]", nil},
		{"sort", "None", "[1, 1, 2, 3, 4, 7, 8, 9]", nil},
		{"copy", "[1, 1, 2, 3, 4, 7, 8, 9]", "[1, 1, 2, 3, 4, 7, 8, 9]", nil},
		{"append", "TypeError: function takes 2 positional arguments but 1 were given", "[1, 1, 2, 3, 4, 7, 8, 9]", nil},
		{"clear", "None", "[]", nil},
		{"pop", "IndexError: pop from empty list", "[]", nil},
	} {
		assert.Equal(t, c.want, call(t, th, l, c.name, c.args...), c.name)
		assert.Equal(t, c.after, answer(t, th, l, nil), "after %s", c.name)
	}
}

func TestSlicesOfLists(t *testing.T) {
	th := newThread()
	for _, c := range []struct {
		start, stop, step Value
		want              string
	}{
		{Null, Null, Null, "[0, 1, 2, 3, 4]"}, {Int(1), Int(-1), Null, "[1, 2, 3]"}, {Int(3), Int(1), Null, "[]"},
		{Null, Null, Int(2), "[0, 2, 4]"}, {Null, Null, Int(-1), "[4, 3, 2, 1, 0]"}, {Int(-100), Null, Int(-1), "[]"},
		{Int(100), Null, Int(-2), "[4, 2, 0]"}, {Int(1), Int(1), Int(-1), "[]"}, {Null, Null, Int(100), "[0]"},
		{Null, Null, Int(math.MaxInt64), "[0]"}, {Null, Null, Int(math.MinInt64 + 1), "[4]"}, {Int(-1), Int(-9), Int(-2), "[4, 2, 0]"},
		{Null, Null, Int(0), "ValueError: slice step can't be zero"},
		{Null, Null, Int(math.MinInt64), "OverflowError: overflow converting long int to machine word"},
	} {
		v, err := GetItem(th, list(ints(0, 1, 2, 3, 4)...), sliceOf(c.start, c.stop, c.step))
		assert.Equal(t, c.want, answer(t, th, v, err))
	}
}

func TestStoringToSlices(t *testing.T) {
	th := newThread()
	for _, c := range []struct {
		start, stop Value
		from        []Value
		want        string
	}{
		{Int(1), Int(3), ints(7, 8), "[0, 7, 8, 3]"}, {Int(1), Int(3), nil, "[0, 3]"}, {Int(1), Int(1), ints(7, 8, 9), "[0, 7, 8, 9, 1, 2, 3]"},
		{Int(3), Int(1), ints(7), "[0, 1, 2, 7, 3]"}, {Null, Null, ints(7), "[7]"}, {Int(9), Null, ints(7), "[0, 1, 2, 3, 7]"},
	} {
		l := list(ints(0, 1, 2, 3)...)
		require.NoError(t, SetItem(th, l, sliceOf(c.start, c.stop, Null), TupleOf(c.from)))
		assert.Equal(t, c.want, answer(t, th, l, nil))
	}
	l := list(ints(1, 2, 3, 4)...)
	require.NoError(t, SetItem(th, l, sliceOf(Int(1), Int(3), Null), l))
	assert.Equal(t, "[1, 1, 2, 3, 4, 4]", answer(t, th, l, nil))
	small := NewList(append(make([]Value, 0, 8), ints(1, 2)...)).Value() // with room to spare
	require.NoError(t, SetItem(th, small, sliceOf(Int(1), Int(1), Null), small))
	assert.Equal(t, "[1, 1, 2, 2]", answer(t, th, small, nil))
	require.NoError(t, DelItem(th, l, sliceOf(Int(1), Int(-1), Null)))
	assert.Equal(t, "[1, 4]", answer(t, th, l, nil))
	assert.EqualError(t, DelItem(th, l, sliceOf(Null, Null, Int(2))), "NotImplementedError")
	assert.EqualError(t, SetItem(th, l, sliceOf(Null, Null, Null), Int(5)), "TypeError: object 'int' isn't a tuple or list")
}

func TestSequenceOperators(t *testing.T) {
	th := newThread()
	l, tup := list(ints(1, 2)...), NewTuple(ints(1, 2)...)
	for _, c := range []struct {
		op   BinaryOp
		a, b Value
		want string
	}{
		{OpAdd, l, list(ints(3)...), "[1, 2, 3]"}, {OpAdd, tup, NewTuple(Int(3)), "(1, 2, 3)"}, {OpMultiply, l, Int(2), "[1, 2, 1, 2]"},
		{OpMultiply, tup, Int(-1), "()"}, {OpMultiply, l, True, "[1, 2]"}, {OpEqual, l, tup, "False"}, {OpLess, l, list(ints(1, 3)...), "True"},
		{OpLess, l, list(ints(1)...), "False"}, {OpMoreEqual, l, l, "True"}, {OpMore, tup, NewTuple(Int(1)), "True"},
		{OpIn, Int(2), l, "True"}, {OpIn, Int(3), tup, "False"}, {OpIn, Float(1), l, "True"},
		{OpAdd, l, tup, "TypeError: unsupported types for __add__: 'list', 'tuple'"},
		{OpLess, l, tup, "TypeError: unsupported types for __lt__: 'list', 'tuple'"},
		{OpMultiply, l, Float(1), "TypeError: unsupported types for __mul__: 'list', 'float'"},
		{OpMultiply, l, Int(1e10), "MemoryError: memory allocation failed, allocating 1086210048 bytes"}, // 160000000000 in 32 bits
		{OpMultiply, l, Int(1 << 61), "MemoryError: memory allocation failed, allocating 0 bytes"},
	} {
		v, err := Binary(th, c.op, c.a, c.b)
		assert.Equal(t, c.want, answer(t, th, v, err))
	}
}

func TestSliceIndices(t *testing.T) {
	th := newThread()
	for _, c := range []struct {
		start, stop, step Value
		want              string
	}{
		{Int(1), Int(2), Int(3), "(1, 2, 3)"}, {Null, Null, Int(-1), "(9, -1, -1)"}, {Int(-20), Int(20), Int(-1), "(-1, 9, -1)"},
		{Int(-20), Int(-15), Null, "(0, 0, 1)"}, {Int(20), Null, Null, "(10, 10, 1)"},
	} {
		assert.Equal(t, c.want, call(t, th, sliceOf(c.start, c.stop, c.step), "indices", Int(10)))
	}
	r := NewRange(0, 5, 1).Value()
	for want, s := range map[string]Value{
		"range(5, 5)": sliceOf(Int(5), Int(2), Null), "range(4, -1, -1)": sliceOf(Null, Null, Int(-1)),
		"range(1, 1, -1)": sliceOf(Int(1), Int(1), Int(-1)), "range(0, 5, 100)": sliceOf(Null, Null, Int(100)),
	} {
		v, err := GetItem(th, r, s)
		assert.Equal(t, want, answer(t, th, v, err))
	}
}

func TestRangeHas(t *testing.T) {
	for _, r := range []*Range{NewRange(0, 10, 3), NewRange(10, -5, -4), NewRange(3, 3, 1), NewRange(-7, 20, 5)} {
		in := make(map[int64]bool)
		for i, at := int64(0), r.Start; i < r.Len(); i, at = i+1, at+r.Step {
			in[at] = true
		}
		for i := int64(-30); i < 30; i++ {
			assert.Equal(t, in[i], r.Has(i), "%d in %+v", i, r)
		}
	}
}

func TestDictMethods(t *testing.T) {
	th := newThread()
	d := construct(t, th, DictType, list(NewTuple(strs("b", "x")...), NewTuple(strs("a", "y")...), list(Int(1), Int(2))))
	for _, c := range []struct {
		name, want, after string
		args              []Value
	}{
		{"get", "'x'", "{'a': 'y', 1: 2, 'b': 'x'}", strs("b")},
		{"get", "None", "{'a': 'y', 1: 2, 'b': 'x'}", strs("z")},
		{"get", "7", "{'a': 'y', 1: 2, 'b': 'x'}", []Value{NewStr("z"), Int(7)}},
		{"items", "dict_items([('a', 'y'), (1, 2), ('b', 'x')])", "{'a': 'y', 1: 2, 'b': 'x'}", nil},
		{"values", "dict_values(['y', 2, 'x'])", "{'a': 'y', 1: 2, 'b': 'x'}", nil},
		{"pop", "2", "{'a': 'y', 'b': 'x'}", ints(1)},
		{"pop", "KeyError: 1", "{'a': 'y', 'b': 'x'}", ints(1)},
		{"pop", "3", "{'a': 'y', 'b': 'x'}", ints(1, 3)},
		{"setdefault", "None", "{'a': 'y', 5: None, 'b': 'x'}", ints(5)},
		{"setdefault", "'y'", "{'a': 'y', 5: None, 'b': 'x'}", strs("a", "q")},
		{"popitem", "('a', 'y')", "{5: None, 'b': 'x'}", nil},
		{"update", "ValueError: dict update sequence has wrong length", "{5: None, 'b': 'x'}", []Value{list(TupleOf(ints(1, 2, 3)))}},
		{"update", "TypeError: function expected at most 2 arguments, got 3", "{5: None, 'b': 'x'}", ints(1, 2)},
		{"clear", "None", "{}", nil},
		{"popitem", "KeyError: popitem(): dictionary is empty", "{}", nil},
	} {
		assert.Equal(t, c.want, call(t, th, d, c.name, c.args...), c.name)
		assert.Equal(t, c.after, answer(t, th, d, nil), "after %s", c.name)
	}
	assert.Equal(t, "{'a': 5, 'b': 5}", call(t, th, DictType.Value(), "fromkeys", NewStr("ab"), Int(5)))
	fixed := NewDict(1)
	fixed.Fixed = true
	for _, name := range []string{"clear", "popitem"} {
		assert.Equal(t, "TypeError", call(t, th, fixed.Value(), name), name)
	}
	assert.EqualError(t, SetItem(th, fixed.Value(), Int(1), Int(2)), "TypeError")
}

func TestOrderedDict(t *testing.T) {
	th := newThread()
	pairs := list(NewTuple(Int(3), Int(1)), NewTuple(Int(1), Int(1)), NewTuple(Int(2), Int(1)))
	a, b := construct(t, th, OrderedDictType, pairs), construct(t, th, OrderedDictType, pairs)
	assert.Equal(t, "OrderedDict({3: 1, 1: 1, 2: 1})", answer(t, th, a, nil))
	eq, err := Equal(th, a, b)
	require.NoError(t, err)
	assert.True(t, eq)
	assert.Equal(t, "(2, 1)", call(t, th, a, "popitem"))
	require.NoError(t, SetItem(th, a, Int(0), Int(4)))
	assert.Equal(t, "OrderedDict({3: 1, 1: 1, 0: 4})", answer(t, th, a, nil))
	eq, err = Equal(th, a, b)
	require.NoError(t, err)
	assert.False(t, eq)
}

func TestSets(t *testing.T) {
	th := newThread()
	s := construct(t, th, SetType, list(ints(1, 2, 3)...))
	f := construct(t, th, FrozenSetType, list(ints(2, 3, 4)...))
	for _, c := range []struct {
		op   BinaryOp
		a, b Value
		want string
	}{
		{OpOr, s, f, "{4, 1, 2, 3}"}, {OpOr, f, s, "frozenset({4, 1, 2, 3})"}, {OpAnd, f, s, "{2, 3}"}, {OpSubtract, s, f, "{1}"},
		{OpXor, f, s, "frozenset({4, 1})"}, {OpLess, s, f, "False"}, {OpIn, Int(4), f, "True"},
		{OpEqual, s, construct(t, th, FrozenSetType, list(ints(3, 1, 2)...)), "True"},
		{OpOr, s, list(), "TypeError: unsupported types for __or__: 'set', 'list'"},
	} {
		v, err := Binary(th, c.op, c.a, c.b)
		assert.Equal(t, c.want, answer(t, th, v, err))
	}
	for _, c := range []struct {
		name, want, after string
		args              []Value
	}{
		{"add", "None", "{5, 1, 2, 3}", ints(5)}, {"discard", "None", "{5, 1, 2, 3}", ints(9)}, {"remove", "KeyError: 9", "{5, 1, 2, 3}", ints(9)},
		{"issubset", "True", "{5, 1, 2, 3}", []Value{NewRange(0, 9, 1).Value()}}, {"isdisjoint", "False", "{5, 1, 2, 3}", []Value{f}},
		{"symmetric_difference_update", "None", "{1, 4, 5}", []Value{f}}, {"intersection_update", "None", "{4, 1}", []Value{NewRange(0, 5, 1).Value()}},
		{"pop", "4", "{1}", nil}, {"update", "None", "{8, 1, 7}", []Value{list(ints(7, 8)...)}}, {"difference_update", "None", "set()", []Value{s}},
		{"pop", "KeyError: pop from an empty set", "set()", nil},
		{"add", "TypeError: unsupported type for __hash__: 'list'", "set()", []Value{list()}},
	} {
		assert.Equal(t, c.want, call(t, th, s, c.name, c.args...), c.name)
		assert.Equal(t, c.after, answer(t, th, s, nil), "after %s", c.name)
	}
	_, err := Hash(th, f)
	assert.NoError(t, err)
}

func TestLazyIterators(t *testing.T) {
	th := newThread()
	r := NewRange(1, 4, 1).Value()
	neg := Func1("neg", func(t *Thread, v Value) (Value, error) { return Unary(t, OpNegative, v) })
	odd := Func1("odd", func(t *Thread, v Value) (Value, error) { return Binary(t, OpAnd, v, Int(1)) })
	for want, v := range map[string]Value{
		"[(0, 1), (1, 2), (2, 3)]":                   construct(t, th, enumerateType, r),
		"[(5, 1), (6, 2), (7, 3)]":                   construct(t, th, enumerateType, r, Int(5)),
		"[(1, 'a'), (2, 'b')]":                       construct(t, th, zipType, r, list(strs("a", "b")...)),
		"[(1, 1, 1, 1), (2, 2, 2, 2), (3, 3, 3, 3)]": construct(t, th, zipType, r, r, r, r),
		"[]":           construct(t, th, zipType),
		"[-1, -2, -3]": construct(t, th, mapType, neg, r),
		"[1, 3]":       construct(t, th, filterType, odd, r),
		"[1, 2, 3]":    construct(t, th, filterType, None, r),
		"[3, 2, 1]":    construct(t, th, reversedType, r),
	} {
		assert.Equal(t, want, answer(t, th, construct(t, th, ListType, v), nil))
	}
	_, err := Call(th, reversedType.Value(), ints(1), nil)
	assert.EqualError(t, err, "TypeError: object of type 'int' has no len()")
}

func TestPairsWithoutATuple(t *testing.T) {
	th := newThread()
	d := construct(t, th, DictType, list(NewTuple(Int(1), Int(2)), NewTuple(Int(3), Int(4))))
	items, err := CallName(th, d, Intern("items"))
	require.NoError(t, err)
	r := NewRange(5, 8, 1).Value()
	for want, v := range map[string]Value{
		"[(0, 5), (1, 6), (2, 7)]": construct(t, th, enumerateType, r),
		"[(5, 5), (6, 6), (7, 7)]": construct(t, th, zipType, r, r),
		"[(3, 4), (1, 2)]":         items,
	} {
		it, err := Iter(th, v)
		require.NoError(t, err)
		var got []Value
		for {
			x, y, ok, err := it.Type().Next2(th, it)
			require.NoError(t, err)
			require.True(t, ok)
			if x.IsNull() {
				break
			}
			got = append(got, NewTuple(x, y))
		}
		assert.Equal(t, want, answer(t, th, list(got...), nil))
	}
	it, err := Iter(th, d)
	require.NoError(t, err)
	for _, v := range []Value{it, construct(t, th, zipType, r), construct(t, th, zipType, r, r, r)} {
		_, _, ok, err := v.Type().Next2(th, v)
		require.NoError(t, err)
		assert.False(t, ok, "%s", v.TypeName())
	}
}

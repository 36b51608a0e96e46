package object

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The answers in these tests were recorded from MicroPython 1.13's unix port.

func str(s string) Value { return NewStr(s) }
func byt(s string) Value { return NewBytes(s) }

func TestTextMethods(t *testing.T) {
	th := newThread()
	for _, c := range []struct {
		self Value
		name string
		args []Value
		want string
	}{
		{str("abc"), "find", []Value{Int(1)}, "TypeError: can't convert 'int' object to str implicitly"},
		{str("abc"), "find", []Value{str("c"), Int(-1)}, "2"},
		{str("aé中b"), "find", []Value{str("b")}, "3"},
		{str("aé中b"), "find", []Value{str("b"), Int(2), Int(3)}, "-1"},
		{str("aé中b"), "rfind", []Value{str("")}, "4"},
		{str("abc"), "index", []Value{str("z")}, "ValueError: substring not found"},
		{byt("abc"), "find", []Value{Int(98)}, "TypeError: can't convert 'int' object to str implicitly"},
		{str("abc"), "find", nil, "TypeError: function missing 1 required positional arguments"},
		{str("abc"), "replace", []Value{str(""), str("-")}, "'-a-b-c-'"},
		{str("abc"), "replace", []Value{str(""), str("-"), Int(2)}, "'-a-bc'"},
		{str("aaa"), "replace", []Value{str("a"), str("b"), Int(2)}, "'bba'"},
		{str("abc"), "replace", []Value{str("abcd"), Int(1)}, "TypeError: can't convert 'int' object to str implicitly"},
		{str("abc"), "replace", []Value{str("z"), str("y")}, "'abc'"},
		{str("a b  c "), "split", []Value{None, Int(1)}, "['a', 'b  c ']"},
		{str(" a b "), "split", nil, "['a', 'b']"},
		{str("a,b,c,"), "split", []Value{str(","), Int(1)}, "['a', 'b,c,']"},
		{str("a,b,"), "split", []Value{str(",")}, "['a', 'b', '']"},
		{str(""), "split", []Value{str(",")}, "['']"},
		{str("a,b,c"), "rsplit", []Value{str(","), Int(1)}, "['a,b', 'c']"},
		{str("a,b,c"), "rsplit", []Value{None, Int(1)}, "NotImplementedError: rsplit(None,n)"},
		{str("abc"), "rsplit", []Value{byt("b"), Int(1)}, "['a', 'c']"},
		{str("abc"), "split", []Value{str("")}, "ValueError: empty separator"},
		{str("abc"), "split", []Value{byt("b")}, "TypeError: can't convert 'bytes' object to str implicitly"},
		{byt("ab c"), "split", nil, "[b'ab', b'c']"},
		{str("abc"), "startswith", []Value{NewTuple(str("a"))}, "TypeError: can't convert 'tuple' object to str implicitly"},
		{str("abc"), "startswith", []Value{byt("a")}, "True"},
		{str("abc"), "startswith", []Value{str("c"), Int(2)}, "True"},
		{str("abc"), "endswith", []Value{str("c"), Int(2)}, "NotImplementedError: start/end indices"},
		{str("aé"), "count", []Value{str("")}, "3"},
		{str("aaaa"), "count", []Value{str("aa")}, "2"},
		{str("ab\r\ncd\n\ne\r"), "splitlines", nil, "['ab', 'cd', '', 'e']"},
		{str("ab\r\ncd\n"), "splitlines", []Value{True}, `['ab\r\n', 'cd\n']`},
		{str("a-b-c"), "partition", []Value{str("-")}, "('a', '-', 'b-c')"},
		{str("a-b-c"), "rpartition", []Value{str("-")}, "('a-b', '-', 'c')"},
		{str("abc"), "partition", []Value{str("")}, "ValueError: empty separator"},
		{byt("abc"), "rpartition", []Value{byt("z")}, "(b'', b'', b'abc')"},
		{str("xxabcxx"), "strip", []Value{str("x")}, "'abc'"},
		{str(" abc "), "lstrip", nil, "'abc '"},
		{str(" abc "), "rstrip", nil, "' abc'"},
		{str(" \n"), "rstrip", nil, "''"},
		{str("abc"), "strip", []Value{byt("a")}, "TypeError: can't convert 'bytes' object to str implicitly"},
		{str("aBc1é"), "upper", nil, `'ABC1\xe9'`},
		{str("AB1"), "isupper", nil, "True"},
		{str("1"), "isupper", nil, "False"},
		{str(""), "isspace", nil, "False"},
		{str("é"), "isalpha", nil, "False"},
		{str("é"), "encode", []Value{str("x"), str("y")}, `b'\xc3\xa9'`},
		{byt("\xc3\xa9"), "decode", []Value{str("latin")}, `'\xe9'`},
		{byt("\xff"), "decode", nil, "UnicodeError"},
		{str("abc"), "center", []Value{Int(10)}, "'   abc    '"},
		{str("ab"), "join", []Value{str("xyz")}, "'xabyabz'"},
		{str("a"), "join", []Value{Int(5)}, "TypeError: 'int' object isn't iterable"},
		{str("a"), "join", []Value{list(Int(1))}, "TypeError: join expects a list of str/bytes objects consistent with self object"},
		{str("{:>5}|{}"), "format", []Value{str("a"), Float(0.5)}, "'    a|0.5'"},
		{str("{}"), "format", nil, "IndexError: tuple index out of range"},
		{byt("{}"), "format", []Value{str("x")}, "b'x'"},
		{NewByteArray([]byte("abc")), "decode", nil, "'abc'"},
	} {
		assert.Equal(t, c.want, call(t, th, c.self, c.name, c.args...), "%s %s %v", answer(t, th, c.self, nil), c.name, c.args)
	}
}

func TestKeywordArgumentsOfTextMethods(t *testing.T) {
	th := newThread()
	kwCall := func(self Value, name string, kw ...Value) string {
		fn, recv, err := LoadMethod(th, self, th.In.Intern(name))
		require.NoError(t, err)
		v, err := CallMethod(th, fn, recv, nil, kw)
		return answer(t, th, v, err)
	}
	assert.Equal(t, `['ab\n']`, kwCall(str("ab\n"), "splitlines", str("keepends"), True))
	assert.Equal(t, "TypeError: extra keyword arguments given", kwCall(str("a"), "splitlines", str("x"), Int(1)))
	assert.Equal(t, "'    1'", kwCall(str("{a:{w}}"), "format", str("w"), Int(5), str("a"), Int(1)))
	assert.Equal(t, "KeyError: b", kwCall(str("{b}"), "format", str("a"), Int(1)))
	_, err := StrType.New(th, StrType, nil, []Value{str("x"), Int(1)})
	assert.EqualError(t, err, "NotImplementedError: keyword argument(s) not yet implemented - use normal args instead")
}

func TestTextOperators(t *testing.T) {
	th := newThread()
	dict := NewDict(0)
	require.NoError(t, dict.Set(th, str("a"), Int(1)))
	for _, c := range []struct {
		op   BinaryOp
		a, b Value
		want string
	}{
		{OpInplaceMultiply, str("a"), Int(3), "TypeError: can't convert 'int' object to str implicitly"},
		{OpAdd, str("a"), Int(1), "TypeError: can't convert 'int' object to str implicitly"},
		{OpAdd, byt("a"), Int(1), "TypeError: unsupported types for __add__: 'bytes', 'int'"},
		{OpAdd, byt("a"), str("a"), "b'aa'"},
		{OpAdd, byt("a"), NewByteArray([]byte("b")), "b'ab'"},
		{OpAdd, str("a"), byt("a"), "TypeError: can't convert 'bytes' object to str implicitly"},
		{OpAdd, str("a"), str("b"), "'ab'"},
		{OpLess, byt("a"), Int(1), "TypeError: unsupported types for __lt__: 'bytes', 'int'"},
		{OpLess, byt("abc"), NewByteArray([]byte("abd")), "True"},
		{OpSubtract, str("a"), str("b"), "TypeError: unsupported types for __sub__: 'str', 'str'"},
		{OpIn, Int(1), str("a"), "TypeError: can't convert 'int' object to str implicitly"},
		{OpIn, Int(1), byt("a"), "False"},
		{OpIn, str("a"), byt("a"), "True"},
		{OpMultiply, Int(3), str("ab"), "'ababab'"},
		{OpMultiply, str("ab"), Int(-1), "''"},
		{OpMultiply, str("a"), Float(1), "TypeError: unsupported types for __mul__: 'str', 'float'"},
		{OpMultiply, Float(1.5), str("a"), "TypeError: can't convert 'float' object to str implicitly"},
		{OpMultiply, str("ab"), Int(1 << 61), "MemoryError: memory allocation failed, allocating 1 bytes"},
		{OpModulo, str("%s"), dict.Value(), `"{'a': 1}"`},
		{OpModulo, str("%(a)s|%(a)3d"), dict.Value(), "'1|  1'"},
		{OpModulo, str("%(b)s"), dict.Value(), "KeyError: b"},
		{OpModulo, str("%s"), list(Int(1)), "'[1]'"},
		{OpModulo, str("%d"), Float(1e20), "'100000000000000000000'"},
		{OpModulo, str("%5s|"), byt("a"), `" b'a'|"`},
		{OpModulo, byt("%s %d"), NewTuple(byt("x"), Int(1)), "b'x 1'"},
		{OpModulo, str("%x"), True, "'1'"},
		{OpEqual, byt("abc"), NewByteArray([]byte("abc")), "True"},
		{OpEqual, NewByteArray([]byte("abc")), str("abc"), "True"},
		{OpEqual, NewByteArray([]byte("abc")), Int(1), "False"},
	} {
		v, err := Binary(th, c.op, c.a, c.b)
		assert.Equal(t, c.want, answer(t, th, v, err), "%v op %d %v", answer(t, th, c.a, nil), c.op, answer(t, th, c.b, nil))
	}
}

func TestTextIndexing(t *testing.T) {
	th := newThread()
	for _, c := range []struct {
		self, index Value
		want        string
	}{
		{str("aé中b"), Int(2), `'\u4e2d'`},
		{str("aé中b"), Int(-4), "'a'"},
		{str("aé中b"), Int(4), "IndexError: string index out of range"},
		{str("aé中b"), Int(-5), "IndexError: string index out of range"},
		{str("aé中b"), sliceOf(Int(1), Int(-1), Null), `'\xe9\u4e2d'`},
		{str("abc"), sliceOf(Int(2), Int(1), Null), "''"},
		{str("abc"), sliceOf(Int(-9), Int(9), Null), "'abc'"},
		{str("abc"), sliceOf(Null, Null, Int(2)), "NotImplementedError: only slices with step=1 (aka None) are supported"},
		{str("abc"), sliceOf(str("x"), Null, Null), "TypeError: string indices must be integers, not str"},
		{str("abc"), None, "TypeError: string indices must be integers, not NoneType"},
		{byt("abc"), Float(1), "TypeError: bytes indices must be integers, not float"},
		{byt("abc"), Int(-1), "99"},
		{byt("abc"), sliceOf(Int(1), Null, Null), "b'bc'"},
	} {
		v, err := GetItem(th, c.self, c.index)
		assert.Equal(t, c.want, answer(t, th, v, err), answer(t, th, c.self, nil))
	}
	for _, s := range []Value{str("aé"), byt("ab"), NewByteArray([]byte("ab"))} {
		var got []string
		require.NoError(t, Each(th, s, func(v Value) error {
			got = append(got, answer(t, th, v, nil))
			return nil
		}))
		assert.Len(t, got, 2)
	}
}

func TestTextConstructors(t *testing.T) {
	th := newThread()
	for _, c := range []struct {
		typ  *Type
		args []Value
		want string
	}{
		{StrType, nil, "''"},
		{StrType, []Value{Float(1)}, "'1.0'"},
		{StrType, []Value{byt("a")}, `"b'a'"`},
		{StrType, []Value{byt("\xff"), str("utf8")}, "UnicodeError"},
		{StrType, []Value{Int(1), Int(2)}, "TypeError: object with buffer protocol required"},
		{BytesType, []Value{list(Int(256))}, "ValueError: bytes value out of range"},
		{BytesType, []Value{list(Int(1), Int(2))}, `b'\x01\x02'`},
		{BytesType, []Value{Int(-1)}, "ValueError"},
		{BytesType, []Value{Int(2)}, `b'\x00\x00'`},
		{BytesType, []Value{Int(1 << 62)}, "TypeError: 'int' object isn't iterable"},
		{BytesType, []Value{True}, "TypeError: 'bool' object isn't iterable"},
		{BytesType, []Value{str("a")}, "TypeError: wrong number of arguments"},
		{BytesType, []Value{byt("a"), Int(1)}, "TypeError: wrong number of arguments"},
		{ByteArrayType, []Value{list(Int(256), Int(-1))}, `bytearray(b'\x00\xff')`},
		{ByteArrayType, []Value{Int(-1)}, "MemoryError: memory allocation failed, allocating 4294967295 bytes"},
		{ByteArrayType, []Value{str("abc"), str("utf8")}, "bytearray(b'abc')"},
		{ByteArrayType, []Value{list(str("a"))}, "TypeError: can't convert str to int"},
		{MemoryViewType, []Value{Int(1)}, "TypeError: object with buffer protocol required"},
		{ArrayType, []Value{str("x")}, "ValueError: bad typecode"},
		{ArrayType, []Value{Int(5)}, "TypeError: can't convert 'int' object to str implicitly"},
		{ArrayType, []Value{str("i"), list(Int(1), Int(-2))}, "array('i', [1, -2])"},
		{ArrayType, []Value{str("I"), list(Int(-1))}, "array('I', [4294967295])"},
		{ArrayType, []Value{str("f"), list(Float(1.1))}, "array('f', [1.100000023841858])"},
		{ArrayType, []Value{str("Q"), list(Int(-1))}, "array('Q', [18446744073709551615])"},
		{ArrayType, []Value{str("h"), byt("\x01\x02\x03")}, "array('h', [513])"},
		{ArrayType, []Value{str("O"), list(str("a"))}, "array('O', ['a'])"},
		{ArrayType, []Value{str("B"), list(Float(1.5))}, "TypeError: can't convert float to int"},
	} {
		v, err := c.typ.New(th, c.typ, c.args, nil)
		assert.Equal(t, c.want, answer(t, th, v, err), "%s %v", c.typ.Name, c.args)
	}
}

func TestArraysChangeInPlace(t *testing.T) {
	th := newThread()
	b := NewByteArray([]byte("abc"))
	set := func(v, index, val Value) string {
		if err := SetItem(th, v, index, val); err != nil {
			return err.Error()
		}
		return answer(t, th, v, nil)
	}
	assert.Equal(t, "bytearray(b'xyzbc')", set(b, sliceOf(Int(0), Int(1), Null), byt("xyz")))
	assert.Equal(t, "bytearray(b'xyzb')", set(b, sliceOf(Int(4), Null, Null), byt("")))
	assert.Equal(t, "bytearray(b'x--yzb')", set(b, sliceOf(Int(1), Int(1), Null), NewByteArray([]byte("--"))))
	assert.Equal(t, "bytearray(b'x--yzbx--yzb')", set(b, sliceOf(Int(6), Null, Null), b))
	assert.Equal(t, `bytearray(b'\x00--yzbx--yzb')`, set(b, Int(0), Int(256)))
	assert.Equal(t, "NotImplementedError: array/bytes required on right side", set(b, sliceOf(Int(0), Int(1), Null), str("zz")))
	assert.Equal(t, "TypeError: 'bytearray' object doesn't support item deletion", DelItem(th, b, Int(0)).Error())
	b = NewByteArray([]byte("q"))
	assert.Equal(t, "None", call(t, th, b, "append", Int(300)))
	assert.Equal(t, "None", call(t, th, b, "extend", str("zz")))
	assert.Equal(t, "bytearray(b'q,zz')", answer(t, th, b, nil))
	assert.Equal(t, "TypeError: can't convert str to int", call(t, th, b, "append", str("x")))
	assert.Equal(t, "bytearray(b'q,zz')", answer(t, th, b, nil))
}

func TestMemoryViewSeesTheMemory(t *testing.T) {
	th := newThread()
	view := func(v Value) Value { return construct(t, th, MemoryViewType, v) }
	b := NewByteArray([]byte("abcdef"))
	m, err := GetItem(th, view(b), sliceOf(Int(1), Int(4), Null))
	require.NoError(t, err)
	require.NoError(t, SetItem(th, m, Int(0), Int('X')))
	require.NoError(t, SetItem(th, m, sliceOf(Int(1), Null, Null), byt("YZ")))
	assert.Equal(t, "bytearray(b'aXYZef')", answer(t, th, b, nil))
	assert.EqualError(t, SetItem(th, m, sliceOf(Int(0), Int(2), Null), byt("z")), "ValueError: lhs and rhs should be compatible")
	ro := view(byt("abc"))
	assert.EqualError(t, SetItem(th, ro, Int(0), Int(1)), "TypeError: 'memoryview' object doesn't support item assignment")
	assert.EqualError(t, SetItem(th, ro, sliceOf(Int(0), Int(1), Null), byt("z")), "TypeError: 'memoryview' object doesn't support item assignment")
	v, err := Binary(th, OpAdd, ro, byt("d"))
	assert.Equal(t, "array('B', [97, 98, 99, 100])", answer(t, th, v, err))
	v, err = Binary(th, OpAdd, view(b), byt("!"))
	assert.Equal(t, "bytearray(b'aXYZef!')", answer(t, th, v, err))
	_, err = Binary(th, OpInplaceAdd, ro, byt("d"))
	assert.EqualError(t, err, "TypeError: unsupported types for __iadd__: 'memoryview', 'bytes'")
	assert.Equal(t, "IndexError: memoryview index out of range", func() string {
		_, err := GetItem(th, ro, Int(5))
		return err.Error()
	}())
	nums := construct(t, th, ArrayType, str("i"), list(Int(1), Int(-2), Int(3)))
	v, err = GetItem(th, view(nums), Int(1))
	assert.Equal(t, "-2", answer(t, th, v, err))
}

func TestTextNeedsMemory(t *testing.T) {
	p := Generic()
	p.Heap = 10000
	th := NewInterp(p).NewThread()
	for _, f := range []func() (Value, error){
		func() (Value, error) { return Binary(th, OpMultiply, str("ab"), Int(1<<20)) },
		func() (Value, error) { return Binary(th, OpModulo, str("%100000d"), Int(1)) },
		func() (Value, error) { return BytesType.New(th, BytesType, []Value{Int(1 << 20)}, nil) },
		func() (Value, error) { return ByteArrayType.New(th, ByteArrayType, []Value{Int(1 << 20)}, nil) },
		func() (Value, error) { return CallName(th, str("a"), th.In.Intern("center"), Int(1<<20)) },
		func() (Value, error) { return Binary(th, OpLshift, Int(1), Int(1<<20)) },
		func() (Value, error) { return Binary(th, OpPower, Int(3), Int(1<<40)) },
		func() (Value, error) { return CallName(th, Int(1), th.In.Intern("to_bytes"), Int(1<<20), str("big")) },
	} {
		_, err := f()
		assert.True(t, IsRaised(err, MemoryError), "%v", err)
	}
}

package builtin_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/python/builtin"
	"qpy/python/object"
)

// board is an interpreter whose output is kept.
type board struct {
	*object.Thread
	out string
}

func newBoard() *board {
	b := &board{}
	in := object.NewInterp(object.Generic())
	in.Stdout = func(p []byte) { b.out += string(p) }
	b.Thread = in.NewThread()
	return b
}

// call is repr of what a built-in gives, or the error.
func (b *board) call(t *testing.T, name string, args []object.Value, kw ...object.Value) string {
	t.Helper()
	f := b.In.Builtin(b.In.Intern(name))
	require.False(t, f.IsNull(), name)
	v, err := object.Call(b.Thread, f, args, kw)
	if err != nil {
		return err.Error()
	}
	require.False(t, v.IsNull(), "%s gave no value", name)
	s, err := object.Repr(b.Thread, v)
	require.NoError(t, err)
	return s
}

func vals(v ...object.Value) []object.Value { return v }

func list(v ...object.Value) object.Value { return object.NewList(v).Value() }

var (
	i   = object.Int
	f   = object.Float
	str = object.NewStr
	kw  = func(name string, v object.Value) []object.Value {
		return vals(object.NewStr(name), v)
	}
)

func TestBuiltins(t *testing.T) {
	b := newBoard()
	neg := object.Func1("neg", func(t *object.Thread, v object.Value) (object.Value, error) {
		return object.Unary(t, object.OpNegative, v)
	})
	big, err := object.Binary(b.Thread, object.OpPower, i(2), i(70))
	require.NoError(t, err)
	for _, c := range []struct {
		name string
		args []object.Value
		want string
	}{
		{"abs", vals(i(-5)), "5"},
		{"abs", vals(str("a")), "TypeError: unsupported type for __abs__: 'str'"},
		{"all", vals(list(i(1), i(0))), "False"}, {"all", vals(list()), "True"},
		{"any", vals(list(i(0), i(1))), "True"}, {"any", vals(i(1)), "TypeError: 'int' object isn't iterable"},
		{"hex", vals(i(-255)), "'-0xff'"}, {"hex", vals(big), "'0x400000000000000000'"}, {"hex", vals(object.True), "'0x1'"},
		{"hex", vals(f(1.5)), "TypeError: can't convert float to int"},
		{"oct", vals(i(8)), "'0o10'"}, {"bin", vals(i(-5)), "'-0b101'"}, {"bin", vals(object.True), "'0b1'"},
		{"chr", vals(i(65)), "'A'"}, {"chr", vals(i(0xd800)), `'\ud800'`}, {"chr", vals(i(-1)), "ValueError: chr() arg not in range(0x110000)"},
		{"ord", vals(str("中")), "20013"}, {"ord", vals(object.NewBytes("\xff")), "255"},
		{"ord", vals(str("ab")), "TypeError: ord() expected a character, but string of length 2 found"},
		{"ord", vals(i(1)), "TypeError: can't convert 'int' object to str implicitly"},
		{"divmod", vals(i(-7), i(2)), "(-4, 1)"},
		{"pow", vals(i(2), i(10)), "1024"}, {"pow", vals(i(-3), i(5), i(7)), "2"}, {"pow", vals(i(3), i(100), big), "993139557134778242001"},
		{"pow", vals(i(2), f(1), i(2)), "TypeError: pow() with 3 arguments requires integers"},
		{"round", vals(f(2.5)), "2"}, {"round", vals(f(1234.5678), i(2)), "1234.57"}, {"round", vals(f(0.125), i(2)), "0.12"},
		{"round", vals(i(1250), i(-2)), "1200"}, {"round", vals(i(1350), i(-2)), "1400"}, {"round", vals(f(1.5), i(400)), "nan"},
		{"round", vals(f(15.5), i(-1)), "20.0"}, {"round", vals(i(7), i(-400)), "0"}, {"round", vals(f(1e20)), "100000000000000000000"},
		{"sum", vals(list(i(1), f(2.5))), "3.5"}, {"sum", vals(list(list(i(1)), list(i(2))), list()), "[1, 2]"},
		{"sum", vals(list(i(1<<62), i(1<<62))), "9223372036854775808"},
		{"max", vals(i(3), i(1), i(4)), "4"}, {"min", vals(list(i(3), f(1.5))), "1.5"}, {"max", vals(list()), "ValueError: arg is an empty sequence"},
		{"sorted", vals(str("hello")), "['e', 'h', 'l', 'l', 'o']"},
		{"sorted", vals(list(), neg), "TypeError: must use keyword argument for key function"},
		{"len", vals(i(1)), "TypeError: object of type 'int' has no len()"}, {"len", vals(), "TypeError: function takes 1 positional arguments but 0 were given"},
		{"next", vals(i(1)), "TypeError: 'int' object isn't an iterator"},
		{"isinstance", vals(i(1), object.NewTuple(object.StrType.Value(), object.IntType.Value())), "True"},
		{"isinstance", vals(i(1), object.ObjectType.Value()), "True"}, {"isinstance", vals(object.True, object.IntType.Value()), "False"},
		{"isinstance", vals(i(1), i(3)), "TypeError: issubclass() arg 2 must be a class or a tuple of classes"},
		{"issubclass", vals(i(1), object.IntType.Value()), "TypeError: issubclass() arg 1 must be a class"},
		{"getattr", vals(list(), str("foo"), i(5)), "5"}, {"getattr", vals(i(1), str("foo")), "AttributeError: 'int' object has no attribute 'foo'"},
		{"getattr", vals(i(1), i(2)), "TypeError: can't convert 'int' object to str implicitly"},
		{"hasattr", vals(list(), str("append")), "True"}, {"callable", vals(neg), "True"}, {"callable", vals(object.None), "False"},
		{"compile", vals(str("1"), str("f"), str("foo")), "ValueError: bad compile mode"},
		{"eval", vals(str("1")), "NotImplementedError: eval() isn't available here"},
		{"repr", vals(str("a'b")), `'"a\'b"'`},
	} {
		assert.Equal(t, c.want, b.call(t, c.name, c.args), "%s", c.name)
	}
	assert.Equal(t, "1", b.call(t, "max", vals(list(i(3), i(1), i(2))), kw("key", neg)...))
	assert.Equal(t, "7", b.call(t, "max", vals(list()), kw("default", i(7))...))
	assert.Equal(t, "[3, 2, 1]", b.call(t, "sorted", vals(list(i(3), i(1), i(2))), kw("key", neg)...))
}

func TestDirGoesByTheStringTable(t *testing.T) {
	b := newBoard()
	assert.Equal(t, "['__class__', 'append', 'clear', 'copy', 'count', 'extend', 'index', 'insert', 'pop', 'remove', 'reverse', 'sort']",
		b.call(t, "dir", vals(list())))
	assert.Equal(t, "['__class__', '__delitem__', '__getitem__', '__setitem__', 'clear', 'copy', 'get', 'items', 'keys', 'pop', 'popitem', "+
		"'setdefault', 'update', 'values', 'fromkeys']", b.call(t, "dir", vals(object.NewDict(0).Value())))
	m := b.In.NewModule("m")
	for _, name := range []string{"zoo", "bar"} {
		m.Globals.SetName(b.In, b.In.Intern(name), i(1))
	}
	assert.Equal(t, "['__class__', '__name__', 'zoo', 'bar']", b.call(t, "dir", vals(m.Value())))
}

func TestPrint(t *testing.T) {
	b := newBoard()
	assert.Equal(t, "None", b.call(t, "print", vals(i(1), str("a"), list(str("b")))))
	b.call(t, "print", vals(i(1), i(2)), append(kw("sep", str("-")), kw("end", str("!"))...)...)
	assert.Equal(t, "1 a ['b']\n1-2!", b.out)
	assert.Equal(t, "OSError: stream operation not supported", b.call(t, "print", nil, kw("file", i(1))...))
	assert.Equal(t, "TypeError: extra keyword arguments given", b.call(t, "print", nil, kw("foo", i(1))...))
	assert.Equal(t, "TypeError: can't convert 'int' object to str implicitly", b.call(t, "print", nil, kw("sep", i(1))...))
}

func TestPrintGoesOutBeforeAnErrorInTheMiddle(t *testing.T) {
	b := newBoard()
	bad := object.NewType("bad")
	bad.Print = func(t *object.Thread, w *object.Printer, self object.Value, kind object.PrintKind) error {
		return object.Raise(object.ValueError, "no")
	}
	h := object.NewHeader(bad)
	assert.Equal(t, "ValueError: no", b.call(t, "print", vals(i(1), list(h.Value()))))
	assert.Equal(t, "1 [", b.out)
}

func TestModuleBuiltins(t *testing.T) {
	b := newBoard()
	m := builtin.Module(b.In).Value()
	name := b.In.Intern("spam")
	require.NoError(t, object.SetAttr(b.Thread, m, name, i(5)))
	assert.Equal(t, i(5), b.In.Override.GetName(b.In, name))
	_, err := object.GetAttr(b.Thread, m, name)
	assert.EqualError(t, err, "AttributeError: 'module' object has no attribute 'spam'")
	require.NoError(t, object.DelAttr(b.Thread, m, name))
	assert.EqualError(t, object.DelAttr(b.Thread, m, name), "KeyError: spam")

	p := object.Generic()
	p.FixedBuiltins = true
	p.Hidden = map[string]bool{"frozenset": true}
	p.Extra = map[string]bool{"help": true}
	p.Help = "Help!\n"
	b.Thread = object.NewInterp(p).NewThread()
	b.In.Stdout = func(p []byte) { b.out += string(p) }
	m = builtin.Module(b.In).Value()
	assert.EqualError(t, object.SetAttr(b.Thread, m, name, i(5)), "AttributeError: 'module' object has no attribute 'spam'")
	assert.False(t, b.In.Builtin(object.Intern("help")).IsNull())
	assert.True(t, b.In.Builtin(object.Intern("frozenset")).IsNull())
	assert.True(t, b.In.Builtin(object.Intern("execfile")).IsNull())
	b.call(t, "help", nil)
	b.call(t, "help", vals(object.SliceType.Value()))
	b.call(t, "help", vals(object.PropertyType.Value()))
	assert.Equal(t, "Help!\nobject <class 'slice'> is of type type\nobject <class 'property'> is of type type\n"+
		"  getter -- <function>\n  setter -- <function>\n  deleter -- <function>\n", b.out)
}

func TestInput(t *testing.T) {
	b := newBoard()
	lines := []string{"hello"}
	b.In.Hooks.ReadLine = func(*object.Thread) (string, bool, error) {
		if len(lines) == 0 {
			return "", false, nil
		}
		s := lines[0]
		lines = lines[1:]
		return s, true, nil
	}
	assert.Equal(t, "'hello'", b.call(t, "input", vals(str("> "))))
	assert.Equal(t, "EOFError", b.call(t, "input", nil))
	assert.Equal(t, "> ", b.out)
}

package vm_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/python/object"
)

// A method of a built-in type is never run on anything else: not when super() was
// given something else, not when a derived class hands it out, and not on an
// instance whose native part __init__ has yet to make. MicroPython reads foreign
// memory there.
func TestBuiltInMethodsCheckTheirSelf(t *testing.T) {
	b := newBoard(object.Generic())
	require.NoError(t, b.run(`
calls = 0
def refuses(f, *what):
    global calls
    calls += 1
    try:
        print('ran', what, f())
    except TypeError as e:
        if not any(text in e.args[0] for text in ('argument should be a', 'positional arguments', 'expected at most')):
            print(what, e)
for base in (list, dict, str, bytes, bytearray, set, frozenset, tuple, int):
    class C(base):
        def __init__(self, right=True):
            if not right:
                for name in names:
                    refuses(lambda: getattr(self, name)(1), base, name, 'in __init__')
            super().__init__()
    names = [n for n in dir(base) if n[0] != '_' and n not in ('fromkeys', 'from_bytes')]
    C(False)
    for name in names:
        for wrong in (5, 1.5, 'a', b'a', [1], (1,), {}, {1}, None, C, C(), object(), len):
            if type(wrong) is base:
                continue
            for args in ((), (1,), ('a',), ([],), (wrong,), (0, 1)):
                if not isinstance(wrong, C):
                    refuses(lambda: getattr(super(C, wrong), name)(*args), base, name, wrong, args)
                refuses(lambda: getattr(C, name)(wrong, *args), base, name, wrong, args)
class S(str): pass
class L(list): pass
refuses(lambda: super(L, S('a')).append(1))
refuses(lambda: super(S, L()).upper())
super(L, [1]).append(2)
l = L()
super(L, l).append(3)
print(calls > 10000, l)
`, "main.py"))
	assert.Equal(t, "True [3]\n", b.out.String())
}

// A class whose __new__ makes the instance has no native part.
func TestInstanceWithoutNativePart(t *testing.T) {
	b := newBoard(object.Generic())
	require.NoError(t, b.run(`
for base in (list, dict, str, bytes, set, tuple, int, float, Exception):
    class C(base):
        def __new__(cls):
            return object.__new__(cls)
    c = C()
    for f in (iter, len, list, sum, sorted, str, bool, int, float, bytes, lambda c: c + 1, lambda c: c[0], lambda c: 1 in c,
              lambda c: max(*c), lambda c: '%s' % c, lambda c: c == c, lambda c: c.upper(), lambda c: {1}.issubset(c), lambda c: hash(c)):
        try:
            f(c)
        except (TypeError, AttributeError):
            pass
    try:
        raise c
    except TypeError as e:
        print(e)
    class D(Exception):
        x = super
    try:
        super(D, base).m
        super(C, D()).m()
    except AttributeError as e:
        print(e)
`, "main.py"))
	assert.NotContains(t, b.out.String(), "Traceback")
}

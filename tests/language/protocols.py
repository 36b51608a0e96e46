# What each kind of object answers to each operation: many have no hash, no
# equality of their own or no name, where CPython gives them one.
import _thread, uarray, ucollections, uhashlib, uio, ure, uselect, usocket, utimeq, sys

class A:
    def m(self):
        pass
    @staticmethod
    def s():
        pass
    @classmethod
    def c(cls):
        pass
class E(Exception):
    pass
class I(int):
    pass
class L(list):
    pass
class T(tuple):
    pass
N = ucollections.namedtuple('N', 'a b')
def plain():
    pass
def gen():
    yield 1
def outer():
    x = 1
    def closure():
        return x
    def genclosure():
        yield x
    return closure, genclosure
closure, genclosure = outer()
a = A()

things = [
    ('module', ure), ('function', plain), ('generator function', gen), ('closure', closure),
    ('closure with yield', genclosure), ('generator', gen()), ('built-in', len), ('class', A), ('type', int),
    ('instance', a), ('method', a.m), ('static method', A.s), ('class method', A.c), ('built-in method', [].append),
    ('super', super(A, a)), ('exception', E(1)), ('exception class', E), ('object', object()), ('int subclass', I(3)),
    ('list subclass', L()), ('tuple subclass', T()), ('namedtuple', N(1, 2)), ('attribute tuple', sys.implementation),
    ('list', []), ('dict', {}), ('set', set()), ('frozenset', frozenset((1,))), ('tuple of a list', ([],)), ('view', {}.keys()),
    ('iterator', iter([])), ('map', map(id, [])), ('zip', zip()), ('enumerate', enumerate([])), ('range', range(3)),
    ('bytearray', bytearray(b'ab')), ('array', uarray.array('b', [1])), ('memoryview', memoryview(b'a')), ('deque', ucollections.deque((), 2)),
    ('OrderedDict', ucollections.OrderedDict()), ('StringIO', uio.StringIO()), ('BytesIO', uio.BytesIO()), ('regular expression', ure.compile('a')),
    ('match', ure.match('a', 'a')), ('lock', _thread.allocate_lock()), ('digest', uhashlib.sha256()), ('poll', uselect.poll()),
    ('socket', usocket.socket()), ('queue of times', utimeq.utimeq(1)), ('property', property()), ('code', compile('1', '', 'eval')),
    ('None', None), ('Ellipsis', ...), ('NotImplemented', NotImplemented), ('nan', float('nan')), ('long', 1 << 70), ('complex', 1j),
]
operations = [
    ('hash', lambda v: hash(v) and 'yes'), ('callable', callable), ('==', lambda v: v == v), ('bool', bool), ('len', len),
    ('iter', lambda v: iter(v) and 'yes'), ('in', lambda v: 1 in v), ('[0]', lambda v: v[0]), ('[:]', lambda v: v[:] and 'yes'),
    ('+', lambda v: v + v and 'yes'), ('2 *', lambda v: 2 * v and 'yes'), ('neg', lambda v: -v), ('int', int), ('name', lambda v: v.__name__),
    ('tuple', lambda v: isinstance(v, tuple)), ('set', lambda v: setattr(v, 'nope', 1)), ('del', lambda v: delattr(v, 'nope')),
]
for kind, v in things:
    print(kind, end=':')
    for name, op in operations:
        if kind == 'module' and name in ('name', 'set', 'del') or kind == 'tuple subclass' and name == '+':
            continue  # the firmware's names are others; 1.13 reads foreign memory there
        try:
            print(' ' + name, op(v), end='')
        except TypeError:
            pass
        except Exception as e:
            print(' ' + name, type(e).__name__, end='')
    print()
    try:
        hash(v)
    except TypeError as e:
        print('   ', e)

# a method is made anew each time, and nothing is equal to it but itself
print(a.m == a.m, a.m != a.m, a.m in [a.m])
m = a.m
print(m == m, [m].index(m))

# an int repeats what is a list or a tuple, and nothing that descends from one
for n in (2, True, 0, -1, I(2), 1 << 70):
    for s in (L([1]), T((1,)), N(1, 2), sys.implementation):
        try:
            print(n * s)
        except Exception as e:
            print(e)
        try:
            print(len(s * n))
        except Exception as e:
            print(e)

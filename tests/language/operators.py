# Special methods of operators, reflected ones and augmented assignment.
class V:
    def __init__(self, v): self.v = v
    def __repr__(self): return 'V(%r)' % (self.v,)
    def __add__(self, o): return V(('add', self.v, getattr(o, 'v', o)))
    def __radd__(self, o): return V(('radd', o, self.v))
    def __sub__(self, o): return V(('sub', self.v, o))
    def __mul__(self, o): return V(('mul', self.v, o))
    def __rmul__(self, o): return V(('rmul', o, self.v))
    def __truediv__(self, o): return V(('div', self.v, o))
    def __floordiv__(self, o): return V(('floordiv', self.v, o))
    def __mod__(self, o): return V(('mod', self.v, o))
    def __pow__(self, o): return V(('pow', self.v, o))
    def __and__(self, o): return V(('and', self.v, o))
    def __or__(self, o): return V(('or', self.v, o))
    def __xor__(self, o): return V(('xor', self.v, o))
    def __lshift__(self, o): return V(('shl', self.v, o))
    def __rshift__(self, o): return V(('shr', self.v, o))
    def __matmul__(self, o): return V(('matmul', self.v, o))
    def __iadd__(self, o): return V(('iadd', self.v, o))
    def __neg__(self): return V(('neg', self.v))
    def __pos__(self): return V(('pos', self.v))
    def __invert__(self): return V(('inv', self.v))
    def __abs__(self): return V(('abs', self.v))
    def __eq__(self, o): return self.v == getattr(o, 'v', o)
    def __lt__(self, o): return self.v < getattr(o, 'v', o)
    def __le__(self, o): return self.v <= getattr(o, 'v', o)
    def __gt__(self, o): return self.v > getattr(o, 'v', o)
    def __ge__(self, o): return self.v >= getattr(o, 'v', o)
    def __hash__(self): return hash(self.v)
    def __len__(self): return 4
    def __bool__(self): return bool(self.v)
    def __contains__(self, x): return x == self.v
    def __getitem__(self, k): return k
    def __setitem__(self, k, v): print('set', k, v)
    def __delitem__(self, k): print('del', k)
    def __call__(self, *a): return a

v = V(1)
print(v + 2, 2 + v, v + v, v - 1, v * 2, 2 * v, v / 2, v // 2, v % 2, v ** 2)
print(v & 1, v | 1, v ^ 1, v << 1, v >> 1, v @ 3)
print(-v, +v, ~v, abs(v))
w = v
w += 5
print(w, v)
w -= 1
print(w)
print(v == 1, v == V(1), v != 1, v < V(2), v <= 1, v > 0, v >= V(3))
print(len(v), bool(v), bool(V(0)), 1 in v, 2 in v, v[3], v[1:2], v(1, 2))
v[1] = 2
del v[5]
print({V(1): 'one'}[V(1)])
for bad in (lambda: V(1) < 'a', lambda: object() + 1, lambda: 1 + object(), lambda: -object(), lambda: object() < object(),
            lambda: [1] + (2,), lambda: 'a' + 1, lambda: 1 + 'a', lambda: 'a' * 'b', lambda: object()[1], lambda: len(5), lambda: 5 in 5):
    try:
        print(bad())
    except TypeError as e:
        print('TypeError:', e)

# in place, a built-in base comes before an operator of the class
def t(f):
    try: print(f())
    except Exception as e: print(repr(e))
class Cb(bytes):
    def __add__(self, o): return 'add'
    def __mul__(self, o): return 'mul'
class Cl(list):
    def __add__(self, o): return 'add'
    def __mul__(self, o): return 'mul'
class Ci(int):
    def __add__(self, o): return 'add'
    def __mul__(self, o): return 'mul'
class Cd(dict):
    def __add__(self, o): return 'add'
    def __sub__(self, o): return 'sub'
class Cs(set):
    def __add__(self, o): return 'add'
    def __or__(self, o): return 'or'
class Cbo(bytes, object):
    def __add__(self, o): return 'add'
class Cob(object, bytes):
    def __add__(self, o): return 'add'
class P:
    def __add__(self, o): return 'padd'
class Cpb(P, bytes): pass
class Cbp(bytes, P): pass
class E(Exception):
    def __add__(self, o): return 'add'
def ia(c, o):
    c += o
    return c
def im(c, o):
    c *= o
    return c
def ior(c, o):
    c |= o
    return c
for c in (Cb(b'a'), Cl([1]), Ci(3), Cd(), Cs(), Cbo(), Cob(), Cpb(), Cbp(), E()):
    for o in (None, 1, b'b', [2], {1}, 'x', 2.5):
        t(lambda: ia(c, o)); t(lambda: c + o); t(lambda: im(c, o)); t(lambda: ior(c, o)); t(lambda: o + c)
class B1(bytes, object):
    def __add__(self, o): return super().__add__(o)
t(lambda: ia(B1(), None))
t(lambda: B1() + None)
t(lambda: ia(B1(), b'x'))
class B2(bytes, P):
    pass
t(lambda: ia(B2(), None))

class Base:
    kind = 'base'
    def __init__(self, v):
        self.v = v
    def show(self): return 'Base %d' % self.v
    @property
    def double(self): return self.v * 2
    @double.setter
    def double(self, x): self.v = x // 2
    @staticmethod
    def st(a): return a + 1
    @classmethod
    def cm(cls, a): return cls.kind, a
class Derived(Base):
    kind = 'derived'
    def __init__(self, v, w):
        super().__init__(v)
        self.w = w
    def show(self):
        return 'Derived ' + super().show()
d = Derived(3, 4)
print(d.show(), d.double, d.st(1), d.cm(2), Derived.st(5), Base.cm(6))
d.double = 20
print(d.v, d.__class__, Derived.__name__, Derived.__bases__, isinstance(d, Base), issubclass(Derived, Base))
try: Base.double.x
except AttributeError as e: print(e)
class Ops:
    def __init__(self, x): self.x = x
    def __add__(self, o): return Ops(self.x + (o.x if isinstance(o, Ops) else o))
    def __radd__(self, o): return Ops(o + self.x)
    def __iadd__(self, o): self.x += 100; return self
    def __sub__(self, o): return NotImplemented
    def __eq__(self, o): return self.x == o.x if isinstance(o, Ops) else NotImplemented
    def __lt__(self, o): return self.x < o.x
    def __getitem__(self, i): return (self.x, i)
    def __setitem__(self, i, v): print('set', i, v)
    def __delitem__(self, i): print('del', i)
    def __len__(self): return 3
    def __contains__(self, v): return v == self.x
    def __call__(self, *a, **k): return a, k
    def __repr__(self): return 'Ops(%r)' % self.x
    def __neg__(self): return Ops(-self.x)
    def __bool__(self): return self.x != 0
    def __hash__(self): return 7
a, b = Ops(1), Ops(2)
print(a + b, a + 5, 5 + a, -a, a == b, a != b, a == Ops(1), a < b, a[1], a[1:2], len(a), 1 in a, 2 in a)
a += 1
print(a, a(1, k=2), bool(Ops(0)), not a, {a: 1})
a[0] = 5; a[1:3] = 6
del a[2]
try: a - b
except TypeError as e: print(e)
try: a <= b
except TypeError as e: print(e)
try: a * b
except TypeError as e: print(e)
class GA:
    def __getattr__(self, n):
        if n == 'zzz': raise AttributeError(n)
        return 'got ' + n
g = GA()
print(g.foo, g.bar)
try: g.zzz
except AttributeError as e: print(repr(e))
class It:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n == 0: raise StopIteration
        self.n -= 1
        return self.n
print(list(It(3)), [x for x in It(2)], sum(It(4)), max(It(3)))
class Seq:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
print(list(Seq()), [x for x in Seq()], 20 in Seq())
class New:
    def __new__(cls, x):
        o = object.__new__(cls)
        o.made = x
        return o
    def __init__(self, x): self.init = x
n = New(4)
print(n.made, n.init)
class L(list):
    def __init__(self, *a):
        super().__init__(a)
        self.extra = 1
    def total(self): return sum(self)
l = L(1, 2, 3)
l.append(4)
print(l, l.total(), len(l), l[1], l[1:], l.extra, l == [1, 2, 3, 4], isinstance(l, list))
class E(Exception):
    def __init__(self, a, b):
        super().__init__(a)
        self.b = b
try: raise E(1, 2)
except E as e: print(repr(e), str(e), e.args, e.b)
class E2(ValueError): pass
try: raise E2('x', 1)
except ValueError as e: print(repr(e), e)
class Cnt:
    n = 0
    def inc(self):
        Cnt.n += 1
        self.__class__.m = Cnt.n
        return self.m
print([Cnt().inc() for i in range(3)], Cnt.n)
def patched(self): return 'patched'
Base.show = patched
print(d.show(), Base(1).show())
d.show = lambda: 'own'
print(d.show())
del d.show
print(d.show())
class MI1:
    def f(self): return 'MI1'
    def h(self): return 'h1'
class MI2(MI1):
    pass
class MI3(MI1):
    def f(self): return 'MI3'
class MI4(MI2, MI3): pass
print(MI4().f(), MI4().h())
class Desc:
    def __get__(self, o, c): return ('get', o is None, c.__name__)
    def __set__(self, o, v): print('dset', v)
class UseD:
    d = Desc()
u = UseD()
print(u.d); u.d = 5
try: del u.nope
except AttributeError as e: print(e)
try: Base(1).foo
except AttributeError as e: print(e)
try: Base.foo
except AttributeError as e: print(e)
try: Base()
except TypeError as e: print(e)
class NoInit: pass
print(type(NoInit(1, 2)).__name__)
class BadInit:
    def __init__(self): return 5
try: BadInit()
except TypeError as e: print(e)
try: (1)()
except TypeError as e: print(e)
try: NoInit()()
except TypeError as e: print(e)
T = type('T', (Base,), {'q': 9})
print(T(1).q, T(2).show())
print(hasattr(d, 'v'), hasattr(d, 'vv'), getattr(d, 'vv', 7))
setattr(d, 'vv', 8); print(d.vv)
m = d.show
print(m())
f = Base.show
print(f(d))
class Meth:
    def __enter__(self): print('enter'); return self
    def __exit__(self, t, v, tb): print('exit', t); return t is KeyError
with Meth() as m, Meth():
    print('body')
    raise KeyError(1)
try:
    with Meth():
        raise ValueError(2)
except ValueError as e: print('out', e)

# Arguments of every kind, in every order that 1.13 takes.
def plain(a, b, c=3, *rest, d=4, **more):
    return a, b, c, rest, d, sorted(more.items())

print(plain(1, 2))
print(plain(1, 2, 5, 6, 7, d=8, e=9))
print(plain(*[1, 2], **{'d': 0, 'x': 1}))
print(plain(1, *(2, 3), d=5, **{'k': 6}))
print(plain(b=1, a=2))

def only_kw(*, a, b=2):
    return a, b

print(only_kw(a=1), only_kw(b=3, a=1))

def show(call):
    try:
        print(call())
    except TypeError as e:
        print('TypeError:', e)

show(lambda: plain())
show(lambda: plain(1))
show(lambda: plain(1, 2, a=3))
show(lambda: only_kw())
show(lambda: only_kw(1))
show(lambda: only_kw(a=1, z=2))
show(lambda: (lambda: 1)(2))
show(lambda: None())
show(lambda: len())
show(lambda: len(1, 2))
show(lambda: int.from_bytes(b'a'))

def defaults(x, acc=[]):
    acc.append(x)
    return acc

print(defaults(1), defaults(2), defaults(3, []))

print((lambda *a, **k: (a, sorted(k)))(1, 2, x=3))
print((lambda a, b=2: a + b)(1))

def annotated(a: int, b: 'text' = 2, *c: 1, d: 2 = 3, **e: 4) -> None:
    return a, b, c, d, e

print(annotated(1, 2, 3, d=4, e=5))

# in what order arguments are looked at shows in the errors
def t(f):
    try: print(f())
    except Exception as e: print(repr(e))
class B:
    def __bool__(self): raise KeyError('b')
t(lambda: enumerate([], None, q=1))
t(lambda: enumerate([], 1.5, q=1))
t(lambda: enumerate([], start='x', q=1))
t(lambda: enumerate(5, 'x'))
t(lambda: list(enumerate('ab', True)))
t(lambda: [2,1].sort(reverse=B(), q=1))
t(lambda: [2,1].sort(key=1, reverse=B()))
t(lambda: sorted([2,1], reverse=B()))
t(lambda: sorted([2,1], reverse=[], q=1))
t(lambda: sorted([2,1], reverse='a'))
t(lambda: 'a\nb'.splitlines(B(), 2))
t(lambda: 'a\nb'.splitlines([1]))
t(lambda: 'a\nb'.splitlines(keepends=None, q=2))
t(lambda: '{a}'.format(a=1, **{'a': 2}))
t(lambda: print(1, sep='-', **{'sep': '+'}))
t(lambda: print(1, 2, sep='-', **{'sep': '+'}))
t(lambda: dict(a=1, **{'a': 2}))
t(lambda: sorted([1,2], reverse=True, **{'reverse': False}))
t(lambda: max([1], default=1, **{'default': 2}))
t(lambda: enumerate(iterable=[1], **{'iterable': 5}))
t(lambda: {}.update(a=1, **{'a': 2}))
def upd(**k):
    d = {}
    d.update(a=1, **k)
    return d
t(lambda: upd(a=2, b=3))
def f6(x, *y, b, c, a): return a, b, c
def f7(*y, b, c, a=1, **k): return a, b, c
def f8(*y, a, b): return y, a, b
for f in (f6, f7, f8):
    for k in ({}, {'a': 1}, {'b': 1}, {'c': 1}, {'q': 1}, {'a': 1, 'b': 2, 'c': 3}):
        t(lambda: f(1, **k))

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

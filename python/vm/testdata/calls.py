def f(a, b=2, *args, c=3, d, **kw): return a, b, args, c, d, sorted(kw.items())
print(f(1, d=4), f(1, 5, 6, 7, d=8, e=9), f(*(1, 2, 3), d=0, **{'z': 1}))
for call in ("f()", "f(1)", "f(1, a=2, d=3)", "f(d=1)", "h(1)", "h(1, 2, 3)", "h(x=1)", "h(1, z=2)", "k(1)", "k(a=1)", "h(*[1, 2], **{'y': 1})", "h(**{1: 2})", "f(*5, d=1)", "h(*'ab')", "len()", "len(1)", "len([], [])", "[].append()", "'a'.join()", "print(sep=1)", "int('x')", "ord('ab')", "h(1, y=2, **{'y': 3})"):
    def h(x, y): return x, y
    def k(*, a, b=1): return a, b
    try: print(call, eval(call))
    except Exception as e: print(call, type(e).__name__, e)
def defaults(a, l=[]):
    l.append(a)
    return l
print(defaults(1), defaults(2), defaults(3, []))
def counter():
    n = 0
    def inc(by=1):
        nonlocal n
        n += by
        return n
    def get(): return n
    return inc, get
i, g = counter()
i(); i(5)
print(g())
fs = []
for j in range(3):
    fs.append(lambda x, j=j: x + j)
print([q(10) for q in fs])
print((lambda *a, **k: (a, k))(1, b=2))
def rec(n): return 1 if n == 0 else n * rec(n - 1)
print(rec(20))
def many(a, b, c, d, e, f, g, h): return a + b + c + d + e + f + g + h
print(many(*range(8)), many(1, 2, 3, 4, h=8, g=7, f=6, e=5))
def deco(p):
    def w(fn):
        def inner(*a): return (p, fn(*a))
        return inner
    return w
@deco('x')
@deco('y')
def dd(a): return a
print(dd(3))
try:
    def forever(n): return forever(n + 1)
    forever(0)
except RuntimeError as e: print(e)
print(sorted([3, 1, 2], key=lambda x: -x), list(map(lambda a, b: a * b, [1, 2], [3, 4])), list(filter(None, [0, 1, 2])))
x = 10
def shadow():
    x = 1
    class A:
        x = 2
        def m(self): return x
    return A().m(), hasattr(A, "x")
print(shadow())
a = [1, 2, 3]
a[0], a[1] = a[1], a[0]
print(a)
first, *rest = 'abc'
print(first, rest)
*init, last = range(4)
print(init, last)
(p, q), r = (1, 2), 3
print(p, q, r)
[s, [t, u]] = [1, [2, 3]]
print(s, t, u)
print([a for b in [[1, 2], [3]] for a in b], {a: b for a, b in zip('ab', (1, 2))} == {'a': 1, 'b': 2})
big = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40]
print(len(big), sum(big))
tup = (x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x)
print(len(tup), tup[-1])
n = 0
while True:
    n += 1
    if n == 3: continue
    if n > 5: break
else:
    print('never')
print(n)
for n in range(10, 0, -3): print(n, end=' ')
else: print('else')
for n in range(0): pass
else: print('empty', n)
for n in range(3):
    n = 10
print(n)
print([n for n in range(5, 1)], list(range(2, 10, 3)))
z = 5
z -= 2; z *= 3; z //= 2; z **= 2; z %= 7; z <<= 3; z |= 1; z ^= 3; z &= 14; z >>= 1
print(z)
w = 1.5
w += 1; w -= 0.5; w *= 2; w /= 3
print(w)
print(7 // -2, -7 % 3, 7 % -3, -8 >> 1, 1 << 40, 3 ** 3, 2 ** -1, 7 / 2, -7 // 2.0, 2 ** 0.5)
print(9223372036854775807 + 1, -9223372036854775808 - 1, 4611686018427387904 * 2, 3037000500 * 3037000500, -9223372036854775808 // -1)
print(1 if z else 2, 0 or 'a', 1 and 'b', not 0, 1 < z < 100, z is not None)
import sys
print(sys.exc_info()[0])
try: 1 / 0
except ZeroDivisionError: print(sys.exc_info()[0])
print(__name__)

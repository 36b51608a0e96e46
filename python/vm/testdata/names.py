def f():
    try:
        print(x)
    except NameError as e: print(e)
    x = 1
    del x
    try: x
    except NameError as e: print(e)
    try:
        del x
    except NameError as e: print(e)
f()
def g():
    def h():
        nonlocal v
        v += 1
        return v
    try: h()
    except NameError as e: print(e)
    v = 10
    print(h(), v)
    del v
    try: h()
    except NameError as e: print(e)
g()
try: undefined
except NameError as e: print(e)
try: del undefined
except Exception as e: print(repr(e))
def cl(x):
    class A:
        y = x
        def m(self): return x
    return A
print(cl(3).y, cl(4)().m())
print([ (lambda i: i*j)(2) for j in range(3)])
a = 1
def k():
    global a
    a = 2
k(); print(a)
print([x for x in range(3) if (y := x)], y)
def w():
    return [z := i for i in range(3)]
try: print(w())
except Exception as e: print(repr(e))
def cond(n):
    if n: v = 1
    return v
print(cond(1))
try: cond(0)
except NameError as e: print(e)
def loop(n):
    for i in range(n): t = i
    return t
print(loop(2))
try: loop(0)
except NameError as e: print(e)
def wl(n):
    while n:
        n -= 1
        q = n
    return q
try: wl(0)
except NameError as e: print(e)
def star(*a, **k): return a, sorted(k.items())
print(star(*range(3), **{'a': 1}, b=2), star(1, *[2], c=3))
for t in ["f(1,2,3)", "star2()", "star2(1,b=2,c=3,d=4)", "star2(1,2,3,4,5)", "star2(1,a=2)", "star3(1)", "star3(b=1)", "star3(1,2,k=3)", "(lambda: 0)(1)", "max()", "len(1,2)", "star3(1,z=3)"]:
    try: print(eval(t, {'f': f, 'star2': lambda a, b=1, *, c, d=2: (a,b,c,d), 'star3': lambda a, *, k: (a,k)}))
    except TypeError as e: print(t, e)
x = y = [1]
x += [2]
print(y)
a, *b, c = range(5); print(a, b, c)
try: a, b = 1, 2, 3
except ValueError as e: print(e)
try: a, b, c = [1, 2]
except ValueError as e: print(e)
try: a, b = 1
except TypeError as e: print(e)
i = 0
def nxt():
    global i
    i += 1
    return i
d = {nxt(): nxt(), nxt(): nxt()}
print(sorted(d.items()))
l = [0]*5
l[nxt()-5+1], l[0] = nxt(), nxt()
print(l)
print(1 < 2 < 3, 1 < 3 < 2, 3 > 2 > 1 != 0, 1 in [1] == True)
print(not 1 or 2 and 3, (0 or [] or 'x'), (1 and 0 or 5))
z = 5
z = z and z + 1 or 0
print(z)
print("%d %s" % (1, 'a') if z else 0)
assert z, "no"
try: assert not z, "yes"
except AssertionError as e: print(e)
import sys
print(f.__name__, type(f), type(lambda: z), repr(type(star)))
def outer():
    v = 1
    def inner(): return v
    return inner
print(type(outer()), type((lambda: (yield))))

# what searching for differences from MicroPython found
import sys

def keys(**kw):
    print(sorted(kw.items()))

# ** takes keys of bytes
keys(**{b'ab': 1, 'c': 2})
try:
    keys(**{3: 1})
except TypeError as e:
    print(e)

# what the parser computes has no line of its own
try:
    print(40019818573920230246248826511203818792007462193311949166285967147
        >> -9487909752)
except ValueError as e:
    sys.print_exception(e)
try:
    print(sys
        >> -31111111111111111111111)
except TypeError as e:
    sys.print_exception(e)

# the least number of 64 bits is no index
for f in (lambda: [1][-9223372036854775808], lambda: 'abc'[-9223372036854775808:2], lambda: 'abc'[-9223372036854775807:2],
          lambda: bytes([-9223372036854775808]), lambda: -9223372036854775808 >> 60, lambda: [1] * -9223372036854775808):
    try:
        print(f())
    except Exception as e:
        print(type(e), e)

# := in a comprehension in a class, ints in instances, floats for %d
class W:
    print([((m := k + 1)) for k in range(4)])
    print(m)
class V:
    m = 9
    try:
        print([(m := k + 1, m) for k in range(4)])
    except NameError as e: print(e)
    print(m)
m = 7
class V:
    print([(m := k + 1, m) for k in range(4)])
    print(m)
    print([m for k in range(2)])
print(m)
def f():
    class V:
        print([(m := k + 1, m) for k in range(4)])
        print(m)
    return m
print(f())
def f():
    m = 3
    class V:
        print([(m := k + 1, m) for k in range(4)])
        print(m)
    return m
try: print(f())
except Exception as e: print(type(e), e)
for x in (0.5 + -9223372036854775809, 1e18, 9223372036854775808.0, -1e19):
    for s in ('%d', '%12.2d', '%x', '%c', '%i', '%u', '%+d'):
        try: print(s % x)
        except Exception as e: print(type(e), e)
class I(int): pass
o = I(1<<70); p = I(5)
for g in (lambda: int(o), lambda: [1][o], lambda: chr(o), lambda: range(o), lambda: 'a'*o, lambda: 1 in o, lambda: 1 in p, lambda: int(p), lambda: '%d' % o, lambda: '%d' % p, lambda: round(o), lambda: int(1<<70), lambda: int(I(1<<62)), lambda: int(I(-1<<62)), lambda: int(I(-9223372036854775808))):
    try: print(g())
    except Exception as e: print(type(e), e)

# bools contain nothing, but not in the way of ints
for c in (True, 5, False):
    for x in (1, True, 's', None):
        try:
            print(x in c)
        except Exception as e:
            print(type(e), e)

# an exception before the first statement
def gen(x):

    f = lambda: x
    yield x
for how in ('throw', 'pend_throw'):
    g = gen(1)
    try:
        getattr(g, how)(OSError)
        next(g)
    except Exception as e:
        sys.print_exception(e)

# the else part of a loop, and what is bound after it
def leave(n):
    while n:
        if n > 1:
            break
        n -= 1
    else:
        v = 'else'
    return v
def skip(n, x=0):
    while n < 0:
        v = [1]
    else:
        if n: x = {v: 1}
    return [c for c in v]
def each(n):
    for i in range(n):
        if n > 1: break
    else:
        v = 'else'
    return v
for f in (leave, skip, each):
    for n in range(3):
        try:
            print(f(n))
        except Exception as e:
            print(type(e), e)

def g(n):
    r = None
    while n:
        r = yield n
        if r: print('sent', r)
        n -= 1
    return 'done'
x = g(3)
print(next(x), x.send('a'), next(x))
try: next(x)
except StopIteration as e: print(e.value)
try: next(x)
except StopIteration as e: print(e.value)
def outer():
    v = yield from g(2)
    print('v', v)
    w = yield from [10, 20]
    print('w', w)
    yield from inner2()
def inner2():
    try:
        yield 'i'
    except ValueError as e:
        print('inner caught', e)
        yield 'j'
o = outer()
print([next(o) for i in range(5)])
print(o.throw(ValueError('t')))
print(list(o))
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
r = []
for q in fib():
    if q > 50: break
    r.append(q)
print(r)
print(sum(i * i for i in range(10) if i % 2), sorted(x for x in 'hello'), max(len(w) for w in ['a', 'bcd']))
print(dict((k, v) for k, v in zip('abc', range(3))) == {'a': 0, 'b': 1, 'c': 2}, set(i % 3 for i in range(10)))
print(tuple(a + b for a in 'xy' for b in '12' if a + b != 'x2'))
def bad():
    raise StopIteration(5)
    yield
try: list(bad())
except RuntimeError as e: print(e)
def re():
    try:
        next(me)
    except ValueError as e: print(e)
    yield 1
me = re()
print(next(me))
y = g(1)
try: y.send(1)
except TypeError as e: print(e)
y.close()
print(list(y))
def cl():
    try: yield 1
    except GeneratorExit: print('exit'); raise
    finally: print('fin')
c = cl(); next(c); c.close()
def th():
    while True:
        try: yield 1
        except (KeyError, ValueError) as e: print('th', repr(e))
t = th(); next(t); t.throw(KeyError); t.throw(ValueError, ValueError('q'))
try: t.throw(TypeError('z'))
except TypeError as e: print('out', e)
try: next(t)
except StopIteration: print('stopped')
class Aw:
    def __init__(self, v): self.v = v
    def __await__(self):
        x = yield ('await', self.v)
        return x
    __iter__ = __await__
async def co(n):
    s = 0
    for i in range(n):
        s += await Aw(i)
    return s
async def co2():
    r = await co(3)
    print('r', r)
    async with Ctx() as c:
        print('in', c)
    async for i in AIt(2): print('ai', i)
    else: print('else')
class Ctx:
    async def __aenter__(self): await Aw('e'); return 'ctx'
    async def __aexit__(self, *a): await Aw('x'); print('aexit', a)
class AIt:
    def __init__(self, n): self.n = n
    def __aiter__(self): return self
    async def __anext__(self):
        if not self.n: raise StopAsyncIteration
        self.n -= 1
        return await Aw(self.n)
k = co2()
v = None
try:
    while True:
        q = k.send(v)
        print(q)
        v = q[1] if isinstance(q[1], int) else 'str'
except StopIteration: print('end')
gen = (i for i in range(3))
print(next(gen), list(gen), list(gen))
def delegate():
    class D:
        def __iter__(self): return self
        def __next__(self): return 1
        def send(self, v): return v * 2
        def throw(self, e): return 'thrown'
        def close(self): print('closed')
    yield from D()
d = delegate(); print(next(d), d.send(5), d.throw(ValueError)); d.close()
def nested(n):
    if n: yield from nested(n - 1)
    yield n
print(list(nested(20)))
it = iter([1, 2])
print([next(it), next(it), next(it, 'dflt') if 0 else 0])

# what is thrown into a yield leaves the variable alone that it would have set
def kept(x):
    try:
        x = yield x
    except ValueError:
        print('still', x)
    try:
        x = yield x
    finally:
        print('and', x)
g = kept(5)
print(next(g), g.throw(ValueError))
try:
    g.throw(KeyError)
except KeyError:
    print('KeyError')
for how in ('close', 'pend', 'for', 'list'):
    g = kept(6)
    print(next(g), g.send(7))
    if how != 'close':
        g.pend_throw(KeyError(how))
    try:
        if how == 'close':
            g.close()
        elif how == 'pend':
            next(g)
        elif how == 'for':
            for x in g:
                print(x)
        else:
            print(list(g))
    except KeyError as e:
        print(e)

# what is pending stays so when nothing can be sent yet
g = kept(8)
print(g.pend_throw(ValueError('first')))
try:
    g.send(1)
except TypeError as e:
    print(e)
try:
    next(g)
except ValueError as e:
    print(e)

# and it goes to the iterator of a yield from, in a for loop, too
class Iter:
    def __iter__(self):
        return self
    def __next__(self):
        return 1
    def throw(self, *args):
        print('thrown', args)
        raise IndexError
    def close(self):
        print('closed')
def inner():
    try:
        yield 1
        yield 2
    except KeyError as e:
        print('inner', e)
        yield 3
def outer(it):
    x = 'x'
    x = yield from it
    print(x)
for it in (Iter, inner):
    for how in (next, list, lambda g: [x for x in g], lambda g: [x for x in outer(g)], sum):
        g = outer(it())
        print(next(g))
        g.pend_throw(KeyError('pending'))
        try:
            print(how(g))
        except Exception as e:
            print(repr(e))
def during():
    for i in range(3):
        print('at', i)
        yield i
g = during()
try:
    for i in g:
        if i == 1:
            g.pend_throw(KeyError('in the loop'))
except KeyError as e:
    print(e)

# Statements: loops with else, chained comparison, walrus, annotations, del, exec and eval, async by hand.
for i in range(3):
    if i == 5: break
else:
    print('no break')
n = 0
while n < 3:
    n += 1
    if n == 2: continue
    print(n)
else:
    print('done')
print(1 < 2 < 3, 1 < 3 < 2, 1 == 1 != 2, 1 if 0 else 2, not 1, 0 or 'x', 1 and 'y', None is None, 1 is not 2)
def once(v, log=[]):
    log.append(v)
    return v
print(once(1) < once(5) < once(3) < once(9))
if (k := 5) > 3:
    print('walrus', k)
print([y := 2, y * y], (z := 1) + z)
value: int = 3
other: str
print(value)
class Ann:
    field: int = 7
    nothing: str
print(Ann.field, hasattr(Ann, 'nothing'))
exec('a = 1 + 1\nprint("exec", a)')
print(eval('a + 3'), eval('x * 2', {'x': 21}), eval('[i for i in (1, 2)]'))
scope = {'v': 1}
exec('v += 1\nw = v * 10', scope)
print(scope['v'], scope['w'])
print(eval(compile('1 + 2', 'f', 'eval')))
lst = [1, 2, 3]
del lst[0], lst[-1]
print(lst)
x = y = [0]
x[0], y = 1, 2
print(x, y)
i = 5
i += 2; i -= 1; i *= 3; i //= 2; i **= 2; i %= 50; i <<= 2; i >>= 1; i |= 1; i &= 0xff; i ^= 3
print(i)
async def leaf(v):
    return v + 1
class Awaitable:
    def __init__(self, v): self.v = v
    def __await__(self):
        got = yield self.v
        return got
class AsyncIter:
    def __init__(self): self.n = 0
    def __aiter__(self): return self
    async def __anext__(self):
        self.n += 1
        if self.n > 3: raise StopAsyncIteration
        return self.n
class AsyncCtx:
    async def __aenter__(self): print('aenter'); return 'ctx'
    async def __aexit__(self, *a): print('aexit', a[0]); return True
async def main():
    print(await leaf(1))
    async for v in AsyncIter():
        print('async for', v)
    async with AsyncCtx() as c:
        print(c)
        raise ValueError
    return 'finished'
co = main()
try:
    co.send(None)
except StopIteration as e:
    print(e.value)
def decorate(tag):
    def wrap(f):
        def inner(*a):
            return tag, f(*a)
        return inner
    return wrap
@decorate('outer')
@decorate('inner')
def decorated(v): return v
print(decorated(3))
print(*[1, 2], sep='-', end='.\n')
print(__name__, type(print), callable(len), callable(5), id(x) == id(x))
pass; print('semi'); print('colons')
if True: print('one line')

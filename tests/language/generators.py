# Generators: send, throw, close, yield from, and generator expressions.
def count(n):
    got = []
    for i in range(n):
        got.append((yield i))
    return got

g = count(3)
print(next(g), g.send('a'), g.send('b'))
try:
    g.send('c')
except StopIteration as e:
    print('end', e.value)

def delegate():
    r = yield from count(2)
    print('sub returned', r)
    yield from 'xy'
    yield from [10, 20]
print(list(delegate()))

def cleanup():
    try:
        while True:
            try:
                v = yield
                print('got', v)
            except ValueError as e:
                print('caught', e)
    finally:
        print('closed')
c = cleanup()
next(c)
c.send(1)
c.throw(ValueError('thrown'))
c.send(2)
c.close()
c.close()
try:
    next(c)
except StopIteration:
    print('stopped')

def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2
s = stubborn()
next(s)
try:
    s.close()
except RuntimeError as e:
    print('RuntimeError', e)

def inner():
    try:
        yield 1
    except KeyError:
        yield 'inner caught'
def outer():
    yield from inner()
o = outer()
next(o)
print(o.throw(KeyError))

print(sum(x * x for x in range(5)), list(x for x in 'ab' if x != 'a'))
lazy = (print('made', i) or i for i in range(2))
print('before')
print(list(lazy))

def tree(t):
    if t:
        yield from tree(t[0])
        yield t[1]
        yield from tree(t[2])
print(list(tree(((None, 1, None), 2, ((None, 3, None), 4, None)))))

it = iter([1, 2, 3])
print(next(it), list(it))
g = count(1)
try:
    g.send(1)
except TypeError as e:
    print('TypeError:', e)

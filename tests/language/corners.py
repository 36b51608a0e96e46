# corners that searching for differences from MicroPython found
import sys, uio

# An exception thrown in has the line of the yield that it comes to, or that of
# the first statement.
def throws(g, started):
    if started:
        next(g)
    try:
        g.throw(ValueError)
    except ValueError as e:
        s = uio.StringIO()
        sys.print_exception(e, s)
        print(s.getvalue())
def two():
    yield 1
    yield 2
def tries():
    try:
        yield 2
    except KeyError:
        pass
throws(two(), True)
throws(two(), False)
throws(tries(), True)
throws(tries(), False)

# async for and async with make a generator of what they stand in.
def waits():
    async with x as y:
        pass
def loops():
    async for x in y:
        pass
print(type(waits()), type(loops()))
class Never:
    print("never")
    async with x as y:
        pass

# The test of a range loop belongs to the end of its body.
def sums(n):
    total = 0
    for i in range(n):
        total += i
        total += 1
for n in (None, "x", sums):
    try:
        sums(n)
    except TypeError as e:
        s = uio.StringIO()
        sys.print_exception(e, s)
        print(s.getvalue())

# in asks an int in a way of its own, also one in an instance of a class
class Number(int):
    pass
for seq in (Number(5), 5, True, 1 << 70, 5.5):
    for x in (True, 3, 1 << 70, 1.5, "a", None, 1j):
        try:
            print(x in seq)
        except TypeError as e:
            print(e)
print(id(5), id(-1), id(0))

# The type GeneratorExit is thrown into what a generator yields from, an
# instance of it closes that.
class Source:
    def __iter__(self):
        return self
    def __next__(self):
        return 1
    def throw(self, *a):
        print("throw", a)
        return 2
    def close(self):
        print("close")
def delegates():
    yield from Source()
for exc in (GeneratorExit, GeneratorExit(), ValueError, ValueError()):
    g = delegates()
    next(g)
    try:
        print(g.throw(exc))
    except GeneratorExit as e:
        print(repr(e))
import math
for args in ((None, None), (None, 1.5), (None, 1), (2, None), ("a", 1 << 70)):
    try:
        math.ldexp(*args)
    except Exception as e:
        print(repr(e))

# := goes to the scope around a comprehension, also where the loop has that name
print([(i := i * 2) for i in range(3)], i)
print({k: (k := 1) for k in "ab"}, k)
class Around:
    x = [(y := y + 1) for y in (1, 2)]
print(Around.x, Around.y)
exec("print([(q := q + 1) for q in (1, 2)], q)", {}, {})
print(list((w := w) for w in (7, 8)), w)

# A chain of operators is computed from the left, whatever is known of it.
one = 1
print(1 + 2 + one + 3 + 4, one + 1 + 2, 7 - 2 - 1 - one - 1, 2 * 3 - one * 4 // 2, 1 + 2 + 3)

# globals without a name have that of the built-ins
import builtins
print(builtins.__name__, '__name__' in dir(builtins))
for src in ('print(__name__)', 'class A: pass\nprint(A.__module__)', 'def f(): return __name__\nprint(f())', 'print(__file__)',
            'global __name__\n__name__ = 1\nprint(__name__)', 'del __name__'):
    try:
        exec(src, {})
    except Exception as e:
        print(type(e), e)

# what a condition has in brackets is not evaluated and names nothing
def around():
    x = y = 1
    def tuples():
        return 'yes' if (x, [].nope()) else 'no'
    def generators():
        while (y for y in x.nope):
            return 'gen'
    def other():
        assert (x, y, yields)
        return [i for i in (1, 2) if (x, i) and not ()]
    return tuples, generators, other
for f in around():
    print(f(), type(f))
    try:
        f(1)
    except TypeError as e:
        print(e)
def no_generator():
    if ((yield), 1):
        return 'no generator'
print(no_generator())

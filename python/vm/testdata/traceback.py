import sys
def f(x):
    y = x + 1
    return (y +
            g(y))
def g(z):
    while z < 10:
        z += 1
    else:
        z = z.foo
    return z
try:
    f(1)
except AttributeError as e:
    sys.print_exception(e)
class A:
    def m(self):
        raise ValueError("m",
            1)
    x = [i for i in range(3)]
def k():
    try:
        A().m()
    except ValueError:
        raise
try:
    k()
except ValueError as e:
    sys.print_exception(e)
def k2():
    try:
        A().m()
    except ValueError as e:
        raise e
try:
    k2()
except ValueError as e:
    sys.print_exception(e)
def k3():
    try:
        A().m()
    finally:
        pass
try:
    k3()
except ValueError as e:
    sys.print_exception(e)
try:
    [1/(i-2) for i in range(5)]
except ZeroDivisionError as e:
    sys.print_exception(e)
def gen():
    yield 1
    yield 1/0
try:
    for x in gen(): pass
except ZeroDivisionError as e:
    sys.print_exception(e)
try:
    list(gen())
except ZeroDivisionError as e:
    sys.print_exception(e)
def gen2():
    yield from gen()
try:
    sum(gen2())
except ZeroDivisionError as e:
    sys.print_exception(e)
lam = lambda x: x.y
try:
    lam(1)
except AttributeError as e:
    sys.print_exception(e)
try:
    class B:
        q = 1
        r = q.z
except AttributeError as e:
    sys.print_exception(e)
class C:
    def __init__(self):
        self.a
    def __enter__(self): return 1
    def __exit__(self, *a): print(a)
try:
    C()
except AttributeError as e:
    sys.print_exception(e)
class D(C):
    def __init__(self): pass
try:
    with D() as d:
        d.foo
except AttributeError as e:
    sys.print_exception(e)
try:
    exec("a=1\nb=\n")
except SyntaxError as e:
    sys.print_exception(e)
try:
    exec("def f():\n  a=1\n  b c\n")
except SyntaxError as e:
    sys.print_exception(e)
try:
    exec("def f():\n  a=1\n  nonlocal b\n")
except SyntaxError as e:
    sys.print_exception(e)
e1 = ValueError(1)
for i in range(3):
    try:
        raise e1
    except ValueError as e:
        sys.print_exception(e)
def deep(n):
    if n == 0:
        raise KeyError(n)
    deep(n - 1)
deep(3)

def f():
    yield

def g():
    yield 1

def h():
    yield 1, 2

def i():
    x = yield
    x = yield 1
    y = yield x, 1
    x += yield 2

def j():
    yield from g()
    x = yield from h()
    return (yield)

def k():
    f((yield 1), (yield from x))
    x = (yield)
    (yield)
    a = b = yield c

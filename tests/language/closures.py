# Names of functions in functions: cells, nonlocal, global, late binding.
def counter():
    n = 0
    def step(by=1):
        nonlocal n
        n += by
        return n
    return step

a, b = counter(), counter()
print(a(), a(), b(), a(5), b())

late = [lambda: i for i in range(3)]
print([f() for f in late])
bound = [lambda i=i: i for i in range(3)]
print([f() for f in bound])

x = 'module'
def outer():
    x = 'outer'
    def inner():
        global x
        x = 'changed'
        return x
    r = inner()
    return r, x
print(outer(), x)

def deep():
    v = 1
    def f():
        def g():
            nonlocal v
            v += 1
            return v
        return g
    g = f()()
    return g, lambda: v
read = deep()[1]
print(read())

def unset():
    try:
        print(y)
    except NameError as e:
        print('NameError:', e)
    y = 1
unset()

def cell_unset():
    def f():
        return z
    try:
        f()
    except NameError as e:
        print('NameError:', e)
    z = 1
    return f()
print(cell_unset())

def deleted():
    q = 1
    del q
    try:
        q
    except NameError as e:
        print('NameError:', e)
deleted()

try:
    nowhere
except NameError as e:
    print('NameError:', e)

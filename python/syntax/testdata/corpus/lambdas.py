a = lambda: 1
b = lambda x: x
c = lambda x, y=1: x + y
d = lambda *a: a
e = lambda **k: k
f = lambda x, *a, **k: (x, a, k)
g = lambda *, x: x
h = lambda x: lambda y: x + y
i = f(lambda: 1, lambda x: x)
j = [lambda: 1, lambda: 2]
k = lambda: (yield)
l = lambda x,: x

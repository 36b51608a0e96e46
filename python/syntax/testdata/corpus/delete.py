del a
del a, b
del (a, b)
del a.b
del a[0]
del a[1:2]
del a, b.c, d[0]
del (a), (b)

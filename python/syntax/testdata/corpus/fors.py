for a in b:
    c
for a, b in c:
    d
for (a, b) in c: d
for a, (b, c) in d:
    e
for a in 1, 2, 3:
    b
for a in b:
    c
else:
    d
for a.b in c:
    d
for a[0] in c:
    d
for *a, b in c:
    d
for i in range(10): pass

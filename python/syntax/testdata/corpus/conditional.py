a = 1 if x else 2
b = 1 if x else 2 if y else 3
c = (1 if x else 2) if y else 3
d = lambda: 1 if x else 2
e = [1 if x else 2]
f = f(1 if x else 2, *a if b else c)

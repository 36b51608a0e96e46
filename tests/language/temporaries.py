# Values that live from one operation to the next only: what a script keeps of
# them must stay as it was.


class Box:
    kept = []

    def __init__(self, v):
        self.v = v

    def __add__(self, o):
        Box.kept.append(o)
        return self.v

    __radd__ = __add__

    def __mul__(self, o):
        return self.v


c = 1 + 2j
d = 3 - 1j
print(c * d + c * d, c * d - c * c + d, (c + d) * (c - d) * (c * d))

# an operator of a class returns an object that it keeps
b = Box(c)
print(b * 1 + d, b * 2 * d + c, c, b.v)
print((b * 1) * (b * 1) + (b * 1), c)

# an operator of a class keeps an operand that was a temporary value
print((c * d) + b, (c * c) + b, b + (d * d))
print(Box.kept)
x = c * d + d
y = x * c + x
print(x, y, x)


# a calculation stops in the middle and goes on
def gen():
    r = c * d + (yield 1) * c + c * d
    yield r
    yield r + r * c


g = gen()
print(next(g), c * d * c * d + c)
print(g.send(2j), c * d * c * d + c)
print(next(g))

try:
    c * d + c * d + (1 / 0)
except ZeroDivisionError:
    print("stopped", c * d + c)

z = 0
for i in range(5):
    z = z * z + c
    print(z)
zs = [0j]
for i in range(5):
    zs.append(zs[-1] * zs[-1] + c * d * i)
print(zs)
print(c * d == c * d, (c * d + c) is (c * d + c), c * True + d * 2.5 + 1)
print(2 ** (c * d) * 0 + c * 2, (c * d) ** 2 / (c * d), -(c * d) + c)

# a slice that goes into a slice
a = [1, 2, 3, 4, 5, 6]
a[:3] = a[2::-1]
print(a)
a[1:4] = a[2:5]
a[:] = a[::-1]
print(a, a[0:2])
w = a[1:3]
a[2:4] = a[0:2]
print(w, a)
a[1:2] = a[3:6]
a[4:] = a[:1]
print(a, w)


class Keep:
    def __setitem__(self, i, v):
        self.v = v

    def __getitem__(self, i):
        return self.v


k = Keep()
k[:] = a[1:3]
a[0:2] = a[2:4]
a[0:2] = a[1:3]
print(k.v, a)
a[0:2] = k[:]
k.v.append(9)
print(k.v, a)
m = bytearray(a[:2])
m[0:1] = m[1:2]
print(m)
try:
    a[1:1 / 0] = a[0:2]
except ZeroDivisionError:
    pass
a[1:3] = a[0:2]
print(a)
n = [[i] for i in range(6)]
n[0:3] = n[3:6]
n[0].append("x")
print(n)
long = list(range(400))
long[0:300] = long[100:]
long[0:3] = long[2::-1]
print(long[:5], long[298:302])
print([(p, q) for p in range(2) for q in range(2)], (1,), (1, 2), (1, 2, 3), [1], [])

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

# long integers
p = 3 ** 50
q = 7 ** 40
print(p * q + p * q - (p + q) * (p - q), p, q)
print((p * q + p) // (q * 3 + 1), (p * q * p * q) % (p + q), p * q // q * p // p)
print((p * q) >> 60 << 2 | p ^ q & p, (p << 100) + (q << 50) - p, -(p * q) // 7 + q)
r = p * q + 1
s = r * 2 + r * 3
print(r, s, r * 2 + r * 3 == s, (r - s) * (r + s) // (r * r))
a = [p * i + q * i for i in range(4)]
print(a, a[0], a[1] + a[2] + a[3])


class Num:
    def __init__(self, n):
        self.n = n
        self.kept = []

    def __add__(self, o):
        self.kept.append(o)
        return self.n

    __radd__ = __mul__ = __add__


n = Num(p * q)
print(n * 1 + 1 + q, n * 2 * p // p, p * q + n, (p * q * q) + n)
print(n.n, n.kept)
print((p * q) ** 1 + p, (p * p) ** 2 - q, (1 << 70) ** 1 * (1 << 70), (p - p) * q + p)
print((p * q) * 0.5 + 1, (p * q) * True + p, (p * q) * 1j + p, (p * q) == (p * q) + 0)
print((1 << 62) + (1 << 62) + (1 << 62), (1 << 63) - 1 + 1 - 1, -(1 << 63) - 1 + 1)
f = 1
for i in range(1, 120):
    f = f * i + f * (i - 1) - f * (i - 2)
print(f)
b = 1
for i in range(60):
    b = (b * 1234567 + 987654321) % (1 << 200) * 3 // 2
print(b)
try:
    (p * q + 1) // ((p - p) * q)
except ZeroDivisionError:
    print("zero", p * q + 1)

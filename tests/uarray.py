# array.array: every type code, conversions and errors.
import uarray
from uarray import array

def attempt(f, *args):
    try:
        r = f(*args)
    except (ValueError, TypeError, OverflowError, IndexError, NotImplementedError) as e:
        r = type(e).__name__ + ": " + str(e)
    print(r)

for code in "bBhHiIlLqQ":
    a = array(code, [0, 1, 2, 100])
    a.append(127)
    print(a, len(a), a[0], a[-1], a[1:3], bytes(a), 100 in list(a), list(a))
    a[1] = 255
    a[2] = -1
    print(a)
for code in "fd":
    a = array(code, [0, 1.5, -2.25, 1e10])
    a.append(3)
    print(a, len(a), a[1], bytes(a))
print(array("b"), array("i", ()), array("h", b"\x01\x00\x02\x00\x03"), array("B", bytearray(b"xyz")), array("i", (i * i for i in range(4))), array("B", "ab".encode()))
print(array("O", [1, "two", None]), array("i", array("b", [1, -2])))

a = array("h", [1, 2])
a.extend(array("h", [3, 4]))
a.extend(b"\x05\x00")
a += array("h", [6])
print(a, a + array("h", [7]), bytes(a))
a[1:3] = array("h", [9, 9, 9])
print(a, a[:2], a == array("h", [1]), array("b", [1]) == array("b", [1]), array("b", [1]) == b"\x01", bool(a), bool(array("b")))
m = memoryview(a)
m[0] = 77
print(a[0], len(m), m[1:3] == a[1:3])
for x in array("B", b"ab"):
    print(x, end=" ")
print()

attempt(array)
attempt(array, "z")
attempt(array, "")
attempt(array, 5)
attempt(array, "b", 5)
attempt(array, "b", ["x"])
attempt(array, "b", [1.5])
attempt(array, "f", ["x"])
attempt(array, "b", [], 3)
attempt(lambda: a[100])
attempt(lambda: a["x"])
attempt(lambda: a[::2])
attempt(a.append, "x")
attempt(a.append)
attempt(a.extend, 5)
attempt(a.extend, [1])
attempt(lambda: a + 5)
attempt(a.__setitem__ if hasattr(a, "__setitem__") else len, 5)

print("-- decode, and methods called with too much")
try:
    print(uarray.array("B", b"text").decode())
except Exception as e:
    print(type(e))
for name in ("append", "extend", "decode"):
    try:
        getattr(uarray.array("B"), name)(*[1] * 9)
    except TypeError as e:
        print(name, e)

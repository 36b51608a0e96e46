# dir() goes by the firmware's table of strings: its own names first, sorted,
# then those of the script in the order in which it brought them.
import cmath, math, ubinascii, ucollections, uerrno, uheapq, utimeq, gc, sys

for m in (math, cmath, ubinascii, ucollections, uerrno, uheapq, utimeq, gc):
    print(dir(m))
for o in (1, 'a', b'', [], (), {}, set(), 1.5, None, object, bytearray(), ValueError(1), sys.implementation, utimeq.utimeq(1)):
    print(dir(o))

class A:
    zz = 1
    b = 2
    sqrt = 3
    def m(self):
        self.q = 1
    e = 5
    _ = 6
print(dir(A))
a = A()
a.m()
setattr(a, 'w', 1)
setattr(a, 'late', 2)
setattr(a, 'k', 3)
a.pi = 4
print(dir(a))

def f(x, y=2, *z, k=1):
    c = d = x
    return locals
print(dir())
class B:
    d = c = k = z = y = x = log = 0
print(dir(B))

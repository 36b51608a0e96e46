# The garbage collector's face: how much memory there is, and that it moves.
import gc

def attempt(f, *args):
    try:
        r = f(*args)
    except TypeError as e:
        r = "TypeError: " + str(e)
    print(r)

print(type(gc.collect()), gc.isenabled())
print(gc.disable(), gc.isenabled(), gc.enable(), gc.isenabled())
free, used = gc.mem_free(), gc.mem_alloc()
print(free > 100000, used > 0)
held = bytearray(200000)
print(free - gc.mem_free() > 190000, gc.mem_alloc() - used > 190000)
gc.collect()
print(free - gc.mem_free() > 150000)
held = None
print(gc.collect() > 0, abs(gc.mem_free() - free) < 50000)
data = [str(i) * 100 for i in range(1000)]
gc.collect()
print(free - gc.mem_free() > 100000)
data = None
gc.collect()
print(abs(gc.mem_free() - free) < 50000)
a, b = [], []
a.append(b)
b.append(a)
a = b = None
gc.collect()
print(abs(gc.mem_free() - free) < 50000)

print(gc.threshold(), gc.threshold(1000), gc.threshold(), gc.threshold(-5), gc.threshold(), gc.threshold(0), gc.threshold(), gc.threshold(-1))
attempt(gc.threshold, "x")
attempt(gc.threshold, 1, 2)
attempt(gc.collect, 1)
attempt(gc.mem_free, 1)
attempt(gc.mem_alloc, None)
attempt(gc.enable, True)
attempt(gc.disable, True)
attempt(gc.isenabled, True)

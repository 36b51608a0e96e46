# The inner life of the interpreter.
import micropython
from micropython import const

def attempt(f, *args):
    try:
        r = f(*args)
    except (TypeError, MemoryError, RuntimeError) as e:
        r = type(e).__name__ + ": " + str(e)
    print(r)

X = const(5)
_Y = const(X + 1)
print(X, _Y, const("any"), const([1]))
attempt(const)
attempt(const, 1, 2)

print("== opt_level")
print(micropython.opt_level(), micropython.opt_level(0))
exec("print(__debug__)")
try:
    exec("assert False, 'why'")
except AssertionError as e:
    print("AssertionError", e)
print(micropython.opt_level(1), micropython.opt_level())
exec("print(__debug__)")
exec("assert False, 'why'")
print(micropython.opt_level(0))
attempt(micropython.opt_level, "x")
attempt(micropython.opt_level, 1, 2)

print("== memory")
total, current, peak = micropython.mem_total(), micropython.mem_current(), micropython.mem_peak()
print(0 < current <= peak <= total)
held = bytearray(100000)
print(micropython.mem_total() - total >= 100000, micropython.mem_current() - current >= 100000, micropython.mem_peak() >= micropython.mem_current())
print(micropython.stack_use() >= 0)
def deep(n):
    return deep(n - 1) if n else micropython.stack_use()
print(deep(20) > deep(5) > 0)
attempt(micropython.mem_total, 1)
attempt(micropython.mem_current, 1)
attempt(micropython.mem_peak, 1)
attempt(micropython.stack_use, 1)
attempt(micropython.mem_info, 1, 2)
attempt(micropython.qstr_info, 1, 2)

print("== heap_lock")
a = b = c = d = x = r = r2 = None
a = micropython.heap_lock()
b = micropython.heap_lock()
c = micropython.heap_unlock()
try:
    bytearray(1000)
    r = "allocated"
except MemoryError as x:
    r = x
try:
    [0] * 100
    r2 = "allocated"
except MemoryError as x:
    r2 = x
d = micropython.heap_unlock()
print(a, b, c, d, r, r2)
print(len(bytearray(1000)))
attempt(micropython.heap_lock, 1)
attempt(micropython.heap_unlock, 1)

print("== kbd_intr")
attempt(micropython.kbd_intr, -1)
attempt(micropython.kbd_intr, 3)
attempt(micropython.kbd_intr, "x")
attempt(micropython.kbd_intr)

print("== decorators")
@micropython.native
def native(a, b=2):
    return a + b
@micropython.bytecode
def code(a):
    return a * 2
@micropython.viper
def viper(a: int, b: int) -> int:
    return a + b
print(native(1), code(2), viper(3, 4))

# The functions of cmath: values, edge cases and errors.
import cmath

def attempt(f, *args):
    try:
        r = f(*args)
    except (ValueError, TypeError, OverflowError) as e:
        r = type(e).__name__ + ": " + str(e)
    print(r)

inf, nan = float("inf"), float("nan")
print(cmath.e, cmath.pi)
for name in ("phase", "polar", "exp", "log", "log10", "sqrt", "cos", "sin"):
    print("==", name)
    f = getattr(cmath, name)
    for z in (0, 1, -1, 1j, -1j, 1 + 1j, -2.5 + 0.5j, 3 - 4j, 1e200, 1e200j, True, 0.25, inf, -inf, nan, complex(0, inf)):
        print(z, end=" ")
        attempt(f, z)
    attempt(f, "1")
    attempt(f, None)
    attempt(f)
    attempt(f, 1, 2)
print("== rect")
for args in ((0, 0), (1, 0), (1, cmath.pi), (2, -cmath.pi / 2), (-3, 1.5), (1e300, 1), (inf, 0), ("1", 0), (1, 1j), (1,)):
    attempt(cmath.rect, *args)

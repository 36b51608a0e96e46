# The functions of math: values, edge cases and errors.
import math

def attempt(f, *args, **kw):
    try:
        r = f(*args, **kw)
    except (ValueError, TypeError, OverflowError, ZeroDivisionError) as e:
        r = type(e).__name__ + ": " + str(e)
    print(r)

inf, nan = float("inf"), float("nan")
values = (0, 0.0, -0.0, 1, -1, 0.5, -0.5, 2.75, -2.75, 10, 100, 1e300, -1e300, 1e-300, inf, -inf, nan, True)

print(math.pi, math.e)
for name in ("sqrt", "exp", "expm1", "log", "log2", "log10", "sin", "cos", "tan", "asin", "acos", "atan",
             "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "fabs", "ceil", "floor", "trunc",
             "isfinite", "isinf", "isnan", "frexp", "modf", "degrees", "radians"):
    print("==", name)
    f = getattr(math, name)
    for x in values:
        print(x, end=" ")
        attempt(f, x)
    for bad in ("1", None, [], 1j):
        attempt(f, bad)
    attempt(f)
    attempt(f, 1, 2, 3)
    attempt(f, x=1)

for name in ("erf", "erfc", "gamma", "lgamma"):
    print("==", name)
    f = getattr(math, name)
    for x in (0, 0.5, -0.5, 1, 2, 3, 5, 10, -1, -3, inf, -inf, nan, 171, 172):
        try:
            print(x, "%.12g" % f(x))
        except ValueError as e:
            print(x, e)
    attempt(f, "x")

for name in ("pow", "atan2", "copysign", "fmod"):
    print("==", name)
    f = getattr(math, name)
    for x in values:
        for y in (0, -0.0, 1, -1, 2.5, -3, inf, -inf, nan):
            print(x, y, end=" ")
            attempt(f, x, y)
    attempt(f, "1", 1)
    attempt(f, 1, "1")
    attempt(f, 1)

print("== log with base")
for args in ((8, 2), (100, 10), (2, 0.5), (1, 1), (2, 1), (0, 2), (2, 0), (-1, 2), (2, -1), (2, "2"), (2, inf)):
    attempt(math.log, *args)

print("== ldexp")
for args in ((0.5, 4), (1, -1074), (1, 1024), (1, 5000), (-1, 2 ** 31), (1, -5000), (nan, 1), (inf, 1), (1, 1.5), ("1", 1), (1, True)):
    attempt(math.ldexp, *args)

print("== isclose")
for args in ((1, 1), (1, 1.0000000001), (1, 1.00001), (0, 1e-12), (inf, inf), (inf, -inf), (inf, 1), (nan, nan), (1e300, -1e300)):
    attempt(math.isclose, *args)
attempt(math.isclose, 1, 1.1, rel_tol=0.2)
attempt(math.isclose, 0, 1e-3, abs_tol=0.01)
attempt(math.isclose, 1, 2, rel_tol=-1)
attempt(math.isclose, 1, 2, abs_tol=-1)
attempt(math.isclose, 1)
attempt(math.isclose, 1, 2, 3)
attempt(math.isclose, 1, 2, tol=3)
attempt(math.isclose, 1, 2, rel_tol="x")

print("== whole numbers")
for x in (1e20, -1e20, 2.0 ** 70 + 1, 2 ** 80, 123456789.987654321):
    print(math.floor(x), math.ceil(x), math.trunc(x))

try:
    math.pi = 3
except AttributeError as e:
    print(e)

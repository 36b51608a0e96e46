# The line that a traceback names is that of the last part of the statement that
# began on a line of its own, constants of a loop and slices included.
import sys


def show(f):
    try:
        f()
    except Exception as e:
        sys.print_exception(e, sys.stdout)


a = "x"


def operands():
    for i in range(2):
        b = (a
             + 1.5)


def operator():
    for i in range(2):
        b = (a
             -
             1.5)


def comparison():
    while True:
        b = (a
             <
             1
             )


def arguments():
    for i in range(2):
        b = a.foo(1.5,
                  'a string that is too long to be a name',
                  2)


def display():
    for i in range(2):
        b = (a,
             -1.5,
             a - b'bytes that are long enough')


def index():
    for i in range(2):
        b = a[
            1.5
        ]


def slices():
    for i in range(2):
        b = a[
            1
            :
            'x'
        ]


def slice_without_start():
    b = a[
        :
        a
    ]


def slices_of_a_tuple():
    b = a[
        1,
        :
        2
    ]


def store():
    a[
        1:
        2
    ] = 5


def dictionary():
    for i in range(2):
        b = {1: a,
             2.5: a +
             99999999999999999999999999,
             }


def condition():
    for i in range(2):
        assert a == 'x', 1.5
        b = a if i < 1.5 else (
            a - 2)


def loop():
    i = 0
    while i < 3.5:
        i += (1.5
              and a)


for f in (operands, operator, comparison, arguments, display, index, slices, slice_without_start,
          slices_of_a_tuple, store, dictionary, condition, loop):
    show(f)


# conditions, displays and folded operators over several lines
def trace(f, *a):
    try: f(*a)
    except Exception as e: sys.print_exception(e, sys.stdout)
def f1():
    if (
        d and
        1.5): pass
    d = 1
def f2(x):
    if (
        not
        d): pass
    d = 1
def f3(x):
    return {
        x:
        1,
        2:
        x}
def f4(x):
    return {
        1: 2,
        x:
        1}
def f5(x):
    return [x for x in (1,) if (
        not
        d)]
    d = 1
def f6():
    return [d for
     a in [
     1, 2] if (d and
     1.5)]
    d = 1
def f7():
    raise ValueError(
        (True and 'x')) from None
def f8():
    return (1
      != (True
        and d))
    d = 1
def f9(x):
    return {
        x:
        i
        for i in
        (1, 2)}
def f10(x):
    return x(
        (
        True and 'y'))
def f11(x):
    return x(
        (
        not True))
def f12(x):
    return x(1,
        (x or
        1), 
        not
        x)
def f13(x):
    while (
       x and
       x.a): pass
def f14(x):
    while not (
       x or
       x): pass
    assert (x and
      not
      x), (1,
       2)
def f15(x):
    return 1 if (
       d
       or x) else 3
    d = 4
def f16(x):
    return ((
       d)
       or x)
    d = 4
def f17(x):
    x = ((
       d)
       or x
       and d)
    d = 4
def f18(x):
    return {
       x}
def f19(x):
    return {1,
       x}
def f20(x):
    return {x
       for y in
       [1]}
trace(f1); trace(f2, 1); trace(f3, []); trace(f4, []); trace(f5, 1); trace(f6); trace(f7); trace(f8); trace(f9, []); trace(f10, 5); trace(f11, 5); trace(f12, 5); trace(f13, 5); trace(f14, 1); trace(f15, 1); trace(f16, 1); trace(f17, 1); trace(f18, []); trace(f19, []); trace(f20, [])

# The line that a traceback names is that of the last part of the statement that
# began on a line of its own, constants of a loop and slices included.
import usys


def show(f):
    try:
        f()
    except Exception as e:
        usys.print_exception(e, usys.stdout)


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

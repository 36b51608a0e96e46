# What the interpreter tells besides: exc_info, getsizeof, atexit, streams.
import sys


def t(f, *a):
    try:
        print(f(*a))
    except Exception as e:
        print(type(e).__name__, e)


print(sys.exc_info())
try:
    1 // 0
except ZeroDivisionError as e:
    print(sys.exc_info()[0], sys.exc_info()[1] is e, sys.exc_info()[2])
t(sys.exc_info, 1)
print(sys.getsizeof([1, 2, 3]) > 0, sys.getsizeof({}) > 0)
t(sys.getsizeof, "text")
t(sys.getsizeof)
t(sys.getsizeof, 1, 2)
t(sys.print_exception)
t(sys.print_exception, 1, 2)
t(sys.print_exception, ValueError("printed"), sys.stdout)
t(sys.exit, 1, 2)
print(type(sys.path), type(sys.argv), type(sys.modules))
print(sys.version_info, sys.implementation[0], sys.implementation[1], sys.maxsize > 0, sys.byteorder)


def last():
    print("atexit")


t(sys.atexit)
t(sys.atexit, 1, 2)
print(sys.atexit(last), sys.atexit(None) is last, sys.atexit(last))

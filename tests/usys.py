# The interpreter: what it is, its streams, its arguments, and the way out.
import usys

print("-- what speaks here")
print(usys.version, usys.version_info, usys.byteorder)
print(usys.implementation.name, usys.implementation.version)
print(usys.argv, usys.path)
import sys  # the name without u finds the same module

print(sys is usys)

print("-- both streams are the serial console")
usys.stdout.write("written to stdout\n")
usys.stderr.write("written to stderr\n")
print("printed to stderr", file=usys.stderr)

print("-- streams have a buffer, which takes and gives bytes")


def t(f, *a):
    try:
        print(f(*a))
    except Exception as e:
        print(type(e).__name__, e)


print(usys.stdout.write("text\n"), usys.stdout.buffer.write(b"bytes\n"), type(usys.stdin), type(usys.stderr))
for s in (usys.stdin, usys.stdout, usys.stderr):
    print(hasattr(s, "buffer"), hasattr(s, "read"), hasattr(s, "write"))
t(usys.stdout.write)
t(usys.stdout.buffer.write, 5)
t(usys.exit, 1, 2)
t(usys.print_exception)

print("-- an exception with its traceback")


def divide(a, b):
    return a // b


try:
    divide(1, 0)
except ZeroDivisionError as e:
    usys.print_exception(e)
    usys.print_exception(e, usys.stderr)

print("-- leaving is an exception too")
try:
    usys.exit(3)
except SystemExit as e:
    print("not yet, code", e.args[0])
usys.exit(0)
print("nothing runs after that")

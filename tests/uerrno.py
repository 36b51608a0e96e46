# Error numbers and their names.
import uerrno

for number in sorted(uerrno.errorcode):
    name = uerrno.errorcode[number]
    print(number, name, getattr(uerrno, name), OSError(number))
print(list(uerrno.errorcode), len(uerrno.errorcode), uerrno.EIO, uerrno.ENOENT)
print(uerrno.errorcode[2], 2 in uerrno.errorcode, 3 in uerrno.errorcode, uerrno.errorcode.get(3))
try:
    uerrno.errorcode[3] = "X"
except TypeError as e:
    print("TypeError", e)
try:
    uerrno.errorcode.pop(2)
except TypeError as e:
    print("TypeError", e)
try:
    uerrno.errorcode[1000]
except KeyError as e:
    print("KeyError", e)
try:
    uerrno.ENOTHING
except AttributeError as e:
    print(e)
try:
    uerrno.EIO = 1
except AttributeError as e:
    print(e)
try:
    open("/usr/none")
except OSError as e:
    print(e.args[0] == uerrno.ENOENT, e)

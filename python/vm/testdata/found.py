# what searching for differences from MicroPython found
import sys

def keys(**kw):
    print(sorted(kw.items()))

# ** takes keys of bytes
keys(**{b'ab': 1, 'c': 2})
try:
    keys(**{3: 1})
except TypeError as e:
    print(e)

# what the parser computes has no line of its own
try:
    print(40019818573920230246248826511203818792007462193311949166285967147
        >> -9487909752)
except ValueError as e:
    sys.print_exception(e)
try:
    print(sys
        >> -31111111111111111111111)
except TypeError as e:
    sys.print_exception(e)

# the least number of 64 bits is no index
for f in (lambda: [1][-9223372036854775808], lambda: 'abc'[-9223372036854775808:2], lambda: 'abc'[-9223372036854775807:2],
          lambda: bytes([-9223372036854775808]), lambda: -9223372036854775808 >> 60, lambda: [1] * -9223372036854775808):
    try:
        print(f())
    except Exception as e:
        print(type(e), e)

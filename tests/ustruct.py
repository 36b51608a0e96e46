# Packing and unpacking.
import ustruct
from ustruct import calcsize, pack, pack_into, unpack, unpack_from

def attempt(f, *args):
    try:
        r = f(*args)
    except (ValueError, TypeError, OverflowError) as e:
        r = type(e).__name__ + ": " + str(e)
    print(r)

print("== sizes")
for f in ("", "b", "B", "h", "H", "i", "I", "l", "L", "q", "Q", "f", "d", "P", "O", "S", "s", "5s", "0s", "bh", "bi", "bq", "bd", "hb", "3b2h",
          "bhiq", "qihb", "b0i", "i0q", "10i", "2s3s", "b5sb"):
    print(repr(f), end=" ")
    for order in ("", "@", "<", ">", "!"):
        print(calcsize(order + f), end=" ")
    print()
for bad in ("x", "z", "1", "b ", "=i", "?", "c", "e", "n", "<<i", "i<"):
    print(repr(bad), end=" ")
    attempt(calcsize, bad)
print(calcsize(b"<hh"), calcsize("="), calcsize("=4s"))
attempt(calcsize, 5)
attempt(calcsize)

print("== numbers")
for order in "<>!@":
    for code, vals in (("b", (0, 1, -1, 127, -128, 128, 255, 256, -129)), ("B", (0, 255, 256, -1)), ("h", (1, -2, 32767, 32768, 65536)),
                       ("H", (1, 65535, -1)), ("i", (1, -2, 2147483647, 2147483648)), ("I", (1, 4294967295, -1)), ("l", (1, -2)), ("L", (1, 2 ** 31)),
                       ("q", (1, -2, 2 ** 63 - 1, -2 ** 63, 2 ** 63, 2 ** 64 + 5)), ("Q", (1, 2 ** 64 - 1, -1, 2 ** 70 + 3, -2 ** 70 - 3))):
        for v in vals:
            p = pack(order + code, v)
            print(order + code, v, p, unpack(order + code, p))
    for code in "fd":
        for v in (0, 1, -1.5, 3.14159265358979, 1e30, 1e300, float("inf"), True):
            p = pack(order + code, v)
            print(order + code, v, p, unpack(order + code, p))

print("== strings and several fields")
print(pack("5s", b"abc"), pack("2s", b"abc"), pack("s", "xyz"), pack("0s", b"q"), pack("3s3s", bytearray(b"ab"), "cde"))
print(unpack("3s2s", b"abcde"), unpack("0s1s", b"a"), unpack("s", b"xy"))
print(pack("bhiq", 1, 2, 3, 4), unpack("bhiq", pack("bhiq", 1, 2, 3, 4)))
print(pack("<bhiq", 1, 2, 3, 4), pack(">bhiq", 1, 2, 3, 4), pack("3h", 1, 2, 3), pack("b3sb", 1, b"xyz", 2))
print(pack("3h", 1), pack("h", 1, 2, 3), pack("2b", 1, 2, 3), pack(""), unpack("", b""), pack("b5s", 1))
print(unpack("<3h", b"\x01\x00\x02\x00\x03\x00\xff"), unpack("b2xb"[:1], b"\x05\x06"))

print("== buffers and offsets")
buf = bytearray(b"\xff" * 10)
pack_into("<hb", buf, 2, 0x1234, 5)
print(buf)
pack_into(">i", buf, -4, 1)
print(buf)
pack_into("3s", buf, 0, b"a")
print(buf, unpack_from("<hb", buf, 2), unpack_from(">i", buf, -4), unpack_from("B", buf, -1), unpack_from("B", memoryview(buf)[3:]))
pack_into("b", memoryview(buf)[8:], 0, 7)
print(buf, unpack("B", buf, 9))
for args in (("h", buf, 9), ("h", buf, -1), ("h", buf, -20), ("h", buf, 20), ("b", b"", 0), ("h", b"a"), ("2q", buf), ("b", buf, "0"), ("b", 5), ("b", [1, 2])):
    attempt(unpack_from, *args)
for args in (("h", buf, 9, 1), ("h", buf, -1, 1), ("h", buf, -20, 1), ("b", 5, 0, 1), ("b", buf, "0", 1), ("b", buf), ("z", buf, 0, 1)):
    attempt(pack_into, *args)
for args in (("b", "x"), ("b", 1.5), ("b", None), ("f", "1"), ("s", 5), ("5s", None), ("z", 1), (5, 1)):
    attempt(pack, *args)
attempt(pack)
attempt(unpack, "b")

print("== objects")
thing = [1, 2]
packed = pack("O", thing)
print(len(packed) == calcsize("P"), unpack("O", packed)[0] is thing)

# Decompression of good and of damaged streams.
import uzlib
import uio


def t(f, *a):
    try:
        print(f(*a))
    except Exception as e:
        print(type(e), e)


good = b'x\x9c30 \x0ed\xa4\xe6\xe4\xe4+\x80I\x00\x06\x08\x0b\xc9'
raw = b'+\xc9HU(,\xcdL\xceVH*\xca/\xcfSH\xcb\xafP\xc8*\xcd-(V\xc8/K-R(\x01J\xe7$VU*\xa4\xe4\xa7\xeb\x81y\xa3\x8aG\x15\x8f*\x1eU<\xaa\x18I1\x00'
stored = b'\x01\x0b\x00\xf4\xffstored data'
fixed = b'K\xcb\xacHMQH\xceOI-VHC\xb0\x01'
dynamic = b'x\xda5\x92\xeb\r\xc3@\x0c\x82\xff{\nV\x03{\xff\x19\n\\\x1a\xe9"\xa5~\xf0\xc1\x95\xb7\xd4\t\xc7\xa3\xb8\xe4hW\x02\t\xae\xc6o\x17\xfc\xe8F#\xcd\xc9m\xcc\x81\x9b\xb4\x9e\xdd\x93g\xd3\x88\xc9\xf8\x1d\x07\xc4\x1bC\xfa;\xe1\x97+\xd9\xb0\xd1\xc9cm\xd7\xdc8.+gM\x82MA\x98a\x91V!\xf4\xb9P\xc1]0\x8d\x95<i\x04\x83xqe\xcc\x11\xadpx\x0el1\x1f\x17G\xae\xc8`\x17\x1a\xc6u\xf0X\xf8|\x16\xf5o\xefV;\t\x03S\x80\x17\x02\xe7\x1b\xeb\xfe$\xb4jne\xecV>\xd7O\xe4R\x97\xf8\xfdj\x9b\xc9\xb6\xa4\xa8l\x8b\xcb\xa9\x97\xf0c\x8b\x94\xdc\x92\xb6\xde\xd2\xb9\x17\xa2\xf3\xa9\xf8\xb4mLI\x07\xa1\x17\xd3%\x88Rx\xb6\xbc\x96\x0f\xe84\xc3\x1a@\xef16\x15\xb2\xcd2\xdf\x88e\xd1\x1c\xb3]\xb3\x89\xf7\xf1+\x96a\xa5{\x01\xf4\x16\xeb)\x8d\xc6\xcamuI\xff\x12\x8e\xf7{~\xfco\xc8\xd9'
print(uzlib.decompress(good))
print(len(uzlib.decompress(raw, -15)), bytes(uzlib.decompress(raw, -15)) == b"the quick brown fox jumps over the lazy dog. " * 30)
print(uzlib.decompress(stored, -15), uzlib.decompress(fixed, -9))
print(uzlib.decompress(dynamic))
print(uzlib.decompress(bytearray(good), 15), uzlib.decompress(good, 0, 100), type(uzlib.decompress(good)))
for n in range(len(good)):
    t(uzlib.decompress, good[:n])
for n in (0, 1, 5, 60, len(dynamic) - 5):
    t(uzlib.decompress, dynamic[:n] + b"\xff" + dynamic[n + 1:])
t(uzlib.decompress, good[:-1] + b"x")
t(uzlib.decompress, raw[:-3], -15)
t(uzlib.decompress, stored[:-3], -15)
t(uzlib.decompress, b"\x07", -15)
t(uzlib.decompress, b"\x01\x05\x00\x05\x00abcde", -15)
t(uzlib.decompress, b"\x78\x9d")
t(uzlib.decompress, b"\x88\x1c")
t(uzlib.decompress, b"\x78\xbb\x00\x00")
t(uzlib.decompress, 5)
t(uzlib.decompress)


def io(data, *a):
    return uzlib.DecompIO(uio.BytesIO(data), *a)


print(io(good).read(), io(raw, -15).read(20), io(raw, -11).read() == b"the quick brown fox jumps over the lazy dog. " * 30)
s = io(raw, -10)
print(s.read(1), s.read(10), s.readline(7))
b = bytearray(12)
print(s.readinto(b), b, s.readinto(b, 3), b)
s = io(good)
print(s.read(100), s.read(100), s.read())
t(io(dynamic).read)
t(io(dynamic, -15).read)
t(io(raw, -3).read)
t(io(good[:-5]).read)
t(io(good[:-1] + b"x").read)
t(io, good[:1])
t(io, b"")
t(io, b"\x78\x9d")
for data in (b'\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x00K\xaf\xca,P(I\xad(QH\x87\xb1\x00.e\xc8m\x13\x00\x00\x00', b'\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\x00name\x00K\xaf\xca,P(I\xad(QH\x87\xb1\x00.e\xc8m\x13\x00\x00\x00', b'\x1f\x8b\x08\x10\x00\x00\x00\x00\x00\x00comment\x00K\xaf\xca,P(I\xad(QH\x87\xb1\x00.e\xc8m\x13\x00\x00\x00', b'\x1f\x8b\x08\x04\x00\x00\x00\x00\x00\x00\x03\x00abcK\xaf\xca,P(I\xad(QH\x87\xb1\x00.e\xc8m\x13\x00\x00\x00', b'\x1f\x8b\x08\x02\x00\x00\x00\x00\x00\x00\x00\x00K\xaf\xca,P(I\xad(QH\x87\xb1\x00.e\xc8m\x13\x00\x00\x00', b'\x1f\x8b\x08\x1e\x00\x00\x00\x00\x00\x00\x02\x00xxname\x00comment\x00\x01\x02K\xaf\xca,P(I\xad(QH\x87\xb1\x00.e\xc8m\x13\x00\x00\x00'):
    print(io(data, 25).read(), io(data, 31).read(5))
    t(io(data, 16).read)
t(io, b'\x1f\x8b\x08\x00\x00\x00\x00\x00', 25)
t(io, b'\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\x00name', 25)
t(io, b'\x1f\x8b\x08 \x00\x00\x00\x00\x00\x00K\xaf\xca,P(I\xad(QH\x87\xb1\x00.e\xc8m\x13\x00\x00\x00', 25)
t(io, b"\x1f\x8c", 25)
t(io, b"\x1f\x8b\x07", 25)
t(io(b'\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x00K\xaf\xca,P(I\xad(QH\x87\xb1\x00xxxxxxxx', 25).read)
t(uzlib.DecompIO)
t(uzlib.DecompIO, 5)
t(uzlib.DecompIO, uio.BytesIO(good), "a")
t(uzlib.DecompIO, uio.BytesIO(good), 1, 2)
print(uzlib.DecompIO, [n for n in ("read", "readinto", "readline", "readlines", "write", "close", "__enter__") if hasattr(io(good), n)])

# Methods called with too much.
d = uzlib.DecompIO(uio.BytesIO(b""), -8)
for name in ("read", "readinto", "readline"):
    try:
        getattr(d, name)(*[1] * 9)
    except TypeError as e:
        print(name, e)

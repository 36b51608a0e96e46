# Structures over buffers; MicroPython's layout and its slips.
import uctypes
from ucollections import OrderedDict


def t(f, *a):
    try:
        print(f(*a))
    except Exception as e:
        print(type(e), e)


for name in sorted(dir(uctypes)):
    v = getattr(uctypes, name)
    if isinstance(v, int):
        print(name, v)

desc = {
    "u8": 0 | uctypes.UINT8,
    "i8": 0 | uctypes.INT8,
    "u16": 0 | uctypes.UINT16,
    "i16": 2 | uctypes.INT16,
    "u32": 0 | uctypes.UINT32,
    "i32": 4 | uctypes.INT32,
    "u64": 0 | uctypes.UINT64,
    "i64": 8 | uctypes.INT64,
    "f32": 16 | uctypes.FLOAT32,
    "f64": 24 | uctypes.FLOAT64,
    "low": 0 | uctypes.BFUINT8 | 0 << uctypes.BF_POS | 4 << uctypes.BF_LEN,
    "high": 0 | uctypes.BFUINT8 | 4 << uctypes.BF_POS | 4 << uctypes.BF_LEN,
    "mid": 4 | uctypes.BFUINT32 | 12 << uctypes.BF_POS | 9 << uctypes.BF_LEN,
    "bf16": 6 | uctypes.BFINT16 | 3 << uctypes.BF_POS | 7 << uctypes.BF_LEN,
    "sub": (8, {"a": 0 | uctypes.UINT8, "b": 1 | uctypes.UINT16}),
    "bytes": (uctypes.ARRAY | 4, 6 | uctypes.UINT8),
    "words": (uctypes.ARRAY | 4, 3 | uctypes.UINT16),
    "subs": (uctypes.ARRAY | 8, 3, {"x": 0 | uctypes.UINT8, "y": 1 | uctypes.INT8}),
    "deep": (24, {"in": (1, {"v": 0 | uctypes.UINT8})}),
}
fields = ("u8", "i8", "u16", "i16", "u32", "i32", "u64", "i64", "f32", "f64", "low", "high", "mid", "bf16")
for layout in (uctypes.NATIVE, uctypes.LITTLE_ENDIAN, uctypes.BIG_ENDIAN):
    data = bytearray(range(0xF0, 0x100)) + bytearray(16)
    s = uctypes.struct(uctypes.addressof(data), desc, layout)
    print([getattr(s, f) for f in fields], uctypes.sizeof(s), uctypes.sizeof(desc, layout))
    print(s.sub.a, s.sub.b, s.bytes, [s.words[i] for i in range(3)], [(s.subs[i].x, s.subs[i].y) for i in range(3)])
    for i, f in enumerate(fields):
        setattr(s, f, 0x12345 * (i + 1) + 0.5 if f[0] == "f" else 0x12345678 * (i + 1))
        print(f, getattr(s, f), data)
    s.i32 = -2
    s.i64 = -(2**62)
    s.u64 = 2**64 - 1
    s.f32 = 1.1
    print(s.i32, s.i64, s.u64, s.f32, s.u8, s.i8)
    s.sub.b = 0x1234
    s.words[1] = 0x5678
    s.subs[2].y = -3
    s.bytes[0] = 7
    s.deep.__class__
    getattr(s.deep, "in").v = 99
    print(data, getattr(s.deep, "in").v)
    del s.u8
    print(s.u8)

# Pointers.
target = bytearray(b"\x01\x02\x03\x04\x05\x06\x07\x08")
at = uctypes.addressof(target)
cell = bytearray(at.to_bytes(8, "little"))
p = uctypes.struct(
    uctypes.addressof(cell),
    {"b": (uctypes.PTR | 0, uctypes.UINT8), "w": (uctypes.PTR | 0, uctypes.UINT16), "s": (uctypes.PTR | 0, {"x": 0 | uctypes.UINT8, "y": 1 | uctypes.UINT8})},
)
print(int(p.b) == at, [p.b[i] for i in range(8)], p.w[1], p.s[2].x, p.s[2].y, uctypes.sizeof(p.b))
p.s[1].y = 77
p.b[0] = 55
print(target, p.b[3])

# Memory by address.
data = bytearray(b"0123456789")
a = uctypes.addressof(data)
print(uctypes.addressof(memoryview(data)) == a, uctypes.addressof(memoryview(data)[3:]) == a + 3, uctypes.addressof(data) == a)
print(uctypes.bytes_at(a + 2, 4), uctypes.bytearray_at(a, 3), uctypes.bytes_at(a, 0))
b = uctypes.bytearray_at(a + 4, 2)
b[0] = 88
print(data, uctypes.addressof(b) == a + 4)
print(uctypes.bytes_at(uctypes.addressof(b"const"), 5), uctypes.bytes_at(uctypes.addressof("text"), 2))
s = uctypes.struct(a, {"a": (uctypes.ARRAY | 0, 4 | uctypes.UINT8)}, uctypes.LITTLE_ENDIAN)
print(bytes(s), uctypes.addressof(s) == a, bytearray(s), len(memoryview(s)))
memoryview(s)[1] = 65
print(data, s)if 0 else print(data)

# Sizes.
for d in (
    {}, {"a": uctypes.UINT8 | 0, "b": uctypes.UINT32 | 4}, {"a": uctypes.UINT32 | 0, "b": uctypes.UINT8 | 4}, {"p": (uctypes.PTR | 0, uctypes.UINT8)},
    {"a": (uctypes.ARRAY | 0, uctypes.UINT16 | 3)}, {"a": (uctypes.ARRAY | 1, 3, {"x": uctypes.UINT16 | 0})}, {"b": uctypes.BFUINT16 | 3 | 1 << uctypes.BF_POS | 2 << uctypes.BF_LEN},
    {"f": uctypes.FLOAT32 | 1}, {"f": (uctypes.ARRAY | 0, uctypes.FLOAT32 | 2)}, OrderedDict([("a", uctypes.UINT64 | 0), ("b", (8, {"c": uctypes.UINT8 | 0}))]),
    (uctypes.ARRAY | 0, uctypes.UINT32 | 5), (0, {"x": uctypes.UINT8 | 9}),
):
    print(uctypes.sizeof(d), uctypes.sizeof(d, uctypes.LITTLE_ENDIAN))
print(uctypes.sizeof(bytearray(7)))

for d in ({}, [], (uctypes.ARRAY | 0, uctypes.UINT8 | 1), (uctypes.PTR | 0, uctypes.UINT8), (0, {})):
    print(uctypes.struct(0, d))
data = bytearray(16)
s = uctypes.struct(uctypes.addressof(data), {"x": [], "n": uctypes.UINT8 | 0, "a": (uctypes.ARRAY | 0, uctypes.INT8 | 2), "s": (0, {"y": uctypes.UINT8 | 0})})
t(getattr, s, "x")
t(getattr, s, "missing")
t(setattr, s, "missing", 1)
t(setattr, s, "a", 1)
t(setattr, s, "s", 1)
t(setattr, s, "n", "a")
t(setattr, s, "n", None)
t(lambda: s[0])
t(lambda: s.a[2])
t(lambda: s.a.x)
t(lambda: s.s[0])
t(lambda: int(s))
t(lambda: hash(s.a))
t(uctypes.struct)
t(uctypes.struct, 0)
t(uctypes.struct, 0, {}, 1, 2)
t(uctypes.struct, 0, {}, "a")
t(uctypes.sizeof, s, 0)
t(uctypes.sizeof, 5)
t(uctypes.sizeof, [])
t(uctypes.sizeof, {"a": "b"})
t(uctypes.sizeof)
t(uctypes.addressof, 5)
t(uctypes.addressof)
t(uctypes.bytes_at, 0)

# More than the memory can hold.
try:
    uctypes.bytearray_at(1)
except TypeError as e:
    print(e)

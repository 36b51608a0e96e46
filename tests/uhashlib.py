# The three hashes; what is in the comments is in the papers that define them.
import uhashlib
from ubinascii import hexlify


def t(f, *a):
    try:
        print(f(*a))
    except Exception as e:
        print(type(e), e)


for kind in (uhashlib.sha256, uhashlib.sha1, uhashlib.md5):
    print(kind)
    for data in (b"", b"abc", b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", b"a" * 1000, "text", bytearray(b"buffer")):
        print(hexlify(kind(data).digest()))
    h = kind()
    for i in range(200):
        h.update(b"x" * i)
    h.update(memoryview(b"the end"))
    print(hexlify(h.digest()))
    t(kind, 5)
    t(kind, b"a", b"b")
    t(kind().update)
    t(kind().update, None)
    t(kind().digest, 1)
    print(hasattr(kind(), "hexdigest"), hasattr(kind(), "copy"))

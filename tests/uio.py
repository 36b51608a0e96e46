# Streams in memory, streams of a script's own, and files' types.
import uio
from uio import StringIO, BytesIO, IOBase

def attempt(f, *args, **kw):
    try:
        r = f(*args, **kw)
    except (ValueError, TypeError, AttributeError, OSError, MemoryError, NotImplementedError) as e:
        r = type(e).__name__ + ": " + str(e)
    print(r)

print("== StringIO")
s = StringIO()
print(repr(s)[:15], s.write("hello\nworld"), s.tell(), s.read(), s.getvalue())
print(s.seek(0), s.read(3), s.readline(), s.readline(), s.readline(), s.tell())
print(s.seek(-3, 2), s.read(), s.seek(2), s.seek(1, 1), s.read(2), s.seek(-100, 1), s.seek(100), s.read())
s = StringIO("one\ntwo\nthree")
print(list(s), list(s))
print(s.seek(0), s.readline(2), s.readline(1), s.readline(0), s.readline(-1), s.readline(100))
s = StringIO("text")
print(s.write("TE"), s.getvalue(), s.seek(0, 2), s.write("!"), s.getvalue())
s = StringIO("äöü€x")
print(s.read(2), s.read(1), s.tell(), s.read(2), s.read(5))
with StringIO("with") as w:
    print(w.read(), w is not None)
attempt(w.read)
attempt(w.write, "x")
attempt(w.getvalue)
attempt(w.close)
attempt(lambda: [line for line in w])
s = StringIO()
print("printed", 1, 2.5, file=s, sep="-", end="!")
print(s.getvalue(), s.flush(), bool(s))
attempt(StringIO, 5.5)
attempt(StringIO, None)
attempt(s.write, 5)
attempt(s.write)
attempt(s.seek, -1)
attempt(s.seek, "1")
attempt(s.read, "1")
attempt(s.readinto, b"xx")
attempt(getattr, s, "readlines")
attempt(getattr, s, "fileno")
print(StringIO(50).getvalue() == "", StringIO(b"bytes").getvalue(), StringIO(bytearray(b"ba")).read())

print("== BytesIO")
b = BytesIO()
print(repr(b)[:14], b.write(b"hello"), b.write(bytearray(b" wor")), b.write("ld"), b.getvalue(), b.tell())
print(b.seek(3), b.write(b"LO"), b.getvalue(), b.seek(15), b.write(b"end"), b.getvalue())
buf = bytearray(4)
print(b.seek(0), b.readinto(buf), buf, b.readinto(buf, 2), buf, b.readinto(memoryview(buf)[1:3]), buf)
print(b.read(1), b.read(0), b.read(100), b.read(), b.read(1))
data = b"constant"
b = BytesIO(data)
b.write(b"C")
print(b.getvalue(), data, b.read())
src = bytearray(b"source")
b = BytesIO(src)
src[0] = 0
print(b.getvalue())
print(b.write(b"abcdef", 3), b.getvalue(), b.write(b"abcdef", 2, 2), b.getvalue(), b.write(b"ab", 10, 1), b.write(b"xy", 0), b.write(b"long", 1, 100), b.getvalue())
b = BytesIO(b"l1\nl2\r\n\nl4")
print(b.readline(), b.readline(), b.readline(), b.readline(), b.readline())
b.seek(0)
print([line for line in b])
attempt(b.read, 1, 2)
attempt(BytesIO, [1])
attempt(BytesIO(b"x").write)

print("== IOBase")
class Letters(IOBase):
    def __init__(self, text):
        self.text = text
        self.log = []
    def readinto(self, buf):
        n = min(len(buf), len(self.text))
        buf[:n] = self.text[:n]
        self.text = self.text[n:]
        return n
    def write(self, buf):
        self.log.append(bytes(buf))
        return len(buf)
    def ioctl(self, request, arg):
        return 0
l = Letters(b"abc")
print("hello", 5, file=l)
print(l.log, isinstance(l, IOBase))
class Waits(IOBase):
    def write(self, buf):
        return None
print("gone", file=Waits())
class Fails(IOBase):
    def write(self, buf):
        return -5
attempt(print, "x", file=Fails())
class Raises(IOBase):
    def write(self, buf):
        raise ValueError("no")
attempt(print, "x", file=Raises())
attempt(print, "x", file=IOBase())
class Empty(IOBase):
    pass
attempt(print, "x", file=Empty())
attempt(print, "x", file=5)
class Odd(IOBase):
    def write(self, buf):
        return "many"
attempt(print, "x", file=Odd())
print(IOBase() is IOBase(), IOBase)

print("== types")
print(uio.open is open, uio.StringIO, uio.BytesIO, uio.FileIO, uio.TextIOWrapper)
attempt(setattr, uio, "open", 1)

print("-- files, by every method")
import uos

try:
    uio.open("probe.tmp", "w").close()
except OSError:
    uos.chdir("/usr")
f = uio.open("file.tmp", "w")
print(type(f) is uio.TextIOWrapper, f.write("one\ntwo\nthree\n"), f.flush(), f.tell(), f.close())
f = uio.open("file.tmp")
print(f.read(2), f.tell(), f.readline(), f.readlines(), f.read(), f.seek(4), f.readline())
buf = bytearray(4)
print(f.seek(0), f.readinto(buf), buf, f.readinto(buf, 2), buf)
with f as same:
    print(same is f)
for call in (lambda: f.read(), lambda: f.readline(), lambda: f.readlines(), lambda: f.readinto(buf), lambda: f.seek(0), lambda: f.tell()):
    try:
        print(call())
    except (ValueError, OSError) as e:
        print("closed")
f = uio.open("file.tmp", "rb+")
print(type(f) is uio.FileIO, f.seek(0, 2), f.write(b"four\n"), f.flush(), f.seek(-5, 2), f.read(), f.seek(0), f.readline(), f.readlines())
print(f.seek(0), f.readinto(buf), buf, f.tell(), f.read(3), f.close())
for o in (f, uio.open("file.tmp"), uio.StringIO("s"), uio.BytesIO(b"b")):
    for name in ("read", "readinto", "readline", "write", "seek", "tell", "flush", "close"):
        try:
            getattr(o, name)(*[1] * 9)
        except TypeError as e:
            print(name, e)
    for name in ("readlines", "getvalue"):
        if hasattr(o, name):
            try:
                getattr(o, name)(*[1] * 9)
            except TypeError as e:
                print(name, e)
for mode in ("r", "rb", "q"):
    try:
        uio.open("none.tmp", mode)
    except (OSError, ValueError) as e:
        print(type(e))
try:
    uio.open()
except TypeError:
    print("TypeError")
for o in (uio.StringIO("a\nb"), uio.BytesIO(b"a\nb")):
    buf = bytearray(2)
    print(o.readinto(buf), buf, o.tell(), o.readline(), o.seek(0), o.read(1), o.flush(), o.write(o.getvalue()[:1]), o.getvalue(), o.close())
    for call in (lambda: o.read(), lambda: o.readline(), lambda: o.readinto(buf), lambda: o.write("x"), lambda: o.seek(0), lambda: o.tell(), lambda: o.getvalue(), lambda: o.flush()):
        try:
            print(call())
        except ValueError as e:
            print(e)
for c in (uio.FileIO, uio.TextIOWrapper, uio.StringIO, uio.BytesIO):
    for args in ((5, 5, 5, 5, 5), ([],)):
        try:
            print(type(c(*args)))
        except Exception as e:
            print(type(e))
uos.remove("file.tmp")
try:
    uos.remove("probe.tmp")
except OSError:
    pass

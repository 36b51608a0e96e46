# BufferedWriter hands on what it gets in pieces of one size.
import uio


def t(f, *a):
    try:
        print(f(*a))
    except Exception as e:
        print(type(e).__name__, e)


class Log(uio.IOBase):
    def write(self, b):
        print("piece", bytes(b))
        return len(b)


class Broken(uio.IOBase):
    def write(self, b):
        return -5


w = uio.BufferedWriter(Log(), 4)
print(w.write(b"ab"), w.write(b"cdefghij"), w.write(""), w.flush(), w.flush(), w.write(b"1234"), w.write(b"5"))
w.flush()
b = uio.BytesIO()
w = uio.BufferedWriter(b, 8)
print(w.write(bytearray(3)), b.getvalue(), w.flush(), b.getvalue(), w.write(b"long text", 4), w.flush(), b.getvalue())
w = uio.BufferedWriter(Broken(), 2)
t(w.write, b"abcd")
t(w.flush)
t(uio.BufferedWriter)
t(uio.BufferedWriter, b)
t(uio.BufferedWriter, b, "x")
t(uio.BufferedWriter, b, 1, 2)
t(w.write)
t(w.write, 5)
t(w.write, 1, 2, 3, 4)
t(w.flush, 1)

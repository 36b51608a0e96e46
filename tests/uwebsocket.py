# Frames of a WebSocket over any stream.
import uio
import uwebsocket


def t(f, *a):
    try:
        print(f(*a))
    except Exception as e:
        print(type(e).__name__, e)


def reading(data):
    return uwebsocket.websocket(uio.BytesIO(data))


def written(*parts):
    s = uio.BytesIO()
    w = uwebsocket.websocket(s)
    n = [w.write(p) for p in parts]
    return n, s.getvalue()


print("-- reading")
print(reading(b"\x81\x04ping").read(4), reading(b"\x82\x02\x00\x01").read(10), reading(b"\x80\x04ping").read(4))
print(reading(b"\x81\x00\x81\x02ab").read(2), reading(b"").read(2), reading(b"\x81\x04pi").read(2))
print(reading(b"\x81~\x00\x80" + b"ping" * 32).read(128) == b"ping" * 32)
print(reading(b"\x81\x85\x01\x02\x03\x04" + bytes([ord(c) ^ (i % 4 + 1) for i, c in enumerate("hello")])).read(5))
print(reading(b"\x89\x00\x8a\x00\x81\x02ok").read(2))
w = reading(b"\x81\x06line\nr\x81\x01x")
buf = bytearray(2)
print(w.readline(), w.readinto(buf), buf)
s = uio.BytesIO(b"\x88\x00")
w = uwebsocket.websocket(s)
print(w.read(1), s.getvalue())

print("-- writing")
print(written(b"pong"), written(b"a", "b", b""))
n, data = written(b"x" * 200)
print(n, data[:6], len(data))

print("-- options")
w = uwebsocket.websocket(uio.BytesIO(b"\x82\x01x"))
print(w.ioctl(8), w.read(1), w.ioctl(8), w.ioctl(9, 2), w.ioctl(9, 1), w.ioctl(9))
t(w.ioctl, -1)
t(w.ioctl)
t(w.ioctl, "x")
t(w.ioctl, 1, 2, 3)


class Blocking(uio.IOBase):
    def write(self, b):
        print("write", bytes(b))
        return len(b)

    def setblocking(self, flag):
        print("setblocking", flag)


w = uwebsocket.websocket(Blocking(), True)
print(w.write(b"data"))

print("-- errors")
t(uwebsocket.websocket)
t(uwebsocket.websocket, 5)
t(uwebsocket.websocket, uio.BytesIO(), 1, 2)
for name in ("read", "readinto", "readline", "write", "close"):
    t(getattr(reading(b""), name), *[1] * 9)


class Broken(uio.IOBase):
    def readinto(self, b):
        return -5

    def write(self, b):
        return -5


w = uwebsocket.websocket(Broken())
t(w.read, 1)
t(w.write, b"x")
w = reading(b"")
print(w.close())
t(w.read, 1)

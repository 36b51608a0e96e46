# Waiting for streams: those of the script's own, of the console, and none.
import uio
import uselect
import utime


def t(f, *a):
    try:
        print(f(*a))
    except Exception as e:
        print(type(e), e)


print(uselect.POLLIN, uselect.POLLOUT, uselect.POLLERR, uselect.POLLHUP)


class Stream(uio.IOBase):
    def __init__(self, name, ready):
        self.name = name
        self.ready = ready

    def __repr__(self):
        return self.name

    def ioctl(self, request, arg):
        if request != 3:
            return -22
        return self.ready & arg


def passed(f):
    t0 = utime.ticks_ms()
    r = f()
    return r, utime.ticks_diff(utime.ticks_ms(), t0)


a, b, c = Stream("a", 1), Stream("b", 4), Stream("c", 0)
p = uselect.poll()
print(p.register(a), p.register(b), p.register(c, uselect.POLLIN))
print(p.poll(0), p.poll(0, 0), list(p.ipoll(0)))
p.modify(a, uselect.POLLOUT)
print(p.poll(0))
p.register(a, uselect.POLLIN)
print(p.poll(0))
p.unregister(b)
p.unregister(b)
print(p.poll(0))
a.ready = 0
print(passed(lambda: p.poll(50)))
a.ready = 1 | 4 | 8 | 16
p.modify(a, 29)
print(p.poll(0))

# One shot: not again until it is modified.
p.modify(a, 1)
print(p.poll(0, 1), p.poll(0, 1))
p.modify(a, 1)
print(list(p.ipoll(0, 1)), list(p.ipoll(0, 1)))

# ipoll gives the same tuple each time.
p = uselect.poll()
p.register(a, 1)
p.register(b, 4)
print([id(x) for x in p.ipoll(0)][0] == [id(x) for x in p.ipoll(0)][1])
for s, ev in p.ipoll(0):
    print(s, ev)
    p.unregister(s)
print(p.poll(0))

# A stream gets ready while it is waited for.
class Later(Stream):
    def ioctl(self, request, arg):
        return arg if utime.ticks_diff(utime.ticks_ms(), self.ready) >= 0 else 0


l = Later("later", utime.ticks_add(utime.ticks_ms(), 300))
p = uselect.poll()
p.register(l, 1)
r, ms = passed(lambda: p.poll(1000))
print(r, 299 <= ms <= 310)
l.ready = utime.ticks_add(utime.ticks_ms(), 300)
r, ms = passed(lambda: p.poll())
print(r, 299 <= ms <= 310)
print(passed(lambda: uselect.poll().poll(70)), passed(lambda: list(uselect.poll().ipoll(80))))

print(uselect.select([a, c], [b], [a]), uselect.select([], [], [], 0), uselect.select((a,), (a,), (), 0.5))
print(passed(lambda: uselect.select([c], [], [], 0.25)))
t(p.modify, a, 1)
t(p.register, 5)
t(p.register, uio)
t(p.register, l, "a")
t(p.register)
t(p.modify, l, "a")
t(p.poll, "a")
t(p.poll, 0, "a")
t(uselect.select, 1, [], [])
t(uselect.select, [], [])
t(uselect.select, [5], [], [])
t(uselect.select, [], [], [], "a")
c.ready = -5
p = uselect.poll()
p.register(c, -1)
t(p.poll, 0)
p = uselect.poll()
p.register(uio.BytesIO())
t(p.poll, 0)
import usys

p = uselect.poll()
p.register(usys.stdout, uselect.POLLOUT)
p.register(usys.stdin, uselect.POLLIN)
print(len(p.poll(0)))
print(uselect.poll())

for name in ("register", "unregister", "modify", "poll", "ipoll"):
    try:
        getattr(uselect.poll(), name)(*[1] * 9)
    except TypeError as e:
        print(name, e)
try:
    uselect.poll(1)
except TypeError as e:
    print(e)

# What MicroPython's unix port has of machine: pins that a script makes itself.
import machine


def t(f, *a, **kw):
    try:
        print(f(*a, **kw))
    except Exception as e:
        print(type(e).__name__, e)


print("-- memory")
print(machine.mem8, machine.mem16, machine.mem32)
for m, at in ((machine.mem16, 1), (machine.mem32, 2), (machine.mem32, 5)):
    t(lambda: m[at])
try:
    machine.mem16[3] = 1
except ValueError as e:
    print(e)
try:
    del machine.mem8[0]
except TypeError as e:
    print(e)


class MyPin(machine.PinBase):
    def __init__(self):
        self.v = 0

    def value(self, v=None):
        if v is None:
            return self.v
        print("set", v)
        self.v = int(v)


print("-- Signal")
p = MyPin()
s = machine.Signal(p)
print(type(s), s.value(1), p.v, s.value(), s(), s(0), p.v, s.on(), s.off(), s())
i = machine.Signal(p, invert=True)
print(i.value(1), p.v, i.value(), i(), i(0), p.v, i.on(), i.off(), i(), s())
n = machine.Signal(i, invert=1)  # a signal of a signal
print(n.on(), p.v, n.value())
t(machine.Signal)
t(machine.Signal, p, 1)
t(machine.Signal, p, value=1)
t(s.value, 1, 2)
t(s, 1, 2)
t(s.on, 1)
t(s.off, 1)


class Broken(machine.PinBase):
    def value(self, v=None):
        raise OSError(5)


class Empty(machine.PinBase):
    pass


b = machine.Signal(Broken())
t(b.value)
t(b.on)
t(b.off)
t(machine.Signal(Empty()).value)
print(machine.PinBase() is machine.PinBase())

print("-- time_pulse_us")


class Toggle(machine.PinBase):
    def __init__(self):
        self.v = 0

    def value(self, v=None):
        self.v ^= 1
        return self.v


print(machine.time_pulse_us(Toggle(), 1) >= 0, machine.time_pulse_us(Toggle(), 0) >= 0)
p = MyPin()
print(machine.time_pulse_us(p, 1, 100), machine.time_pulse_us(p, 0, 100))
t(machine.time_pulse_us, p)
t(machine.time_pulse_us, p, 1, "x")
t(machine.time_pulse_us, Broken(), 1)

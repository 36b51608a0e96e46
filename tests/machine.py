# Pins, their interrupts, timers, the clock and the watchdog of a module.
import machine
import utime
from machine import ExtInt, Pin, RTC, Timer, WDT


def t(f, *a, **kw):
    try:
        print(f(*a, **kw))
    except Exception as e:
        print(type(e).__name__, e)


print("-- Pin")
print(Pin.IN, Pin.OUT, Pin.PULL_DISABLE, Pin.PULL_PU, Pin.PULL_PD, Pin.GPIO1, Pin.GPIO50)
p = Pin(Pin.GPIO5)
print(p, p.read(), p.value(), p(), p.get_dir(), Pin(5) is p)
print(p.write(1), p.read(), p.off(), p.read(), p.on(), p.value())
print(p.value(0), p.read(), p(1), p(), p.read(0), p())
print(p.init(Pin.IN, Pin.PULL_PU), p.get_dir(), p.read(), p.init(pull=Pin.PULL_PD), p.read())
print(p.set_dir(Pin.OUT), p.get_dir(), p.init(Pin.OUT, value=1), p.read())
q = Pin(Pin.GPIO6, Pin.IN, Pin.PULL_PU, 0)
print(q, q.read(), q.__del__(), Pin(6, Pin.IN) is q)
t(Pin)
for bad in (0, -1, 51, "x"):
    t(Pin, bad)
t(Pin, 1, 2)
t(Pin, 1, 0, 3)
t(Pin, 1, 0, 0, 2)
t(Pin, 1, 0, 0, 0, 0)
t(Pin, 1, speed=5)
t(p.init, "x")
t(p.write)
t(p.write, 2)
t(p.set_dir, 2)
t(p.set_dir, None)
t(p.get_dir, 1)
t(p.value, 1, 2)
t(p.read, 1, 2)
t(p, 1, 2)
t(p.on, 1)
t(p.off, 1)
t(p.__del__, 1)
for method in (Pin.value, Pin.on, Pin.init, Pin.get_dir, Pin.__del__):
    t(method, 5)
t(Pin.write, 5, 1)

print("-- ExtInt")
print(ExtInt.IRQ_RISING, ExtInt.IRQ_FALLING, ExtInt.IRQ_RISING_FALLING, ExtInt.PULL_DISABLE, ExtInt.PULL_PU, ExtInt.PULL_PD, ExtInt.GPIO0)
told = []
e = ExtInt(ExtInt.GPIO7, ExtInt.IRQ_RISING_FALLING, ExtInt.PULL_PD, told.append)
pin = Pin(7, Pin.IN, Pin.PULL_PD)
print(e, e.line(), ExtInt(7, 2, 2, told.append) is e)
pin.init(pull=Pin.PULL_PU)  # not enabled yet
print(e.enable(), e.read_count(0), told)
for i in range(3):
    pin.init(pull=Pin.PULL_PD)
    pin.init(pull=Pin.PULL_PU)
utime.sleep_ms(1)
print(told, e.read_count(0), e.read_count(1), e.read_count(0))
print(e.disable())
pin.init(pull=Pin.PULL_PD)
print(e.read_count(0), e.count_reset())
e = ExtInt(pin=7, mode=ExtInt.IRQ_FALLING, pull=ExtInt.PULL_PU, callback=None)
e.enable()
pin.init(pull=Pin.PULL_PD)
pin.init(pull=Pin.PULL_PU)
print(e.read_count(0), e.count_reset(), e.read_count(0), e.__del__())
t(ExtInt)
for bad in ((-1, 0, 0), (51, 0, 0), (1, 3, 0), (1, -1, 0), (1, 0, 3), ("x", 0, 0)):
    t(ExtInt, bad[0], bad[1], bad[2], None)
t(e.read_count, 2)
t(e.read_count, "x")
t(e.read_count)
t(ExtInt.read_count, 5, 0)
for name in ("line", "enable", "disable", "count_reset", "__del__"):
    t(getattr(e, name), 1)
    t(getattr(ExtInt, name), 5)

print("-- Timer")
print(Timer.ONE_SHOT, Timer.PERIODIC, Timer.Timer0, Timer.Timer1, Timer.Timer2, Timer.Timer3)
t0 = utime.ticks_ms()


def fired(timer):
    print("fired", timer is one, utime.ticks_diff(utime.ticks_ms(), t0))


one = Timer(Timer.Timer1)
print(repr(one) == "", one is Timer(1), one.stop())
print(one.start(period=100, mode=one.PERIODIC, callback=fired))
utime.sleep_ms(350)
print(one.stop())
utime.sleep_ms(200)
t0 = utime.ticks_ms()
print(one.start(period=30, mode=one.ONE_SHOT, callback=fired))
utime.sleep_ms(100)
print(one.start(period=30, mode=one.ONE_SHOT, callback=fired))  # it counts as running
utime.sleep_ms(100)
print(one.stop(), one.start(freq=20, mode=one.ONE_SHOT, callback=fired))
utime.sleep_ms(100)
print(one.__del__(), one.stop(), one.__del__())
one.start(period=5, tick_hz=100, mode=one.ONE_SHOT, callback=fired)
utime.sleep_ms(100)
one.stop()
two = Timer(2, period=10, callback=None)
utime.sleep_ms(50)
print(two.stop(), two.start(period=0), two.stop())
for bad in (4, -1, "x"):
    t(Timer, bad)
t(Timer, 3, 5)
t(one.start, 5)
t(one.start, freq=0)
t(one.start, freq="x")
t(one.start, period=-1)
t(one.start, period="x")
t(one.start, tick_hz=0)
t(one.start, mode=None)
t(one.start, speed=1)
t(Timer.start, 5)
for name in ("stop", "__del__"):
    t(getattr(one, name), 1)
    t(getattr(Timer, name), 5)

print("-- RTC")
r = RTC()
print(r is RTC(), r.datetime())
print(r.datetime((2020, 3, 12, 1, 12, 12, 12, 0)), r.datetime(), utime.localtime()[:6])
utime.sleep(5)
print(r.datetime())
print(r.init([2024, 2, 28, 0, 23, 59, 58, 0]), r.datetime())
print(r.register_callback(lambda arg: print("alarm", arg, r.datetime())))
print(r.set_alarm((2024, 2, 29, 0, 0, 0, 10, 0)), r.enable_alarm(1))
utime.sleep(20)
print(r.set_alarm((2024, 2, 29, 0, 0, 1, 0, 0)), r.enable_alarm(0))
utime.sleep(60)
print(r.enable_alarm(1), r.datetime((2024, 2, 30, 0, 0, 0, 0, 0)), r.set_alarm((1969, 1, 1, 0, 0, 0, 0, 0)))
t(r.datetime, 5)
t(r.datetime, (1, 2, 3))
t(r.datetime, (2024, "x", 1, 0, 0, 0, 0, 0))
t(r.datetime, 1, 2)
t(RTC, 1)
t(r.init)
t(r.init, 5)
t(r.set_alarm, 5)
t(r.enable_alarm, "x")
t(r.register_callback)
t(RTC.register_callback, 5, 5)
t(RTC.datetime, 5)
t(RTC.__del__, 5)
print(r.__del__(), RTC() is r)
t(r.__del__, 1)

print("-- WDT")
print(WDT(), WDT(0), WDT(-1), WDT(1 << 40))
w = WDT(10)
print(w is WDT(10))
for i in range(3):
    utime.sleep(9)
    print(w.feed())
print(w.stop())
utime.sleep(30)
t(WDT, "x")
t(WDT, 1, 2)
t(w.feed, 1)
t(w.stop, 1)
t(WDT.feed, 5)
t(WDT.stop, 5)

print("-- memory, by the addresses of uctypes")
import uctypes

data = bytearray(b"\x01\x02\x03\x04\x05\x06\x07\x08")
at = uctypes.addressof(data)
print(machine.mem8[at], machine.mem16[at], machine.mem32[at] == 0x04030201, machine.mem32[at + 4] == 0x08070605)
machine.mem8[at] = 0x1FF
machine.mem16[at + 2] = -1
machine.mem32[at + 4] = 0xFFFFFFFF00000000
print(data)
t(lambda: machine.mem8[1])
t(lambda: machine.mem8["x"])
t(machine.mem8.__class__)
try:
    machine.mem8[uctypes.addressof(b"fixed text")] = 1
except TypeError as e:
    print("TypeError")
t(machine.Signal(5).value)
t(machine.time_pulse_us, 5, 1)
t(machine.Signal.value, 5)
pin = Pin(9, Pin.OUT, Pin.PULL_DISABLE, 0)
s = machine.Signal(pin, invert=True)
print(s.value(), s.on(), pin.read(), s.off(), pin.read(), machine.time_pulse_us(pin, 0, 50))

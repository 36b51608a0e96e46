# osTimer: timers of the operating system, as many as a script wants.
import osTimer, utime

def at(what):
    return lambda arg: print(what, arg, "after", (utime.ticks_ms() + 5) // 10 * 10, "ms")

a, b, c = osTimer(), osTimer(), osTimer()
print(a.start(1000, 1, at("cyclic")), b.start(1500, 0, at("once")), c.start(0, 0, print))
utime.sleep_ms(3300)
print("stop", a.stop(), a.stop())
print("anew", b.start(400, 0, at("not this")), b.start(200, 0, at("anew")))
utime.sleep(1)
print("delete", a.delete_timer(), a.start(1, 0, print), a.stop(), a.delete_timer())
print([n for n in dir(osTimer) if n[0] != "_"])
try:
    b.start(1)
except TypeError as e:
    print("TypeError")

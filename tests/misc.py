# Power: why the module is on, its battery, and how to switch it off.
import _thread
import utime
from misc import Power

print("on because of", Power.powerOnReason(), "(1 is the power key)")
print("off before because of", Power.powerDownReason(), "(0 is unknown)")
print("battery:", Power.getVbatt(), "mV")


def background():
    while True:
        utime.sleep(1)
        print("a thread is at work")


_thread.start_new_thread(background, ())
utime.sleep_ms(2500)
print("powering down")
Power.powerDown()
print("nothing runs after that")

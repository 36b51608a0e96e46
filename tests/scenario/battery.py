# qpy: run --scenario battery.toml
import utime
from misc import Power, PowerKey

key = PowerKey()
key.powerKeyEventRegister(lambda status: print("key", "pressed" if status else "released", utime.localtime()[4:6]))
reasons = Power.powerOnReason(), Power.powerDownReason()
print("awake again" if reasons == (5, 5) else "awake", reasons, Power.getVbatt())
while True:
    utime.sleep(60)
    print(utime.localtime()[4:6], Power.getVbatt())

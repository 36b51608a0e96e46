# qpy: run --scenario flash.toml
# What a script sees of a flash that is slow, wears out and loses its power.
import fota, uos, utime
from misc import Power

reason = Power.powerOnReason()
print("reason", reason, "firmware", uos.uname2().qpyver, "free", uos.statvfs("/usr")[3])
if reason == 1:
    package = open("/usr/FotaFile.bin", "rb").read()
    u = fota()
    before = utime.ticks_ms()
    print(u.write(package, len(package)), u.flush(), u.verify())
    print("the package took", (utime.ticks_ms() - before) // 1000, "s")
    Power.powerRestart()

try:
    with open("/usr/count") as f:
        print("count was", f.read())
except OSError as e:
    print("no count:", e)
for i in range(200):
    with open("/usr/count", "w") as f:
        f.write(str(i))
print("counted, free", uos.statvfs("/usr")[3])
print("download:", fota(reset_disable=1).httpDownload(url1="http://www.example.com/dfota.bin"))

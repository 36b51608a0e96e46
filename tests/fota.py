# The upgrade, step by step: what each call answers, and what goes wrong.
import fota
import uos
import utime
from misc import Power

print("-- the module is the class, and there is one upgrade in a device")
updater = fota()
print(fota.fota is fota, uos.uname2().qpyver)

print("-- a download that fails, with and without a callback")


def told(state):
    print("callback", state)


print(updater.httpDownload(url1="http://www.example.com/none.bin", callback=told))
print(updater.httpDownload(url1="http://nowhere.example/fota.bin"))
print(updater.httpDownload(callback=told))
try:
    updater.httpDownload("http://www.example.com/fota.bin")
except TypeError as e:
    print("TypeError:", e)

print("-- writing a package by hand: too early, too much, too little")
print(updater.flush())
print(updater.verify())
print(updater.write(b"no size"))
print(updater.write(b"four bytes?", 4))
updater = fota()  # begin anew
print(updater.write(b"half", 8), updater.flush())
print(updater.verify())

print("-- a whole one, in pieces that do not fill the buffer")
size = uos.stat("/usr/FotaFile.bin")[6]
worst = 0
with open("/usr/FotaFile.bin", "rb") as f:
    while True:
        piece = f.read(1500)
        if not piece:
            break
        worst = min(worst, updater.write(piece, size))
print(worst, updater.flush(), updater.verify())

print("-- an upgrade over the air: 0 and 1 on the way, 2 at the end, then the restart")
updater = fota(reset_disable=1)
seen = []
print(updater.httpDownload(url1="http://www.example.com/fota.bin", callback=seen.append))
print(seen[0], seen[1], "...", seen[-1])
utime.sleep(60)
print("still the old firmware:", uos.uname2().qpyver)
Power.powerRestart()

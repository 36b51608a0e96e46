# Keeps the number of its tries in a file, and stops when the firmware is new.
import fota
import uos
import utime
from misc import Power

STATE = "/usr/tries"
WANTED = "V0002"


def tries():
    try:
        with open(STATE) as f:
            return int(f.read())
    except OSError:
        return 0


def remember(n):
    with open(STATE, "w") as f:
        f.write(str(n))


def progress(args):
    if args[0] not in (0, 1, 2):
        print("failed with status", args[0])


print("up after", utime.time() - 1704067200, "s, reason", Power.powerOnReason(), "firmware", uos.uname2().qpyver)
while uos.uname2().qpyver != WANTED:
    n = tries() + 1
    remember(n)
    print("try", n)
    fota().httpDownload(url1="http://www.example.com/fota.bin", callback=progress)
    utime.sleep(60)
print("upgraded in", tries(), "tries")

# Upgrade over the air, and choose the moment of the restart yourself.
#
# A machine that is busy must not restart under its user's hands. With
# reset_disable=1 the module downloads and checks the package but goes on
# running the old firmware until you restart it.

import fota
import utime
from misc import Power

URL = "http://www.example.com/dfota.bin"

updater = fota(reset_disable=1)
last = [None]  # the last status that the callback has told


def on_progress(state):
    last[0] = state[0]
    print("status", state[0], "progress", state[1])


def finish_the_work():
    # Whatever must be done before the lights go out: close files, say goodbye
    # to a server, park a motor. Here it is a pause of three seconds.
    for left in range(3, 0, -1):
        print("restart in", left)
        utime.sleep(1)


if updater.httpDownload(url1=URL, callback=on_progress) != 0:
    print("the download failed, the old firmware stays")
else:
    finish_the_work()
    if last[0] == 2:
        Power.powerRestart()  # the boot loader applies the upgrade now
    else:
        print("not ready for the restart: status", last[0])

# Upgrade over the air; the module restarts by itself when it is ready.
#
# Run it on your PC:   go run ./cmd/qpy run scripts/fota_auto_restart.py
# Run it on a module:  copy it to /usr/main.py
#
# What happens: the package is downloaded piece by piece, checked, and flagged
# for the boot loader. A moment later the module restarts on its own and the
# boot loader puts the new firmware in place.

import fota
import log
import utime

URL = "http://www.example.com/fota.bin"

log.basicConfig(level=log.INFO)
logger = log.getLogger("Upgrade")


def on_progress(state):
    # The module calls this while it downloads. `state` is one list:
    # state[0] is the status: 0 or 1 on the way, 2 when all is well,
    #          anything else is an error code;
    # state[1] is how far the download has come, in percent.
    print("status", state[0], "progress", state[1])


def upgrade():
    updater = fota()  # there is one upgrade in a module; this opens it
    logger.info("downloading %s", URL)
    if updater.httpDownload(url1=URL, callback=on_progress) != 0:
        logger.error("the download failed")
        return
    # From here on the restart can come at any time. Wait for it, so that the
    # script does not start something it cannot finish.
    logger.info("waiting for the restart")
    utime.sleep(10)


if __name__ == "__main__":
    upgrade()

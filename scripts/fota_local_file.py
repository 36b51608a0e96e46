# Upgrade from a file that is in the module's flash already.
#
# Perhaps your own server sent it, or it came over a serial line. The package
# goes to the upgrade area in pieces, because a module has too little memory to
# hold it whole.
#
# To try it with a package of your own:
#   go run ./cmd/qpy run --put my.bin:/usr/FotaFile.bin scripts/fota_local_file.py

import fota
import log
import uos
import utime
from misc import Power

PACKAGE = "/usr/FotaFile.bin"
CHUNK = 1024

log.basicConfig(level=log.INFO)
logger = log.getLogger("Local")


def write_package(updater):
    total = uos.stat(PACKAGE)[6]  # item 6 of stat() is the size in bytes
    logger.info("%s has %d bytes", PACKAGE, total)
    with open(PACKAGE, "rb") as f:
        while True:
            piece = f.read(CHUNK)
            if not piece:
                break
            if updater.write(piece, total) != 0:
                return False
    return True


def upgrade():
    updater = fota()
    if not write_package(updater):
        logger.error("the package could not be written")
        return
    # The last piece may still be in RAM: flush() brings it to flash.
    if updater.flush() != 0:
        logger.error("the package could not be flushed")
        return
    # verify() reads the package back and checks it, then sets the flag.
    if updater.verify() != 0:
        logger.error("the package is damaged or not for this module")
        return
    logger.info("ready, restarting")
    utime.sleep(1)
    Power.powerRestart()


upgrade()

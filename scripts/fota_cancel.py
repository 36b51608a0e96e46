# Stop a download that takes too long, from a second thread.
#
# download_cancel() is there on the BG95 only:
#   go run ./cmd/qpy run --device BG95 --fast scripts/fota_cancel.py

import _thread
import fota
import utime

URL = "http://www.example.com/fota.bin"
PATIENCE = 30  # seconds

updater = fota()


def watchdog():
    utime.sleep(PATIENCE)
    print("patience is over, cancelling")
    if updater.download_cancel() == 0:
        print("cancelled")
    else:
        print("there was nothing to cancel")


def on_progress(state):
    if state[0] in (0, 1, 2):
        print("progress", state[1])
    else:
        print("stopped with status", state[0])


_thread.start_new_thread(watchdog, ())
started = utime.ticks_ms()
result = updater.httpDownload(url1=URL, callback=on_progress)
seconds = utime.ticks_diff(utime.ticks_ms(), started) // 1000
print("httpDownload gave", result, "after", seconds, "seconds")

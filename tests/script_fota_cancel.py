# qpy: run --device BG95 ../scripts/fota_cancel.py
# The transcript of that script on a BG95, which can cancel a download.

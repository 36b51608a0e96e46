# qpy: run ../scripts/fota_manual_restart.py
# The transcript of that script on the generic model.

# qpy: run ../scripts/fota_auto_restart.py
# The transcript of that script on the generic model.

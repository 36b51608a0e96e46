# qpy: run ../scripts/fota_local_file.py
# The transcript of that script on the generic model.

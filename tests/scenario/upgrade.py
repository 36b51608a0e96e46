# qpy: run --scenario upgrade.toml checks_itself.py

# uasyncio: cooperative tasks.
from .core import *

__version__ = (3, 0, 0)

# What is loaded when it is first asked for, and from where.
_attrs = {
    "Event": "event",
    "Lock": "lock",
    "gather": "funcs",
    "wait_for": "funcs",
    "wait_for_ms": "funcs",
    "open_connection": "stream",
    "start_server": "stream",
    "StreamReader": "stream",
    "StreamWriter": "stream",
}


def __getattr__(attr):
    file = _attrs.get(attr, None)
    if file is None:
        raise AttributeError(attr)
    found = getattr(__import__(file, None, None, True, 1), attr)
    globals()[attr] = found
    return found

// Package modules brings in every module that a script can import: importing it
// registers them all.
package modules

import (
	_ "qpy/modules/cmath"
	_ "qpy/modules/fota"
	_ "qpy/modules/gc"
	_ "qpy/modules/log"
	_ "qpy/modules/machine"
	_ "qpy/modules/math"
	_ "qpy/modules/micropython"
	_ "qpy/modules/misc"
	_ "qpy/modules/ostimer"
	_ "qpy/modules/queue"
	_ "qpy/modules/thread"
	_ "qpy/modules/uarray"
	_ "qpy/modules/uasyncio"
	_ "qpy/modules/ubinascii"
	_ "qpy/modules/ucollections"
	_ "qpy/modules/ucryptolib"
	_ "qpy/modules/uctypes"
	_ "qpy/modules/uerrno"
	_ "qpy/modules/uhashlib"
	_ "qpy/modules/uheapq"
	_ "qpy/modules/uio"
	_ "qpy/modules/ujson"
	_ "qpy/modules/uos"
	_ "qpy/modules/urandom"
	_ "qpy/modules/ure"
	_ "qpy/modules/uselect"
	_ "qpy/modules/usocket"
	_ "qpy/modules/ustruct"
	_ "qpy/modules/usys"
	_ "qpy/modules/utime"
	_ "qpy/modules/utimeq"
	_ "qpy/modules/uwebsocket"
	_ "qpy/modules/uzlib"
)

// Aliases are the names without u by which MicroPython finds a module when no
// file of that name is on the path (py/objmodule.c, MODULE_WEAK_LINKS).
var Aliases = map[string]string{
	"array": "uarray", "binascii": "ubinascii", "collections": "ucollections", "cryptolib": "ucryptolib",
	"ctypes": "uctypes", "errno": "uerrno", "hashlib": "uhashlib", "heapq": "uheapq", "io": "uio",
	"json": "ujson", "os": "uos", "random": "urandom", "re": "ure", "select": "uselect", "socket": "usocket", "struct": "ustruct",
	"sys": "usys", "time": "utime", "timeq": "utimeq", "websocket": "uwebsocket", "zlib": "uzlib",
}

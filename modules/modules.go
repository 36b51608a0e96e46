// Package modules brings in every module that a script can import: importing it
// registers them all.
package modules

import (
	_ "qpy/modules/fota"
	_ "qpy/modules/log"
	_ "qpy/modules/misc"
	_ "qpy/modules/thread"
	_ "qpy/modules/uos"
	_ "qpy/modules/usys"
	_ "qpy/modules/utime"
)

// Aliases are the names without u by which MicroPython finds a module when no
// file of that name is on the path (py/objmodule.c, MODULE_WEAK_LINKS).
var Aliases = map[string]string{"os": "uos", "sys": "usys", "time": "utime"}

// Package modules is the list of the modules that a script can import.
package modules

import (
	"qpy/modules/cmath"
	"qpy/modules/fota"
	"qpy/modules/gc"
	"qpy/modules/log"
	"qpy/modules/machine"
	"qpy/modules/math"
	"qpy/modules/micropython"
	"qpy/modules/misc"
	"qpy/modules/ostimer"
	"qpy/modules/queue"
	"qpy/modules/thread"
	"qpy/modules/uarray"
	"qpy/modules/uasyncio"
	"qpy/modules/ubinascii"
	"qpy/modules/ucollections"
	"qpy/modules/ucryptolib"
	"qpy/modules/uctypes"
	"qpy/modules/uerrno"
	"qpy/modules/uhashlib"
	"qpy/modules/uheapq"
	"qpy/modules/uio"
	"qpy/modules/ujson"
	"qpy/modules/uos"
	"qpy/modules/urandom"
	"qpy/modules/ure"
	"qpy/modules/uselect"
	"qpy/modules/usocket"
	"qpy/modules/ustruct"
	"qpy/modules/usys"
	"qpy/modules/utime"
	"qpy/modules/utimeq"
	"qpy/modules/uwebsocket"
	"qpy/modules/uzlib"
	"qpy/python"
)

// All are the modules of a board.
var All = []*python.Module{
	&cmath.Module,
	&fota.Module,
	&gc.Module,
	&log.Module,
	&machine.Module,
	&math.Module,
	&micropython.Module,
	&misc.Module,
	&ostimer.Module,
	&queue.Module,
	&thread.Module,
	&uarray.Module,
	&uasyncio.Module,
	&ubinascii.Module,
	&ucollections.Module,
	&ucryptolib.Module,
	&uctypes.Module,
	&uerrno.Module,
	&uhashlib.Module,
	&uheapq.Module,
	&uio.Module,
	&ujson.Module,
	&uos.Module,
	&urandom.Module,
	&ure.Module,
	&uselect.Module,
	&usocket.Module,
	&ustruct.Module,
	&usys.Module,
	&utime.Module,
	&utimeq.Module,
	&uwebsocket.Module,
	&uzlib.Module,
}

// Weak are the modules that are also found without their u, when no file of that
// name is on the path (py/objmodule.c, MODULE_WEAK_LINKS).
var Weak = []string{
	"uarray", "ubinascii", "ucollections", "ucryptolib", "uctypes", "uerrno", "uhashlib", "uheapq",
	"uio", "ujson", "uos", "urandom", "ure", "uselect", "usocket", "ustruct",
	"usys", "utime", "utimeq", "uwebsocket", "uzlib",
}

// Alias is the module that a name without u stands for, "" if there is none.
func Alias(name string) string {
	for _, full := range Weak {
		if full[1:] == name {
			return full
		}
	}
	return ""
}

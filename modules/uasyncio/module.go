// Package uasyncio is the module `uasyncio` as MicroPython 1.13 has it (version
// 3): the loop in Python, frozen into the firmware, its tasks and their queue
// native (extmod/uasyncio, extmod/moduasyncio.c).
package uasyncio

import (
	"time"

	"qpy/modules/board"
	"qpy/python"
	"qpy/python/object"
)

// level is the optimisation that the files are frozen with (manifest.py): their
// lines in a traceback all have the number 1.
const level = 3

// Module is the package `uasyncio` and its native half.
var Module = python.Module{Name: "_uasyncio", SetUp: setUp, Build: build, Files: []python.Frozen{
	{File: "uasyncio/__init__.py", Source: &sourceInit, Level: level},
	{File: "uasyncio/core.py", Source: &sourceCore, Level: level},
	{File: "uasyncio/event.py", Source: &sourceEvent, Level: level},
	{File: "uasyncio/funcs.py", Source: &sourceFuncs, Level: level},
	{File: "uasyncio/lock.py", Source: &sourceLock, Level: level},
	{File: "uasyncio/stream.py", Source: &sourceStream, Level: level},
}}

func build(in *object.Interp, m *object.Module) {
	m.Define(in, "TaskQueue", queueType.Value())
	m.Define(in, "Task", taskType.Value())
}

// ticks is the time of the board in milliseconds, as utime.ticks_ms has it.
func ticks(in *object.Interp) int64 {
	b := board.OfEngine(in)
	if b == nil {
		return 0
	}
	return int64(b.Dev.Kernel.Now()/time.Millisecond) & (period - 1)
}

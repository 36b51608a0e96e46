// Package uasyncio is the module `uasyncio` as MicroPython 1.13 has it (version
// 3): the loop in Python, frozen into the firmware, its tasks and their queue
// native (extmod/uasyncio, extmod/moduasyncio.c).
package uasyncio

import (
	"embed"
	"time"

	"qpy/modules/board"
	"qpy/python"
	"qpy/python/object"
)

//go:embed uasyncio/*.py
var sources embed.FS

// level is the optimisation that the files are frozen with (manifest.py): their
// lines in a traceback all have the number 1.
const level = 3

func init() {
	for _, name := range []string{"__init__", "core", "event", "funcs", "lock", "stream"} {
		file := "uasyncio/" + name + ".py"
		source, err := sources.ReadFile(file)
		if err != nil {
			panic(err) // it is embedded above
		}
		python.Freeze(file, string(source), level)
	}
	python.Register("_uasyncio", func(in *object.Interp, m *object.Module) {
		m.Globals.SetName(in, in.Intern("TaskQueue"), queueType.Value())
		m.Globals.SetName(in, in.Intern("Task"), taskType.Value())
	})
}

// ticks is the time of the board in milliseconds, as utime.ticks_ms has it.
func ticks(in *object.Interp) int64 {
	b := board.OfEngine(in)
	if b == nil {
		return 0
	}
	return int64(b.Dev.Kernel.Now()/time.Millisecond) & (period - 1)
}

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

func init() {
	for _, f := range []struct{ name, source string }{
		{"__init__", sourceInit}, {"core", sourceCore}, {"event", sourceEvent},
		{"funcs", sourceFuncs}, {"lock", sourceLock}, {"stream", sourceStream},
	} {
		python.Freeze("uasyncio/"+f.name+".py", f.source, level)
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

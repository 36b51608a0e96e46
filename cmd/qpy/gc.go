package main

import (
	"os"
	"runtime/debug"
)

// gcPercent lets the heap grow to five times what lives before Go collects:
// a script's heap is small and bounded by its budget, and collecting it after
// every few megabytes took up to half the time of programs that allocate much.
const gcPercent = 400

// tuneGC sets the collector for a command that runs scripts, unless the user
// has set it.
func tuneGC() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
}

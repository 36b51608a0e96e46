package main

import (
	"os"
	"runtime/debug"
)

// A script's heap is small and bounded by its budget. Collecting it after every
// few megabytes, as Go does by default, took up to half the time of programs
// that allocate much; so the heap may grow to nine times what lives, and Go
// collects more often again as the whole process nears memoryLimit bytes.
const (
	gcPercent   = 800
	memoryLimit = 512 << 20
)

// tuneGC sets the collector for a command that runs scripts, unless the user
// has set it.
func tuneGC() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(gcPercent)
	debug.SetMemoryLimit(memoryLimit)
}

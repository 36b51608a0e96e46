package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"qpy/device/flash/chip"
)

// A script's heap is small and bounded by its budget. Collecting it after every
// few megabytes, as Go does by default, took up to half the time of programs
// that allocate much; so the heap may grow to nine times what lives, and Go
// collects more often again as the whole process nears memoryLimit bytes.
const (
	gcPercent   = 800
	memoryLimit = 512 << 20
)

// Before Go would collect by itself, which it does beside the running script and
// at the cost of slowing it, the script stands still and lets it: marking the few
// megabytes that live takes less than a millisecond. The first steps are short,
// because memory that is used for the first time is dear: a page fault for each
// 4 KiB costs more than a collection that makes used memory free again.
const (
	tuneAfter = 1 << 20 // a script that ends before does not wait for it
	firstStep = 8 << 20
	minStep   = 16 << 20
	maxStep   = 96 << 20
	liveTimes = 3 // a step is this many times what lives
)

// The content of a flash in memory lives too, and in an upgrade by a package of 16
// MiB it is three times that; but it makes no garbage. It does not count, and beside
// muchInFlash bytes of it little garbage is let lie.
const (
	muchInFlash = 8 << 20
	besideMuch  = 4 << 20 // the step then
)

// A script waits this often and this long for the end of marking; a large heap
// is marked beside it after that.
const (
	waits    = 20
	waitTime = 20 * time.Microsecond
)

// overGoal is an allocation that starts a collection when the heap's goal is what
// lives: Go lets the heap grow by 1 MiB over that where it is still sweeping.
const overGoal = 1<<20 + 128<<10

// collector is the process's one. The board that collects holds it, and others go on
// meanwhile: boards run side by side in `qpy test`.
var collector struct {
	sync.Mutex
	stats debug.GCStats
	live  atomic.Int64 // bytes that lived at the end of the last collection that was seen to end
}

// userTunes reports whether the user has set the collector.
func userTunes() bool { return os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" }

// tuneGC sets the collector for a process that runs scripts.
func tuneGC() {
	debug.SetGCPercent(gcPercent)
	debug.SetMemoryLimit(memoryLimit)
}

var tuned sync.Once // by tuneGC

// scriptGC returns a board's Reclaim: it collects garbage and returns after how
// many bytes it wants to be called again. It is nil if the user has set the
// collector.
func scriptGC() func() int64 {
	if userTunes() {
		return nil
	}
	calls := 0
	return func() int64 {
		calls++
		switch calls {
		case 1:
			return tuneAfter
		case 2:
			tuned.Do(tuneGC)
			return firstStep
		}
		if collector.TryLock() {
			collect()
			collector.Unlock()
		}
		return step(collector.live.Load(), chip.InMemory())
	}
}

// step is after how many bytes to collect again when live bytes live, of which
// the content of flash chips is inFlash bytes. It may have grown a little since.
func step(live, inFlash int64) int64 {
	if inFlash >= muchInFlash {
		return besideMuch
	}
	return min(max(minStep, liveTimes*(live-inFlash)), maxStep)
}

// collect starts a collection, and waits until all is marked or for waits times
// waitTime. runtime.GC would sweep every span as well before it returns, and
// yield after each; here they are swept as they are needed.
func collect() {
	before := cycles()
	debug.SetGCPercent(1)
	runtime.KeepAlive(make([]byte, overGoal))
	for i := 0; i < waits && cycles() == before; i++ {
		time.Sleep(waitTime)
	}
	if cycles() != before {
		// The goal is now what lives and a little more. (The package runtime/metrics
		// would tell what lives, and costs every start as much as the script.)
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		collector.live.Store(int64(m.NextGC))
	}
	debug.SetGCPercent(gcPercent)
}

// cycles is how many collections have ended.
func cycles() int64 {
	debug.ReadGCStats(&collector.stats)
	return collector.stats.NumGC
}

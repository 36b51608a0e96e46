package scenario

import (
	"math"

	"qpy/device"
	"qpy/device/firmware"
	"qpy/device/flash"
)

// The blocks that a partition of the flash may have.
const (
	minBlocks = 6
	maxBlocks = 60_000
)

// parts are the parts of a flash, of which blocks can wear out.
func parts() []string {
	return append([]string{"usr", "bak", ".device"}, firmware.RegionNames[:]...)
}

// parseFlash reads [flash].
func parseFlash(t *table) device.Flash {
	var f device.Flash
	usr, _ := t.integer("usr_blocks", minBlocks, maxBlocks)
	bak, _ := t.integer("bak_blocks", minBlocks, maxBlocks)
	f.UsrBlocks, f.BakBlocks = int(usr), int(bak)
	f.Timing.Program, _ = t.duration("program")
	f.Timing.Erase, _ = t.duration("erase")
	endurance, _ := t.integer("endurance", 1, math.MaxUint32)
	f.Endurance = uint32(endurance)
	for _, w := range t.list("worn") {
		worn := parseBlock(w)
		erases, _ := w.integer("erases", 0, math.MaxUint32)
		worn.Erases = uint32(erases)
		f.Worn = append(f.Worn, worn)
		w.close()
	}
	t.close()
	return f
}

// parseBlock reads which erase block it is. How many there are is seen when the
// flash is made: it depends on the model.
func parseBlock(t *table) flash.Worn {
	w := flash.Worn{Part: choice(t, "part", parts())}
	if !t.has("part") {
		t.bad("part", "it is missing; there is %s", words(parts()))
	}
	block, _ := t.integer("block", 0, math.MaxInt32)
	w.Block = int(block)
	if !t.has("block") {
		t.bad("block", "it is missing; give the number of an erase block, from 0")
	}
	return w
}

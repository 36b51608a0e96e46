package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestStepToTheNextCollection(t *testing.T) {
	const mib = 1 << 20
	assert.EqualValues(t, 16*mib, step(1*mib, 0))
	assert.EqualValues(t, 60*mib, step(20*mib, 0), "three times what lives")
	assert.EqualValues(t, 54*mib, step(20*mib, 2*mib), "beside the flash")
	assert.EqualValues(t, 96*mib, step(300*mib, 0))
	assert.EqualValues(t, 4*mib, step(50*mib, 48*mib))
}

func TestScriptGCCollectsAtItsSecondCall(t *testing.T) {
	saved := collector
	t.Cleanup(func() { collector = saved; tuneGC() })
	collector.off, collector.started = false, false

	const cycles = "/gc/cycles/total:gc-cycles"
	before := gcMetric(cycles)
	assert.EqualValues(t, firstStep, scriptGC(), "nothing is garbage yet")
	next := scriptGC()
	assert.GreaterOrEqual(t, next, int64(besideMuch))
	assert.LessOrEqual(t, next, int64(maxStep))
	assert.Eventually(t, func() bool { return gcMetric(cycles) > before }, time.Minute, time.Millisecond)

	collector.off = true
	assert.Greater(t, scriptGC(), int64(1)<<40, "whoever sets GOGC is left alone")
}

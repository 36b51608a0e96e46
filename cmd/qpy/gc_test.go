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

func TestScriptGCCollectsFromItsThirdCallOn(t *testing.T) {
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
	reclaim := scriptGC()

	collector.Lock()
	before := cycles()
	collector.Unlock()
	assert.EqualValues(t, tuneAfter, reclaim(), "nothing is allocated yet")
	assert.EqualValues(t, firstStep, reclaim(), "little is garbage yet")
	next := reclaim()
	assert.GreaterOrEqual(t, next, int64(besideMuch))
	assert.LessOrEqual(t, next, int64(maxStep))
	assert.Eventually(t, func() bool {
		collector.Lock()
		defer collector.Unlock()
		return cycles() > before
	}, time.Minute, time.Millisecond)
	assert.Less(t, collector.live.Load(), int64(1<<30), "a plausible number")
}

func TestWhoeverSetsTheCollectorIsLeftAlone(t *testing.T) {
	t.Setenv("GOGC", "200")
	assert.Nil(t, scriptGC())
}

package main

import (
	"testing"

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

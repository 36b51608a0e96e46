package main

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestMedian(t *testing.T) {
	assert.Equal(t, 2.0, median([]float64{9, 1, 2}))
	assert.Equal(t, 2.5, median([]float64{4, 2, 3, 1}))
	assert.Equal(t, 7.0, median([]float64{7}))
	assert.True(t, math.IsNaN(median(nil)))

	given := []float64{3, 1, 2}
	median(given)
	assert.Equal(t, []float64{3, 1, 2}, given, "the samples keep their order")
}

func TestGeomean(t *testing.T) {
	assert.InDelta(t, 2.0, geomean([]float64{1, 4}), 1e-12)
	assert.InDelta(t, 1.0, geomean([]float64{0.25, 4, 1}), 1e-12)
	assert.True(t, math.IsNaN(geomean(nil)))
	assert.True(t, math.IsNaN(geomean([]float64{1, 0})))
}

func TestMeasureOfSample(t *testing.T) {
	s := sample{Wall: 1, User: 0.5, Sys: 0.25, Timed: 0.75, Own: 40}
	assert.Equal(t, 1.0, wall.of(s))
	assert.Equal(t, 0.5, user.of(s))
	assert.Equal(t, 0.75, cpu.of(s))
	assert.Equal(t, 0.75, timed.of(s))
	assert.True(t, timed.known())
	assert.False(t, measure("real").known())
}

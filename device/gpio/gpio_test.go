package gpio_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy/device/gpio"
)

func TestLevels(t *testing.T) {
	b := gpio.New()
	assert.Equal(t, gpio.Input, b.Direction(5))
	assert.Zero(t, b.Level(5), "it floats")
	b.Set(5, 1)
	assert.Zero(t, b.Level(5), "an input keeps the level for later")
	b.SetDirection(5, gpio.Output)
	assert.Equal(t, 1, b.Level(5))
	b.Drive(5, 0)
	assert.Equal(t, 1, b.Level(5), "an output is stronger than what drives it")

	b.SetUp(6, gpio.Input, gpio.PullUp, 0)
	assert.Equal(t, 1, b.Level(6))
	b.Drive(6, 0)
	assert.Zero(t, b.Level(6))
	b.Float(6)
	assert.Equal(t, 1, b.Level(6))
	b.Release(6)
	assert.Zero(t, b.Level(6))
}

func TestEdges(t *testing.T) {
	b := gpio.New()
	var edges []int
	b.Watch(7, func(level int) { edges = append(edges, level) })
	b.Drive(7, 1)
	b.Drive(7, 1)
	b.SetUp(7, gpio.Input, gpio.PullUp, 0)
	b.Float(7)
	b.SetUp(7, gpio.Input, gpio.PullDown, 0)
	b.Drive(8, 1)
	b.Watch(7, nil)
	b.Drive(7, 1)
	assert.Equal(t, []int{1, 0}, edges)
}

func TestNumbers(t *testing.T) {
	assert.NoError(t, gpio.Check(0))
	assert.NoError(t, gpio.Check(gpio.Highest))
	assert.ErrorContains(t, gpio.Check(-1), "there is no pin -1; pins are 0 to 50")
	assert.Error(t, gpio.Check(gpio.Highest+1))
}

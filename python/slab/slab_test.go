package slab

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNextGivesZeroedObjectsOfTheirOwn(t *testing.T) {
	var s Slab[[2]int]
	seen := map[*[2]int]bool{}
	blocks := 0
	for i := range 100 {
		if s.Empty() {
			blocks++
		}
		x := s.Next(16)
		assert.Equal(t, [2]int{}, *x)
		assert.False(t, seen[x], "object %d was handed out before", i)
		seen[x] = true
		*x = [2]int{i, i}
	}
	assert.Equal(t, 8, blocks, "blocks of 4, 12, and six of 16")
}

func BenchmarkNext(b *testing.B) {
	var s Slab[[3]*int]
	var last *[3]*int
	for b.Loop() {
		last = s.Next(32)
	}
	_ = last
}

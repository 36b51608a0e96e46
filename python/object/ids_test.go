package object

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestIDStaysWithItsObject(t *testing.T) {
	in := NewInterp(Generic())
	list := NewList(nil).Value()
	id := in.ID(list)
	for range 10_000 {
		assert.NotEqual(t, id, in.ID(NewList(nil).Value()))
	}
	runtime.GC()
	assert.Equal(t, id, in.ID(list))
	assert.Equal(t, in.ID(IntType.Value()), in.ID(IntType.Value()))
	assert.Equal(t, uint64(11), in.ID(Int(5)))
	assert.Equal(t, in.ID(Float(1.5)), in.ID(Float(1.5)))
	assert.NotEqual(t, in.ID(Float(1.5)), in.ID(Float(2.5)))
	assert.NotEqual(t, in.ID(True), in.ID(False))
}

// What has no place for its number is forgotten when it is garbage.
func TestIDsOfGarbageAreForgotten(t *testing.T) {
	in := NewInterp(Generic())
	for i := range 50_000 {
		in.ID(NewList(nil).Value())
		if i%1000 == 0 {
			runtime.GC()
		}
	}
	assert.Less(t, len(in.ids.live), 10_000)
}

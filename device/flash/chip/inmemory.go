package chip

import (
	"runtime"
	"sync/atomic"
)

// inMemory is what the cells of all chips of this process take, in bytes.
var inMemory atomic.Int64

// InMemory is how many bytes of this process's memory are the content of flash
// chips: a part of the Go heap that makes no garbage. Content that chips share
// counts once.
func InMemory() int64 { return inMemory.Load() }

// newCell makes the cell of an erased block.
func newCell(owner *memory, bits []byte) *cell {
	c := &cell{owner, bits}
	size := int64(len(bits))
	inMemory.Add(size)
	runtime.AddCleanup(c, func(size int64) { inMemory.Add(-size) }, size)
	return c
}

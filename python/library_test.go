package python_test

import (
	"sync"
	"testing"

	"github.com/go-python/gpython/py"
	"github.com/stretchr/testify/assert"

	"qpy/python"
)

// Boards run side by side, and each may be the first to import another module:
// what gpython keeps of new types for the whole process has no lock of its own.
func TestNativeModulesAreMadeOneAtATime(t *testing.T) {
	modules := make([]python.Module, 64)
	types := make([]*py.Type, len(modules))
	for i := range modules {
		modules[i] = python.Module{Native: func() *py.ModuleImpl {
			types[i] = py.NewType("new", "")
			return &py.ModuleImpl{Info: py.ModuleInfo{Name: "made_at_once"}}
		}}
	}
	var wait sync.WaitGroup
	for i := range modules {
		wait.Go(modules[i].Ready)
	}
	wait.Wait()
	assert.NotContains(t, types, (*py.Type)(nil))
}

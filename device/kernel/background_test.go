package kernel

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// Work in the background lets virtual time go by the wall clock, as long as it
// is open.
func TestBackgroundKeepsPace(t *testing.T) {
	clock := newFakeClock()
	k := New(Options{Clock: clock})
	start := clock.Now()
	run(t, k, func(task *Task) {
		assert.NoError(t, task.Sleep(time.Hour))
		assert.Zero(t, clock.Now().Sub(start), "virtual time jumps")
		x := k.Background("connection")
		assert.NoError(t, task.Sleep(time.Minute))
		assert.Equal(t, time.Minute, clock.Now().Sub(start))
		x.Done()
		assert.NoError(t, task.Sleep(time.Millisecond)) // lets Done arrive
		before := clock.Now()
		assert.NoError(t, task.Sleep(time.Hour))
		assert.Equal(t, before, clock.Now())
	})
	assert.Equal(t, 2*time.Hour+time.Minute+time.Millisecond, k.Now())
}

// What comes from outside happens at once, at the time that it is by then.
func TestBackgroundPosts(t *testing.T) {
	k := New(Options{Clock: newFakeClock()})
	var q Queue
	run(t, k, func(task *Task) {
		x := k.Background("connection")
		x.Go(func(context.Context) { x.Post(func() { q.Wake() }) })
		woken, err := task.Wait(&q, -1, "data", HoldCallbacks)
		assert.NoError(t, err)
		assert.True(t, woken)
	})
	assert.Zero(t, k.Now())
}

// It does not keep the run going, and ends with it.
func TestBackgroundEndsWithTheRun(t *testing.T) {
	k := New(Options{})
	ended := false
	run(t, k, func(*Task) {
		k.Background("connection").Go(func(ctx context.Context) {
			<-ctx.Done()
			ended = true
		})
	})
	assert.True(t, ended)
}

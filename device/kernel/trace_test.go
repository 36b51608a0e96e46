package kernel

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// A boot goes on where the one before it ended.
func TestBeginIsAnotherBoot(t *testing.T) {
	start := time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)
	k := New(Options{Start: start, Begin: time.Hour, Rate: 1000})
	assert.Equal(t, time.Hour, k.Now())
	assert.Zero(t, k.Uptime())
	var at time.Duration
	k.After(time.Second, "e", func() { at = k.Now() })
	run(t, k, func(task *Task) {
		assert.NoError(t, k.Charge(500))
		assert.Equal(t, 500*time.Millisecond, k.Uptime())
		assert.NoError(t, task.Sleep(time.Minute))
	})
	assert.Equal(t, time.Hour+time.Second, at, "a delay counts from now")
	assert.Equal(t, time.Hour+time.Minute+500*time.Millisecond, k.Now())
	assert.Equal(t, start.Add(k.Now()), k.RTC())
}

func TestBootsHaveRandomNumbersOfTheirOwn(t *testing.T) {
	draw := func(boot int) uint64 { return New(Options{Seed: 3, Boot: boot}).Rand().Uint64() }
	assert.Equal(t, draw(0), New(Options{Seed: 3}).Rand().Uint64())
	assert.Equal(t, draw(1), draw(1))
	assert.NotEqual(t, draw(0), draw(1))
	assert.NotEqual(t, draw(1), draw(2))
}

func TestTrace(t *testing.T) {
	var lines []string
	trace := func(at time.Duration, source, what string) {
		lines = append(lines, fmt.Sprintf("%v %s: %s", at, source, what))
	}
	program := func(trace func(time.Duration, string, string)) time.Duration {
		k := New(Options{Rate: 1000, Trace: trace})
		var q Queue
		k.After(2*time.Second, "alarm", func() { k.Schedule(func() {}) })
		k.After(3*time.Second, "tick", func() { q.Wake() })
		k.Spawn("worker", func(task *Task) {
			_, _ = task.Wait(&q, time.Second, "lock 1", HoldCallbacks)
			_, _ = task.Wait(&q, -1, "lock 1", HoldCallbacks)
		})
		k.Spawn("victim", func(task *Task) { _, _ = task.Wait(&q, -1, "lock 1", HoldCallbacks) }).Kill()
		err := k.Run(t.Context(), func(task *Task) {
			assert.NoError(t, k.Charge(10))
			assert.NoError(t, task.Sleep(4*time.Second))
			k.Interrupt(errors.New("Ctrl-C"))
			assert.Error(t, task.Sleep(time.Hour))
			k.Halt(errors.New("power-down"))
		})
		assert.EqualError(t, err, "power-down")
		return k.Now()
	}
	ended := program(trace)
	assert.Equal(t, []string{
		`0s task 1 "worker": is made`,
		`0s task 2 "victim": is made`,
		`0s task 2 "victim": ends`,
		`1.01s task 1 "worker": waited in vain: lock 1`,
		`2s event: alarm`,
		`2s task 0 "main": runs a callback`,
		`3s event: tick`,
		`3s task 1 "worker": goes on: lock 1`,
		`3s task 1 "worker": ends`,
		`4.01s task 0 "main": goes on: the end of a sleep`,
		`4.01s task 0 "main": interrupted: the end of a sleep`,
		`4.01s kernel: ends: power-down`,
		`4.01s task 0 "main": ends`,
	}, lines)
	assert.Equal(t, ended, program(nil), "being watched changes nothing")
}

package kernel

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// diary is what happened, line by line, each with its device time.
type diary struct {
	k     *Kernel
	lines []string
}

func (d *diary) note(format string, args ...any) {
	d.lines = append(d.lines, fmt.Sprintf("%v ", d.k.Now())+fmt.Sprintf(format, args...))
}

func newDiary(o Options) *diary { return &diary{k: New(o)} }

func run(t *testing.T, k *Kernel, main func(*Task)) {
	t.Helper()
	require.NoError(t, k.Run(context.Background(), main))
}

func TestSleepJumps(t *testing.T) {
	start := time.Date(2022, 3, 4, 5, 6, 7, 0, time.UTC)
	k := New(Options{Start: start})
	run(t, k, func(task *Task) {
		assert.Equal(t, start, k.RTC())
		assert.NoError(t, task.Sleep(40*time.Second))
		assert.Equal(t, 40*time.Second, k.Now())
		assert.Equal(t, start.Add(40*time.Second), k.RTC())
		assert.NoError(t, task.Sleep(-time.Second))
		assert.Equal(t, 40*time.Second, k.Now(), "a sleep into the past takes no time")
	})
}

// What passes before Run is before power-on; what passes after it counts.
func TestPassOutsideOfRun(t *testing.T) {
	k := New(Options{Begin: time.Second})
	k.Pass(2 * time.Second)
	assert.Equal(t, 3*time.Second, k.Now())
	assert.Zero(t, k.Uptime())
	require.NoError(t, k.Run(context.Background(), func(task *Task) { assert.NoError(t, task.Sleep(time.Second)) }))
	k.Pass(time.Minute)
	assert.Equal(t, 64*time.Second, k.Now())
	assert.Equal(t, 61*time.Second, k.Uptime())
}

func TestTimeHasAnEnd(t *testing.T) {
	k := New(Options{})
	run(t, k, func(task *Task) {
		assert.NoError(t, task.Sleep(time.Second))
		assert.NoError(t, task.Sleep(1<<63-1))
		assert.Equal(t, time.Duration(1<<63-1), k.Now())
		assert.NoError(t, task.Sleep(time.Second))
		assert.Equal(t, time.Duration(1<<63-1), k.Now())
	})
}

func TestEventsInOrder(t *testing.T) {
	d := newDiary(Options{})
	for i, at := range []int{5, 3, 5, 1, 3, 0, -1} {
		d.k.After(time.Duration(at)*time.Second, "e", func() {
			assert.Nil(t, d.k.Current())
			d.note("event %d", i)
		})
	}
	run(t, d.k, func(*Task) { d.note("main") })
	assert.Equal(t, []string{
		"0s main", "0s event 5", "0s event 6", "1s event 3", "3s event 1", "3s event 4", "5s event 0", "5s event 2",
	}, d.lines)
}

func TestEventCancel(t *testing.T) {
	d := newDiary(Options{})
	var events []*Event
	for i := range 50 {
		events = append(events, d.k.After(time.Duration(i*7%50), "e", func() { d.lines = append(d.lines, fmt.Sprint(i*7%50)) }))
	}
	for i, e := range events {
		if i*7%50%3 != 0 {
			assert.True(t, e.Pending())
			assert.True(t, e.Cancel())
			assert.False(t, e.Cancel())
			assert.False(t, e.Pending())
		}
	}
	run(t, d.k, func(*Task) {})
	var want []string
	for i := 0; i < 50; i += 3 {
		want = append(want, fmt.Sprint(i))
	}
	assert.Equal(t, want, d.lines)
	assert.False(t, events[0].Cancel(), "it has happened")
	assert.Equal(t, 48*time.Nanosecond, d.k.Now(), "a cancelled event holds nothing up")
}

func TestEventAgain(t *testing.T) {
	k := New(Options{})
	var at []time.Duration
	var e *Event
	e = k.After(time.Second, "repeats", func() {
		if at = append(at, k.Now()); len(at) < 3 {
			e.Again(2 * time.Second)
		}
	})
	later := k.After(time.Second, "later", func() { at = append(at, -k.Now()) })
	later.Again(4 * time.Second)
	require.NoError(t, k.Run(context.Background(), func(*Task) {}))
	assert.Equal(t, []time.Duration{time.Second, 3 * time.Second, -4 * time.Second, 5 * time.Second}, at)
	assert.False(t, e.Pending())
}

func TestBackgroundEventsDoNotKeepRunAlive(t *testing.T) {
	d := newDiary(Options{})
	var tick func()
	tick = func() { d.note("tick"); d.k.AfterBackground(time.Second, "tick", tick) }
	d.k.AfterBackground(time.Second, "tick", tick)
	d.k.After(2500*time.Millisecond, "last", func() { d.note("last") })
	run(t, d.k, func(*Task) {})
	assert.Equal(t, []string{"1s tick", "2s tick", "2.5s last"}, d.lines)
}

func TestBackgroundEventWakesATask(t *testing.T) {
	k := New(Options{})
	var q Queue
	k.AfterBackground(time.Minute, "key", func() { q.Wake() })
	run(t, k, func(task *Task) {
		woken, err := task.Wait(&q, -1, "a key", HoldCallbacks)
		assert.NoError(t, err)
		assert.True(t, woken)
		assert.Equal(t, time.Minute, k.Now())
	})
}

func TestTasksTakeTurns(t *testing.T) {
	d := newDiary(Options{})
	loop := func(name string, step time.Duration) func(*Task) {
		return func(task *Task) {
			assert.Same(t, task, d.k.Current())
			for range 3 {
				d.note("%s", name)
				assert.NoError(t, task.Sleep(step))
			}
		}
	}
	run(t, d.k, func(task *Task) {
		assert.Equal(t, 0, task.ID())
		a := d.k.Spawn("a", loop("a", 2*time.Second))
		b := d.k.Spawn("b", loop("b", 3*time.Second))
		assert.Equal(t, []int{1, 2}, []int{a.ID(), b.ID()})
		assert.True(t, a.Alive())
		d.note("spawned")
		assert.NoError(t, task.Sleep(7*time.Second))
		assert.False(t, a.Alive())
		d.note("main ends")
	})
	assert.Equal(t, []string{
		"0s spawned", "0s a", "0s b", "2s a", "3s b", "4s a", "6s b", "7s main ends",
	}, d.lines)
	assert.Equal(t, 9*time.Second, d.k.Now(), "Run waits for the last task")
}

func TestQuantum(t *testing.T) {
	d := newDiary(Options{Quantum: 100, Rate: 1_000_000})
	busy := func(task *Task) {
		for range 4 {
			d.note("%s", task.Name())
			for range 10 {
				assert.NoError(t, d.k.Charge(5))
			}
		}
	}
	d.k.Spawn("a", busy)
	d.k.Spawn("b", busy)
	run(t, d.k, func(*Task) {})
	assert.Equal(t, []string{
		"0s a", "50µs a", "100µs b", "150µs b", "200µs a", "250µs a", "300µs b", "350µs b",
	}, d.lines)
}

func TestChargeMovesTimeExactly(t *testing.T) {
	for _, rate := range []int64{1, 3, 7, 999, 1_000_000, 123_456_789, 1_000_000_000} {
		k := New(Options{Rate: rate})
		run(t, k, func(*Task) {
			for range 3 * rate / max(rate/1000, 1) {
				assert.NoError(t, k.Charge(int(max(rate/1000, 1))))
			}
			n := 3 * rate / max(rate/1000, 1) * max(rate/1000, 1)
			want := time.Duration(float64(n) / float64(rate) * 1e9)
			assert.InDelta(t, want, k.Now(), 1, "rate %d", rate)
		})
	}
}

func TestEventsHappenAtTheirInstruction(t *testing.T) {
	d := newDiary(Options{Rate: 3_000_000, Quantum: 1000})
	d.k.After(10*time.Microsecond, "e", func() { d.note("event") })
	run(t, d.k, func(*Task) {
		for i := range 40 {
			assert.NoError(t, d.k.Charge(1))
			if n := len(d.lines); n > 0 {
				assert.Equal(t, 29, i, "30 instructions take 10 µs")
				break
			}
		}
		d.k.After(5*time.Microsecond, "e", func() { d.note("sooner than the last limit") })
		for range 15 {
			assert.Len(t, d.lines, 1)
			assert.NoError(t, d.k.Charge(1))
		}
		assert.Len(t, d.lines, 2)
	})
}

func TestBusyLoopSeesTheClockMove(t *testing.T) {
	k := New(Options{Rate: 1_000_000})
	run(t, k, func(*Task) {
		for k.Now() < time.Second {
			assert.NoError(t, k.Charge(10))
		}
		assert.Equal(t, time.Second, k.Now())
	})
}

func TestZeroRate(t *testing.T) {
	d := newDiary(Options{Quantum: 10})
	busy := func(task *Task) {
		for range 2 {
			d.note("%s", task.Name())
			assert.NoError(t, d.k.Charge(10))
		}
	}
	d.k.Spawn("a", busy)
	d.k.Spawn("b", busy)
	d.k.After(0, "now", func() { d.note("event") })
	run(t, d.k, busy)
	// The event is due before anything costs time, and happens at the first turn point.
	assert.Equal(t, []string{"0s main", "0s event", "0s a", "0s b", "0s main", "0s a", "0s b"}, d.lines)
}

func TestMisuse(t *testing.T) {
	k := New(Options{})
	var main *Task
	k.Spawn("other", func(*Task) {
		_, err := main.Wait(nil, 0, "nothing", HoldCallbacks)
		assert.ErrorIs(t, err, errNotRunning)
	})
	run(t, k, func(task *Task) {
		main = task
		assert.NoError(t, task.Sleep(time.Second))
	})
	assert.ErrorIs(t, k.Run(context.Background(), func(*Task) {}), ErrUsed)
}

func TestSeed(t *testing.T) {
	a, b, c := New(Options{Seed: 1}), New(Options{Seed: 1}), New(Options{Seed: 2})
	x := a.Rand().Uint64()
	assert.Equal(t, x, b.Rand().Uint64())
	assert.NotEqual(t, x, c.Rand().Uint64())
}

func TestDeadlock(t *testing.T) {
	k := New(Options{})
	var q Queue
	k.Spawn("worker", func(task *Task) {
		assert.NoError(t, task.Sleep(time.Second))
		_, _ = task.Wait(&q, -1, "semaphore 2", RunCallbacks)
		assert.Fail(t, "nobody wakes it")
	})
	err := k.Run(context.Background(), func(task *Task) {
		_, _ = task.Wait(&q, -1, "lock 1", HoldCallbacks)
		assert.Fail(t, "nobody wakes it")
	})
	var dead *Deadlock
	require.ErrorAs(t, err, &dead)
	assert.Equal(t, `deadlock: nothing will ever wake task 0 "main" (waits for lock 1), task 1 "worker" (waits for semaphore 2)`, err.Error())
	assert.Equal(t, time.Second, dead.At)
}

func TestDeadlockWithQueuedCallbacks(t *testing.T) {
	k := New(Options{})
	var q Queue
	k.Schedule(func() { assert.Fail(t, "the wait does not allow it") })
	err := k.Run(context.Background(), func(task *Task) {
		_, _ = task.Wait(&q, -1, "lock 1", HoldCallbacks)
	})
	assert.EqualError(t, err, `deadlock: nothing will ever wake task 0 "main" (waits for lock 1); callbacks queued: 1`)
}

func TestPanics(t *testing.T) {
	cause := errors.New("boom")
	k := New(Options{})
	k.Spawn("bad", func(*Task) { panic(cause) })
	err := k.Run(context.Background(), func(task *Task) { _ = task.Sleep(time.Hour); assert.Fail(t, "the run is over") })
	assert.EqualError(t, err, `internal error in task 1 "bad": boom`)
	assert.ErrorIs(t, err, cause)
	var p *Panic
	require.ErrorAs(t, err, &p)
	assert.Contains(t, string(p.Stack), "kernel_test.go")

	for _, where := range []string{"turn point", "wait"} {
		k = New(Options{Rate: 1000})
		k.After(time.Second, "bad", func() { panic("boom") })
		err = k.Run(context.Background(), func(task *Task) {
			for where == "turn point" {
				_ = k.Charge(1)
			}
			_ = task.Sleep(time.Hour)
			assert.Fail(t, "the run is over")
		})
		assert.EqualError(t, err, `internal error in event "bad": boom`, where)
	}

	k = New(Options{})
	k.Schedule(func() { panic("boom") })
	err = k.Run(context.Background(), func(task *Task) { _ = task.Sleep(time.Hour) })
	assert.EqualError(t, err, `internal error in task 0 "main": boom`)
}

// An event that ends the goroutine of a task must not hang the run, wherever the
// scheduler runs at that moment. (On main's it ends the test, as a failed assertion
// has to.)
func TestGoexitInEvent(t *testing.T) {
	for _, where := range []string{"turn point", "wait", "after the last task"} {
		k := New(Options{Rate: 1000})
		k.After(time.Second, "bad", func() { runtimeGoexit() })
		err := k.Run(context.Background(), func(*Task) {
			k.Spawn("other", func(task *Task) {
				switch where {
				case "turn point":
					for {
						_ = k.Charge(1)
					}
				case "wait":
					_ = task.Sleep(time.Hour)
				}
			})
		})
		assert.EqualError(t, err, `internal error in event "bad": it ended its goroutine`, where)
	}
}

// gauge counts the goroutines that run a task.
type gauge struct{ n atomic.Int64 }

func (g *gauge) count(fn func(*Task)) func(*Task) {
	return func(t *Task) {
		g.n.Add(1)
		defer g.n.Add(-1)
		fn(t)
	}
}

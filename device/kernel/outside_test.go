package kernel

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var errCtrlC = errors.New("ctrl-c")

func TestInterrupt(t *testing.T) {
	t.Run("busy", func(t *testing.T) {
		k := New(Options{})
		k.Spawn("thread", func(task *Task) { assert.NoError(t, task.Sleep(time.Hour)) })
		run(t, k, func(task *Task) {
			k.Interrupt(errCtrlC)
			assert.Same(t, errCtrlC, k.Charge(1))
			assert.NoError(t, k.Charge(1), "it comes once")
		})
	})
	t.Run("in another task's turn", func(t *testing.T) {
		k := New(Options{})
		k.Spawn("thread", func(*Task) {
			k.Interrupt(errCtrlC)
			for range 10 {
				assert.NoError(t, k.Charge(DefaultQuantum))
			}
		})
		run(t, k, func(task *Task) {
			assert.Same(t, errCtrlC, task.Sleep(time.Hour))
			assert.Zero(t, k.Now())
		})
	})
	t.Run("in the turn of a task whose calls are slow", func(t *testing.T) {
		k := New(Options{})
		charges := 0
		k.Spawn("thread", func(*Task) {
			k.Interrupt(errCtrlC)
			for k.Charge(1) == nil && charges < 100 {
				charges++
			}
		})
		run(t, k, func(task *Task) {
			assert.True(t, !k.Attention().Load())
			assert.Same(t, errCtrlC, task.Sleep(time.Hour))
			assert.Zero(t, charges, "the main task does not wait for the end of the quantum")
			assert.False(t, k.Attention().Load())
		})
	})
	t.Run("waiting", func(t *testing.T) {
		k := New(Options{})
		var q Queue
		k.After(time.Second, "key", func() { k.Interrupt(errCtrlC) })
		run(t, k, func(task *Task) {
			woken, err := task.Wait(&q, -1, "lock", HoldCallbacks)
			assert.Same(t, errCtrlC, err)
			assert.False(t, woken)
			assert.Equal(t, time.Second, k.Now())
			assert.Zero(t, q.Len())
			assert.NoError(t, task.Sleep(time.Second))
		})
	})
	t.Run("in a wait for the host", func(t *testing.T) {
		k := New(Options{})
		run(t, k, func(task *Task) {
			done := make(chan struct{})
			k.Interrupt(errCtrlC)
			assert.Same(t, errCtrlC, k.Await(done))
			go close(done)
			assert.NoError(t, k.Await(done))
		})
	})
	t.Run("in long native code", func(t *testing.T) {
		k := New(Options{})
		k.Spawn("thread", func(*Task) {
			k.Interrupt(errCtrlC)
			assert.NoError(t, k.Poll(), "it is the main task's")
		})
		due := false
		k.After(0, "due", func() { due = true })
		run(t, k, func(task *Task) {
			assert.NoError(t, k.Poll())
			assert.False(t, due, "nothing else happens")
			assert.Same(t, errCtrlC, task.Sleep(time.Hour))
			k.Interrupt(errCtrlC)
			assert.Same(t, errCtrlC, k.Poll())
			assert.NoError(t, k.Poll(), "it comes once")
		})
		assert.NoError(t, k.Poll(), "no task runs")
	})
	t.Run("in a callback", func(t *testing.T) {
		k := New(Options{})
		k.Schedule(func() { assert.Same(t, errCtrlC, k.Current().Sleep(time.Hour)) })
		k.After(time.Second, "key", func() { k.Interrupt(errCtrlC) })
		run(t, k, func(task *Task) { assert.NoError(t, task.Sleep(2*time.Second)) })
		assert.Equal(t, 2*time.Second, k.Now())
	})
	t.Run("a wake is not lost", func(t *testing.T) {
		k := New(Options{})
		var q Queue
		k.After(time.Second, "both", func() { q.Wake(); k.Interrupt(errCtrlC) })
		run(t, k, func(task *Task) {
			woken, err := task.Wait(&q, -1, "lock", HoldCallbacks)
			assert.True(t, woken)
			assert.NoError(t, err)
			assert.Same(t, errCtrlC, k.Charge(1))
		})
	})
	t.Run("after main", func(t *testing.T) {
		k := New(Options{})
		k.After(time.Second, "key", func() { k.Interrupt(errCtrlC) })
		k.After(2*time.Second, "callback", func() {
			k.Schedule(func() {
				assert.NoError(t, k.Current().Sleep(time.Second), "there was nobody to interrupt")
				k.Interrupt(errCtrlC)
				assert.Same(t, errCtrlC, k.Current().Sleep(time.Second))
			})
		})
		run(t, k, func(*Task) {})
	})
	t.Run("before Run", func(t *testing.T) {
		k := New(Options{})
		k.Interrupt(errCtrlC)
		run(t, k, func(task *Task) { assert.Same(t, errCtrlC, task.Sleep(time.Second)) })
	})
}

func TestCancelledContext(t *testing.T) {
	cause := errors.New("signal")
	t.Run("the program ends by itself", func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(context.Background())
		k := New(Options{})
		err := k.Run(ctx, func(task *Task) {
			x := k.External("keeps time from jumping")
			cancel(cause)
			assert.Same(t, ErrInterrupted, task.Sleep(time.Hour))
			x.Done()
		})
		assert.NoError(t, err)
	})
	t.Run("threads do not outlive main", func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(context.Background())
		k := New(Options{})
		x := k.External("never done")
		k.Spawn("thread", func(task *Task) { _ = task.Sleep(time.Hour); assert.Fail(t, "it is over") })
		err := k.Run(ctx, func(task *Task) {
			cancel(cause)
			assert.Same(t, ErrInterrupted, task.Sleep(time.Hour))
		})
		assert.Same(t, cause, err)
		assert.False(t, x.Post(func() {}))
	})
	t.Run("after the grace", func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(context.Background())
		clock := newFakeClock()
		k := New(Options{Clock: clock, Grace: 3 * time.Second})
		interrupts, seen := 0, make(chan struct{})
		clock.before = func(time.Duration) bool { <-seen; return true }
		err := k.Run(ctx, func(task *Task) {
			cancel(cause)
			for { // a script that catches KeyboardInterrupt and goes on
				if k.Charge(1) != nil {
					interrupts++
					close(seen)
				}
			}
		})
		assert.Same(t, cause, err)
		assert.Equal(t, 1, interrupts)
		assert.Equal(t, []time.Duration{3 * time.Second}, clock.timers)
	})
	t.Run("unused", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		assert.NoError(t, New(Options{}).Run(ctx, func(*Task) {}))
	})
	t.Run("it has ended before", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		k := New(Options{})
		assert.NoError(t, k.Run(ctx, func(*Task) { assert.Equal(t, ErrInterrupted, k.Await(nil)) }))
	})
}

// lazyContext notes that somebody wants to hear of its end.
type lazyContext struct {
	context.Context
	heard bool
}

func (c *lazyContext) Done() <-chan struct{} {
	c.heard = true
	return c.Context.Done()
}

// Many a program has ended before anybody could have pressed a key; what listens
// for one must not be set up for it.
func TestContextIsWatchedOnlyWhenTheProgramGoesOn(t *testing.T) {
	for name, c := range map[string]struct {
		main    func(k *Kernel, task *Task)
		watched bool
	}{
		"nothing":       {func(*Kernel, *Task) {}, false},
		"a few charges": {func(k *Kernel, _ *Task) { _ = k.Charge(10); _ = k.Charge(DefaultQuantum - 11) }, false},
		"a quantum":     {func(k *Kernel, _ *Task) { _ = k.Charge(DefaultQuantum) }, true},
		"a wait":        {func(_ *Kernel, task *Task) { _ = task.Sleep(0) }, true},
		"a poll":        {func(k *Kernel, _ *Task) { _ = k.Poll() }, true},
		"the host":      {func(k *Kernel, _ *Task) { k.Interrupt(errCtrlC); _ = k.Await(nil) }, true},
		"an event":      {func(k *Kernel, _ *Task) { k.After(time.Hour, "late", func() {}) }, true},
		"a thread":      {func(k *Kernel, _ *Task) { k.Spawn("thread", func(task *Task) { _ = task.Sleep(0) }) }, true},
	} {
		parent, cancel := context.WithCancel(context.Background())
		ctx := &lazyContext{Context: parent}
		k := New(Options{})
		assert.NoError(t, k.Run(ctx, func(task *Task) { c.main(k, task) }), name)
		assert.Equal(t, c.watched, ctx.heard, name)
		cancel()
	}
}

func TestExternalHoldsVirtualTime(t *testing.T) {
	d := newDiary(Options{})
	var got Queue
	run(t, d.k, func(task *Task) {
		assert.NoError(t, task.Sleep(time.Second))
		x := d.k.External("server")
		x.Go(func(context.Context) {
			for i := range 3 {
				assert.True(t, x.Post(func() { d.note("post %d", i) }))
			}
			x.Post(func() { got.Wake() })
		})
		d.k.Spawn("thread", func(task *Task) { assert.NoError(t, task.Sleep(time.Second)); d.note("thread") })
		woken, err := task.Wait(&got, time.Minute, "an answer", HoldCallbacks)
		assert.True(t, woken)
		assert.NoError(t, err)
		d.note("answer")
	})
	assert.Equal(t, []string{"1s post 0", "1s post 1", "1s post 2", "1s answer", "2s thread"}, d.lines)
}

func TestExternalKeepsRunAlive(t *testing.T) {
	k := New(Options{})
	posted := false
	release := make(chan struct{})
	run(t, k, func(*Task) {
		x := k.External("server")
		x.Go(func(context.Context) {
			<-release
			x.Post(func() { posted = true })
			x.Done()
			x.Done()
		})
		close(release)
	})
	assert.True(t, posted)
}

func TestRunEndsOutsideWork(t *testing.T) {
	k := New(Options{})
	ended := false
	err := k.Run(context.Background(), func(*Task) {
		x := k.External("server")
		x.Go(func(ctx context.Context) {
			<-ctx.Done()
			ended = true
			assert.False(t, x.Post(func() { assert.Fail(t, "the run is over") }))
		})
		k.Halt(errCtrlC)
	})
	assert.Same(t, errCtrlC, err)
	assert.True(t, ended, "Run waits for it")
}

func TestExternalReachesABusyProgram(t *testing.T) {
	k := New(Options{})
	answer := false
	run(t, k, func(*Task) {
		x := k.External("server")
		x.Go(func(context.Context) { x.Post(func() { answer = true }) })
		for !answer {
			assert.NoError(t, k.Charge(1))
		}
	})
}

// fakeClock passes time only when somebody waits for it, and then at once.
type fakeClock struct {
	mu     sync.Mutex
	now    time.Time
	timers []time.Duration
	late   time.Duration                  // by how much its timers are late
	asked  func()                         // called by Now
	before func(d time.Duration) (c bool) // called before a timer; false: it never ends
}

func newFakeClock() *fakeClock { return &fakeClock{now: time.Unix(1e9, 0)} }

func (c *fakeClock) Now() time.Time {
	c.mu.Lock()
	now := c.now
	asked := c.asked
	c.mu.Unlock()
	if asked != nil {
		asked()
	}
	return now
}

func (c *fakeClock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func (c *fakeClock) Timer(d time.Duration) (<-chan time.Time, func()) {
	ch := make(chan time.Time, 1)
	if c.before == nil || c.before(d) {
		c.pass(d + c.late)
		ch <- c.Now()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.timers = append(c.timers, d)
	return ch, func() {}
}

func TestRealTimeIsPaced(t *testing.T) {
	clock := newFakeClock()
	clock.late = time.Millisecond
	start := clock.now
	d := newDiary(Options{Real: true, Clock: clock})
	d.k.After(1500*time.Millisecond, "e", func() { d.note("event") })
	run(t, d.k, func(task *Task) {
		for range 3 {
			assert.NoError(t, task.Sleep(time.Second))
			d.note("main")
		}
	})
	assert.Equal(t, []string{"1s main", "1.5s event", "2s main", "3s main"}, d.lines)
	assert.Equal(t, []time.Duration{time.Second, 499 * time.Millisecond, 499 * time.Millisecond, 999 * time.Millisecond}, clock.timers,
		"a late timer does not make the next one late")
	assert.Equal(t, 3*time.Second+time.Millisecond, clock.now.Sub(start))
}

func TestRealTimeDoesNotRushAfterALongDelay(t *testing.T) {
	clock := newFakeClock()
	k := New(Options{Real: true, Clock: clock})
	run(t, k, func(task *Task) {
		assert.NoError(t, task.Sleep(time.Second))
		clock.pass(time.Hour) // a suspended laptop
		assert.NoError(t, task.Sleep(time.Second))
		assert.Equal(t, 2*time.Second, k.Now())
	})
	assert.Equal(t, []time.Duration{time.Second, time.Second}, clock.timers)
}

func TestRealTimeHoldsABusyProgram(t *testing.T) {
	clock := newFakeClock()
	start := clock.now
	k := New(Options{Real: true, Clock: clock, Rate: 1_000_000})
	run(t, k, func(task *Task) {
		for k.Now() < time.Second {
			assert.NoError(t, k.Charge(100))
		}
	})
	assert.InDelta(t, time.Second, clock.now.Sub(start), float64(maxLead))
}

func TestRealTimeOfAPost(t *testing.T) {
	clock := newFakeClock()
	k := New(Options{Real: true, Clock: clock})
	var answer Queue
	run(t, k, func(task *Task) {
		x := k.External("server")
		clock.before = func(d time.Duration) bool {
			clock.before = nil
			clock.pass(300 * time.Millisecond)
			x.Post(func() { answer.Wake() })
			return false
		}
		woken, err := task.Wait(&answer, time.Second, "an answer", HoldCallbacks)
		assert.NoError(t, err)
		assert.True(t, woken)
		assert.Equal(t, 300*time.Millisecond, k.Now())
		x.Done()
		assert.NoError(t, task.Sleep(time.Second))
		assert.Equal(t, 1300*time.Millisecond, k.Now())
	})
}

func TestRealTimeWaitsForOutsideWorkAlone(t *testing.T) {
	clock := newFakeClock()
	k := New(Options{Real: true, Clock: clock})
	var answer Queue
	run(t, k, func(task *Task) {
		x := k.External("server")
		idle := make(chan struct{}) // the scheduler looks at the clock before it waits
		clock.asked = func() { clock.asked = nil; close(idle) }
		x.Go(func(context.Context) {
			<-idle
			clock.pass(5 * time.Second)
			x.Post(func() { answer.Wake() })
		})
		_, err := task.Wait(&answer, -1, "an answer", HoldCallbacks)
		assert.NoError(t, err)
	})
	assert.Equal(t, 5*time.Second, k.Now())
}

// The host's clock works as it should; no time passes here.
func TestHostClock(t *testing.T) {
	k := New(Options{Real: true})
	run(t, k, func(task *Task) { assert.NoError(t, task.Sleep(time.Microsecond)) })
	assert.Equal(t, time.Microsecond, k.Now())
}

// story is a mix of everything, with random choices from the kernel's seed.
func story(t *testing.T, o Options) string {
	d := newDiary(o)
	k := d.k
	var q Queue
	var tick func()
	tick = func() {
		d.note("tick")
		k.Schedule(func() { d.note("callback on %s", k.Current().Name()); _ = k.Charge(k.Rand().IntN(300)) })
		k.AfterBackground(time.Duration(k.Rand().IntN(5000))*time.Microsecond, "tick", tick)
	}
	k.AfterBackground(0, "tick", tick)
	work := func(r *rand.Rand, rounds int) func(*Task) {
		return func(task *Task) {
			for i := range rounds {
				d.note("%s %d", task.Name(), i)
				switch r.IntN(5) {
				case 0:
					_ = task.Sleep(time.Duration(r.IntN(3000)) * time.Microsecond)
				case 1:
					woken, _ := task.Wait(&q, time.Duration(r.IntN(3000))*time.Microsecond, "q", WaitOption(r.IntN(2)))
					d.note("%s woken %v", task.Name(), woken)
				case 2:
					q.Wake()
				default:
					for range r.IntN(100) {
						_ = k.Charge(r.IntN(50))
					}
				}
			}
		}
	}
	var tasks []*Task
	for i := range 6 {
		tasks = append(tasks, k.Spawn(fmt.Sprintf("task%d", i), work(k.Rand(), 20)))
	}
	k.After(20*time.Millisecond, "kill", func() { d.note("kill"); tasks[3].Kill() })
	k.After(80*time.Millisecond, "halt", func() { d.note("halt"); k.Halt(errCtrlC) })
	require.Same(t, errCtrlC, k.Run(context.Background(), work(k.Rand(), 8)))
	return strings.Join(d.lines, "\n")
}

func TestSameStoryEveryTime(t *testing.T) {
	o := Options{Seed: 7, Rate: 1_000_000, Quantum: 200}
	first := story(t, o)
	require.Greater(t, strings.Count(first, "\n"), 100)
	for _, part := range []string{"callback on main", "callback on task", "callback on idle", "woken true", "woken false", "kill", "halt"} {
		assert.Contains(t, first, part)
	}
	for range 100 {
		require.Equal(t, first, story(t, o))
	}
	o.Real, o.Clock = true, newFakeClock()
	assert.Equal(t, first, story(t, o), "real time brings the same events in the same order")
	o.Seed = 8
	assert.NotEqual(t, first, story(t, o))
}

package kernel

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func runtimeGoexit() { runtime.Goexit() }

func TestKill(t *testing.T) {
	d := newDiary(Options{Quantum: 10, Rate: 1000})
	var g gauge
	var q Queue
	victim := func(wait func(*Task)) func(*Task) {
		return g.count(func(task *Task) {
			defer d.note("%s ends", task.Name())
			wait(task)
			assert.Fail(t, "it never returns")
		})
	}
	sleeper := d.k.Spawn("sleeper", victim(func(task *Task) { _ = task.Sleep(time.Hour) }))
	waiter := d.k.Spawn("waiter", victim(func(task *Task) { _, _ = task.Wait(&q, -1, "q", HoldCallbacks) }))
	busy := d.k.Spawn("busy", victim(func(task *Task) {
		for {
			_ = d.k.Charge(1)
		}
	}))
	suicide := d.k.Spawn("suicide", victim(func(task *Task) { task.Kill() }))
	run(t, d.k, func(task *Task) {
		assert.NoError(t, task.Sleep(time.Second))
		assert.False(t, suicide.Alive())
		never := d.k.Spawn("never", func(*Task) { assert.Fail(t, "it was killed before it ran") })
		for _, v := range []*Task{sleeper, waiter, busy, never} {
			assert.True(t, v.Alive())
			v.Kill()
			assert.False(t, v.Alive())
			v.Kill()
		}
		assert.Zero(t, q.Len())
		d.note("killed")
	})
	assert.Equal(t, []string{"10ms suicide ends", "1s killed", "1s busy ends", "1s sleeper ends", "1s waiter ends"}, d.lines)
	assert.Zero(t, g.n.Load())
}

// Main runs on the goroutine that calls Run, which gets it back whoever ends main, and
// whatever main is doing.
func TestMainLeavesItsGoroutine(t *testing.T) {
	for name, end := range map[string]func(k *Kernel, main *Task){
		"a thread halts the device": func(k *Kernel, _ *Task) {
			k.Spawn("thread", func(*Task) { k.Halt(errCtrlC) })
		},
		"an event halts the device": func(k *Kernel, _ *Task) {
			k.After(time.Second, "supply", func() { k.Halt(errCtrlC) })
		},
		"main halts the device": func(k *Kernel, _ *Task) { k.Halt(errCtrlC) },
		"main kills itself": func(k *Kernel, main *Task) {
			k.Spawn("thread", func(task *Task) { _ = task.Sleep(time.Second); k.Halt(errCtrlC) })
			main.Kill()
		},
		"a thread kills main": func(k *Kernel, main *Task) {
			k.Spawn("thread", func(task *Task) { main.Kill(); _ = task.Sleep(time.Second); k.Halt(errCtrlC) })
		},
	} {
		for _, wait := range []func(*Kernel, *Task){
			func(_ *Kernel, main *Task) { _ = main.Sleep(time.Hour) },
			func(k *Kernel, _ *Task) { _ = k.Charge(1) },
			func(k *Kernel, _ *Task) { _ = k.Poll() },
		} {
			k := New(Options{Rate: 10, Quantum: 10})
			var g gauge
			k.Spawn("other", g.count(func(task *Task) { _ = task.Sleep(time.Hour) }))
			said := 0
			err := k.Run(context.Background(), g.count(func(main *Task) {
				defer func() { said++ }()
				end(k, main)
				for {
					wait(k, main)
					_ = k.Charge(1)
				}
			}))
			assert.Same(t, errCtrlC, err, name)
			assert.Equal(t, 1, said, name)
			assert.Zero(t, g.n.Load(), name)
		}
	}
}

func TestDeferredFunctionsOfAnEndingTaskDoNotWait(t *testing.T) {
	d := newDiary(Options{})
	victim := d.k.Spawn("victim", func(task *Task) {
		defer d.note("outer")
		defer func() {
			d.note("inner")
			_ = task.Sleep(time.Hour)
			assert.Fail(t, "a killed task does not come back from a wait")
		}()
		defer func() {
			_ = d.k.Charge(1)
			assert.Fail(t, "nor from a turn point")
		}()
		_ = task.Sleep(time.Hour)
	})
	run(t, d.k, func(task *Task) {
		assert.NoError(t, task.Sleep(time.Second))
		victim.Kill()
	})
	assert.Equal(t, []string{"1s inner", "1s outer"}, d.lines)
}

func TestWakeOfAKilledTaskIsPassedOn(t *testing.T) {
	k := New(Options{})
	var q Queue
	first := k.Spawn("first", func(task *Task) {
		_, _ = task.Wait(&q, -1, "q", HoldCallbacks)
		assert.Fail(t, "it was killed")
	})
	second := false
	k.Spawn("second", func(task *Task) {
		second, _ = task.Wait(&q, -1, "q", HoldCallbacks)
	})
	run(t, k, func(task *Task) {
		assert.NoError(t, task.Sleep(0))
		assert.Equal(t, 2, q.Len())
		assert.True(t, q.Wake())
		first.Kill()
	})
	assert.True(t, second)
}

func TestEventKillsTheTaskAtWhoseTurnPointItHappens(t *testing.T) {
	k := New(Options{Rate: 1000})
	ended := time.Duration(0)
	victim := k.Spawn("victim", func(task *Task) {
		defer func() { ended = k.Now() }()
		for {
			_ = k.Charge(1)
		}
	})
	k.After(5*time.Millisecond, "kill", func() { victim.Kill() })
	run(t, k, func(*Task) {})
	assert.Equal(t, 5*time.Millisecond, ended)
}

func TestHalt(t *testing.T) {
	reason := errors.New("restart")
	for name, halt := range map[string]func(*Kernel, *Task){
		"by main":            func(k *Kernel, _ *Task) { k.Halt(reason) },
		"by event in a wait": func(k *Kernel, task *Task) { k.After(1, "halt", func() { k.Halt(reason) }); _ = task.Sleep(2) },
		"by event at a turn point": func(k *Kernel, task *Task) {
			k.After(1, "halt", func() { k.Halt(reason) })
			for {
				_ = k.Charge(1)
			}
		},
		"by callback": func(k *Kernel, task *Task) { k.Schedule(func() { k.Halt(reason) }); _ = task.Sleep(2) },
		"by a post": func(k *Kernel, task *Task) {
			x := k.External("x")
			x.Go(func(context.Context) { x.Post(func() { k.Halt(reason) }) })
			_ = task.Sleep(2)
		},
	} {
		t.Run(name, func(t *testing.T) {
			k := New(Options{Rate: 1e9})
			var g gauge
			var q Queue
			ends := 0
			for range 3 {
				k.Spawn("waiter", g.count(func(task *Task) {
					defer func() { ends++ }()
					_, _ = task.Wait(&q, -1, "q", HoldCallbacks)
					assert.Fail(t, "it is over")
				}))
			}
			k.Spawn("again", g.count(func(task *Task) {
				defer func() {
					k.Spawn("posthumous", func(*Task) { assert.Fail(t, "nothing starts any more") })
					assert.False(t, k.Schedule(func() {}))
					q.WakeAll()
				}()
				_ = task.Sleep(time.Hour)
			}))
			err := k.Run(context.Background(), g.count(func(task *Task) {
				assert.NoError(t, task.Sleep(0))
				assert.NoError(t, task.Sleep(0))
				k.After(time.Nanosecond*3, "late", func() { assert.Fail(t, "no event after the halt") })
				halt(k, task)
				assert.Fail(t, "it is over")
			}))
			assert.Same(t, reason, err)
			assert.Equal(t, 3, ends)
			assert.Zero(t, g.n.Load())
		})
	}
}

func TestFirstReasonCounts(t *testing.T) {
	k := New(Options{})
	one := errors.New("one")
	err := k.Run(context.Background(), func(*Task) {
		defer k.Halt(errors.New("two"))
		k.Halt(one)
	})
	assert.Same(t, one, err)
}

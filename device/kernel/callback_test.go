package kernel

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestWaitAndWake(t *testing.T) {
	d := newDiary(Options{})
	var q Queue
	for _, name := range []string{"a", "b", "c"} {
		d.k.Spawn(name, func(task *Task) {
			woken, err := task.Wait(&q, 2*time.Second, "q", HoldCallbacks)
			assert.NoError(t, err)
			d.note("%s %v", name, woken)
		})
	}
	run(t, d.k, func(task *Task) {
		assert.False(t, q.Wake(), "nobody waits yet")
		assert.NoError(t, task.Sleep(time.Second))
		assert.Equal(t, 3, q.Len())
		assert.True(t, q.Wake())
		assert.NoError(t, task.Sleep(5*time.Second))
		assert.Zero(t, q.WakeAll())
	})
	assert.Equal(t, []string{"1s a true", "2s b false", "2s c false"}, d.lines)
}

func TestWakeAll(t *testing.T) {
	d := newDiary(Options{})
	var q Queue
	for range 3 {
		d.k.Spawn("w", func(task *Task) {
			woken, _ := task.Wait(&q, -1, "q", HoldCallbacks)
			d.note("%d %v", task.ID(), woken)
		})
	}
	run(t, d.k, func(task *Task) {
		assert.NoError(t, task.Sleep(time.Second))
		assert.Equal(t, 3, q.WakeAll())
	})
	assert.Equal(t, []string{"1s 1 true", "1s 2 true", "1s 3 true"}, d.lines)
}

func TestWaitOfNoTimeGivesTheTurnAway(t *testing.T) {
	d := newDiary(Options{})
	var q Queue
	d.k.Spawn("other", func(*Task) { d.note("other") })
	run(t, d.k, func(task *Task) {
		woken, err := task.Wait(&q, 0, "q", HoldCallbacks)
		assert.NoError(t, err)
		assert.False(t, woken)
		d.note("main")
	})
	assert.Equal(t, []string{"0s other", "0s main"}, d.lines)
}

func TestTasksThatWakeEachOtherDoNotHoldUpEvents(t *testing.T) {
	k := New(Options{})
	var ping, pong Queue
	stop := false
	k.Spawn("pong", func(task *Task) {
		for !stop {
			ping.Wake()
			_, _ = task.Wait(&pong, -1, "pong", HoldCallbacks)
		}
		ping.Wake()
	})
	run(t, k, func(task *Task) {
		assert.NoError(t, task.Sleep(0))
		k.After(0, "stop", func() { stop = true })
		for rounds := 0; !stop; rounds++ {
			assert.Less(t, rounds, 10)
			pong.Wake()
			_, _ = task.Wait(&ping, -1, "ping", HoldCallbacks)
		}
		pong.Wake()
	})
}

func TestCallbacksRunInASleep(t *testing.T) {
	d := newDiary(Options{})
	d.k.After(time.Second, "e", func() {
		for i := range 3 {
			assert.True(t, d.k.Schedule(func() { d.note("callback %d on %s", i, d.k.Current().Name()) }))
		}
	})
	run(t, d.k, func(task *Task) {
		assert.NoError(t, task.Sleep(3*time.Second))
		d.note("awake")
	})
	assert.Equal(t, []string{"1s callback 0 on main", "1s callback 1 on main", "1s callback 2 on main", "3s awake"}, d.lines)
}

func TestCallbacksStayOutOfNativeCalls(t *testing.T) {
	d := newDiary(Options{Rate: 1000})
	var q Queue
	d.k.After(time.Second, "e", func() { d.k.Schedule(func() { d.note("callback on %s", d.k.Current().Name()) }) })
	run(t, d.k, func(task *Task) {
		_, err := task.Wait(&q, 3*time.Second, "a native call", HoldCallbacks)
		assert.NoError(t, err)
		d.note("native call ends")
		assert.NoError(t, d.k.Charge(1))
		d.note("next statement")
	})
	assert.Equal(t, []string{"3s native call ends", "3.001s callback on main", "3.001s next statement"}, d.lines)
}

// While main sits in a native call another sleeping task serves the queue.
func TestCallbacksRunOnAnotherTask(t *testing.T) {
	d := newDiary(Options{})
	var q Queue
	d.k.After(time.Second, "e", func() { d.k.Schedule(func() { d.note("callback on %s", d.k.Current().Name()) }) })
	d.k.Spawn("native", func(task *Task) { _, _ = task.Wait(nil, 5*time.Second, "a native call", HoldCallbacks) })
	d.k.Spawn("sleeper", func(task *Task) { assert.NoError(t, task.Sleep(4*time.Second)); d.note("sleeper awake") })
	run(t, d.k, func(task *Task) { _, _ = task.Wait(&q, 3*time.Second, "a native call", HoldCallbacks) })
	assert.Equal(t, []string{"1s callback on sleeper", "4s sleeper awake"}, d.lines)
}

func TestCallbackMayWaitAndTheNextIsHeld(t *testing.T) {
	d := newDiary(Options{Rate: 1000})
	var q Queue
	d.k.After(time.Second, "e", func() {
		d.k.Schedule(func() {
			d.note("first begins")
			assert.NoError(t, d.k.Current().Sleep(2*time.Second))
			assert.NoError(t, d.k.Charge(1000))
			d.note("first ends")
		})
		d.k.Schedule(func() { d.note("second") })
	})
	d.k.After(2*time.Second, "wake", func() { assert.True(t, q.Wake()) })
	run(t, d.k, func(task *Task) {
		woken, err := task.Wait(&q, -1, "q", RunCallbacks)
		assert.NoError(t, err)
		assert.True(t, woken, "the wake came while the callback ran")
		d.note("main")
		assert.NoError(t, d.k.Charge(1))
	})
	assert.Equal(t, []string{"1s first begins", "4s first ends", "4s main", "4.001s second"}, d.lines)
}

func TestTimeoutWhileACallbackRuns(t *testing.T) {
	d := newDiary(Options{})
	d.k.Schedule(func() {
		assert.NoError(t, d.k.Current().Sleep(5*time.Second))
		d.note("callback ends")
	})
	run(t, d.k, func(task *Task) {
		assert.NoError(t, task.Sleep(time.Second))
		d.note("main")
	})
	assert.Equal(t, []string{"5s callback ends", "5s main"}, d.lines)
}

func TestCallbacksAtTurnPointsOfAnyTask(t *testing.T) {
	d := newDiary(Options{Rate: 1000})
	d.k.After(5*time.Millisecond, "e", func() { d.k.Schedule(func() { d.note("on %s", d.k.Current().Name()) }) })
	d.k.Spawn("busy", func(*Task) {
		for range 10 {
			assert.NoError(t, d.k.Charge(1))
		}
	})
	run(t, d.k, func(*Task) {})
	assert.Equal(t, []string{"5ms on busy"}, d.lines)
}

func TestCallbackThatQueuesItselfLetsTheProgramGoOn(t *testing.T) {
	k := New(Options{Rate: 1000})
	n := 0
	var again func()
	again = func() { n++; k.Schedule(again) }
	k.Schedule(again)
	err := k.Run(t.Context(), func(*Task) {
		for range 10 {
			assert.NoError(t, k.Charge(1))
		}
		k.Halt(nil)
	})
	assert.NoError(t, err)
	assert.Equal(t, 10, n)
}

func TestQueueDepth(t *testing.T) {
	k := New(Options{})
	n := 0
	for range QueueDepth {
		assert.True(t, k.Schedule(func() { n++ }))
	}
	assert.False(t, k.Schedule(func() { assert.Fail(t, "it was refused") }))
	assert.Equal(t, QueueDepth, k.Scheduled())
	run(t, k, func(task *Task) {
		assert.NoError(t, task.Sleep(1))
		assert.Equal(t, QueueDepth, n)
		for i := range 3 * QueueDepth { // the ring goes round
			assert.True(t, k.Schedule(func() { assert.Equal(t, QueueDepth+i, n); n++ }))
			assert.NoError(t, k.Charge(1))
		}
	})
	assert.Equal(t, 4*QueueDepth, n)
}

func TestCallbacksAfterTheEndOfMain(t *testing.T) {
	d := newDiary(Options{})
	d.k.After(time.Second, "e", func() {
		d.k.Schedule(func() {
			d.note("first on task %d %q", d.k.Current().ID(), d.k.Current().Name())
			assert.NoError(t, d.k.Current().Sleep(time.Second))
			d.note("first ends")
		})
		d.k.Schedule(func() { d.note("second") })
	})
	d.k.After(5*time.Second, "e", func() { d.k.Schedule(func() { d.note("third") }) })
	run(t, d.k, func(*Task) { d.note("main ends") })
	assert.Equal(t, []string{"0s main ends", `1s first on task 0 "idle"`, "2s first ends", "2s second", "5s third"}, d.lines)
}

func TestKilledInACallback(t *testing.T) {
	d := newDiary(Options{})
	victim := d.k.Spawn("victim", func(task *Task) {
		_, _ = task.Wait(nil, time.Hour, "a sleep", RunCallbacks)
		assert.Fail(t, "it was killed")
	})
	d.k.After(time.Second, "e", func() {
		d.k.Schedule(func() { d.note("first"); _ = d.k.Current().Sleep(time.Hour); assert.Fail(t, "it was killed") })
		d.k.Schedule(func() { d.note("second") })
	})
	d.k.After(2*time.Second, "kill", func() { victim.Kill() })
	run(t, d.k, func(task *Task) {
		_, _ = task.Wait(nil, 3*time.Second, "a native call", HoldCallbacks)
		d.note("main ends")
	})
	assert.Equal(t, []string{"1s first", "3s main ends", "3s second"}, d.lines, "the queue is not stuck")
}

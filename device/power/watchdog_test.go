package power_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"qpy/device/kernel"
	"qpy/device/power"
)

func TestWatchdogBites(t *testing.T) {
	system := store(t)
	_, end := boot(t, system, func(task *kernel.Task, p *power.Power) {
		p.FeedWatchdog() // not armed: nothing happens
		assert.NoError(t, task.Sleep(time.Hour))
		p.ArmWatchdog(10 * time.Second)
		for range 5 {
			assert.NoError(t, task.Sleep(9*time.Second))
			p.FeedWatchdog()
		}
		p.DisarmWatchdog()
		assert.NoError(t, task.Sleep(time.Hour))
		p.ArmWatchdog(10 * time.Second)
		assert.NoError(t, task.Sleep(9*time.Second))
		p.ArmWatchdog(20 * time.Second)
		assert.NoError(t, task.Sleep(19*time.Second))
		assert.NoError(t, task.Sleep(time.Second+1))
		t.Error("it restarted")
	})
	assert.Equal(t, power.Restart{Cause: "the watchdog was not fed for 20s"}, end)
	p, _ := boot(t, system, func(*kernel.Task, *power.Power) {})
	assert.Equal(t, power.OnWatchdog, p.OnReason())
	assert.Equal(t, power.DownWatchdog, p.DownReason())
}

// An armed watchdog is no reason to keep a run going.
func TestWatchdogDoesNotHoldTheRun(t *testing.T) {
	_, end := boot(t, store(t), func(_ *kernel.Task, p *power.Power) { p.ArmWatchdog(time.Second) })
	assert.NoError(t, end)
}

func TestPowerKey(t *testing.T) {
	_, end := boot(t, store(t), func(task *kernel.Task, p *power.Power) {
		p.PressKey(time.Second) // nobody listens
		var got []power.KeyEvent
		p.OnKey(func(e power.KeyEvent) { got = append(got, e) })
		p.PressKey(3 * time.Second)
		assert.Equal(t, []power.KeyEvent{{Pressed: true}}, got)
		assert.NoError(t, task.Sleep(2*time.Second))
		p.OnKey(func(e power.KeyEvent) { got = append(got, e) })
		assert.NoError(t, task.Sleep(2*time.Second))
		assert.Equal(t, []power.KeyEvent{{Pressed: true}, {Held: time.Second}, {Held: 3 * time.Second}}, got)
	})
	assert.NoError(t, end)
}

// A cut leaves no reason behind: the next boot knows what has switched it on,
// and not why it was off.
func TestPowerCut(t *testing.T) {
	system := store(t)
	_, end := boot(t, system, func(_ *kernel.Task, p *power.Power) {
		p.CutOff("somebody pulled the plug")
		t.Error("it is off")
	})
	assert.Equal(t, power.Cut{Cause: "somebody pulled the plug"}, end)
	p, _ := boot(t, system, func(_ *kernel.Task, p *power.Power) { p.SwitchedOnBy(power.OnVBAT) })
	assert.Equal(t, power.OnVBAT, p.OnReason())
	assert.Equal(t, power.DownUnknown, p.DownReason())
}

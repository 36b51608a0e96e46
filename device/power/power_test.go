package power_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/flash"
	"qpy/device/kernel"
	"qpy/device/nvram"
	"qpy/device/power"
)

// boot runs act on a device with that hidden area and returns how it ended.
func boot(t *testing.T, system nvram.Store, act func(*kernel.Task, *power.Power)) (*power.Power, error) {
	t.Helper()
	k := kernel.New(kernel.Options{})
	p, err := power.New(k, system, 3800, func(text string) { t.Errorf("note: %s", text) })
	require.NoError(t, err)
	return p, k.Run(context.Background(), func(task *kernel.Task) { act(task, p) })
}

func TestReasonsOutliveTheRestart(t *testing.T) {
	system := store(t)
	for _, step := range []struct {
		act  func(*kernel.Task, *power.Power)
		on   power.OnReason // what this boot tells
		down power.DownReason
		end  error
	}{
		{func(_ *kernel.Task, p *power.Power) { p.Restart(); t.Error("Restart returned") },
			power.OnPowerKey, power.DownUnknown, power.Restart{Cause: "Power.powerRestart()"}},
		{func(_ *kernel.Task, p *power.Power) { p.Down(); t.Error("Down returned") },
			power.OnReset, power.DownNormal, power.Down{}},
		{func(*kernel.Task, *power.Power) {}, // the supply is cut some time later
			power.OnPowerKey, power.DownNormal, nil},
		{func(task *kernel.Task, p *power.Power) {
			task.Kernel().After(time.Second, "restart", func() { p.RestartFor("watch") })
			assert.NoError(t, task.Sleep(time.Hour))
		}, power.OnPowerKey, power.DownUnknown, power.Restart{Cause: "watch"}},
		{func(*kernel.Task, *power.Power) {},
			power.OnReset, power.DownNormal, nil},
	} {
		p, err := boot(t, system, step.act)
		assert.Equal(t, step.end, err)
		assert.Equal(t, step.on, p.OnReason())
		assert.Equal(t, step.down, p.DownReason())
		assert.Equal(t, 3800, p.Battery())
	}
}

func store(t *testing.T) nvram.Store {
	t.Helper()
	f, err := flash.Open(flash.Options{})
	require.NoError(t, err)
	return f.System()
}

// unwritable is a store that cannot be written any more.
type unwritable struct{ nvram.Store }

var errWorn = errors.New("worn out")

func (unwritable) WriteRecord(string, []byte) error { return errWorn }

func TestDamagedAndUnwritableRecords(t *testing.T) {
	system := store(t)
	require.NoError(t, system.WriteRecord("power.json", []byte("rubbish")))
	_, err := power.New(kernel.New(kernel.Options{}), system, 3800, nil)
	assert.ErrorContains(t, err, "power.json is damaged")

	_, err = power.New(kernel.New(kernel.Options{}), unwritable{store(t)}, 3800, nil)
	assert.ErrorContains(t, err, "power.json")
	assert.ErrorIs(t, err, errWorn)
}

// switched is a store that can be changed for another one.
type switched struct{ nvram.Store }

func TestRestartHappensEvenIfItsReasonIsLost(t *testing.T) {
	system := &switched{store(t)}
	var notes []string
	k := kernel.New(kernel.Options{})
	p, err := power.New(k, system, 3800, func(text string) { notes = append(notes, text) })
	require.NoError(t, err)
	system.Store = unwritable{system.Store}
	off := false
	p.Off = func() { off = true }
	assert.Equal(t, power.Down{}, k.Run(context.Background(), func(*kernel.Task) { p.Down() }))
	require.Len(t, notes, 1)
	assert.Contains(t, notes[0], "power.json")
	assert.True(t, off)
}

func TestPowerCutLeavesNoReason(t *testing.T) {
	system := store(t)
	_, err := boot(t, system, func(_ *kernel.Task, p *power.Power) { p.CutOff("flash"); t.Error("CutOff returned") })
	assert.Equal(t, power.Cut{Cause: "flash"}, err)
	p, err := boot(t, system, func(*kernel.Task, *power.Power) {})
	assert.NoError(t, err)
	assert.Equal(t, power.OnPowerKey, p.OnReason())
	assert.Equal(t, power.DownUnknown, p.DownReason())
}

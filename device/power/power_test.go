package power_test

import (
	"context"
	"testing"
	"time"

	"github.com/spf13/afero"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/kernel"
	"qpy/device/power"
)

// boot runs act on a device with that hidden area and returns how it ended.
func boot(t *testing.T, system afero.Fs, act func(*kernel.Task, *power.Power)) (*power.Power, error) {
	t.Helper()
	k := kernel.New(kernel.Options{})
	p, err := power.New(k, system, 3800, func(text string) { t.Errorf("note: %s", text) })
	require.NoError(t, err)
	return p, k.Run(context.Background(), func(task *kernel.Task) { act(task, p) })
}

func TestReasonsOutliveTheRestart(t *testing.T) {
	system := afero.NewMemMapFs()
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

func TestDamagedAndUnwritableRecords(t *testing.T) {
	system := afero.NewMemMapFs()
	require.NoError(t, afero.WriteFile(system, "power.json", []byte("rubbish"), 0o644))
	_, err := power.New(kernel.New(kernel.Options{}), system, 3800, nil)
	assert.ErrorContains(t, err, "power.json is damaged")

	_, err = power.New(kernel.New(kernel.Options{}), afero.NewReadOnlyFs(afero.NewMemMapFs()), 3800, nil)
	assert.ErrorContains(t, err, "power.json")
}

// lateReadOnly can be written until it is closed to writing.
type lateReadOnly struct {
	afero.Fs
	closed bool
}

func (l *lateReadOnly) Create(name string) (afero.File, error) {
	if l.closed {
		return afero.NewReadOnlyFs(l.Fs).Create(name)
	}
	return l.Fs.Create(name)
}

func TestRestartHappensEvenIfItsReasonIsLost(t *testing.T) {
	system := &lateReadOnly{Fs: afero.NewMemMapFs()}
	var notes []string
	k := kernel.New(kernel.Options{})
	p, err := power.New(k, system, 3800, func(text string) { notes = append(notes, text) })
	require.NoError(t, err)
	system.closed = true
	assert.Equal(t, power.Down{}, k.Run(context.Background(), func(*kernel.Task) { p.Down() }))
	require.Len(t, notes, 1)
	assert.Contains(t, notes[0], "power.json")
}

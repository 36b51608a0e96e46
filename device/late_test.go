package device_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device"
	"qpy/device/firmware"
	"qpy/device/flash"
	"qpy/device/kernel"
	"qpy/device/model"
)

// A script cannot tell when its device was set up: one that first looks at the
// flash after an hour finds what it would have found at once.
func TestSetUpLateIsSetUpTheSame(t *testing.T) {
	type state struct {
		infos   []flash.Info
		space   flash.StatVFS
		sample  []byte
		image   []byte
		ops     int64
		wear    []flash.Wear
		version string
		zone    int
	}
	for _, m := range model.All() {
		look := func(wait time.Duration) (s state) {
			_, notes, end := run(t, device.Config{Model: m.Name}, func(d *device.Device, task *kernel.Task) {
				assert.NoError(t, task.Sleep(wait))
				assert.False(t, d.Used())
				f := d.Flash()
				assert.True(t, d.Used())
				var err error
				s.ops = f.Ops()
				s.infos, err = f.ReadDir("/usr")
				require.NoError(t, err)
				s.space, err = f.StatVFS("/usr")
				require.NoError(t, err)
				s.sample, err = f.ReadFile(firmware.SamplePath)
				require.NoError(t, err)
				s.image, err = firmware.Running(firmware.StorageOn(f), d.Model)
				require.NoError(t, err)
				s.wear, s.version, s.zone = f.Wear(), d.Firmware().Version(), d.Clock().Zone()

				require.NoError(t, f.WriteFile("/usr/new", []byte("new")))
				info, err := f.Stat("/usr/new")
				require.NoError(t, err)
				assert.Equal(t, d.Clock().UTC(), info.ModTime, "what comes later has its own time")
			})
			require.NoError(t, end)
			require.Empty(t, notes)
			return s
		}
		at := look(0)
		require.NotEmpty(t, at.infos)
		require.Equal(t, at, look(time.Hour), m.Name)
	}
}

// What is unlike a new device of the model is set up at power-on, where what is
// wrong with it is an error of New.
func TestSetUpAtPowerOn(t *testing.T) {
	for _, c := range []device.Config{
		{FlashDir: t.TempDir()},
		{Memory: flash.NewMemory()},
		{Flash: device.Flash{UsrBlocks: 64}},
		{Flash: device.Flash{Worn: []flash.Worn{{Part: "usr", Block: 9}}}},
	} {
		d, err := device.New(c)
		require.NoError(t, err)
		assert.True(t, d.Used())
		require.NoError(t, d.Close())
	}
}

package device_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device"
	"qpy/device/firmware"
	"qpy/device/flash"
	"qpy/device/flash/chip"
	"qpy/device/kernel"
	"qpy/device/power"
)

// A slow flash takes device time, and lets other threads run meanwhile.
func TestSlowFlash(t *testing.T) {
	timing := chip.Timing{Program: time.Millisecond, Erase: 50 * time.Millisecond}
	ran := time.Duration(0)
	d, _, end := run(t, device.Config{Flash: device.Flash{Timing: timing}}, func(d *device.Device, _ *kernel.Task) {
		d.Kernel.Spawn("other", func(*kernel.Task) { ran = d.Kernel.Now() })
		// The entry; then a block of content with 16 pages, and the entry again.
		require.NoError(t, d.Flash().WriteFile("/usr/a", make([]byte, 4096)))
		assert.Equal(t, 3*50*time.Millisecond+(1+16+1)*time.Millisecond, d.Kernel.Now())
	})
	assert.NoError(t, end)
	assert.Less(t, ran, d.Kernel.Now())

	before := d.Kernel.Now()
	assert.NotZero(t, before)
	d, _, _ = run(t, device.Config{Flash: device.Flash{Timing: timing}}, func(d *device.Device, _ *kernel.Task) {
		assert.Equal(t, firmware.OK, d.Firmware().Write(make([]byte, 4096), 8192))
		assert.Equal(t, 66*time.Millisecond, d.Kernel.Now())
	})
	assert.Equal(t, 66*time.Millisecond, d.Kernel.Now())
}

// The power fails in the middle of a script: not a word more, and what was
// flushed is there at the next boot.
func TestPowerCutInAScript(t *testing.T) {
	memory := flash.NewMemory()
	_, notes, end := run(t, device.Config{Memory: memory}, func(d *device.Device, task *kernel.Task) {
		h, err := d.Flash().OpenFile("/usr/log", flash.Write|flash.Create)
		require.NoError(t, err)
		for range 1000 {
			if _, err := h.Write([]byte("a line that must not be torn\n")); err != nil {
				break
			}
			if d.Kernel.Now() == 0 {
				assert.NoError(t, task.Sleep(time.Second))
				d.Flash().CutAfter(123, chip.TornHalf)
			}
			if h.Flush() != nil {
				break
			}
		}
		t.Error("a device without power goes on")
	})
	var cut power.Cut
	require.ErrorAs(t, end, &cut)
	assert.Contains(t, cut.Cause, "the supply fails at flash operation ")
	assert.Empty(t, notes)
	memory.PowerOn()
	_, _, end = run(t, device.Config{Memory: memory}, func(d *device.Device, _ *kernel.Task) {
		data, err := d.Flash().ReadFile("/usr/log")
		require.NoError(t, err)
		assert.Greater(t, len(data), 100)
		assert.Equal(t, strings.Repeat("a line that must not be torn\n", len(data)/29), string(data))
		assert.Equal(t, power.OnPowerKey, d.Power().OnReason())
	})
	assert.NoError(t, end)
}

// Links that somebody has planted among the device's own files lead nowhere.
func TestPlantedInTheDevicesFolder(t *testing.T) {
	for _, name := range []string{"package.img", "image0.img", "image1.img", "firmware.json", "wear", "tmp-0"} {
		dir, outside := t.TempDir(), t.TempDir()
		secret := filepath.Join(outside, "secret")
		require.NoError(t, os.WriteFile(secret, []byte("secret"), 0o644))
		require.NoError(t, os.Mkdir(filepath.Join(dir, ".device"), 0o755))
		for _, target := range []string{secret, filepath.Join(outside, "made")} {
			link := filepath.Join(dir, ".device", name)
			_ = os.Remove(link)
			if err := os.Symlink(target, link); err != nil {
				t.Skip("no links here: ", err)
			}
			d, err := device.New(device.Config{FlashDir: dir})
			if err == nil {
				d.Kernel.Run(t.Context(), func(*kernel.Task) { _, _ = d.Firmware().Download(fotaURL, "", nil) })
				_, _ = d.Boot()
				_ = d.Close()
			} else {
				assert.ErrorContains(t, err, name, "it names what is wrong")
			}
		}
		entries, err := os.ReadDir(outside)
		require.NoError(t, err)
		assert.Len(t, entries, 1, name)
		data, err := os.ReadFile(secret)
		require.NoError(t, err)
		assert.Equal(t, "secret", string(data), name)
	}
}

// A folder that holds more than memory should is refused, not read.
func TestGiantFolder(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, "usr"), 0o755))
	f, err := os.Create(filepath.Join(dir, "usr", "giant"))
	require.NoError(t, err)
	require.NoError(t, f.Truncate(1<<40))
	require.NoError(t, f.Close())
	_, err = device.New(device.Config{FlashDir: dir})
	assert.ErrorContains(t, err, "folder usr holds far more than the partition of 1048576 bytes: remove files")
}

package device_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device"
	"qpy/device/firmware"
	"qpy/device/flash"
	"qpy/device/kernel"
	"qpy/device/model"
	"qpy/device/power"
)

// run switches a device on, runs script and gives how it ended and the notes.
func run(t *testing.T, c device.Config, script func(*device.Device, *kernel.Task)) (*device.Device, []string, error) {
	t.Helper()
	var notes []string
	c.Note = func(text string) { notes = append(notes, text) }
	d, err := device.New(c)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, d.Close()) })
	end := d.Kernel.Run(context.Background(), func(task *kernel.Task) { script(d, task) })
	return d, notes, end
}

func download(t *testing.T, url string, want int) func(*device.Device, *kernel.Task) {
	return func(d *device.Device, _ *kernel.Task) {
		result, err := d.Firmware().Download(url, "", nil)
		assert.NoError(t, err)
		assert.Equal(t, want, result)
	}
}

const fotaURL = "http://www.example.com/fota.bin"

func TestDownloadRestartAndBoot(t *testing.T) {
	d, notes, end := run(t, device.Config{}, download(t, fotaURL, firmware.OK))
	assert.ErrorAs(t, end, &power.Restart{})
	assert.Empty(t, notes)
	report, err := d.Boot()
	require.NoError(t, err)
	assert.Equal(t, "firmware V0001 -> V0002", report.String())
}

// Every model's new flash holds a package that its own firmware takes.
func TestSampleFileUpgradesEveryModel(t *testing.T) {
	for _, m := range model.All() {
		d, notes, end := run(t, device.Config{Model: m.Name}, func(d *device.Device, _ *kernel.Task) {
			data, err := d.Flash().ReadFile(firmware.SamplePath)
			require.NoError(t, err)
			for i := 0; i < len(data); i += 1024 {
				require.Equal(t, firmware.OK, d.Firmware().Write(data[i:min(i+1024, len(data))], int64(len(data))))
			}
			require.Equal(t, firmware.OK, d.Firmware().Flush())
			require.Equal(t, firmware.OK, d.Firmware().Verify())
			d.Power().Restart()
		})
		assert.Equal(t, power.Restart{Cause: "Power.powerRestart()"}, end)
		assert.Empty(t, notes)
		report, err := d.Boot()
		require.NoError(t, err)
		assert.True(t, report.Applied, m.Name)
	}
}

func TestFlashFolderOutlivesTheDevice(t *testing.T) {
	c := device.Config{Model: "EC600N", FlashDir: filepath.Join(t.TempDir(), "flash")}
	d, _, end := run(t, c, func(d *device.Device, task *kernel.Task) {
		assert.Equal(t, power.OnPowerKey, d.Power().OnReason())
		assert.NoError(t, d.Flash().Remove(firmware.SamplePath))
		assert.NoError(t, d.Flash().WriteFile("/usr/kept", []byte("kept")))
		download(t, fotaURL, firmware.OK)(d, task)
	})
	assert.ErrorAs(t, end, &power.Restart{})

	require.NoError(t, d.Close())

	// Nobody has called Boot: the next power-on does, and says so.
	d, notes, end := run(t, c, func(d *device.Device, _ *kernel.Task) {
		assert.Equal(t, "V0002", d.Firmware().Version())
		assert.Equal(t, power.OnReset, d.Power().OnReason())
		assert.Equal(t, power.DownNormal, d.Power().DownReason())
		data, err := d.Flash().ReadFile("/usr/kept")
		assert.NoError(t, err)
		assert.Equal(t, "kept", string(data))
		_, err = d.Flash().Stat(firmware.SamplePath)
		assert.ErrorIs(t, err, flash.ENOENT, "only a new flash gets the sample")
	})
	assert.NoError(t, end)
	assert.Equal(t, []string{"boot loader: firmware V0001 -> V0002"}, notes)

	require.NoError(t, d.Close())

	// The built-in site serves packages for the version that runs now.
	d, _, end = run(t, c, download(t, fotaURL, firmware.OK))
	assert.ErrorAs(t, end, &power.Restart{})
	report, err := d.Boot()
	require.NoError(t, err)
	assert.Equal(t, "firmware V0002 -> V0003", report.String())
}

func TestFolderThatBringsItsOwnSampleKeepsIt(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "usr"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, firmware.SamplePath), []byte("mine"), 0o644))
	run(t, device.Config{FlashDir: dir}, func(d *device.Device, _ *kernel.Task) {
		data, err := d.Flash().ReadFile(firmware.SamplePath)
		assert.NoError(t, err)
		assert.Equal(t, "mine", string(data))
	})
}

func TestFullFolderGetsNoSample(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "usr"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "usr", "big"), make([]byte, 900<<10), 0o644))
	_, notes, _ := run(t, device.Config{FlashDir: dir}, func(d *device.Device, _ *kernel.Task) {
		_, err := d.Flash().Stat(firmware.SamplePath)
		assert.ErrorIs(t, err, flash.ENOENT)
	})
	require.Len(t, notes, 1)
	assert.Contains(t, notes[0], "no room")
}

func TestSiteFolder(t *testing.T) {
	dir := t.TempDir()
	m, err := model.Lookup("")
	require.NoError(t, err)
	pack, err := firmware.SampleFile(m, "V0001")
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "my.example"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "my.example", "f.bin"), pack, 0o644))
	c := device.Config{SiteDir: dir}
	_, _, end := run(t, c, download(t, "http://my.example/f.bin", firmware.OK))
	assert.ErrorAs(t, end, &power.Restart{})
	_, notes, end := run(t, c, download(t, fotaURL, firmware.Error))
	assert.NoError(t, end)
	require.Len(t, notes, 1)
	assert.Contains(t, notes[0], "unknown host")
}

func TestHostNetwork(t *testing.T) {
	m, err := model.Lookup("")
	require.NoError(t, err)
	pack, err := firmware.SampleFile(m, "V0001")
	require.NoError(t, err)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write(pack) }))
	defer server.Close()
	_, notes, end := run(t, device.Config{HostNetwork: true}, download(t, server.URL+"/f", firmware.OK))
	assert.ErrorAs(t, end, &power.Restart{})
	assert.Empty(t, notes)
	_, notes, end = run(t, device.Config{}, download(t, server.URL+"/f", firmware.Error))
	assert.NoError(t, end, "a virtual network does not reach the real server")
	assert.Len(t, notes, 1)
}

func TestClockAndRate(t *testing.T) {
	start := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	d, _, end := run(t, device.Config{Start: start}, func(d *device.Device, task *kernel.Task) {
		assert.Equal(t, start, d.Kernel.RTC())
		assert.NoError(t, d.Kernel.Charge(int(d.Model.Rate)))
	})
	assert.NoError(t, end)
	assert.Equal(t, time.Second, d.Kernel.Now(), "instructions take the model's time")
}

func TestBadConfigs(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	require.NoError(t, os.WriteFile(file, nil, 0o644))
	damaged := filepath.Join(dir, "damaged")
	require.NoError(t, os.MkdirAll(filepath.Join(damaged, ".device"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(damaged, ".device", "firmware.json"), []byte("{"), 0o644))
	for want, c := range map[string]device.Config{
		"did you mean EC600N":      {Model: "EC60N"},
		"file":                     {FlashDir: file},
		"firmware.json is damaged": {FlashDir: damaged},
		"site folder":              {SiteDir: filepath.Join(dir, "none")},
		"is not asked for":         {AllowHosts: []string{"h.example"}},
		"is not HOST[:PORT]":       {AllowHosts: []string{"http://h.example/"}, HostNetwork: true},
	} {
		_, err := device.New(c)
		assert.ErrorContains(t, err, want)
	}
}

func TestDevicesShareNothing(t *testing.T) {
	a, err := device.New(device.Config{})
	require.NoError(t, err)
	b, err := device.New(device.Config{})
	require.NoError(t, err)
	require.NoError(t, a.Flash().WriteFile("/usr/x", []byte("x")))
	_, err = b.Flash().Stat("/usr/x")
	assert.ErrorIs(t, err, flash.ENOENT)
	assert.NoError(t, a.Close())
	assert.NoError(t, b.Close())
}

package device_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"qpy/device"
	"qpy/device/firmware"
	"qpy/device/firmware/delta"
	"qpy/device/flash"
	"qpy/device/flash/chip"
	"qpy/device/kernel"
	"qpy/device/model"
	"qpy/device/network"
	"qpy/device/power"
)

// cutModel has the local upgrade, mini FOTA and asynchronous downloads.
const cutModel = "EC600NCNLC"

// upgrade is one way to upgrade a device from V0001 to V0002.
type upgrade struct {
	name     string
	packages [][]byte // one, or the two stages of a mini-FOTA upgrade
	local    bool     // by write, flush and verify; otherwise by download
	image    []byte   // the new one
}

// site serves the packages at http://up.example/0 and /1.
func (u upgrade) site() network.Site {
	paths := map[string]func() ([]byte, error){}
	for i, p := range u.packages {
		paths[fmt.Sprintf("/%d", i)] = func() ([]byte, error) { return p, nil }
	}
	return &network.Files{Host: "up.example", Paths: paths}
}

// start is what a script does: it keeps a note on the flash, and upgrades.
func (u upgrade) start(d *device.Device, task *kernel.Task) error {
	if err := d.Flash().WriteFile("/usr/state", []byte("upgrade begins")); err != nil {
		return err
	}
	if u.local {
		p := u.packages[0]
		for part := range slices.Chunk(p, 1024) {
			if d.Firmware().Write(part, int64(len(p))) != firmware.OK {
				return errors.New("write")
			}
		}
		if d.Firmware().Flush() != firmware.OK || d.Firmware().Verify() != firmware.OK {
			return errors.New("flush or verify")
		}
		d.Power().Restart()
	}
	url2 := ""
	if len(u.packages) > 1 {
		url2 = "http://up.example/1"
	}
	if result, err := d.Firmware().Download("http://up.example/0", url2, nil); result != firmware.OK {
		return errors.Join(err, errors.New("download"))
	}
	return nil // the restart comes by itself
}

// settle is what a script does after the restart.
func settle(d *device.Device) error {
	if err := d.Flash().WriteFile("/usr/state", []byte("upgrade ended in "+d.Firmware().Version())); err != nil {
		return err
	}
	return d.Flash().Rename("/usr/state", "/usr/result")
}

// sample is what a new device has on its flash.
var sample = func() []byte {
	m, err := model.Lookup(cutModel)
	if err != nil {
		panic(err)
	}
	sample, err := firmware.SampleFile(m, m.Identity.QpyVer)
	if err != nil {
		panic(err)
	}
	return sample
}()

// states are what /usr/state and /usr/result can hold.
var states = []string{"", "before", "upgrade begins", "upgrade ended in V0002"}

// boot is one power-on: the device, and how its run ended.
func boot(t testing.TB, memory *flash.Memory, u upgrade, script func(*device.Device, *kernel.Task) error) (*device.Device, error) {
	t.Helper()
	d, err := device.New(device.Config{Model: cutModel, Memory: memory, Network: func(o *network.Options) { o.Sites = append(o.Sites, u.site()) }})
	if err != nil {
		return nil, err
	}
	var failure error
	end := d.Kernel.Run(context.Background(), func(task *kernel.Task) { failure = script(d, task) })
	require.NoError(t, d.Close())
	if failure != nil && !errors.Is(failure, chip.ErrPowerCut) {
		require.NoError(t, failure)
	}
	return d, end
}

// run does the whole upgrade, from a running device to the next script's end.
// It tells whether the power failed.
func (u upgrade) run(t testing.TB, memory *flash.Memory) (cut bool) {
	t.Helper()
	_, end := boot(t, memory, u, u.start)
	if wasCut(end) {
		return true
	}
	require.ErrorAs(t, end, &power.Restart{})
	d, end := boot(t, memory, u, func(d *device.Device, _ *kernel.Task) error { return settle(d) })
	if wasCut(end) {
		return true
	}
	require.NoError(t, end)
	require.Equal(t, "V0002", d.Firmware().Version())
	return false
}

func wasCut(end error) bool {
	return errors.Is(end, chip.ErrPowerCut) || errors.As(end, &power.Cut{})
}

// check switches a device on after a power cut and looks at everything.
func (u upgrade) check(t testing.TB, memory *flash.Memory, old []byte) (version string) {
	t.Helper()
	d, err := device.New(device.Config{Model: cutModel, Memory: memory, Note: func(text string) {
		require.Equal(t, "boot loader: firmware V0001 -> V0002", text)
	}})
	require.NoError(t, err)
	version = d.Firmware().Version()
	image, err := firmware.Running(firmware.StorageOn(d.Flash()), d.Model)
	require.NoError(t, err)
	want := map[string][]byte{"V0001": old, "V0002": u.image}[version]
	require.NotNil(t, want, version)
	require.True(t, bytes.Equal(want, image), "the image of %s is whole", version)
	require.False(t, d.Firmware().Flagged(), "the boot loader has done what there was to do")
	require.False(t, d.Firmware().Fresh())

	infos, err := d.Flash().ReadDir("/usr")
	require.NoError(t, err)
	blocks := 2 + 2 // superblock, root directory
	for _, info := range infos {
		data, err := d.Flash().ReadFile("/usr/" + info.Name)
		require.NoError(t, err)
		switch info.Name {
		case "state", "result":
			require.Contains(t, states, string(data))
			blocks += min(len(data), 1)
		case "FotaFile.bin":
			require.True(t, bytes.Equal(sample, data))
			blocks += 51
		default:
			require.Fail(t, "a file that nobody wrote", info.Name)
		}
	}
	space, err := d.Flash().StatVFS("/usr")
	require.NoError(t, err)
	require.Equal(t, blocks, space.Blocks-space.Free, "no block is lost")
	require.NoError(t, d.Close())
	return version
}

// The power fails at every single program and erase operation of the flash in
// whole upgrades. Whatever moment it is, the device that is switched on again
// runs the old firmware or the new one, whole, its files are as before or after
// the write that was under way, and the upgrade can be done again.
func TestPowerCutAtEveryFlashOperationOfAnUpgrade(t *testing.T) {
	stride := int64(1)
	if testing.Short() || underRace {
		stride = 41
	}
	m, err := model.Lookup(cutModel)
	require.NoError(t, err)
	first, old := newDevice(t)
	var cuts atomic.Int64
	t.Run("upgrades", func(t *testing.T) {
		for _, u := range upgrades(t, m, old) {
			t.Run(u.name, func(t *testing.T) {
				chip := first.Clone()
				t.Parallel()
				n := u.cutEverywhere(t, chip, old, stride)
				cuts.Add(n)
			})
		}
	})
	t.Logf("%d power cuts, 0 failures", cuts.Load())
	if stride == 1 {
		require.Greater(t, cuts.Load(), int64(20_000))
	}
}

// newDevice is the flash of a device that has run once, and its image.
func newDevice(t *testing.T) (*flash.Memory, []byte) {
	memory := flash.NewMemory()
	d, end := boot(t, memory, upgrade{}, func(d *device.Device, _ *kernel.Task) error {
		return d.Flash().WriteFile("/usr/state", []byte("before"))
	})
	require.NoError(t, end)
	image, err := firmware.Running(firmware.StorageOn(d.Flash()), d.Model)
	require.NoError(t, err)
	return memory, image
}

// upgrades are the ways to upgrade.
func upgrades(t *testing.T, m *model.Model, old []byte) []upgrade {
	image, err := io.ReadAll(firmware.Image(m, "V0002", 150<<10))
	require.NoError(t, err)
	part1, part2 := image[:55_555], image[55_555:]
	pack := func(flags firmware.Flags, payload []byte) []byte {
		var b bytes.Buffer
		h := firmware.Header{Model: cutModel, From: "V0001", To: "V0002", Flags: flags, PayloadSize: int64(len(payload))}
		require.NoError(t, firmware.Pack(&b, h, bytes.NewReader(payload)))
		return b.Bytes()
	}
	diff := func(part []byte) []byte { return delta.Diff(old, part, nil) }
	whole, patch := pack(0, image), pack(firmware.Delta, diff(image))
	return []upgrade{
		{"write", [][]byte{whole}, true, image},
		{"download", [][]byte{whole}, false, image},
		{"write differential", [][]byte{patch}, true, image},
		{"download differential", [][]byte{patch}, false, image},
		{"mini", [][]byte{pack(firmware.Stage1, part1), pack(firmware.Stage2, part2)}, false, image},
		{"mini differential", [][]byte{pack(firmware.Stage1|firmware.Delta, diff(part1)), pack(firmware.Stage2|firmware.Delta, diff(part2))}, false, image},
	}
}

// cutEverywhere cuts the power at each stride-th operation of the upgrade, in
// every way, and gives how many cuts that were.
func (u upgrade) cutEverywhere(t *testing.T, first *flash.Memory, old []byte, stride int64) (cuts int64) {
	whole := first.Clone()
	require.False(t, u.run(t, whole))
	total := whole.Ops()
	r := rand.New(rand.NewPCG(uint64(total), 1))
	booted := map[string]int{}
	for how := range chip.TornWays {
		for at := int64(0); at < total; at += stride {
			memory := first.Clone()
			memory.CutAfter(at, how)
			require.True(t, u.run(t, memory), "cut after %d of %d operations", at, total)
			cuts++
			memory.PowerOn()
			if at%5 == 0 { // and once more, while the boot loader repairs
				memory.CutAfter(r.Int64N(400), how)
				if _, end := boot(t, memory, u, func(*device.Device, *kernel.Task) error { return nil }); wasCut(end) {
					cuts++
				}
				memory.PowerOn()
			}
			version := u.check(t, memory, old)
			booted[version]++
			if version == "V0001" {
				require.False(t, u.run(t, memory), "the upgrade is done again")
				require.Equal(t, "V0002", u.check(t, memory, old))
			}
		}
	}
	require.Len(t, booted, 2, "some cuts left the old firmware, some the new one")
	return cuts
}

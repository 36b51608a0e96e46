package firmware

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/spf13/afero"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/kernel"
	"qpy/device/model"
	"qpy/device/power"
)

func TestForeignPackage(t *testing.T) {
	foreign := bytes.Repeat([]byte("vendor"), 5000)
	for _, strict := range []bool{false, true} {
		b := newBench(t, "generic")
		b.strict = strict
		b.serves(foreign)
		end := b.run(func(*kernel.Task) { b.s.Download("http://up.example/f", "", b.callback) })
		require.Len(t, b.notes, 1)
		assert.Contains(t, b.notes[0], "not in qpy's format")
		if strict {
			assert.NoError(t, end)
			b.keepsOldFirmware("strict")
			assert.Equal(t, CodeForeign, ErrorCode(ErrForeign))
			continue
		}
		assert.Equal(t, upgradeRestart, end)
		report := b.boot()
		assert.True(t, report.Applied)
		assert.True(t, report.Foreign)
		assert.Equal(t, "V0002", b.version())
	}
}

// The boot loader trusts nothing: what was damaged after verify is refused.
func TestBootChecksAgain(t *testing.T) {
	for name, damage := range map[string]func(system afero.Fs){
		"flipped bit": func(system afero.Fs) {
			b := must(afero.ReadFile(system, stageName(1)))
			b[len(b)/2] ^= 1
			afero.WriteFile(system, stageName(1), b, 0o644)
		},
		"truncated": func(system afero.Fs) {
			b := must(afero.ReadFile(system, stageName(1)))
			afero.WriteFile(system, stageName(1), b[:len(b)-1], 0o644)
		},
		"emptied": func(system afero.Fs) { afero.WriteFile(system, stageName(1), nil, 0o644) },
		"gone":    func(system afero.Fs) { system.Remove(stageName(1)) },
	} {
		b := newBench(t, "generic")
		assert.Equal(t, upgradeRestart, b.run(func(*kernel.Task) { b.s.Download(sampleURL, "", nil) }))
		damage(b.system)
		report := b.boot()
		assert.False(t, report.Applied, name)
		assert.Error(t, report.Refused, name)
		assert.Contains(t, report.String(), "firmware V0001 stays")
		assert.Equal(t, "V0001", b.version())
		assert.Equal(t, Report{From: "V0001", To: "V0001"}, b.boot(), "the flag is cleared")
	}
}

// A restart in the middle of an upgrade leaves the old firmware and no rest.
func TestRestartInTheMiddle(t *testing.T) {
	b := newBench(t, "EC600N")
	assert.Equal(t, power.Restart{Cause: "Power.powerRestart()"}, b.run(func(task *kernel.Task) {
		b.s.Download(sampleURL, "", nil)
		assert.NoError(t, task.Sleep(400*time.Millisecond))
		assert.NotZero(t, b.s.slot.written)
		b.s.o.Power.Restart()
	}))
	assert.NoError(t, b.s.Close())
	b.keepsOldFirmware("restarted in the middle")
	left, err := afero.ReadDir(b.system, "")
	require.NoError(t, err)
	assert.Len(t, left, 2, "only the records stay")
	assert.Equal(t, upgradeRestart, b.run(func(*kernel.Task) { b.s.Download(sampleURL, "", nil) }))
	assert.True(t, b.boot().Applied)
}

func TestUpgradeAfterUpgrade(t *testing.T) {
	b := newBench(t, "EC600N")
	for _, want := range []string{"firmware V0001 -> V0002", "firmware V0002 -> V0003"} {
		assert.Equal(t, upgradeRestart, b.run(func(*kernel.Task) { b.s.Download(sampleURL, "", nil) }))
		assert.Equal(t, want, b.boot().String())
	}
	b.m = must(model.Lookup("EC600S")) // the flash moves to another model
	assert.Equal(t, "V0001", b.version())
}

func TestDamagedRecord(t *testing.T) {
	m := must(model.Lookup("generic"))
	for _, text := range []string{"{", `{"model":"generic","version":""}`, `{"model":"generic","version":"a b"}`,
		`{"model":"generic","version":"` + strings.Repeat("9", 24) + `"}`, `{"model":"generic","version":"V1","flaggedStages":3}`} {
		system := afero.NewMemMapFs()
		require.NoError(t, afero.WriteFile(system, recordName, []byte(text), 0o644))
		_, err := Boot(system, m, false)
		assert.ErrorContains(t, err, "firmware.json is damaged; delete it", text)
	}
}

// A flash that fails ends an upgrade with an error, never a panic.
func TestFlashThatFails(t *testing.T) {
	succeeded := 0
	for n := range 100 {
		b := newBench(t, "generic")
		faulty := &faultyFs{Fs: b.system, left: 1 << 30}
		b.system = faulty
		b.run(func(*kernel.Task) {
			faulty.left = n
			if result, _ := b.s.Download("http://www.example.com/dfota.bin", "", nil); result == OK {
				succeeded++
			} else {
				assert.NotEmpty(t, b.notes)
				assert.False(t, b.s.Flagged())
			}
		})
		faulty.left = 1 << 30
		report := b.boot()
		assert.NoError(t, report.Refused)
	}
	assert.NotZero(t, succeeded, "with enough good operations it succeeds")
	assert.Less(t, succeeded, 50, "most of the failures were tried")
}

type faultyFs struct {
	afero.Fs
	left int
}

var errFlash = errors.New("bad block")

func (f *faultyFs) spend() error {
	if f.left == 0 {
		return errFlash
	}
	f.left--
	return nil
}

func (f *faultyFs) Create(name string) (afero.File, error) {
	if err := f.spend(); err != nil {
		return nil, err
	}
	file, err := f.Fs.Create(name)
	return faultyFile{file, f}, err
}

func (f *faultyFs) Rename(from, to string) error {
	if err := f.spend(); err != nil {
		return err
	}
	return f.Fs.Rename(from, to)
}

type faultyFile struct {
	afero.File
	fs *faultyFs
}

func (f faultyFile) Write(p []byte) (int, error) {
	if err := f.fs.spend(); err != nil {
		return 0, err
	}
	return f.File.Write(p)
}

package firmware

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/firmware/delta"
	"qpy/device/kernel"
	"qpy/device/model"
	"qpy/device/power"
)

func TestForeignPackage(t *testing.T) {
	foreign := bytes.Repeat([]byte("vendor"), 5000)
	for _, strict := range []bool{false, true} {
		b := newBench(t, "generic")
		b.policy.Strict = strict
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
	for name, damage := range map[string]func(b *bench, size int64){
		"flipped bit": func(b *bench, size int64) { b.flip(b.st.Package, size/2) },
		"truncated":   func(b *bench, size int64) { b.setRecord(func(r *record) { r.Stages[0]-- }) },
		"longer":      func(b *bench, size int64) { b.setRecord(func(r *record) { r.Stages[0]++ }) },
		"erased": func(b *bench, size int64) {
			require.NoError(t, b.fill(b.st.Package, 0, size, 0xff))
		},
		"zeros": func(b *bench, size int64) { require.NoError(t, b.fill(b.st.Package, 0, size, 0)) },
	} {
		b := newBench(t, "generic")
		assert.Equal(t, upgradeRestart, b.run(func(*kernel.Task) { b.s.Download(sampleURL, "", nil) }))
		size := b.s.record.Stages[0]
		damage(b, size)
		report := b.boot()
		if name == "zeros" || name == "erased" { // nothing tells any more that it was ours
			assert.True(t, report.Foreign, name)
			continue
		}
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
		assert.NotZero(t, b.s.slot.written())
		b.s.o.Power.Restart()
	}))
	b.keepsOldFirmware("restarted in the middle")
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
	b.open()
	assert.Equal(t, Report{From: "V0001", To: "V0001", Installed: true}, b.boot())
	assert.True(t, bytes.HasPrefix(must(Running(b.st, b.m)), []byte("qpy firmware image of EC600S V0001\n")))
}

func TestDamagedRecord(t *testing.T) {
	sha := strings.Repeat("ab", 32)
	for _, text := range []string{"{", `{"model":"generic","version":""}`, `{"model":"generic","version":"a b"}`,
		`{"model":"generic","version":"` + strings.Repeat("9", 25) + `"}`,
		`{"model":"generic","version":"V1","state":"flagged"}`,
		`{"model":"generic","version":"V1","state":"boiling"}`,
		`{"model":"generic","version":"V1","state":"flagged","packages":[1,2,3]}`,
		`{"model":"generic","version":"V1","state":"flagged","packages":[-1]}`,
		`{"model":"generic","version":"V1","state":"flagged","packages":[9223372036854775807,5]}`,
		`{"model":"generic","version":"V1","slot":2}`,
		`{"model":"generic","version":"V1","slot":-1}`,
		`{"model":"generic","version":"V1","images":[{"size":99999999999,"sha256":"` + sha + `"},{}]}`,
		`{"model":"generic","version":"V1","images":[{"size":10,"sha256":"zz"},{}]}`,
	} {
		b := newBench(t, "generic")
		require.NoError(t, b.st.Records.WriteRecord(recordName, []byte(text)))
		_, err := Boot(b.st, b.m, Policy{})
		assert.ErrorContains(t, err, "firmware.json is damaged; delete it", text)
	}
}

// What somebody does to the files of a flash folder is seen at the next boot.
func TestDamagedImage(t *testing.T) {
	b := newBench(t, "generic")
	b.run(func(*kernel.Task) { b.s.Download(sampleURL, "", nil) })
	assert.True(t, b.boot().Applied)
	b.flip(b.st.Images[1], 12345)
	report := b.boot()
	assert.Equal(t, Report{From: "V0002", To: "V0001", Repaired: true}, report)
	assert.Contains(t, report.String(), "the image of firmware V0002 was damaged: the factory's V0001 is installed")
	assert.Equal(t, Report{From: "V0001", To: "V0001"}, b.boot())
}

// A flash whose blocks are worn out ends an upgrade with an error; the old
// firmware stays, and the boot loader says so.
func TestFlashThatFails(t *testing.T) {
	for block := range 70 {
		b := newBench(t, "generic")
		require.NoError(t, b.flash.Spoil("package", block))
		b.run(func(*kernel.Task) {
			result, _ := b.s.Download("http://www.example.com/dfota.bin", "", nil)
			if block < 65 {
				assert.Equal(t, Error, result)
				assert.Contains(t, b.notes[0], "worn out")
				assert.False(t, b.s.Flagged())
			} else {
				assert.Equal(t, OK, result, "block %d is not needed", block)
			}
		})
		assert.NoError(t, b.boot().Refused)
	}
	for block := range 20 {
		b := newBench(t, "generic")
		require.NoError(t, b.flash.Spoil("image1", block*8))
		b.run(func(*kernel.Task) { b.s.Download("http://www.example.com/fota.bin", "", nil) })
		report := b.boot()
		assert.True(t, report.Undone)
		assert.Contains(t, report.String(), "the upgrade failed and is rolled back, firmware V0001 stays: apply the upgrade: ")
		b.keepsOldFirmware("worn out")
	}
}

// A package that is right in every bit and makes another image than it says is
// found out when it is applied.
func TestRollback(t *testing.T) {
	b := newBench(t, "generic")
	base := must(Running(b.st, b.m))
	patch := delta.Diff(base, []byte("a new image"), nil)
	patch[24+32] ^= 1 // the digest that it announces
	b.serves(packed(t, Header{Model: "generic", To: "V0009", Flags: Delta}, patch))
	assert.Equal(t, upgradeRestart, b.run(func(*kernel.Task) { b.s.Download("http://up.example/f", "", nil) }))
	report := b.boot()
	assert.ErrorIs(t, report.Refused, delta.ErrResult)
	assert.True(t, report.Undone)
	assert.Equal(t, "the upgrade failed and is rolled back, firmware V0001 stays: apply the upgrade: "+delta.ErrResult.Error(), report.String())
	assert.Equal(t, base, must(Running(b.st, b.m)))
	b.keepsOldFirmware("rolled back")

	// A new image that does not read back as it was written never starts.
	assert.Equal(t, upgradeRestart, b.run(func(*kernel.Task) { b.s.Download(sampleURL, "", nil) }))
	b.st.Images[1] = forgetful{b.st.Images[1]}
	report = b.boot()
	assert.Equal(t, Report{From: "V0001", To: "V0001", Refused: errSpoiled, Undone: true}, report)
	b.keepsOldFirmware("rolled back on trial")
	assert.Equal(t, base, must(Running(b.st, b.m)))
}

// forgetful is a region that loses a bit.
type forgetful struct{ Region }

func (f forgetful) ReadAt(p []byte, off int64) (int, error) {
	n, err := f.Region.ReadAt(p, off)
	if off == 0 && n > 100 {
		p[100] ^= 1
	}
	return n, err
}

// flip changes a bit of a region behind everybody's back.
func (b *bench) flip(r Region, at int64) {
	block := at / r.BlockSize() * r.BlockSize()
	bits := make([]byte, r.BlockSize())
	_, err := r.ReadAt(bits, block)
	require.NoError(b.t, err)
	bits[at-block] ^= 1
	_, err = r.WriteAt(bits, block)
	require.NoError(b.t, err)
}

func (b *bench) fill(r Region, from, to int64, with byte) error {
	_, err := r.WriteAt(bytes.Repeat([]byte{with}, int(to-from)), from)
	return err
}

func (b *bench) setRecord(change func(*record)) {
	r, _, err := loadRecord(b.st, b.m)
	require.NoError(b.t, err)
	change(&r)
	require.NoError(b.t, r.save(b.st))
}

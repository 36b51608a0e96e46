package firmware

import (
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/kernel"
	"qpy/device/model"
)

func TestDownloadOnEveryModel(t *testing.T) {
	for _, m := range model.All() {
		t.Run(m.Name, func(t *testing.T) {
			b := newBench(t, m.Name)
			var returned time.Duration
			end := b.run(func(task *kernel.Task) {
				b.s.Open(false)
				result, err := b.s.Download(sampleURL, "", b.callback)
				require.NoError(t, err)
				assert.Equal(t, OK, result)
				returned = b.k.Now()
				if m.FOTA.AsyncDownload {
					assert.Zero(t, returned, "it returns at once")
					assert.False(t, b.s.Flagged())
				} else {
					assert.True(t, b.s.Flagged(), "it returns after verification")
					assert.Equal(t, [2]int{2, 100}, b.calls[len(b.calls)-1], "the last callback has run")
				}
				assert.NoError(t, task.Sleep(time.Hour))
				t.Error("the device did not restart")
			})
			assert.Equal(t, upgradeRestart, end)
			assert.Equal(t, [2]int{0, 0}, b.calls[0])
			assert.Equal(t, [2]int{2, 100}, b.calls[len(b.calls)-1])
			assert.InDelta(t, 20, len(b.calls), 3)
			for i, c := range b.calls[1 : len(b.calls)-1] {
				assert.Equal(t, 1, c[0])
				assert.Greater(t, c[1], b.calls[i][1], "progress only grows")
			}
			assert.Empty(t, b.notes)

			assert.Equal(t, Report{From: "V0001", To: "V0002", Applied: true}, b.boot())
			assert.Equal(t, "V0002", b.version())
			assert.Equal(t, Report{From: "V0002", To: "V0002"}, b.boot(), "once")
			running, err := Running(b.st, b.m)
			require.NoError(t, err)
			want, err := io.ReadAll(Image(b.m, "V0002", wholeSample))
			require.NoError(t, err)
			assert.Equal(t, want, running, "the payload is the image")
		})
	}
}

// An asynchronous download goes on after the script's last line.
func TestAsyncDownloadOutlivesTheScript(t *testing.T) {
	b := newBench(t, "EC600N")
	assert.Equal(t, upgradeRestart, b.run(func(*kernel.Task) {
		result, err := b.s.Download(sampleURL, "", nil)
		assert.NoError(t, err)
		assert.Equal(t, OK, result)
	}))
	assert.True(t, b.boot().Applied)
}

func TestResetDisable(t *testing.T) {
	for _, m := range model.All() {
		b := newBench(t, m.Name)
		end := b.run(func(task *kernel.Task) {
			b.s.Open(true)
			b.s.Download(sampleURL, "", nil)
			assert.NoError(t, task.Sleep(time.Hour))
		})
		if m.FOTA.ResetDisableIgnored {
			assert.Equal(t, upgradeRestart, end, m.Name)
			assert.Contains(t, strings.Join(b.notes, "\n"), "ignores reset_disable")
		} else {
			assert.NoError(t, end, m.Name)
			assert.Empty(t, b.notes)
		}
		assert.True(t, b.boot().Applied, "the upgrade waits for any restart")
	}
}

// The last fota() counts: it is the same upgrade opened anew.
func TestSecondOpenIsTheSameUpgrade(t *testing.T) {
	b := newBench(t, "generic")
	assert.Equal(t, upgradeRestart, b.run(func(task *kernel.Task) {
		b.s.Open(true)
		b.s.Open(false)
		b.s.Download(sampleURL, "", nil)
		assert.NoError(t, task.Sleep(time.Hour))
	}))
}

func TestMiniFOTAOnEveryModel(t *testing.T) {
	for _, m := range model.All() {
		b := newBench(t, m.Name)
		result := 7
		end := b.run(func(task *kernel.Task) {
			result, _ = b.s.Download("http://www.example.com/fota1.bin", "http://www.example.com/fota2.bin", b.callback)
			assert.NoError(t, task.Sleep(time.Hour))
		})
		assert.Empty(t, b.calls, "mini FOTA has no callback")
		if m.FOTA.MiniFOTA {
			assert.Equal(t, OK, result, m.Name)
			assert.Equal(t, upgradeRestart, end, m.Name)
			assert.Contains(t, b.notes[0], "no callback")
			assert.Equal(t, Report{From: "V0001", To: "V0002", Applied: true}, b.boot())
		} else {
			assert.Equal(t, Error, result, m.Name)
			assert.NoError(t, end)
			assert.Contains(t, b.notes[0], "leave url2 out")
			assert.Contains(t, b.notes[0], "EC600M")
			b.keepsOldFirmware(m.Name)
		}
	}
}

func TestMiniFOTARefusesWrongStages(t *testing.T) {
	const at = "http://www.example.com"
	for name, urls := range map[string][2]string{
		"order turned round":   {at + "/fota2.bin", at + "/fota1.bin"},
		"first stage twice":    {at + "/fota1.bin", at + "/fota1.bin"},
		"whole upgrade first":  {at + "/dfota.bin", at + "/fota2.bin"},
		"second stage alone":   {at + "/fota2.bin", ""},
		"first stage alone":    {at + "/fota1.bin", ""},
		"second stage missing": {at + "/fota1.bin", at + "/missing"},
		"to another version":   {at + "/fota1.bin", "http://up.example/f"},
	} {
		b := newBench(t, "generic")
		b.serves(packed(t, Header{Model: "generic", From: "V0001", To: "V0003", Flags: Stage2}, []byte("x")))
		assert.NoError(t, b.run(func(*kernel.Task) {
			result, err := b.s.Download(urls[0], urls[1], nil)
			assert.NoError(t, err)
			assert.Equal(t, Error, result, name)
			assert.False(t, b.s.Flagged())
		}), name)
		assert.Len(t, b.notes, 1, name)
		b.keepsOldFirmware(name)
	}
}

func TestFTPOnEveryModel(t *testing.T) {
	for _, m := range model.All() {
		b := newBench(t, m.Name)
		result := 7
		b.run(func(*kernel.Task) { result, _ = b.s.Download("ftp://user:pw@www.example.com/fota.bin", "", nil) })
		if m.FOTA.FTP {
			assert.Equal(t, OK, result, m.Name)
			assert.True(t, b.boot().Applied)
		} else {
			assert.Equal(t, Error, result, m.Name)
			assert.Contains(t, b.notes[0], "EC200A")
		}
	}
}

func TestAPN(t *testing.T) {
	b := newBench(t, "BG95")
	b.run(func(*kernel.Task) {
		assert.True(t, b.s.Fresh())
		assert.Nil(t, b.s.APN())
		assert.Equal(t, OK, b.s.SetAPN(APN{Name: "CMNET", User: "abc", Password: "123"}))
		assert.Equal(t, Error, b.s.SetAPN(APN{IPType: 2}))
		assert.NoError(t, b.s.Delivered())
	})
	assert.Contains(t, b.notes[0], "ip_type 2")
	b.run(func(*kernel.Task) {
		assert.False(t, b.s.Fresh())
		assert.Equal(t, &APN{Name: "CMNET", User: "abc", Password: "123"}, b.s.APN(), "it outlives the restart")
	})
}

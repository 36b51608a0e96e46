package firmware

import (
	"bytes"
	"errors"
	"io"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/kernel"
	"qpy/device/model"
	"qpy/device/network"
)

func TestDownloadRefusals(t *testing.T) {
	b := newBench(t, "generic")
	assert.NoError(t, b.run(func(*kernel.Task) {
		for raw, why := range map[string]string{
			"":                                     "url1 is missing",
			"www.example.com/fota.bin":             "no scheme",
			"ftp://user:password@ip:port/fota.bin": "invalid port",
			"file:///etc/passwd":                   "not http",
		} {
			b.notes = nil
			result, err := b.s.Download(raw, "", b.callback)
			assert.NoError(t, err)
			assert.Equal(t, Error, result, raw)
			require.Len(t, b.notes, 1)
			assert.Contains(t, b.notes[0], why)
		}
		assert.Zero(t, b.k.Now(), "refused at once")
	}))
	assert.Empty(t, b.calls)
}

func TestOneDownloadAtATime(t *testing.T) {
	for _, name := range []string{"generic", "EC600N"} {
		b := newBench(t, name)
		var results []int
		end := b.run(func(task *kernel.Task) {
			b.k.Spawn("second", func(task *kernel.Task) {
				assert.NoError(t, task.Sleep(200*time.Millisecond))
				result, _ := b.s.Download("http://www.example.com/dfota.bin", "", nil)
				results = append(results, result)
				results = append(results, b.s.Write([]byte("x"), 10))
			})
			b.s.Download(sampleURL, "", nil)
			for !b.s.Flagged() || b.s.running != nil {
				assert.NoError(t, task.Sleep(50*time.Millisecond))
			}
			result, _ := b.s.Download(sampleURL, "", nil)
			results = append(results, result)
			assert.NoError(t, task.Sleep(time.Hour))
		})
		assert.Equal(t, upgradeRestart, end)
		assert.Equal(t, []int{Error, Error, Error}, results)
		require.Len(t, b.notes, 3)
		assert.Contains(t, b.notes[0], "a download is running")
		assert.Contains(t, b.notes[2], "about to restart")
		assert.True(t, b.boot().Applied, "the first is not disturbed")
	}
}

func TestCancel(t *testing.T) {
	b := newBench(t, "BG95")
	var result int
	assert.NoError(t, b.run(func(task *kernel.Task) {
		assert.Equal(t, Error, b.s.Cancel(), "nothing to cancel")
		b.k.Spawn("canceller", func(task *kernel.Task) {
			assert.NoError(t, task.Sleep(40*time.Second))
			assert.Equal(t, OK, b.s.Cancel())
			assert.Equal(t, Error, b.s.Cancel(), "a second time")
		})
		result, _ = b.s.Download(sampleURL, "", b.callback)
		assert.InDelta(t, 40*time.Second, b.k.Now(), float64(time.Second))
	}))
	assert.Equal(t, Error, result)
	last := b.calls[len(b.calls)-1]
	assert.Equal(t, StatusFailed, last[0])
	assert.Greater(t, last[1], 50, "the progress so far")
	assert.Contains(t, strings.Join(b.notes, "\n"), "cancelled")
	b.keepsOldFirmware("cancelled")

	// The next download of the same device succeeds.
	assert.Equal(t, upgradeRestart, b.run(func(*kernel.Task) { b.s.Download(sampleURL, "", nil) }))
	assert.True(t, b.boot().Applied)
}

func TestInterruptCancels(t *testing.T) {
	b := newBench(t, "BG95")
	stop := errors.New("Ctrl-C")
	assert.NoError(t, b.run(func(task *kernel.Task) {
		b.k.After(time.Second*10, "key", func() { b.k.Interrupt(stop) })
		result, err := b.s.Download(sampleURL, "", nil)
		assert.Equal(t, Error, result)
		assert.Equal(t, stop, err)
	}))
	assert.Equal(t, 10*time.Second+settle, b.k.Now(), "the download ends")
	b.keepsOldFirmware("interrupted")
}

func TestNetworkFailuresOnASyncAndTwoAsyncModels(t *testing.T) {
	whole, err := Sample(must(model.Lookup("generic")), "V0001", 0, 100_000)
	require.NoError(t, err)
	fail := func(err error) network.Site {
		return siteFunc(func(*url.URL) (*network.Response, error) { return nil, err })
	}
	body := func(size int, then error) network.Site {
		return siteFunc(func(*url.URL) (*network.Response, error) {
			r := io.Reader(bytes.NewReader(whole[:size]))
			if then != nil {
				r = io.MultiReader(r, errReader{then})
			}
			return &network.Response{Size: int64(len(whole)), Body: io.NopCloser(r)}, nil
		})
	}
	for name, c := range map[string]struct {
		site network.Site
		code int
	}{
		"unknown host": {fail(network.ErrUnknownHost), CodeUnknownHost},
		"refused":      {fail(network.ErrRefused), CodeRefused},
		"404":          {fail(&network.StatusError{Code: 404}), CodeStatus},
		"no answer":    {fail(network.ErrSilent), CodeTimeout},
		"cut":          {body(70_000, network.ErrReset), CodeCut},
		"silent":       {body(70_000, network.ErrSilent), CodeTimeout},
		"short":        {body(70_000, nil), CodeCut},
		"broken":       {body(70_000, errors.New("TLS")), CodeUnknown},
	} {
		for _, device := range []string{"generic", "EC600N", "EC600M"} {
			t.Run(name+" "+device, func(t *testing.T) {
				b := newBench(t, device)
				b.sites = []network.Site{c.site}
				assert.NoError(t, b.run(func(task *kernel.Task) {
					result, err := b.s.Download("http://up.example/f", "", b.callback)
					assert.NoError(t, err)
					if b.m.FOTA.AsyncDownload {
						assert.Equal(t, OK, result, "the call itself")
					} else {
						assert.Equal(t, Error, result)
					}
				}), "no restart")
				last := b.calls[len(b.calls)-1]
				assert.Equal(t, StatusFailed, last[0])
				switch {
				case b.m.FOTA.ProgressCarriesErrorCode:
					assert.Equal(t, c.code, last[1])
				case strings.HasPrefix(name, "cut"), name == "silent", name == "short", name == "broken":
					assert.InDelta(t, 68, last[1], 5, "the progress so far")
				default:
					assert.Zero(t, last[1])
				}
				require.Len(t, b.notes, 1)
				assert.Contains(t, b.notes[0], "http://up.example/f")
				b.keepsOldFirmware(name)
			})
		}
	}
}

func TestTooLargeIsRefusedBeforeAnythingIsWritten(t *testing.T) {
	b := newBench(t, "BC25PA")
	size := b.m.Flash.SlotSize + 1
	read := 0
	b.sites = []network.Site{siteFunc(func(*url.URL) (*network.Response, error) {
		return &network.Response{Size: size, Body: io.NopCloser(countReader{&read})}, nil
	})}
	b.run(func(*kernel.Task) { b.s.Download("http://up.example/f", "", b.callback) })
	assert.Contains(t, b.notes[0], "the upgrade slot takes")
	assert.Zero(t, read)

	size = -1 // not announced: refused as soon as it shows
	assert.NoError(t, b.run(func(*kernel.Task) { b.s.Download("http://up.example/f", "", b.callback) }))
	assert.Contains(t, b.notes[0], "larger than the upgrade slot")
	assert.Less(t, int64(read), b.m.Flash.SlotSize+1<<20)
	b.keepsOldFirmware("too large")
}

// countReader gives bytes without end.
type countReader struct{ n *int }

func (c countReader) Read(p []byte) (int, error) { *c.n += len(p); return len(p), nil }

func TestBodyWithoutLength(t *testing.T) {
	b := newBench(t, "generic")
	good := must(SampleFile(b.m, "V0001"))
	for _, c := range []struct {
		body []byte
		want int
	}{{nil, Error}, {good[:100], Error}, {good, OK}} {
		b.sites = []network.Site{siteFunc(func(*url.URL) (*network.Response, error) {
			return &network.Response{Size: -1, Body: io.NopCloser(bytes.NewReader(c.body))}, nil
		})}
		b.run(func(*kernel.Task) {
			result, _ := b.s.Download("http://up.example/f", "", b.callback)
			assert.Equal(t, c.want, result)
		})
	}
	assert.True(t, b.boot().Applied)
}

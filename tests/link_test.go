package tests

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy"
	"qpy/device/network"
	"qpy/device/scenario"
)

// timed downloads a package and tells when the callback was told of its end.
const timed = `
import fota, utime
before = utime.ticks_ms()
def result(args):
    if args[0] not in (0, 1):
        print("status", args[0], "after", utime.ticks_ms() - before)
print("returned", fota(reset_disable=1).httpDownload(url1="http://www.example.com/fota.bin", callback=result))
utime.sleep(2000)
`

// What makes a link slow makes a download late, by as much, and does not keep the
// package away: on a synchronous model and on an asynchronous one.
func TestSlowLinksCostDeviceTime(t *testing.T) {
	for _, device := range []string{"EC200U", "EC600M"} {
		size := float64(len(sample(t, device)))
		took := func(change func(*network.Link)) time.Duration {
			c := qpy.Config{Device: device, Seed: 3, SiteDir: siteWith(t, sample(t, device)), Network: func(o *network.Options) {
				o.Link.Bandwidth, o.Link.Latency = 100_000, 100*time.Millisecond
				if change != nil {
					change(&o.Link)
				}
			}}
			console, _ := run(t, c, timed)
			assert.Contains(t, console, "returned 0\n")
			_, rest, found := strings.Cut(console, "status 2 after ")
			require.True(t, found, console)
			var ms int
			_, err := fmt.Sscan(rest, &ms)
			require.NoError(t, err)
			return time.Duration(ms) * time.Millisecond
		}
		plain := took(nil)
		assert.InDelta(t, size/100_000+0.3, plain.Seconds(), 0.05, "three round trips, and the file")
		half := took(func(l *network.Link) { l.Bandwidth /= 2 })
		assert.InDelta(t, size/100_000, (half - plain).Seconds(), 0.05, "half the bandwidth")
		far := took(func(l *network.Link) { l.Latency += time.Second })
		assert.InDelta(t, 3, (far - plain).Seconds(), 0.05, "a second more for each round trip")
		late := took(func(l *network.Link) { l.Jitter = 500 * time.Millisecond })
		assert.Greater(t, late, plain+20*time.Millisecond)
		assert.Less(t, late, plain+4*500*time.Millisecond, "three round trips and the last part of the file")
		lossy := took(func(l *network.Link) { l.Loss = 0.05 })
		assert.Greater(t, lossy, plain+time.Second)
	}
}

// A connection that breaks off at byte N is taken up again there: no byte comes
// twice, and all of them with a server that cannot do that.
func TestResumeAsksForWhatIsMissing(t *testing.T) {
	for _, device := range []string{"EC200U", "EC600M"} {
		pack := sample(t, device)
		for kind, text := range map[string]string{"disconnect": "short body", "reset": "connection cut", "stall": "timeout"} {
			for _, whole := range []bool{false, true} {
				world := fmt.Sprintf(`
[[host]]
name = "www.example.com"
no_range = %t
fault = [{ kind = %q, at = 70000, times = 2 }]
[[event]]
at_byte = %d
do = "network-up"
[[event]]
at_byte = %d
do = "network-up"
`, whole, kind, len(pack), len(pack)+1)
				s, err := scenario.Parse("x.toml", []byte(world))
				require.NoError(t, err)
				console, _ := run(t, qpy.Config{Device: device, SiteDir: siteWith(t, pack)}.WithScenario(s), timed)
				assert.Equal(t, 2, strings.Count(console, "for the rest"), console)
				assert.Contains(t, console, "status 2 after")
				assert.Contains(t, console, text)
				assert.Contains(t, console, "qpy: x.toml:6: the network is up\n", "all bytes have come")
				assert.Equal(t, whole, !strings.Contains(console, "qpy: x.toml:9: network-up has not happened"), "%s %s: and no byte more\n%s", device, kind, console)
			}
		}
	}
}

// siteWith is a site folder with a package at http://www.example.com/fota.bin.
func siteWith(t *testing.T, pack []byte) string {
	t.Helper()
	dir := t.TempDir()
	writeFile(t, dir+"/www.example.com/fota.bin", pack)
	return dir
}

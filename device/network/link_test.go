package network_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/kernel"
	"qpy/device/network"
)

// times downloads a file over a link with a seed and tells when each part came.
func times(t *testing.T, seed int64, link network.Link) (moments []time.Duration, err error) {
	k := kernel.New(kernel.Options{Seed: seed})
	r := &record{k: k}
	r.onData = func() error { moments = append(moments, k.Now()); return nil }
	n := network.New(k, network.Options{Link: link, Sites: []network.Site{oneFile(noise(200_000))}})
	require.NoError(t, k.Run(context.Background(), func(*kernel.Task) {
		_, err := n.Fetch("http://h/f", r)
		require.NoError(t, err)
	}))
	if r.err == nil {
		assert.Equal(t, noise(200_000), r.body.Bytes(), "late or lost, the bytes come whole and in order")
	}
	return moments, r.err
}

func TestJitterAndLossComeFromTheSeed(t *testing.T) {
	plain := network.Link{Bandwidth: 10_000, Latency: 100 * time.Millisecond}
	base, err := times(t, 1, plain)
	require.NoError(t, err)
	again, err := times(t, 2, plain)
	require.NoError(t, err)
	assert.Equal(t, base, again, "nothing is random on a plain link")
	for name, link := range map[string]network.Link{
		"jitter": {Bandwidth: 10_000, Latency: 100 * time.Millisecond, Jitter: 300 * time.Millisecond},
		"loss":   {Bandwidth: 10_000, Latency: 100 * time.Millisecond, Loss: 0.1},
		"both":   {Bandwidth: 10_000, Latency: 100 * time.Millisecond, Jitter: time.Second, Loss: 0.3},
	} {
		a, err := times(t, 1, link)
		require.NoError(t, err, name)
		b, err := times(t, 1, link)
		require.NoError(t, err, name)
		c, err := times(t, 2, link)
		require.NoError(t, err, name)
		assert.Equal(t, a, b, "%s: the same seed, the same times", name)
		assert.NotEqual(t, a, c, "%s: another seed, other times", name)
		assert.IsNonDecreasing(t, a)
		assert.Greater(t, a[len(a)-1], base[len(base)-1], name)
	}
}

func TestJitterIsBounded(t *testing.T) {
	const jitter = 50 * time.Millisecond
	base, err := times(t, 1, network.Link{Bandwidth: 10_000, Latency: 100 * time.Millisecond})
	require.NoError(t, err)
	for seed := range int64(20) {
		late, err := times(t, seed, network.Link{Bandwidth: 10_000, Latency: 100 * time.Millisecond, Jitter: jitter})
		require.NoError(t, err)
		require.Len(t, late, len(base))
		for i := range base {
			assert.GreaterOrEqual(t, late[i], base[i])
			assert.LessOrEqual(t, late[i]-base[i], 4*jitter, "three round trips and the part itself")
		}
	}
}

// Every lost packet costs its time: a tenth of them about a round trip each.
func TestLossCostsTime(t *testing.T) {
	const latency = 100 * time.Millisecond
	base, err := times(t, 1, network.Link{Bandwidth: 10_000, Latency: latency})
	require.NoError(t, err)
	var sum time.Duration
	const seeds = 40
	for seed := range int64(seeds) {
		lossy, err := times(t, seed, network.Link{Bandwidth: 10_000, Latency: latency, Loss: 0.1})
		require.NoError(t, err)
		sum += lossy[len(lossy)-1] - base[len(base)-1]
	}
	// Chunks of 1,024 bytes are a packet each: 196 packets, 19.6 lost, 2 of them
	// again (a second), and three questions.
	mean := sum / seeds
	assert.Greater(t, mean, 2*time.Second)
	assert.Less(t, mean, 8*time.Second)
}

func TestLinkThatLosesEverything(t *testing.T) {
	_, err := times(t, 1, network.Link{Bandwidth: 10_000, Latency: time.Second, Loss: 1})
	assert.Equal(t, network.Timeout, kindOf(t, err))
}

// during downloads 100,000 bytes at 10,000 a second while the link changes.
func during(t *testing.T, o network.Options, change func(task *kernel.Task, n *network.Network)) (*record, *network.Network, []string) {
	var notes []string
	o.Link.Bandwidth, o.Link.Latency = 10_000, 100*time.Millisecond
	o.Sites = []network.Site{oneFile(noise(100_000))}
	o.Timeout = 30 * time.Second
	o.Note = func(text string) { notes = append(notes, text) }
	k := kernel.New(kernel.Options{})
	r := &record{k: k}
	n := network.New(k, o)
	require.NoError(t, k.Run(context.Background(), func(task *kernel.Task) {
		_, err := n.Fetch("http://h/f", r)
		require.NoError(t, err)
		change(task, n)
	}))
	require.Equal(t, 1, r.ends)
	return r, n, notes
}

func set(n *network.Network, change func(*network.Link)) {
	l := n.Link()
	change(&l)
	n.SetLink(l)
}

func TestLinkGoesDownAndUp(t *testing.T) {
	down := func(d time.Duration) func(*kernel.Task, *network.Network) {
		return func(task *kernel.Task, n *network.Network) {
			assert.NoError(t, task.Sleep(5*time.Second))
			set(n, func(l *network.Link) { l.Down = true })
			assert.NoError(t, task.Sleep(d))
			set(n, func(l *network.Link) { l.Down = false })
		}
	}
	plain, _, _ := during(t, network.Options{}, func(*kernel.Task, *network.Network) {})
	require.NoError(t, plain.err)

	// A short gap: the connection lives, the file comes later.
	r, n, notes := during(t, network.Options{}, down(20*time.Second))
	require.NoError(t, r.err)
	assert.Equal(t, noise(100_000), r.body.Bytes())
	assert.Empty(t, notes)
	assert.Equal(t, int64(100_000), n.Received())
	assert.InDelta(t, plain.done+20*time.Second, r.done, float64(300*time.Millisecond))

	// A longer one breaks it; what is missing is asked for when coverage is back.
	r, n, notes = during(t, network.Options{}, down(35*time.Second))
	require.NoError(t, r.err)
	assert.Equal(t, noise(100_000), r.body.Bytes())
	assert.Equal(t, int64(100_000), n.Received())
	require.NotEmpty(t, notes)
	assert.Contains(t, notes[0], "the link is down")

	// Without an end it fails.
	r, _, notes = during(t, network.Options{}, down(time.Hour))
	assert.Equal(t, network.NoBearer, kindOf(t, r.err))
	assert.Len(t, notes, network.DefaultRetries)
}

func TestDownloadDoesNotBeginWithoutCoverage(t *testing.T) {
	r := run(t, network.Options{Link: network.Link{Down: true, Latency: time.Second}, Sites: []network.Site{oneFile(noise(10))}}, "http://h/f", nil)
	assert.Equal(t, network.NoBearer, kindOf(t, r.err))
	assert.Equal(t, time.Second, r.done)
}

func TestCancelWhileTheLinkIsDown(t *testing.T) {
	k := kernel.New(kernel.Options{})
	r := &record{k: k}
	n := network.New(k, network.Options{Link: network.Link{Bandwidth: 1000}, Sites: []network.Site{oneFile(noise(10_000))}})
	require.NoError(t, k.Run(context.Background(), func(task *kernel.Task) {
		transfer, err := n.Fetch("http://h/f", r)
		require.NoError(t, err)
		require.NoError(t, task.Sleep(time.Second))
		set(n, func(l *network.Link) { l.Down = true })
		require.NoError(t, task.Sleep(5*time.Second))
		assert.True(t, transfer.Cancel())
		set(n, func(l *network.Link) { l.Down = false })
	}))
	assert.Equal(t, network.Cancelled, kindOf(t, r.err))
	assert.Equal(t, 6*time.Second, k.Now(), "nothing is left to wait for")
}

func TestBandwidthChangesMeanwhile(t *testing.T) {
	r, _, _ := during(t, network.Options{}, func(task *kernel.Task, n *network.Network) {
		assert.NoError(t, task.Sleep(300*time.Millisecond+5*time.Second))
		set(n, func(l *network.Link) { l.Bandwidth = 1_000 })
	})
	require.NoError(t, r.err)
	assert.InDelta(t, 300*time.Millisecond+55*time.Second, r.done, float64(2*time.Second), "half at each rate")
}

func TestBearerNeedsTheRightAPN(t *testing.T) {
	apns := []network.APN{{Name: "cmnet"}, {Name: "private", User: "abc", Password: "123"}}
	for _, c := range []struct {
		known []network.APN
		set   network.APN
		want  string
	}{
		{nil, network.APN{}, ""},
		{nil, network.APN{Name: "whatever"}, ""},
		{apns, network.APN{}, ""},
		{apns, network.APN{Name: "CMNET"}, ""},
		{apns, network.APN{Name: "CMNET", User: "any", Password: "one"}, ""},
		{apns, network.APN{Name: "private", User: "abc", Password: "123"}, ""},
		{apns, network.APN{Name: "CMNETX"}, `no APN "CMNETX"; it has cmnet, private`},
		{apns, network.APN{Name: "private"}, "refuses the user or the password"},
		{apns, network.APN{Name: "private", User: "abc", Password: "1234"}, "refuses the user or the password"},
	} {
		k := kernel.New(kernel.Options{})
		r := &record{k: k}
		n := network.New(k, network.Options{Link: network.Link{APNs: c.known}, Sites: []network.Site{oneFile(noise(10))}})
		n.SetAPN(c.set)
		require.NoError(t, k.Run(context.Background(), func(*kernel.Task) {
			_, err := n.Fetch("http://h/f", r)
			require.NoError(t, err)
		}))
		if c.want == "" {
			assert.NoError(t, r.err, "%v", c.set)
			continue
		}
		assert.Equal(t, network.NoBearer, kindOf(t, r.err))
		assert.ErrorContains(t, r.err, c.want)
		assert.NotContains(t, r.err.Error(), "1234", "no password in a note")
		assert.Zero(t, n.Received())
	}
}

func TestAtByte(t *testing.T) {
	for _, at := range []int64{1, 7, 1024, 5_000, 9_999, 10_000} {
		k := kernel.New(kernel.Options{})
		r := &record{k: k}
		n := network.New(k, network.Options{Link: network.Link{Bandwidth: 1000}, Sites: []network.Site{oneFile(noise(10_000))}})
		var order []int64
		for _, b := range []int64{at + 1, at, 20_000} {
			n.AtByte(b, func() {
				order = append(order, b)
				if b == at {
					assert.Equal(t, at, n.Received())
					assert.Equal(t, int(at), r.body.Len(), "to the byte, and handed on")
				}
			})
		}
		require.NoError(t, k.Run(context.Background(), func(*kernel.Task) {
			_, err := n.Fetch("http://h/f", r)
			require.NoError(t, err)
		}))
		require.NoError(t, r.err)
		assert.Equal(t, noise(10_000), r.body.Bytes())
		want := []int64{at, at + 1}
		if at == 10_000 {
			want = want[:1]
		}
		assert.Equal(t, want, order)
	}
}

// What happens at a byte may end the download.
func TestCancelAtAByte(t *testing.T) {
	k := kernel.New(kernel.Options{})
	r := &record{k: k}
	n := network.New(k, network.Options{Link: network.Link{Bandwidth: 1000}, Sites: []network.Site{oneFile(noise(10_000))}})
	require.NoError(t, k.Run(context.Background(), func(*kernel.Task) {
		transfer, err := n.Fetch("http://h/f", r)
		require.NoError(t, err)
		n.AtByte(3_333, func() { transfer.Cancel() })
	}))
	assert.Equal(t, network.Cancelled, kindOf(t, r.err))
	assert.Equal(t, 3_333, r.body.Len())
}

package network_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/kernel"
	"qpy/device/network"
)

// record is a handler that writes down what it hears.
type record struct {
	k        *kernel.Kernel
	size     int64
	body     bytes.Buffer
	chunks   int
	header   time.Duration // device time of the header
	done     time.Duration
	err      error
	ends     int
	onHeader func(size int64) error
	onData   func() error
}

func (r *record) Header(size int64) error {
	r.size, r.header = size, r.k.Now()
	if r.onHeader != nil {
		return r.onHeader(size)
	}
	return nil
}

func (r *record) Data(chunk []byte) error {
	r.body.Write(chunk)
	r.chunks++
	if r.onData != nil {
		return r.onData()
	}
	return nil
}

func (r *record) Done(err error) { r.err, r.done = err, r.k.Now(); r.ends++ }

// run downloads a URL on a device of its own.
func run(t *testing.T, o network.Options, raw string, prepare func(*record)) *record {
	t.Helper()
	k := kernel.New(kernel.Options{})
	r := &record{k: k}
	if prepare != nil {
		prepare(r)
	}
	n := network.New(k, o)
	require.NoError(t, k.Run(context.Background(), func(*kernel.Task) {
		_, err := n.Fetch(raw, r)
		require.NoError(t, err)
		assert.Zero(t, r.ends, "nothing is heard before Fetch has returned")
	}))
	assert.Equal(t, 1, r.ends, "Done is called once")
	return r
}

func kindOf(t *testing.T, err error) network.Kind {
	t.Helper()
	var e *network.Error
	require.ErrorAs(t, err, &e)
	assert.NotContains(t, err.Error(), "\n")
	return e.Kind
}

// siteFunc is a site of one function.
type siteFunc func(*url.URL) (*network.Response, error)

func (f siteFunc) Open(u *url.URL) (*network.Response, error) { return f(u) }

func serve(size int64, body io.Reader) network.Site {
	return siteFunc(func(*url.URL) (*network.Response, error) {
		return &network.Response{Size: size, Body: io.NopCloser(body)}, nil
	})
}

func TestBandwidthAndLatencyAreDeviceTime(t *testing.T) {
	content := bytes.Repeat([]byte("0123456789"), 10_000)
	for _, bandwidth := range []int64{15_875, 1_250_000, 18_750_000} {
		o := network.Options{Link: network.Link{Bandwidth: bandwidth, Latency: 50 * time.Millisecond}, Sites: []network.Site{serve(int64(len(content)), bytes.NewReader(content))}}
		r := run(t, o, "http://www.example.com/f", nil)
		require.NoError(t, r.err)
		assert.Equal(t, content, r.body.Bytes())
		assert.Equal(t, int64(len(content)), r.size)
		assert.Equal(t, 150*time.Millisecond, r.header, "name, connection and question take a round trip each")
		want := 150*time.Millisecond + time.Duration(int64(len(content))*int64(time.Second)/bandwidth)
		assert.Equal(t, want, r.done)
		assert.GreaterOrEqual(t, r.chunks, 40, "enough chunks to show progress")
	}
}

func TestBodyWithoutLength(t *testing.T) {
	r := run(t, network.Options{Sites: []network.Site{serve(-1, iotest.HalfReader(bytes.NewReader(make([]byte, 200_000))))}}, "http://h/f", nil)
	require.NoError(t, r.err)
	assert.Equal(t, int64(-1), r.size)
	assert.Equal(t, 200_000, r.body.Len())
	r = run(t, network.Options{Sites: []network.Site{serve(0, bytes.NewReader(nil))}}, "http://h/f", nil)
	assert.NoError(t, r.err)
	assert.Zero(t, r.body.Len())
}

func TestFailuresOfServers(t *testing.T) {
	const timeout = 7 * time.Second
	half := func(err error) network.Site {
		return serve(10_000, io.MultiReader(bytes.NewReader(make([]byte, 5_000)), iotest.ErrReader(err)))
	}
	refuse := func(err error) network.Site {
		return siteFunc(func(*url.URL) (*network.Response, error) { return nil, err })
	}
	for name, c := range map[string]struct {
		site network.Site
		kind network.Kind
		got  int
		at   time.Duration
	}{
		"unknown host":        {refuse(network.ErrUnknownHost), network.UnknownHost, 0, time.Second},
		"refused":             {refuse(network.ErrRefused), network.Refused, 0, 2 * time.Second},
		"404":                 {refuse(&network.StatusError{Code: 404}), network.Status, 0, 3 * time.Second},
		"no answer":           {refuse(network.ErrSilent), network.Timeout, 0, time.Second + timeout},
		"broken site":         {refuse(errors.New("site is broken")), network.Failed, 0, 3 * time.Second},
		"cut":                 {half(network.ErrReset), network.Cut, 5_000, 8 * time.Second},
		"falls silent":        {half(network.ErrSilent), network.Timeout, 5_000, 8*time.Second + timeout},
		"short body":          {serve(10_000, bytes.NewReader(make([]byte, 5_000))), network.Short, 5_000, 8 * time.Second},
		"length without body": {serve(10_000, bytes.NewReader(nil)), network.Short, 0, 3 * time.Second},
		"no site at all":      {nil, network.UnknownHost, 0, time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			o := network.Options{Link: network.Link{Bandwidth: 1000, Latency: time.Second}, Timeout: timeout, Retries: -1}
			if c.site != nil {
				o.Sites = []network.Site{c.site}
			}
			r := run(t, o, "http://www.example.com/f", nil)
			assert.Equal(t, c.kind, kindOf(t, r.err))
			assert.Contains(t, r.err.Error(), "http://www.example.com/f")
			assert.Equal(t, c.got, r.body.Len(), "what came before the failure was handed on")
			assert.Equal(t, c.at, r.done)
		})
	}
}

func TestHandlerEndsTheTransfer(t *testing.T) {
	full := errors.New("no space")
	sites := []network.Site{serve(100_000, bytes.NewReader(make([]byte, 100_000)))}
	r := run(t, network.Options{Sites: sites}, "http://h/f", func(r *record) { r.onHeader = func(int64) error { return full } })
	assert.Equal(t, full, r.err)
	assert.Zero(t, r.chunks)
	r = run(t, network.Options{Sites: sites}, "http://h/f", func(r *record) { r.onData = func() error { return full } })
	assert.Equal(t, full, r.err)
	assert.Equal(t, 1, r.chunks)
}

func TestCancel(t *testing.T) {
	closed := 0
	site := siteFunc(func(*url.URL) (*network.Response, error) {
		return &network.Response{Size: 100_000, Body: closer{bytes.NewReader(make([]byte, 100_000)), &closed}}, nil
	})
	for _, at := range []time.Duration{0, 500 * time.Millisecond, 2 * time.Second, 50 * time.Second} {
		closed = 0
		k := kernel.New(kernel.Options{})
		r := &record{k: k}
		n := network.New(k, network.Options{Link: network.Link{Bandwidth: 1000, Latency: time.Second}, Sites: []network.Site{site}})
		require.NoError(t, k.Run(context.Background(), func(task *kernel.Task) {
			transfer, err := n.Fetch("http://h/f", r)
			require.NoError(t, err)
			require.NoError(t, task.Sleep(at))
			assert.True(t, transfer.Cancel())
			assert.False(t, transfer.Cancel(), "a second time")
		}))
		assert.Equal(t, network.Cancelled, kindOf(t, r.err))
		assert.Equal(t, 1, r.ends)
		assert.Equal(t, at, r.done)
		assert.Equal(t, at, k.Now(), "nothing is left to wait for")
		if at > time.Second {
			assert.Equal(t, 1, closed, "the body was closed")
		}
	}
}

// A restart in the middle of a download leaves nothing open.
func TestCloseAfterARestart(t *testing.T) {
	closed := 0
	site := siteFunc(func(*url.URL) (*network.Response, error) {
		return &network.Response{Size: 100_000, Body: closer{bytes.NewReader(make([]byte, 100_000)), &closed}}, nil
	})
	k := kernel.New(kernel.Options{})
	r := &record{k: k}
	n := network.New(k, network.Options{Link: network.Link{Bandwidth: 1000}, Sites: []network.Site{site}})
	off := errors.New("restart")
	assert.Equal(t, off, k.Run(context.Background(), func(task *kernel.Task) {
		_, err := n.Fetch("http://h/f", r)
		require.NoError(t, err)
		require.NoError(t, task.Sleep(time.Second))
		k.Halt(off)
	}))
	assert.Zero(t, closed)
	n.Close()
	n.Close()
	assert.Equal(t, 1, closed)
	assert.Zero(t, r.ends, "the handler hears no more")
}

type closer struct {
	io.Reader
	n *int
}

func (c closer) Close() error { *c.n++; return nil }

func TestSitesAreAskedInTurn(t *testing.T) {
	files := func(host, text string) network.Site {
		return &network.Files{Host: host, Paths: map[string]func() ([]byte, error){
			"/f":   func() ([]byte, error) { return []byte(text), nil },
			"/bad": func() ([]byte, error) { return nil, errors.New("cannot be made") },
		}}
	}
	o := network.Options{Sites: []network.Site{files("a.example", "A"), files("b.example", "B")}}
	assert.Equal(t, "A", run(t, o, "http://a.example/f", nil).body.String())
	assert.Equal(t, "B", run(t, o, "HTTPS://B.Example:443/f?query=1", nil).body.String())
	assert.Equal(t, "B", run(t, o, "ftp://user:password@b.example/f", nil).body.String())
	assert.Equal(t, network.UnknownHost, kindOf(t, run(t, o, "http://c.example/f", nil).err))
	assert.Equal(t, network.Refused, kindOf(t, run(t, o, "http://a.example:8080/f", nil).err))
	assert.Equal(t, network.Status, kindOf(t, run(t, o, "http://a.example/g", nil).err))
	assert.ErrorContains(t, run(t, o, "http://a.example/bad", nil).err, "the server answers 500: cannot be made")
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	outside := filepath.Join(t.TempDir(), "secret")
	write := func(name, text string) {
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
	}
	write(outside, "secret")
	write(filepath.Join(dir, "top.bin"), "top")
	write(filepath.Join(dir, "www.example.com", "a", "f.bin"), "content")
	write(filepath.Join(dir, "www.example.com", "with space.bin"), "space")
	write(filepath.Join(dir, "ports.example:8080", "f.bin"), "8080")
	require.NoError(t, os.Symlink(outside, filepath.Join(dir, "www.example.com", "link")))
	require.NoError(t, os.Symlink(filepath.Dir(outside), filepath.Join(dir, "linked.example")))

	folder, err := network.OpenFolder(dir)
	require.NoError(t, err)
	defer folder.Close()
	o := network.Options{Sites: []network.Site{folder}}
	for raw, want := range map[string]string{
		"http://www.example.com/a/f.bin":            "content",
		"http://WWW.example.com:80/a/./x/../f.bin":  "content",
		"https://www.example.com/a/f.bin?token=1#x": "content",
		"ftp://user:pw@www.example.com/a/f.bin":     "content",
		"http://www.example.com/with%20space.bin":   "space",
		"http://ports.example:8080/f.bin":           "8080",
	} {
		r := run(t, o, raw, nil)
		require.NoError(t, r.err, raw)
		assert.Equal(t, want, r.body.String(), raw)
	}
	for raw, want := range map[string]network.Kind{
		"http://other.example/f":                       network.UnknownHost,
		"http://linked.example/secret":                 network.UnknownHost,
		"http://www.example.com:81/a/f.bin":            network.Refused,
		"http://ports.example/f.bin":                   network.Refused,
		"http://top.bin/":                              network.UnknownHost, // a file is no host
		"http://www.example.com/missing":               network.Status,
		"http://www.example.com/":                      network.Status,
		"http://www.example.com/a":                     network.Status,
		"http://www.example.com/link":                  network.Status,
		"http://www.example.com/../top.bin":            network.Status,
		"http://www.example.com/%2e%2e/top.bin":        network.Status,
		"http://www.example.com/..%2f..%2fetc%2fhosts": network.Status,
		"http://www.example.com/a/f.bin/x":             network.Status,
	} {
		r := run(t, o, raw, nil)
		assert.Equal(t, want, kindOf(t, r.err), "%s: %v", raw, r.err)
		assert.Zero(t, r.body.Len(), raw)
	}
	_, err = network.OpenFolder(filepath.Join(dir, "none"))
	assert.ErrorContains(t, err, "site folder")
}

func TestParse(t *testing.T) {
	for _, raw := range []string{
		"http://www.example.com/fota.bin", "https://[::1]:8443/f", "ftp://user:pass@10.0.0.1:2121/f", "HTTP://a_b-c.example/",
		"http://h", "http://h/f?x=y",
	} {
		_, err := network.Parse(raw)
		assert.NoError(t, err, raw)
	}
	for _, raw := range []string{
		"", " ", "www.example.com/fota.bin", "http://", "http:///f", "http://h:0/", "http://h:65536/", "http://h:/", "http://:80/",
		"ftp://user:password@ip:port/fota.bin", "file:///etc/passwd", "gopher://h/", "http://../f", "http://a..b/", "http://h/\x00",
		"http://h/%00", "http://h\n/f", "http://a b/", "http://h/%zz", "http://" + string(bytes.Repeat([]byte("a"), 64)) + "/", "\xff\xfe",
	} {
		_, err := network.Parse(raw)
		assert.Equal(t, network.BadURL, kindOf(t, err), "%q", raw)
	}
}

func TestNotesHideThePassword(t *testing.T) {
	r := run(t, network.Options{}, "ftp://user:hunter2@h/f", nil)
	assert.NotContains(t, fmt.Sprint(r.err), "hunter2")
	_, err := network.Parse("ftp://user:hunter2@ip:port/fota.bin")
	assert.EqualError(t, err, `"ftp://ip:port/fota.bin": bad URL: invalid port ":port" after host`)
}

func TestFetchRefusesABadURL(t *testing.T) {
	n := network.New(kernel.New(kernel.Options{}), network.Options{})
	_, err := n.Fetch("nonsense", nil)
	assert.Equal(t, network.BadURL, kindOf(t, err))
}

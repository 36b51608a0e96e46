package network_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/kernel"
	"qpy/device/network"
)

// doors is a real server that sends everywhere, and one that must not be reached.
func doors(t *testing.T) (open, shut *url.URL, reached *counter) {
	reached = &counter{}
	closed := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		reached.Write([]byte{1})
		w.Write([]byte("secret"))
	}))
	t.Cleanup(closed.Close)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if to := r.URL.Query().Get("to"); to != "" {
			w.Header().Set("Location", to)
			w.WriteHeader(http.StatusFound)
			return
		}
		w.Write([]byte("real"))
	}))
	t.Cleanup(server.Close)
	parse := func(raw string) *url.URL {
		u, err := url.Parse(raw)
		require.NoError(t, err)
		return u
	}
	return parse(server.URL), parse(closed.URL), reached
}

func allow(t *testing.T, texts ...string) (list []network.Allow) {
	for _, text := range texts {
		a, err := network.ParseAllow(text)
		require.NoError(t, err)
		list = append(list, a)
	}
	return list
}

func TestOnlyAllowedHostsAreReached(t *testing.T) {
	open, shut, reached := doors(t)
	o := network.Options{Real: true, Allow: allow(t, open.Host)}
	require.NoError(t, o.Check())
	r := run(t, o, open.String(), nil)
	require.NoError(t, r.err)
	assert.Equal(t, "real", r.body.String())

	r = run(t, o, shut.String(), nil)
	assert.Equal(t, network.NotAllowed, kindOf(t, r.err))
	assert.ErrorContains(t, r.err, "only "+open.Host)
	for _, to := range []string{shut.String(), "//" + shut.Host + "/x", "http://localhost:" + shut.Port() + "/"} {
		r = run(t, o, open.String()+"/?to="+url.QueryEscape(to), nil)
		assert.Equal(t, network.NotAllowed, kindOf(t, r.err), "%s: %v", to, r.err)
		assert.ErrorContains(t, r.err, "a redirect leads there")
	}
	for _, to := range []string{"file:///etc/passwd", "FILE:///etc/passwd", "file:/etc/passwd", "ftp://" + shut.Host + "/f", "gopher://" + shut.Host,
		"javascript:alert(1)", "http://", "http:///x", "http://a b/", "data:text/plain,x", "\x01", "http://h/\x00"} {
		r = run(t, o, open.String()+"/?to="+url.QueryEscape(to), nil)
		assert.Error(t, r.err, "%q", to)
		assert.Zero(t, r.body.Len(), "%q", to)
	}
	assert.Zero(t, reached.total(), "the other server was never reached")

	o.Allow = allow(t, "127.0.0.1")
	assert.NoError(t, run(t, o, shut.String(), nil).err, "without a port all of them are allowed")
}

func TestVirtualAndRealHostsMix(t *testing.T) {
	open, shut, reached := doors(t)
	virtual := &network.Files{Host: "virtual.example", Paths: map[string]func() ([]byte, error){
		"/f": func() ([]byte, error) { return []byte("virtual"), nil },
	}}
	o := network.Options{Link: network.Link{Latency: time.Second}, Real: true, Allow: allow(t, open.Host), Sites: []network.Site{virtual},
		Hosts: []network.Host{
			{Name: "out.example", Faults: []network.Fault{{Kind: network.FaultRedirect, Location: open.String()}}},
			{Name: "shut.example", Faults: []network.Fault{{Kind: network.FaultRedirect, Location: shut.String()}}},
		}}
	for raw, want := range map[string]string{
		"http://virtual.example/f": "virtual",
		open.String():              "real",
		open.String() + "/?to=http://virtual.example/f": "virtual",
		"http://out.example/":                           "real",
	} {
		r := run(t, o, raw, nil)
		require.NoError(t, r.err, raw)
		assert.Equal(t, want, r.body.String(), raw)
	}
	for raw, kind := range map[string]network.Kind{
		"http://virtual.example:81/f": network.Refused, // a virtual host's other ports are virtual too
		"http://virtual.example/g":    network.Status,
		"http://shut.example/":        network.NotAllowed,
		"http://other.example/":       network.NotAllowed,
	} {
		r := run(t, o, raw, nil)
		assert.Equal(t, kind, kindOf(t, r.err), "%s: %v", raw, r.err)
	}
	assert.Zero(t, reached.total())

	// Without being asked for, the real network is not there at all.
	o.Real, o.Allow = false, nil
	assert.Equal(t, network.UnknownHost, kindOf(t, run(t, o, open.String(), nil).err))
	assert.Equal(t, network.UnknownHost, kindOf(t, run(t, o, "http://out.example/", nil).err))
}

// The bearer is the module's, also when what lies behind it is real.
func TestRealNetworkNeedsABearer(t *testing.T) {
	open, _, _ := doors(t)
	o := network.Options{Real: true, Link: network.Link{Down: true}}
	assert.Equal(t, network.NoBearer, kindOf(t, run(t, o, open.String(), nil).err))

	d := &dropper{next: static(content, `"v1"`, time.Time{})}
	server := httptest.NewServer(d)
	defer server.Close()
	var notes []string
	o = quick
	o.Note = func(text string) { notes = append(notes, text) }
	k := kernel.New(kernel.Options{})
	r := &record{k: k}
	n := network.New(k, o)
	gone := false
	r.onData = func() error {
		if !gone {
			gone = true
			set(n, func(l *network.Link) { l.Down = true })
			k.After(0, "coverage", func() { set(n, func(l *network.Link) { l.Down = false }) })
		}
		return nil
	}
	require.NoError(t, k.Run(context.Background(), func(*kernel.Task) {
		_, err := n.Fetch(server.URL, r)
		require.NoError(t, err)
	}))
	require.NoError(t, r.err)
	assert.Equal(t, content, r.body.Bytes())
	require.NotEmpty(t, notes)
	assert.Contains(t, notes[0], "the link is down")
}

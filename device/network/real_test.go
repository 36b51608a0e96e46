package network_test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/kernel"
	"qpy/device/network"
)

var content = bytes.Repeat([]byte("real bytes "), 20_000)

func hostServer(t *testing.T) *httptest.Server {
	stall := make(chan struct{})
	mux := http.NewServeMux()
	mux.HandleFunc("/file", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(len(content)))
		w.Write(content)
	})
	mux.HandleFunc("/chunked", func(w http.ResponseWriter, r *http.Request) {
		w.(http.Flusher).Flush()
		w.Write(content)
	})
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/file", http.StatusFound) })
	mux.HandleFunc("/away", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
	})
	mux.HandleFunc("/short", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(len(content)))
		w.Write(content[:1000])
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	})
	mux.HandleFunc("/stall", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(len(content)))
		w.Write(content[:1000])
		w.(http.Flusher).Flush()
		<-stall
	})
	server := httptest.NewServer(mux)
	t.Cleanup(func() { close(stall); server.Close() })
	return server
}

func TestHostNetwork(t *testing.T) {
	server := hostServer(t)
	o := network.Options{Real: true, Retries: -1}
	for _, path := range []string{"/file", "/chunked", "/moved"} {
		r := run(t, o, server.URL+path, nil)
		require.NoError(t, r.err, path)
		assert.True(t, bytes.Equal(content, r.body.Bytes()), path)
	}
	for path, want := range map[string]network.Kind{
		"/missing": network.Status,
		"/away":    network.Redirect,
		"/short":   network.Short,
	} {
		r := run(t, o, server.URL+path, nil)
		assert.Equal(t, want, kindOf(t, r.err), "%s: %v", path, r.err)
	}
	r := run(t, network.Options{Real: true, Timeout: 50 * time.Millisecond, Retries: -1}, server.URL+"/stall", nil)
	assert.Equal(t, network.Timeout, kindOf(t, r.err), "%v", r.err)

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address := listener.Addr().String()
	listener.Close()
	r = run(t, o, "http://"+address+"/f", nil)
	assert.Equal(t, network.Refused, kindOf(t, r.err), "%v", r.err)
}

func TestHostNetworkCancelAndHalt(t *testing.T) {
	server := hostServer(t)
	k := kernel.New(kernel.Options{})
	r := &record{k: k}
	n := network.New(k, network.Options{Real: true})
	var transfer *network.Transfer
	r.onData = func() error { transfer.Cancel(); return nil }
	require.NoError(t, k.Run(context.Background(), func(*kernel.Task) {
		var err error
		transfer, err = n.Fetch(server.URL+"/stall", r)
		require.NoError(t, err)
	}))
	assert.Equal(t, network.Cancelled, kindOf(t, r.err))
	assert.Equal(t, 1, r.ends)

	// A device that is switched off leaves no download behind: Run returns.
	k = kernel.New(kernel.Options{})
	r = &record{k: k}
	n = network.New(k, network.Options{Real: true})
	off := fmt.Errorf("switched off")
	r.onData = func() error { k.Halt(off); return nil }
	assert.Equal(t, off, k.Run(context.Background(), func(*kernel.Task) {
		_, err := n.Fetch(server.URL+"/stall", r)
		require.NoError(t, err)
	}))
}

package network_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
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

// ftpServer is the little of FTP that a download needs: one session.
func ftpServer(t *testing.T, files map[string][]byte) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		say := func(format string, args ...any) { fmt.Fprintf(conn, format+"\r\n", args...) }
		say("220 ready")
		var data net.Listener
		for lines := bufio.NewScanner(conn); lines.Scan(); {
			verb, arg, _ := strings.Cut(lines.Text(), " ")
			file, known := files[arg]
			switch {
			case verb == "USER":
				say("331 password, please")
			case verb == "PASS" && arg != "secret":
				say("530 wrong password")
			case verb == "PASS":
				say("230 welcome")
			case verb == "TYPE":
				say("200 fine")
			case verb == "EPSV":
				if data, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
					return
				}
				say("229 here (|||%d|)", data.Addr().(*net.TCPAddr).Port)
			case verb == "SIZE" && known:
				say("213 %d", len(file))
			case verb == "RETR" && known:
				say("150 here it comes")
				stream, err := data.Accept()
				if err != nil {
					return
				}
				stream.Write(file)
				stream.Close()
				data.Close()
				say("226 done")
			case verb == "QUIT":
				say("221 bye")
				return
			default:
				say("550 no %s", arg)
			}
		}
	}()
	t.Cleanup(func() { listener.Close(); <-finished })
	return listener.Addr().String()
}

func TestHostFTP(t *testing.T) {
	files := map[string][]byte{"/fota.bin": content}
	o := network.Options{Real: true}
	r := run(t, o, "ftp://user:secret@"+ftpServer(t, files)+"/fota.bin", nil)
	require.NoError(t, r.err)
	assert.True(t, bytes.Equal(content, r.body.Bytes()))
	assert.Equal(t, int64(len(content)), r.size)

	r = run(t, o, "ftp://user:wrong@"+ftpServer(t, files)+"/fota.bin", nil)
	assert.Equal(t, network.Status, kindOf(t, r.err), "%v", r.err)
	assert.ErrorContains(t, r.err, "530")
	r = run(t, o, "ftp://user:secret@"+ftpServer(t, files)+"/missing", nil)
	assert.Equal(t, network.Status, kindOf(t, r.err), "%v", r.err)
	assert.ErrorContains(t, r.err, "550")
}

package network_test

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/network"
)

// rawServer answers every connection with the bytes that write gives it.
func rawServer(t *testing.T, write func(io.Writer)) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			buf := make([]byte, 4096)
			_, _ = conn.Read(buf)
			write(conn)
			// What is not read would break the connection before the client has
			// read the answer.
			_ = conn.(*net.TCPConn).CloseWrite()
			_, _ = io.Copy(io.Discard, conn)
			conn.Close()
		}
	}()
	t.Cleanup(func() { listener.Close(); <-finished })
	return "http://" + listener.Addr().String() + "/f"
}

func says(text string) func(io.Writer) {
	return func(w io.Writer) { _, _ = io.WriteString(w, text) }
}

// endless writes until nobody listens any more.
func endless(head, part string) func(io.Writer) {
	return func(w io.Writer) {
		_, err := io.WriteString(w, head)
		for err == nil {
			_, err = io.WriteString(w, part)
		}
	}
}

func TestHostileAnswersEndInAnError(t *testing.T) {
	kilobyte := strings.Repeat("x", 1<<10)
	for name, write := range map[string]func(io.Writer){
		"nothing":               says(""),
		"garbage":               says("\x00\xff\x1b[2J"),
		"no status":             says("HTTP/1.1\r\n\r\n"),
		"status of a lie":       says("HTTP/1.1 -20 OK\r\n\r\n"),
		"HTTP 0.9":              says("content"),
		"header without end":    endless("HTTP/1.1 200 OK\r\nX: ", kilobyte),
		"headers without end":   endless("HTTP/1.1 200 OK\r\n", "X: "+kilobyte+"\r\n"),
		"interims without end":  endless("", "HTTP/1.1 103 Early Hints\r\nX: "+kilobyte+"\r\n\r\n"),
		"giant status line":     endless("HTTP/1.1 200 ", kilobyte),
		"no colon":              says("HTTP/1.1 200 OK\r\nX\r\n\r\n"),
		"NUL in a header":       says("HTTP/1.1 200 OK\r\nX\x00: y\r\n\r\n"),
		"negative length":       says("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"),
		"length beyond numbers": says("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\nx"),
		"two lengths":           says("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxy"),
		"length of exabytes":    says("HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\nx"),
		"bad chunk":             says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
		"chunk of exabytes":     says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\nx"),
		"chunk beyond numbers":  says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nx"),
		"chunk line of no end":  endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1;"+kilobyte),
		"compressed":            says("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd"),
		"unknown transfer":      says("HTTP/1.1 200 OK\r\nTransfer-Encoding: zip\r\n\r\nabcd"),
		"redirect to nothing":   says("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"),
		"redirect to a novel":   says("HTTP/1.1 302 Found\r\nLocation: http://" + strings.Repeat("a.", 10_000) + "example/\r\n\r\n"),
		"redirect to a file":    says("HTTP/1.1 301 x\r\nLocation: file:///etc/passwd\r\n\r\n"),
		"redirect to itself":    says("HTTP/1.1 307 x\r\nLocation: /f\r\n\r\n"),
		"another protocol":      says("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"),
		"no content":            says("HTTP/1.1 204 No Content\r\n\r\n"),
		"escapes in the status": says("HTTP/1.1 500 \x1b[2Jx\r\n\r\n"),
	} {
		t.Run(name, func(t *testing.T) {
			r := run(t, network.Options{Real: true, Retries: -1, Timeout: 5 * time.Second}, rawServer(t, write), nil)
			require.Error(t, r.err)
			kindOf(t, r.err)
			assert.NotContains(t, r.err.Error(), "\x1b")
			assert.Less(t, len(r.err.Error()), 1000)
			assert.LessOrEqual(t, r.body.Len(), 1)
		})
	}
}

// A body without end is ended by whoever has no room for more.
func TestEndlessBody(t *testing.T) {
	full := errors.New("no room")
	for name, head := range map[string]string{
		"until close": "HTTP/1.1 200 OK\r\n\r\n",
		"chunked":     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
	} {
		part := "400\r\n" + strings.Repeat("x", 0x400) + "\r\n"
		r := run(t, network.Options{Real: true}, rawServer(t, endless(head, part)), func(r *record) {
			r.onData = func() error {
				if r.body.Len() > 1<<20 {
					return full
				}
				return nil
			}
		})
		assert.Equal(t, full, r.err, name)
		assert.Less(t, r.body.Len(), 1<<20+64<<10, name)
	}
}

// No URL of a script and no link in the folder leads out of a site folder, or
// makes the device wait for ever.
func TestFolderKeepsEverythingInside(t *testing.T) {
	base := t.TempDir()
	dir := filepath.Join(base, "site")
	write := func(name string) {
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, []byte("secret of "+name), 0o600))
	}
	write(filepath.Join(base, "secret"))
	write(filepath.Join(base, "site2", "h.example", "secret"))
	write(filepath.Join(dir, "top"))
	write(filepath.Join(dir, "other.example", "f"))
	host := filepath.Join(dir, "h.example")
	require.NoError(t, os.MkdirAll(host, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(host, "f"), []byte("fine"), 0o644))
	for name, to := range map[string]string{
		"up": "../../secret", "far": filepath.Join(base, "secret"), "dir": base, "root": "/", "loop": "loop", "dev": "/dev/zero",
		"proc": "/proc/self/environ", "long": strings.Repeat("../", 50) + "etc/passwd",
	} {
		require.NoError(t, os.Symlink(to, filepath.Join(host, name)))
	}
	require.NoError(t, os.Symlink(base, filepath.Join(dir, "linked.example")))
	makePipe(t, filepath.Join(host, "pipe"))

	folder, err := network.OpenFolder(dir)
	require.NoError(t, err)
	defer folder.Close()
	o := network.Options{Sites: []network.Site{folder}}
	r := run(t, o, "http://h.example/f", nil)
	require.NoError(t, r.err)
	assert.Equal(t, "fine", r.body.String())

	paths := []string{"up", "far", "dir/secret", "dir", "root/etc/passwd", "loop", "dev", "proc", "long", "pipe", "", ".", "..", "../top", "../secret",
		"../../secret", "../../../../../../etc/passwd", "%2e%2e/%2e%2e/secret", "%2E%2E%2Ftop", "..%2f..%2fsecret", "..%2fother.example%2ff",
		"..%5c..%5csecret", "..\\..\\secret", "....//....//secret", ".%2e/top", "%2e./top", "f/../../top", "f%2f..%2f..%2ftop", "./.././top",
		"//etc/passwd", "/etc/passwd", "%2fetc%2fpasswd", "..;/top", "..%252ftop", "%252e%252e/top", "..%c0%af..%c0%afsecret", "..%ef%bc%8ftop",
		"f%0a", "f%0d%0aX:%20y", "\xff\xfe", "f/", "f/.", "~root/x", "C:%5csecret", "con", strings.Repeat("a", 5000), strings.Repeat("a/", 3000),
		strings.Repeat("../", 3000) + "etc/passwd", "file:///etc/passwd", "?../../secret", "#/../../secret", "%3f", "*", "f*", "{f}"}
	for _, p := range paths {
		for _, name := range []string{"h.example", "H.EXAMPLE", "linked.example", "other.example.", "..", "%2e%2e", "site2", "h.example%2f..", "h.example:80"} {
			raw := fmt.Sprintf("http://%s/%s", name, p)
			if _, err := network.Parse(raw); err != nil {
				continue
			}
			r := run(t, o, raw, nil)
			assert.NotContains(t, r.body.String(), "secret of", raw)
			assert.NotContains(t, r.body.String(), "root:", raw)
			if r.err == nil {
				assert.Equal(t, "fine", r.body.String(), raw)
			}
		}
	}
	for _, raw := range []string{"http://h.example/f\x00", "http://h.example/%00", "http://h.example/f%00.bin", "http://h.example\x00/f",
		"http://h.example/\n", "http://h.exam\nple/f", "file://h.example/f", "http://../f", "http://./f", "http://h.example/..\x7f", "http:///h.example/f"} {
		_, err := network.Parse(raw)
		assert.Equal(t, network.BadURL, kindOf(t, err), "%q", raw)
	}
}

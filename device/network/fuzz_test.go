package network

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// saying is a client whose servers answer every connection with some bytes.
func saying(answer []byte) *realClient {
	c := newRealClient(nil)
	c.dial = func(context.Context, string, string) (net.Conn, error) {
		client, server := net.Pipe()
		go func() { _, _ = io.Copy(io.Discard, server) }()
		go func() {
			_, _ = server.Write(answer)
			_ = server.Close()
		}()
		return client, nil
	}
	return c
}

// connectTo runs one connection of a file, as Transfer does, and gives what
// came of it.
func connectTo(t *testing.T, f *file, server []byte, body *bytes.Buffer) error {
	q := f.question()
	var verdict error
	moved := false
	err := saying(server).download(context.Background(), q, func(a answer) bool {
		var next *url.URL
		next, verdict = f.judge(q, a)
		if next != nil {
			moved = true
			assert.Contains(t, []string{"http", "https"}, next.Scheme)
			assert.True(t, validHost(next.Hostname()))
		}
		return next == nil && verdict == nil
	}, func(chunk []byte) bool {
		var fresh []byte
		fresh, verdict = f.take(chunk)
		body.Write(fresh)
		return verdict == nil
	})
	switch {
	case verdict != nil:
		return asError(f.name(), verdict)
	case moved:
		return nil
	case err != nil:
		return asError(f.name(), realError(f.name(), err, nil, DefaultTimeout))
	}
	if err := f.ended(); err != nil {
		return err
	}
	if f.size >= 0 {
		assert.Equal(t, f.size, f.got, "a whole file is as long as it said")
	}
	return nil
}

// FuzzAnswers gives a download two answers in a row: whatever they are, what
// comes out is bytes that a server sent, and one line that says what was wrong.
func FuzzAnswers(f *testing.F) {
	for _, pair := range [][2]string{
		{"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nETag: \"a\"\r\n\r\nab", "HTTP/1.1 206 x\r\nContent-Range: bytes 2-3/4\r\nContent-Length: 2\r\n\r\ncd"},
		{"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd"},
		{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n", "HTTP/1.1 200 OK\r\n\r\nabc"},
		{"HTTP/1.1 302 Found\r\nLocation: http://u:p@h/%2e%2e\r\n\r\n", "HTTP/1.0 404 x\r\n\r\n"},
		{"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b", ""},
		{"HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\nETag: \"\"\r\n\r\nx", "HTTP/1.1 206 x\r\nContent-Range: bytes 1-9223372036854775806/*\r\n\r\nx"},
	} {
		f.Add([]byte(pair[0]), []byte(pair[1]))
	}
	f.Fuzz(func(t *testing.T, first, second []byte) {
		u, err := Parse("http://user:hunter2@h.example/f")
		require.NoError(t, err)
		file := newFile(u)
		var body bytes.Buffer
		for _, server := range [][]byte{first, second} {
			err := connectTo(t, file, server, &body)
			assert.Equal(t, int64(body.Len()), file.got)
			assert.LessOrEqual(t, body.Len(), len(first)+len(second))
			assert.GreaterOrEqual(t, file.size, int64(-1))
			if file.size >= 0 {
				assert.LessOrEqual(t, file.got, file.size)
			}
			if err != nil {
				text := err.Error()
				assert.NotContains(t, text, "\n")
				assert.NotContains(t, text, "\x1b")
				assert.NotContains(t, text, "hunter2")
			}
			if err == nil && file.begun {
				return
			}
		}
	})
}

func FuzzContentRange(f *testing.F) {
	for _, text := range []string{"bytes 0-9/10", "bytes 5-5/*", "bytes */10", "bytes 1-0/5", "bytes -1-5/9", "items 0-1/2", "bytes 0-9/9223372036854775808"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		first, total := contentRange(text)
		if first < 0 {
			assert.Equal(t, int64(-1), first)
			assert.Equal(t, int64(-1), total)
			return
		}
		assert.True(t, total == -1 || total > first, "%d/%d", first, total)
	})
}

// FuzzSiteURL asks a site folder for anything: only what lies in the folder of
// the URL's own host comes.
func FuzzSiteURL(f *testing.F) {
	base := f.TempDir()
	host := filepath.Join(base, "site", "h")
	for name, text := range map[string]string{filepath.Join(host, "f"): "fine", filepath.Join(base, "secret"): "secret", filepath.Join(base, "site", "top"): "secret"} {
		require.NoError(f, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(f, os.WriteFile(name, []byte(text), 0o600))
	}
	require.NoError(f, os.Symlink(base, filepath.Join(host, "link")))
	folder, err := OpenFolder(filepath.Join(base, "site"))
	require.NoError(f, err)
	f.Cleanup(func() { _ = folder.Close() })
	for _, raw := range []string{"http://h/f", "http://h/../top", "http://h/%2e%2e/top", "http://h/link/secret", "http://h/..%2f..%2fsecret", "ftp://u:p@h:21/f/./../f"} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		u, err := Parse(raw)
		if err != nil {
			assert.NotContains(t, err.Error(), "\n")
			return
		}
		response, err := folder.Open(u)
		if err != nil {
			assert.NotContains(t, asError(shown(u), err).Error(), "\n")
			return
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		assert.Equal(t, "fine", string(body), raw)
	})
}

// recorded is a TCP connection whose other end says some bytes, whatever it is
// told.
type recorded struct {
	net.Conn
	*bytes.Reader
}

func (recorded) RemoteAddr() net.Addr          { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 21} }
func (r recorded) Read(p []byte) (int, error)  { return r.Reader.Read(p) }
func (recorded) Write(p []byte) (int, error)   { return len(p), nil }
func (recorded) Close() error                  { return nil }
func (recorded) SetDeadline(t time.Time) error { return nil }

// sayingFTP is a client of an FTP server that answers the control connection and
// each data connection with some bytes.
func sayingFTP(control, data []byte) *realClient {
	c := newRealClient(nil)
	answer := control
	c.dial = func(context.Context, string, string) (net.Conn, error) {
		conn := recorded{Reader: bytes.NewReader(answer)}
		answer = data
		return conn, nil
	}
	return c
}

// FuzzFTPAnswers is FuzzAnswers for a server of FTP: what comes out is bytes of
// its data connection, and one line that says what was wrong.
func FuzzFTPAnswers(f *testing.F) {
	const login = "220 hello\n230 in\n211 no features\n200 binary\n"
	for _, control := range []string{
		login + "213 4\n229 (|||21|)\n150 now\n226 done\n221 bye\n",
		"220 x\n230 in\n211-Features\n MDTM\n SIZE\n211 End\n200 binary\n213 4\n213 20240101000000\n229 (|||21|)\n150 now\n226 done\n221 bye\n",
		login + "213 99999999999999999999\n550 no\n229 (|||99999|)\n",
		login + "213 -5\n213 99999999999999\n227 (1,2,3,4,5,6)\n",
		"220-many\n lines\n220 end\n331 password\n530 \x1b[2J\n", "\n", "HTTP/1.1 200 OK\n", "220 x\n230 x\n211-Features\n MDTM\n EPSV\n SIZE\n211 End\n500 x\n",
	} {
		f.Add([]byte(control), []byte("abcd"))
	}
	f.Fuzz(func(t *testing.T, control, data []byte) {
		u, err := Parse("ftp://user:hunter2@h.example/f")
		require.NoError(t, err)
		file := newFile(u)
		var body bytes.Buffer
		q := file.question()
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		var verdict error
		err = sayingFTP(control, data).download(ctx, q, func(a answer) bool {
			_, verdict = file.judge(q, a)
			return verdict == nil
		}, func(chunk []byte) bool {
			var fresh []byte
			fresh, verdict = file.take(chunk)
			body.Write(fresh)
			return verdict == nil
		})
		require.NoError(t, ctx.Err(), "it ends by itself")
		require.True(t, bytes.HasPrefix(data, body.Bytes()))
		require.GreaterOrEqual(t, file.size, int64(-1))
		if verdict == nil && err != nil {
			verdict = realError(file.name(), err, nil, DefaultTimeout)
		}
		if verdict != nil {
			text := asError(file.name(), verdict).Error()
			require.NotContains(t, text, "\n")
			require.NotContains(t, text, "\x1b")
			require.NotContains(t, text, "hunter2")
			require.Less(t, len(text), 2000)
		}
	})
}

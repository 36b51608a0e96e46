package network_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/network"
)

// counter counts bytes from any goroutine.
type counter struct {
	mu sync.Mutex
	n  int64
}

func (c *counter) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n += int64(len(p))
	return len(p), nil
}

func (c *counter) total() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}

// dropper is a real server that breaks its first connections after so many
// bytes of the body, and counts what it sends.
type dropper struct {
	next   http.Handler
	after  int
	drops  int
	served counter
	asked  []http.Header
}

func (d *dropper) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.asked = append(d.asked, r.Header.Clone())
	left := -1
	if d.drops > 0 {
		d.drops--
		left = d.after
	}
	d.next.ServeHTTP(&dropWriter{ResponseWriter: w, d: d, left: left}, r)
}

type dropWriter struct {
	http.ResponseWriter
	d    *dropper
	left int // bytes until the drop; negative never
}

func (w *dropWriter) Write(p []byte) (int, error) {
	if w.left >= 0 && len(p) > w.left {
		n, _ := w.ResponseWriter.Write(p[:w.left])
		w.d.served.Write(p[:n])
		w.ResponseWriter.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}
	n, err := w.ResponseWriter.Write(p)
	if w.left >= 0 {
		w.left -= n
	}
	w.d.served.Write(p[:n])
	return n, err
}

// download downloads from the server; when it returns, the server is closed and has
// counted everything.
func (d *dropper) download(t *testing.T) (r *record, received int64, notes []string) {
	server := httptest.NewServer(d)
	defer server.Close()
	return counted(t, quick, server.URL+"/f")
}

// static serves content as servers of files do, with validators of choice.
func static(data []byte, tag string, modified time.Time) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if tag != "" {
			w.Header().Set("ETag", tag)
		}
		http.ServeContent(w, r, "f.bin", modified, bytes.NewReader(data))
	})
}

var quick = network.Options{Real: true, RetryWait: time.Millisecond}

func TestRealServerThatResumes(t *testing.T) {
	for name, next := range map[string]http.Handler{
		"by tag":  static(content, `"v1"`, time.Time{}),
		"by date": static(content, "", time.Now().Add(-time.Hour)),
	} {
		d := &dropper{next: next, after: 70_000, drops: 2}
		r, received, notes := d.download(t)
		require.NoError(t, r.err, name)
		assert.Equal(t, sha256.Sum256(content), sha256.Sum256(r.body.Bytes()), name)
		assert.Equal(t, int64(len(content)), d.served.total(), "%s: only what was missing was sent again", name)
		assert.Equal(t, int64(len(content)), received)
		assert.Len(t, notes, 2)
		require.Len(t, d.asked, 3)
		assert.Empty(t, d.asked[0].Get("Range"))
		assert.Equal(t, "bytes=70000-", d.asked[1].Get("Range"))
		assert.NotEmpty(t, d.asked[1].Get("If-Range"))
		assert.Equal(t, "bytes=140000-", d.asked[2].Get("Range"))
	}
}

// Without a validator that is strong (RFC 9110, 8.8.1) the rest is not asked
// for: the whole file comes again, and must begin as before.
func TestRealServerWithoutAStrongValidator(t *testing.T) {
	for name, next := range map[string]http.Handler{
		"none":             static(content, "", time.Time{}),
		"weak tag":         static(content, `W/"v1"`, time.Time{}),
		"modified now":     static(content, "", time.Now().Add(time.Hour)),
		"does not do it":   http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Header().Set("ETag", `"v1"`); w.Write(content) }),
		"weak, with dates": static(content, `W/"v1"`, time.Now().Add(-time.Hour)),
	} {
		d := &dropper{next: next, after: 70_000, drops: 1}
		r, _, _ := d.download(t)
		require.NoError(t, r.err, name)
		assert.True(t, bytes.Equal(content, r.body.Bytes()), name)
		assert.Equal(t, int64(70_000+len(content)), d.served.total(), name)
	}
}

func TestRealFileThatChanges(t *testing.T) {
	other := bytes.ToUpper(content)
	for name, tags := range map[string][2]string{"tags": {`"v1"`, `"v2"`}, "no tags": {"", ""}} {
		versions := []http.Handler{static(content, tags[0], time.Time{}), static(other, tags[1], time.Time{})}
		d := &dropper{after: 70_000, drops: 1}
		d.next = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			next := versions[0]
			if len(versions) > 1 {
				versions = versions[1:]
			}
			next.ServeHTTP(w, r)
		})
		r, _, _ := d.download(t)
		assert.Equal(t, network.Changed, kindOf(t, r.err), "%s: %v", name, r.err)
		assert.Equal(t, content[:70_000], r.body.Bytes(), name)
	}
}

// Servers that answer a range with something else.
func TestWrongRanges(t *testing.T) {
	for name, c := range map[string]struct {
		header string
		body   []byte
		kind   network.Kind
	}{
		"from the start": {fmt.Sprintf("bytes 0-%d/%d", len(content)-1, len(content)), content, network.Failed},
		"too late":       {fmt.Sprintf("bytes 70001-%d/%d", len(content)-1, len(content)), content[70_001:], network.Failed},
		"no range":       {"", content[70_000:], network.Failed},
		"nonsense":       {"bytes x-y/z", content[70_000:], network.Failed},
		"negative":       {"bytes -70000-100/200", content[70_000:], network.Failed},
		"other size":     {fmt.Sprintf("bytes 70000-%d/%d", len(content), len(content)+1), content[70_000:], network.Changed},
	} {
		first := true
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", `"v1"`)
			if !first {
				if c.header != "" {
					w.Header().Set("Content-Range", c.header)
				}
				w.WriteHeader(http.StatusPartialContent)
				w.Write(c.body)
				return
			}
			first = false
			w.Header().Set("Content-Length", strconv.Itoa(len(content)))
			w.Write(content[:70_000])
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		}))
		r, _, _ := counted(t, quick, server.URL)
		server.Close()
		assert.Equal(t, c.kind, kindOf(t, r.err), "%s: %v", name, r.err)
		assert.Equal(t, content[:70_000], r.body.Bytes(), name)
	}
	// A part that was not asked for is no file.
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Range", "bytes 0-9/20")
		w.WriteHeader(http.StatusPartialContent)
		w.Write(content[:10])
	}))
	defer server.Close()
	r := run(t, quick, server.URL, nil)
	assert.Equal(t, network.Status, kindOf(t, r.err))
	assert.Zero(t, r.body.Len())
}

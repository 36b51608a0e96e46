package network_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/kernel"
	"qpy/device/network"
)

// noise is content of which no part is like another.
func noise(size int) []byte {
	b := make([]byte, size)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(b)
	return b
}

// oneFile is a site of one file at http://h/f.
func oneFile(content []byte) network.Site {
	return &network.Files{Host: "h", Paths: map[string]func() ([]byte, error){
		"/f": func() ([]byte, error) { return content, nil },
	}}
}

// faulty is a slow network with a file of 10,000 bytes at a host with faults.
func faulty(h network.Host) network.Options {
	h.Name = "h"
	return network.Options{
		Link:    network.Link{Bandwidth: 1000, Latency: time.Second},
		Sites:   []network.Site{oneFile(noise(10_000))},
		Hosts:   []network.Host{h},
		Timeout: 7 * time.Second,
		Retries: -1,
	}
}

// Without further tries, a fault shows at its moment and as what it is.
func TestEachFault(t *testing.T) {
	const timeout = 7 * time.Second
	for name, c := range map[string]struct {
		url  string
		host network.Host
		kind network.Kind
		got  int
		at   time.Duration
		text string
	}{
		"dns":          {"http://h/f", network.Host{Faults: []network.Fault{{Kind: network.FaultDNS}}}, network.UnknownHost, 0, time.Second, ""},
		"silent":       {"http://h/f", network.Host{Faults: []network.Fault{{Kind: network.FaultSilent}}}, network.Timeout, 0, time.Second + timeout, ""},
		"refused":      {"http://h/f", network.Host{Faults: []network.Fault{{Kind: network.FaultRefused}}}, network.Refused, 0, 2 * time.Second, ""},
		"tls":          {"https://h/f", network.Host{Faults: []network.Fault{{Kind: network.FaultTLS, Text: "certificate has expired"}}}, network.TLS, 0, 4 * time.Second, "certificate has expired"},
		"status":       {"http://h/f", network.Host{Faults: []network.Fault{{Kind: network.FaultStatus, Status: 503}}}, network.Status, 0, 3 * time.Second, "answers 503: Service Unavailable"},
		"length more":  {"http://h/f", network.Host{Faults: []network.Fault{{Kind: network.FaultLength, At: 11_000}}}, network.Short, 10_000, 13 * time.Second, "10000 of 11000"},
		"stall":        {"http://h/f", network.Host{Faults: []network.Fault{{Kind: network.FaultStall, At: 5_000}}}, network.Timeout, 5_000, 8*time.Second + timeout, ""},
		"stall at 0":   {"http://h/f", network.Host{Faults: []network.Fault{{Kind: network.FaultStall}}}, network.Timeout, 0, 3*time.Second + timeout, ""},
		"disconnect":   {"http://h/f", network.Host{Faults: []network.Fault{{Kind: network.FaultDisconnect, At: 5_001}}}, network.Short, 5_001, 8001 * time.Millisecond, "5001 of 10000"},
		"in a chunk":   {"http://h/f", network.Host{Body: network.Chunked, Faults: []network.Fault{{Kind: network.FaultDisconnect, At: 5_000}}}, network.Cut, 5_000, 8 * time.Second, "last chunk"},
		"reset":        {"http://h/f", network.Host{Body: network.UntilClose, Faults: []network.Fault{{Kind: network.FaultReset, At: 5_000}}}, network.Cut, 5_000, 8 * time.Second, ""},
		"the first":    {"http://h/f", network.Host{Faults: []network.Fault{{Kind: network.FaultReset, At: 5_000}, {Kind: network.FaultStall, At: 2_000}}}, network.Timeout, 2_000, 5*time.Second + timeout, ""},
		"no login":     {"http://h/f", network.Host{User: "u", Password: "p"}, network.Status, 0, 3 * time.Second, "answers 401"},
		"wrong login":  {"http://u:q@h/f", network.Host{User: "u", Password: "p"}, network.Status, 0, 3 * time.Second, "answers 401"},
		"ftp login":    {"ftp://u:q@h/f", network.Host{User: "u", Password: "p"}, network.Status, 0, 10 * time.Second, "answers 530"},
		"loop":         {"http://h/f", network.Host{Faults: []network.Fault{{Kind: network.FaultRedirect, Location: "f"}}}, network.Redirect, 0, 18 * time.Second, "more than 5 redirects"},
		"to a file":    {"http://h/f", network.Host{Faults: []network.Fault{{Kind: network.FaultRedirect, Location: "file:///etc/passwd"}}}, network.Redirect, 0, 3 * time.Second, "file:///etc/passwd"},
		"to ftp":       {"http://h/f", network.Host{Faults: []network.Fault{{Kind: network.FaultRedirect, Location: "ftp://h/f"}}}, network.Redirect, 0, 3 * time.Second, "from http to ftp://h/f"},
		"to less":      {"https://h/f", network.Host{Faults: []network.Fault{{Kind: network.FaultRedirect, Location: "http://h/f"}}}, network.Redirect, 0, 5 * time.Second, "not protected"},
		"to nowhere":   {"http://h/f", network.Host{Faults: []network.Fault{{Kind: network.FaultRedirect, Location: "http://nowhere/"}}}, network.UnknownHost, 0, 4 * time.Second, "nowhere"},
		"all lost":     {"http://h/f", network.Host{Loss: 1}, network.Timeout, 0, timeout, "lost"},
		"other port":   {"http://h:81/f", network.Host{}, network.Refused, 0, 2 * time.Second, ""},
		"other's name": {"http://g/f", network.Host{}, network.UnknownHost, 0, time.Second, ""},
	} {
		t.Run(name, func(t *testing.T) {
			o := faulty(c.host)
			require.NoError(t, o.Check())
			r := run(t, o, c.url, nil)
			assert.Equal(t, c.kind, kindOf(t, r.err), "%v", r.err)
			assert.Equal(t, noise(10_000)[:c.got], slices.Clip(append([]byte{}, r.body.Bytes()...)), "what came is the file's beginning")
			assert.Equal(t, c.at, r.done)
			assert.ErrorContains(t, r.err, c.text)
		})
	}
}

// What is unusual but no fault.
func TestUnusualAnswersBringTheFile(t *testing.T) {
	content := noise(10_000)
	for name, c := range map[string]struct {
		url  string
		host network.Host
		size int64
		at   time.Duration
	}{
		"plain":        {"http://h/f", network.Host{}, 10_000, 13 * time.Second},
		"https":        {"https://h/f", network.Host{}, 10_000, 15 * time.Second},
		"ftp":          {"ftp://u:p@h/f", network.Host{User: "u", Password: "p"}, 10_000, 20 * time.Second},
		"chunked":      {"http://h/f", network.Host{Body: network.Chunked}, -1, 13 * time.Second},
		"until close":  {"http://h/f", network.Host{Body: network.UntilClose}, -1, 13 * time.Second},
		"redirect":     {"http://h/g", network.Host{Faults: []network.Fault{{Kind: network.FaultRedirect, Path: "/g", Location: "/f", Status: 308}}}, 10_000, 16 * time.Second},
		"slow host":    {"http://h/f", network.Host{Bandwidth: 500, Latency: time.Second}, 10_000, 26 * time.Second},
		"TLS on plain": {"http://h/f", network.Host{Faults: []network.Fault{{Kind: network.FaultTLS}}}, 10_000, 13 * time.Second},
		"other path":   {"http://h/f", network.Host{Faults: []network.Fault{{Kind: network.FaultDNS, Path: "/g"}}}, 10_000, 13 * time.Second},
		"later":        {"http://h/f", network.Host{Faults: []network.Fault{{Kind: network.FaultDNS, Skip: 1}}}, 10_000, 13 * time.Second},
		"beyond":       {"http://h/f", network.Host{Faults: []network.Fault{{Kind: network.FaultReset, At: 10_000}}}, 10_000, 13 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			r := run(t, faulty(c.host), c.url, nil)
			require.NoError(t, r.err)
			assert.Equal(t, content, r.body.Bytes())
			assert.Equal(t, c.size, r.size)
			assert.Equal(t, c.at, r.done)
		})
	}
	// The end of the connection is the end of the file: a break cannot be told.
	r := run(t, faulty(network.Host{Body: network.UntilClose, Faults: []network.Fault{{Kind: network.FaultDisconnect, At: 5_000}}}), "http://h/f", nil)
	assert.NoError(t, r.err)
	assert.Equal(t, content[:5_000], r.body.Bytes())
	r = run(t, faulty(network.Host{Faults: []network.Fault{{Kind: network.FaultLength, At: 4_000}}}), "http://h/f", nil)
	assert.NoError(t, r.err)
	assert.Equal(t, content[:4_000], r.body.Bytes())
}

// counted is a network whose downloads can be asked what they cost.
func counted(t *testing.T, o network.Options, raw string) (r *record, received int64, notes []string) {
	t.Helper()
	o.Note = func(text string) { notes = append(notes, text) }
	k := kernel.New(kernel.Options{})
	r = &record{k: k}
	n := network.New(k, o)
	require.NoError(t, k.Run(context.Background(), func(*kernel.Task) {
		_, err := n.Fetch(raw, r)
		require.NoError(t, err)
	}))
	require.Equal(t, 1, r.ends)
	return r, n.Received(), notes
}

func TestResumeDownloadsOnlyWhatIsMissing(t *testing.T) {
	content := noise(10_000)
	for _, kind := range []network.FaultKind{network.FaultDisconnect, network.FaultReset, network.FaultStall} {
		for _, body := range []network.BodyForm{network.WithLength, network.Chunked} {
			for _, scheme := range []string{"http", "https", "ftp"} {
				t.Run(fmt.Sprintf("%s %s %s", kind, body, scheme), func(t *testing.T) {
					o := faulty(network.Host{Body: body, Faults: []network.Fault{{Kind: kind, At: 3_000, Times: 3}}})
					o.Retries = 3
					r, received, notes := counted(t, o, scheme+"://h/f")
					require.NoError(t, r.err)
					assert.Equal(t, sha256.Sum256(content), sha256.Sum256(r.body.Bytes()))
					assert.Equal(t, int64(len(content)), received, "each byte came once")
					assert.Len(t, notes, 3)
					assert.Contains(t, notes[1], "6000 bytes are here, try 2 of 3 for the rest in 2s")
				})
			}
		}
	}
}

func TestServersThatCannotResume(t *testing.T) {
	content := noise(10_000)
	for name, host := range map[string]network.Host{"no range": {NoRange: true}, "no validator": {NoETag: true}} {
		host.Faults = []network.Fault{{Kind: network.FaultReset, At: 3_000, Times: 1}, {Kind: network.FaultReset, At: 6_000, Skip: 1, Times: 1}}
		o := faulty(host)
		o.Retries = 5
		r, received, _ := counted(t, o, "http://h/f")
		require.NoError(t, r.err, name)
		assert.Equal(t, content, r.body.Bytes(), "no byte is handed on twice")
		assert.Equal(t, int64(3_000+6_000+10_000), received, "the whole file came again")
	}
}

// A file that changes between two connections never becomes a mix of both.
func TestFileThatChangesMeanwhile(t *testing.T) {
	for name, c := range map[string]struct {
		then []byte
		host network.Host
		text string
	}{
		"another length":            {noise(9_000), network.Host{}, "it had 10000 bytes, now it has 9000"},
		"another tag":               {append(noise(9_999), 0), network.Host{}, "now it is"},
		"another beginning, no tag": {append([]byte{0}, noise(10_000)[1:]...), network.Host{NoETag: true}, "first 3000 bytes are not those"},
		"shorter, no length":        {noise(2_000), network.Host{NoETag: true, Body: network.Chunked}, "it has 2000 bytes, 3000 came before"},
	} {
		t.Run(name, func(t *testing.T) {
			c.host.Faults = []network.Fault{{Kind: network.FaultReset, At: 3_000, Times: 1}}
			o := faulty(c.host)
			o.Retries = 5
			first := true
			o.Sites = []network.Site{&network.Files{Host: "h", Paths: map[string]func() ([]byte, error){
				"/f": func() ([]byte, error) {
					if first {
						first = false
						return noise(10_000), nil
					}
					return c.then, nil
				},
			}}}
			r, _, _ := counted(t, o, "http://h/f")
			assert.Equal(t, network.Changed, kindOf(t, r.err))
			assert.ErrorContains(t, r.err, c.text)
			assert.Equal(t, noise(10_000)[:3_000], r.body.Bytes())
		})
	}
}

func TestTriesEnd(t *testing.T) {
	o := faulty(network.Host{Faults: []network.Fault{{Kind: network.FaultReset, At: 100}}})
	o.Retries = 0 // the default
	r, received, notes := counted(t, o, "http://h/f")
	assert.Equal(t, network.Cut, kindOf(t, r.err))
	assert.ErrorContains(t, r.err, "after 5 further tries")
	assert.Equal(t, int64(600), received)
	assert.Len(t, notes, network.DefaultRetries)

	// Some failures of a further try are passing too, others are for good.
	for fault, want := range map[network.Fault]network.Kind{
		{Kind: network.FaultDNS}:                     network.UnknownHost,
		{Kind: network.FaultRefused}:                 network.Refused,
		{Kind: network.FaultStatus, Status: 503}:     network.Status,
		{Kind: network.FaultStatus, Status: 404}:     network.Status,
		{Kind: network.FaultRedirect, Location: "/"}: network.Redirect,
	} {
		fault.Skip = 1
		o.Hosts = []network.Host{{Name: "h", Faults: []network.Fault{{Kind: network.FaultReset, At: 100, Times: 1}, fault}}}
		r, _, notes := counted(t, o, "http://h/f")
		assert.Equal(t, want, kindOf(t, r.err))
		tries := 1
		if want != network.Redirect && fault.Status != 404 {
			tries = network.DefaultRetries
		}
		assert.Len(t, notes, tries, "%v", r.err)
	}
}

func TestHostsAreFoundByNameAndPort(t *testing.T) {
	status := func(name string, code int) network.Host {
		return network.Host{Name: name, Faults: []network.Fault{{Kind: network.FaultStatus, Status: code}}}
	}
	o := network.Options{Hosts: []network.Host{status("h.example", 501), status("H.example:81", 502), status(network.AnyHost, 503)}}
	require.NoError(t, o.Check())
	for raw, code := range map[string]string{
		"http://h.example/f": "501", "http://H.EXAMPLE:80/f": "501", "http://h.example:81/f": "502",
	} {
		assert.ErrorContains(t, run(t, o, raw, nil).err, code, raw)
	}
	// A declared host exists; what holds for any host makes none.
	o.Hosts = []network.Host{{Name: "h.example"}, status(network.AnyHost, 503)}
	assert.ErrorContains(t, run(t, o, "http://h.example/f", nil).err, "404")
	assert.Equal(t, network.UnknownHost, kindOf(t, run(t, o, "http://other.example/f", nil).err))
	o.Sites = []network.Site{oneFile(noise(10))}
	assert.ErrorContains(t, run(t, o, "http://h/f", nil).err, "503")
}

func TestHostChangesAtRunTime(t *testing.T) {
	k := kernel.New(kernel.Options{})
	n := network.New(k, network.Options{Sites: []network.Site{oneFile(noise(10))}})
	var errs []error
	require.NoError(t, k.Run(context.Background(), func(task *kernel.Task) {
		for _, faults := range [][]network.Fault{nil, {{Kind: network.FaultStatus, Status: 503}}, nil} {
			n.SetHost(network.Host{Name: "h", Faults: faults})
			r := &record{k: k}
			_, err := n.Fetch("http://h/f", r)
			require.NoError(t, err)
			require.NoError(t, task.Sleep(time.Second))
			errs = append(errs, r.err)
		}
	}))
	assert.NoError(t, errs[0])
	assert.ErrorContains(t, errs[1], "503")
	assert.NoError(t, errs[2])
}

func TestOptionsAreChecked(t *testing.T) {
	host := func(h network.Host) network.Options {
		if h.Name == "" {
			h.Name = "h"
		}
		return network.Options{Hosts: []network.Host{h}}
	}
	fault := func(f network.Fault) network.Options { return host(network.Host{Faults: []network.Fault{f}}) }
	for want, o := range map[string]network.Options{
		"bandwidth -1":            {Link: network.Link{Bandwidth: -1}},
		"must not be negative":    {Link: network.Link{Jitter: -1}},
		"loss 1.5 is not within":  {Link: network.Link{Loss: 1.5}},
		"an APN has no name":      {Link: network.Link{APNs: []network.APN{{}}}},
		"is not asked for":        {Allow: []network.Allow{{Host: "h"}}},
		"is there twice":          {Hosts: []network.Host{{Name: "h"}, {Name: "H"}}},
		"is not a host":           host(network.Host{Name: "http://h/"}),
		`body "gzip"`:             host(network.Host{Body: "gzip"}),
		"loss 2 is not":           host(network.Host{Loss: 2}),
		`"reset"`:                 fault(network.Fault{Kind: "rest"}),
		"does not begin":          fault(network.Fault{Kind: network.FaultDNS, Path: "f"}),
		"at must not be negative": fault(network.Fault{Kind: network.FaultReset, At: -1}),
		"status 302":              fault(network.Fault{Kind: network.FaultStatus, Status: 302}),
		"status 0":                fault(network.Fault{Kind: network.FaultStatus}),
		"no location":             fault(network.Fault{Kind: network.FaultRedirect}),
		"status 304":              fault(network.Fault{Kind: network.FaultRedirect, Location: "/", Status: 304}),
	} {
		assert.ErrorContains(t, o.Check(), want)
	}
	assert.NoError(t, network.Options{}.Check())
	for _, text := range []string{"", "h:", "h:0", "h:65536", "h:http", "[::1", "a b", "*", "h/f", ":80"} {
		_, err := network.ParseAllow(text)
		assert.Error(t, err, text)
	}
	for text, want := range map[string]string{"H.example": "h.example", "h:8080": "h:8080", "::1": "::1", "[::1]": "::1", "[::1]:80": "[::1]:80"} {
		a, err := network.ParseAllow(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, a.String())
	}
}

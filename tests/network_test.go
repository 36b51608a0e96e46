package tests

import (
	"bytes"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	ftpserver "goftp.io/server/v2"
	"goftp.io/server/v2/driver/file"

	"qpy"
	"qpy/device/firmware"
	"qpy/device/model"
	"qpy/device/network"
)

// upgradeFrom downloads a package, tells what the document says that a script
// learns, and restarts.
func upgradeFrom(url string) string {
	return fmt.Sprintf(`
import fota, utime
from misc import Power
def result(args):
    print("callback", args[0], args[1])
print("returned", fota(reset_disable=1).httpDownload(url1=%q, callback=result))
utime.sleep(1000)
Power.powerRestart()
`, url)
}

// a synchronous model, and the asynchronous ones: EC600N tells an error code.
var faultModels = []string{"generic", "EC200U", "EC600N", "EC600M", "BC25PA"}

func faults(f ...network.Fault) func(*network.Options) {
	return func(o *network.Options) { o.Hosts = []network.Host{{Name: "www.example.com", Faults: f}} }
}

// Every fault of the network: what the callback and the return value tell, and
// that the old firmware is there afterwards.
func TestNetworkFaultsAsTheDocumentSays(t *testing.T) {
	const plain = "http://www.example.com/fota.bin"
	for name, c := range map[string]struct {
		url    string
		change func(*network.Options)
		code   int
	}{
		"DNS failure":       {plain, faults(network.Fault{Kind: network.FaultDNS}), firmware.CodeUnknownHost},
		"unknown host":      {"http://nowhere.example/f", nil, firmware.CodeUnknownHost},
		"refused":           {plain, faults(network.Fault{Kind: network.FaultRefused}), firmware.CodeRefused},
		"no answer":         {plain, faults(network.Fault{Kind: network.FaultSilent}), firmware.CodeTimeout},
		"TLS failure":       {"https://www.example.com/fota.bin", faults(network.Fault{Kind: network.FaultTLS}), firmware.CodeTLS},
		"404":               {"http://www.example.com/none", nil, firmware.CodeStatus},
		"503":               {plain, faults(network.Fault{Kind: network.FaultStatus, Status: 503}), firmware.CodeStatus},
		"redirect loop":     {plain, faults(network.Fault{Kind: network.FaultRedirect, Location: "/fota.bin"}), firmware.CodeStatus},
		"redirect to file:": {plain, faults(network.Fault{Kind: network.FaultRedirect, Location: "file:///etc/passwd"}), firmware.CodeStatus},
		"disconnects":       {plain, faults(network.Fault{Kind: network.FaultDisconnect, At: 1000}), firmware.CodeCut},
		"resets":            {plain, faults(network.Fault{Kind: network.FaultReset, At: 1000}), firmware.CodeCut},
		"stalls":            {plain, faults(network.Fault{Kind: network.FaultStall, At: 1000}), firmware.CodeTimeout},
		"too long a length": {plain, faults(network.Fault{Kind: network.FaultLength, At: 1_000_000}), firmware.CodeStatus}, // the rest is of a file of another size
		"absurd length":     {plain, faults(network.Fault{Kind: network.FaultLength, At: 1 << 62}), firmware.CodeTooLarge},
		"too short a length": {plain, faults(network.Fault{Kind: network.FaultLength, At: 5000}),
			firmware.CodeDamaged},
		"half a body without length": {plain, func(o *network.Options) {
			o.Hosts = []network.Host{{Name: "www.example.com", Body: network.UntilClose, Faults: []network.Fault{{Kind: network.FaultDisconnect, At: 5000}}}}
		}, firmware.CodeDamaged},
		"half a chunked body": {plain, func(o *network.Options) {
			o.Hosts = []network.Host{{Name: "www.example.com", Body: network.Chunked, Faults: []network.Fault{{Kind: network.FaultDisconnect, At: 5000}}}}
		}, firmware.CodeCut},
		"no coverage":         {plain, func(o *network.Options) { o.Link.Down = true }, firmware.CodeNoBearer},
		"every packet lost":   {plain, func(o *network.Options) { o.Link.Loss = 1 }, firmware.CodeTimeout},
		"real host not asked": {"http://127.0.0.1:80/f", nil, firmware.CodeUnknownHost},
	} {
		for _, device := range faultModels {
			t.Run(name+" "+device, func(t *testing.T) {
				console, r := run(t, qpy.Config{Device: device, Network: c.change}, upgradeFrom(c.url))
				m, err := model.Lookup(device)
				require.NoError(t, err)
				last := console[strings.LastIndex(console, "callback "):]
				if m.FOTA.ProgressCarriesErrorCode {
					assert.Contains(t, last, fmt.Sprintf("callback -1 %d\n", c.code), console)
				} else {
					assert.Contains(t, last, "callback -1 ", console)
				}
				if m.FOTA.AsyncDownload {
					assert.Contains(t, console, "returned 0\n", "the call itself")
					assert.Less(t, strings.Index(console, "returned"), strings.LastIndex(console, "callback"), "the result comes by callback")
				} else {
					assert.Contains(t, console, "returned -1\n")
				}
				assert.NotContains(t, console, "callback 2")
				assert.Contains(t, console, "qpy: httpDownload: ", "a line says why")
				assert.Equal(t, qpy.Restarted, r.Ending)
				assert.False(t, r.Boot.Applied, "nothing half-written is applied")
				assert.NoError(t, r.Boot.Refused)
			})
		}
	}
}

// What is unusual, but brings the package.
func TestNetworksThatStillBringThePackage(t *testing.T) {
	host := func(h network.Host) func(*network.Options) {
		h.Name = "www.example.com"
		return func(o *network.Options) { o.Hosts = []network.Host{h} }
	}
	for name, change := range map[string]func(*network.Options){
		"chunked":           host(network.Host{Body: network.Chunked}),
		"until close":       host(network.Host{Body: network.UntilClose}),
		"redirect":          host(network.Host{Faults: []network.Fault{{Kind: network.FaultRedirect, Location: "/dfota.bin", Times: 1}}}),
		"one disconnect":    host(network.Host{Faults: []network.Fault{{Kind: network.FaultDisconnect, At: 3000, Times: 1}}}),
		"three resets":      host(network.Host{Faults: []network.Fault{{Kind: network.FaultReset, At: 3000, Times: 3}}}),
		"one stall":         host(network.Host{Faults: []network.Fault{{Kind: network.FaultStall, At: 3000, Times: 1}}}),
		"reset, no range":   host(network.Host{NoRange: true, Faults: []network.Fault{{Kind: network.FaultReset, At: 3000, Times: 1}}}),
		"a lossy slow link": func(o *network.Options) { o.Link.Bandwidth, o.Link.Loss, o.Link.Jitter = 20_000, 0.02, time.Second },
	} {
		for _, device := range faultModels {
			t.Run(name+" "+device, func(t *testing.T) {
				console, r := run(t, qpy.Config{Device: device, Network: change}, upgradeFrom("http://www.example.com/fota.bin"))
				assert.Contains(t, console, "callback 2 100\n", console)
				assert.Contains(t, console, "returned 0\n")
				assert.Equal(t, qpy.Restarted, r.Ending)
				assert.True(t, r.Boot.Applied, console)
			})
		}
	}
}

func TestAPNDecidesAboutTheBearer(t *testing.T) {
	source := func(apn string) string {
		return fmt.Sprintf("import fota\nu = fota(reset_disable=1)\nprint(u.apn_set(fota_apn=%q, ip_type=0, fota_user='abc', fota_password='123'))\n"+
			"print(u.httpDownload(url1='http://www.example.com/fota.bin'))\n", apn)
	}
	for _, device := range []string{"generic", "BG95"} {
		c := qpy.Config{Device: device, APNs: []string{"CMNET", "internet"}}
		console, _ := run(t, c, source("cmnet"))
		assert.Equal(t, "0\n0\n", console)
		console, _ = run(t, c, source("CMNETX"))
		assert.Contains(t, console, "0\n")
		assert.Contains(t, console, "-1\n")
		assert.Contains(t, console, `no bearer: the operator has no APN "CMNETX"; it has CMNET, internet`)
		console, _ = run(t, qpy.Config{Device: device}, source("anything"))
		assert.Equal(t, "0\n0\n", console, "without a list every APN is right")
	}
	// It outlives the restart, as the document's "written" promises.
	dir := filepath.Join(t.TempDir(), "flash")
	c := qpy.Config{Device: "BG95", APNs: []string{"CMNET"}, FlashDir: dir}
	run(t, c, "import fota\nprint(fota().apn_set(fota_apn='wrong'))\n")
	console, _ := run(t, c, "import fota\nprint(fota().httpDownload(url1='http://www.example.com/fota.bin'))\n")
	assert.Contains(t, console, "-1\n")
	assert.Contains(t, console, `no APN "wrong"`)
}

// sample is a package that upgrades a new device of a model.
func sample(t *testing.T, device string) []byte {
	m, err := model.Lookup(device)
	require.NoError(t, err)
	p, err := firmware.SampleFile(m, "V0001")
	require.NoError(t, err)
	return p
}

// A real server breaks off in the middle, twice: the device is upgraded, and
// every byte was sent once.
func TestRealServerThatBreaksOff(t *testing.T) {
	for _, device := range []string{"EC200U", "EC600N"} {
		pack := sample(t, device)
		var sent atomic.Int64
		drops := 2
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", `"v2"`)
			if drops == 0 {
				http.ServeContent(&sentWriter{w, &sent}, r, "f", time.Time{}, bytes.NewReader(pack))
				return
			}
			drops--
			part := &sentWriter{w, &sent}
			broken := io.NewSectionReader(bytes.NewReader(pack), 0, int64(len(pack)))
			defer func() {
				w.(http.Flusher).Flush()
				panic(http.ErrAbortHandler)
			}()
			http.ServeContent(&limitWriter{part, len(pack) / 4}, r, "f", time.Time{}, broken)
		}))
		console, r := run(t, qpy.Config{Device: device, Net: qpy.Host, Network: func(o *network.Options) { o.RetryWait = time.Millisecond }},
			upgradeFrom(server.URL+"/fota.bin"))
		server.Close()
		assert.True(t, r.Boot.Applied, console)
		assert.Equal(t, int64(len(pack)), sent.Load(), "only what was missing was sent again")
		assert.Equal(t, 2, strings.Count(console, "for the rest"), console)
	}
}

type sentWriter struct {
	http.ResponseWriter
	sent *atomic.Int64
}

func (w *sentWriter) Write(p []byte) (int, error) {
	n, err := w.ResponseWriter.Write(p)
	w.sent.Add(int64(n))
	return n, err
}

// limitWriter takes no more than so many bytes of a body.
type limitWriter struct {
	*sentWriter
	left int
}

func (w *limitWriter) Write(p []byte) (int, error) {
	n, err := w.sentWriter.Write(p[:min(len(p), w.left)])
	if w.left -= n; err == nil && n < len(p) {
		err = io.ErrShortWrite
	}
	return n, err
}

// The EC200A may download by FTP, with user and password.
func TestRealFTPUpgrade(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "fota.bin"), sample(t, "EC200A"), 0o644))
	driver, err := file.NewDriver(dir)
	require.NoError(t, err)
	server, err := ftpserver.NewServer(&ftpserver.Options{
		Driver: driver, Auth: &ftpserver.SimpleAuth{Name: "user", Password: "password"}, Perm: ftpserver.NewSimplePerm("o", "g"),
		Logger: &ftpserver.DiscardLogger{}, Hostname: "127.0.0.1",
	})
	require.NoError(t, err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	finished := make(chan struct{})
	go func() { defer close(finished); _ = server.Serve(listener) }()
	defer func() { assert.NoError(t, server.Shutdown()); <-finished }()
	url := func(login string) string { return "ftp://" + login + "@" + listener.Addr().String() + "/fota.bin" }

	console, r := run(t, qpy.Config{Device: "EC200A", Net: qpy.Host}, upgradeFrom(url("user:password")))
	assert.Contains(t, console, "callback 2 100\n")
	assert.True(t, r.Boot.Applied, console)

	console, r = run(t, qpy.Config{Device: "EC200A", Net: qpy.Host}, upgradeFrom(url("user:hunter2")))
	assert.Contains(t, console, "callback -1 0\n")
	assert.Contains(t, console, "returned -1\n")
	assert.Contains(t, console, "the server answers 530")
	assert.NotContains(t, console, "hunter2")
	assert.False(t, r.Boot.Applied)

	console, _ = run(t, qpy.Config{Device: "EC200A", Net: qpy.Host, AllowHosts: []string{"fota.example.com"}}, upgradeFrom(url("user:password")))
	assert.Contains(t, console, "host not allowed: only fota.example.com")
}

func TestRealHTTPSUpgrade(t *testing.T) {
	pack := sample(t, "EC600N")
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write(pack) }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	trust := func(o *network.Options) { o.RootCAs = roots }

	console, r := run(t, qpy.Config{Device: "EC600N", Net: qpy.Host, Network: trust}, upgradeFrom(server.URL))
	assert.True(t, r.Boot.Applied, console)

	console, r = run(t, qpy.Config{Device: "EC600N", Net: qpy.Host}, upgradeFrom(server.URL))
	assert.Contains(t, console, fmt.Sprintf("callback -1 %d\n", firmware.CodeTLS))
	assert.Contains(t, console, "TLS failure")
	assert.False(t, r.Boot.Applied)
}

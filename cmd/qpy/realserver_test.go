package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	ftpserver "goftp.io/server/v2"
	"goftp.io/server/v2/driver/file"

	"qpy/device/firmware"
	"qpy/device/model"
)

// upgradeFrom is a script that upgrades from its first argument, and tells after
// the restart what runs.
const upgradeFrom = `
import fota, uos, usys, utime
def progress(args):
    if args[0] not in (0, 1):
        print("status", args[0])
if uos.uname2().qpyver == "V0001" and utime.time() < 1704067200 + 30:
    print("returned", fota().httpDownload(url1=usys.argv[1], callback=progress))
    utime.sleep(100)
    print("still here")
print("runs", uos.uname2().qpyver)
`

// sampleOf is a package that upgrades a new device of a model.
func sampleOf(t *testing.T, device string) []byte {
	t.Helper()
	m, err := model.Lookup(device)
	require.NoError(t, err)
	pack, err := firmware.SampleFile(m, "V0001")
	require.NoError(t, err)
	return pack
}

// upgraded runs a device that upgrades from a URL, from the command line.
func upgraded(t *testing.T, device, url string, flags ...string) outcome {
	t.Helper()
	clock := put(t, t.TempDir(), "x.toml", "[device]\nstart = 2024-01-01T00:00:00Z\n")
	args := append([]string{"run", "--fast", "--boots", "2", "--device", device, "--scenario", clock}, flags...)
	return command(t, append(args, script(t, upgradeFrom), url)...)
}

// FTP on the EC200A, from a real server with a login.
func TestUpgradeFromARealFTPServer(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "fota.bin", string(sampleOf(t, "EC200A")))
	driver, err := file.NewDriver(dir)
	require.NoError(t, err)
	server, err := ftpserver.NewServer(&ftpserver.Options{
		Driver: driver, Auth: &ftpserver.SimpleAuth{Name: "user", Password: "p%w"}, Perm: ftpserver.NewSimplePerm("o", "g"),
		Logger: &ftpserver.DiscardLogger{}, Hostname: "127.0.0.1",
	})
	require.NoError(t, err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	finished := make(chan struct{})
	go func() { defer close(finished); _ = server.Serve(listener) }()
	defer func() { assert.NoError(t, server.Shutdown()); <-finished }()
	host := listener.Addr().String()

	got := upgraded(t, "EC200A", "ftp://user:p%25w@"+host+"/fota.bin", "--net", "host", "--allow-host", host)
	assert.Equal(t, "status 2\nreturned 0\nruns V0002\n", got.out, got.err)
	for name, c := range map[string]struct{ device, login, flags, note string }{
		"wrong password":       {"EC200A", "user:wrong", "--net host", "the server answers 530"},
		"wrong user":           {"EC200A", "resu:p%25w", "--net host", "the server answers 530"},
		"no login":             {"EC200A", "", "--net host", "the server answers 530"},
		"host not allowed":     {"EC200A", "user:p%25w", "--net host --allow-host ftp.example.com", "host not allowed"},
		"network not asked":    {"EC200A", "user:p%25w", "--net virtual", "unknown host"},
		"model without FTP":    {"EC200U", "user:p%25w", "--net host", "EC200U downloads by HTTP only"},
		"asynchronous, no FTP": {"EC600N", "user:p%25w", "--net host", "EC600N downloads by HTTP only"},
	} {
		got := upgraded(t, c.device, "ftp://"+strings.TrimPrefix(c.login+"@", "@")+host+"/fota.bin", strings.Fields(c.flags)...)
		assert.Contains(t, got.out, "returned -1\nstill here\nruns V0001\n", name)
		assert.Contains(t, got.err, c.note, name)
		assert.NotContains(t, got.err, "wrong@", "the password is not shown")
		assert.NotContains(t, got.err, "p%25w", "the password is not shown")
	}
}

// HTTPS from real servers: the certificate decides.
func TestUpgradeFromARealHTTPSServer(t *testing.T) {
	dir := t.TempDir()
	serve := func(device string, change func(*x509.Certificate)) (url, ca string) {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		require.NoError(t, err)
		c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "qpy test"}, IsCA: true, BasicConstraintsValid: true,
			NotBefore: time.Now().Add(-2 * time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
		if change != nil {
			change(c)
		}
		der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
		require.NoError(t, err)
		ca = filepath.Join(dir, device+big.NewInt(time.Now().UnixNano()).String())
		require.NoError(t, os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o644))
		pack := sampleOf(t, device)
		server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(pack) }))
		server.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
		server.Config.ErrorLog = log.New(io.Discard, "", 0)
		server.StartTLS()
		t.Cleanup(server.Close)
		return server.URL + "/fota.bin", ca
	}
	for _, device := range []string{"EC200U", "EC600N"} {
		async := device == "EC600N"
		url, ca := serve(device, nil)
		got := upgraded(t, device, url, "--net", "host", "--ca", ca)
		want := "status 2\nreturned 0\nruns V0002\n"
		if async {
			want = "returned 0\nstatus 2\nruns V0002\n"
		}
		assert.Equal(t, want, got.out, got.err)
		for name, c := range map[string]struct {
			change func(*x509.Certificate)
			note   string
		}{
			"expired":       {func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) }, "expired"},
			"not yet valid": {func(c *x509.Certificate) { c.NotBefore = time.Now().Add(time.Minute) }, "not yet valid"},
			"another host":  {func(c *x509.Certificate) { c.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 2)} }, "127.0.0.1"},
			"not trusted":   {nil, "unknown authority"},
		} {
			url, own := serve(device, c.change)
			if name == "not trusted" {
				own = ca
			}
			got := upgraded(t, device, url, "--net", "host", "--ca", own)
			want := "status -1\nreturned -1\nstill here\nruns V0001\n"
			if async {
				want = "returned 0\nstatus -1\nstill here\nruns V0001\n"
			}
			assert.Equal(t, want, got.out, name)
			assert.Contains(t, got.err, "TLS failure", name)
			assert.Contains(t, got.err, c.note, name)
		}
	}
}

func TestBadAuthorities(t *testing.T) {
	app := script(t, "print('must not run')\n")
	for flags, want := range map[string]string{
		"--ca x":                         "--ca x: it is for servers of the real network; add --net host",
		"--net host --ca none.pem":       "--ca none.pem: ",
		"--net host --ca " + app:         "no certificate in it",
		"--net host --ca " + t.TempDir(): "--ca ",
	} {
		got := command(t, append(append([]string{"run"}, strings.Fields(flags)...), app)...)
		assert.Equal(t, 2, got.code, flags)
		assert.Contains(t, got.err, want, flags)
	}
}

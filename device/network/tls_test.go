package network_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/network"
)

// certificate makes a certificate for 127.0.0.1, or what change makes of it,
// and the pool of those who trust it.
func certificate(t *testing.T, change func(*x509.Certificate)) (tls.Certificate, *x509.CertPool) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "qpy test"},
		NotBefore: time.Now().Add(-2 * time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	if change != nil {
		change(template)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	require.NoError(t, err)
	parsed, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

func startTLS(t *testing.T, c *tls.Config, h http.Handler) string {
	server := httptest.NewUnstartedServer(h)
	server.TLS = c
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL
}

func TestRealHTTPS(t *testing.T) {
	good, trusted := certificate(t, nil)
	expired, expiredPool := certificate(t, func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Hour) })
	early, earlyPool := certificate(t, func(c *x509.Certificate) {
		c.NotBefore, c.NotAfter = time.Now().Add(time.Hour), time.Now().Add(2*time.Hour)
	})
	other, otherPool := certificate(t, func(c *x509.Certificate) { c.IPAddresses, c.DNSNames = nil, []string{"other.example"} })
	h := static(content, `"v1"`, time.Time{})

	url := startTLS(t, &tls.Config{Certificates: []tls.Certificate{good}}, h)
	r := run(t, network.Options{Real: true, RootCAs: trusted}, url, nil)
	require.NoError(t, r.err)
	assert.Equal(t, content, r.body.Bytes())

	old := startTLS(t, &tls.Config{Certificates: []tls.Certificate{good}, MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}, h)
	for name, c := range map[string]struct {
		url   string
		roots *x509.CertPool
		text  string
	}{
		"unknown authority": {url, x509.NewCertPool(), "unknown authority"},
		"expired":           {startTLS(t, &tls.Config{Certificates: []tls.Certificate{expired}}, h), expiredPool, "expired"},
		"not yet valid":     {startTLS(t, &tls.Config{Certificates: []tls.Certificate{early}}, h), earlyPool, "not yet valid"},
		"for another host":  {startTLS(t, &tls.Config{Certificates: []tls.Certificate{other}}, h), otherPool, "127.0.0.1"},
		"TLS 1.1":           {old, trusted, "protocol version"},
	} {
		r := run(t, network.Options{Real: true, RootCAs: c.roots}, c.url, nil)
		assert.Equal(t, network.TLS, kindOf(t, r.err), "%s: %v", name, r.err)
		assert.ErrorContains(t, r.err, c.text)
		assert.Zero(t, r.body.Len())
	}
	plain := httptest.NewServer(h)
	defer plain.Close()
	r = run(t, network.Options{Real: true}, strings.Replace(plain.URL, "http:", "https:", 1), nil)
	assert.Error(t, r.err, "a server without TLS")
	assert.Zero(t, r.body.Len())
}

// A connection that was protected does not lead to one that is not.
func TestRealHTTPSDoesNotLeadToHTTP(t *testing.T) {
	reached := false
	plain := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	defer plain.Close()
	good, trusted := certificate(t, nil)
	url := startTLS(t, &tls.Config{Certificates: []tls.Certificate{good}}, http.RedirectHandler(plain.URL, http.StatusFound))
	r := run(t, network.Options{Real: true, RootCAs: trusted}, url, nil)
	assert.Equal(t, network.Redirect, kindOf(t, r.err), "%v", r.err)
	assert.False(t, reached)
}

package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/firmware"
	"qpy/device/model"
)

// The flags of the network, from the command line to a real server.
func TestNetworkFlags(t *testing.T) {
	m, err := model.Lookup("")
	require.NoError(t, err)
	pack, err := firmware.SampleFile(m, "V0001")
	require.NoError(t, err)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/out" {
			http.Redirect(w, r, "http://virtual.example/f.bin", http.StatusFound)
			return
		}
		_, _ = w.Write(pack)
	}))
	defer server.Close()
	host := strings.TrimPrefix(server.URL, "http://")
	site := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(site, "virtual.example"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(site, "virtual.example", "f.bin"), pack, 0o644))
	script := filepath.Join(t.TempDir(), "main.py")
	require.NoError(t, os.WriteFile(script, []byte(`
import fota, usys
u = fota(reset_disable=1)
if len(usys.argv) > 2:
    u.apn_set(fota_apn=usys.argv[2])
print(u.httpDownload(url1=usys.argv[1]))
`), 0o644))
	for _, c := range []struct {
		flags []string
		args  []string
		out   string
		note  string
	}{
		{nil, []string{server.URL + "/f"}, "-1\n", "unknown host"},
		{[]string{"--net", "host"}, []string{server.URL + "/f"}, "0\n", ""},
		{[]string{"--net", "host", "--allow-host", host}, []string{server.URL + "/f"}, "0\n", ""},
		{[]string{"--net", "host", "--allow-host", "a.example", "--allow-host", "127.0.0.1"}, []string{server.URL + "/f"}, "0\n", ""},
		{[]string{"--net", "host", "--allow-host", "a.example"}, []string{server.URL + "/f"}, "-1\n", "host not allowed: only a.example"},
		{[]string{"--net", "host", "--site", site, "--allow-host", host}, []string{"http://virtual.example/f.bin"}, "0\n", ""},
		{[]string{"--net", "host", "--site", site, "--allow-host", host}, []string{server.URL + "/out"}, "0\n", ""},
		{[]string{"--net", "host", "--allow-host", host}, []string{server.URL + "/out"}, "-1\n", "a redirect leads there"},
		{[]string{"--apn", "CMNET"}, []string{"http://www.example.com/fota.bin", "cmnet"}, "0\n", ""},
		{[]string{"--apn", "CMNET", "--apn", "internet"}, []string{"http://www.example.com/fota.bin", "other"}, "-1\n", "it has CMNET, internet"},
	} {
		var stdout, stderr bytes.Buffer
		command := append(append([]string{"run", "--fast"}, c.flags...), append([]string{script}, c.args...)...)
		assert.Zero(t, execute(t.Context(), command, strings.NewReader(""), &stdout, &stderr))
		assert.Equal(t, c.out, stdout.String(), "%q: %s", command, &stderr)
		if c.note == "" {
			assert.Empty(t, stderr.String(), "%q", command)
		} else {
			assert.Contains(t, stderr.String(), c.note, "%q", command)
			assert.Equal(t, 1, strings.Count(stderr.String(), "qpy: "))
		}
	}
}

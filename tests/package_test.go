package tests

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy"
	"qpy/device/firmware"
	"qpy/device/model"
)

// writeLocally writes /usr/p.bin to the upgrade slot, and restarts whatever
// comes of it, so that the boot loader has its say too.
const writeLocally = `
import fota, uos
from misc import Power
u = fota()
size = uos.stat("/usr/p.bin")[6]
worst = 0
with open("/usr/p.bin", "rb") as f:
    while True:
        piece = f.read(1024)
        if not piece:
            break
        worst = min(worst, u.write(piece, size))
print("write", worst, "flush", u.flush(), "verify", u.verify())
Power.powerRestart()
`

const download = `
import fota
from misc import Power
print("download", fota(reset_disable=1).httpDownload(url1="http://www.example.com/p.bin"))
Power.powerRestart()
`

func validPackage(t testing.TB) []byte {
	t.Helper()
	m, err := model.Lookup(model.Generic)
	require.NoError(t, err)
	data, err := firmware.SampleFile(m, m.Identity.QpyVer)
	require.NoError(t, err)
	return data
}

// try gives a package to the device both ways and tells what each printed and
// what the boot loader did after it.
func try(t *testing.T, data []byte) (local, remote string, localBoot, remoteBoot firmware.Report) {
	t.Helper()
	site := t.TempDir()
	file := filepath.Join(site, "www.example.com", "p.bin")
	writeFile(t, file, data)
	local, r := run(t, qpy.Config{Puts: []qpy.Put{{Host: file, Device: "/usr/p.bin"}}}, writeLocally)
	localBoot = r.Boot
	remote, r = run(t, qpy.Config{SiteDir: site}, download)
	return local, remote, localBoot, r.Boot
}

// writeFile writes a file of the test, and the folders above it.
func writeFile(t *testing.T, name string, data []byte) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
	require.NoError(t, os.WriteFile(name, data, 0o644))
}

func TestWholePackageIsTaken(t *testing.T) {
	local, remote, a, b := try(t, validPackage(t))
	assert.Contains(t, local, "write 0 flush 0 verify 0")
	assert.Contains(t, remote, "download 0")
	for _, boot := range []firmware.Report{a, b} {
		assert.True(t, boot.Applied)
		assert.NotEqual(t, boot.From, boot.To)
	}
}

func TestDamagedPackagesAreRefused(t *testing.T) {
	whole := validPackage(t)
	bad := map[string][]byte{"empty": {}}
	for i := range 100 {
		bit := i * (len(whole)*8 - 1) / 99
		data := bytes.Clone(whole)
		data[bit/8] ^= 1 << (bit % 8)
		bad[fmt.Sprintf("bit %d flipped", bit)] = data
	}
	for _, n := range []int{1, 7, 8, firmware.HeaderSize - 1, firmware.HeaderSize, len(whole) / 2, len(whole) - firmware.TrailerSize, len(whole) - 1} {
		bad[fmt.Sprintf("cut to %d bytes", n)] = whole[:n]
	}
	bad["with a byte more"] = append(bytes.Clone(whole), 0)
	bad["for another model"] = packageFor(t, firmware.Header{Model: "EC600N", To: "V0002"})
	bad["for another version"] = packageFor(t, firmware.Header{Model: model.Generic, From: "V0999", To: "V1000"})
	for name, data := range bad {
		local, remote, a, b := try(t, data)
		assert.NotContains(t, local, "verify 0", name)
		assert.Contains(t, remote, "download -1", name)
		assert.Contains(t, remote, "qpy: httpDownload: ", "%s: a line says why", name)
		for _, boot := range []firmware.Report{a, b} {
			assert.False(t, boot.Applied, name)
			assert.Equal(t, boot.From, boot.To, "%s: the old firmware boots", name)
		}
	}
}

func packageFor(t *testing.T, h firmware.Header) []byte {
	t.Helper()
	payload := bytes.Repeat([]byte("image"), 1000)
	h.PayloadSize = int64(len(payload))
	var out bytes.Buffer
	require.NoError(t, firmware.Pack(&out, h, bytes.NewReader(payload)))
	return out.Bytes()
}

func TestForeignFileIsTakenUnlessStrict(t *testing.T) {
	file := filepath.Join(t.TempDir(), "vendor.bin")
	require.NoError(t, os.WriteFile(file, bytes.Repeat([]byte("vendor's own format "), 500), 0o644))
	config := qpy.Config{Puts: []qpy.Put{{Host: file, Device: "/usr/p.bin"}}}

	console, r := run(t, config, writeLocally)
	assert.Contains(t, console, "write 0 flush 0 verify 0")
	assert.Contains(t, console, "only its length was checked")
	assert.True(t, r.Boot.Applied)

	config.Strict = true
	console, r = run(t, config, writeLocally)
	assert.Contains(t, console, "verify -1")
	assert.Contains(t, console, "--strict")
	assert.False(t, r.Boot.Applied)
}

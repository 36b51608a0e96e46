package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSignAndVerify(t *testing.T) {
	dir := t.TempDir()
	key := filepath.Join(dir, "key")
	got := command(t, "fota", "keygen", "-o", key)
	require.Zero(t, got.code, got.err)
	print := strings.TrimSpace(got.out[strings.LastIndex(got.out, " "):])
	assert.Equal(t, key+" and "+key+".pub: key "+print+"\n", got.out)
	info, err := os.Stat(key)
	require.NoError(t, err)
	assert.EqualValues(t, 0o600, info.Mode().Perm(), "nobody else can read it")
	got = command(t, "fota", "keygen", "-o", key)
	assert.Equal(t, 2, got.code)
	assert.Contains(t, got.err, "is there already")

	image := put(t, dir, "image", strings.Repeat("firmware", 1000))
	signed, plain := filepath.Join(dir, "signed"), filepath.Join(dir, "plain")
	got = command(t, "fota", "pack", "--sign", key, "--to", "V0002", "-o", signed, image)
	assert.Equal(t, signed+": 8288 bytes for generic, any version -> V0002: whole upgrade, signed\n", got.out, got.err)
	require.Zero(t, command(t, "fota", "pack", "--to", "V0002", "-o", plain, image).code)
	assert.Contains(t, command(t, "fota", "inspect", signed).out, "signer   key "+print+" (checked)\n")

	got = command(t, "fota", "verify", "--pubkey", key+".pub", signed)
	assert.Zero(t, got.code, got.err)
	assert.Contains(t, got.out, "generic takes it: V0001 -> V0002, image of 8000 bytes, SHA-256 ")
	got = command(t, "fota", "verify", "--pubkey", key+".pub", plain)
	assert.Equal(t, 1, got.code)
	assert.Contains(t, got.err, "generic V0001 refuses it: the package is not signed")
	upgrade := script(t, `
import fota, uos
from misc import Power
u = fota()
with open("/usr/own.bin", "rb") as f:
    print(u.write(f.read(), uos.stat("/usr/own.bin")[6]), u.flush(), u.verify())
Power.powerRestart()
`)
	got = command(t, "run", "--fast", "--pubkey", key+".pub", "--put", signed+":/usr/own.bin", upgrade)
	assert.Equal(t, "0 0 0\n", got.out)
	assert.Contains(t, got.err, "firmware V0001 -> V0002")
	got = command(t, "run", "--fast", "--pubkey", key+".pub", "--put", plain+":/usr/own.bin", upgrade)
	assert.Equal(t, "0 0 -1\n", got.out)
	assert.Contains(t, got.err, "the package is not signed")
	got = command(t, "run", "--pubkey", image, upgrade)
	assert.Equal(t, 2, got.code)
	assert.Contains(t, got.err, "--pubkey "+image+": no PEM block")
	other := filepath.Join(dir, "other")
	require.Zero(t, command(t, "fota", "keygen", "-o", other).code)
	assert.Contains(t, command(t, "fota", "verify", "--pubkey", other+".pub", signed).err, "somebody else has signed it")
	for _, c := range [][]string{
		{"pack", "--sign", key + ".pub", "--to", "V2", "-o", plain, image}, {"pack", "--sign", image, "--to", "V2", "-o", plain, image},
		{"pack", "--sign", filepath.Join(dir, "none"), "--to", "V2", "-o", plain, image}, {"pack", "--sign", key, "--to", "V2", "-o", key, image},
		{"verify", "--pubkey", key, signed}, {"verify", "--model", "EC60", signed}, {"verify"}, {"verify", filepath.Join(dir, "none")},
		{"verify", dir}, {"verify", "--base", dir, signed}, {"keygen"}, {"image"}, {"image", "--flash", dir, "-o", plain},
		{"image", "--model", "X", "-o", plain}, {"image", "--flash", dir, "--version", "V1", "-o", plain},
	} {
		got := command(t, append([]string{"fota"}, c...)...)
		assert.Equal(t, 2, got.code, "%q", c)
		assert.Contains(t, got.err, "qpy: fota "+c[0], "%q", c)
		assert.NotContains(t, got.err, "PRIVATE KEY-----", "%q", c)
	}
	text, err := os.ReadFile(key)
	require.NoError(t, err)
	assert.Contains(t, string(text), "BEGIN PRIVATE KEY")
}

func TestDifferentialPackages(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, "old")
	got := command(t, "fota", "image", "--model", "EC600U", "-o", old)
	require.Equal(t, old+": 65536 bytes, the image of EC600U V0001\n", got.out, got.err)
	data, err := os.ReadFile(old)
	require.NoError(t, err)
	fresh := put(t, dir, "new", string(data[:30_000])+"a new feature"+string(data[30_000:]))
	packed := filepath.Join(dir, "dfota.bin")
	got = command(t, "fota", "pack", "--model", "EC600U", "--base", old, "--to", "V0002", "-o", packed, fresh)
	require.Zero(t, got.code, got.err)
	assert.Contains(t, got.out, "V0002: whole upgrade, differential\n")
	info, err := os.Stat(packed)
	require.NoError(t, err)
	assert.Less(t, info.Size(), int64(400))
	got = command(t, "fota", "inspect", packed)
	assert.Contains(t, got.out, "base     65536 bytes, SHA-256 ")
	assert.Contains(t, got.out, "image    65549 bytes, SHA-256 ")
	assert.Contains(t, command(t, "fota", "verify", "--model", "EC600U", packed).out, "give the image that runs with --base")
	assert.Contains(t, command(t, "fota", "verify", "--model", "EC600U", "--base", old, packed).out, "image of 65549 bytes")
	got = command(t, "fota", "verify", "--model", "EC600U", "--base", fresh, packed)
	assert.Equal(t, 1, got.code)
	assert.Contains(t, got.err, "is made for the image with SHA-256")

	upgrade := script(t, `
import fota, uos
from misc import Power
u = fota()
with open("/usr/own.bin", "rb") as f:
    print(u.write(f.read(), uos.stat("/usr/own.bin")[6]), u.flush(), u.verify())
Power.powerRestart()
`)
	flash := filepath.Join(dir, "flash")
	run := []string{"run", "--fast", "--device", "EC600U", "--flash", flash, "--put", packed + ":/usr/own.bin", upgrade}
	got = command(t, run...)
	assert.Equal(t, "0 0 0\n", got.out)
	assert.Contains(t, got.err, "firmware V0001 -> V0002")
	running := filepath.Join(dir, "running")
	assert.Contains(t, command(t, "fota", "image", "--flash", flash, "-o", running).out, "the image of EC600U V0002")
	a, err := os.ReadFile(fresh)
	require.NoError(t, err)
	b, err := os.ReadFile(running)
	require.NoError(t, err)
	assert.Equal(t, a, b, "it runs the new image")
	got = command(t, run...)
	assert.Equal(t, "0 0 -1\n", got.out)
	assert.Contains(t, got.err, "is made for the image with SHA-256")

	// Two stages, the second one differential.
	one, two := filepath.Join(dir, "one"), filepath.Join(dir, "two")
	require.Zero(t, command(t, "fota", "pack", "--stage", "1", "--to", "V9", "-o", one, fresh).code)
	require.Zero(t, command(t, "fota", "pack", "--stage", "2", "--base", old, "--to", "V9", "-o", two, fresh).code)
	got = command(t, "fota", "verify", "--base", old, one, two)
	assert.Contains(t, got.out, "generic takes it: V0001 -> V9, image of 131098 bytes", got.err)
	assert.Contains(t, command(t, "fota", "verify", two, one).err, "stage 1 as url1")
	assert.Contains(t, command(t, "fota", "verify", "--version", "V0010", "--base", old, one, two).err, "would go back to version V9")
	assert.Equal(t, 2, command(t, "fota", "pack", "--base", put(t, dir, "empty", ""), "--to", "V9", "-o", two, fresh).code)
}

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPackInspectAndUpgrade(t *testing.T) {
	dir := t.TempDir()
	image := put(t, dir, "image.bin", strings.Repeat("firmware", 1000))
	packed := filepath.Join(dir, "fota.bin")
	got := command(t, "fota", "pack", "--model", "ec600ncnlc", "--from", "V0001", "--to", "V0009", "-o", packed, image)
	assert.Equal(t, outcome{0, packed + ": 8192 bytes for EC600NCNLC, V0001 -> V0009\n", ""}, got)
	got = command(t, "fota", "inspect", packed)
	assert.Zero(t, got.code)
	for _, row := range []string{"model    EC600NCNLC\n", "from     V0001\n", "to       V0009\n", "kind     whole upgrade\n", "payload  8000 bytes\n", "file     8192 bytes\n", "SHA-256  ", " (checked)\n"} {
		assert.Contains(t, got.out, row)
	}
	upgrade := script(t, `
import fota, uos
from misc import Power
u = fota()
with open("/usr/own.bin", "rb") as f:
    print(u.write(f.read(), uos.stat("/usr/own.bin")[6]), u.flush(), u.verify())
Power.powerRestart()
`)
	got = command(t, "run", "--fast", "--device", "EC600NCNLC", "--put", packed+":/usr/own.bin", upgrade)
	assert.Equal(t, "0 0 0\n", got.out)
	assert.Contains(t, got.err, "firmware V0001 -> V0009")
	got = command(t, "run", "--fast", "--device", "EC600U", "--put", packed+":/usr/own.bin", upgrade)
	assert.Equal(t, "0 0 -1\n", got.out)
	assert.Contains(t, got.err, "the package is for model EC600NCNLC, this is EC600U")
	assert.Contains(t, got.err, "firmware V0001, no upgrade is waiting")
}

func TestPackOfAnyVersionAndStages(t *testing.T) {
	dir := t.TempDir()
	image := put(t, dir, "image.bin", "x")
	out := filepath.Join(dir, "p.bin")
	assert.Contains(t, command(t, "fota", "pack", "--to", "V2", "-o", out, image).out, "193 bytes for generic, any version -> V2")
	assert.Contains(t, command(t, "fota", "inspect", out).out, "from     any version\n")
	for stage, kind := range map[string]string{"1": "mini-FOTA stage 1", "2": "mini-FOTA stage 2"} {
		require.Zero(t, command(t, "fota", "pack", "--stage", stage, "--to", "V2", "--output", out, image).code)
		assert.Contains(t, command(t, "fota", "inspect", out).out, "kind     "+kind+"\n")
	}
}

func TestPackRefuses(t *testing.T) {
	dir := t.TempDir()
	image := put(t, dir, "image.bin", "x")
	empty := put(t, dir, "empty.bin", "")
	out := filepath.Join(dir, "p.bin")
	for _, c := range []struct {
		code int
		args []string
		want string
	}{
		{2, []string{}, "give one file"},
		{2, []string{image, image}, "give one file"},
		{2, []string{image}, "--to and the file to write with -o"},
		{2, []string{"--to", "V2", image}, "--to and the file to write with -o"},
		{2, []string{"-o", out, image}, "--to and the file to write with -o"},
		{2, []string{"--model", "EC600X", "--to", "V2", "-o", out, image}, "did you mean EC600S"},
		{2, []string{"--stage", "3", "--to", "V2", "-o", out, image}, "--stage 3"},
		{2, []string{"--to", "V2", "-o", out, filepath.Join(dir, "none")}, "none"},
		{2, []string{"--to", "V2", "-o", out, dir}, "is a folder, not a payload file"},
		{2, []string{"--to", "V2", "-o", dir, image}, "is a folder or the payload itself"},
		{2, []string{"--to", "V2", "-o", image, image}, "is a folder or the payload itself"},
		{1, []string{"--to", "V2", "-o", filepath.Join(dir, "none", "p.bin"), image}, filepath.Join("none", "p.bin") + " cannot be written: no such file or directory"},
		{1, []string{"--to", "V 2", "-o", out, image}, "only printable ASCII"},
		{1, []string{"--to", strings.Repeat("V", 25), "-o", out, image}, "at most 24"},
		{1, []string{"--to", "V2", "-o", out, empty}, "payload of 0 bytes"},
	} {
		got := command(t, append([]string{"fota", "pack"}, c.args...)...)
		assert.Equal(t, c.code, got.code, "%q", c.args)
		assert.Contains(t, got.err, "qpy: fota pack: ", "%q", c.args)
		assert.Contains(t, got.err, c.want, "%q", c.args)
		assert.Empty(t, got.out)
		assert.NoFileExists(t, out, "%q", c.args)
	}
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, left, 2, "no temporary file is left")
	data, err := os.ReadFile(image)
	require.NoError(t, err)
	assert.Equal(t, "x", string(data))
}

func TestPackThatFailsLeavesTheOldPackage(t *testing.T) {
	dir := t.TempDir()
	out := put(t, dir, "p.bin", "the old one")
	assert.Equal(t, 1, command(t, "fota", "pack", "--to", "V2", "-o", out, put(t, dir, "empty", "")).code)
	data, err := os.ReadFile(out)
	require.NoError(t, err)
	assert.Equal(t, "the old one", string(data))
}

func TestInspectRefuses(t *testing.T) {
	dir := t.TempDir()
	packed := filepath.Join(dir, "p.bin")
	require.Zero(t, command(t, "fota", "pack", "--to", "V2", "-o", packed, put(t, dir, "image", strings.Repeat("y", 500))).code)
	whole, err := os.ReadFile(packed)
	require.NoError(t, err)
	damaged := []byte(string(whole))
	damaged[200] ^= 1
	for _, c := range []struct {
		code int
		path string
		want string
	}{
		{2, filepath.Join(dir, "none"), "no such file"},
		{2, dir, "is a folder, not a package"},
		{1, put(t, dir, "empty.bin", ""), "the package is empty"},
		{1, put(t, dir, "cut.bin", string(whole[:len(whole)-1])), "the package is damaged"},
		{1, put(t, dir, "damaged.bin", string(damaged)), "the package is damaged"},
		{1, put(t, dir, "long.bin", string(whole)+"z"), "the package is damaged"},
	} {
		got := command(t, "fota", "inspect", c.path)
		assert.Equal(t, c.code, got.code, c.path)
		assert.Empty(t, got.out, c.path)
		assert.True(t, strings.HasPrefix(got.err, "qpy: fota inspect: "), got.err)
		assert.Contains(t, got.err, c.want, c.path)
	}
	foreign := put(t, dir, "vendor.bin", "a vendor's own package")
	got := command(t, "fota", "inspect", foreign)
	assert.Zero(t, got.code)
	assert.Contains(t, got.out, foreign+": not in qpy's format: 22 bytes, SHA-256 ")
}

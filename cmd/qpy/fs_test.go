package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFS(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "flash")
	source := script(t, `
import uos
uos.mkdir("/usr/d")
for i in range(50):
    with open("/usr/d/log", "w") as f:
        f.write("x" * 5000)
`)
	require.Zero(t, command(t, "run", "--fast", "--device", "EC600N", "--flash", dir, source).code)
	before := tree(t, dir)

	got := command(t, "fs", "df", dir)
	require.Zero(t, got.code, got.err)
	lines := strings.Split(got.out, "\n")
	assert.Equal(t, "EC600N, firmware V0001", lines[0])
	assert.Equal(t, strings.Fields("part block size blocks used free programs erases worst block its erases"), strings.Fields(lines[1]))
	parts := map[string][]string{}
	for _, line := range lines[2:] {
		if f := strings.Fields(line); len(f) > 0 {
			parts[f[0]] = f
		}
	}
	// Superblock, two directories, 51 blocks of the sample package, 2 of the log.
	assert.Equal(t, []string{"usr", "4096", "256", "59", "197"}, parts["usr"][:5])
	assert.Equal(t, []string{"bak", "4096", "64", "4", "60"}, parts["bak"][:5])
	assert.Equal(t, "16", parts["image0"][6], "the factory's image has 64 KiB")
	assert.Equal(t, []string{"package", "4096"}, parts["package"][:2])

	got = command(t, "fs", "df", "--blocks", dir)
	assert.Contains(t, got.out, "part  block  programs  erases")
	assert.Regexp(t, `(?m)^ +image0 +15 +16 +1 *$`, got.out)

	got = command(t, "fs", "ls", dir)
	assert.Equal(t, 2, strings.Count(got.out, "\n"))
	assert.Regexp(t, `-  .*  /usr/\n-  .*  /bak/\n`, got.out)
	got = command(t, "fs", "ls", "-R", dir, "/usr")
	assert.Contains(t, got.out, "  /usr/d/\n")
	assert.Regexp(t, `5000    20.*  /usr/d/log\n`, got.out)
	got = command(t, "fs", "ls", dir, "usr/d/log")
	assert.Regexp(t, `^5000  20.*  /usr/d/log\n$`, got.out)

	image := filepath.Join(t.TempDir(), "image")
	got = command(t, "fota", "image", "--flash", dir, "-o", image)
	assert.Equal(t, image+": 65536 bytes, the image of EC600N V0001\n", got.out, got.err)
	assert.Equal(t, before, tree(t, dir), "looking changes nothing")

	// The wear goes on from run to run.
	require.Zero(t, command(t, "run", "--fast", "--device", "EC600N", "--flash", dir, script(t, "pass\n")).code)
	got = command(t, "fs", "df", dir)
	assert.Contains(t, got.out, parts["usr"][5]+"  ", "no file of /usr was written")
}

// tree is what is in a folder: files with their content.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	require.NoError(t, filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			all[path] = ""
			return err
		}
		data, err := os.ReadFile(path)
		all[path] = string(data)
		return err
	}))
	return all
}

func TestFSRefuses(t *testing.T) {
	dir := t.TempDir()
	flash := filepath.Join(dir, "flash")
	require.Zero(t, command(t, "run", "--fast", "--flash", flash, script(t, "pass\n")).code)
	file := put(t, dir, "file", "x")
	for _, c := range []struct {
		code int
		args []string
		want string
	}{
		{2, []string{}, "there is `qpy fs df DIR`"},
		{2, []string{"df"}, "name one flash folder"},
		{2, []string{"ls"}, "name a flash folder"},
		{2, []string{"df", filepath.Join(dir, "none")}, "no such folder"},
		{2, []string{"df", file}, "is not a folder"},
		{2, []string{"df", dir}, "is not a flash folder"},
		{1, []string{"ls", flash, "/usr/none"}, "ENOENT"},
		{1, []string{"ls", flash, "/none"}, "ENODEV"},
		{1, []string{"ls", flash, "/usr/../../../etc"}, "ENODEV"},
	} {
		got := command(t, append([]string{"fs"}, c.args...)...)
		assert.Equal(t, c.code, got.code, "%q", c.args)
		assert.True(t, strings.HasPrefix(got.err, "qpy: fs"), got.err)
		assert.Contains(t, got.err, c.want, "%q", c.args)
		assert.Empty(t, got.out)
	}
	require.NoError(t, os.WriteFile(filepath.Join(flash, ".device", "firmware.json"), []byte("{"), 0o644))
	assert.Contains(t, command(t, "fs", "df", flash).err, "firmware.json is damaged")
}

// A folder with partitions of another size is looked at with the scenario that says so.
func TestFSOfAScenario(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, "flash")
	world := put(t, dir, "x.toml", "flash = { usr_blocks = 3000, bak_blocks = 20 }\n")
	source := script(t, "with open('/usr/big', 'wb') as f:\n    for _ in range(600):\n        f.write(bytes(10000))\n")
	require.Zero(t, command(t, "run", "--fast", "--scenario", world, "--flash", folder, source).code)
	got := command(t, "fs", "df", "--scenario", world, folder)
	assert.Regexp(t, `(?m)^ +usr +4096 +3000 +15\d\d +`, got.out, got.err)
	assert.Regexp(t, `(?m)^ +bak +4096 +20 +4 +16 `, got.out)
	got = command(t, "fs", "ls", "--scenario", world, folder, "/usr")
	assert.Regexp(t, `(?m)^6000000 .* /usr/big$`, got.out)
	got = command(t, "fs", "df", folder)
	assert.Equal(t, 1, got.code)
	assert.Contains(t, got.err, "holds far more than the partition")
	got = command(t, "fs", "df", "--scenario", filepath.Join(dir, "none.toml"), folder)
	assert.Equal(t, 2, got.code)
	assert.Contains(t, got.err, "none.toml")
}

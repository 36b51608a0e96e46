package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The example of docs/scenario.md prints what the page says.
func TestExampleOfTheScenarioPage(t *testing.T) {
	page := strings.ReplaceAll(read(t, "../../docs/scenario.md"), "\r\n", "\n")
	blocks := regexp.MustCompile("(?s)```(\\w*)\n(.*?)```").FindAllStringSubmatch(page, -1)
	require.GreaterOrEqual(t, len(blocks), 3)
	require.Equal(t, []string{"toml", "python", ""}, []string{blocks[0][1], blocks[1][1], blocks[2][1]})
	dir := t.TempDir()
	put(t, dir, "qpy.toml", blocks[0][2])
	app := put(t, dir, "app.py", "# qpy: run --scenario qpy.toml\n"+blocks[1][2])
	put(t, dir, "app.out", blocks[2][2])
	got := command(t, "test", dir)
	assert.Equal(t, outcome{0, "1 passed, 0 failed\n", ""}, got)
	got = command(t, "run", "--fast", "--scenario", filepath.Join(dir, "qpy.toml"), app)
	assert.Zero(t, got.code)
	assert.True(t, strings.HasSuffix(got.out, "main.py: firmware V0002 reason 2\n"), got.out)
}

func TestFlagsGoBeforeTheScenario(t *testing.T) {
	dir := t.TempDir()
	world := put(t, dir, "x.toml", "device = { model = 'BG95', seed = 5, boots = 9, start = 2030-02-03 }\n"+
		"[[file]]\npath = '/usr/a/b'\nfrom = 'sub/b.txt'\n[network]\nsite = 'site'\n")
	put(t, dir, "sub/b.txt", "from beside the scenario")
	put(t, dir, "site/h/f", "x")
	app := put(t, dir, "app.py", `
import uos, utime
from misc import Power
print(uos.uname2().nodename, utime.localtime()[:3], open("/usr/a/b").read(), uos.urandom(4))
if utime.ticks_ms() == 0 and Power.powerOnReason() == 1:
    Power.powerRestart()
`)
	first := func(args ...string) string {
		got := command(t, append(append([]string{"run", "--fast", "--scenario", world}, args...), app)...)
		assert.Zero(t, got.code, got.err)
		line, _, _ := strings.Cut(got.out, "\n")
		return line
	}
	plain := first()
	assert.Regexp(t, `^BG95 \(2030, 2, 3\) from beside the scenario b'.*'$`, plain)
	assert.Equal(t, plain, first("--seed", "5", "--boots", "2"))
	assert.NotEqual(t, plain, first("--seed", "0"), "a 0 that is given counts")
	assert.Contains(t, first("--device", "EC600N"), "EC600N (2030, 2, 3)")
	got := command(t, "run", "--fast", "--scenario", world, "--boots", "1", app)
	assert.Equal(t, 1, strings.Count(got.out, "\n"))
	got = command(t, "run", "--fast", "--scenario", world, app)
	assert.Equal(t, 2, strings.Count(got.out, "\n"))
	assert.Contains(t, got.err, "qpy: boot 2 of 9 at 0s: app.py\n")
}

// A scenario says whom the device trusts; the flag goes before it.
func TestScenarioWithAKey(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"owner", "other"} {
		require.Zero(t, command(t, "fota", "keygen", "-o", filepath.Join(dir, name)).code)
	}
	image := put(t, dir, "image", strings.Repeat("image", 1000))
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "site", "www.example.com"), 0o755))
	pack := filepath.Join(dir, "site", "www.example.com", "fota.bin")
	require.Zero(t, command(t, "fota", "pack", "--to", "V0002", "--sign", filepath.Join(dir, "owner"), "-o", pack, image).code)
	world := put(t, dir, "x.toml", "device.pubkey = 'owner.pub'\nnetwork.site = 'site'\n")
	app := put(t, dir, "app.py", "import fota\nprint(fota(reset_disable=1).httpDownload(url1='http://www.example.com/fota.bin'))\n")
	got := command(t, "run", "--fast", "--scenario", world, app)
	assert.Equal(t, outcome{0, "0\n", ""}, got)
	got = command(t, "run", "--fast", "--scenario", world, "--pubkey", filepath.Join(dir, "other.pub"), app)
	assert.Equal(t, "-1\n", got.out)
	assert.Contains(t, got.err, "somebody else has signed it")
	put(t, dir, "x.toml", "device = { seed = 1,\n pubkey = 'owner' }\n")
	got = command(t, "run", "--fast", "--scenario", world, app)
	assert.Equal(t, 2, got.code)
	assert.Contains(t, got.err, "--scenario x.toml:2: device.pubkey: ")
	assert.Contains(t, got.err, "it holds a PRIVATE KEY, here a PUBLIC KEY is needed")
}

func TestBadScenarioFlags(t *testing.T) {
	dir := t.TempDir()
	app := put(t, dir, "app.py", "print('must not run')\n")
	bad := put(t, dir, "bad.toml", "[device]\n\nmodle = 'x'\n")
	noFile := put(t, dir, "nofile.toml", "[[file]]\npath = '/usr/x'\nfrom = 'none'\n")
	log := filepath.Join(dir, "run.log")
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--scenario", ""}, "--scenario is empty: name a file"},
		{[]string{"--scenario", filepath.Join(dir, "none.toml")}, "none.toml: no such file"},
		{[]string{"--scenario", dir}, "--scenario read " + dir},
		{[]string{"--scenario", bad}, "--scenario bad.toml:3: device.modle: unknown key; did you mean model?"},
		{[]string{"--scenario", noFile}, "put " + filepath.Join(dir, "none")},
		{[]string{"--boots", "0"}, "--boots 0: give a number from 1 to"},
		{[]string{"--boots", "x"}, `"x" for "--boots"`},
		{[]string{"--record", ""}, "--record is empty"},
		{[]string{"--replay", ""}, "--replay is empty"},
		{[]string{"--record", log, "--replay", log}, "choose one of the two"},
		{[]string{"--record", filepath.Join(dir, "no", "run.log")}, "--record open "},
		{[]string{"--replay", filepath.Join(dir, "none.log")}, "none.log: no such file"},
		{[]string{"--replay", bad}, "it is no event log; make one with --record"},
	} {
		got := command(t, append(append([]string{"run", "--fast"}, c.args...), app)...)
		assert.Equal(t, 2, got.code, "%q", c.args)
		assert.Empty(t, got.out, "%q", c.args)
		assert.Contains(t, got.err, c.want, "%q", c.args)
		assert.Equal(t, 1, strings.Count(got.err, "\n"), "%q: %s", c.args, got.err)
	}
}

func TestRecordAndReplay(t *testing.T) {
	dir := t.TempDir()
	log := filepath.Join(dir, "run.log")
	world := put(t, dir, "x.toml", "device.boots = 2\n[[event]]\nat_byte = 5000\ndo = 'power-cut'\n[link]\nloss = 0.1\njitter = '30ms'\n")
	const source = `
import _thread, utime, fota, uos
def worker(n):
    for i in range(5):
        utime.sleep_ms(ord(uos.urandom(1)) + n)
        print("worker", n, i)
for n in range(3):
    _thread.start_new_thread(worker, (n,))
fota(reset_disable=1).httpDownload(url1="http://www.example.com/dfota.bin", callback=lambda a: print(a))
utime.sleep(5)
`
	app := put(t, dir, "app.py", source)
	recorded := command(t, "run", "--fast", "--scenario", world, "--record", log, app)
	assert.Zero(t, recorded.code, recorded.err)
	text := read(t, log)
	assert.Regexp(t, `^# qpy event log 1: start=20\d\d-\S+Z virtual=true script=app.py\n`, text)
	for _, want := range []string{
		"     0.000000000  qpy             boot 1 of 2 at 0s: app.py\n",
		`  task 1 "worker"  is made` + "\n", "  console         worker 2 4\n", "  kernel          ends: the power is cut\n",
		"  event           download http://www.example.com/dfota.bin\n",
	} {
		assert.Contains(t, text, want)
	}
	for range 3 {
		again := command(t, "run", "--scenario", world, "--replay", log, app)
		assert.Zero(t, again.code, again.err)
		assert.Equal(t, recorded.out, again.out)
		assert.Regexp(t, `qpy: replay: \d+ events, no difference\n$`, again.err)
	}
	put(t, dir, "app.py", strings.Replace(source, `"worker", n, i`, `"worker", n, i + i // 4`, 1))
	other := command(t, "run", "--scenario", world, "--replay", log, app)
	assert.Equal(t, 1, other.code)
	assert.Regexp(t, `qpy: replay: run.log:\d+: the first difference: recorded "\S+  console         worker \d 4", now "\S+  console         worker \d 5"\n$`, other.err)
	other = command(t, "run", "--scenario", world, "--seed", "1", "--replay", log, app)
	assert.Equal(t, 1, other.code)
	assert.Contains(t, other.err, "the first difference")
}

func TestRecordOfRealTimeIsNotReplayed(t *testing.T) {
	dir := t.TempDir()
	log := filepath.Join(dir, "run.log")
	app := put(t, dir, "app.py", "print(1)\n")
	require.Zero(t, command(t, "run", "--record", log, app).code)
	got := command(t, "run", "--replay", log, app)
	assert.Equal(t, 2, got.code)
	assert.Contains(t, got.err, "it was recorded in real time, which is never the same twice; record with --fast")
}

func TestDocWithAScenario(t *testing.T) {
	dir := t.TempDir()
	world := put(t, dir, "x.toml", "device.model = 'EC800N'\nevent = [{ at = '1s', do = 'ctrl-c' }]\n")
	page := put(t, dir, "page.md", "# Page\n\n```python\nimport uos, utime\nprint(uos.uname2().nodename)\ntry:\n    utime.sleep(100)\nexcept KeyboardInterrupt:\n    print('stopped')\n```\n")
	got := command(t, "doc", "-v", "--scenario", world, page)
	assert.Zero(t, got.code, got.err)
	assert.Contains(t, got.out, "| EC800N\n")
	assert.Contains(t, got.out, "| stopped\n")
}

package scenario_test

import (
	"crypto/ed25519"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device"
	"qpy/device/firmware"
	"qpy/device/flash"
	"qpy/device/flash/chip"
	"qpy/device/network"
	"qpy/device/power"
	"qpy/device/scenario"
)

const whole = `
[device]
model = "EC600N"
seed = -7
start = 2024-05-06T07:08:09+08:00
boots = 3
boot_time = "5s"
strict = true

[flash]
usr_blocks = 100
bak_blocks = 10
program = "1ms"
erase = "50ms"
endurance = 1000
worn = [{ part = "usr", block = 7 }, { part = "image1", block = 8, erases = 9 }]

[[file]]
path = "/usr/main.py"
from = "app/main.py"

[[file]]
path = "/usr/settings.json"
text = '''{"a": 1}'''

[network]
site = "site"

[link]
bandwidth = 125000
latency = "60ms"
jitter = "20ms"
loss = 0.01
down = false
apns = [{ name = "cmnet" }, { name = "iot", user = "u", password = "p" }]

[[host]]
name = "www.example.com"
bandwidth = 1000
latency = "1s"
jitter = "2s"
loss = 1
body = "chunked"
no_range = true
no_etag = true
user = "u"
password = "p"

[[host.fault]]
kind = "status"
status = 503
path = "/fota.bin"
skip = 1
times = 2

[[host.fault]]
kind = "disconnect"
at = 4096

[battery]
points = [{ mv = 3800 }, { at = "1m", mv = 3400 }]
low = 3350

[[event]]
at = "10s"
do = "network-down"
for = "30s"

[[event]]
at_byte = 1000
delay = "1s"
do = "host-fault"
host = "www.example.com"
fault = { kind = "reset", at = 5 }

[[event]]
at_flash_op = 37
do = "power-cut"
torn = "after"
off = "2s"

[[event]]
at_line = "^status 2"
do = "battery"
mv = 3200
over = "4s"

[[event]]
at_boot = 2
do = "power-key"

[[event]]
at_flash_op = 5
delay = "1s"
do = "wear-out"
part = "bak"
block = 3
`

func TestWholeScenario(t *testing.T) {
	s, err := scenario.Parse("qpy.toml", []byte(whole))
	require.NoError(t, err)
	seed, bandwidth, latency, jitter, loss, down := int64(-7), int64(125000), 60*time.Millisecond, 20*time.Millisecond, 0.01, false
	ten := 10 * time.Second
	assert.Equal(t, scenario.Device{Model: "EC600N", Seed: &seed, Start: time.Date(2024, 5, 5, 23, 8, 9, 0, time.UTC),
		Boots: 3, BootTime: 5 * time.Second, Strict: true}, s.Device)
	assert.Equal(t, device.Flash{UsrBlocks: 100, BakBlocks: 10, Timing: chip.Timing{Program: time.Millisecond, Erase: 50 * time.Millisecond}, Endurance: 1000,
		Worn: []flash.Worn{{Part: "usr", Block: 7}, {Part: "image1", Block: 8, Erases: 9}}}, s.Flash)
	assert.Equal(t, []scenario.File{{Path: "/usr/main.py", From: "app/main.py"}, {Path: "/usr/settings.json", Text: `{"a": 1}`}}, s.Files)
	assert.Equal(t, "site", s.Site)
	assert.Equal(t, scenario.Link{Bandwidth: &bandwidth, Latency: &latency, Jitter: &jitter, Loss: &loss, Down: &down,
		APNs: []network.APN{{Name: "cmnet"}, {Name: "iot", User: "u", Password: "p"}}}, s.Link)
	assert.Equal(t, []network.Host{{Name: "www.example.com", Bandwidth: 1000, Latency: time.Second, Jitter: 2 * time.Second, Loss: 1,
		Body: network.Chunked, NoRange: true, NoETag: true, User: "u", Password: "p",
		Faults: []network.Fault{{Kind: network.FaultStatus, Status: 503, Path: "/fota.bin", Skip: 1, Times: 2},
			{Kind: network.FaultDisconnect, At: 4096}}}}, s.Hosts)
	assert.Equal(t, power.Curve{{MV: 3800}, {At: time.Minute, MV: 3400}}, s.Battery)
	assert.Equal(t, 3350, s.Low)

	require.Len(t, s.Events, 6)
	row := func(event int) int { // the line of its head
		parts := strings.SplitAfterN(whole, "[[event]]", event+1)
		return 1 + strings.Count(strings.Join(parts[:event], ""), "\n")
	}
	assert.Equal(t, scenario.Event{Row: row(1), Trigger: scenario.Trigger{At: &ten},
		Action: scenario.Action{Do: scenario.NetworkDown, For: 30 * time.Second}}, s.Events[0])
	assert.Equal(t, scenario.Event{Row: row(2), Trigger: scenario.Trigger{Byte: 1000, Delay: time.Second},
		Action: scenario.Action{Do: scenario.HostFault, Host: "www.example.com", Fault: network.Fault{Kind: network.FaultReset, At: 5}}}, s.Events[1])
	assert.Equal(t, scenario.Event{Row: row(3), Trigger: scenario.Trigger{FlashOp: 37},
		Action: scenario.Action{Do: scenario.PowerCut, Torn: chip.TornAfter, Off: 2 * time.Second}}, s.Events[2])
	assert.Equal(t, "^status 2", s.Events[3].Trigger.Line.String())
	assert.Equal(t, scenario.Action{Do: scenario.Battery, MV: 3200, Over: 4 * time.Second}, s.Events[3].Action)
	assert.Equal(t, scenario.Event{Row: row(5), Trigger: scenario.Trigger{Boot: 2},
		Action: scenario.Action{Do: scenario.PowerKey, Hold: 100 * time.Millisecond}}, s.Events[4])
	assert.Equal(t, scenario.Event{Row: row(6), Trigger: scenario.Trigger{FlashOp: 5, Delay: time.Second},
		Action: scenario.Action{Do: scenario.WearOut, Block: flash.Worn{Part: "bak", Block: 3}}}, s.Events[5])
}

func TestEmptyScenario(t *testing.T) {
	for _, text := range []string{"", "\ufeff# nothing\n", "[device]\n[link]\n"} {
		s, err := scenario.Parse("qpy.toml", []byte(text))
		require.NoError(t, err)
		assert.Equal(t, &scenario.Scenario{File: "qpy.toml", Low: power.LowVoltage}, s)
	}
}

func TestDates(t *testing.T) {
	for text, want := range map[string]time.Time{
		"2024-05-06T07:08:09Z":      time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC),
		"2024-05-06 07:08:09":       time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC),
		"2024-05-06T07:08:09.5Z":    time.Date(2024, 5, 6, 7, 8, 9, 500_000_000, time.UTC),
		"2024-05-06":                time.Date(2024, 5, 6, 0, 0, 0, 0, time.UTC),
		"2024-05-06T00:00:00-08:00": time.Date(2024, 5, 6, 8, 0, 0, 0, time.UTC),
	} {
		s, err := scenario.Parse("q", []byte("[device]\nstart = "+text))
		require.NoError(t, err, text)
		assert.Equal(t, want, s.Device.Start, text)
	}
}

// Each bad file is refused with its name, the line, the key, and what would be
// right.
func TestBadScenarios(t *testing.T) {
	const event = "[[event]]\nat = '1s'\n"
	for _, c := range []struct{ text, want string }{
		{"[device", "qpy.toml:1: "},
		{"\n\nx = = 1", "qpy.toml:3: "},
		{"a = 1\na = 2", "qpy.toml:2: "},
		{"\xff = 1", "qpy.toml:1: "},
		{"[devize]\n", "qpy.toml:1: devize: unknown key; did you mean device? There is device, flash, file, network, link, host, battery, event"},
		{"\n[device]\nmodle = 'x'\n", "qpy.toml:3: device.modle: unknown key; did you mean model? There is model, seed, start, boots, boot_time, strict, pubkey"},
		{"device.zzzzzzzz = 1\n", "qpy.toml:1: device.zzzzzzzz: unknown key. There is model, "},
		{"device = 1\n", "qpy.toml:1: device: it is a whole number; give a table, for example [device]"},
		{"[device]\nmodel = 600\n", `qpy.toml:2: device.model: it is a whole number; give a string, for example "EC600N"`},
		{"[device]\nmodel = ''\n", "qpy.toml:2: device.model: it is empty"},
		{"[device]\nmodel = 'EC600X'\n", `qpy.toml:2: device.model: unknown device "EC600X"; did you mean EC600`},
		{"[device]\nseed = 1.5\n", "qpy.toml:2: device.seed: it is a number with a fraction; give a whole number"},
		{"[device]\nboots = 0\n", "qpy.toml:2: device.boots: 0 is not within 1 to 1000000"},
		{"[device]\nstart = '2024-01-01'\n", "qpy.toml:2: device.start: it is a string; give a date and time without quotes"},
		{"[device]\nstart = 07:00:00\n", "qpy.toml:2: device.start: it is a date or time; give a date and time without quotes"},
		{"[device]\nboot_time = 5\n", `qpy.toml:2: device.boot_time: it is a whole number; give a time with its unit as a string, for example "90s"`},
		{"[device]\nboot_time = '5'\n", `qpy.toml:2: device.boot_time: "5" is no time; give a time with its unit`},
		{"[device]\nboot_time = '-5s'\n", "qpy.toml:2: device.boot_time: -5s is negative"},
		{"[device]\nstrict = 'yes'\n", "qpy.toml:2: device.strict: it is a string; give true or false"},

		{"[flash]\nusr_blocks = 5\n", "qpy.toml:2: flash.usr_blocks: 5 is not within 6 to 60000"},
		{"[flash]\nprogram = 1\n", "qpy.toml:2: flash.program: it is a whole number; give a time with its unit"},
		{"[flash]\nendurance = 0\n", "qpy.toml:2: flash.endurance: 0 is not within 1 to"},
		{"[flash]\nworn = [{ part = 'user', block = 1 }]\n", `qpy.toml:2: flash.worn[1].part: there is no "user"; did you mean usr? There is usr, bak,`},
		{"[flash]\nworn = [{ part = 'usr' }]\n", "qpy.toml:2: flash.worn[1].block: it is missing; give the number of an erase block"},
		{"[flash]\nworn = [{ part = 'usr', block = 1,\n after = 3 }]\n", "qpy.toml:3: flash.worn[1].after: unknown key. There is part, block, erases"},

		{"file = 'x'\n", "qpy.toml:1: file: it is a string; give tables, for example [[file]]"},
		{"[file]\n", "qpy.toml:1: file: it is a table; give tables, for example [[file]]"},
		{"file = [1]\n", "qpy.toml:1: file[1]: it is a whole number; give tables, for example [[file]]"},
		{"[[file]]\ntext = 'x'\n", "qpy.toml:1: file[1].path: it is missing"},
		{"[[file]]\npath = 'main.py'\ntext = ''\n", `qpy.toml:2: file[1].path: "main.py" is no file's place on the device`},
		{"[[file]]\npath = '/usr/'\ntext = ''\n", `qpy.toml:2: file[1].path: "/usr/" is no file's place`},
		{"[[file]]\npath = '/usr/a'\n", "qpy.toml:1: file[1].from: give the file of the PC"},
		{"[[file]]\npath = '/usr/a'\nfrom = 'a'\ntext = 'a'\n", "qpy.toml:4: file[1].text: a file comes from the PC or from here"},

		{"[link]\nloss = 1.5\n", "qpy.toml:2: link.loss: 1.5 is not within 0 to 1"},
		{"[link]\nloss = nan\n", "qpy.toml:2: link.loss: NaN is not within 0 to 1"},
		{"[link]\nloss = 'x'\n", "qpy.toml:2: link.loss: it is a string; give a number from 0 to 1"},
		{"[link]\nbandwidth = -1\n", "qpy.toml:2: link.bandwidth: -1 is not within 0 to"},
		{"[link]\napns = [{ user = 'u' }]\n", "qpy.toml:2: link.apns[1].name: it is missing"},
		{"[link]\napns = ['cmnet']\n", "qpy.toml:2: link.apns[1]: it is a string; give tables"},

		{"[[host]]\nlatency = '1s'\n", "qpy.toml:1: host[1].name: it is missing"},
		{"[[host]]\nname = 'a b'\n", "qpy.toml:2: host[1].name: "},
		{"[[host]]\nname = 'a'\n[[host]]\nname = 'A'\n", `qpy.toml:4: host[2].name: there is a host "A" already`},
		{"[[host]]\nname = 'a'\nbody = 'chunk'\n", `qpy.toml:3: host[1].body: there is no "chunk"; did you mean chunked? There is chunked, close`},
		{"[[host]]\nname = 'a'\n\n[[host.fault]]\nkind = 'dsn'\n", `qpy.toml:5: host[1].fault[1].kind: there is no "dsn"; did you mean dns? There is dns, silent, refused, tls, status, redirect, length, stall, disconnect, reset`},
		{"[[host]]\nname = 'a'\n\n[[host.fault]]\nstatus = 503\n", "qpy.toml:4: host[1].fault[1].kind: it is missing; there is dns, "},
		{"[[host]]\nname = 'a'\n\n[[host.fault]]\nkind = 'status'\nstatus = 200\n", "qpy.toml:5: host[1].fault[1].kind: status 200; give the HTTP status of a failure"},
		{"[[host]]\nname = 'a'\n[[host.fault]]\nkind = 'dns'\n[[host.fault]]\nkind = 'redirect'\n", "qpy.toml:6: host[1].fault[2].kind: redirect has no location"},
		{"[[host]]\nname = 'a'\nfault = [{ kind = 'dns' }, {\n kind = 'stall', wat = 1 }]\n", "qpy.toml:4: host[1].fault[2].wat: unknown key; did you mean at? There is kind, "},

		{"[battery]\npoints = []\n", "qpy.toml:2: battery.points: a curve needs at least one point"},
		{"[battery]\npoints = [{ at = '1s' }]\n", "qpy.toml:2: battery.points[1].mv: it is missing"},
		{"[[battery.points]]\nat = '1s'\nmv = 1\n[[battery.points]]\nat = '1s'\nmv = 2\n", "qpy.toml:5: battery.points[2].at: 1s does not come after 1s"},
		{"[battery]\npoints = [{ at = '1s', mv = 38000 }]\n", "qpy.toml:2: battery.points[1].mv: 38000 is not within 0 to 10000"},
		{"[battery]\nlow = true\n", "qpy.toml:2: battery.low: it is true or false; give a whole number"},

		{"[[event]]\ndo = 'ctrl-c'\n", "qpy.toml:1: event[1].at: when does it happen? Give one of at, at_byte, at_flash_op, at_line, at_boot"},
		{"[[event]]\nat = '1s'\nat_byte = 5\ndo = 'ctrl-c'\n", "qpy.toml:3: event[1].at_byte: an event has one trigger, and at is there already"},
		{event, "qpy.toml:1: event[1].do: it is missing; there is power-cut, network-down, network-up, host-fault, host-ok, battery, power-key, watchdog, ctrl-c, wear-out, pin"},
		{event + "do = 'powercut'\noff = '1s'\n", `qpy.toml:3: event[1].do: there is no "powercut"; did you mean power-cut? There is power-cut, network-down`},
		{event + "do = 'ctrl-c'\noff = '1s'\n", "qpy.toml:4: event[1].off: it goes with power-cut, not with ctrl-c"},
		{event + "do = 'ctrl-c'\nhost = 'a'\n", "qpy.toml:4: event[1].host: it goes with host-fault and host-ok, not with ctrl-c"},
		{event + "do = 'ctrl-c'\nwat = 'a'\n", "qpy.toml:4: event[1].wat: unknown key; did you mean at? There is at, at_byte"},
		{event + "do = 'power-cut'\ntorn = 'half'\n", "qpy.toml:4: event[1].torn: it goes with at_flash_op only"},
		{"[[event]]\nat_flash_op = 1\ndo = 'power-cut'\ntorn = 'most'\n", `qpy.toml:4: event[1].torn: there is no "most". There is before, half, after`},
		{"[[event]]\nat_flash_op = 1\ndelay = '1s'\ndo = 'power-cut'\ntorn = 'half'\n", "qpy.toml:5: event[1].torn: it goes with at_flash_op only, and without a delay"},
		{"[[event]]\nat_flash_op = 1\ndo = 'wear-out'\n", "qpy.toml:1: event[1].part: it is missing; there is usr, bak, .device, package, image0, image1"},
		{event + "delay = '1s'\ndo = 'ctrl-c'\n", "qpy.toml:3: event[1].delay: it goes with at_byte, at_flash_op, at_line and at_boot only"},
		{"[[event]]\nat_line = '('\ndo = 'ctrl-c'\n", "qpy.toml:2: event[1].at_line: error parsing regexp"},
		{event + "do = 'host-ok'\n", `qpy.toml:1: event[1].host: it is missing: host-ok needs a host, for example host = "www.example.com"`},
		{event + "do = 'host-fault'\nhost = 'a'\n", "qpy.toml:1: event[1].fault: it is missing: host-fault needs what goes wrong"},
		{event + "do = 'host-fault'\nhost = 'a'\nfault = { kind = 'status', status = 99 }\n", "qpy.toml:5: event[1].fault.status: 99 is not within 100 to 599"},
		{event + "do = 'host-ok'\nhost = 'http://a/'\n", "qpy.toml:4: event[1].host: "},
		{event + "do = 'battery'\n", "qpy.toml:1: event[1].mv: it is missing: battery needs a voltage in millivolts"},
		{strings.Repeat(event+"do = 'ctrl-c'\n", 10_001), "event: there are 10001 events; at most 10000"},
		{"#" + strings.Repeat("x", scenario.MaxSize), "qpy.toml:1: it has more than 1048576 bytes"},
	} {
		_, err := scenario.Parse("qpy.toml", []byte(c.text))
		head := c.text[:min(len(c.text), 200)]
		var bad *scenario.Error
		if assert.ErrorAs(t, err, &bad, head) {
			assert.Contains(t, err.Error(), c.want, head)
			assert.NotContains(t, err.Error(), "\n", head)
		}
	}
}

func TestLoadFindsFilesBesideTheScenario(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "x.toml")
	abs := filepath.Join(dir, "abs")
	require.NoError(t, os.WriteFile(file, []byte("network.site = 's'\nfile = [{ path = '/usr/a', from = 'sub/a' }, { path = '/usr/b', from = '"+
		filepath.ToSlash(abs)+"' }, { path = '/usr/c', text = '' }]\n"), 0o644))
	s, err := scenario.Load(file)
	require.NoError(t, err)
	assert.Equal(t, filepath.Join(dir, "s"), s.Site)
	assert.Equal(t, filepath.Join(dir, "sub", "a"), s.Files[0].From)
	assert.Equal(t, abs, s.Files[1].From)
	assert.Empty(t, s.Files[2].From)

	_, err = scenario.Load(filepath.Join(dir, "none.toml"))
	assert.ErrorIs(t, err, os.ErrNotExist)
	_, err = scenario.Load(dir)
	assert.Error(t, err)
	require.NoError(t, os.WriteFile(file, []byte("x = 1\n"), 0o644))
	_, err = scenario.Load(file)
	assert.ErrorContains(t, err, "x.toml:1: x: unknown key")
}

// The key of whom the device trusts is in a file beside the scenario.
func TestPublicKeyOfAScenario(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
		return file
	}
	key, _, err := ed25519.GenerateKey(strings.NewReader(strings.Repeat("seed", 100)))
	require.NoError(t, err)
	text, err := firmware.MarshalPublicKey(key)
	require.NoError(t, err)
	write("key.pub", string(text))
	s, err := scenario.Load(write("x.toml", "[device]\npubkey = 'key.pub'\n"))
	require.NoError(t, err)
	assert.Equal(t, key, s.Device.PublicKey)
	for name, want := range map[string]string{"none.pub": "", "x.toml": "no PEM block", ".": ""} {
		_, err = scenario.Load(write("bad.toml", "[device]\n\npubkey = '"+name+"'\n"))
		require.ErrorContains(t, err, "bad.toml:3: device.pubkey: "+filepath.Join(dir, name)+": ", name)
		require.ErrorContains(t, err, want, name)
	}
}

// Whatever a file holds, reading it ends in a scenario or in an error that names
// a line of it.
func FuzzParse(f *testing.F) {
	f.Add([]byte(whole))
	for _, seed := range []string{"", "a.b.c = [[1,[{}]],{x={y=[]}}]", "[[host]]\n[[host.fault]]\n[host.fault.x]\n", "\"\" = 1", "[\"a.b\"]\n'x[1]' = 0",
		"[[event]]\nat_line='('\nfault={kind=1}", "[device]\nstart=9999-12-31T23:59:59Z\nboot_time='9223372036854775807ns'", "x=nan\ny=-inf\nz=0x7fffffffffffffff"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := scenario.Parse("qpy.toml", text)
		if err == nil {
			require.NotNil(t, s)
			return
		}
		var bad *scenario.Error
		require.ErrorAs(t, err, &bad)
		require.GreaterOrEqual(t, bad.Row, 1)
		require.LessOrEqual(t, bad.Row, 2+strings.Count(string(text), "\n"))
	})
}

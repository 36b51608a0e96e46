package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/firmware"
	"qpy/device/model"
)

// rewriteForEver is a script that gives four files new values, one after the
// other, in three ways, and says so after each.
const rewriteForEver = `
import uos, usys
names = ("/usr/a", "/usr/b", "/usr/c", "/usr/d/d")
i = int(usys.argv[1])
if "d" not in uos.listdir("/usr"):
    uos.mkdir("/usr/d")
while True:
    i += 1
    name = names[i % 4]
    value = "%d " % i * (i * 37 % 3000 + 1) + "end\n"
    way = i // 4 % 3
    if way == 0:
        f = open(name, "w")
        f.write(value[:1000])
        f.write(value[1000:])
        f.close()
    elif way == 1:
        with open("/usr/new", "w") as f:
            f.write(value)
        uos.rename("/usr/new", name)
    else:
        f = open(name, "a")
        f.write("and %d\n" % i)
        f.flush()
        f.close()
    print(i)
`

var rewritten = []string{"a", "b", "c", "d/d"}

// rewrite is what the script does as its i-th step, to what a folder holds.
func rewrite(files map[string]string, i int) {
	name := rewritten[i%4]
	if i/4%3 == 2 {
		files[name] += fmt.Sprintf("and %d\n", i)
		return
	}
	files[name] = strings.Repeat(fmt.Sprintf("%d ", i), i*37%3000+1) + "end\n"
}

// qpy is killed at moments that chance decides while a script rewrites files in
// a flash folder. Each file then holds the value that was synced last, or the
// one that was being synced, to the byte; and qpy goes on from there. How often
// it is killed is QPY_KILLS, 40 without.
func TestKilledAtAnyMoment(t *testing.T) {
	kills := howOften(t, 40)
	dir := t.TempDir()
	qpy := buildQpy(t, dir)
	script := filepath.Join(dir, "rewrite.py")
	require.NoError(t, os.WriteFile(script, []byte(rewriteForEver), 0o644))
	flash := filepath.Join(dir, "flash")

	r := rand.New(rand.NewPCG(9, 9))
	files := map[string]string{}
	step, early := 0, 0
	for kill := range kills {
		said, notes := runAndKill(t, time.Duration(r.Int64N(int64(80*time.Millisecond))), qpy, "run", "--fast", "--flash", flash, script, strconv.Itoa(step))
		require.Empty(t, notes)
		if len(said) == 0 {
			early++
		}
		for _, line := range said {
			step++
			require.Equal(t, strconv.Itoa(step), line)
			rewrite(files, step)
		}
		ahead := map[string]string{}
		for name, value := range files {
			ahead[name] = value
		}
		rewrite(ahead, step+1)
		ended := false // the step under way
		for _, name := range rewritten {
			data, err := os.ReadFile(filepath.Join(flash, "usr", filepath.FromSlash(name)))
			if os.IsNotExist(err) {
				require.Empty(t, files[name], "kill %d: %s is gone", kill, name)
				continue
			}
			require.NoError(t, err)
			if string(data) != files[name] {
				require.True(t, string(data) == ahead[name], "kill %d after step %d: %s holds %d bytes %.40q…, neither %.40q… nor %.40q…",
					kill, step, name, len(data), data, files[name], ahead[name])
				ended = true
			}
		}
		if ended {
			step++
			files = ahead
		}
	}
	require.Greater(t, step, kills, "the script has done something")
	t.Logf("%d kills, %d of them before the first value, %d values written, 0 files torn", kills, early, step)
}

// howOften is how often to kill: QPY_KILLS, or else so often.
func howOften(t *testing.T, kills int) int {
	t.Helper()
	if text := os.Getenv("QPY_KILLS"); text != "" {
		var err error
		kills, err = strconv.Atoi(text)
		require.NoError(t, err)
	}
	if testing.Short() {
		kills = min(kills, 5)
	}
	return kills
}

// upgradeForEver is a script that upgrades the device, whenever it runs.
const upgradeForEver = `
import fota, uos, utime
print(uos.uname2().qpyver)
fota().httpDownload(url1="http://www.example.com/" + ("dfota.bin" if int(uos.uname2().qpyver[1:]) % 2 else "fota.bin"))
utime.sleep(100)
print("the upgrade failed")
`

// qpy is killed at moments that chance decides while a device in a flash folder
// is upgraded, again and again. The device then runs the version of before or a later one,
// with its image whole, and can be upgraded.
func TestKilledInAnUpgrade(t *testing.T) {
	kills := howOften(t, 20)
	dir := t.TempDir()
	qpy := buildQpy(t, dir)
	app, tell := put(t, dir, "upgrade.py", upgradeForEver), put(t, dir, "tell.py", "import uos\nprint(uos.uname2().qpyver)\n")
	folder, image := filepath.Join(dir, "flash"), filepath.Join(dir, "image")
	m, err := model.Lookup("EC600U")
	require.NoError(t, err)

	r := rand.New(rand.NewPCG(7, 7))
	last, upgrades := "V0001", 0
	for kill := range kills {
		said, _ := runAndKill(t, time.Duration(r.Int64N(int64(300*time.Millisecond))), qpy, "run", "--fast", "--boots", "1000", "--device", m.Name, "--flash", folder, app)
		for i, version := range said {
			if i > 0 {
				last = firmware.NextVersion(last)
				upgrades++
			}
			require.Equal(t, last, version, "kill %d", kill)
		}
		got := command(t, "run", "--fast", "--device", m.Name, "--flash", folder, tell)
		require.Zero(t, got.code, "kill %d: %s", kill, got.err)
		version := strings.TrimSpace(got.out)
		require.Contains(t, []string{last, firmware.NextVersion(last)}, version, "kill %d: %s", kill, got.err)
		if version != last {
			last = version
			upgrades++
		}
		require.Zero(t, command(t, "fota", "image", "-o", image, "--flash", folder).code)
		data, err := os.ReadFile(image)
		require.NoError(t, err)
		want, err := io.ReadAll(firmware.Image(m, version, int64(len(data))))
		require.NoError(t, err)
		require.True(t, bytes.Equal(want, data), "kill %d: the image of %s is whole", kill, version)
	}
	t.Logf("%d kills, %d upgrades, every image whole", kills, upgrades)
}

// A flash folder is one qpy's: the second one says so and ends. The lock of one
// that is killed is gone with it.
func TestSecondQpyOnAFolder(t *testing.T) {
	dir := t.TempDir()
	qpy := buildQpy(t, dir)
	folder := filepath.Join(dir, "flash")
	cmd := exec.Command(qpy, "run", "--flash", folder, put(t, dir, "wait.py", "import utime\nprint('here')\nutime.sleep(1000)\n"))
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	_, err = out.Read(make([]byte, 1))
	require.NoError(t, err)
	app := put(t, dir, "app.py", "print('runs')\n")
	got := command(t, "run", "--flash", folder, app)
	assert.Equal(t, outcome{2, "", "qpy: run: flash folder " + folder + ": another qpy is using it; wait for its end, or name another folder\n"}, got)
	assert.Zero(t, command(t, "fs", "ls", folder).code, "looking is no use of it")
	require.NoError(t, cmd.Process.Kill())
	_ = cmd.Wait()
	assert.Equal(t, outcome{0, "runs\n", ""}, command(t, "run", "--flash", folder, app))
}

// buildQpy builds qpy into a folder.
func buildQpy(t *testing.T, dir string) string {
	t.Helper()
	qpy := filepath.Join(dir, "qpy.exe")
	out, err := exec.Command("go", "build", "-o", qpy, ".").CombinedOutput()
	require.NoError(t, err, "%s", out)
	return qpy
}

// runAndKill starts a command, kills it after a while and gives the lines that
// it has printed, and what is on its stderr.
func runAndKill(t *testing.T, after time.Duration, name string, args ...string) (lines []string, notes string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	var errOut bytes.Buffer
	cmd.Stderr = &errOut
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	for scanner := bufio.NewScanner(out); scanner.Scan(); {
		lines = append(lines, scanner.Text())
	}
	_ = cmd.Wait()
	require.Equal(t, -1, cmd.ProcessState.ExitCode(), "it was killed, and had not ended by itself: %s", errOut.String())
	return lines, errOut.String()
}

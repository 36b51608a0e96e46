package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(data)
}

func TestGoldenMakeCompareAndUpdate(t *testing.T) {
	dir := t.TempDir()
	s := put(t, dir, "a.py", "import utime, log\nprint(utime.time())\nlog.getLogger('L').info('x')\nprint('end')\n")
	out := filepath.Join(dir, "a.out")
	assert.Equal(t, outcome{0, "wrote " + out + "\n1 passed, 0 failed\n", ""}, command(t, "test", "--update", s))
	assert.Equal(t, "1704067200\nINFO:L:x\nend\n", read(t, out), "both streams in program order, by the fixed clock")
	assert.Equal(t, outcome{0, "1 passed, 0 failed\n", ""}, command(t, "test", dir))
	put(t, dir, "a.py", "print('changed')\nprint('end')\n")
	got := command(t, "test", dir)
	assert.Equal(t, 1, got.code)
	assert.Contains(t, got.out, "FAIL "+s+"\n--- "+out+"\n+++ "+s+" (this run)\n")
	assert.Contains(t, got.out, "\n-1704067200\n-INFO:L:x\n+changed\n end\n")
	assert.Contains(t, got.out, "\n0 passed, 1 failed\n")
	assert.Equal(t, "1704067200\nINFO:L:x\nend\n", read(t, out), "only --update writes")
	assert.Zero(t, command(t, "test", "--update", dir).code)
	assert.Equal(t, "changed\nend\n", read(t, out))
	require.NoError(t, os.WriteFile(out, []byte("changed\r\nend\r\n"), 0o666))
	assert.Zero(t, command(t, "test", dir).code, "a checkout with CR LF")
}

func TestGoldenJobs(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a", "b", "c", "sub/d", "sub/e"} {
		put(t, dir, name+".py", "import utime\nfor i in range(50):\n    utime.sleep(1)\nprint('"+name+"')\n")
		put(t, dir, name+".out", name+"\n")
	}
	put(t, dir, "without.py", "print('has no .out, is not run')\n")
	put(t, dir, "b.out", "other\n")
	put(t, dir, "sub/e.out", "other\n")
	one := command(t, "test", "-j", "1", dir)
	assert.Equal(t, 1, one.code)
	assert.True(t, strings.HasSuffix(one.out, "3 passed, 2 failed\n"), one.out)
	assert.Less(t, strings.Index(one.out, "b.py"), strings.Index(one.out, "e.py"))
	for _, jobs := range []string{"2", "8", "0"} {
		assert.Equal(t, one, command(t, "test", "-j", jobs, dir), "the same report in the same order, -j %s", jobs)
	}
}

func TestGoldenDirective(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "other/script.py", "import uos, usys\nprint(uos.uname2().nodename, usys.argv, open('/usr/data').read())\n")
	put(t, dir, "data.txt", "put beside it")
	put(t, dir, "site/www.example.com/x.bin", "foreign")
	put(t, dir, "t/a.py", "# qpy: run --device BG95 --put ../data.txt:/usr/data ../other/script.py one two\n")
	put(t, dir, "t/a.out", "BG95 ['script.py', 'one', 'two'] put beside it\n")
	put(t, dir, "t/b.py", "# qpy: run --site ../site --strict\nimport fota\nprint(fota().httpDownload(url1='http://www.example.com/x.bin'))\n")
	put(t, dir, "t/b.out", "")
	require.Zero(t, command(t, "test", "--update", filepath.Join(dir, "t", "b.py")).code)
	assert.Regexp(t, `^qpy: httpDownload: .*\n-1\n$`, read(t, filepath.Join(dir, "t", "b.out")))
	got := command(t, "test", filepath.Join(dir, "t"))
	assert.Equal(t, outcome{0, "2 passed, 0 failed\n", ""}, got)
}

func TestGoldenDirectiveThatIsWrong(t *testing.T) {
	for first, want := range map[string]string{
		"# qpy: run --device EC600X": `unknown device "EC600X"`,
		"# qpy: run --nope":          "line 1: unknown flag: --nope",
		"# qpy: run --flash x":       "line 1: a golden test keeps its flash in memory",
		"# qpy: run --put x":         "line 1: --put \"x\" is not HOST:DEVICE",
		"# qpy: run --put x:/usr/x":  "put ",
		"# qpy: run none.py":         "line 1: ",
		"# qpy: run .":               "line 1: ",
	} {
		dir := t.TempDir()
		put(t, dir, "a.py", first+"\nprint('must not run')\n")
		put(t, dir, "a.out", "")
		got := command(t, "test", dir)
		assert.Equal(t, 1, got.code, first)
		assert.Contains(t, got.out, "FAIL "+filepath.Join(dir, "a.py")+": ", first)
		assert.Contains(t, got.out, want, first)
		assert.NotContains(t, got.out, "must not run", first)
	}
}

// A transcript is what the serial port shows, so it holds the ways in which a
// script ends badly too.
func TestGoldenOfScriptsThatFail(t *testing.T) {
	for source, want := range map[string]string{
		"print(1)\n1/0\n":                       "1\nTraceback (most recent call last):\n  File \"a.py\", line 2, in <module>\nZeroDivisionError: divide by zero\n",
		"x = = 1\n":                             "Traceback (most recent call last):\n  File \"a.py\", line 1\nSyntaxError: invalid syntax\n",
		"x = '\xff'\n":                          "qpy: a.py: line 1: byte 0xff is not valid UTF-8: save the file as UTF-8\n",
		"import misc\nmisc.Power.powerDown()\n": "qpy: the device powers down\n",
	} {
		dir := t.TempDir()
		put(t, dir, "a.py", source)
		put(t, dir, "a.out", want)
		got := command(t, "test", dir)
		assert.Equal(t, outcome{0, "1 passed, 0 failed\n", ""}, got, source)
	}
}

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// actor is set in the environment of the processes that these tests start: the
// test binary then plays an engine, which does what the comments of a file say.
const actor = "BENCH_TEST_ACTOR"

func TestMain(m *testing.M) {
	if os.Getenv(actor) != "" {
		os.Exit(act(os.Args[len(os.Args)-1]))
	}
	os.Exit(m.Run())
}

func act(file string) int {
	text, err := os.ReadFile(file)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if string(text) == probe {
		fmt.Print("\nactor\n3.4.0\n")
		return 0
	}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if said, ok := strings.CutPrefix(line, "# say "); ok {
			fmt.Println(said)
		}
		if said, ok := strings.CutPrefix(line, "# fail "); ok {
			fmt.Fprintln(os.Stderr, said)
			return 1
		}
	}
	return 0
}

func runBench(args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = run(context.Background(), args, &o, &e)
	return code, o.String(), e.String()
}

func TestUsage(t *testing.T) {
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"--what"}, "-what"},
		{[]string{"calls"}, `unexpected argument "calls"`},
		{[]string{"-n", "0"}, "at least 1 run"},
		{[]string{"-n", "many"}, "many"},
		{[]string{"--timeout", "0s"}, "--timeout"},
		{[]string{"--measure", "real"}, "not one of wall"},
		{[]string{"--measure", "timed"}, "--perf-bench"},
		{[]string{"--programs", "nothing_*"}, "matches none of"},
		{[]string{"--perf-bench", t.TempDir()}, "benchrun.py"},
		{[]string{"--qpy", "/no/such/qpy"}, "--qpy /no/such/qpy"},
		{[]string{"--qpy", "none", "--micropython", "/no/such/peer"}, "--micropython /no/such/peer"},
		{[]string{"--qpy", "none", "--micropython", "none", "--python3", "none"}, "nothing to run"},
	} {
		code, out, errs := runBench(c.args...)
		assert.Equal(t, 2, code, c.args)
		assert.Empty(t, out, c.args)
		assert.Contains(t, errs, c.says, c.args)
	}
}

func TestHelp(t *testing.T) {
	code, _, errs := runBench("--help")
	assert.Zero(t, code)
	assert.Contains(t, errs, "perf-bench")
}

func TestDefaults(t *testing.T) {
	o, err := parseOptions(nil, &bytes.Buffer{})
	require.NoError(t, err)
	assert.Equal(t, 5, o.runs)
	assert.Equal(t, "-X heapsize=8m", o.micropythonArgs)
	assert.Equal(t, []measure{wall, user}, o.measures)

	o, err = parseOptions([]string{"--perf-bench", "x", "--qpy-args", "run"}, &bytes.Buffer{})
	require.NoError(t, err)
	assert.Equal(t, []measure{timed, user}, o.measures)
	assert.Equal(t, "run", o.qpyArgs)
}

func TestWholeRun(t *testing.T) {
	t.Setenv(actor, "1")
	t.Setenv("GORACE", "atexit_sleep_ms=0") // else each actor lingers for a second under -race
	self, err := os.Executable()
	require.NoError(t, err)
	dir := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	write("fine.py", "# say 42\n# prints: 42\n")
	figures := filepath.Join(dir, "figures.json")
	args := []string{"--qpy", self, "--micropython", self, "--python3", "none", "-n", "2",
		"--measure", "wall", "--json", figures, "--programs"}

	code, out, errs := runBench(append(args, dir+"/*.py")...)
	assert.Zero(t, code, errs)
	assert.Contains(t, out, "micropython: actor 3.4.0 ("+self+" -X heapsize=8m)")
	assert.Regexp(t, `(?m)^ *fine +[\d.]+ +[\d.]+ +[\d.]+$`, out)
	assert.FileExists(t, figures)

	write("broken.py", "# fail NameError: nothing here\n")
	write("wrong.py", "# say 41\n# prints: 42\n")
	code, out, _ = runBench(append(args, dir+"/*.py")...)
	assert.Equal(t, 1, code)
	assert.Contains(t, out, "broken on qpy: NameError: nothing here")
	assert.Contains(t, out, "wrong on micropython: output 41 is not that of the program's closing comment, 42")
	assert.Regexp(t, `(?m)^ *broken +fails +fails +-$`, out)
	assert.Regexp(t, `(?m)^ *wrong +differs +differs +-$`, out)
}

func TestPeerThatIsNoPython(t *testing.T) {
	_, err := readProbe("hello\n")
	assert.ErrorContains(t, err, "asked for its version")

	e, err := readProbe("/usr/bin/python3\ncpython\n3.11.2\n")
	require.NoError(t, err)
	assert.Equal(t, engine{Path: "/usr/bin/python3", Version: "cpython 3.11.2"}, e)
}

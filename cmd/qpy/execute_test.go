package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// outcome is what a command line has left on its two outputs, and its code.
type outcome struct {
	code     int
	out, err string
}

// command runs one command line with nothing on its standard input.
func command(t *testing.T, args ...string) outcome {
	t.Helper()
	return commandIn(t, "", args...)
}

// commandIn is command with this standard input. No command line may end in a Go panic
// or show a Go stack.
func commandIn(t *testing.T, stdin string, args ...string) outcome {
	t.Helper()
	var out, errOut bytes.Buffer
	code := execute(context.Background(), args, strings.NewReader(stdin), &out, &errOut)
	for _, text := range []string{out.String(), errOut.String()} {
		assert.NotContains(t, text, "goroutine ")
		assert.NotContains(t, text, "internal error")
		assert.NotContains(t, text, "%!")
	}
	return outcome{code, out.String(), errOut.String()}
}

// put writes a file of the test and gives its path.
func put(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
	require.NoError(t, os.WriteFile(path, []byte(text), 0o666))
	return path
}

// script writes a script of the test and gives its path.
func script(t *testing.T, text string) string { return put(t, t.TempDir(), "main.py", text) }

func TestWrongCommandLines(t *testing.T) {
	ok := script(t, "print('must not run')\n")
	folder := t.TempDir()
	file := put(t, folder, "file", "x")
	missing := filepath.Join(folder, "missing")
	for _, c := range []struct {
		args []string
		want string // what the one line on stderr has to say
	}{
		{nil, "no command given: try `qpy run SCRIPT`"},
		{[]string{"nope"}, `unknown command "nope"`},
		{[]string{"--nope"}, "unknown flag: --nope"},
		{[]string{"run"}, "run: no script given: qpy run [flags] SCRIPT"},
		{[]string{"run", folder}, folder + " is a folder: name the script in it"},
		{[]string{"run", missing}, missing + ": no such file"},
		{[]string{"run", file + "/below"}, file},
		{[]string{"run", "--nope", ok}, "unknown flag: --nope"},
		{[]string{"run", "--seed", "x", ok}, `"x" for "--seed"`},
		{[]string{"run", "--seed"}, "flag needs an argument: --seed"},
		{[]string{"run", "--device", "EC600X", ok}, `unknown device "EC600X"; did you mean EC600S, EC600N, EC600M?`},
		{[]string{"run", "--device", "ec20a", ok}, `did you mean EC200A`},
		{[]string{"run", "--net", "lan", ok}, "--net lan: there is virtual and host"},
		{[]string{"run", "--allow-host", "h.example", ok}, "add --net host"},
		{[]string{"run", "--net", "host", "--allow-host", "http://h.example", ok}, "is not HOST[:PORT]"},
		{[]string{"run", "--site", missing, ok}, missing},
		{[]string{"run", "--site", file, ok}, file},
		{[]string{"run", "--site", "", ok}, "--site is empty"},
		{[]string{"run", "--flash", "", ok}, "--flash is empty"},
		{[]string{"run", "--flash", file, ok}, "flash folder " + file + ": it is not a folder"},
		{[]string{"run", "--flash", file + "/below", ok}, "flash folder " + file},
		{[]string{"run", "--put", "app.py", ok}, `--put "app.py" is not HOST:DEVICE`},
		{[]string{"run", "--put", "app.py:usr/app.py", ok}, "is not HOST:DEVICE"},
		{[]string{"run", "--put", ":/usr/app.py", ok}, "is not HOST:DEVICE"},
		{[]string{"run", "--put", "app.py:/", ok}, "is not HOST:DEVICE"},
		{[]string{"run", "--put", "", ok}, "is not HOST:DEVICE"},
		{[]string{"run", "--put", missing + ":/usr/app.py", ok}, "put " + missing},
		{[]string{"run", "--put", folder + ":/usr/app.py", ok}, "put " + folder + ": it is a folder"},
		{[]string{"run", "--put", file + ":/nix/app.py", ok}, "put " + file + " on the device as /nix/app.py"},
		{[]string{"run", "--put", file + ":/usr", ok}, "put " + file + " on the device as /usr"},
		{[]string{"run", "--put", file + ":/usr/FotaFile.bin/x", ok}, "put " + file + " on the device as /usr/FotaFile.bin/x"},
		{[]string{"fota"}, "there is `qpy fota pack` and `qpy fota inspect`"},
		{[]string{"fota", "nope"}, `unknown command "nope" for "qpy fota"`},
		{[]string{"doc"}, "doc: give one page"},
		{[]string{"doc", file, file}, "doc: give one page"},
		{[]string{"doc", missing}, missing + ": no such file"},
		{[]string{"doc", folder}, "doc: "},
		{[]string{"doc", file}, "no fenced Python block in it"},
		{[]string{"test"}, "test: no path given"},
		{[]string{"test", missing}, missing + ": no such file or folder"},
		{[]string{"test", folder}, "no x.py with an x.out beside it"},
		{[]string{"test", file}, "a golden test is a .py file"},
		{[]string{"test", ok}, "there is no main.out beside it: make one with --update"},
		{[]string{"test", "-j", "two", folder}, `"two" for "-j, --jobs"`},
	} {
		got := command(t, c.args...)
		assert.Equal(t, 2, got.code, "%q", c.args)
		assert.Empty(t, got.out, "%q", c.args)
		assert.True(t, strings.HasPrefix(got.err, "qpy: "), "%q: %s", c.args, got.err)
		assert.Equal(t, 1, strings.Count(got.err, "\n"), "%q: %s", c.args, got.err)
		assert.Contains(t, got.err, c.want, "%q", c.args)
	}
}

func TestHelpIsNoError(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"run", "--help"}, {"doc", "-h"}, {"test", "-h"}, {"fota", "-h"}, {"fota", "pack", "-h"}, {"help", "run"}} {
		got := command(t, args...)
		assert.Zero(t, got.code, "%q", args)
		assert.Contains(t, got.out, "Usage:", "%q", args)
		assert.Empty(t, got.err, "%q", args)
	}
}

func TestUnwritableFlashFolder(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir := filepath.Join(t.TempDir(), "flash")
	require.NoError(t, os.Mkdir(dir, 0o555))
	got := command(t, "run", "--fast", "--flash", dir, script(t, "print(1)\n"))
	assert.Equal(t, 2, got.code)
	assert.Contains(t, got.err, "name a folder that can be written")
}

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// checkout makes a folder that is laid out like MicroPython's.
func checkout(t *testing.T) string {
	root := t.TempDir()
	dir := filepath.Join(root, "tests", "perf_bench")
	require.NoError(t, os.MkdirAll(dir, 0o755))
	for name, text := range map[string]string{
		"benchrun.py":   "# the driver",
		"bm_one.py":     "# number one",
		"misc_two.py":   "# number two",
		"viper_call.py": "# native code",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	return root
}

func TestPerfBenchAssembly(t *testing.T) {
	root := checkout(t)
	for _, given := range []string{root, filepath.Join(root, "tests"), filepath.Join(root, "tests", "perf_bench")} {
		programs, notes, err := perfBenchPrograms(given, "", t.TempDir())
		require.NoError(t, err)
		require.Len(t, programs, 2)
		assert.Equal(t, "bm_one", programs[0].Name)
		assert.Equal(t, "misc_two", programs[1].Name)
		assert.True(t, programs[0].assembled)
		require.Len(t, notes, 1, "what is left out is told")
		assert.Contains(t, notes[0], "1 programs viper_*")
	}

	programs, notes, err := perfBenchPrograms(root, "viper_*", t.TempDir())
	require.NoError(t, err)
	require.Len(t, programs, 1)
	assert.Equal(t, "viper_call", programs[0].Name)
	assert.Empty(t, notes)

	text, err := os.ReadFile(programs[0].file)
	require.NoError(t, err)
	at := -1
	for _, part := range []string{"# native code\n", "# the driver\n", "_unmarked_setup = bm_setup\n", startMark, "part()", endMark, "bm_run(1000000, 1000000)\n"} {
		next := strings.Index(string(text), part)
		assert.Greater(t, next, at, "%q is missing or out of place", part)
		at = next
	}
}

func TestPerfBenchElsewhere(t *testing.T) {
	_, _, err := perfBenchPrograms(t.TempDir(), "", t.TempDir())
	assert.ErrorAs(t, err, &usageError{})
	assert.ErrorContains(t, err, "no benchrun.py there")
}

func TestReadResult(t *testing.T) {
	micros, result, err := readResult("noise\n1234567 2000 ('a b', 3)\n")
	require.NoError(t, err)
	assert.Equal(t, int64(1234567), micros)
	assert.Equal(t, "2000 ('a b', 3)", result)

	_, _, err = readResult("-1 -1 no matching params\n")
	assert.EqualError(t, err, "no matching params")
	for _, bad := range []string{"", "12 13", "SKIP this one now"} {
		_, _, err = readResult(bad)
		assert.ErrorContains(t, err, "no result", bad)
	}
}

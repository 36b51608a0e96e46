package main

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The benchmark does what it says, once.
func TestStartsAreMeasured(t *testing.T) {
	var out strings.Builder
	require.NoError(t, run(t.Context(), &out, 1, options{linked: true}))
	assert.Regexp(t, `^print\(1\), 1 runs each\nempty      least +[\d.]+ ms  median +[\d.]+ ms   1\.00 times\nnet  .*\nlibraries .*\nqpy  .* times\n$`, out.String())
	assert.ErrorContains(t, run(t.Context(), &out, 0, options{}), "at least one run")
}

// Only the engine has code that Go runs before main, beside what gives main its stack:
// what another package can lay out as data, or make when it is first used, no script
// has to wait for.
func TestOnlyTheEngineHasStartUpCode(t *testing.T) {
	file := filepath.Join(t.TempDir(), "qpy")
	text, err := exec.Command("go", "build", "-o", file, "qpy/cmd/qpy").CombinedOutput()
	require.NoError(t, err, "%s", text)
	symbols, err := exec.Command("go", "tool", "nm", file).Output()
	require.NoError(t, err)
	var have []string
	for _, m := range regexp.MustCompile(`(?m) (qpy\S*|main)\.\.inittask$`).FindAllSubmatch(symbols, -1) {
		have = append(have, string(m[1]))
	}
	slices.Sort(have)
	assert.Equal(t, []string{"qpy/cmd/qpy/internal/stack", "qpy/python", "qpy/python/border", "qpy/python/builtin", "qpy/python/object", "qpy/python/vm"}, have)
}

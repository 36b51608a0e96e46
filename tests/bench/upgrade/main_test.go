package main

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The benchmark does what it says, by a small package.
func TestUpgradeIsApplied(t *testing.T) {
	python3, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no python3 here")
	}
	var out strings.Builder
	require.NoError(t, run(t.Context(), &out, 100_000, 1, python3))
	assert.Regexp(t, `^upgrade of 100000 bytes in pieces of 1024, median of 1\nqpy  `, out.String())
	assert.Error(t, run(t.Context(), &out, 100, 1, python3))
	assert.ErrorContains(t, run(t.Context(), &out, 1000, 1, "no-such-program"), "no-such-program")
}

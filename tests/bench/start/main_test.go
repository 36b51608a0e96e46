package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The benchmark does what it says, once.
func TestStartsAreMeasured(t *testing.T) {
	var out strings.Builder
	require.NoError(t, run(t.Context(), &out, 1, false))
	assert.Regexp(t, `^print\(1\), 1 runs each\nempty      least +[\d.]+ ms  median +[\d.]+ ms   1\.00 times\nlibraries .*\nqpy  .* times\n$`, out.String())
	assert.ErrorContains(t, run(t.Context(), &out, 0, false), "at least one run")
}

// Package script runs MicroPython programs in the tests of library modules, on
// an interpreter without a device.
package script

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/modules"
	"qpy/python"
)

// Run runs a program and gives what it prints, its uncaught exception included.
func Run(t testing.TB, source string) string {
	t.Helper()
	out, err := Try(t, source, python.Options{})
	if err != nil {
		out += python.FormatException(err)
	}
	return out
}

// Try runs a program with options and gives what it prints and the exception
// that it ended in.
func Try(t testing.TB, source string, o python.Options) (string, error) {
	t.Helper()
	var out bytes.Buffer
	o.Stdout, o.Stderr, o.Aliases = &out, &out, modules.Aliases
	in, err := python.New(o)
	require.NoError(t, err)
	err = in.RunMain("main.py", []byte(source))
	require.NoError(t, in.Close())
	return out.String(), err
}

// Golden runs tests/NAME.py of the repository and compares what it prints with
// tests/NAME.out, which was recorded from MicroPython 1.13 where that has the
// module.
func Golden(t *testing.T, name string) {
	t.Helper()
	base := filepath.Join("..", "..", "tests", name)
	source, err := os.ReadFile(base + ".py")
	require.NoError(t, err)
	want, err := os.ReadFile(base + ".out")
	require.NoError(t, err)
	assert.Equal(t, string(want), Run(t, string(source)))
}

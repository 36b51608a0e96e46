// Package bare runs MicroPython programs without a device, in the tests of
// modules that need none. Package script runs them on a board.
package bare

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"qpy/python"
)

// heap is what a program has, in bytes: little, so that tests can exhaust it.
const heap = 1 << 20

// With gives a function that runs a program on a fresh interpreter with these
// modules, and gives what the program prints, an uncaught exception included.
func With(modules ...*python.Module) func(t testing.TB, source string) string {
	return func(t testing.TB, source string) string {
		t.Helper()
		var out bytes.Buffer
		in, err := python.New(python.Options{Stdout: &out, Stderr: &out, Modules: modules, Language: python.Language{Heap: heap}})
		require.NoError(t, err)
		if err := in.RunMain("main.py", []byte(source)); err != nil {
			out.WriteString(python.FormatException(err))
		}
		return out.String()
	}
}

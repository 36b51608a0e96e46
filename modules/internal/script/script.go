// Package script runs MicroPython programs in the tests of library modules.
package script

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

	"qpy"
)

// Run runs a program on a fresh board in virtual time and gives what comes on
// its console, an uncaught exception included.
func Run(t testing.TB, source string) string {
	t.Helper()
	out, _ := RunOn(t, qpy.Config{}, source)
	return out
}

// RunOn is Run on a board of a certain configuration, with arguments for the
// program; it tells how the run ended, too.
func RunOn(t testing.TB, config qpy.Config, source string, args ...string) (string, qpy.Result) {
	t.Helper()
	return run(t, config, "main.py", source, args...)
}

func run(t testing.TB, config qpy.Config, name, source string, args ...string) (string, qpy.Result) {
	t.Helper()
	var console bytes.Buffer
	config.Fast, config.Start = true, qpy.FixedStart()
	config.Stdout, config.Stderr = &console, &console
	board, err := qpy.New(config)
	require.NoError(t, err)
	defer board.Close()
	result, err := board.Run(context.Background(), qpy.Script{Name: name, Source: []byte(source), Args: args})
	require.NoError(t, err, console.String())
	return console.String(), result
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
	got, _ := run(t, qpy.Config{}, name+".py", string(source))
	assert.Equal(t, string(want), got)
}

// Literal writes bytes as a program has them.
func Literal(p []byte) string {
	var b strings.Builder
	b.WriteString(`b"`)
	for _, c := range p {
		fmt.Fprintf(&b, `\x%02x`, c)
	}
	b.WriteByte('"')
	return b.String()
}

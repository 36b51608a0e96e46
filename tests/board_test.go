package tests

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"qpy"
)

// run runs a script on a fresh board in virtual time and gives its console
// transcript. config may leave out everything but what the test is about.
func run(t testing.TB, config qpy.Config, source string) (string, qpy.Result) {
	t.Helper()
	var console bytes.Buffer
	config.Fast, config.Stdout, config.Stderr = true, &console, &console
	if config.Start.IsZero() {
		config.Start = qpy.FixedStart()
	}
	board, err := qpy.New(config)
	require.NoError(t, err)
	defer board.Close()
	result, err := board.Run(context.Background(), qpy.Script{Name: "main.py", Source: []byte(source)})
	require.NoError(t, err, console.String())
	return console.String(), result
}

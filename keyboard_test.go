package qpy_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy"
)

// prompts calls a function when the script prints a text.
type prompts struct {
	bytes.Buffer
	on map[string]func()
}

func (w *prompts) Write(p []byte) (int, error) {
	if f := w.on[string(p)]; f != nil {
		f()
	}
	return w.Buffer.Write(p)
}

// Ctrl-C ends a wait for the keyboard, and what is typed after it is for the next
// one who asks.
func TestCtrlCWhereTheScriptReads(t *testing.T) {
	keys, typed := io.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	out := &prompts{on: map[string]func(){
		"name? ":  cancel,
		"again? ": func() { go func() { _, _ = io.WriteString(typed, "Ada\nB") }() },
	}}
	board, err := qpy.New(qpy.Config{Fast: true, Start: qpy.FixedStart(), Stdin: keys, Stdout: out, Stderr: out})
	require.NoError(t, err)
	defer board.Close()
	result, err := board.Run(ctx, qpy.Script{Name: "main.py", Source: []byte(`import usys
try:
    print(input("name? "))
except KeyboardInterrupt:
    print("stopped")
print(input("again? "))
print(usys.stdin.read(1))
`)})
	require.NoError(t, err)
	assert.Equal(t, "name? stopped\nagain? Ada\nB\n", out.String())
	assert.Zero(t, result.Code)
}

// A script reads the same from a file, a pipe and a reader in memory.
func TestScriptsReadFromAnything(t *testing.T) {
	const text = "one\r\ntwo\nrest"
	name := filepath.Join(t.TempDir(), "in")
	require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	file, err := os.Open(name)
	require.NoError(t, err)
	defer file.Close()
	keys, typed := io.Pipe()
	go func() {
		_, _ = io.WriteString(typed, text)
		_ = typed.Close()
	}()
	for _, from := range []io.Reader{file, keys, bytes.NewBufferString(text)} {
		out, _ := console(t, qpy.Config{Stdin: from}, `import usys
print(input(), usys.stdin.readline(), usys.stdin.read(), sep="|")
try:
    input()
except EOFError:
    print("end")
`)
		assert.Equal(t, "one|two\n|rest\nend\n", out)
	}
}

//go:build unix

package main

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The first Ctrl-C is the script's: it can tidy up. What it does not catch ends
// it as on the module.
func TestCtrlC(t *testing.T) {
	dir := t.TempDir()
	qpy := buildQpy(t, dir)
	for name, c := range map[string]struct {
		script, out, err string
		code             int
	}{
		"caught": {
			script: "try:\n    ticks()\nexcept KeyboardInterrupt:\n    print('tidy')\n",
			out:    "tidy\n",
		},
		"not caught": {
			script: "ticks()\n",
			err:    "Traceback (most recent call last):\n  File \"main.py\", line 6, in <module>\n  File \"main.py\", line 5, in ticks\nKeyboardInterrupt: \n",
			code:   1,
		},
		"in a busy loop": {
			script: "try:\n    ticks(3)\n    while True:\n        pass\nexcept KeyboardInterrupt:\n    print('tidy')\n",
			out:    "tidy\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(dir, "main.py")
			require.NoError(t, os.WriteFile(file, []byte("import utime\ndef ticks(n=-1):\n    while n:\n        n -= 1\n        print('tick'); utime.sleep_ms(20)\n"+c.script), 0o644))
			run := exec.Command(qpy, "run", file)
			var errOut bytes.Buffer
			run.Stderr = &errOut
			pipe, err := run.StdoutPipe()
			require.NoError(t, err)
			require.NoError(t, run.Start())
			out := bufio.NewScanner(pipe)
			for range 3 {
				require.True(t, out.Scan())
				require.Equal(t, "tick", out.Text())
			}
			require.NoError(t, run.Process.Signal(os.Interrupt))
			var rest strings.Builder
			for out.Scan() {
				if out.Text() != "tick" {
					rest.WriteString(out.Text() + "\n")
				}
			}
			_ = run.Wait()
			assert.Equal(t, c.code, run.ProcessState.ExitCode())
			assert.Equal(t, c.out, rest.String())
			assert.Equal(t, c.err, errOut.String())
		})
	}
}

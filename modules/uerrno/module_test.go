package uerrno_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	_ "qpy/modules/uerrno"
	"qpy/python"
)

// run runs a script on an interpreter without a device and gives what it prints.
func run(t *testing.T, source string) string {
	t.Helper()
	var out bytes.Buffer
	in, err := python.New(python.Options{Stdout: &out, Stderr: &out, Language: python.Language{Heap: 1 << 20}})
	require.NoError(t, err)
	if err := in.RunMain("main.py", []byte(source)); err != nil {
		out.WriteString(python.FormatException(err))
	}
	return out.String()
}

func TestNumbersAndNames(t *testing.T) {
	assert.Equal(t, "2 ENOENT [Errno 110] ETIMEDOUT 22 True\nTypeError\nTypeError\n", run(t, `
import uerrno
print(uerrno.ENOENT, uerrno.errorcode[2], OSError(uerrno.ETIMEDOUT), len(uerrno.errorcode),
      all(getattr(uerrno, name) == number for number, name in uerrno.errorcode.items()))
for change in (lambda: uerrno.errorcode.update({1: 2}), lambda: uerrno.errorcode.clear()):
    try:
        change()
    except TypeError:
        print("TypeError")
`))
	assert.Contains(t, run(t, "import uerrno\nuerrno.ENONE\n"), "\nAttributeError: 'module' object has no attribute 'ENONE'\n")
	assert.Contains(t, run(t, "import uerrno\nuerrno.errorcode[5000]\n"), "\nKeyError: 5000\n")
}

package uerrno_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy/modules/internal/bare"
	"qpy/modules/uerrno"
)

var run = bare.With(&uerrno.Module)

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

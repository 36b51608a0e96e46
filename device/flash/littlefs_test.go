package flash

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// testdata/littlefs.txt was recorded from littlefs 1.7.2 on a RAM disk of 512
// blocks of 512 bytes: an operation a line, then its result (0 or minus the
// errno), the number of used blocks (lfs1_traverse), and for ls the names in
// order.
func TestSameAsLittlefs(t *testing.T) {
	file, err := os.Open("testdata/littlefs.txt")
	require.NoError(t, err)
	defer file.Close()
	f, err := Open(Options{Partitions: []Geometry{{"usr", 512, 512}}})
	require.NoError(t, err)
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	n := 0
	for ; lines.Scan(); n++ {
		line := lines.Text()
		op, want, ok := strings.Cut(line, " = ")
		require.True(t, ok, line)
		require.Equal(t, want, perform(f, strings.Fields(op)), "line %d: %s", n+1, op)
	}
	require.NoError(t, lines.Err())
	assert.Greater(t, n, 1000)
}

func perform(f *Flash, op []string) string {
	var err error
	var names strings.Builder
	path := "/usr" + op[1]
	switch op[0] {
	case "mkdir":
		err = f.Mkdir(path)
	case "rm":
		err = f.Remove(path)
	case "mv":
		err = f.Rename(path, "/usr"+op[2])
	case "write":
		var n int
		fmt.Sscan(op[2], &n)
		err = f.WriteFile(path, make([]byte, n))
	case "ls":
		var infos []Info
		infos, err = f.ReadDir(path)
		for _, i := range infos {
			names.WriteString(i.Name + " ")
		}
	}
	var e *Error
	number := 0
	if errors.As(err, &e) {
		number = -int(e.Errno)
	}
	s, _ := f.StatVFS("/usr")
	return fmt.Sprintf("%s%d %d", names.String(), number, s.Blocks-s.Free)
}

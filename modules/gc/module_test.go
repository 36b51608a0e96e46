package gc_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	_ "qpy/modules/gc"
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

func TestMemoryMovesWithWhatIsHeld(t *testing.T) {
	assert.Equal(t, "1048576\nTrue True True\nTrue True\n", run(t, `
import gc
gc.collect()
print(gc.mem_free() + gc.mem_alloc())
free = gc.mem_free()
held = bytearray(100000)
print(100000 <= free - gc.mem_free() < 110000, gc.collect() >= 0, free - gc.mem_free() >= 100000)
held = None
print(gc.collect() >= 100000 // 32, free - gc.mem_free() < 1000)
`))
}

// An instance is of one board: what one sets, another does not see.
func TestInstancesAreApart(t *testing.T) {
	assert.Equal(t, "False 96\n", run(t, "import gc\ngc.disable()\ngc.threshold(100)\nprint(gc.isenabled(), gc.threshold())\n"))
	assert.Equal(t, "True -1\n", run(t, "import gc\nprint(gc.isenabled(), gc.threshold())\n"))
}

func TestErrors(t *testing.T) {
	for call, want := range map[string]string{
		"collect(1)":         "TypeError: function takes 0 positional arguments but 1 were given",
		"enable(1)":          "TypeError: function takes 0 positional arguments but 1 were given",
		"disable(1)":         "TypeError: function takes 0 positional arguments but 1 were given",
		"isenabled(1)":       "TypeError: function takes 0 positional arguments but 1 were given",
		"mem_free(1)":        "TypeError: function takes 0 positional arguments but 1 were given",
		"mem_alloc(1)":       "TypeError: function takes 0 positional arguments but 1 were given",
		"threshold(1, 2)":    "TypeError: function expected at most 1 arguments, got 2",
		"threshold('x')":     "TypeError: can't convert str to int",
		"threshold(1 << 80)": "OverflowError: overflow converting long int to machine word",
	} {
		assert.Contains(t, run(t, "import gc\ngc."+call+"\n"), "\n"+want+"\n", call)
	}
}

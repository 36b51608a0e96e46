package gc_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy/modules/gc"
	"qpy/modules/internal/bare"
	"qpy/modules/internal/script"
)

var run = bare.With(&gc.Module)

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

// A file that was forgotten is closed by collect, and what was written to it is
// on the flash then; one that is in use stays open.
func TestCollectClosesForgottenFiles(t *testing.T) {
	out := script.Run(t, `
import gc, uos
def write(name, text):
    f = open(name, "w")
    f.write(text)
def size(name):
    return uos.stat(name)[6]
kept = open("/usr/kept", "w")
kept.write("still open")
write("/usr/a", "first")
write("/usr/b", "second")
before = size("/usr/a"), size("/usr/b")
gc.collect()
print(before, size("/usr/a"), size("/usr/b"), size("/usr/kept"))
kept.write(", and goes on")
kept.close()
print(size("/usr/kept"))
`)
	assert.Equal(t, "(0, 0) 5 6 0\n23\n", out)
}

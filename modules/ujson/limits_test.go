package ujson_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy"
	"qpy/modules/internal/script"
)

// A document cannot take more than the board's heap, nor nest a dump without
// end; reading knows no depth.
func TestLimits(t *testing.T) {
	out, _ := script.RunOn(t, qpy.Config{Heap: 1 << 20}, `
import ujson
def t(f, *args):
    try:
        print(len(f(*args)))
    except Exception as e:
        print(type(e))
t(ujson.loads, "[" + "{}, " * 50000 + "1]")
t(ujson.dumps, ["x" * 1000] * 5000)
deep = ujson.loads("[" * 5000 + "]" * 5000)
t(ujson.dumps, deep)
t(ujson.loads, '"' + "x" * 100000 + '"')
`)
	assert.Equal(t, "<class 'MemoryError'>\n<class 'MemoryError'>\n<class 'RuntimeError'>\n100000\n", out)
}

// Dicts with the same keys share a plan of their table; it must not show.
func TestEqualRecords(t *testing.T) {
	assert.Equal(t, "True\n{'a': 1}\n3 2\nTrue\n", script.Run(t, `
import ujson
text = '{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}'
a, b, c = ujson.loads("[" + text + "," + text + "," + text + "]")
d = {}
for k in ("one", "two", "three", "four", "five", "six", "seven"):
    d[k] = a[k]
print(list(a) == list(b) == list(c) == list(d))
x, y = ujson.loads('[{"a": 1}, {"a": 1}]')
y["b"] = 2
print(x)
p, q = ujson.loads('[{"k": 1, "k": 2, "l": 3}, {"k": 1, "k": 2, "l": 3}]')
print(p["l"], q["k"])
del b["two"]
print(len(b) == 6 and len(a) == 7 and "two" in c)
`))
}

package ujson_test

import (
	"bytes"
	"fmt"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"qpy"
	"qpy/modules/internal/script"
)

// FuzzLoads reads any text as JSON, from a string and from a stream, which give
// the same, and writes what came of it: that is read as the same again. (What
// is no UTF-8 is read byte by byte and written otherwise, as in MicroPython.)
func FuzzLoads(f *testing.F) {
	for _, text := range []string{"", "1", `{"a": [1, 2.5e3, null, true], "b": {}}`, `"\u4e2d\n\q"`, "[1", "[[[]]]", "{1:2}", `{"a":1,"a":2}`, "-", "1e400", "\x00", "\"\xff\""} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 200 {
			return
		}
		valid := 0
		if utf8.Valid(text) && !bytes.Contains(text, []byte("\\u")) {
			valid = 1
		}
		out, result := script.RunOn(t, qpy.Config{Heap: 1 << 20}, fmt.Sprintf("import ujson, uio\nvalid = %d\ntext = ", valid)+script.Literal(text)+`
def attempt(f, *args):
    try:
        return True, f(*args)
    except (ValueError, TypeError, MemoryError, RuntimeError, UnicodeError, OverflowError) as e:
        return False, type(e)
a, b = attempt(ujson.loads, text), attempt(ujson.load, uio.BytesIO(text))
assert repr(a) == repr(b), (a, b)
if a[0] and valid:
    ok, d = attempt(ujson.dumps, a[1])
    if ok and not any(c in d for c in ".einf"):
        again = attempt(ujson.loads, d)
        third = attempt(ujson.loads, ujson.dumps(again[1]))  # all keys are strings now
        assert again[0] and again[1] == third[1], (d, again, third)
`)
		require.Equal(t, qpy.Finished, result.Ending, "%q: %s", text, out)
	})
}

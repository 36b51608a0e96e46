package uzlib_test

import (
	"bytes"
	"compress/flate"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"qpy"
	"qpy/modules/internal/script"
)

// FuzzInflate decompresses any bytes: what Go's own reader takes as a whole
// comes out the same, in one piece and as a stream.
func FuzzInflate(f *testing.F) {
	var deflated bytes.Buffer
	w, err := flate.NewWriter(&deflated, flate.BestCompression)
	require.NoError(f, err)
	_, err = w.Write(bytes.Repeat([]byte("text that repeats, "), 20))
	require.NoError(f, err)
	require.NoError(f, w.Close())
	for _, data := range [][]byte{nil, {3, 0}, {1, 2, 0, 253, 255, 'h', 'i'}, {0xff}, deflated.Bytes(), deflated.Bytes()[:10]} {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 300 {
			return
		}
		source := "import uzlib, uio\ndata = " + script.Literal(data) + "\n"
		want, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(data)), 20000))
		if err != nil || len(want) >= 20000 {
			source += "want = None\n"
		} else {
			source += "want = " + script.Literal(want) + "\n"
		}
		out, result := script.RunOn(t, qpy.Config{Heap: 1 << 20}, source+`
def attempt(f):
    try:
        return f()
    except (ValueError, OSError, EOFError, MemoryError) as e:
        return type(e)
a = attempt(lambda: uzlib.decompress(data, -15))
b = attempt(lambda: uzlib.DecompIO(uio.BytesIO(data), -15).read())
if want is not None:
    assert a == want, ("whole", a, want)
    assert b == want, ("stream", b, want)
for wbits in (0, 8, 15, 24, 31):
    attempt(lambda: uzlib.decompress(data, wbits))
    attempt(lambda: uzlib.DecompIO(uio.BytesIO(data), wbits).read())
`)
		require.Equal(t, qpy.Finished, result.Ending, "%x: %s", data, out)
	})
}

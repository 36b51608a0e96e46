package ustruct_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"qpy"
	"qpy/modules/internal/script"
)

// FuzzUnpack takes any bytes apart by any format, and puts them together again.
func FuzzUnpack(f *testing.F) {
	for _, format := range []string{"", "<bBhHiIlLqQ", ">fd", "@4s3xP", "!2H", "O", "999s", "<0s", "b\x00", "5", "z"} {
		f.Add([]byte(format), []byte("0123456789abcdefghijklmnopqrstuvwxyz"))
	}
	f.Fuzz(func(t *testing.T, format, data []byte) {
		if len(format) > 20 || len(data) > 200 {
			return
		}
		out, result := script.RunOn(t, qpy.Config{Heap: 1 << 20}, "import ustruct\nformat, data = "+script.Literal(format)+", "+script.Literal(data)+`
try:
    size = ustruct.calcsize(format)
    values = ustruct.unpack(format, data)
    buf = bytearray(size + 3)
    ustruct.unpack_from(format, data, 0)
    p = ustruct.pack(format, *values)
    ustruct.pack_into(format, buf, 3, *values)
    assert len(p) == size and buf[3:] == p, (size, p, buf)
    if b"f" not in format and b"d" not in format:
        assert repr(ustruct.unpack(format, p)) == repr(values), (p, values)
except (ValueError, TypeError, MemoryError, OverflowError, RuntimeError) as e:
    pass
`)
		require.Equal(t, qpy.Finished, result.Ending, "%q %q: %s", format, data, out)
	})
}

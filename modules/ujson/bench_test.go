package ujson_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"qpy"
	"qpy/modules/internal/script"
)

// document is a JSON text of at least n bytes: a list of records.
func document(n int) string {
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	b.WriteByte('[')
	for b.Len() < n {
		if b.Len() > 1 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, `{"id": %d, "name": "user%d", "temp": %.2f, "ok": %t, "tags": [%s], "pos": {"lat": %.12f, "lon": %.12f}, "none": null, "text": "The quick brown fox \"jumps\" over %d lazy dogs"}`,
			r.IntN(1e6), r.IntN(1e5), r.Float64()*120-40, r.IntN(2) == 0,
			strings.Join([]string{`"a"`, `"bc"`, `"line\nfeed"`, `"\u4e2d\u6587"`}[:r.IntN(5)], ", "),
			r.Float64()*180-90, r.Float64()*360-180, r.IntN(1000))
	}
	b.WriteByte(']')
	return b.String()
}

// BenchmarkDocument times a document of 5 MB: reading it twenty times, or
// writing it twenty times. The time of a run without is in "idle".
func BenchmarkDocument(b *testing.B) {
	text := document(5e6)
	head := "import ujson\ns = r'''" + text + "'''\n"
	for _, c := range []struct{ name, code string }{
		{"idle", ""},
		{"loads", "for i in range(20): ujson.loads(s)\n"},
		{"dumps", "o = ujson.loads(s)\nfor i in range(20): ujson.dumps(o)\n"},
	} {
		b.Run(c.name, func(b *testing.B) {
			if c.code != "" {
				b.SetBytes(20 * int64(len(text)))
			}
			for b.Loop() {
				out, result := script.RunOn(b, qpy.Config{Heap: 1 << 30}, head+c.code)
				require.Equal(b, qpy.Finished, result.Ending, out)
			}
		})
	}
}

package ure_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"qpy"
	"qpy/modules/internal/script"
)

func BenchmarkSearch(b *testing.B) {
	for b.Loop() {
		script.Run(b, `
import ure
r = ure.compile("(\\w+)@(\\w+)\\.com")
s = "lorem ipsum dolor sit amet " * 8 + "user@example.com"
for i in range(2000):
    r.search(s)
`)
	}
}

// BenchmarkStop is how long a match that would not end takes to end after it
// was stopped from outside (unit stop-ms); it must stay below 10.
func BenchmarkStop(b *testing.B) {
	var stop time.Duration
	for b.Loop() {
		ctx, cancel := context.WithCancel(context.Background())
		var at time.Time
		out := &notice{text: "go", then: func() {
			time.AfterFunc(10*time.Millisecond, func() { at = time.Now(); cancel() })
		}}
		board, err := qpy.New(qpy.Config{Fast: true, Start: qpy.FixedStart(), Stdout: out, Stderr: out})
		require.NoError(b, err)
		_, err = board.Run(ctx, qpy.Script{Name: "main.py", Source: []byte(bad + "print('go')\nwork()\n")})
		stop += time.Since(at)
		require.NoError(b, err)
		require.NoError(b, board.Close())
		require.Contains(b, out.String(), "KeyboardInterrupt")
	}
	b.ReportMetric(float64(stop.Microseconds())/1000/float64(b.N), "stop-ms")
}

// BenchmarkBadPatterns are patterns that make a backtracking engine try every
// way, as MicroPython's does: no more steps than there, and not more time.
func BenchmarkBadPatterns(b *testing.B) {
	for pattern, n := range map[string]int{"(a+)+b": 20, "(a|aa)+$": 26, "((a+)+)+b": 14, "(a|a|a)+b": 12} {
		b.Run(pattern, func(b *testing.B) {
			for b.Loop() {
				out := script.Run(b, fmt.Sprintf("import ure\nprint(ure.match(%q, 'a' * %d + 'x'))\n", pattern, n))
				require.Equal(b, "None\n", out)
			}
		})
	}
}

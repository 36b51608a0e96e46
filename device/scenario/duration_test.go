package scenario

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

var durations = []string{
	"90s", "1m30s", "250ms", "0", "0s", "-0", "-5s", "1.5h", ".5s", "5.s", "2h45m0.5s", "10us", "3µs", "3μs", "7ns", "1h1m1s1ms1us1ns", "1s1s", "87600h", "2562047h", "0.000000001s",
	"", "-", "5", "s", "5x", "5 s", " 5s", "+", ".", ".s", "1..5s", "1.2.3s", "5s3", "5sm", "1e3s", "NaNs", "Infs", "0x5s", "1_0s", "9223372036854775807ns", "9999999999999999999h", "--5s", "2562048h", "１s",
}

func TestParseDurationIsThatOfGo(t *testing.T) {
	for _, s := range durations {
		sameDuration(t, s)
	}
}

func FuzzParseDuration(f *testing.F) {
	for _, s := range durations {
		f.Add(s)
	}
	f.Fuzz(sameDuration)
}

// sameDuration compares with Go's, whose sum of fractions it need not reach to the last
// bit, and which takes a plus sign.
func sameDuration(t *testing.T, s string) {
	want, wrong := time.ParseDuration(s)
	got, err := parseDuration(s)
	if s != "" && s[0] == '+' {
		assert.Error(t, err, "%q", s)
		return
	}
	if want == 1<<63-1 || want < -1<<62 || want > 1<<62 {
		return // at the end of what a Duration holds
	}
	assert.Equal(t, wrong == nil, err == nil, "%q: %v, %v", s, wrong, err)
	if wrong == nil && err == nil {
		assert.InDelta(t, float64(want), float64(got), 1+float64(max(want, -want))*1e-12, "%q", s)
	}
}

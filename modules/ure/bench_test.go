package ure_test

import (
	"testing"

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

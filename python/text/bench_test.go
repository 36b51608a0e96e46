package text_test

import (
	"testing"

	"qpy/python/text"
)

func BenchmarkFloatRepr(b *testing.B) {
	floats := []float64{0.1, 3.14159265358979, 1e-7, 123456.789, 2.5e100, 42}
	var buf [64]byte
	for i := range b.N {
		text.AppendFloatRepr(buf[:0], floats[i%len(floats)])
	}
}

func BenchmarkIntRepr(b *testing.B) {
	var buf [64]byte
	for i := range b.N {
		text.AppendInt(buf[:0], int64(i)*7919)
	}
}

func BenchmarkPercent(b *testing.B) {
	var a text.Args = args{"name", 12345, 2.5}
	var buf [128]byte
	for range b.N {
		if _, err := text.AppendPercent(buf[:0], "%s=%6d, %.2f", false, a); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFormat(b *testing.B) {
	var a text.Args = args{"name", 12345, 2.5}
	var buf [128]byte
	for range b.N {
		if _, err := text.AppendFormat(buf[:0], "{}={:6d}, {:.2f}", a); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseFloat(b *testing.B) {
	for range b.N {
		if _, err := text.ParseFloat("3.14159265"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCharCount(b *testing.B) {
	s := "a text of some sixty-four characters, all of which are plain ASCII"
	for range b.N {
		text.CharCount(s)
	}
}

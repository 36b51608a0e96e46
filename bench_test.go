package qpy_test

import (
	"context"
	"io"
	"testing"

	"qpy"
)

// BenchmarkPrint is what a board costs from power-on to the end of the shortest
// script.
func BenchmarkPrint(b *testing.B) {
	for b.Loop() {
		board, err := qpy.New(qpy.Config{Fast: true, Stdout: io.Discard, Stderr: io.Discard})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := board.Run(context.Background(), qpy.Script{Name: "main.py", Source: []byte("print(1)\n")}); err != nil {
			b.Fatal(err)
		}
		if err := board.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

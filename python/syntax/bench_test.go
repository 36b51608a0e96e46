package syntax

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// large returns about a megabyte of source: the programs of the corpus, again
// and again.
func large(b *testing.B) []byte {
	var all bytes.Buffer
	for all.Len() < 1<<20 {
		for _, file := range corpus(b) {
			if filepath.Base(file) == "globals_nonlocals.py" {
				continue // it cannot stand behind other programs
			}
			src, err := os.ReadFile(file)
			require.NoError(b, err)
			all.Write(src)
			all.WriteByte('\n')
		}
	}
	return all.Bytes()
}

func BenchmarkScan(b *testing.B) {
	src := large(b)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		var s scanner
		for s.init(src, "x.py"); s.tok != tokEnd; s.next() {
		}
	}
}

// BenchmarkTree leaves the check out.
func BenchmarkTree(b *testing.B) {
	src := large(b)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		var p parser
		if _, err := p.parse(src, "x.py", Exec); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	src := large(b)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(src, "x.py", Exec); err != nil {
			b.Fatal(err)
		}
	}
}

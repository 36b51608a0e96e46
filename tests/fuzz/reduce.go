package fuzz

import (
	"strings"
	"time"
)

// What Reduce may use up: programs tried, and time.
const (
	reduceRuns = 1500
	reduceTime = 20 * time.Second
)

// Reduce takes lines out of a program as long as it fails, and takes blocks
// out of their headers. What it returns fails.
func Reduce(src string, fails func(src string) bool) string {
	lines := strings.Split(strings.TrimRight(src, "\n"), "\n")
	runs, end := 0, time.Now().Add(reduceTime)
	try := func(next []string) bool {
		if runs++; runs > reduceRuns || time.Now().After(end) || !fails(strings.Join(next, "\n")+"\n") {
			return false
		}
		lines = next
		return true
	}
	for size := max(len(lines)/2, 1); ; {
		shrunk := false
		for i := 0; i < len(lines); {
			n := min(size, len(lines)-i)
			if size == 1 {
				n = blockEnd(lines, i) - i // a header goes with its block first
			}
			if try(without(lines, i, i+n)) || n > 1 && size == 1 && (try(dedent(lines, i)) || try(without(lines, i, i+1))) {
				shrunk = true
				continue
			}
			i += size
		}
		if size > 1 {
			size /= 2
		} else if !shrunk || runs > reduceRuns {
			return strings.Join(lines, "\n") + "\n"
		}
	}
}

func without(lines []string, i, j int) []string {
	return append(append([]string{}, lines[:i]...), lines[j:]...)
}

// blockEnd gives the end of the block whose header is line i.
func blockEnd(lines []string, i int) int {
	j := i + 1
	for j < len(lines) && indentation(lines[j]) > indentation(lines[i]) {
		j++
	}
	return j
}

// dedent drops line i and brings its block to where it stood.
func dedent(lines []string, i int) []string {
	end := blockEnd(lines, i)
	next := append([]string{}, lines[:i]...)
	for _, line := range lines[i+1 : end] {
		next = append(next, line[min(4, indentation(line)):])
	}
	return append(next, lines[end:]...)
}

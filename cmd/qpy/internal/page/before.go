package page

import (
	"slices"
	"strings"

	"qpy/python"
)

// Before gives the source that example i needs to have run first: for each name
// that it uses and does not define, the definitions (imports, assignments,
// functions, classes) of the nearest block above that defines it, and what
// those need in turn. It is "" when the example stands by itself, or is not
// Python that can be read: running it will tell.
func Before(blocks []Block, i int) string {
	taken := map[int]bool{}
	take(blocks, i, taken)
	var out strings.Builder
	for j := range blocks[:i] {
		if taken[j] {
			out.WriteString(definitions(blocks[j].Code))
		}
	}
	return out.String()
}

// take marks the blocks above i whose definitions block i needs.
func take(blocks []Block, i int, taken map[int]bool) {
	o, err := python.Analyze(blocks[i].Code)
	if err != nil {
		return
	}
	for _, name := range o.Uses {
		for j := i - 1; j >= 0; j-- {
			if blocks[j].Kind != Example {
				continue
			}
			above, err := python.Analyze(blocks[j].Code)
			if err != nil || !slices.Contains(above.Binds, name) {
				continue
			}
			if !taken[j] {
				taken[j] = true
				take(blocks, j, taken)
			}
			break
		}
	}
}

// definitions gives the statements of a block that define names and do nothing
// else at its top level.
func definitions(code string) string {
	o, err := python.Analyze(code)
	if err != nil {
		return ""
	}
	lines := strings.SplitAfter(code, "\n")
	var out strings.Builder
	for _, s := range o.Statements {
		if s.Defines {
			for _, l := range lines[s.Line-1 : min(s.End, len(lines))] {
				out.WriteString(l)
			}
		}
	}
	return out.String()
}

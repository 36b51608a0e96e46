// Package page reads a QuecPython documentation page: its fenced Python
// blocks, which of them are examples and which are API signatures, and what an
// example needs from the blocks before it.
package page

import (
	"regexp"
	"strings"
	"sync"
)

// Kind says what a fenced block is.
type Kind int

const (
	// Example is a block that is meant to be run.
	Example Kind = iota
	// Signature shows how a function is called, under the function's heading.
	Signature
)

// Block is one fenced block of a page.
type Block struct {
	Line    int    // line of the opening fence, from 1
	Heading string // text of the nearest heading above, without its marks; "" at the top
	Title   string // what a listing calls it: the first comment of an example, or the heading
	Kind    Kind
	Code    string // the text between the fences, each line ending in a newline
	// Models are the models that the block's section names as the only ones
	// that have what it describes; none means all.
	Models []string
}

// patterns are what a page is read by.
type patterns struct {
	heading *regexp.Regexp
	fence   *regexp.Regexp
	example *regexp.Regexp // the bold label that stands before an example
	label   *regexp.Regexp // any other bold label; it ends the reach of an example label
	models  *regexp.Regexp // the sentence that says which models have a function
	call    *regexp.Regexp // a dotted name called with anything, and nothing after it
}

var (
	marks     patterns
	marksOnce sync.Once
)

// marked compiles them when the first page is read, not at every start of the
// command.
func marked() *patterns {
	marksOnce.Do(func() {
		m := &marks
		m.heading = regexp.MustCompile(`^#{1,6}\s+(.*?)\s*#*\s*$`)
		m.fence = regexp.MustCompile("^\\s*(```+|~~~+)\\s*([A-Za-z0-9_+-]*)\\s*$")
		m.example = regexp.MustCompile(`^\s*\*\*\s*(示例|例|例子|Example|Examples)\s*[:：]?\s*\*\*\s*[:：]?\s*$`)
		m.label = regexp.MustCompile(`^\s*\*\*[^*]+\*\*\s*[:：]?\s*$`)
		m.models = regexp.MustCompile(`支持平台\s*[:：]\s*([A-Za-z0-9_/、, -]+)`)
		m.call = regexp.MustCompile(`(?s)^\s*([A-Za-z_][\w.]*)\s*\((.*)\)\s*$`)
	})
	return &marks
}

// Parse finds the blocks of a page in the order they stand in. A fence that
// names a language other than Python is left out; one that is not closed runs
// to the end of the page, as Markdown has it.
func Parse(text string) []Block {
	var blocks []Block
	text = strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n")
	lines := strings.Split(text, "\n")
	heading, underExample, section := "", false, 0
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		if m := marked().heading.FindStringSubmatch(line); m != nil {
			heading, underExample, section = m[1], false, len(blocks)
			continue
		}
		if m := marked().models.FindStringSubmatch(line); m != nil {
			models := strings.FieldsFunc(m[1], func(r rune) bool { return strings.ContainsRune("/、, ", r) })
			for i := section; i < len(blocks); i++ {
				blocks[i].Models = models
			}
			continue
		}
		if marked().example.MatchString(line) {
			underExample = true
			continue
		}
		if marked().label.MatchString(line) {
			underExample = false
			continue
		}
		m := marked().fence.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		var code strings.Builder
		start := i
		for i++; i < len(lines) && !closes(lines[i], m[1]); i++ {
			code.WriteString(lines[i] + "\n")
		}
		if !isPython(m[2]) {
			continue
		}
		b := Block{Line: start + 1, Heading: heading, Code: code.String()}
		if !underExample && isSignature(b.Code, heading) {
			b.Kind = Signature
		}
		b.Title = title(b)
		blocks = append(blocks, b)
	}
	return blocks
}

func closes(line, fence string) bool {
	t := strings.TrimSpace(line)
	return len(t) >= len(fence) && strings.Trim(t, fence[:1]) == ""
}

func isPython(lang string) bool {
	switch strings.ToLower(lang) {
	case "", "py", "python", "python3", "micropython", "quecpython":
		return true
	}
	return false
}

// isSignature tells a block that only shows the call which its heading names.
func isSignature(code, heading string) bool {
	m := marked().call.FindStringSubmatch(code)
	if m == nil || strings.Count(strings.TrimSpace(code), "\n") > 0 {
		return false
	}
	return heading != "" && lastPart(m[1]) == lastPart(strings.Trim(heading, "`"))
}

func lastPart(name string) string {
	if i := strings.IndexByte(name, '('); i >= 0 {
		name = name[:i]
	}
	return name[strings.LastIndexByte(name, '.')+1:]
}

// title is the first comment of an example, else its heading.
func title(b Block) string {
	if b.Kind == Signature {
		return strings.TrimSpace(b.Code)
	}
	first := strings.TrimSpace(strings.SplitN(b.Code, "\n", 2)[0])
	if c, ok := strings.CutPrefix(first, "#"); ok {
		if c = strings.TrimSpace(strings.TrimLeft(c, "#")); c != "" {
			return c
		}
	}
	return strings.Trim(b.Heading, "`")
}

package scenario

import (
	"fmt"
	"sort"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// lines knows in which line of a document each key is. A key's name is its path:
// "device.model", "event[2].fault.kind", counted from 1.
type lines struct {
	at       map[string]int
	newlines []int          // offsets
	arrays   map[string]int // how many tables of [[a.b]] there were so far
	parser   unstable.Parser
}

// index reads the lines of a document that is valid TOML.
func index(doc []byte) *lines {
	l := &lines{at: map[string]int{}, arrays: map[string]int{}}
	for i, c := range doc {
		if c == '\n' {
			l.newlines = append(l.newlines, i)
		}
	}
	l.parser.Reset(doc)
	table := ""
	for l.parser.NextExpression() {
		e := l.parser.Expression()
		switch e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = l.table(e)
		case unstable.KeyValue:
			l.keyValue(table, e)
		}
	}
	return l
}

// row is the line of a key; of the table around it if the key is not there.
func (l *lines) row(key string) int {
	for {
		if row, ok := l.at[key]; ok {
			return row
		}
		cut := strings.LastIndexAny(key, ".[")
		if cut < 0 {
			return 1
		}
		key = key[:cut]
	}
}

func (l *lines) note(key string, r unstable.Range) {
	if _, ok := l.at[key]; !ok {
		l.at[key] = sort.SearchInts(l.newlines, int(r.Offset)) + 1
	}
}

// join adds a name to a path.
func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// table takes the head of a table in, and gives its path.
func (l *lines) table(e *unstable.Node) string {
	path := ""
	for keys := e.Key(); keys.Next(); {
		k := keys.Node()
		path = join(path, string(k.Data))
		if e.Kind == unstable.ArrayTable && keys.IsLast() {
			l.note(path, k.Raw)
			l.arrays[path]++
		}
		if n := l.arrays[path]; n > 0 { // a table below [[a]] is one below the last of them
			path = element(path, n)
		}
		l.note(path, k.Raw)
	}
	return path
}

func element(path string, n int) string { return fmt.Sprintf("%s[%d]", path, n) }

// keyValue takes a key and what its value has inside in, below a path.
func (l *lines) keyValue(path string, e *unstable.Node) {
	for keys := e.Key(); keys.Next(); {
		k := keys.Node()
		path = join(path, string(k.Data))
		l.note(path, k.Raw)
	}
	l.value(path, e.Value())
}

func (l *lines) value(path string, v *unstable.Node) {
	switch v.Kind {
	case unstable.InlineTable:
		for items := v.Children(); items.Next(); {
			l.keyValue(path, items.Node())
		}
	case unstable.Array:
		n := 0
		for items := v.Children(); items.Next(); {
			n++
			item := items.Node()
			if item.Raw.Length > 0 {
				l.note(element(path, n), item.Raw)
			}
			l.value(element(path, n), item)
		}
	}
}

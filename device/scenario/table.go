package scenario

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/agnivade/levenshtein"
	"github.com/pelletier/go-toml/v2"
)

// Error says what is wrong in a scenario file, and where.
type Error struct {
	File string
	Row  int    // line, from 1
	Key  string // path of the key, "event[2].at"; "" for the file as a whole
	Text string // what is wrong, and what would be right
}

func (e *Error) Error() string {
	if e.Key == "" {
		return fmt.Sprintf("%s:%d: %s", e.File, e.Row, e.Text)
	}
	return fmt.Sprintf("%s:%d: %s: %s", e.File, e.Row, e.Key, e.Text)
}

// document is a file that is read. It collects what is wrong.
type document struct {
	file   string
	lines  *lines
	errors []*Error
	closed []*table // that were read, for tests
}

func (d *document) bad(key, format string, args ...any) {
	d.errors = append(d.errors, &Error{File: d.file, Row: d.lines.row(key), Key: key, Text: fmt.Sprintf(format, args...)})
}

// first is the error that comes first in the file, nil if there is none.
func (d *document) first() error {
	if len(d.errors) == 0 {
		return nil
	}
	return slices.MinFunc(d.errors, func(a, b *Error) int { return a.Row - b.Row })
}

// table is one table of a document. Its methods read a key each, and note what
// is wrong with it; what nobody has read when it is closed is unknown.
type table struct {
	doc   *document
	path  string // "" is the file
	items map[string]any
	known []string // keys that were asked for
}

func (t *table) key(name string) string { return join(t.path, name) }

func (t *table) bad(name, format string, args ...any) { t.doc.bad(t.key(name), format, args...) }

// has tells whether a key is there.
func (t *table) has(name string) bool {
	_, ok := t.items[name]
	return ok
}

func (t *table) take(name string) (any, bool) {
	if !slices.Contains(t.known, name) {
		t.known = append(t.known, name)
	}
	v, ok := t.items[name]
	return v, ok
}

// close notes the keys that do not belong here.
func (t *table) close() {
	t.doc.closed = append(t.doc.closed, t)
	for _, name := range slices.Sorted(maps.Keys(t.items)) {
		if slices.Contains(t.known, name) {
			continue
		}
		hint := ""
		if near := nearest(name, t.known); near != "" {
			hint = fmt.Sprintf("; did you mean %s?", near)
		}
		t.bad(name, "unknown key%s There is %s", orDot(hint), strings.Join(t.known, ", "))
	}
}

func orDot(hint string) string {
	if hint == "" {
		return "."
	}
	return hint
}

// nearest is the one of some names that a wrong one was meant to be, "" if none
// comes near.
func nearest(name string, names []string) string {
	best, distance := "", len(name)/2+2
	for _, n := range names {
		if d := levenshtein.ComputeDistance(name, n); d < distance {
			best, distance = n, d
		}
	}
	return best
}

// read takes a value of a type; what says in errors which is wanted.
func read[T any](t *table, name, what string) (value T, ok bool) {
	v, there := t.take(name)
	if !there {
		return value, false
	}
	if value, ok = v.(T); !ok {
		t.bad(name, "it is %s; give %s", kindOf(v), what)
	}
	return value, ok
}

// kindOf names the type of a TOML value.
func kindOf(v any) string {
	switch v.(type) {
	case string:
		return "a string"
	case int64:
		return "a whole number"
	case float64:
		return "a number with a fraction"
	case bool:
		return "true or false"
	case map[string]any:
		return "a table"
	case []any:
		return "an array"
	}
	return "a date or time"
}

// text reads a string that is not empty.
func (t *table) text(name, example string) string {
	s, ok := read[string](t, name, fmt.Sprintf("a string, for example %q", example))
	if ok && s == "" {
		t.bad(name, "it is empty; give for example %q, or leave it out", example)
	}
	return s
}

// choice reads one of some words. Without the key it is the first of them.
func choice[T ~string](t *table, name string, of []T) T {
	words := make([]string, len(of))
	for i, w := range of {
		words[i] = string(w)
	}
	s, ok := read[string](t, name, "one of "+strings.Join(words, ", "))
	if !ok {
		return of[0]
	}
	if !slices.Contains(words, s) {
		hint := ""
		if near := nearest(s, words); near != "" {
			hint = fmt.Sprintf("; did you mean %s?", near)
		}
		t.bad(name, "there is no %q%s There is %s", s, orDot(hint), strings.Join(words, ", "))
	}
	return T(s)
}

// integer reads a whole number within bounds.
func (t *table) integer(name string, min, max int64) (int64, bool) {
	n, ok := read[int64](t, name, fmt.Sprintf("a whole number from %d to %d", min, max))
	if ok && (n < min || n > max) {
		t.bad(name, "%d is not within %d to %d", n, min, max)
		return n, false
	}
	return n, ok
}

// flag reads true or false.
func (t *table) flag(name string) (bool, bool) { return read[bool](t, name, "true or false") }

// duration reads a time span that is not negative.
func (t *table) duration(name string) (time.Duration, bool) {
	const what = `a time with its unit as a string, for example "90s", "1m30s" or "250ms"`
	s, ok := read[string](t, name, what)
	if !ok {
		return 0, false
	}
	d, err := parseDuration(s)
	switch {
	case err != nil:
		t.bad(name, "%q is no time; give %s", s, what)
	case d < 0:
		t.bad(name, "%s is negative", s)
	default:
		return d, true
	}
	return 0, false
}

// moment reads a date and time; one without an offset is UTC.
func (t *table) moment(name string) time.Time {
	const what = "a date and time without quotes, for example 2024-01-01T08:00:00Z"
	v, ok := t.take(name)
	if !ok {
		return time.Time{}
	}
	switch m := v.(type) {
	case time.Time:
		return m.UTC()
	case toml.LocalDateTime:
		return m.AsTime(time.UTC)
	case toml.LocalDate:
		return m.AsTime(time.UTC)
	}
	t.bad(name, "it is %s; give %s", kindOf(v), what)
	return time.Time{}
}

// sub reads a table; nil if it is not there.
func (t *table) sub(name string) *table {
	items, ok := read[map[string]any](t, name, "a table, for example ["+t.key(name)+"]")
	if !ok {
		return nil
	}
	return &table{doc: t.doc, path: t.key(name), items: items}
}

// list reads an array of tables.
func (t *table) list(name string) []*table {
	const what = "tables, for example [[%s]]"
	values, ok := read[[]any](t, name, fmt.Sprintf(what, t.key(name)))
	if !ok {
		return nil
	}
	out := make([]*table, 0, len(values))
	for i, v := range values {
		path := element(t.key(name), i+1)
		items, ok := v.(map[string]any)
		if !ok {
			t.doc.bad(path, "it is %s; give "+what, kindOf(v), t.key(name))
			continue
		}
		out = append(out, &table{doc: t.doc, path: path, items: items})
	}
	return out
}

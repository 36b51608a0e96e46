// Package eventlog is the record of a run: all that happens on the device, one
// line each, and the comparison of a later run with it.
//
// The first line is a head, the others are device time, source and what
// happened, in columns:
//
//	# qpy event log 1: start=2024-01-01T00:00:00Z virtual=true script=app.py
//	    0.000000000  console         hello
//	   40.000000000  task 0 "main"   goes on: the end of a sleep
package eventlog

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// Head says what a later run needs to be the same.
type Head struct {
	Start   time.Time // real-time clock at device time 0
	Virtual bool      // virtual time
	Script  string    // file name, for the reader's information
}

const magic = "# qpy event log 1: "

func (h Head) String() string {
	return fmt.Sprintf("%sstart=%s virtual=%t script=%s", magic, h.Start.UTC().Format(time.RFC3339Nano), h.Virtual, oneLine(h.Script))
}

// parseHead is the inverse of String.
func parseHead(line string) (h Head, err error) {
	fields, ok := strings.CutPrefix(line, magic)
	if !ok {
		return h, errors.New("it is no event log; make one with --record")
	}
	var start, virtual string
	if n, err := fmt.Sscanf(fields, "start=%s virtual=%s", &start, &virtual); n != 2 {
		return h, fmt.Errorf("its first line is damaged: %w", err)
	}
	if h.Start, err = time.Parse(time.RFC3339Nano, start); err == nil {
		h.Virtual, err = strconv.ParseBool(virtual)
	}
	if err != nil {
		return h, fmt.Errorf("its first line is damaged: %w", err)
	}
	_, h.Script, _ = strings.Cut(fields, "script=")
	return h, nil
}

// Now is a start for a run that says none: the clock of the PC in full seconds.
func Now() time.Time { return time.Now().UTC().Truncate(time.Second) }

// line is the line of an event, without its end.
func line(at time.Duration, source, what string) string {
	return fmt.Sprintf("%6d.%09d  %-14s  %s", at/time.Second, at%time.Second, oneLine(source), oneLine(what))
}

// oneLine writes what would break a line as escapes.
func oneLine(s string) string {
	quoted := strconv.Quote(s)
	return strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`)
}

// Writer writes a log. Its Trace is for qpy.Config.
type Writer struct{ w *bufio.Writer }

// NewWriter begins a log.
func NewWriter(w io.Writer, h Head) *Writer {
	b := bufio.NewWriterSize(w, 1<<16)
	fmt.Fprintln(b, h)
	return &Writer{b}
}

// Trace writes an event.
func (w *Writer) Trace(at time.Duration, source, what string) {
	fmt.Fprintln(w.w, line(at, source, what))
}

// Flush writes out what is left. The error is the first of all that was written.
func (w *Writer) Flush() error { return w.w.Flush() }

// Difference says where a run leaves its record.
type Difference struct {
	File     string
	Line     int    // of the file
	Recorded string // "" is the end of the log
	Now      string // "" is the end of the run
}

func (d *Difference) Error() string {
	say := func(s, end string) string {
		if s == "" {
			return end
		}
		return strconv.Quote(strings.TrimSpace(s))
	}
	return fmt.Sprintf("%s:%d: the first difference: recorded %s, now %s", d.File, d.Line,
		say(d.Recorded, "nothing more"), say(d.Now, "the run ends"))
}

// Reader compares a run with a log. Its Trace is for qpy.Config.
type Reader struct {
	name   string
	r      *bufio.Reader
	head   Head
	line   int
	events int
	err    error // the first difference, or why the file cannot be read
}

// NewReader begins to read a log; name is for messages.
func NewReader(name string, r io.Reader) (*Reader, error) {
	l := &Reader{name: name, r: bufio.NewReaderSize(r, 1<<16), line: 1}
	first, err := l.next()
	if err != nil {
		return nil, err
	}
	l.head, err = parseHead(first)
	return l, err
}

// Head is the log's head.
func (l *Reader) Head() Head { return l.head }

// Events is how many events were compared.
func (l *Reader) Events() int { return l.events }

// maxLine is more than any line of a log has.
const maxLine = 1 << 20

// next is the next line, "" at the end.
func (l *Reader) next() (string, error) {
	var text []byte
	for {
		part, err := l.r.ReadSlice('\n')
		text = append(text, part...)
		switch {
		case err == nil:
			return strings.TrimRight(string(text), "\r\n"), nil
		case errors.Is(err, io.EOF):
			return string(text), nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return "", err
		case len(text) > maxLine:
			return "", fmt.Errorf("line %d has no end: it is no event log", l.line)
		}
	}
}

// Trace compares an event with the next one of the log.
func (l *Reader) Trace(at time.Duration, source, what string) {
	if l.err != nil {
		return
	}
	l.compare(line(at, source, what))
	l.events++
}

func (l *Reader) compare(now string) {
	l.line++
	recorded, err := l.next()
	switch {
	case err != nil:
		l.err = err
	case recorded != now:
		l.err = &Difference{File: l.name, Line: l.line, Recorded: recorded, Now: now}
	}
}

// Finish is the end of the run. The error is a *Difference, or that the log
// could not be read.
func (l *Reader) Finish() error {
	if l.err == nil {
		l.compare("")
	}
	return l.err
}

package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// sample is one run of one program. Times are seconds.
type sample struct {
	Wall float64 `json:"wall"`
	User float64 `json:"user"`
	Sys  float64 `json:"sys"`
	// Timed lies between the marks of an assembled program, by the host's clock;
	// 0 when there are no marks or their arrival tells nothing.
	Timed float64 `json:"timed,omitempty"`
	// Own is the same part by the clock that the program read.
	Own float64 `json:"own,omitempty"`
}

// outputLimit is in bytes; a program of a benchmark prints a few lines.
const outputLimit = 1 << 20

// once runs p on e in dir and gives the times and what it printed. The error
// says in one line why it did not run to its end.
func once(ctx context.Context, e engine, p program, dir string, limit time.Duration) (sample, string, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, e.Path, append(append([]string{}, e.Args...), p.file)...)
	cmd.Dir = dir
	// Marks must arrive when they are printed, and dict order must not vary.
	cmd.Env = append(os.Environ(), "PYTHONUNBUFFERED=1", "PYTHONHASHSEED=0", "PYTHONDONTWRITEBYTECODE=1")
	cmd.WaitDelay = time.Second
	var out marker
	var errs bytes.Buffer
	cmd.Stdout = &out
	cmd.Stderr = &limited{to: &errs, left: outputLimit}

	start := time.Now()
	err := cmd.Run()
	s := sample{Wall: time.Since(start).Seconds()}
	if cmd.ProcessState != nil {
		s.User = cmd.ProcessState.UserTime().Seconds()
		s.Sys = cmd.ProcessState.SystemTime().Seconds()
	}
	s.Timed = out.between()
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return s, "", fmt.Errorf("stopped after %v", limit)
	}
	if err != nil {
		return s, "", reason(err, out.text.String(), errs.String())
	}
	return s, strings.ReplaceAll(out.text.String(), "\r\n", "\n"), nil
}

// reason is the last thing a failed process said, or how it ended.
func reason(err error, out, errs string) error {
	for _, said := range []string{errs, out} {
		lines := strings.Split(strings.TrimSpace(said), "\n")
		if last := strings.TrimSpace(lines[len(lines)-1]); last != "" {
			return errors.New(clip(last))
		}
	}
	return err
}

// clip keeps a message to one line of a table's foot.
func clip(text string) string {
	const most = 160
	text = strings.ReplaceAll(strings.TrimSpace(text), "\n", " | ")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// marker keeps what a process prints and when the marks arrived, without them.
type marker struct {
	text       bytes.Buffer
	rest       []byte
	start, end time.Time
	// together is set when both came in one piece: the engine holds its output
	// back, and the times of arrival tell nothing.
	together bool
}

func (m *marker) Write(data []byte) (int, error) { return m.writeAt(data, time.Now()) }

func (m *marker) writeAt(data []byte, now time.Time) (int, error) {
	m.rest = append(m.rest, data...)
	started := false
	for {
		advance, line, _ := bufio.ScanLines(m.rest, false)
		if advance == 0 {
			break
		}
		switch string(line) {
		case startMark:
			m.start = now
			started = true
		case endMark:
			m.end = now
			m.together = started
		default:
			if err := m.keep(m.rest[:advance]); err != nil {
				return 0, err
			}
		}
		m.rest = m.rest[advance:]
	}
	if len(m.rest) > outputLimit {
		return 0, errTooMuch
	}
	return len(data), nil
}

var errTooMuch = fmt.Errorf("printed more than %d bytes", outputLimit)

func (m *marker) keep(data []byte) error {
	if m.text.Len()+len(data) > outputLimit {
		return errTooMuch
	}
	m.text.Write(data)
	return nil
}

// between is the time in seconds between the marks, 0 when it is not known.
func (m *marker) between() float64 {
	if m.start.IsZero() || m.end.IsZero() || m.together {
		return 0
	}
	return m.end.Sub(m.start).Seconds()
}

// limited passes on so many bytes and drops the rest.
type limited struct {
	to   io.Writer
	left int
}

func (l *limited) Write(data []byte) (int, error) {
	n := min(len(data), l.left)
	l.left -= n
	if _, err := l.to.Write(data[:n]); err != nil {
		return 0, err
	}
	return len(data), nil
}

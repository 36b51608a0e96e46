package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/pflag"

	"qpy"
	"qpy/cmd/qpy/internal/eventlog"
)

// logFlags are --record and --replay.
type logFlags struct {
	record, replay string
	set            *pflag.FlagSet
}

func (f *logFlags) register(set *pflag.FlagSet) {
	f.set = set
	set.StringVar(&f.record, "record", "", "write all that happens on the device to `FILE`: device time, source, what")
	set.StringVar(&f.replay, "replay", "", "compare all that happens with what --record has written to `FILE`")
}

// events is the log that a run writes or is compared with; the zero value is
// none.
type events struct {
	file   *os.File
	writer *eventlog.Writer
	reader *eventlog.Reader
}

// open gets the log ready, and tells the config of it. A replay takes the clock
// from the record.
func (f *logFlags) open(c *qpy.Config, script string) (*events, error) {
	for _, flag := range [...]struct{ name, path string }{{"record", f.record}, {"replay", f.replay}} {
		if flag.path == "" && f.set.Changed(flag.name) {
			return nil, fmt.Errorf("--%s is empty: name a file, or leave the flag out", flag.name)
		}
	}
	switch {
	case f.record != "" && f.replay != "":
		return nil, errors.New("--record and --replay: a run is written down or compared, choose one of the two")
	case f.record != "":
		return f.openRecord(c, script)
	case f.replay != "":
		return f.openReplay(c)
	}
	return &events{}, nil
}

func (f *logFlags) openRecord(c *qpy.Config, script string) (*events, error) {
	file, err := os.Create(f.record)
	if err != nil {
		return nil, fmt.Errorf("--record %w", err)
	}
	if c.Start.IsZero() {
		c.Start = eventlog.Now()
	}
	w := eventlog.NewWriter(file, eventlog.Head{Start: c.Start, Virtual: c.Fast, Script: filepath.Base(script)})
	c.Trace = w.Trace
	return &events{file: file, writer: w}, nil
}

func (f *logFlags) openReplay(c *qpy.Config) (*events, error) {
	file, err := os.Open(f.replay)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("--replay %s: no such file", f.replay)
	}
	if err != nil {
		return nil, fmt.Errorf("--replay %w", err)
	}
	r, err := eventlog.NewReader(filepath.Base(f.replay), file)
	if err == nil && !r.Head().Virtual {
		err = errors.New("it was recorded in real time, which is never the same twice; record with --fast")
	}
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("--replay %s: %w", f.replay, err)
	}
	c.Fast, c.Start, c.Trace = true, r.Head().Start, r.Trace
	return &events{file: file, reader: r}, nil
}

// finish ends the log: the error is that it could not be written, or how the
// run differs from the record.
func (e *events) finish(notes io.Writer) error {
	switch {
	case e.writer != nil:
		return e.close()
	case e.reader != nil:
		if err := e.reader.Finish(); err != nil {
			return fmt.Errorf("replay: %w", err)
		}
		fmt.Fprintf(notes, "qpy: replay: %d events, no difference\n", e.reader.Events())
	}
	return nil
}

// close writes out what is left, also of a run that failed, and lets go of the
// file, once.
func (e *events) close() error {
	if e.file == nil {
		return nil
	}
	var err error
	if e.writer != nil {
		err = e.writer.Flush()
	}
	err = errors.Join(err, e.file.Close())
	e.file = nil
	return err
}

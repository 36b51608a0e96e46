package main

import (
	"fmt"
	"io"
	"os"

	"golang.org/x/term"
)

// longWork is how many bytes are worth telling how far the work is.
const longWork = 8 << 20

// progress tells on a terminal how much of some work on bytes is done. On what
// is no terminal, and for work that is done at once, it says nothing. A nil
// progress does nothing.
type progress struct {
	out         io.Writer
	what        string
	total, done int64
	shown       int64 // percent; -1 is none yet
}

func newProgress(out io.Writer, what string, total int64) *progress {
	file, ok := out.(*os.File)
	if !ok || total < longWork || !term.IsTerminal(int(file.Fd())) {
		return nil
	}
	return &progress{out: out, what: what, total: total, shown: -1}
}

// reader moves the progress as r is read.
func (p *progress) reader(r io.Reader) io.Reader {
	if p == nil {
		return r
	}
	return io.TeeReader(r, p)
}

// Write counts bytes.
func (p *progress) Write(b []byte) (int, error) {
	p.set(int(p.done) + len(b))
	return len(b), nil
}

// set says that so many bytes are done.
func (p *progress) set(done int) {
	if p == nil {
		return
	}
	p.done = int64(done)
	if percent := 100 * min(p.done, p.total) / p.total; percent != p.shown {
		p.shown = percent
		fmt.Fprintf(p.out, "\r%s: %d%% of %d MiB", p.what, percent, p.total>>20)
	}
}

// end takes the line away. Ending it again does nothing.
func (p *progress) end() {
	if p != nil && p.shown >= 0 {
		p.shown = -1
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}

package main

import (
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// longWork is how many bytes are worth a progress bar.
const longWork = 8 << 20

// progress is a progress bar for work on bytes. On what is no terminal, and for
// work that is done at once, it shows nothing. A nil progress does nothing.
type progress struct{ bar *progressbar.ProgressBar }

func newProgress(out io.Writer, what string, total int64) *progress {
	file, ok := out.(*os.File)
	if !ok || total < longWork || !term.IsTerminal(int(file.Fd())) {
		return nil
	}
	return &progress{progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(file), progressbar.OptionSetDescription(what),
		progressbar.OptionShowBytes(true), progressbar.OptionClearOnFinish(), progressbar.OptionFullWidth())}
}

// reader moves the bar as r is read.
func (p *progress) reader(r io.Reader) io.Reader {
	if p == nil {
		return r
	}
	return io.TeeReader(r, p.bar)
}

// set moves the bar to so many bytes.
func (p *progress) set(done int) {
	if p != nil {
		_ = p.bar.Set(done)
	}
}

// end takes the bar away. Ending it again does nothing.
func (p *progress) end() {
	if p != nil {
		_ = p.bar.Finish()
	}
}

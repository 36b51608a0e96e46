package qpy

import (
	"bytes"
	"io"
)

// maxLine is the most of a line that a scenario and a trace get to see at once:
// a script that never ends its line must not fill the memory.
const maxLine = 64 << 10

// console is the way of a script's output to the outside. The scenario and the
// trace hear of each line of it, once it is complete.
type console struct {
	b    *Board
	to   io.Writer
	line []byte
}

// console makes the way to a writer; nil drops what comes.
func (b *Board) console(to io.Writer) io.Writer {
	if to == nil {
		to = io.Discard
	}
	if b.config.Trace == nil && b.config.Scenario == nil {
		return to
	}
	return &console{b: b, to: to}
}

// Write implements io.Writer. It may not return: what a line brings about can
// be the end of the run.
func (c *console) Write(p []byte) (int, error) {
	n, err := c.to.Write(p)
	for rest := p; len(rest) > 0; {
		part, after, ended := bytes.Cut(rest, []byte("\n"))
		rest = after
		c.line = append(c.line, part...)
		for len(c.line) > maxLine {
			c.tell(maxLine)
		}
		if ended {
			c.tell(len(c.line))
		}
	}
	return n, err
}

// tell hands over the first n bytes of the line.
func (c *console) tell(n int) {
	text := string(bytes.TrimSuffix(c.line[:n], []byte("\r")))
	c.line = append(c.line[:0], c.line[n:]...)
	c.b.trace("console", text)
	c.b.world.Line(text)
}

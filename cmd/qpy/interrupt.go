package main

import (
	"context"
	"os"
	"os/signal"
	"sync"
)

// interruptible is a context that the first Ctrl-C ends; the second one ends qpy
// itself. It listens from the time when somebody first waits for its end, which
// a [qpy.Board] does when the script has run for a while: many a script has ended
// before, and making Go listen is a fifth of its run. Until then Ctrl-C ends qpy,
// as it would any program.
type interruptible struct {
	context.Context // the parent, until somebody listens
	listen          sync.Once
	cancel          context.CancelFunc
}

// stop ends the context.
func (c *interruptible) stop() {
	if c.cancel != nil {
		c.cancel()
	}
}

// Done implements context.Context.
func (c *interruptible) Done() <-chan struct{} {
	c.listen.Do(func() {
		c.Context, c.cancel = context.WithCancel(c.Context)
		pressed, ignore := signal.NotifyContext(c.Context, os.Interrupt)
		context.AfterFunc(pressed, func() {
			ignore()
			c.cancel()
		})
	})
	return c.Context.Done()
}

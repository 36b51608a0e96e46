package main

import (
	"context"
	"os"
	"os/signal"
	"time"
)

// listenAfter is how old a run is when qpy begins to listen for Ctrl-C. Many a
// script has ended before, and making Go listen is a fifth of its run. Until
// then Ctrl-C ends qpy, as it would any program.
const listenAfter = time.Millisecond

// interruptible gives a context that the first Ctrl-C ends; the second one ends
// qpy itself. stop lets go of the signal.
func interruptible(parent context.Context) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancel(parent)
	listen := time.AfterFunc(listenAfter, func() {
		pressed, ignore := signal.NotifyContext(ctx, os.Interrupt)
		<-pressed.Done()
		ignore()
		cancel()
	})
	return ctx, func() {
		listen.Stop()
		cancel()
	}
}

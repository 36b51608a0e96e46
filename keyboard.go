package qpy

import (
	"io"
	"os"
)

// keyboard is what a script reads, in such a way that Ctrl-C ends the wait for it.
// Meanwhile the device stands still, as it did not wait for anything: so it does
// not show how fast somebody types.
type keyboard struct {
	from    io.Reader
	kind    kind                             // of from, once it was read
	await   func(done <-chan struct{}) error // of the device of this boot
	reading *reading                         // that an interrupted call has left
}

// kind tells whether a reader may wait for what comes.
type kind int

const (
	unknown kind = iota
	ready
	waits
)

// reading is a call of the reader on a goroutine of its own.
type reading struct {
	buf  []byte // what has come
	err  error
	done chan struct{}
}

// stdin is what the scripts of all boots read, on a device that waits with await.
func (b *Board) stdin(await func(done <-chan struct{}) error) io.Reader {
	from := b.config.Stdin
	if from == nil {
		return nil
	}
	if b.keys == nil {
		b.keys = &keyboard{from: from}
	}
	b.keys.await = await
	return b.keys
}

func kindOf(r io.Reader) kind {
	switch r := r.(type) {
	case interface{ Len() int }: // bytes and strings in memory
		return ready
	case *os.File:
		if info, err := r.Stat(); err == nil && info.Mode().IsRegular() {
			return ready
		}
	}
	return waits
}

// Read implements io.Reader. What the reader gives after the wait was interrupted
// is for the next call.
func (k *keyboard) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if k.kind == unknown {
		k.kind = kindOf(k.from)
	}
	if k.kind == ready {
		return k.from.Read(p)
	}
	if k.reading == nil {
		r := &reading{buf: make([]byte, len(p)), done: make(chan struct{})}
		k.reading = r
		go func() {
			defer close(r.done)
			var n int
			n, r.err = k.from.Read(r.buf)
			r.buf = r.buf[:n]
		}()
	}
	r := k.reading
	if err := k.await(r.done); err != nil {
		return 0, err
	}
	n := copy(p, r.buf)
	if r.buf = r.buf[n:]; len(r.buf) > 0 {
		return n, nil
	}
	k.reading = nil
	return n, r.err
}

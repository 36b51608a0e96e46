package fuzz

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// Oracle runs programs with the unix port of MicroPython 1.13.
type Oracle struct {
	Path string // of the executable
	Dir  string // an empty folder for the program
}

// oracleTime is how long a program may take there.
const oracleTime = 2 * time.Second

// Run runs a program. Stopped says that it ran out of time or crashed.
func (o Oracle) Run(src string) (Result, error) {
	if err := os.WriteFile(filepath.Join(o.Dir, Name), []byte(src), 0o600); err != nil {
		return Result{}, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), oracleTime)
	defer cancel()
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, o.Path, "-X", "heapsize=8m", Name)
	cmd.Dir, cmd.Stdout, cmd.Stderr = o.Dir, &stdout, &stderr
	cmd.Env = []string{"MICROPYPATH="}
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return Result{}, fmt.Errorf("fuzz: %s: %w", o.Path, err)
	}
	return Result{Out: stdout.String(), Err: stderr.String(), Stopped: ctx.Err() != nil || exit != nil && exit.ExitCode() < 0}, nil
}

// Steady tells whether a program gives the same result each time. Where the
// system places memory at random, some do not: they print what hash gives for
// an object, or the order of a set of tuples.
func (o Oracle) Steady(src string, first Result) (bool, error) {
	for range 6 {
		r, err := o.Run(src)
		if err != nil {
			return false, err
		}
		if same, decided := Same(first, r); !same || !decided {
			return false, nil
		}
	}
	return true, nil
}

// job is what a worker is asked for.
type job struct {
	Source string
	Limits Limits
}

// Worker is a process that runs programs with another build of the engine.
type Worker struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	enc *gob.Encoder
	dec *gob.Decoder
}

// StartWorker builds the package below with the tags and starts it.
func StartWorker(dir, tags string) (*Worker, error) {
	path := filepath.Join(dir, "worker")
	if out, err := exec.Command("go", "build", "-tags", tags, "-o", path, "qpy/tests/fuzz/worker").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("fuzz: build of the worker: %w\n%s", err, out)
	}
	w := &Worker{cmd: exec.Command(path)}
	w.cmd.Stderr = os.Stderr
	in, err := w.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := w.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	w.in, w.enc, w.dec = in, gob.NewEncoder(in), gob.NewDecoder(out)
	return w, w.cmd.Start()
}

// Run runs a program there. An error means that the process ended: a panic.
func (w *Worker) Run(src string, l Limits) (Result, error) {
	var r Result
	if err := w.enc.Encode(job{src, l}); err != nil {
		return r, fmt.Errorf("fuzz: worker: %w", err)
	}
	if err := w.dec.Decode(&r); err != nil {
		return r, fmt.Errorf("fuzz: worker: %w", err)
	}
	return r, nil
}

// Close ends the process.
func (w *Worker) Close() error {
	_ = w.in.Close()
	return w.cmd.Wait()
}

// Serve is the other side of Worker: it runs what it reads until in ends.
func Serve(in io.Reader, out io.Writer) error {
	dec, enc := gob.NewDecoder(in), gob.NewEncoder(out)
	for {
		var j job
		if err := dec.Decode(&j); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if err := enc.Encode(Run(j.Source, j.Limits, nil)); err != nil {
			return err
		}
	}
}

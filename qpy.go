// Package qpy is a Quectel cellular module in a Go program: it runs QuecPython
// scripts on a virtual device, as the module would.
//
// A Config becomes a Board, and a Board runs one script from power-on to the
// end, a restart or a power-down:
//
//	board, err := qpy.New(qpy.Config{Fast: true, Stdout: os.Stdout, Stderr: os.Stderr})
//	if err != nil { … }
//	defer board.Close()
//	result, err := board.Run(ctx, qpy.Script{Name: "main.py", Source: src})
//
// A process can hold any number of boards at once; they share nothing.
package qpy

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
	"time"

	"qpy/device"
	"qpy/device/firmware"
	"qpy/device/kernel"
	"qpy/device/network"
	"qpy/device/power"
	"qpy/modules"
	"qpy/modules/board"
	"qpy/python"
)

// NetMode says which network a board is connected to.
type NetMode string

// The networks: Virtual answers from a folder or from the built-in site and
// reaches nothing outside; Host is the real network of the PC.
const (
	Virtual NetMode = "virtual"
	Host    NetMode = "host"
)

// FixedStart is the start of the clock where transcripts must not depend on
// the day: 2024-01-01 00:00:00 UTC.
var FixedStart = time.Date(2024, time.January, 1, 0, 0, 0, 0, time.UTC)

// Put is a file of the PC that is copied to the device's flash before the
// script starts.
type Put struct {
	Host   string // path on the PC
	Device string // absolute path on the device, for example "/usr/main.py"
}

// Config says what device a Board is. The zero value is the generic model with
// flash in memory, the built-in site, real time and no output.
type Config struct {
	Device   string  // name of the model; "" is "generic"
	FlashDir string  // folder of the PC behind the flash; "" keeps it in memory
	Puts     []Put   // files to copy to the flash first
	SiteDir  string  // folder of the virtual network's hosts; "" is the built-in site
	Net      NetMode // "" is Virtual
	// AllowHosts are the only hosts of the real network that Host may reach,
	// each HOST[:PORT]; empty allows all. Hosts with a folder in SiteDir stay
	// virtual.
	AllowHosts []string
	APNs       []string // access points that the operator knows; empty accepts any
	// Network, when not nil, changes what the fields above make of the network:
	// the link's behaviour, the faults of hosts, whom HTTPS trusts.
	Network func(*network.Options)

	Fast   bool      // virtual time: waiting costs nothing
	Start  time.Time // real-time clock at power-on, UTC; zero is the PC's now
	Seed   int64     // seed of every random choice
	Strict bool      // refuse upgrade packages of an unknown format
	Heap   int64     // bytes that the script's objects may take; 0 is 64 MiB

	Stdout io.Writer // what the script prints; nil drops it
	Stderr io.Writer // the script's stderr; nil drops it
	Stdin  io.Reader // what the script reads; nil is empty
	Notes  io.Writer // qpy's own remarks, each a line that starts with "qpy: "; nil is Stderr
}

// Script is a program for the board.
type Script struct {
	Name   string   // file name in tracebacks
	Source []byte   // MicroPython source, UTF-8
	Args   []string // usys.argv after the name
	// Before is run first in the same module, silently part of the script: the
	// documentation runner puts there what an example expects to be defined.
	Before []byte
}

// Ending says how a run ended.
type Ending string

// The endings of a run.
const (
	Finished    Ending = "finished"    // the last line ran and nothing was pending any more
	Exited      Ending = "exit"        // usys.exit
	Failed      Ending = "exception"   // an uncaught exception, a syntax error included
	Restarted   Ending = "restart"     // the device restarts
	PoweredDown Ending = "power-down"  // the device is off
	Stuck       Ending = "deadlock"    // everything waits for ever
	Interrupted Ending = "interrupted" // stopped from outside
)

// Result is what came of a run.
type Result struct {
	Ending Ending
	Code   int             // exit code for a command: the script's own, 1 after an exception
	Time   time.Duration   // device time from power-on to the end
	Boot   firmware.Report // what the boot loader did after a restart
}

// Board is one device with its interpreter. It is for one goroutine; Interrupt
// may come from any.
type Board struct {
	config Config
	dev    *device.Device
	notes  io.Writer
	used   bool
}

// New makes a board and puts its files in place. The error names what in the
// config is wrong.
func New(c Config) (*Board, error) {
	b := &Board{config: c, notes: c.Notes}
	if b.notes == nil {
		b.notes = c.Stderr
	}
	if b.notes == nil {
		b.notes = io.Discard
	}
	start := c.Start
	if start.IsZero() {
		start = time.Now().UTC()
	}
	dev, err := device.New(device.Config{
		Model: c.Device, FlashDir: c.FlashDir, SiteDir: c.SiteDir, HostNetwork: c.Net == Host, AllowHosts: c.AllowHosts, APNs: c.APNs, Network: c.Network,
		Real: !c.Fast, Start: start, Seed: c.Seed, Strict: c.Strict, Note: b.note,
	})
	if err != nil {
		return nil, err
	}
	b.dev = dev
	for _, p := range c.Puts {
		if err := b.put(p); err != nil {
			dev.Close()
			return nil, err
		}
	}
	return b, nil
}

// Close lets go of the flash folder and the network.
func (b *Board) Close() error { return b.dev.Close() }

// note writes one of qpy's own remarks.
func (b *Board) note(text string) { fmt.Fprintf(b.notes, "qpy: %s\n", text) }

func (b *Board) put(p Put) error {
	src, err := os.Open(p.Host)
	if err != nil {
		return fmt.Errorf("put %s: %w", p.Host, err)
	}
	defer src.Close()
	if info, err := src.Stat(); err == nil && info.IsDir() {
		return fmt.Errorf("put %s: it is a folder; put its files one by one", p.Host)
	}
	files := board.NewFiles(b.dev.Flash)
	if err := files.MkdirAll(path.Dir(p.Device)); err != nil {
		return fmt.Errorf("put %s on the device as %s: %w", p.Host, p.Device, err)
	}
	dst, err := files.Open(p.Device, "w")
	if err != nil {
		return fmt.Errorf("put %s on the device as %s: %w", p.Host, p.Device, err)
	}
	if _, err = io.Copy(dst, src); err == nil {
		err = dst.Close()
	} else {
		dst.Close()
	}
	if err != nil {
		return fmt.Errorf("put %s on the device as %s: %w", p.Host, p.Device, err)
	}
	return nil
}

// Run runs the script from power-on until nothing is pending any more: after
// its last line threads and downloads go on, as on a module. A cancelled ctx
// is Ctrl-C: the script gets a KeyboardInterrupt. The error is for what is not
// the script's own: its exceptions are in the Result. A Board runs once.
func (b *Board) Run(ctx context.Context, s Script) (Result, error) {
	if b.used {
		return Result{}, errors.New("qpy: a board runs one script; make a new one for the next")
	}
	b.used = true
	for _, src := range [][]byte{s.Before, s.Source} {
		if _, err := python.NormalizeSource(s.Name, src); err != nil {
			b.note(err.Error())
			return Result{Ending: Failed, Code: 1}, nil
		}
	}
	native := &board.Board{Dev: b.dev, Files: board.NewFiles(b.dev.Flash), Zone: board.DefaultZone, Seed: b.config.Seed}
	in, err := python.New(python.Options{
		Stdout: b.config.Stdout, Stderr: b.config.Stderr, Stdin: b.config.Stdin,
		Files: native.Files, Argv: append([]string{s.Name}, s.Args...), Aliases: modules.Aliases, Host: native,
		Language: native.Language(b.config.Heap), Turn: native.TurnPoints, Local: native.TaskLocal,
	})
	if err != nil {
		return Result{}, err
	}
	defer in.Close()
	native.Py = in

	var uncaught error
	runErr := b.dev.Kernel.Run(ctx, func(*kernel.Task) {
		if len(s.Before) > 0 {
			if uncaught = in.RunMain(s.Name, s.Before); uncaught != nil {
				return
			}
		}
		if uncaught = in.RunMain(s.Name, s.Source); uncaught != nil {
			native.Uncaught(uncaught)
		}
		if err := in.RunAtExit(); err != nil {
			native.Uncaught(err)
		}
	})
	return b.result(uncaught, runErr)
}

// result puts together how the script and how the device ended.
func (b *Board) result(uncaught, runErr error) (Result, error) {
	r := Result{Ending: Finished, Time: b.dev.Kernel.Now()}
	var restart power.Restart
	var down power.Down
	var stuck *kernel.Deadlock
	var bug *kernel.Panic
	switch {
	case errors.As(runErr, &restart):
		r.Ending = Restarted
		report, err := b.dev.Boot()
		r.Boot = report
		b.note("the device restarts: " + restart.Error())
		if err != nil {
			return r, err
		}
		b.note("boot loader: " + report.String())
		return r, nil
	case errors.As(runErr, &down):
		r.Ending = PoweredDown
		b.note("the device powers down")
		return r, nil
	case errors.As(runErr, &bug):
		return r, bug
	case errors.As(runErr, &stuck):
		r.Ending, r.Code = Stuck, 1
		b.note(stuck.Error())
		return r, nil
	case runErr != nil && errors.Is(runErr, context.Canceled):
		r.Ending, r.Code = Interrupted, 1
		return r, nil
	case runErr != nil:
		return r, runErr
	}
	if uncaught != nil {
		if code, ok := python.Exit(uncaught); ok {
			r.Ending, r.Code = Exited, code
		} else {
			r.Ending, r.Code = Failed, 1
		}
	}
	return r, nil
}

// ParsePut reads HOST:DEVICE, the last colon parting the two, so that a
// Windows path may hold one.
func ParsePut(text string) (Put, error) {
	i := strings.LastIndex(text, ":/")
	if i <= 0 || i+2 >= len(text) {
		return Put{}, fmt.Errorf("%q is not HOST:DEVICE: give a file of the PC and an absolute path on the device, for example app.py:/usr/main.py", text)
	}
	return Put{Host: text[:i], Device: text[i+1:]}, nil
}

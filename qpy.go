// Package qpy is a Quectel cellular module in a Go program: it runs QuecPython
// scripts on a virtual device, as the module would.
//
// A Config becomes a Board, and a Board runs one script from power-on to the
// end, a restart or a power-down, or, when more boots are asked for, beyond:
//
//	board, err := qpy.New(qpy.Config{Fast: true, Stdout: os.Stdout, Stderr: os.Stderr})
//	if err != nil { … }
//	defer board.Close()
//	result, err := board.Run(ctx, qpy.Script{Name: "main.py", Source: src})
//
// A process can hold any number of boards at once; they share nothing.
package qpy

import (
	"crypto/ed25519"
	"crypto/x509"
	"io"
	"time"

	"qpy/device/firmware"
	"qpy/device/network"
	"qpy/device/scenario"
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
func FixedStart() time.Time { return time.Date(2024, time.January, 1, 0, 0, 0, 0, time.UTC) }

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
	// RootCAs are whom HTTPS on the real network trusts; nil trusts whom the PC
	// trusts.
	RootCAs *x509.CertPool
	APNs    []string // access points that the operator knows; empty accepts any
	// Network, when not nil, changes what the fields above make of the network:
	// the link's behaviour, the faults of hosts, whom HTTPS trusts.
	Network func(*network.Options)

	Fast   bool      // virtual time: waiting costs nothing
	Start  time.Time // real-time clock at power-on, UTC; zero is the PC's now
	Seed   int64     // seed of every random choice
	Strict bool      // refuse upgrade packages of an unknown format
	// PublicKey, when not nil, makes the device take only upgrade packages that
	// the owner of this key has signed.
	PublicKey ed25519.PublicKey
	// Optimise is the level at which source is compiled, 0 to 3, as
	// micropython.opt_level sets it: from 1 on without assert statements, at 3
	// without line numbers.
	Optimise int
	Heap     int64 // bytes that the script's objects may take; 0 is 64 MiB
	// Reclaim, when not nil, is python.Options.Reclaim of the script.
	Reclaim func() int64
	Boots   int // how often the device boots in one run at most, restarts included; 0 is once

	// Scenario is what happens around the device; see package scenario. Its
	// sections on the device, the files and the site count only where the fields
	// above say nothing ([Config.WithScenario]); the rest of it always counts.
	Scenario *scenario.Scenario

	// Trace hears of all that happens in a run, in order: the device time, who
	// (a task, "event", "console", "qpy", "boot", "kernel"), and what, in one
	// line. Two runs of the same program in virtual time differ in nothing. nil
	// costs nothing.
	Trace func(at time.Duration, source, what string)

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
	PowerCut    Ending = "power-cut"   // the supply was taken away
)

// Result is what came of a run: of its last boot.
type Result struct {
	Ending Ending
	Code   int             // exit code for a command: the script's own, 1 after an exception
	Time   time.Duration   // device time from the first power-on to the end
	Boots  int             // how often the device has booted
	Boot   firmware.Report // what the boot loader did after the restart that ended the run
}

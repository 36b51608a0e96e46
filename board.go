package qpy

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"time"

	"qpy/device"
	"qpy/device/flash"
	"qpy/device/flash/chip"
	"qpy/device/kernel"
	"qpy/device/network"
	"qpy/device/power"
	"qpy/device/scenario"
	"qpy/modules"
	"qpy/modules/board"
	"qpy/python"
)

// mainScript is what a module runs when it boots (quecpython.c).
const mainScript = "/usr/main.py"

// Board is one device with its interpreter. It is for one goroutine; Interrupt
// may come from any.
type Board struct {
	config Config
	start  time.Time // of the clock, at device time 0
	notes  io.Writer
	world  *scenario.Player
	boot   int            // number of this boot, from 1
	begin  time.Duration  // device time at which it began
	dev    *device.Device // of this boot; nil when its boot loader did not come through
	flash  *flash.Flash   // its flash, once it is opened
	keys   *keyboard      // that the scripts read
	lock   *flash.Lock    // of the flash folder, over all boots; nil without one
	used   bool
}

// uneventful is the scenario in which nothing happens. Playing one changes nothing
// in it.
var uneventful scenario.Scenario

// New makes a board and puts its files in place. The error names what in the
// config is wrong.
func New(c Config) (*Board, error) {
	b := &Board{config: c, start: c.Start, notes: c.Notes, boot: 1}
	if b.notes == nil {
		b.notes = c.Stderr
	}
	if b.notes == nil {
		b.notes = io.Discard
	}
	if b.start.IsZero() {
		b.start = time.Now().UTC()
	}
	s := c.Scenario
	if s == nil {
		s = &uneventful
	}
	b.world = s.Play(b.note)
	if err := b.setUp(); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

// setUp switches the device on for the first time, with its files in place.
func (b *Board) setUp() (err error) {
	if dir := b.config.FlashDir; dir != "" {
		if b.lock, err = flash.LockFolder(dir); err != nil {
			return err
		}
	}
	if err := b.powerOn(0, nil); err != nil {
		return err
	}
	for _, p := range b.config.Puts {
		if err := b.put(p); err != nil {
			return err
		}
	}
	return nil
}

// powerOn switches the device on, up to the end of its boot loader. memory is
// the flash that the device before it has left, nil for a new one or a folder.
func (b *Board) powerOn(at time.Duration, memory *flash.Memory) (err error) {
	c := &b.config
	b.begin = at
	b.dev, err = device.New(device.Config{
		Model: c.Device, FlashDir: c.FlashDir, SiteDir: c.SiteDir, HostNetwork: c.Net == Host, AllowHosts: c.AllowHosts, APNs: c.APNs,
		Real: !c.Fast, Start: b.start, Seed: c.Seed, Strict: c.Strict, PublicKey: c.PublicKey, Note: b.note,
		Begin: at, Boot: b.boot - 1, Memory: memory, Trace: c.Trace, Flash: b.world.Flash(), FlashLock: b.lock,
		Opened: func(f *flash.Flash) {
			b.flash = f
			b.world.Opened(f)
		},
		Network: func(o *network.Options) {
			o.RootCAs = c.RootCAs
			if c.Network != nil {
				c.Network(o)
			}
			b.world.Network(o)
		},
	})
	return err
}

// Close lets go of the flash folder and the network.
func (b *Board) Close() error { return errors.Join(b.closeDevice(), b.lock.Release()) }

// closeDevice lets go of the device of this boot.
func (b *Board) closeDevice() error {
	if b.dev == nil {
		return nil
	}
	err := b.dev.Close()
	b.dev = nil
	if errors.Is(err, chip.ErrPowerCut) {
		return nil // open files of a device without power are lost, as they are to be
	}
	return err
}

// note writes one of qpy's own remarks.
func (b *Board) note(text string) {
	b.trace("qpy", text)
	fmt.Fprintf(b.notes, "qpy: %s\n", text)
}

func (b *Board) trace(source, what string) {
	if b.config.Trace != nil {
		b.config.Trace(b.now(), source, what)
	}
}

// now is the device time.
func (b *Board) now() time.Duration {
	if b.dev == nil {
		return b.begin
	}
	return b.dev.Kernel.Now()
}

// Run runs the script from power-on until nothing is pending any more: after
// its last line threads and downloads go on, as on a module. A device that
// restarts boots again, as often as Config.Boots allows: it runs /usr/main.py
// then, or the script again if there is none. A cancelled ctx is Ctrl-C: the
// script gets a KeyboardInterrupt. The error is for what is not the script's
// own: its exceptions are in the Result. A Board runs once.
func (b *Board) Run(ctx context.Context, s Script) (Result, error) {
	if b.used {
		return Result{}, errors.New("qpy: a board runs one script; make a new one for the next")
	}
	b.used = true
	defer b.world.Close()
	if ok := b.readable(s); !ok {
		return Result{Ending: Failed, Code: 1, Boots: 1}, nil
	}
	for this := s; ; this = b.bootScript(s) {
		if b.config.Boots > 1 {
			b.note(fmt.Sprintf("boot %d of %d at %v: %s", b.boot, b.config.Boots, b.now().Round(time.Millisecond), this.Name))
		}
		b.world.Attach(b.dev, b.boot)
		uncaught, end, err := b.run(ctx, this)
		b.world.Detach(end)
		if err != nil {
			return Result{}, err
		}
		b.tellEnd(end)
		again := false
		if ctx.Err() == nil {
			if end, again, err = b.bootAgain(end); err != nil {
				return Result{}, err
			}
		}
		if !again {
			return b.result(uncaught, end)
		}
	}
}

// readable checks that the texts of a script are texts; a note says what is
// wrong.
func (b *Board) readable(s Script) bool {
	for _, src := range [][]byte{s.Before, s.Source} {
		if _, err := python.NormalizeSource(s.Name, src); err != nil {
			b.note(err.Error())
			return false
		}
	}
	return true
}

// bootScript is what the device runs from the second boot on.
func (b *Board) bootScript(s Script) Script {
	source, err := b.dev.Flash().ReadFile(mainScript)
	if err != nil {
		return s
	}
	return Script{Name: path.Base(mainScript), Source: source}
}

// run runs a script on the device of this boot. uncaught is what it raised, end
// how the device ended.
func (b *Board) run(ctx context.Context, s Script) (uncaught, end, err error) {
	if b.boot > 1 && !b.readable(s) {
		return errors.New("the script is no text"), nil, nil
	}
	native := &board.Board{Dev: b.dev, Files: board.NewFiles(b.dev.Flash, b.dev.Note), Seed: b.config.Seed}
	in, err := python.New(python.Options{
		Stdout: b.console(b.config.Stdout), Stderr: b.console(b.config.Stderr), Stdin: b.stdin(native.Await),
		Files: native.Files, Argv: append([]string{s.Name}, s.Args...), Modules: modules.All, Alias: modules.Alias, Host: native,
		Language: native.Language(b.config.Heap), Optimise: b.config.Optimise, Turn: native.TurnPoints, Attention: b.dev.Kernel.Attention(), Poll: native.Poll, Local: native.TaskLocal,
		Reclaim: b.config.Reclaim,
	})
	if err != nil {
		return nil, nil, err
	}
	defer in.Close()
	native.Py = in
	end = b.dev.Kernel.Run(ctx, func(*kernel.Task) {
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
	return uncaught, end, nil
}

// bootAgain boots the device again if what ended its run is something that it
// comes back from. last is what has ended it in the end: the power can fail in
// the boot loader.
func (b *Board) bootAgain(end error) (last error, again bool, err error) {
	for b.boot < b.config.Boots {
		at, again := b.world.Next(end)
		if !again {
			return end, false, nil
		}
		memory, err := b.powerOff()
		if err != nil {
			return end, false, err
		}
		b.boot++
		err = b.powerOn(at, memory)
		if !errors.Is(err, chip.ErrPowerCut) {
			return end, err == nil, err
		}
		b.world.FlashCut()
		end = power.Cut{}
	}
	return end, false, nil
}

// powerOff takes the device away and gives what its flash has kept; nil when
// that is in a folder.
func (b *Board) powerOff() (*flash.Memory, error) {
	if b.dev != nil {
		b.dev.Flash() // one that nobody has used goes on as it was delivered
	}
	if err := b.closeDevice(); err != nil {
		return nil, err
	}
	if b.config.FlashDir != "" {
		return nil, nil
	}
	return b.flash.Memory(), nil
}

// tellEnd notes how the device ended.
func (b *Board) tellEnd(end error) {
	if end == nil {
		return
	}
	var restart power.Restart
	var down power.Down
	var stuck *kernel.Deadlock
	switch {
	case errors.As(end, &restart):
		b.note("the device restarts: " + restart.Error())
	case errors.As(end, &down) && down.Cause != "":
		b.note("the device powers down: " + down.Cause)
	case errors.As(end, &down):
		b.note("the device powers down")
	case errors.As(end, &stuck):
		b.note(stuck.Error())
	}
}

// result puts together how the script and how the device ended.
func (b *Board) result(uncaught, end error) (Result, error) {
	r := Result{Ending: Finished, Time: b.now(), Boots: b.boot}
	switch {
	case end != nil:
		err := b.endedBy(end, &r)
		return r, err
	case uncaught != nil:
		if code, ok := python.Exit(uncaught); ok {
			r.Ending, r.Code = Exited, code
		} else {
			r.Ending, r.Code = Failed, 1
		}
	}
	return r, nil
}

// endedBy is result for a device that something has ended.
func (b *Board) endedBy(end error, r *Result) error {
	var restart power.Restart
	var down power.Down
	var cut power.Cut
	var stuck *kernel.Deadlock
	switch {
	case errors.As(end, &restart):
		r.Ending = Restarted
		return b.lastBoot(r)
	case errors.As(end, &down):
		r.Ending = PoweredDown
	case errors.As(end, &cut):
		r.Ending = PowerCut
	case errors.As(end, &stuck):
		r.Ending, r.Code = Stuck, 1
	case errors.Is(end, context.Canceled):
		r.Ending, r.Code = Interrupted, 1
	default:
		return end
	}
	return nil
}

// lastBoot lets the boot loader run after a restart that ends the run, for its
// report.
func (b *Board) lastBoot(r *Result) (err error) {
	r.Boot, err = b.dev.Boot()
	if errors.Is(err, chip.ErrPowerCut) {
		b.world.FlashCut()
		r.Ending = PowerCut
		return nil
	}
	if err == nil {
		b.note("boot loader: " + r.Boot.String())
	}
	r.Time = b.now()
	return err
}

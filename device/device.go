// Package device is a virtual Quectel module: its parts, put together.
//
// A Device is one power-on to power-off. The parts that outlive it are in the
// flash: with a folder of the host behind it, the next Device finds what the
// last one left.
package device

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"time"

	"qpy/device/firmware"
	"qpy/device/flash"
	"qpy/device/flash/chip"
	"qpy/device/gpio"
	"qpy/device/kernel"
	"qpy/device/model"
	"qpy/device/network"
	"qpy/device/power"
	"qpy/device/rtc"
)

// Config says what device it is. The zero value is the generic model in
// virtual time, with its flash in memory and the built-in site.
type Config struct {
	Model       string            // name in the table of models; "" is the generic one
	FlashDir    string            // host folder behind the flash; "" keeps it in memory
	Memory      *flash.Memory     // content of a flash in memory, which outlives the device; nil is a new one
	SiteDir     string            // host folder of the virtual network's servers; "" is the built-in site
	HostNetwork bool              // hosts without a folder in SiteDir are the host's real network
	AllowHosts  []string          // HOST[:PORT]: the only hosts of the real network; empty allows all
	APNs        []string          // access points that the operator knows; empty accepts any
	Real        bool              // pace device time by the wall clock
	Start       time.Time         // real-time clock at power-on, UTC; see kernel.Options
	Seed        int64             // of every random choice
	Strict      bool              // refuse upgrade packages that are not in qpy's format
	PublicKey   ed25519.PublicKey // take only packages that this key's owner has signed; nil takes all
	Flash       Flash             // what is unlike the model's flash
	FlashLock   *flash.Lock       // of FlashDir; nil: the device has a lock of its own while it is on
	Note        func(string)      // hears qpy's own remarks, one line each; nil drops them

	// A device that boots again goes on at a later device time; see
	// kernel.Options for these and for Trace.
	Begin time.Duration
	Boot  int
	Trace func(at time.Duration, source, what string)

	// Opened hears of the flash before the boot loader does anything with it;
	// nil is nobody.
	Opened func(*flash.Flash)

	// Network changes what the fields above make of the network, for what has
	// no field: faults of hosts, the link's behaviour. nil changes nothing.
	Network func(*network.Options)
}

// Flash is what is unlike the flash in the table of models. The zero value is
// nothing.
type Flash struct {
	UsrBlocks, BakBlocks int          // erase blocks of /usr and /bak; 0 is the model's number
	Timing               chip.Timing  // how long operations take; zero takes no time
	Endurance            uint32       // erases that a block bears; 0 is any number
	Worn                 []flash.Worn // blocks that bear fewer
}

// Device is a virtual module that is switched on. Devices share nothing.
//
// What stands on the flash is made when the first of it is asked for, where the
// flash is a new one in memory that nothing is unlike the model's in: such a
// device comes from the factory, so nobody can tell when it was set up, and a
// script that never looks at its flash does not wait for that.
type Device struct {
	Model  *model.Model
	Kernel *kernel.Kernel
	Pins   *gpio.Bank

	parts   parts
	waiting bool      // the parts are yet to be made
	made    time.Time // what the clock showed at power-on, while they are; zero elsewhere
	config  Config
	net     network.Options
	busy    kernel.Queue // nobody wakes it
	closers []func() error
}

// parts are what of a device stands on its flash.
type parts struct {
	flash    *flash.Flash
	power    *power.Power
	clock    *rtc.Clock
	network  *network.Network
	firmware *firmware.Service
	storage  firmware.Storage
}

// New switches a device on: the boot loader has run, the script has not. A new
// flash holds a valid upgrade package as firmware.SamplePath. The error names
// what in the config, or in the flash folder, is wrong.
func New(c Config) (*Device, error) {
	m, err := model.Lookup(c.Model)
	if err != nil {
		return nil, err
	}
	d := &Device{Model: m, Pins: gpio.New(), config: c}
	d.Kernel = kernel.New(kernel.Options{Real: c.Real, Start: c.Start, Seed: c.Seed, Rate: m.Rate,
		Begin: c.Begin, Boot: c.Boot, Trace: c.Trace})
	if err := d.setNetwork(); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	if d.config.fromFactory() {
		d.made, d.waiting = d.Kernel.RTC(), true
		return d, nil
	}
	if err := d.build(); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// note is a remark of qpy's own. A device without power says nothing.
func (d *Device) note(text string) {
	if d.config.Note != nil && (!d.Used() || !d.parts.flash.Off()) {
		d.config.Note(text)
	}
}

// policy is which upgrade packages the device takes.
func (d *Device) policy() firmware.Policy {
	return firmware.Policy{Strict: d.config.Strict, PublicKey: d.config.PublicKey}
}

// fromFactory tells whether the device is as its model says, and was never used.
func (c *Config) fromFactory() bool {
	return c.FlashDir == "" && c.Memory == nil && reflect.ValueOf(c.Flash).IsZero()
}

// all gives what stands on the flash, making it if it waits to be asked for.
func (d *Device) all() *parts {
	if d.waiting {
		d.waiting = false
		if err := d.build(); err != nil {
			// No file of the user's is in it, and the tests make every model's.
			panic(fmt.Errorf("a new %s cannot be set up: %w", d.Model.Name, err))
		}
		d.made = time.Time{}
	}
	return &d.parts
}

// Used tells whether the device stands on its flash already: nothing that
// outlives it has changed before.
func (d *Device) Used() bool { return !d.waiting }

// Flash is the device's flash.
func (d *Device) Flash() *flash.Flash { return d.all().flash }

// Power is the device's supply.
func (d *Device) Power() *power.Power { return d.all().power }

// Clock is the device's real-time clock.
func (d *Device) Clock() *rtc.Clock { return d.all().clock }

// Network is the network that the device is in.
func (d *Device) Network() *network.Network { return d.all().network }

// Firmware is the device's upgrade.
func (d *Device) Firmware() *firmware.Service { return d.all().firmware }

func (d *Device) build() (err error) {
	c, m, p := &d.config, d.Model, &d.parts
	p.flash, err = flash.Open(flash.Options{
		Dir: c.FlashDir, Lock: c.FlashLock, Memory: c.Memory,
		Partitions: c.Flash.Partitions(m),
		Regions:    firmware.Regions(m),
		Now:        d.now,
		Timing:     c.Flash.Timing,
		Endurance:  c.Flash.Endurance,
		Worn:       c.Flash.Worn,
		Wait:       d.wait,
		OnCut:      func() { d.cutOff("the supply fails at flash operation " + strconv.FormatInt(p.flash.Ops(), 10)) },
	})
	if err != nil {
		return err
	}
	d.closers = append(d.closers, p.flash.Close)
	if c.Opened != nil {
		c.Opened(p.flash)
	}
	p.storage = firmware.StorageOn(p.flash)

	// An upgrade may wait that a device before this one has flagged.
	report, err := d.Boot()
	if err != nil {
		return err
	}
	if report.Remarkable() {
		d.note("boot loader: " + report.String())
	}
	if p.power, err = power.New(d.Kernel, p.storage.Records, m.Power.Battery, d.note); err != nil {
		return err
	}
	if p.clock, err = rtc.Open(p.storage.Records, d.Kernel.RTC); err != nil {
		return err
	}
	p.power.Off = p.flash.PowerOff
	if c.SiteDir == "" && !c.HostNetwork {
		d.net.Sites = append(d.net.Sites, firmware.SampleSite(m, report.To, func() ([]byte, error) {
			return firmware.Running(p.storage, m)
		}))
	}
	p.network = network.New(d.Kernel, d.net)
	d.closers = append(d.closers, func() error { p.network.Close(); return nil })
	p.firmware, err = firmware.New(firmware.Options{
		Kernel: d.Kernel, Network: p.network, Power: p.power, Model: m, Storage: p.storage, Note: d.note,
		Policy: d.policy(), Settle: p.flash.Settle, Busy: p.flash.Busy,
	})
	if err != nil {
		return err
	}
	if p.firmware.Fresh() {
		if err = d.putSample(); err == nil {
			err = p.firmware.Delivered()
		}
	}
	p.flash.Busy() // what the parts have noted for themselves takes no time
	return err
}

// Partitions are the file systems on a model's flash.
func (f Flash) Partitions(m *model.Model) []flash.Geometry {
	blocks := func(here, model int) int {
		if here > 0 {
			return here
		}
		return model
	}
	return []flash.Geometry{
		{Name: "usr", BlockSize: m.Flash.EraseBlock, Blocks: blocks(f.UsrBlocks, m.Flash.UsrBlocks)},
		{Name: "bak", BlockSize: m.Flash.EraseBlock, Blocks: blocks(f.BakBlocks, m.Flash.BakBlocks)},
	}
}

// setNetwork puts the network together: the model's link, the servers in a folder,
// and what of the real network may be reached.
func (d *Device) setNetwork() error {
	c, o := &d.config, &d.net
	o.Link = network.Link{Bandwidth: d.Model.Link.Bandwidth, Latency: d.Model.Link.Latency}
	o.Real, o.Note = c.HostNetwork, func(text string) { d.note("network: " + text) }
	for _, name := range c.APNs {
		o.Link.APNs = append(o.Link.APNs, network.APN{Name: name})
	}
	for _, text := range c.AllowHosts {
		allow, err := network.ParseAllow(text)
		if err != nil {
			return fmt.Errorf("allowed host %w", err)
		}
		o.Allow = append(o.Allow, allow)
	}
	if c.Network != nil {
		c.Network(o)
	}
	if err := o.Check(); err != nil {
		return fmt.Errorf("network: %w", err)
	}
	if c.SiteDir != "" {
		folder, err := network.OpenFolder(c.SiteDir)
		if err != nil {
			return err
		}
		d.closers = append(d.closers, folder.Close)
		o.Sites = append(o.Sites, folder)
	}
	return nil
}

// putSample puts the sample package on a new flash, unless the folder behind it
// brings a file of that name, or has no room for it.
func (d *Device) putSample() error {
	// One that is empty was begun before the power failed.
	if info, err := d.parts.flash.Stat(firmware.SamplePath); !errors.Is(err, flash.ENOENT) && (err != nil || info.Size > 0) {
		return err
	}
	sample, err := firmware.SampleFile(d.Model, d.parts.firmware.Version())
	if err != nil {
		return err
	}
	err = d.parts.flash.WriteFile(firmware.SamplePath, sample)
	if errors.Is(err, flash.ENOSPC) {
		d.note(fmt.Sprintf("there is no room for the sample package %s", firmware.SamplePath))
		return d.parts.flash.Remove(firmware.SamplePath)
	}
	return err
}

// Boot is the boot loader of the restart that ended the run, for its report.
// The device itself does not start again: New makes the one that does. It takes
// the time that the flash takes.
func (d *Device) Boot() (firmware.Report, error) {
	p := d.all()
	p.flash.Busy()
	report, err := firmware.Boot(p.storage, d.Model, d.policy())
	if busy := p.flash.Busy(); !report.Installed {
		d.Kernel.Pass(busy)
	}
	return report, err
}

// now is what the clock shows. A device that is set up late was so at power-on.
func (d *Device) now() time.Time {
	switch {
	case !d.made.IsZero():
		return d.made
	case d.parts.clock == nil:
		return d.Kernel.RTC()
	}
	return d.parts.clock.UTC()
}

// wait lets the running task wait for the flash; callbacks stay queued, as in
// any native call.
func (d *Device) wait(busy time.Duration) {
	if task := d.Kernel.Current(); task != nil {
		_, _ = task.Wait(&d.busy, busy, "the flash", kernel.HoldCallbacks)
	}
}

// cutOff ends the run without a word to anybody. While the device is built
// there is no run yet: its parts fail with chip.ErrPowerCut.
func (d *Device) cutOff(cause string) {
	if d.parts.power != nil {
		d.parts.power.CutOff(cause)
	}
}

// Note tells the user something that is qpy's own remark, in one line.
func (d *Device) Note(text string) { d.note(text) }

// Close gives back the host's folders. A device whose kernel runs must not be
// closed.
func (d *Device) Close() error {
	var err error
	for i := len(d.closers) - 1; i >= 0; i-- {
		err = errors.Join(err, d.closers[i]())
	}
	d.closers = nil
	return err
}

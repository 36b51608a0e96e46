// Package power is the module's power supply: restart, power-down, the reasons
// of both, which outlive them, the battery, the power key and the watchdog.
package power

import (
	"qpy/device/kernel"
	"qpy/device/nvram"
)

// OnReason is why the module was switched on, misc.Power.powerOnReason.
type OnReason int

// The reasons to switch on, from Quectel's misc document.
const (
	OnUnknown  OnReason = iota
	OnPowerKey          // PWRKEY
	OnReset             // RESET, a restart by software included
	OnVBAT              // supply connected
	OnRTC               // real-time clock's alarm
	OnWatchdog          // watchdog or an abnormal end
	OnVBUS              // USB connected
	OnCharging          // charger connected
	OnPSM               // wake from power-saving mode
	OnDump              // after a crash dump
)

// DownReason is why the module was switched off last, misc.Power.powerDownReason.
type DownReason int

// The reasons to switch off, from Quectel's misc document.
const (
	DownUnknown     DownReason = iota
	DownNormal                 // by software
	DownVoltageHigh            // supply voltage too high
	DownVoltageLow             // supply voltage too low
	DownTemperature            // too hot or too cold
	DownWatchdog               // watchdog
	DownVRTCLow                // voltage of the clock's supply too low
)

// Restart is the reason with which Kernel.Run ends when the module restarts.
type Restart struct {
	Cause string // what brought it about, in a few words
}

func (r Restart) Error() string { return r.Cause }

// Down is the reason with which Kernel.Run ends when the module is switched off.
type Down struct {
	Cause string // why, in a few words; "" when the script wants it
}

func (d Down) Error() string {
	if d.Cause == "" {
		return "power-down"
	}
	return d.Cause
}

// Cut is the reason with which Kernel.Run ends when the supply is taken away
// from a running module: nothing is written down, nothing is tidied up.
type Cut struct {
	Cause string // what brought it about, in a few words
}

func (c Cut) Error() string { return c.Cause }

// recordName is the non-volatile record of the reasons.
const recordName = "power.json"

// reasons is what the next boot will tell.
type reasons struct {
	On   OnReason   `json:"powerOnReason"`
	Down DownReason `json:"powerDownReason"`
}

// unannounced is what a boot tells that no restart and no power-down came
// before: somebody has pressed the key of a module that had no supply.
var unannounced = reasons{On: OnPowerKey, Down: DownUnknown}

// Power is the power supply of one device. Its methods are the kernel's: only
// the running task, an event or a callback may call them.
type Power struct {
	k        *kernel.Kernel
	system   nvram.Store
	now      reasons
	note     func(string)
	battery  battery
	watchdog watchdog
	key      func(KeyEvent)

	// Off, if not nil, is called before the device goes down, after the reason
	// is written down if there is one: what is in RAM is lost.
	Off func()
}

// New switches the device on. It takes the reasons that the last run left in
// system, the hidden area of the flash; battery is the supply's voltage in mV,
// see [Power.SetBattery]; note hears of a record that cannot be written later.
func New(k *kernel.Kernel, system nvram.Store, battery int, note func(string)) (*Power, error) {
	p := &Power{k: k, system: system, now: unannounced, note: note}
	p.SetBattery(Constant(battery), 0)
	if _, err := nvram.Load(system, recordName, &p.now); err != nil {
		return nil, err
	}
	return p, nvram.Save(system, recordName, unannounced)
}

// OnReason is why the device was switched on.
func (p *Power) OnReason() OnReason { return p.now.On }

// DownReason is why the device was switched off before that.
func (p *Power) DownReason() DownReason { return p.now.Down }

// SwitchedOnBy says what has switched the device on, when it is not what the
// last run announced: the supply that came back, the real-time clock. It is for
// the builder of the device, before its kernel runs.
func (p *Power) SwitchedOnBy(r OnReason) { p.now.On = r }

// Restart restarts the device for the script; see RestartFor.
func (p *Power) Restart() { p.RestartFor("Power.powerRestart()") }

// RestartFor restarts the device: Kernel.Run ends with a Restart of that cause.
// Called by a task it does not return.
func (p *Power) RestartFor(cause string) {
	p.leave(reasons{On: OnReset, Down: DownNormal})
	p.k.Halt(Restart{Cause: cause})
}

// Down switches the device off: Kernel.Run ends with a Down. Called by a task
// it does not return.
func (p *Power) Down() {
	p.leave(reasons{On: OnPowerKey, Down: DownNormal})
	p.k.Halt(Down{})
}

// CutOff takes the supply away: Kernel.Run ends with a Cut of that cause. What
// the flash has not got by then is lost. Called by a task it does not return.
func (p *Power) CutOff(cause string) {
	if p.Off != nil {
		p.Off()
	}
	p.k.Halt(Cut{Cause: cause})
}

// leave writes the reasons down for the next boot. A module goes down in any
// case: a record that cannot be written is only told.
func (p *Power) leave(next reasons) {
	if err := nvram.Save(p.system, recordName, next); err != nil && p.note != nil {
		p.note("the reason of this restart is lost: " + err.Error())
	}
	if p.Off != nil {
		p.Off()
	}
}

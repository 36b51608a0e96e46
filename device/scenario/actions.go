package scenario

import (
	"fmt"

	"qpy/device/flash/chip"
	"qpy/device/gpio"
	"qpy/device/kernel"
	"qpy/device/network"
)

// needsDevice tells whether an action does something to a running device, and
// not to the world around it.
func (a ActionKind) needsDevice() bool {
	return a == PowerCut || a == PowerKey || a == Watchdog || a == CtrlC
}

// happen lets an event happen now. What ends the run does not return when a task
// has brought it about, by a line that it printed.
func (p *Player) happen(i int) {
	st, a, d := &p.events[i], p.s.Events[i].Action, p.dev
	if st.happened {
		return
	}
	st.happened = true
	at := d.Kernel.Now()
	if st.due != nil {
		at = *st.due // earlier, if the device was off
	}
	switch a.Do {
	case PowerCut:
		p.lose(i, "")
		// What is in RAM is lost, and nothing reaches the flash any more.
		d.Flash().PowerOff()
		d.Flash().CutAfter(0, chip.TornBefore)
		d.Power().CutOff("the power is cut")
	case NetworkDown:
		p.upAt = 0
		text := "the network is down"
		if a.For > 0 {
			text += fmt.Sprintf(", for %v", a.For)
			p.upAt = at + a.For
		}
		p.tell(i, text)
		p.link(true)
		p.planUp()
	case NetworkUp:
		p.upAt = 0
		p.tell(i, "the network is up")
		p.link(false)
	case HostFault:
		p.tell(i, fmt.Sprintf("host %s: %s", a.Host, faultText(a.Fault)))
		p.host(a.Host, func(h *network.Host) { h.Faults = append([]network.Fault{a.Fault}, h.Faults...) })
	case HostOK:
		p.tell(i, fmt.Sprintf("host %s is well again", a.Host))
		p.host(a.Host, func(h *network.Host) { h.Faults = nil })
	case Battery:
		text := fmt.Sprintf("the battery goes to %d mV", a.MV)
		if a.Over > 0 {
			text += fmt.Sprintf(" within %v", a.Over)
		}
		p.tell(i, text)
		p.battery = p.battery.Sag(at, a.MV, a.Over)
		d.Power().SetBattery(p.battery, p.s.Low)
	case PowerKey:
		p.tell(i, fmt.Sprintf("the power key is pressed for %v", a.Hold))
		d.Power().PressKey(a.Hold)
	case Watchdog:
		p.tell(i, "the watchdog bites")
		d.Power().Bite("watchdog")
	case WearOut:
		p.tell(i, fmt.Sprintf("block %d of %s is worn out", a.Block.Block, a.Block.Part))
		if err := d.Flash().Spoil(a.Block.Part, a.Block.Block); err != nil {
			p.note(fmt.Sprintf("%s:%d: %v", p.s.File, p.s.Events[i].Row, err))
			return
		}
		p.worn = append(p.worn, a.Block)
	case Pin:
		p.tell(i, fmt.Sprintf("pin %d is %s", a.Pin, a.Level))
		if p.pins == nil {
			p.pins = map[int]PinLevel{}
		}
		p.pins[a.Pin] = a.Level
		drive(d.Pins, a.Pin, a.Level)
	case CtrlC:
		p.tell(i, "Ctrl-C")
		d.Kernel.Interrupt(kernel.ErrInterrupted)
	}
}

// drive brings a pin to a level.
func drive(pins *gpio.Bank, n int, level PinLevel) {
	switch level {
	case PinLow:
		pins.Drive(n, 0)
	case PinHigh:
		pins.Drive(n, 1)
	default:
		pins.Float(n)
	}
}

// link changes whether the link is down.
func (p *Player) link(down bool) {
	p.down = &down
	l := p.dev.Network().Link()
	l.Down = down
	p.dev.Network().SetLink(l)
}

// planUp brings the link back when it is time.
func (p *Player) planUp() {
	at := p.upAt
	if at == 0 {
		return
	}
	k := p.dev.Kernel
	k.AfterBackground(max(at-k.Now(), 0), "the network comes back", func() {
		if p.upAt == at {
			p.upAt = 0
			p.note(fmt.Sprintf("%s: the network is up again", p.s.File))
			p.link(false)
		}
	})
}

// host changes how a host behaves.
func (p *Player) host(name string, change func(*network.Host)) {
	h := network.Host{Name: name}
	for _, declared := range p.dev.Network().Hosts() {
		if fold(declared.Name) == fold(name) {
			h = declared
		}
	}
	change(&h)
	p.dev.Network().SetHost(h)
}

// faultText says what is wrong with a host from now on.
func faultText(f network.Fault) string {
	text := string(f.Kind)
	switch f.Kind {
	case network.FaultStatus:
		text = fmt.Sprintf("it answers %d", f.Status)
	case network.FaultRedirect:
		text = "it redirects to " + f.Location
	case network.FaultStall, network.FaultDisconnect, network.FaultReset:
		text += fmt.Sprintf(" after %d bytes", f.At)
	}
	if f.Times > 0 {
		text += fmt.Sprintf(", %d times", f.Times)
	}
	return text
}

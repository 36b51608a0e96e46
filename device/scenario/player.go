package scenario

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"qpy/device"
	"qpy/device/flash"
	"qpy/device/network"
	"qpy/device/power"
)

// Player lets a scenario happen to one device, over all its boots. It is the
// world around the device: what an event has changed there (a host, the link,
// the battery) stays so when the device restarts. Between Attach and Detach its
// methods are the kernel's.
type Player struct {
	s    *Scenario
	note func(string)

	events  []state
	down    *bool         // the link, once an event has changed it
	upAt    time.Duration // when the link comes back; 0 is not planned
	hosts   []network.Host
	battery power.Curve      // nil is the model's
	pins    map[int]PinLevel // that the board drives
	worn    []flash.Worn

	dev      *device.Device // nil while the device does not run
	now      time.Duration  // device time at the end of the last run
	started  bool           // the script has started once
	received int64          // bytes over the link in the boots before
	ops      int64          // flash operations in the boots before
	opsBase  int64          // the flash's own count at the beginning of this boot

	off time.Duration  // how long the power that was cut stays away
	on  power.OnReason // what switches the device on next; OnUnknown is as it was announced
}

// state is how far an event is.
type state struct {
	happened bool
	due      *time.Duration // device time, once it is known
}

// Play makes a player; note hears in one line of each event that happens.
func (s *Scenario) Play(note func(string)) *Player {
	p := &Player{s: s, note: note, events: make([]state, len(s.Events)), hosts: s.Hosts, battery: s.Battery}
	for i, e := range s.Events {
		p.events[i].due = e.Trigger.At
	}
	return p
}

// Flash is the flash as it is now.
func (p *Player) Flash() device.Flash {
	f := p.s.Flash
	f.Worn = slices.Concat(f.Worn, p.worn)
	return f
}

// Network puts the world as it is now into the options of a device's network.
func (p *Player) Network(o *network.Options) {
	o.Link = p.s.Link.over(o.Link)
	set(&o.Link.Down, p.down)
	if p.started { // all that there are, the other options' too
		o.Hosts = nil
	}
	o.Hosts = append(o.Hosts, p.hosts...)
}

// Opened hears of the flash of a device that boots, before its boot loader does
// anything: from the second boot on the power may fail there too.
func (p *Player) Opened(f *flash.Flash) {
	p.opsBase = f.Ops()
	if p.started {
		p.watchFlash(f)
	}
}

// watchFlash lets happen what waits for operations of the flash that has been
// opened, or that the script is about to use.
func (p *Player) watchFlash(f *flash.Flash) {
	if i := p.nextOp(true, p.ops); i >= 0 {
		e := p.s.Events[i]
		f.CutAfter(e.Trigger.FlashOp-p.ops-1, e.Action.Torn)
	}
	p.watchOp(f)
}

// watchOp waits for the next operation that triggers an event which lets the
// operation succeed. The event does not happen in its middle, but when the
// kernel comes to it, at the same device time.
func (p *Player) watchOp(f *flash.Flash) {
	done := p.ops + f.Ops() - p.opsBase
	i := p.nextOp(false, done)
	if i < 0 {
		return
	}
	f.AfterOp(p.s.Events[i].Trigger.FlashOp-done, func() {
		done := p.ops + f.Ops() - p.opsBase
		for i, e := range p.s.Events {
			if op := e.Trigger.FlashOp; op > 0 && op <= done && !e.tears() {
				p.reached(i)
			}
		}
		p.watchOp(f)
	})
}

// reached is the moment at which the flash operation of an event is done. In the
// boot loader there is no kernel yet: the event is due when it starts.
func (p *Player) reached(i int) {
	st := &p.events[i]
	if st.happened || st.due != nil {
		return
	}
	now := p.now
	if p.dev != nil {
		now = p.dev.Kernel.Now()
	}
	due := now + p.s.Events[i].Trigger.Delay
	st.due = &due
	if p.dev != nil {
		p.plan(i)
	}
}

// nextOp is the event of the first flash operation after so many that tears it,
// or that does not; -1 is none.
func (p *Player) nextOp(tears bool, done int64) int {
	next := -1
	for i, e := range p.s.Events {
		op := e.Trigger.FlashOp
		if op > done && e.tears() == tears && !p.events[i].happened && (next < 0 || op < p.s.Events[next].Trigger.FlashOp) {
			next = i
		}
	}
	return next
}

// Attach lets the scenario happen to a device that is about to run. boot is its
// number, from 1.
func (p *Player) Attach(d *device.Device, boot int) {
	p.dev = d
	if p.on != power.OnUnknown {
		d.Power().SwitchedOnBy(p.on)
		p.on = power.OnUnknown
	}
	if p.battery == nil && p.sags() {
		p.battery = power.Constant(d.Power().Battery())
	}
	if p.battery != nil {
		d.Power().SetBattery(p.battery, p.s.Low)
	}
	for n, level := range p.pins {
		drive(d.Pins, n, level)
	}
	if !p.started {
		p.started = true
		if p.countsOps() {
			p.opsBase = d.Flash().Ops()
			p.watchFlash(d.Flash())
		}
	}
	if p.upAt > 0 {
		p.planUp()
	}
	p.catchUp()
	for i := range p.s.Events {
		p.attach(i, boot)
	}
}

// catchUp lets happen, in their order, what was due while the device was off.
func (p *Player) catchUp() {
	var overdue []int
	for i, st := range p.events {
		if !st.happened && st.due != nil && *st.due < p.dev.Kernel.Now() {
			overdue = append(overdue, i)
		}
	}
	slices.SortStableFunc(overdue, func(a, b int) int { return cmp.Compare(*p.events[a].due, *p.events[b].due) })
	for _, i := range overdue {
		if p.s.Events[i].Action.Do.needsDevice() {
			p.events[i].happened = true
			p.tell(i, "the device was off: nothing happens to it")
			continue
		}
		p.happen(i)
	}
}

func (p *Player) attach(i, boot int) {
	st, e, k := &p.events[i], p.s.Events[i], p.dev.Kernel
	switch {
	case st.happened:
	case st.due != nil:
		p.plan(i)
	case e.Trigger.Byte > 0:
		p.dev.Network().AtByte(max(e.Trigger.Byte-p.received, 0), func() { p.trigger(i) })
	case e.Trigger.Boot == boot:
		due := k.Now() + e.Trigger.Delay
		st.due = &due
		p.plan(i)
	}
}

// plan lets an event happen when it is due.
func (p *Player) plan(i int) {
	k := p.dev.Kernel
	k.AfterBackground(*p.events[i].due-k.Now(), fmt.Sprintf("%s:%d", p.s.File, p.s.Events[i].Row), func() { p.happen(i) })
}

// trigger is the moment at which the condition of an event comes true.
func (p *Player) trigger(i int) {
	if p.events[i].happened || p.events[i].due != nil {
		return
	}
	delay := p.s.Events[i].Trigger.Delay
	if delay == 0 {
		p.happen(i)
		return
	}
	due := p.dev.Kernel.Now() + delay
	p.events[i].due = &due
	p.plan(i)
}

// Line hears each line that the script has printed, without its end.
func (p *Player) Line(text string) {
	if p.dev == nil {
		return
	}
	for i, e := range p.s.Events {
		if e.Trigger.Line != nil && e.Trigger.Line.MatchString(text) {
			p.trigger(i)
		}
	}
}

// FlashCut hears that the power has failed during a flash operation.
func (p *Player) FlashCut() {
	i := p.nextOp(true, p.ops)
	if i < 0 || p.events[i].happened {
		return
	}
	p.events[i].happened = true
	p.ops = p.s.Events[i].Trigger.FlashOp
	p.lose(i, fmt.Sprintf(" during flash operation %d", p.ops))
}

// lose is a power cut by an event.
func (p *Player) lose(i int, where string) {
	a := p.s.Events[i].Action
	p.off, p.on = a.Off, power.OnVBAT
	text := "the power is cut" + where
	if a.Off > 0 {
		text += fmt.Sprintf(", for %v", a.Off)
	}
	p.tell(i, text)
}

// Detach takes the device away that has run to its end, for that reason.
func (p *Player) Detach(end error) {
	d := p.dev
	p.dev, p.now = nil, d.Kernel.Now()
	if d.Used() {
		p.received += d.Network().Received()
		p.hosts = d.Network().Hosts()
	}
	if _, cut := end.(power.Cut); cut && p.on == power.OnUnknown {
		p.FlashCut()
		return
	}
	if p.countsOps() {
		p.ops += d.Flash().Ops() - p.opsBase
	}
}

// sags tells whether the battery's voltage plays a part in the scenario.
func (p *Player) sags() bool {
	return p.s.Low > 0 || slices.ContainsFunc(p.s.Events, func(e Event) bool { return e.Action.Do == Battery })
}

// countsOps tells whether an event waits for an operation of the flash.
func (p *Player) countsOps() bool {
	return slices.ContainsFunc(p.s.Events, func(e Event) bool { return e.Trigger.FlashOp > 0 })
}

// Next tells whether the device runs again after a run, or the boot of one, that
// has ended with this reason, and at which device time.
func (p *Player) Next(end error) (at time.Duration, again bool) {
	switch end.(type) {
	case power.Restart:
		again = true
	case power.Cut:
		p.now, p.off = p.now+p.off, 0
		again = p.on != power.OnUnknown
	case power.Down:
		i := p.nextKey()
		if i < 0 {
			return 0, false
		}
		p.events[i].happened = true
		p.now, p.on, again = *p.events[i].due, power.OnPowerKey, true
		p.tell(i, "the power key is pressed: it switches the device on")
	}
	p.now += p.s.Device.BootTime
	return p.now, again
}

// nextKey is the event that presses the power key first from now on, or -1.
func (p *Player) nextKey() int {
	next := -1
	for i, e := range p.s.Events {
		st := p.events[i]
		if e.Action.Do == PowerKey && !st.happened && st.due != nil && *st.due >= p.now &&
			(next < 0 || *st.due < *p.events[next].due) {
			next = i
		}
	}
	return next
}

// Close tells of the events that have not happened.
func (p *Player) Close() {
	for i := range p.s.Events {
		if !p.events[i].happened {
			p.tell(i, fmt.Sprintf("%s has not happened", p.s.Events[i].Action.Do))
		}
	}
}

// tell notes something about an event.
func (p *Player) tell(i int, text string) {
	p.note(fmt.Sprintf("%s:%d: %s", p.s.File, p.s.Events[i].Row, text))
}

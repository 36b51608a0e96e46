package power

import (
	"fmt"
	"math"
	"sort"
	"time"

	"qpy/device/kernel"
)

// LowVoltage is the voltage in mV below which a module goes down by itself when
// nothing else is said: 3.3 V, the least that Quectel's hardware designs allow
// at VBAT.
const LowVoltage = 3300

// MaxVoltage is the most that a Curve may say, in mV. A module takes harm from
// less: what is above it is a mistake in the unit.
const MaxVoltage = 10000

// Point is the voltage of the supply at a moment.
type Point struct {
	At time.Duration // device time
	MV int           // mV
}

// Curve is the voltage of the supply over device time: straight lines between
// its points, and level before the first and after the last. It has at least
// one point.
type Curve []Point

// Constant is a supply of mv mV for ever.
func Constant(mv int) Curve { return Curve{{MV: mv}} }

// Check tells what is wrong with a curve that comes from a user; point is the
// index of the point, -1 for the whole.
func (c Curve) Check() (point int, err error) {
	if len(c) == 0 {
		return -1, fmt.Errorf("a curve needs at least one point")
	}
	for i, p := range c {
		switch {
		case p.At < 0:
			return i, fmt.Errorf("%v is before power-on", p.At)
		case i > 0 && p.At <= c[i-1].At:
			return i, fmt.Errorf("%v does not come after %v, the time of the point before it", p.At, c[i-1].At)
		case p.MV < 0 || p.MV > MaxVoltage:
			return i, fmt.Errorf("%d mV is not within 0 to %d", p.MV, MaxVoltage)
		}
	}
	return -1, nil
}

// At is the voltage in mV at a moment of device time.
func (c Curve) At(t time.Duration) int {
	i := sort.Search(len(c), func(i int) bool { return c[i].At > t })
	switch {
	case i == 0:
		return c[0].MV
	case i == len(c):
		return c[i-1].MV
	}
	a, b := c[i-1], c[i]
	rise := float64(b.MV-a.MV) * (float64(t-a.At) / float64(b.At-a.At))
	return a.MV + int(math.Round(rise))
}

// Sag is the curve that goes to mv within a time, in a straight line from what
// c has at the moment from, and stays there. It says nothing of the time before.
func (c Curve) Sag(from time.Duration, mv int, within time.Duration) Curve {
	if within <= 0 {
		return Constant(mv)
	}
	return Curve{{from, c.At(from)}, {from + within, mv}}
}

// below finds the first moment from which on, at or after from, the voltage is
// less than mv.
func (c Curve) below(mv int, from time.Duration) (time.Duration, bool) {
	if c.At(from) < mv {
		return from, true
	}
	for _, p := range c {
		if p.At <= from {
			continue
		}
		if p.MV < mv { // it falls on the way from "from" to here, and never rises in between
			n := sort.Search(int(p.At-from), func(i int) bool { return c.At(from+time.Duration(i)) < mv })
			return from + time.Duration(n), true
		}
		from = p.At
	}
	return 0, false
}

// battery is the supply's voltage, and the watch over it.
type battery struct {
	curve Curve
	low   int
	watch *kernel.Event
}

// Battery is the voltage of the supply in mV.
func (p *Power) Battery() int { return p.battery.curve.At(p.k.Now()) }

// SetBattery gives the device another supply. When its voltage falls below low
// mV the device goes down by itself, with the reason DownVoltageLow; with 0 it
// never does.
func (p *Power) SetBattery(c Curve, low int) {
	p.battery.curve, p.battery.low = c, low
	if p.battery.watch != nil {
		p.battery.watch.Cancel()
	}
	now := p.k.Now()
	if at, falls := c.below(low, now); falls {
		p.battery.watch = p.k.AfterBackground(at-now, "the battery is low", p.lowVoltage)
	}
}

func (p *Power) lowVoltage() {
	p.leave(reasons{On: OnPowerKey, Down: DownVoltageLow})
	p.k.Halt(Down{Cause: fmt.Sprintf("the battery is at %d mV, less than %d", p.Battery(), p.battery.low)})
}

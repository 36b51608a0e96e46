// Package gpio is the module's general-purpose pins: what the program makes of
// them, and what the board around the module drives them to.
package gpio

import "fmt"

// Highest is the number of the last pin. Pins count from 0; the document names
// those from 1 on (machine_extint.c has interrupt handlers for 0 to 50).
const Highest = 50

// Direction is which way a pin works.
type Direction int

// The directions (machine_pin.c).
const (
	Input  Direction = 0
	Output Direction = 1
)

// Pull is the resistor at an input.
type Pull int

// The resistors (machine_pin.c).
const (
	PullNone Pull = 0
	PullUp   Pull = 1
	PullDown Pull = 2
)

// floating is the level of a pin that the board does not drive.
const floating = -1

// pin is one pin. After power-on it is an input without a resistor.
type pin struct {
	direction Direction
	pull      Pull
	latch     int // level that the program has set
	driven    int // level that the board drives, or floating
	watch     func(level int)
}

// level is what the pin is at: an output has the program's level, an input what
// drives it or else what its resistor makes of it. One that floats reads 0.
func (p *pin) level() int {
	switch {
	case p.direction == Output:
		return p.latch
	case p.driven != floating:
		return p.driven
	case p.pull == PullUp:
		return 1
	}
	return 0
}

// Bank is the pins of one device. Its methods are the kernel's: only the
// running task, an event or a callback may call them.
type Bank struct {
	pins *[Highest + 1]pin // nil until somebody asks for one: few programs do
}

// New gives the pins as they are after power-on.
func New() *Bank { return &Bank{} }

func (b *Bank) pin(n int) *pin {
	if b.pins == nil {
		b.pins = new([Highest + 1]pin)
		for i := range b.pins {
			b.pins[i].driven = floating
		}
	}
	return &b.pins[n]
}

// Check tells whether there is a pin of a number.
func Check(n int) error {
	if n < 0 || n > Highest {
		return fmt.Errorf("there is no pin %d; pins are 0 to %d", n, Highest)
	}
	return nil
}

// change does something to a pin and tells the one who watches it of the edge
// that comes of it.
func (b *Bank) change(n int, do func(*pin)) {
	p := b.pin(n)
	before := p.level()
	do(p)
	if after := p.level(); after != before && p.watch != nil {
		p.watch(after)
	}
}

// SetUp makes a pin an input or an output with a resistor and a level (0 or 1).
func (b *Bank) SetUp(n int, d Direction, pull Pull, level int) {
	b.change(n, func(p *pin) { p.direction, p.pull, p.latch = d, pull, level })
}

// Release makes a pin what it is after power-on.
func (b *Bank) Release(n int) { b.SetUp(n, Input, PullNone, 0) }

// Level is what a pin is at: 0 or 1.
func (b *Bank) Level(n int) int { return b.pin(n).level() }

// Set sets the level (0 or 1) that a pin has as an output.
func (b *Bank) Set(n, level int) { b.change(n, func(p *pin) { p.latch = level }) }

// Direction is which way a pin works.
func (b *Bank) Direction(n int) Direction { return b.pin(n).direction }

// SetDirection changes which way a pin works.
func (b *Bank) SetDirection(n int, d Direction) { b.change(n, func(p *pin) { p.direction = d }) }

// Drive is the board around the module: it drives a pin to a level (0 or 1).
func (b *Bank) Drive(n, level int) { b.change(n, func(p *pin) { p.driven = level }) }

// Float lets go of a pin that was driven.
func (b *Bank) Float(n int) { b.change(n, func(p *pin) { p.driven = floating }) }

// Watch calls fn with the new level at each edge of a pin; nil ends it.
func (b *Bank) Watch(n int, fn func(level int)) { b.pin(n).watch = fn }

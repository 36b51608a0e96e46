// Package scenario reads scenario files (qpy.toml): what device it is, what is
// on its flash, how the world around it behaves, and what happens to it when.
// Load and Parse check all of it before anything runs; a [Player] lets it happen.
//
// docs/scenario.md describes every key.
package scenario

import (
	"crypto/ed25519"
	"regexp"
	"time"

	"qpy/device"
	"qpy/device/flash"
	"qpy/device/flash/chip"
	"qpy/device/network"
	"qpy/device/power"
)

// Scenario is a scenario file that was read and checked. It is read-only.
type Scenario struct {
	File string // its name, for messages

	Device  Device
	Flash   device.Flash
	Files   []File
	Site    string // folder of the virtual servers on the PC; "" when the file names none
	Link    Link
	Hosts   []network.Host
	Battery power.Curve // nil when the file says nothing
	Low     int         // mV below which the device goes down by itself; 0 never
	Events  []Event     // in the order of the file
}

// Device is the section [device]. What the file leaves out is the zero value,
// or nil.
type Device struct {
	Model    string
	Seed     *int64
	Start    time.Time // real-time clock at the first power-on, UTC
	Boots    int       // at most so many boots; 0 is not said
	BootTime time.Duration
	Strict   bool

	// PubKey is the file of the key of whom the device trusts, "" when the file
	// says nothing, and PublicKey the key, which Load reads.
	PubKey    string
	PublicKey ed25519.PublicKey
	pubKeyRow int
}

// File is a file that is on the flash before the first boot: a copy of a file of
// the PC, or a text.
type File struct {
	Path string // on the device
	From string // on the PC; "" when Text says it
	Text string
}

// Link is the section [link]: nil is as the model has it.
type Link struct {
	Bandwidth       *int64
	Latency, Jitter *time.Duration
	Loss            *float64
	Down            *bool
	APNs            []network.APN
}

// over gives a link with what the file says of it.
func (l Link) over(n network.Link) network.Link {
	set(&n.Bandwidth, l.Bandwidth)
	set(&n.Latency, l.Latency)
	set(&n.Jitter, l.Jitter)
	set(&n.Loss, l.Loss)
	set(&n.Down, l.Down)
	if l.APNs != nil {
		n.APNs = l.APNs
	}
	return n
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

// Event is one [[event]]: something that happens once.
type Event struct {
	Row     int // line of the file
	Trigger Trigger
	Action  Action
}

// Trigger says when an event happens. Exactly one of its conditions is set.
type Trigger struct {
	At      *time.Duration // at this device time, counted from the first power-on
	Byte    int64          // when so many bytes have come over the link since then
	FlashOp int64          // at this program or erase operation of the flash, counted from the first start of the script
	Line    *regexp.Regexp // when the script prints a line that matches
	Boot    int            // at the beginning of this boot; 1 is the first

	Delay time.Duration // so much later than any of them but At
}

// Action says what happens. Do says which of the other fields count.
type Action struct {
	Do ActionKind

	Off  time.Duration // PowerCut: how long the supply is away
	Torn chip.Torn     // PowerCut at a flash operation: how far that gets

	For time.Duration // NetworkDown: how long; 0 is until NetworkUp

	Host  string        // HostFault, HostOK
	Fault network.Fault // HostFault

	MV   int           // Battery: the voltage that it goes to
	Over time.Duration // Battery: in this time

	Hold time.Duration // PowerKey: how long it is pressed

	Block flash.Worn // WearOut: which erase block

	Pin   int      // Pin: its number
	Level PinLevel // Pin: what it is driven to
}

// tears tells whether an event is a power cut in the middle of a flash
// operation.
func (e Event) tears() bool {
	return e.Action.Do == PowerCut && e.Trigger.FlashOp > 0 && e.Trigger.Delay == 0
}

// ActionKind is what an event does.
type ActionKind string

// The actions.
const (
	PowerCut    ActionKind = "power-cut"
	NetworkDown ActionKind = "network-down"
	NetworkUp   ActionKind = "network-up"
	HostFault   ActionKind = "host-fault"
	HostOK      ActionKind = "host-ok"
	Battery     ActionKind = "battery"
	PowerKey    ActionKind = "power-key"
	Watchdog    ActionKind = "watchdog"
	CtrlC       ActionKind = "ctrl-c"
	WearOut     ActionKind = "wear-out"
	Pin         ActionKind = "pin"
)

// PinLevel is what the board around the module drives a pin to.
type PinLevel string

// The levels.
const (
	PinLow      PinLevel = "low"
	PinHigh     PinLevel = "high"
	PinFloating PinLevel = "floating"
)

// ActionKinds lists the actions, in the order of the document.
var ActionKinds = []ActionKind{PowerCut, NetworkDown, NetworkUp, HostFault, HostOK, Battery, PowerKey, Watchdog, CtrlC, WearOut, Pin}

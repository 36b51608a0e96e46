package scenario

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"qpy/device/flash/chip"
	"qpy/device/gpio"
	"qpy/device/network"
	"qpy/device/power"
)

// triggers are the keys that say when an event happens.
var triggers = []string{"at", "at_byte", "at_flash_op", "at_line", "at_boot"}

// parameters are the keys that each action takes.
func (k ActionKind) parameters() []string {
	switch k {
	case PowerCut:
		return []string{"off", "torn"}
	case NetworkDown:
		return []string{"for"}
	case HostFault:
		return []string{"host", "fault"}
	case HostOK:
		return []string{"host"}
	case Battery:
		return []string{"mv", "over"}
	case PowerKey:
		return []string{"hold"}
	case WearOut:
		return []string{"part", "block"}
	case Pin:
		return []string{"pin", "level"}
	}
	return nil
}

// tornWays are the values of torn, in the order of chip.Torn.
var tornWays = []string{"before", "half", "after"}

// pinLevels are the values of level.
var pinLevels = []PinLevel{PinLow, PinHigh, PinFloating}

// defaultHold is how long a power key is pressed that nothing is said of.
const defaultHold = 100 * time.Millisecond

func parseEvent(t *table, doc *document) Event {
	e := Event{Row: doc.lines.row(t.path), Trigger: parseTrigger(t)}
	e.Action.Do = choice(t, "do", ActionKinds)
	if !t.has("do") {
		t.bad("do", "it is missing; there is %s", words(ActionKinds))
	}
	e.Action = parseAction(t, e.Action.Do)
	if t.has("torn") && e.Action.Do == PowerCut && !e.tears() {
		t.bad("torn", "it goes with at_flash_op only, and without a delay")
	}
	for _, name := range allParameters() {
		_, there := t.take(name)
		if there && slices.Contains(ActionKinds, e.Action.Do) && !slices.Contains(e.Action.Do.parameters(), name) {
			t.bad(name, "it goes with %s, not with %s", kindsWith(name), e.Action.Do)
		}
	}
	t.close()
	return e
}

// allParameters are the keys that belong to certain actions.
func allParameters() []string {
	var names []string
	for _, k := range ActionKinds {
		names = append(names, k.parameters()...)
	}
	return names
}

// kindsWith names the actions that take a parameter.
func kindsWith(name string) string {
	var kinds []string
	for _, k := range ActionKinds {
		if slices.Contains(k.parameters(), name) {
			kinds = append(kinds, string(k))
		}
	}
	return strings.Join(kinds, " and ")
}

func parseTrigger(t *table) Trigger {
	var w Trigger
	if at, ok := t.duration("at"); ok {
		w.At = &at
	}
	w.Byte, _ = t.integer("at_byte", 1, 1<<62)
	w.FlashOp, _ = t.integer("at_flash_op", 1, 1<<62)
	if pattern := t.text("at_line", "^status 2"); pattern != "" {
		var err error
		if w.Line, err = regexp.Compile(pattern); err != nil {
			t.bad("at_line", "%v; see https://pkg.go.dev/regexp/syntax", err)
		}
	}
	boot, _ := t.integer("at_boot", 1, MaxBoots)
	w.Boot = int(boot)
	var given []string
	for _, name := range triggers {
		if t.has(name) {
			given = append(given, name)
		}
	}
	switch {
	case len(given) == 0:
		t.bad("at", "when does it happen? Give one of %s", strings.Join(triggers, ", "))
	case len(given) > 1:
		t.bad(given[1], "an event has one trigger, and %s is there already", given[0])
	}
	if d, ok := t.duration("delay"); ok {
		w.Delay = d
		if t.has("at") {
			t.bad("delay", "it goes with at_byte, at_flash_op, at_line and at_boot only")
		}
	}
	return w
}

func parseAction(t *table, do ActionKind) Action {
	a := Action{Do: do}
	needs := func(name, example string) {
		if !t.has(name) {
			t.bad(name, "it is missing: %s needs %s", do, example)
		}
	}
	switch do {
	case PowerCut:
		a.Off, _ = t.duration("off")
		a.Torn = chip.TornHalf
		if t.has("torn") {
			a.Torn = chip.Torn(max(slices.Index(tornWays, choice(t, "torn", tornWays)), 0))
		}
	case NetworkDown:
		a.For, _ = t.duration("for")
	case HostFault, HostOK:
		a.Host = t.text("host", "www.example.com")
		needs("host", `a host, for example host = "www.example.com"`)
		if a.Host != "" {
			if err := (network.Host{Name: a.Host}).Check(); err != nil {
				t.bad("host", "%v", err)
			}
		}
		if do == HostOK {
			break
		}
		needs("fault", `what goes wrong, for example fault = { kind = "status", status = 503 }`)
		if f := t.sub("fault"); f != nil {
			a.Fault = parseFault(f)
		}
	case Battery:
		mv, _ := t.integer("mv", 0, power.MaxVoltage)
		a.MV = int(mv)
		a.Over, _ = t.duration("over")
		needs("mv", "a voltage in millivolts, for example mv = 3200")
	case PowerKey:
		a.Hold = defaultHold
		if hold, ok := t.duration("hold"); ok {
			a.Hold = hold
		}
	case WearOut:
		a.Block = parseBlock(t)
	case Pin:
		pin, _ := t.integer("pin", 0, gpio.Highest)
		a.Pin = int(pin)
		needs("pin", "the number of a pin, for example pin = 5 for GPIO5")
		a.Level = choice(t, "level", pinLevels)
		needs("level", "a level: "+words(pinLevels))
	}
	return a
}

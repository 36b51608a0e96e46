package machine

import (
	"qpy/device/gpio"
	"qpy/python/object"
)

// line is an object of class ExtInt: the interrupts of a pin (machine_extint.c).
type line struct {
	object.Header
	s        *state
	n        int
	mode     int64
	pull     gpio.Pull
	callback object.Value
	count    [2]int64 // edges seen, by edge
}

// The edges, as a callback gets them, and the modes.
const (
	rising  = 0
	falling = 1
	both    = 2
)

var (
	lineType = object.NewType("ExtInt")
	lines    object.Layout[line]
)

var lineArgs []object.Arg // made by setUpLine

func setUpLine() {
	lines = object.NewLayout[line](lineType)
	lineArgs = []object.Arg{
		{Name: object.Intern("pin"), Kind: object.ArgInt, Required: true},
		{Name: object.Intern("mode"), Kind: object.ArgInt, Required: true},
		{Name: object.Intern("pull"), Kind: object.ArgInt, Required: true},
		{Name: object.Intern("callback"), Required: true},
	}
	lineType.New = newLine
	lineType.Print = func(_ *object.Thread, w *object.Printer, self object.Value, _ object.PrintKind) error {
		return w.Strf("<ExtInt line=%d>", lines.Must(self).n)
	}
	lineType.Visit = func(self object.Value, f func(object.Value)) int {
		f(lines.Must(self).callback)
		return 96
	}
	method := func(name string, f func(*line) object.Value) object.Value {
		return object.Func1(name, func(_ *object.Thread, self object.Value) (object.Value, error) {
			l, ok := lines.From(self)
			if !ok {
				return object.Null, wrongType()
			}
			return f(l), nil
		})
	}
	defineMethods(lineType,
		method("line", func(l *line) object.Value { return object.Int(int64(l.n)) }),
		method("enable", func(l *line) object.Value {
			l.s.b.Dev.Pins.Watch(l.n, l.edge)
			return object.Int(0)
		}),
		method("disable", func(l *line) object.Value {
			l.s.b.Dev.Pins.Watch(l.n, nil)
			return object.Int(0)
		}),
		object.Func2("read_count", readCount),
		method("count_reset", func(l *line) object.Value {
			l.count = [2]int64{}
			return object.Int(0)
		}),
		method("__del__", func(l *line) object.Value {
			l.count = [2]int64{}
			l.s.lines[l.n] = nil
			l.s.b.Dev.Pins.Watch(l.n, nil)
			return object.Int(0)
		}),
	)
	defineConstants(lineType, constant{"IRQ_RISING", rising}, constant{"IRQ_FALLING", falling}, constant{"IRQ_RISING_FALLING", both},
		constant{"PULL_DISABLE", int64(gpio.PullNone)}, constant{"PULL_PU", int64(gpio.PullUp)}, constant{"PULL_PD", int64(gpio.PullDown)})
	defineLines(lineType, 0)
}

// newLine is ExtInt(pin, mode, pull, callback). The pin becomes an input; its
// interrupts come once they are enabled.
func newLine(t *object.Thread, _ *object.Type, args, kw []object.Value) (object.Value, error) {
	var given [4]object.Value
	if err := object.ParseArgs(t, args, kw, lineArgs, given[:]); err != nil {
		return object.Null, err
	}
	n := [3]int64{given[0].Int(), given[1].Int(), given[2].Int()}
	switch {
	case n[0] < 0 || n[0] > gpio.Highest:
		return object.Null, errValue("invalid pin value")
	case n[1] < rising || n[1] > both:
		return object.Null, errValue("invalid mode value")
	case n[2] < int64(gpio.PullNone) || n[2] > int64(gpio.PullDown):
		return object.Null, errValue("invalid pull value")
	}
	s := of(t)
	l := s.lines[n[0]]
	if l == nil {
		if err := t.Alloc(96); err != nil {
			return object.Null, err
		}
		l = &line{Header: object.NewHeader(lineType), s: s, n: int(n[0])}
		s.lines[l.n] = l
	}
	l.mode, l.pull, l.callback, l.count = n[1], gpio.Pull(n[2]), given[3], [2]int64{}
	s.b.Dev.Pins.Watch(l.n, nil)
	s.b.Dev.Pins.SetUp(l.n, gpio.Input, l.pull, 0)
	return l.Header.Value(), nil
}

// edge is the interrupt: it counts, and queues the callback with [line, edge].
func (l *line) edge(level int) {
	which := int64(rising)
	if level == 0 {
		which = falling
	}
	if l.mode != both && l.mode != which {
		return
	}
	l.count[which]++
	l.s.schedule(l.callback, object.NewList([]object.Value{object.Int(int64(l.n)), object.Int(which)}).Value())
}

// readCount is read_count(is_reset): the rising and falling edges so far.
func readCount(t *object.Thread, self, reset object.Value) (object.Value, error) {
	l, ok := lines.From(self)
	if !ok {
		return object.Null, wrongType()
	}
	n, err := object.ToInt(t, reset)
	if err != nil {
		return object.Null, err
	}
	if n != 0 && n != 1 {
		return object.Null, errValue("invalid is_reset value, must in [0,1]")
	}
	out := object.NewList([]object.Value{object.Int(l.count[rising]), object.Int(l.count[falling])})
	if n == 1 {
		l.count = [2]int64{}
	}
	return out.Value(), nil
}

package machine

import (
	"fmt"

	"qpy/device/gpio"
	"qpy/python/object"
)

// pin is an object of class Pin (machine_pin.c).
type pin struct {
	object.Header
	s         *state
	n         int
	direction gpio.Direction
	pull      gpio.Pull
	value     int // that init was told last
}

var (
	pinType = object.NewType("Pin")
	pins    object.Layout[pin]
)

var pinArgs []object.Arg // made by setUpPin

// defineLines puts GPIO1 and the others into a class, from a number on.
func defineLines(ty *object.Type, from int) {
	for n := from; n <= gpio.Highest; n++ {
		ty.Define(fmt.Sprintf("GPIO%d", n), object.Int(int64(n)))
	}
}

func setUpPin() {
	pins = object.NewLayout[pin](pinType)
	pinArgs = []object.Arg{
		{Name: object.Intern("dir"), Kind: object.ArgInt, Default: object.Int(-1)},
		{Name: object.Intern("pull"), Kind: object.ArgInt, Default: object.Int(-1)},
		{Name: object.Intern("value"), Kind: object.ArgInt, Default: object.Int(-1)},
	}
	pinType.New = newPin
	pinType.Print = func(_ *object.Thread, w *object.Printer, self object.Value, _ object.PrintKind) error {
		return w.Strf("<Pin(%d)>", pins.Must(self).n)
	}
	pinType.Visit = func(object.Value, func(object.Value)) int { return 64 }
	pinType.Call = func(t *object.Thread, self object.Value, args, kw []object.Value) (object.Value, error) {
		if err := object.CheckNum(args, kw, 0, 1, false); err != nil {
			return object.Null, err
		}
		return pins.Must(self).access(t, args)
	}
	access := func(name string) object.Value {
		return object.FuncVar(name, 1, 2, func(t *object.Thread, args []object.Value) (object.Value, error) {
			p, ok := pins.From(args[0])
			if !ok {
				return object.Null, wrongType()
			}
			return p.access(t, args[1:])
		})
	}
	set := func(name string, level int) object.Value {
		return object.Func1(name, pinMethod(func(p *pin) (object.Value, error) {
			p.s.b.Dev.Pins.Set(p.n, level)
			return object.None, nil
		}))
	}
	defineMethods(pinType,
		object.FuncKw("init", 1, -1, func(t *object.Thread, args, kw []object.Value) (object.Value, error) {
			p, ok := pins.From(args[0])
			if !ok {
				return object.Null, wrongType()
			}
			return object.None, p.setUp(t, args[1:], kw)
		}),
		access("value"), access("read"), set("off", 0), set("on", 1),
		object.Func2("write", func(t *object.Thread, self, level object.Value) (object.Value, error) {
			return pinSetting(t, self, level, func(p *pin, n int64) error {
				if n != 0 && n != 1 {
					return errValue("invalid pin value, range{0:PIN_LEVEL_LOW, 1:PIN_LEVEL_HIGH}")
				}
				p.s.b.Dev.Pins.Set(p.n, int(n))
				return nil
			})
		}),
		object.Func2("set_dir", func(t *object.Thread, self, direction object.Value) (object.Value, error) {
			return pinSetting(t, self, direction, func(p *pin, n int64) error {
				if n != int64(gpio.Input) && n != int64(gpio.Output) {
					return errValue("Invalid direction parameter")
				}
				p.s.b.Dev.Pins.SetDirection(p.n, gpio.Direction(n))
				return nil
			})
		}),
		object.Func1("get_dir", pinMethod(func(p *pin) (object.Value, error) {
			return object.Int(int64(p.s.b.Dev.Pins.Direction(p.n))), nil
		})),
		object.Func1("__del__", pinMethod(func(p *pin) (object.Value, error) {
			p.s.pins[p.n] = nil
			p.s.b.Dev.Pins.Release(p.n)
			return object.Int(0), nil
		})),
	)
	defineConstants(pinType, constant{"IN", int64(gpio.Input)}, constant{"OUT", int64(gpio.Output)},
		constant{"PULL_DISABLE", int64(gpio.PullNone)}, constant{"PULL_PU", int64(gpio.PullUp)}, constant{"PULL_PD", int64(gpio.PullDown)})
	defineLines(pinType, 1)
}

func pinMethod(f func(*pin) (object.Value, error)) func(*object.Thread, object.Value) (object.Value, error) {
	return func(_ *object.Thread, self object.Value) (object.Value, error) {
		p, ok := pins.From(self)
		if !ok {
			return object.Null, wrongType()
		}
		return f(p)
	}
}

// pinSetting reads the number that a method sets, and answers 0.
func pinSetting(t *object.Thread, self, v object.Value, set func(p *pin, n int64) error) (object.Value, error) {
	p, ok := pins.From(self)
	if !ok {
		return object.Null, wrongType()
	}
	n, err := object.ToInt(t, v)
	if err == nil {
		err = set(p, n)
	}
	return object.Int(0), err
}

// newPin is Pin(number[, dir, pull, value]). Without more it becomes an output
// at 0, also one that was something else before.
func newPin(t *object.Thread, _ *object.Type, args, kw []object.Value) (object.Value, error) {
	if err := object.CheckNum(args, kw, 1, -1, true); err != nil {
		return object.Null, err
	}
	n, err := object.ToInt(t, args[0])
	if err != nil {
		return object.Null, err
	}
	if n < 1 || n > gpio.Highest {
		return object.Null, errValue("invalid pin")
	}
	s := of(t)
	p := s.pins[n]
	if p == nil {
		if err := t.Alloc(64); err != nil {
			return object.Null, err
		}
		p = &pin{Header: object.NewHeader(pinType), s: s, n: int(n)}
		s.pins[n] = p
	}
	p.direction, p.pull, p.value = gpio.Output, gpio.PullNone, 0
	return p.Header.Value(), p.setUp(t, args[1:], kw)
}

// setUp is init(dir, pull, value): what is not given stays as it was told last.
func (p *pin) setUp(t *object.Thread, args, kw []object.Value) error {
	var given [3]object.Value
	if err := object.ParseArgs(t, args, kw, pinArgs, given[:]); err != nil {
		return err
	}
	n := [3]int64{given[0].Int(), given[1].Int(), given[2].Int()}
	switch {
	case n[0] < -1 || n[0] > int64(gpio.Output):
		return errValue("invalid pin dir, range{0:dir in, 1:dir out}")
	case n[1] < -1 || n[1] > int64(gpio.PullDown):
		return errValue("invalid pin pull, range{0:PIN_PULL_DISABLE, 1:PIN_PULL_PU, 2:PIN_PULL_PD}")
	case n[2] < -1 || n[2] > 1:
		return errValue("invalid pin value, range{0:PIN_LEVEL_LOW, 1:PIN_LEVEL_HIGH}")
	}
	if n[0] >= 0 {
		p.direction = gpio.Direction(n[0])
	}
	if n[1] >= 0 {
		p.pull = gpio.Pull(n[1])
	}
	if n[2] >= 0 {
		p.value = int(n[2])
	}
	p.s.b.Dev.Pins.SetUp(p.n, p.direction, p.pull, p.value)
	return nil
}

// access reads the level of a pin, or sets that of an output.
func (p *pin) access(t *object.Thread, args []object.Value) (object.Value, error) {
	if len(args) == 0 {
		return object.Int(int64(p.s.b.Dev.Pins.Level(p.n))), nil
	}
	high, err := object.IsTrue(t, args[0])
	if err != nil {
		return object.Null, err
	}
	level := 0
	if high {
		level = 1
	}
	p.s.b.Dev.Pins.Set(p.n, level)
	return object.None, nil
}

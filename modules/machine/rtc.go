package machine

import (
	"time"

	"qpy/device/kernel"
	"qpy/python/object"
)

// clock is the object of class RTC (machine_rtc.c). Times are tuples of year,
// month, day, weekday (0 is Sunday), hour, minute, second and microsecond, in
// the clock's zone; weekday and microsecond are not looked at.
type clock struct {
	object.Header
	s        *state
	callback object.Value
	alarm    time.Time // zero: none is set
	on       bool
	next     *kernel.Event
}

var (
	clockType = object.NewType("RTC")
	clocks    object.Layout[clock]
)

func setUpClock() {
	clocks = object.NewLayout[clock](clockType)
	clockType.New = func(t *object.Thread, _ *object.Type, args, kw []object.Value) (object.Value, error) {
		if err := object.CheckNum(args, kw, 0, 0, false); err != nil {
			return object.Null, err
		}
		s := of(t)
		if s.clock == nil {
			s.clock = &clock{Header: object.NewHeader(clockType), s: s, callback: object.None}
		}
		return s.clock.Header.Value(), nil
	}
	clockType.Visit = func(self object.Value, f func(object.Value)) int {
		f(clocks.Must(self).callback)
		return 96
	}
	defineMethods(clockType,
		object.FuncVar("datetime", 1, 2, func(t *object.Thread, args []object.Value) (object.Value, error) {
			c, ok := clocks.From(args[0])
			switch {
			case !ok:
				return object.Null, wrongType()
			case len(args) == 1:
				return c.now(), nil
			}
			return c.set(t, args[1])
		}),
		object.Func2("init", clockMethod(func(t *object.Thread, c *clock, v object.Value) (object.Value, error) {
			_, err := c.set(t, v)
			return object.None, err
		})),
		object.Func2("set_alarm", clockMethod(func(t *object.Thread, c *clock, v object.Value) (object.Value, error) {
			at, valid, err := dateTime(t, v)
			if err != nil || !valid {
				return object.Int(-1), err
			}
			c.alarm = at
			c.plan()
			return object.Int(0), nil
		})),
		object.Func2("enable_alarm", clockMethod(func(t *object.Thread, c *clock, v object.Value) (object.Value, error) {
			n, err := object.ToInt(t, v)
			if err != nil {
				return object.Null, err
			}
			c.on = n != 0
			c.plan()
			return object.Int(0), nil
		})),
		object.Func2("register_callback", clockMethod(func(_ *object.Thread, c *clock, v object.Value) (object.Value, error) {
			c.callback = v
			return object.Int(0), nil
		})),
		object.Func1("__del__", func(_ *object.Thread, self object.Value) (object.Value, error) {
			c, ok := clocks.From(self)
			if !ok {
				return object.Null, wrongType()
			}
			c.callback, c.s.clock = object.None, nil
			return object.Int(0), nil
		}),
	)
}

func clockMethod(f func(t *object.Thread, c *clock, v object.Value) (object.Value, error)) func(t *object.Thread, self, v object.Value) (object.Value, error) {
	return func(t *object.Thread, self, v object.Value) (object.Value, error) {
		c, ok := clocks.From(self)
		if !ok {
			return object.Null, wrongType()
		}
		return f(t, c, v)
	}
}

// now is the time as a tuple.
func (c *clock) now() object.Value {
	n := c.s.b.Dev.Clock().Local()
	items := []int{n.Year(), int(n.Month()), n.Day(), int(n.Weekday()), n.Hour(), n.Minute(), n.Second(), 0}
	values := make([]object.Value, len(items))
	for i, v := range items {
		values[i] = object.Int(int64(v))
	}
	return object.NewTuple(values...)
}

// set sets the clock, and answers 0, or -1 for a time that there is not.
func (c *clock) set(t *object.Thread, v object.Value) (object.Value, error) {
	at, valid, err := dateTime(t, v)
	if err != nil || !valid {
		return object.Int(-1), err
	}
	if err := c.s.b.Dev.Clock().SetLocal(at); err != nil {
		return object.Null, c.s.in.Err(err)
	}
	c.plan()
	return object.Int(0), nil
}

// dateTime reads a tuple; valid is false if there is no such time.
func dateTime(t *object.Thread, v object.Value) (at time.Time, valid bool, err error) {
	items, err := object.Items(v)
	if err != nil {
		return at, false, err
	}
	if len(items) != 8 {
		return at, false, object.Raisef(object.ValueError, "requested length 8 but object has length %d", len(items))
	}
	var n [7]int64
	for i := range n {
		if i == 3 {
			continue
		}
		if n[i], err = object.ToInt(t, items[i]); err != nil {
			return at, false, err
		}
	}
	if n[0] < 1970 || n[0] > 2099 {
		return at, false, nil
	}
	at = time.Date(int(n[0]), time.Month(n[1]), int(n[2]), int(n[4]), int(n[5]), int(n[6]), 0, time.UTC)
	valid = int64(at.Month()) == n[1] && int64(at.Day()) == n[2] && int64(at.Hour()) == n[4] && int64(at.Minute()) == n[5] && int64(at.Second()) == n[6]
	return at, valid, nil
}

// plan lets the alarm come at its time, if it is set, enabled and ahead.
func (c *clock) plan() {
	if c.next != nil {
		c.next.Cancel()
	}
	wait := c.alarm.Sub(c.s.b.Dev.Clock().Local())
	if !c.on || c.alarm.IsZero() || wait <= 0 {
		return
	}
	c.next = c.s.b.Dev.Kernel.After(wait, "the clock's alarm", func() {
		c.alarm = time.Time{}
		c.s.schedule(c.callback, object.None)
	})
}

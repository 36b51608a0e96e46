package machine

import (
	"fmt"
	"math"
	"time"

	"qpy/device/kernel"
	"qpy/python/object"
)

// timers is how many timers the hardware has.
const timers = 4

// The modes of a timer (machine_timer.c).
const (
	periodic = 1
	oneShot  = 2
)

// timer is an object of class Timer.
type timer struct {
	object.Header
	s        *state
	id       int64
	mode     int64
	period   time.Duration
	callback object.Value
	known    bool // to the driver: from the first start to __del__
	running  bool // by the module's own account: until it is stopped
	next     *kernel.Event
}

var (
	timerType   = object.NewType("Timer")
	timerLayout object.Layout[timer]
)

var timerArgs []object.Arg // made by setUpTimer

func setUpTimer() {
	timerLayout = object.NewLayout[timer](timerType)
	timerArgs = []object.Arg{
		{Name: object.Intern("mode"), Kind: object.ArgInt, KwOnly: true, Default: object.Int(periodic)},
		{Name: object.Intern("callback"), KwOnly: true, Default: object.None},
		{Name: object.Intern("period"), Kind: object.ArgInt, KwOnly: true, Default: object.Int(math.MaxUint32)},
		{Name: object.Intern("tick_hz"), Kind: object.ArgInt, KwOnly: true, Default: object.Int(1000)},
		{Name: object.Intern("freq"), KwOnly: true, Default: object.None},
	}
	timerType.New = newTimer
	// The firmware's own print goes to its log and leaves nothing here.
	timerType.Print = func(*object.Thread, *object.Printer, object.Value, object.PrintKind) error { return nil }
	timerType.Visit = func(self object.Value, f func(object.Value)) int {
		f(timerLayout.Must(self).callback)
		return 112
	}
	end := func(name string, forget bool) object.Value {
		return object.Func1(name, func(_ *object.Thread, self object.Value) (object.Value, error) {
			o, ok := timerLayout.From(self)
			if !ok {
				return object.Null, wrongType()
			}
			if !o.known {
				return object.Int(-1), nil
			}
			o.halt()
			o.running, o.known = false, !forget
			return object.Int(0), nil
		})
	}
	defineMethods(timerType,
		object.FuncKw("start", 1, -1, func(t *object.Thread, args, kw []object.Value) (object.Value, error) {
			o, ok := timerLayout.From(args[0])
			if !ok {
				return object.Null, wrongType()
			}
			return object.Int(0), o.start(t, args[1:], kw)
		}),
		end("stop", false), end("__del__", true),
	)
	defineConstants(timerType, constant{"ONE_SHOT", oneShot}, constant{"PERIODIC", periodic})
	for n := range int64(timers) {
		defineConstants(timerType, constant{fmt.Sprintf("Timer%d", n), n})
	}
}

// newTimer is Timer([number], …); with keywords it is started. A number that is
// in use gives the same timer, and its arguments are passed over.
func newTimer(t *object.Thread, _ *object.Type, args, kw []object.Value) (object.Value, error) {
	id := int64(0)
	if len(args) > 0 {
		var err error
		if id, err = object.ToInt(t, args[0]); err != nil {
			return object.Null, err
		}
		args = args[1:]
	}
	if id < 0 || id >= timers {
		return object.Null, errValue("invalid value, Timern should be in (Timer0~Timer3).")
	}
	s := of(t)
	if o := s.timers[id]; o != nil {
		return o.Header.Value(), nil
	}
	if err := t.Alloc(112); err != nil {
		return object.Null, err
	}
	o := &timer{Header: object.NewHeader(timerType), s: s, id: id, callback: object.None}
	if len(args)+len(kw) > 0 {
		if err := o.start(t, args, kw); err != nil {
			return object.Null, err
		}
	}
	s.timers[id] = o
	return o.Header.Value(), nil
}

// start begins to count. A timer that runs goes on and only takes over the new
// mode, period and callback; one that has fired once counts as running until it
// is stopped (machine_timer_init_helper).
func (o *timer) start(t *object.Thread, args, kw []object.Value) error {
	var given [5]object.Value
	if err := object.ParseArgs(t, args, kw, timerArgs, given[:]); err != nil {
		return err
	}
	period, err := periodOf(given[2].Int(), given[3].Int(), given[4])
	if err != nil {
		return err
	}
	o.mode, o.callback, o.period = given[0].Int(), given[1], period
	if o.running {
		if o.next == nil || !o.next.Pending() {
			o.s.b.Dev.Note(fmt.Sprintf("Timer%d has fired and was not stopped: start does nothing, call stop first", o.id))
		}
		return nil
	}
	o.known = true
	if period > 0 {
		o.running = true
		o.arm()
	}
	return nil
}

// periodOf reads how long a timer counts: 1/freq, or period ticks of tick_hz.
func periodOf(ticks, rate int64, freq object.Value) (time.Duration, error) {
	if !freq.IsNone() {
		f, err := object.ToFloat(freq)
		if err != nil {
			return 0, err
		}
		if !(f > 0) {
			return 0, errValue("freq must be positive")
		}
		return time.Duration(min(1000/f, math.MaxUint32)) * time.Millisecond, nil
	}
	if rate <= 0 || ticks < 0 || ticks > math.MaxUint32 {
		return 0, errValue("period must be in [0, 4294967295] and tick_hz positive")
	}
	return time.Duration(ticks*1000/rate) * time.Millisecond, nil
}

// arm plans the next time. A timer that calls nobody keeps no device running.
func (o *timer) arm() {
	k, name := o.s.b.Dev.Kernel, fmt.Sprintf("Timer%d", o.id)
	plan := k.After
	if o.callback.IsNone() {
		plan = k.AfterBackground
	}
	o.next = plan(o.period, name, func() {
		if o.mode == periodic {
			o.arm()
		}
		o.s.schedule(o.callback, o.Header.Value())
	})
}

func (o *timer) halt() {
	if o.next != nil {
		o.next.Cancel()
	}
}

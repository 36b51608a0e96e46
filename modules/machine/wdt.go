package machine

import (
	"math"
	"time"

	"qpy/python/object"
)

// watchdog is the object of class WDT (machine_wdt.c).
type watchdog struct {
	object.Header
	s *state
}

var (
	watchdogType = object.NewType("WDT")
	watchdogs    object.Layout[watchdog]
)

func setUpWatchdog() {
	watchdogs = object.NewLayout[watchdog](watchdogType)
	watchdogType.New = newWatchdog
	watchdogType.Visit = func(object.Value, func(object.Value)) int { return 16 }
	method := func(name string, f func(*watchdog)) object.Value {
		return object.Func1(name, func(_ *object.Thread, self object.Value) (object.Value, error) {
			w, ok := watchdogs.From(self)
			if !ok {
				return object.Null, wrongType()
			}
			f(w)
			return object.Int(0), nil
		})
	}
	defineMethods(watchdogType,
		method("feed", func(w *watchdog) { w.s.b.Dev.Power().FeedWatchdog() }),
		method("stop", func(w *watchdog) { w.s.b.Dev.Power().DisarmWatchdog() }),
	)
}

// newWatchdog is WDT(period): the device restarts when feed is not called for
// so many seconds. Without a period that the hardware takes it is False.
func newWatchdog(t *object.Thread, _ *object.Type, args, kw []object.Value) (object.Value, error) {
	if err := object.CheckNum(args, kw, 0, 1, true); err != nil {
		return object.Null, err
	}
	period := int64(0)
	if len(args) > 0 {
		var err error
		if period, err = object.ToInt(t, args[0]); err != nil {
			return object.Null, err
		}
	}
	s := of(t)
	s.b.Dev.Power().DisarmWatchdog()
	if period <= 0 || period > math.MaxInt32 {
		return object.False, nil
	}
	if s.wdt == nil {
		s.wdt = &watchdog{Header: object.NewHeader(watchdogType), s: s}
	}
	s.b.Dev.Power().ArmWatchdog(time.Duration(period) * time.Second)
	return s.wdt.Header.Value(), nil
}

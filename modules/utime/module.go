// Package utime is the module `utime` (and `time`): the clock of the device,
// its ticks and its waits (modutime.c, utime_mphal.c, mphalport.c).
package utime

import (
	"time"

	"github.com/go-python/gpython/py"

	"qpy/device/rtc"
	"qpy/modules/board"
	"qpy/python"
)

// ticksPeriod is where the tick counters wrap (MICROPY_PY_UTIME_TICKS_PERIOD).
const ticksPeriod = 1 << 30

// chinaOffset is the zone that the firmware's localtime(secs) and mktime reckon
// in, whatever setTimeZone was told: UTC+8 (modutime.c).
const chinaOffset = 8 * time.Hour

// Module is the module `utime`.
var Module = python.Module{Name: "utime", Native: native}

func native() *py.ModuleImpl {
	return &py.ModuleImpl{
		Info: py.ModuleInfo{Name: "utime"},
		Methods: []*py.Method{
			board.Func("localtime", 0, 1, localtime),
			board.Func("mktime", 1, 1, mktime),
			board.Func("time", 0, 0, func(b *board.Board, _ []py.Object) (py.Object, error) {
				return py.Int(b.Dev.Clock().UTC().Unix()), nil
			}),
			board.Func("sleep", 1, 1, sleep),
			board.Func("sleep_ms", 1, 1, sleepUnits(time.Millisecond)),
			board.Func("sleep_us", 1, 1, sleepUnits(time.Microsecond)),
			board.Func("ticks_ms", 0, 0, ticks(time.Millisecond)),
			board.Func("ticks_us", 0, 0, ticks(time.Microsecond)),
			board.Func("ticks_cpu", 0, 0, ticks(time.Microsecond)),
			board.Func("ticks_add", 2, 2, ticksAdd),
			board.Func("ticks_diff", 2, 2, ticksDiff),
			board.Func("setTimeZone", 1, 1, setTimeZone),
			board.Func("getTimeZone", 0, 0, func(b *board.Board, _ []py.Object) (py.Object, error) {
				return py.Int(b.Dev.Clock().Zone()), nil
			}),
		},
	}
}

// localtime gives the eight numbers of the device's local time, or of a number
// of seconds since 1970.
func localtime(b *board.Board, args []py.Object) (py.Object, error) {
	t := b.Dev.Clock().Local()
	if len(args) > 0 && args[0] != py.None {
		secs, err := board.Int(args[0])
		if err != nil {
			return nil, err
		}
		t = time.Unix(secs, 0).Add(chinaOffset)
	}
	t = t.UTC()
	weekday := (int(t.Weekday()) + 6) % 7 // Monday is 0
	out := py.Tuple{}
	for _, n := range []int{t.Year(), int(t.Month()), t.Day(), t.Hour(), t.Minute(), t.Second(), weekday, t.YearDay()} {
		out = append(out, py.Int(n))
	}
	return out, nil
}

// mktime is the inverse of localtime(secs), by the formula of the firmware:
// numbers out of range carry over, and nothing but the first six counts.
func mktime(_ *board.Board, args []py.Object) (py.Object, error) {
	items, err := board.Sequence(args[0])
	if err != nil {
		return nil, err
	}
	if len(items) < 8 || len(items) > 9 {
		return nil, py.ExceptionNewf(py.TypeError, "mktime needs a tuple of length 8 or 9 (%d given)", len(items))
	}
	var f [6]int64
	for i := range f {
		if f[i], err = board.Int(items[i]); err != nil {
			return nil, err
		}
	}
	year, mon, day := f[0], f[1]-2, f[2]
	if mon <= 0 { // February comes last, so that the leap day does
		mon += 12
		year--
	}
	days := year/4 - year/100 + year/400 + 367*mon/12 + day + year*365 - 719499
	secs := ((days*24+f[3])*60+f[4])*60 + f[5] - int64(chinaOffset/time.Second)
	return py.Int(secs), nil
}

// sleep takes seconds, fractions too; what is less than a millisecond is cut
// off, as the firmware does.
func sleep(b *board.Board, args []py.Object) (py.Object, error) {
	secs, err := board.Float(args[0])
	if err != nil {
		return nil, err
	}
	ms := secs * 1000
	if ms != ms || ms < 1 {
		return py.None, b.Sleep(0)
	}
	const most = float64(1<<63-1) / float64(time.Millisecond)
	if ms >= most {
		ms = most - 1024
	}
	return py.None, b.Sleep(time.Duration(int64(ms)) * time.Millisecond)
}

// sleepUnits is sleep_ms and sleep_us: whole numbers; nothing happens below 1.
// The firmware's shortest wait is a millisecond, which sleep_us rounds to.
func sleepUnits(unit time.Duration) func(*board.Board, []py.Object) (py.Object, error) {
	return func(b *board.Board, args []py.Object) (py.Object, error) {
		n, err := board.Int(args[0])
		if err != nil || n <= 0 {
			return py.None, err
		}
		if most := int64(1<<63-1) / int64(unit); n > most {
			n = most
		}
		d := (time.Duration(n) * unit).Truncate(time.Millisecond)
		return py.None, b.Sleep(max(d, time.Millisecond))
	}
}

func ticks(unit time.Duration) func(*board.Board, []py.Object) (py.Object, error) {
	return func(b *board.Board, _ []py.Object) (py.Object, error) {
		return py.Int(int64(b.Dev.Kernel.Uptime()/unit) & (ticksPeriod - 1)), nil
	}
}

func ticksAdd(_ *board.Board, args []py.Object) (py.Object, error) {
	a, d, err := twoInts(args)
	return py.Int((a + d) & (ticksPeriod - 1)), err
}

// ticksDiff is end - start round the wrap, in [-2**29, 2**29).
func ticksDiff(_ *board.Board, args []py.Object) (py.Object, error) {
	end, start, err := twoInts(args)
	return py.Int(((end - start + ticksPeriod/2) & (ticksPeriod - 1)) - ticksPeriod/2), err
}

func twoInts(args []py.Object) (a, b int64, err error) {
	if a, err = board.Int(args[0]); err != nil {
		return 0, 0, err
	}
	b, err = board.Int(args[1])
	return a, b, err
}

func setTimeZone(b *board.Board, args []py.Object) (py.Object, error) {
	hours, err := board.Int(args[0])
	if err != nil {
		return nil, err
	}
	if hours < -rtc.MaxZone || hours > rtc.MaxZone {
		return nil, py.ExceptionNewf(py.ValueError, "invalid value, timezone should be in [-12, +12].")
	}
	if err := b.Dev.Clock().SetZone(int(hours)); err != nil {
		b.Dev.Note("setTimeZone: the zone is forgotten at the next restart: " + err.Error())
	}
	b.Dev.Flash().Settle()
	return py.Int(0), nil
}

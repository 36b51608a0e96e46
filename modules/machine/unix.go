package machine

import (
	"encoding/binary"
	"fmt"
	"time"

	"qpy/modules/uctypes"
	"qpy/python/object"
)

// memory is mem8, mem16 or mem32: the device's memory by address, as uctypes
// has it (extmod/machine_mem.c).
type memory struct {
	object.Header
	size int64 // bytes of an element
}

// signal is a pin, or what behaves like one, perhaps inverted
// (extmod/machine_signal.c).
type signal struct {
	object.Header
	pin    object.Value
	invert bool
}

// base is what PinBase() gives: one object for all (extmod/machine_pinbase.c).
type base struct {
	object.Header
	_ uint64 // an object needs an address of its own
}

var (
	memoryType = object.NewType("mem")
	memories   object.Layout[memory]
	signalType = object.NewType("Signal")
	signals    object.Layout[signal]
	pinBase    = object.NewType("PinBase")

	singleton       *base
	nInvert, nValue *object.Str
)

func setUpUnix() {
	memories = object.NewLayout[memory](memoryType)
	signals = object.NewLayout[signal](signalType)
	singleton = &base{Header: object.NewHeader(pinBase)}
	nInvert, nValue = object.Intern("invert"), object.Intern("value")
	memoryType.Print = func(_ *object.Thread, w *object.Printer, self object.Value, _ object.PrintKind) error {
		return w.Strf("<%d-bit memory>", 8*memories.Must(self).size)
	}
	memoryType.Visit = func(object.Value, func(object.Value)) int { return 16 }
	memoryType.GetItem = func(t *object.Thread, self, index object.Value) (object.Value, error) {
		p := make([]byte, 4)
		size := memories.Must(self).size
		addr, err := address(t, index, size)
		if err == nil {
			err = uctypes.Peek(t.In, addr, p[:size])
		}
		return object.Int(int64(binary.LittleEndian.Uint32(p))), err
	}
	memoryType.SetItem = func(t *object.Thread, self, index, val object.Value) (bool, error) {
		size := memories.Must(self).size
		addr, err := address(t, index, size)
		if err != nil {
			return true, err
		}
		n, err := object.ToIntTruncated(t, val)
		if err != nil {
			return true, err
		}
		return true, uctypes.Poke(t.In, addr, binary.LittleEndian.AppendUint32(nil, uint32(n))[:size])
	}

	pinBase.New = func(*object.Thread, *object.Type, []object.Value, []object.Value) (object.Value, error) {
		return singleton.Header.Value(), nil
	}

	signalType.New = newSignal
	signalType.Visit = func(self object.Value, f func(object.Value)) int {
		f(signals.Must(self).pin)
		return 48
	}
	call := func(t *object.Thread, args []object.Value) (object.Value, error) {
		o, ok := signals.From(args[0])
		switch {
		case !ok:
			return object.Null, wrongType()
		case len(args) == 1:
			high, err := readPin(t, o.Header.Value())
			return object.Int(int64(high)), err
		}
		high, err := object.IsTrue(t, args[1])
		if err != nil {
			return object.Null, err
		}
		return object.None, writePin(t, args[0], high)
	}
	signalType.Call = func(t *object.Thread, self object.Value, args, kw []object.Value) (object.Value, error) {
		if err := object.CheckNum(args, kw, 0, 1, false); err != nil {
			return object.Null, err
		}
		return call(t, append([]object.Value{self}, args...))
	}
	set := func(name string, high bool) object.Value {
		return object.Func1(name, func(t *object.Thread, self object.Value) (object.Value, error) {
			if _, ok := signals.From(self); !ok {
				return object.Null, wrongType()
			}
			return object.None, writePin(t, self, high)
		})
	}
	defineMethods(signalType, object.FuncVar("value", 1, 2, call), set("on", true), set("off", false))
}

func newMemory(bits int) (name string, v object.Value) {
	m := &memory{object.NewHeader(memoryType), int64(bits / 8)}
	return fmt.Sprintf("mem%d", bits), m.Header.Value()
}

// address reads an address, which is a multiple of the size of what is there.
func address(t *object.Thread, v object.Value, size int64) (uint64, error) {
	n, err := object.ToIntTruncated(t, v)
	if err == nil && n&(size-1) != 0 {
		err = object.Raisef(object.ValueError, "address %08x is not aligned to %d bytes", uint64(n), size)
	}
	return uint64(n), err
}

// newSignal is Signal(pin, *, invert=False).
func newSignal(t *object.Thread, _ *object.Type, args, kw []object.Value) (object.Value, error) {
	invert := object.KwGet(kw, nInvert)
	if len(args) != 1 || len(kw) > 2 || len(kw) == 2 && invert.IsNull() {
		return object.Null, object.RaiseArgs(object.TypeError)
	}
	o := &signal{Header: object.NewHeader(signalType), pin: args[0]}
	if !invert.IsNull() {
		var err error
		if o.invert, err = object.IsTrue(t, invert); err != nil {
			return object.Null, err
		}
	}
	return o.Header.Value(), t.Alloc(48)
}

// readPin reads a Pin, a Signal, or the value() of a class made from PinBase
// (extmod/virtpin.c).
func readPin(t *object.Thread, v object.Value) (int, error) {
	if p, ok := pins.From(v); ok {
		return p.s.b.Dev.Pins.Level(p.n), nil
	}
	if o, ok := signals.From(v); ok {
		level, err := readPin(t, o.pin)
		if o.invert {
			level ^= 1
		}
		return level, err
	}
	if !v.Type().IsSubclass(pinBase) {
		return 0, errNoPin(v)
	}
	r, err := object.CallName(t, v, nValue)
	if err != nil {
		return 0, err
	}
	n, err := object.ToInt(t, r)
	return int(n), err
}

func writePin(t *object.Thread, v object.Value, high bool) error {
	level := 0
	if high {
		level = 1
	}
	if p, ok := pins.From(v); ok {
		p.s.b.Dev.Pins.Set(p.n, level)
		return nil
	}
	if o, ok := signals.From(v); ok {
		return writePin(t, o.pin, high != o.invert)
	}
	if !v.Type().IsSubclass(pinBase) {
		return errNoPin(v)
	}
	_, err := object.CallName(t, v, nValue, object.Bool(high))
	return err
}

// errNoPin answers for an object that is no pin, which MicroPython takes for one.
func errNoPin(v object.Value) error {
	return object.Raisef(object.TypeError, "'%s' object is not a Pin, a Signal or a subclass of PinBase", v.TypeName())
}

// timePulse is time_pulse_us(pin, level[, timeout]): how long the next pulse
// lasts, -2 if it does not begin in time, -1 if it does not end.
func timePulse(t *object.Thread, args []object.Value) (object.Value, error) {
	high, err := object.IsTrue(t, args[1])
	if err != nil {
		return object.Null, err
	}
	level := 0
	if high {
		level = 1
	}
	timeout := int64(1_000_000)
	if len(args) > 2 {
		if timeout, err = object.ToInt(t, args[2]); err != nil {
			return object.Null, err
		}
	}
	s := of(t)
	k := s.b.Dev.Kernel
	limit := time.Duration(max(timeout, 0)) * time.Microsecond
	// until waits until the pin is at the level, or is not.
	until := func(at bool) (time.Duration, bool, error) {
		start := k.Now()
		for {
			n, err := readPin(t, args[0])
			if err != nil || (n == level) == at {
				return k.Now() - start, true, err
			}
			if k.Now()-start >= limit {
				return 0, false, nil
			}
			if err := s.b.Turn(); err != nil {
				return 0, false, s.in.Err(err)
			}
		}
	}
	if _, ok, err := until(true); err != nil || !ok {
		return object.Int(-2), err
	}
	width, ok, err := until(false)
	if err != nil || !ok {
		return object.Int(-1), err
	}
	return object.Int(int64(width / time.Microsecond)), nil
}

package object

// The slice object and the indices it stands for (py/objslice.c).

var (
	nStart   = Intern("start")
	nStop    = Intern("stop")
	nStep    = Intern("step")
	nIndices = Intern("indices")
)

var sliceIndices = Func2("indices", func(t *Thread, self, n Value) (Value, error) {
	k, ok, err := IntMaybe(n)
	if err != nil {
		return Null, err
	}
	if !ok {
		// MicroPython does not check the type and reads wild memory.
		return Null, Raisef(TypeError, "can't convert %s to int", n.TypeName())
	}
	start, stop, step, err := (*Slice)(self.p).Indices(t, k)
	return NewTuple(Int(start), Int(stop), Int(step)), err
})

func init() {
	SliceType.Print = func(t *Thread, w *Printer, self Value, kind PrintKind) error {
		s := (*Slice)(self.p)
		text := "slice("
		for _, v := range [...]Value{s.Start, s.Stop, s.Step} {
			if err := w.Str(text); err != nil {
				return err
			}
			if err := Print(t, w, v, PrintRepr); err != nil {
				return err
			}
			text = ", "
		}
		return w.Str(")")
	}
	SliceType.LoadAttr = func(t *Thread, self Value, name *Str) (attr, recv Value, err error) {
		s := (*Slice)(self.p)
		switch name {
		case nStart:
			return s.Start, Null, nil
		case nStop:
			return s.Stop, Null, nil
		case nStep:
			return s.Step, Null, nil
		case nIndices:
			return sliceIndices, self, nil
		}
		return Null, Null, nil
	}
	SliceType.Visit = func(self Value, f func(Value)) int {
		s := (*Slice)(self.p)
		f(s.Start)
		f(s.Stop)
		f(s.Step)
		return 56
	}
	DefineBuiltin("slice", SliceType.Value())
}

// Indices returns what the slice selects from a sequence of n items: where it
// starts and stops, cut to the sequence, and the step, which is not zero
// (mp_obj_slice_indices). With a negative step, stop is -1 if the first item is
// selected too.
func (s *Slice) Indices(t *Thread, n int64) (start, stop, step int64, err error) {
	step = 1
	if !s.Step.IsNone() {
		if step, err = ToInt(t, s.Step); err != nil {
			return
		}
		if step == 0 {
			err = Raise(ValueError, "slice step can't be zero")
			return
		}
	}
	low, high := int64(0), n
	if step < 0 {
		low, high = -1, n-1
	}
	start, stop = low, high
	if step < 0 {
		start, stop = high, low
	}
	if !s.Start.IsNone() {
		if start, err = ToInt(t, s.Start); err != nil {
			return
		}
		if start < 0 {
			start += n
		}
		start = min(high, max(start, low))
	}
	if !s.Stop.IsNone() {
		if stop, err = ToInt(t, s.Stop); err != nil {
			return
		}
		if stop < 0 {
			stop += n
		}
		stop = min(high, max(stop, low))
	}
	return
}

// Fast returns the indices as the sequence types use them
// (mp_seq_get_fast_slice_indexes): with step 1, start <= stop; with a negative
// step, stop is the last index that may be selected instead of the one after.
func (s *Slice) Fast(t *Thread, n int) (start, stop, step int, err error) {
	a, b, c, err := s.Indices(t, int64(n))
	if c < 0 {
		b++
	}
	if c > 0 && a > b {
		b = a
	} else if c < 0 && a < b {
		b = a + 1
	}
	return int(a), int(b), int(c), err
}

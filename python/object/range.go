package object

import "strconv"

// The range object (py/objrange.c).

func init() {
	RangeType.New = func(t *Thread, typ *Type, args, kw []Value) (Value, error) {
		if err := CheckNum(args, kw, 1, 3, false); err != nil {
			return Null, err
		}
		r := NewRange(0, 0, 1)
		var err error
		if len(args) == 1 {
			r.Stop, err = ToInt(t, args[0])
			return r.Value(), err
		}
		if r.Start, err = ToInt(t, args[0]); err != nil {
			return Null, err
		}
		if r.Stop, err = ToInt(t, args[1]); err != nil {
			return Null, err
		}
		if len(args) == 3 {
			if r.Step, err = ToInt(t, args[2]); err != nil {
				return Null, err
			}
			if r.Step == 0 {
				return Null, Raise(ValueError, "zero step")
			}
		}
		return r.Value(), nil
	}
	RangeType.Print = func(t *Thread, w *Printer, self Value, kind PrintKind) error {
		r := (*Range)(self.p)
		s := "range(" + strconv.FormatInt(r.Start, 10) + ", " + strconv.FormatInt(r.Stop, 10)
		if r.Step != 1 {
			s += ", " + strconv.FormatInt(r.Step, 10)
		}
		return w.Str(s + ")")
	}
	RangeType.Unary = func(t *Thread, op UnaryOp, self Value) (Value, error) {
		switch op {
		case OpBool:
			return Bool((*Range)(self.p).Len() > 0), nil
		case OpLen:
			return Int((*Range)(self.p).Len()), nil
		}
		return Null, nil
	}
	// There is no Binary slot: two ranges are equal only if they are the same
	// object (MICROPY_PY_BUILTINS_RANGE_BINOP is off).
	RangeType.GetItem = func(t *Thread, self, index Value) (Value, error) {
		r := (*Range)(self.p)
		n := r.Len()
		if s, ok := index.AsSlice(); ok {
			start, stop, step, err := s.Fast(t, int(n))
			if err != nil {
				return Null, err
			}
			out := NewRange(r.Start+int64(start)*r.Step, r.Start+int64(stop)*r.Step, int64(step)*r.Step)
			if step < 0 {
				// The stop of a negative step is inclusive.
				out.Stop -= r.Step
			}
			return out.Value(), nil
		}
		i, err := Index(RangeType, int(n), index, false)
		if err != nil {
			return Null, err
		}
		return Int(r.Start + int64(i)*r.Step), nil
	}
	RangeType.LoadAttr = func(t *Thread, self Value, name *Str) (attr, recv Value, err error) {
		r := (*Range)(self.p)
		switch name {
		case nStart:
			return Int(r.Start), Null, nil
		case nStop:
			return Int(r.Stop), Null, nil
		case nStep:
			return Int(r.Step), Null, nil
		}
		return Null, Null, nil
	}
	RangeType.Visit = func(self Value, f func(Value)) int { return 32 }
	DefineBuiltin("range", RangeType.Value())
}

// Has reports whether i is in the range.
func (r *Range) Has(i int64) bool {
	if r.Step > 0 {
		return i >= r.Start && i < r.Stop && uint64(i-r.Start)%uint64(r.Step) == 0
	}
	return i <= r.Start && i > r.Stop && uint64(r.Start-i)%-uint64(r.Step) == 0
}

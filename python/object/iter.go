package object

// ListIter is the iterator of a list.
type ListIter struct {
	Header
	L *List
	I int
}

// TupleIter is the iterator of a tuple.
type TupleIter struct {
	Header
	Items []Value
	I     int
}

// RangeIter is the iterator of a range: N items are left, the next is At.
type RangeIter struct {
	Header
	At, Step, N int64
}

// getItemIter is the iterator of an object that only has __getitem__.
type getItemIter struct {
	Header
	fn, recv Value
	i        int64
}

// Identity is the Iter slot of iterators.
func Identity(t *Thread, self Value) (Value, error) { return self, nil }

// nextFunc is what x.__next__ gives for built-in iterators: the function next.
var nextFunc = Func1("next", nil)

func init() {
	b, _ := nextFunc.AsBuiltin()
	b.F1 = func(t *Thread, it Value) (Value, error) {
		v, err := NextRaise(t, it)
		if err == nil && v.IsNull() {
			err = RaiseArgs(StopIteration)
		}
		return v, err
	}
	ListType.Iter = func(t *Thread, self Value) (Value, error) {
		return (&ListIter{Header{ListIterType}, (*List)(self.p), 0}).Value(), nil
	}
	ListIterType.Iter = Identity
	ListIterType.Next = func(t *Thread, self Value) (Value, error) {
		it := (*ListIter)(self.p)
		if it.I < len(it.L.Items) {
			it.I++
			return it.L.Items[it.I-1], nil
		}
		return Null, nil
	}
	ListIterType.Visit = func(self Value, f func(Value)) int {
		f((*ListIter)(self.p).L.Value())
		return 32
	}
	TupleType.Iter = func(t *Thread, self Value) (Value, error) {
		return NewItemsIter((*Tuple)(self.p).Items), nil
	}
	TupleIterType.Iter = Identity
	TupleIterType.Next = func(t *Thread, self Value) (Value, error) {
		it := (*TupleIter)(self.p)
		if it.I < len(it.Items) {
			it.I++
			return it.Items[it.I-1], nil
		}
		return Null, nil
	}
	TupleIterType.Visit = func(self Value, f func(Value)) int {
		for _, v := range (*TupleIter)(self.p).Items {
			f(v)
		}
		return 48
	}
	RangeType.Iter = func(t *Thread, self Value) (Value, error) {
		r := (*Range)(self.p)
		return (&RangeIter{Header{RangeIterType}, r.Start, r.Step, r.Len()}).Value(), nil
	}
	RangeIterType.Iter = Identity
	RangeIterType.Next = func(t *Thread, self Value) (Value, error) {
		it := (*RangeIter)(self.p)
		if it.N > 0 {
			v := it.At
			it.At += it.Step
			it.N--
			return Int(v), nil
		}
		return Null, nil
	}
	GetItemIterType.Iter = Identity
	GetItemIterType.Next = func(t *Thread, self Value) (Value, error) {
		it := (*getItemIter)(self.p)
		v, err := CallMethod(t, it.fn, it.recv, []Value{Int(it.i)}, nil)
		if err != nil {
			if IsRaised(err, StopIteration) || IsRaised(err, IndexError) {
				return Null, nil
			}
			return Null, err
		}
		it.i++
		return v, nil
	}
	GetItemIterType.Visit = func(self Value, f func(Value)) int {
		it := (*getItemIter)(self.p)
		f(it.fn)
		f(it.recv)
		return 48
	}
}

// NewItemsIter returns an iterator over items, which must not change.
func NewItemsIter(items []Value) Value {
	return (&TupleIter{Header{TupleIterType}, items, 0}).Value()
}

// smallObject is about what an object takes that holds a few words, in bytes.
const smallObject = 64

// Iter returns an iterator of v (mp_getiter).
func Iter(t *Thread, v Value) (Value, error) {
	t.In.Charge(smallObject)
	if f := v.Type().Iter; f != nil {
		it, err := f(t, v)
		if err != nil || !it.IsNull() {
			return it, err
		}
	}
	fn, recv, err := LoadMethodMaybe(t, v, nGetItem)
	if err != nil {
		return Null, err
	}
	if fn.IsNull() {
		return Null, Raisef(TypeError, "'%s' object isn't iterable", v.TypeName())
	}
	return (&getItemIter{Header{GetItemIterType}, fn, recv, 0}).Value(), nil
}

// Next returns the iterator's next item, or Null at the end, also if a script's
// __next__ announced that by StopIteration (mp_iternext). Of a built-in
// iterator a StopIteration goes through: from the function of a map, or with
// the value that a generator returned.
func Next(t *Thread, it Value) (Value, error) {
	if f := it.Type().Next; f != nil {
		return f(t, it)
	}
	v, err := NextRaise(t, it)
	if err != nil && IsRaised(err, StopIteration) {
		return Null, nil
	}
	return v, err
}

// NextRaise is Next that lets a StopIteration through
// (mp_iternext_allow_raise).
func NextRaise(t *Thread, it Value) (Value, error) {
	if err := t.Work(1); err != nil {
		return Null, err
	}
	if f := it.Type().Next; f != nil {
		return f(t, it)
	}
	fn, recv, err := LoadMethodMaybe(t, it, nNext)
	if err != nil {
		return Null, err
	}
	if fn.IsNull() {
		return Null, Raisef(TypeError, "'%s' object isn't an iterator", it.TypeName())
	}
	return CallMethod(t, fn, recv, nil, nil)
}

// Each calls f with every item of an iterable until f fails.
func Each(t *Thread, v Value, f func(Value) error) error {
	switch v.Type().Kind {
	case KindTuple:
		for i, x := range (*Tuple)(v.p).Items {
			if i%workItems == workItems-1 {
				if err := t.Work(workItems); err != nil {
					return err
				}
			}
			if err := f(x); err != nil {
				return err
			}
		}
		return nil
	case KindList:
		l := (*List)(v.p)
		for i := 0; i < len(l.Items); i++ {
			if i%workItems == workItems-1 {
				if err := t.Work(workItems); err != nil {
					return err
				}
			}
			if err := f(l.Items[i]); err != nil {
				return err
			}
		}
		return nil
	}
	if each := v.Type().Each; each != nil {
		return each(t, v, f)
	}
	it, err := Iter(t, v)
	if err != nil {
		return err
	}
	for {
		x, err := nextOf(t, it)
		if err != nil || x.IsNull() {
			return err
		}
		if err := f(x); err != nil {
			return err
		}
	}
}

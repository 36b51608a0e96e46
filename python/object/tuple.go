package object

import "slices"

// tupleHash is where the hash of a tuple starts. MicroPython takes the address
// of its empty tuple; this is one that the unix port might have, a multiple of
// its page size apart.
const tupleHash = 0x55e5_3c2f_3520

// The slots and methods of tuple (py/objtuple.c). They also serve types laid out
// like a tuple, whose Kind is KindTuple.

func init() {
	TupleType.Print = TuplePrint
	TupleType.New = tupleNew
	TupleType.Unary = TupleUnary
	TupleType.Binary = TupleBinary
	TupleType.GetItem = TupleGetItem
	TupleType.Visit = TupleVisit
	DefineLater(func() {
		TupleType.Define("count", Func2("count", func(t *Thread, self, x Value) (Value, error) {
			return seqCount(t, &(*Tuple)(self.p).Items, x)
		}))
		TupleType.Define("index", FuncVar("index", 2, 4, func(t *Thread, args []Value) (Value, error) {
			i, err := seqIndex(t, &(*Tuple)(args[0].p).Items, args)
			return Int(int64(i)), err
		}))
	}, TupleType)
	DefineBuiltin("tuple", TupleType.Value())
}

// TuplePrint is the Print slot of tuples.
func TuplePrint(t *Thread, w *Printer, self Value, kind PrintKind) error {
	items := &(*Tuple)(self.p).Items
	left, right := "(", ")"
	if kind == PrintJSON {
		left, right = "[", "]"
	} else {
		kind = PrintRepr
		if len(*items) == 1 {
			right = ",)"
		}
	}
	if err := w.Str(left); err != nil {
		return err
	}
	if err := printItems(t, w, items, kind); err != nil {
		return err
	}
	return w.Str(right)
}

func tupleNew(t *Thread, typ *Type, args, kw []Value) (Value, error) {
	if err := CheckNum(args, kw, 0, 1, false); err != nil {
		return Null, err
	}
	if len(args) == 0 {
		return emptyTuple.Value(), nil
	}
	if args[0].Type() == TupleType {
		return args[0], nil
	}
	switch args[0].Type().Kind {
	case KindTuple, KindList, KindRange:
		items, err := ListOf(t, args[0])
		return TupleOf(items), err
	}
	var v Value
	err := gather(t, args[0], func(items []Value) { v = t.In.NewTuple(items) })
	return v, err
}

// TupleUnary is the Unary slot of tuples.
func TupleUnary(t *Thread, op UnaryOp, self Value) (Value, error) {
	items := (*Tuple)(self.p).Items
	switch op {
	case OpBool:
		return Bool(len(items) != 0), nil
	case OpLen:
		return Int(int64(len(items))), nil
	case OpHash:
		h, err := hashItems(t, items)
		return Int(h), err
	}
	return Null, nil
}

// hashItems returns the hash of a tuple of these items.
func hashItems(t *Thread, items []Value) (int64, error) {
	h := int64(tupleHash)
	for i, v := range items {
		if i%workItems == workItems-1 {
			if err := t.Work(workItems); err != nil {
				return 0, err
			}
		}
		switch {
		case v.IsInt():
			h += v.Int()
		case v.Type() == StrType:
			k, err := hashKey(t, v)
			if err != nil {
				return 0, err
			}
			h += int64(k)
		default:
			if err := t.Enter(); err != nil {
				return 0, err
			}
			k, err := Hash(t, items[i])
			t.Leave()
			if err != nil {
				return 0, err
			}
			h += k
		}
	}
	return h << t.In.wordUnit >> t.In.wordUnit, nil
}

// TupleBinary is the Binary slot of tuples.
func TupleBinary(t *Thread, op BinaryOp, self, other Value) (Value, error) {
	items := &(*Tuple)(self.p).Items
	switch op {
	case OpAdd, OpInplaceAdd:
		if !other.Type().IsSubclass(TupleType) {
			return Null, nil
		}
		more, ok := nativeTuple(other)
		if !ok {
			return Null, nil
		}
		if err := t.allocItems(int64(len(*items)+len(more)), tupleHead); err != nil {
			return Null, err
		}
		return TupleOf(slices.Concat(*items, more)), nil
	case OpMultiply, OpInplaceMultiply:
		n, ok, err := IntMaybe(other)
		if !ok || err != nil {
			return Null, err
		}
		all, err := repeat(t, *items, max(n, 0), tupleHead)
		return TupleOf(all), err
	case OpEqual, OpLess, OpLessEqual, OpMore, OpMoreEqual:
		o, ok := nativeTuple(other)
		if !ok {
			return Null, nil
		}
		return seqCompare(t, op, items, &o)
	case OpContains:
		return seqContains(t, items, other)
	}
	return Null, nil
}

// nativeTuple returns the items of a tuple or of an instance of a class derived
// from tuple.
func nativeTuple(v Value) ([]Value, bool) {
	if o, ok := v.AsInstance(); ok && v.Type().native != nil {
		if v = o.Native(); v.IsNull() {
			return nil, false
		}
	}
	return TupleItems(v)
}

// TupleGetItem is the GetItem slot of tuples.
func TupleGetItem(t *Thread, self, index Value) (Value, error) {
	items := (*Tuple)(self.p).Items
	if index.IsInt() {
		i := index.Int()
		if i < 0 {
			i += int64(len(items))
		}
		if uint64(i) < uint64(len(items)) {
			return items[i], nil
		}
	}
	if s, ok := index.AsSlice(); ok {
		start, stop, step, err := s.Fast(t, len(items))
		if err != nil {
			return Null, err
		}
		if step != 1 {
			return Null, errSliceStep()
		}
		if start == stop {
			return emptyTuple.Value(), nil
		}
		part, err := copyItems(t, items[start:stop])
		return TupleOf(part), err
	}
	i, err := Index(self.Type(), len(items), index, false)
	if err != nil {
		return Null, err
	}
	return items[i], nil
}

// TupleVisit is the Visit slot of tuples.
func TupleVisit(self Value, f func(Value)) int {
	items := (*Tuple)(self.p).Items
	for _, v := range items {
		f(v)
	}
	return 32 + 16*len(items)
}

func errSliceStep() error {
	return Raise(NotImplementedError, "only slices with step=1 (aka None) are supported")
}

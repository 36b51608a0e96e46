package object

// The slots of instances of classes that scripts make (py/objtype.c); the classes
// themselves are in class.go.

func instanceCall(t *Thread, self Value, args, kw []Value) (Value, error) {
	o := (*Instance)(self.p)
	fn, recv, err := o.special(t, nCall, hasCall)
	switch {
	case err != nil:
		return Null, err
	case fn.IsNull():
		return Null, Raisef(TypeError, "'%s' object isn't callable", o.typ.Name)
	case fn == sentinel:
		return Call(t, o.slots[0], args, kw)
	}
	return CallMethod(t, fn, recv, args, kw)
}

func instancePrint(t *Thread, w *Printer, self Value, kind PrintKind) error {
	o := (*Instance)(self.p)
	name := nRepr
	if kind == PrintStr {
		name = nStr
	}
	fn, recv, err := o.special(t, name, hasPrint)
	if err == nil && fn.IsNull() && kind == PrintStr {
		fn, recv, err = o.special(t, nRepr, nil)
	}
	if err != nil {
		return err
	}
	switch {
	case fn == sentinel:
		if o.slots[0].Type().Kind == KindException {
			if kind != PrintStr {
				if err := w.Str(o.typ.Name); err != nil {
					return err
				}
			}
			return Print(t, w, o.slots[0], kind|PrintExcSubclass)
		}
		return Print(t, w, o.slots[0], kind)
	case !fn.IsNull():
		if err := w.Flush(); err != nil {
			return err
		}
		r, err := CallMethod(t, fn, recv, nil, nil)
		if err != nil {
			return err
		}
		return Print(t, w, r, PrintStr)
	}
	return w.Strf("<%s object at %x>", o.typ.Name, t.In.ID(self))
}

func instanceUnary(t *Thread, op UnaryOp, self Value) (Value, error) {
	o := (*Instance)(self.p)
	fn, recv, err := o.special(t, methodNames().unary[op], hasUnary)
	switch {
	case err != nil:
		return Null, err
	case fn == sentinel:
		if n := o.slots[0]; op == OpInt && n.Type() == IntType && !t.In.isSmall(n) {
			// The large ints of 1.13 have no such operator.
			return Null, Raisef(TypeError, "can't convert %s to int", n.TypeName())
		}
		return Unary(t, op, o.slots[0])
	case fn.IsNull():
		if op == OpHash {
			if m, _, err := o.special(t, methodNames().binary[OpEqual], nil); err != nil || m.IsNull() {
				return Int(int64(t.In.ID(self))), err
			}
		}
		return Null, nil
	}
	v, err := CallMethod(t, fn, recv, nil, nil)
	if err != nil {
		return Null, err
	}
	switch op {
	case OpHash:
		n, err := ToIntTruncated(t, v)
		return Int(n), err
	case OpInt:
		if v.Type() != IntType {
			return Null, RaiseArgs(TypeError)
		}
	}
	return v, nil
}

func instanceBinary(t *Thread, op BinaryOp, self, other Value) (Value, error) {
	o := (*Instance)(self.p)
	for {
		fn, recv, err := o.special(t, methodNames().binary[op], hasBinary)
		if err != nil {
			return Null, err
		}
		var r Value
		switch {
		case fn == sentinel:
			if n := o.slots[0]; op == OpContains && fitsWord(n) {
				switch {
				case fitsWord(other), other.IsFloat(), other.Type() == ComplexType:
					return Null, unsupportedBinary(op, n, other)
				case other.IsBool():
					return Null, unsupportedBinary(op, n, Int(other.Int()))
				}
			}
			r, err = Binary(t, op, o.slots[0], other)
		case !fn.IsNull():
			r, err = CallMethod(t, fn, recv, []Value{other}, nil)
		default:
			if p := op.Plain(); p != op {
				op = p
				continue
			}
			return Null, nil
		}
		if r == NotImplemented {
			return Null, err
		}
		return r, err
	}
}

func instanceGetItem(t *Thread, self, index Value) (Value, error) {
	o := (*Instance)(self.p)
	fn, recv, err := o.special(t, nGetItem, hasGetItem)
	switch {
	case err != nil || fn.IsNull():
		return Null, err
	case fn == sentinel:
		return GetItem(t, o.slots[0], index)
	}
	return CallMethod(t, fn, recv, []Value{index}, nil)
}

func instanceSetItem(t *Thread, self, index, val Value) (bool, error) {
	o := (*Instance)(self.p)
	fn, recv, err := o.special(t, nSetItem, hasSetItem)
	switch {
	case err != nil || fn.IsNull():
		return false, err
	case fn == sentinel:
		return true, SetItem(t, o.slots[0], index, val)
	}
	_, err = CallMethod(t, fn, recv, []Value{index, val}, nil)
	return true, err
}

func instanceDelItem(t *Thread, self, index Value) (bool, error) {
	o := (*Instance)(self.p)
	fn, recv, err := o.special(t, nDelItem, hasDelItem)
	switch {
	case err != nil || fn.IsNull():
		return false, err
	case fn == sentinel:
		return true, DelItem(t, o.slots[0], index)
	}
	_, err = CallMethod(t, fn, recv, []Value{index}, nil)
	return true, err
}

func instanceIter(t *Thread, self Value) (Value, error) {
	o := (*Instance)(self.p)
	fn, recv, err := o.special(t, nIter, hasIter)
	switch {
	case err != nil || fn.IsNull():
		return Null, err
	case fn == sentinel:
		return Iter(t, o.slots[0]) // before __init__ has made it, it is no iterable
	}
	return CallMethod(t, fn, recv, nil, nil)
}

func instanceBuffer(t *Thread, self Value, write bool) (Buffer, bool) {
	o := (*Instance)(self.p)
	if fn, _, err := o.special(t, nil, hasBuffer); err != nil || fn != sentinel || o.slots[0].Type().Buffer == nil {
		return Buffer{}, false
	}
	return o.slots[0].Type().Buffer(t, o.slots[0], write)
}

func instanceVisit(self Value, f func(Value)) int {
	o := (*Instance)(self.p)
	f(o.typ.Value())
	for _, v := range o.slots {
		f(v)
	}
	return 48 + 16*cap(o.slots)
}

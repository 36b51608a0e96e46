package object

// BinaryReflected goes on with a op b after a's own method returned
// NotImplemented: with the reverse operator of b, and then the error.
func BinaryReflected(t *Thread, op BinaryOp, a, b Value) (Value, error) {
	if op >= OpOr && op <= OpPower {
		if f := b.Type().Binary; f != nil {
			r, err := f(t, op+(OpReverseOr-OpOr), b, a)
			if err != nil || !r.IsNull() {
				return r, err
			}
		}
	}
	return Null, unsupportedBinary(op, a, b)
}

func unsupportedBinary(op BinaryOp, a, b Value) error {
	if op >= OpReverseOr && op <= OpReversePower {
		op, a, b = op-(OpReverseOr-OpOr), b, a
	}
	return Raisef(TypeError, "unsupported types for %s: '%s', '%s'", nameOf(methodNames().binary[op]), a.TypeName(), b.TypeName())
}

// GenericUnary is the Unary slot of objects that only have an identity hash
// (mp_generic_unary_op).
func GenericUnary(t *Thread, op UnaryOp, self Value) (Value, error) {
	if op == OpHash {
		return Int(int64(t.In.ID(self))), nil
	}
	return Null, nil
}

// Unary computes a unary operator (mp_unary_op).
func Unary(t *Thread, op UnaryOp, v Value) (Value, error) {
	if op == OpNot {
		b, err := IsTrue(t, v)
		return Bool(!b), err
	}
	if v.IsInt() {
		if r, ok := unarySmall(op, v.Int()); ok {
			return r, nil
		}
	}
	ty := v.Type()
	if op == OpHash {
		if v.Type() == StrType || v.Type() == BytesType {
			h, err := hashKey(t, v)
			return Int(int64(h)), err
		}
	}
	if ty.Unary != nil {
		r, err := ty.Unary(t, op, v)
		if err != nil || !r.IsNull() {
			return r, err
		}
	}
	if op == OpInt {
		return Null, Raisef(TypeError, "can't convert %s to int", v.TypeName())
	}
	return Null, Raisef(TypeError, "unsupported type for %s: '%s'", nameOf(methodNames().unary[op]), v.TypeName())
}

// Binary computes a binary operator (mp_binary_op).
func Binary(t *Thread, op BinaryOp, a, b Value) (Value, error) {
	switch op {
	case OpIs:
		return Bool(a == b), nil
	case OpIsNot:
		return Bool(a != b), nil
	case OpEqual, OpNotEqual:
		return EqualOp(t, op, a, b)
	case OpExceptionMatch:
		m, err := ExceptionMatch(a, b)
		return Bool(m), err
	case OpNotIn:
		in, err := Binary(t, OpIn, a, b)
		if err != nil {
			return Null, err
		}
		x, err := IsTrue(t, in)
		return Bool(!x), err
	case OpIn:
		if fitsWord(a) && (fitsWord(b) || b.IsFloat() || b.Type() == ComplexType) {
			return Null, unsupportedBinary(op, a, b)
		}
		op, a, b = OpContains, b, a
		if fitsWord(a) && b.IsBool() {
			return Null, unsupportedBinary(op, a, Int(b.Int()))
		}
	default:
		if bothInt(a, b) {
			if r, ok, err := binarySmall(op, a.Int(), b.Int()); ok || err != nil {
				return r, err
			}
		}
		if op >= OpReverseOr && a.IsInt() && (b.IsInt() || b.IsFloat() || b.Type() == ComplexType) {
			// Asked of the int in an instance of a class.
			return Null, Raisef(TypeError, "unsupported types for %s: 'int', '%s'", nameOf(methodNames().binary[op]), b.TypeName())
		}
	}
	return binarySlots(t, op, a, b)
}

// binarySlots tries the slot of a, then the reverse operator of b.
func binarySlots(t *Thread, op BinaryOp, a, b Value) (Value, error) {
	if f := a.Type().Binary; f != nil {
		r, err := f(t, op, a, b)
		if err != nil || !r.IsNull() {
			return r, err
		}
	}
	if op >= OpOr && op <= OpPower {
		if f := b.Type().Binary; f != nil {
			r, err := f(t, op+(OpReverseOr-OpOr), b, a)
			if err != nil || !r.IsNull() {
				return r, err
			}
		}
	} else if op == OpContains {
		return containsByIter(t, a, b)
	}
	return Null, unsupportedBinary(op, a, b)
}

func containsByIter(t *Thread, seq, x Value) (Value, error) {
	if r, ok := seq.AsRange(); ok && x.IsInt() {
		return Bool(r.Has(x.Int())), nil
	}
	it, err := Iter(t, seq)
	if err != nil {
		return Null, err
	}
	for {
		v, err := nextOf(t, it)
		if err != nil {
			return Null, err
		}
		if v.IsNull() {
			return False, nil
		}
		eq, err := Equal(t, v, x)
		if err != nil {
			return Null, err
		}
		if eq {
			return True, nil
		}
	}
}

// EqualOp computes == or != (mp_obj_equal_not_equal). The result need not be a
// bool: it is what __eq__ returned.
func EqualOp(t *Thread, op BinaryOp, a, b Value) (Value, error) {
	yes, no := True, False
	if op == OpNotEqual {
		yes, no = False, True
	}
	if a == b && a.Type().Flags&FlagEqNotReflexive == 0 {
		return yes, nil
	}
	pass := 0
	at, bt := a.Type(), b.Type()
	switch {
	case at == StrType:
		if bt == StrType {
			x, y := (*Str)(a.p), (*Str)(b.p)
			if x.s == y.s {
				return yes, nil
			}
			return no, nil
		}
		if bt == BytesType {
			return no, t.In.warnBytes()
		}
		a, b, pass = b, a, 1
	case bt == StrType && at == BytesType:
		return no, t.In.warnBytes()
	case a.IsInt():
		if b.IsInt() {
			return no, nil
		}
		a, b, pass = b, a, 1
	}
	if err := t.Enter(); err != nil {
		return Null, err
	}
	defer t.Leave()
	for ; pass < 2; pass++ {
		ty := a.Type()
		if ty.Binary != nil && (ty.Flags&FlagEqChecksOtherType != 0 || b.Type() == ty) {
			if op == OpNotEqual && ty.Flags&FlagEqHasNeq != 0 {
				r, err := ty.Binary(t, OpNotEqual, a, b)
				if err != nil || !r.IsNull() {
					return r, err
				}
			}
			r, err := ty.Binary(t, OpEqual, a, b)
			if err != nil {
				return Null, err
			}
			if !r.IsNull() {
				if op == OpEqual {
					return r, nil
				}
				x, err := IsTrue(t, r)
				if x {
					return yes, err
				}
				return no, err
			}
		}
		a, b = b, a
	}
	if a == b {
		return yes, nil
	}
	return no, nil
}

func (in *Interp) warnBytes() error {
	if in.Warn != nil {
		in.Warn("BytesWarning: Comparison between bytes and str")
	}
	return nil
}

// Equal reports whether a == b.
func Equal(t *Thread, a, b Value) (bool, error) {
	r, err := EqualOp(t, OpEqual, a, b)
	if err != nil {
		return false, err
	}
	return IsTrue(t, r)
}

// IsTrue reports the truth of v (mp_obj_is_true).
func IsTrue(t *Thread, v Value) (bool, error) {
	switch ty := v.Type(); ty.Kind {
	case KindBool:
		return v.n != 0, nil
	case KindNone:
		return false, nil
	case KindInt:
		return !v.IsInt() || v.n != 0, nil
	case KindFloat:
		return v.Float() != 0, nil
	case KindStr:
		return (*Str)(v.p).s != "", nil
	case KindBytes:
		return (*Bytes)(v.p).s != "", nil
	case KindList:
		return len((*List)(v.p).Items) != 0, nil
	default:
		if ty.Unary == nil {
			return true, nil
		}
		r, err := ty.Unary(t, OpBool, v)
		if err != nil {
			return false, err
		}
		if !r.IsNull() {
			return r == True, nil
		}
		n, err := ty.Unary(t, OpLen, v)
		if err != nil {
			return false, err
		}
		return n.IsNull() || n != Int(0), nil
	}
}

// Hash returns the hash of v, before it is cut to a table's size.
func Hash(t *Thread, v Value) (int64, error) {
	r, err := Unary(t, OpHash, v)
	if err != nil {
		return 0, err
	}
	return ToIntTruncated(t, r)
}

// Len returns len(v) (mp_obj_len).
func Len(t *Thread, v Value) (Value, error) {
	r, err := LenMaybe(t, v)
	if err == nil && r.IsNull() {
		err = Raisef(TypeError, "object of type '%s' has no len()", v.TypeName())
	}
	return r, err
}

// LenMaybe returns len(v), or Null if v has no length.
func LenMaybe(t *Thread, v Value) (Value, error) {
	switch ty := v.Type(); ty.Kind {
	case KindStr:
		return (*Str)(v.p).len(t)
	case KindBytes:
		return Int(int64(len((*Bytes)(v.p).s))), nil
	case KindList:
		return Int(int64(len((*List)(v.p).Items))), nil
	case KindTuple:
		return Int(int64(len((*Tuple)(v.p).Items))), nil
	default:
		if ty.Unary == nil {
			return Null, nil
		}
		return ty.Unary(t, OpLen, v)
	}
}

// GetItem returns v[index].
func GetItem(t *Thread, v, index Value) (Value, error) {
	if f := v.Type().GetItem; f != nil {
		r, err := f(t, v, index)
		if err != nil || !r.IsNull() {
			return r, err
		}
	}
	return Null, Raisef(TypeError, "'%s' object isn't subscriptable", v.TypeName())
}

// SetItem does v[index] = val.
func SetItem(t *Thread, v, index, val Value) error {
	if f := v.Type().SetItem; f != nil {
		if ok, err := f(t, v, index, val); ok || err != nil {
			return err
		}
	}
	return Raisef(TypeError, "'%s' object doesn't support item assignment", v.TypeName())
}

// DelItem does del v[index].
func DelItem(t *Thread, v, index Value) error {
	if f := v.Type().DelItem; f != nil {
		if ok, err := f(t, v, index); ok || err != nil {
			return err
		}
	}
	return Raisef(TypeError, "'%s' object doesn't support item deletion", v.TypeName())
}

// Call calls fn with positional arguments and with keyword arguments (interned
// names and values in turn) (mp_call_function_n_kw).
func Call(t *Thread, fn Value, args, kw []Value) (Value, error) {
	if f := fn.Type().Call; f != nil {
		return f(t, fn, args, kw)
	}
	return Null, Raisef(TypeError, "'%s' object isn't callable", fn.TypeName())
}

// CallMethod calls what LoadMethod returned: with recv before the arguments
// unless it is Null.
func CallMethod(t *Thread, fn, recv Value, args, kw []Value) (Value, error) {
	if recv.IsNull() {
		return Call(t, fn, args, kw)
	}
	if b, ok := fn.AsBuiltin(); ok && len(kw) == 0 {
		switch {
		case b.F1 != nil && len(args) == 0:
			return b.F1(t, recv)
		case b.F2 != nil && len(args) == 1:
			return b.F2(t, recv, args[0])
		case b.F3 != nil && len(args) == 2:
			return b.F3(t, recv, args[0], args[1])
		}
	}
	all := make([]Value, 0, len(args)+1)
	all = append(append(all, recv), args...)
	return Call(t, fn, all, kw)
}

// Callable reports whether v can be called.
func Callable(t *Thread, v Value) bool {
	if inst, ok := v.AsInstance(); ok {
		m, _, _ := inst.special(t, nCall, hasCall)
		return !m.IsNull()
	}
	ty := v.Type()
	return ty.Call != nil && (ty.Callable == nil || ty.Callable(v))
}

// GetBuffer returns the bytes of v, or fails as mp_get_buffer_raise does. write
// asks for memory that may be changed.
func GetBuffer(t *Thread, v Value, write bool) (Buffer, error) {
	if f := v.Type().Buffer; f != nil {
		if b, ok := f(t, v, write); ok {
			return b, nil
		}
	}
	return Buffer{}, Raise(TypeError, "object with buffer protocol required")
}

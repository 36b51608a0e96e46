package object

// None, bool, Ellipsis and NotImplemented (py/objnone.c, objbool.c,
// objsingleton.c).

func init() {
	NoneType.Print = func(t *Thread, w *Printer, self Value, kind PrintKind) error {
		if kind == PrintJSON {
			return w.Str("null")
		}
		return w.Str("None")
	}
	NoneType.Unary = func(t *Thread, op UnaryOp, self Value) (Value, error) {
		if op == OpHash {
			return Int(6), nil // None is not a pointer but a number
		}
		return Null, nil
	}

	BoolType.Flags |= FlagEqChecksOtherType
	BoolType.Print = func(t *Thread, w *Printer, self Value, kind PrintKind) error {
		s := "False"
		if self.n != 0 {
			s = "True"
		}
		if kind == PrintJSON {
			s = "false"
			if self.n != 0 {
				s = "true"
			}
		}
		return w.Str(s)
	}
	BoolType.New = func(t *Thread, typ *Type, args, kw []Value) (Value, error) {
		if err := CheckNum(args, kw, 0, 1, false); err != nil || len(args) == 0 {
			return False, err
		}
		b, err := IsTrue(t, args[0])
		return Bool(b), err
	}
	BoolType.Unary = func(t *Thread, op UnaryOp, self Value) (Value, error) {
		switch op {
		case OpLen:
			return Null, nil
		case OpSizeof:
			return Null, nil
		}
		return Unary(t, op, Int(self.Int()))
	}
	BoolType.Binary = func(t *Thread, op BinaryOp, self, other Value) (Value, error) {
		n := Int(self.Int())
		switch {
		case op == OpContains && other.IsBool():
			return Null, unsupportedBinary(op, n, Int(other.Int()))
		case op == OpContains && (other.IsInt() || other.IsFloat() || other.Type() == ComplexType):
			return Null, unsupportedBinary(op, n, other)
		case op == OpContains:
			return containsByIter(t, n, other)
		}
		return Binary(t, op, n, other)
	}
	DefineBuiltin("bool", BoolType.Value())

	EllipsisType.Print = func(t *Thread, w *Printer, self Value, kind PrintKind) error {
		if self == NotImplemented {
			return w.Str("NotImplemented")
		}
		return w.Str("Ellipsis")
	}
	EllipsisType.Unary = GenericUnary
	DefineBuiltin("Ellipsis", Ellipsis)
	DefineBuiltin("NotImplemented", NotImplemented)
	DefineBuiltin("object", ObjectType.Value())
	DefineBuiltin("type", TypeType.Value())
	DefineBuiltin("super", SuperType.Value())
}

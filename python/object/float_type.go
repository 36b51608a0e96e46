package object

import (
	"math"

	"qpy/python/libm"
	"qpy/python/text"
)

// The type float (py/objfloat.c).

func init() {
	FloatType.Flags = FlagEqNotReflexive | FlagEqChecksOtherType
	FloatType.New = floatNew
	FloatType.Print = func(t *Thread, w *Printer, self Value, kind PrintKind) error {
		var buf [40]byte
		return w.write(text.AppendFloatRepr(buf[:0], self.Float()))
	}
	FloatType.Unary = func(t *Thread, op UnaryOp, self Value) (Value, error) {
		f := self.Float()
		switch op {
		case OpBool:
			return Bool(f != 0), nil
		case OpHash:
			return Int(text.HashFloat(f)), nil
		case OpPositive:
			return self, nil
		case OpNegative:
			return Float(-f), nil
		case OpAbs:
			if math.Signbit(f) {
				return Float(-f), nil
			}
			return self, nil
		}
		return Null, nil
	}
	FloatType.Binary = func(t *Thread, op BinaryOp, self, other Value) (Value, error) {
		if other.IsFloat() {
			return floatOp(op, self.Float(), other.Float())
		}
		if other.Type() == ComplexType {
			return complexOp(op, self.Float(), 0, other)
		}
		f, ok := FloatMaybe(other)
		if !ok {
			return Null, nil
		}
		return floatOp(op, self.Float(), f)
	}
	DefineBuiltin("float", FloatType.Value())
}

func floatNew(t *Thread, typ *Type, args, kw []Value) (Value, error) {
	if err := CheckNum(args, kw, 0, 1, false); err != nil {
		return Null, err
	}
	if len(args) == 0 {
		return Float(0), nil
	}
	v := args[0]
	if v.IsFloat() {
		return v, nil
	}
	if f := v.Type().Buffer; f != nil {
		if buf, ok := f(t, v, false); ok {
			if err := t.Work(len(buf.Data)); err != nil {
				return Null, err
			}
			x, err := text.ParseFloat(buf.Data)
			return Float(x), raiseText(err)
		}
	}
	x, err := ToFloat(v)
	return Float(x), err
}

// floatOp computes x op y (mp_obj_float_binary_op).
func floatOp(op BinaryOp, x, y float64) (Value, error) {
	switch op.Plain() {
	case OpAdd:
		return Float(x + y), nil
	case OpSubtract:
		return Float(x - y), nil
	case OpMultiply:
		return Float(x * y), nil
	case OpTrueDivide:
		if y == 0 {
			return Null, errZeroDiv()
		}
		return Float(x / y), nil
	case OpFloorDivide:
		if y == 0 {
			return Null, errZeroDiv()
		}
		q, _ := floatDivmod(x, y)
		return Float(q), nil
	case OpModulo:
		if y == 0 {
			return Null, errZeroDiv()
		}
		return Float(floatMod(x, y)), nil
	case OpDivmod:
		if y == 0 {
			return Null, errZeroDiv()
		}
		q, m := floatDivmod(x, y)
		return NewTuple(Float(q), Float(m)), nil
	case OpPower:
		return floatPower(x, y)
	case OpLess:
		return Bool(x < y), nil
	case OpMore:
		return Bool(x > y), nil
	case OpEqual:
		return Bool(x == y), nil
	case OpLessEqual:
		return Bool(x <= y), nil
	case OpMoreEqual:
		return Bool(x >= y), nil
	}
	return Null, nil
}

// floatMod is the remainder of x by y with the sign of y.
func floatMod(x, y float64) float64 {
	m := math.Mod(x, y)
	if m == 0 {
		return math.Copysign(0, y)
	}
	if (m < 0) != (y < 0) {
		m += y
	}
	return m
}

// floatDivmod computes x // y and x % y (mp_obj_float_divmod); y is not zero.
func floatDivmod(x, y float64) (quo, mod float64) {
	mod = math.Mod(x, y)
	div := (x - mod) / y
	if mod == 0 {
		mod = math.Copysign(0, y)
	} else if (mod < 0) != (y < 0) {
		mod += y
		div--
	}
	if div == 0 {
		return math.Copysign(0, x/y), mod
	}
	quo = math.Floor(div)
	if div-quo > 0.5 {
		quo++
	}
	return quo, mod
}

func floatPower(x, y float64) (Value, error) {
	if x == 0 && y < 0 && !math.IsInf(y, 0) {
		return Null, errZeroDiv()
	}
	if x < 0 && y != math.Floor(y) {
		return complexPower(x, 0, y, 0)
	}
	return Float(libm.Pow(x, y)), nil
}

package object

import (
	"math"

	"qpy/python/libm"
	"qpy/python/text"
)

// The type complex (py/objcomplex.c).

// Complex is a complex number.
type Complex struct {
	Header
	Real, Imag float64
}

// NewComplex returns the complex number re + im*j.
func NewComplex(re, im float64) Value {
	return (&Complex{Header{ComplexType}, re, im}).Value()
}

// AsComplex returns v's object if v is a complex.
func (v Value) AsComplex() (*Complex, bool) {
	if v.Type() == ComplexType {
		return (*Complex)(v.p), true
	}
	return nil, false
}

// ComplexMaybe returns the value of a complex, a float, an int or a bool
// (mp_obj_get_complex_maybe).
func ComplexMaybe(v Value) (re, im float64, ok bool) {
	if c, ok := v.AsComplex(); ok {
		return c.Real, c.Imag, true
	}
	re, ok = FloatMaybe(v)
	return re, 0, ok
}

var (
	nReal = Intern("real")
	nImag = Intern("imag")
)

func init() {
	ComplexType.Flags = FlagEqNotReflexive | FlagEqChecksOtherType
	ComplexType.New = complexNew
	ComplexType.Print = func(t *Thread, w *Printer, self Value, kind PrintKind) error {
		c := (*Complex)(self.p)
		var buf [80]byte
		return w.write(text.AppendComplexRepr(buf[:0], c.Real, c.Imag))
	}
	ComplexType.Unary = func(t *Thread, op UnaryOp, self Value) (Value, error) {
		c := (*Complex)(self.p)
		switch op {
		case OpBool:
			return Bool(c.Real != 0 || c.Imag != 0), nil
		case OpHash:
			return Int(text.HashFloat(c.Real) ^ text.HashFloat(c.Imag)), nil
		case OpPositive:
			return self, nil
		case OpNegative:
			return NewComplex(-c.Real, -c.Imag), nil
		case OpAbs:
			return Float(complexAbs(c.Real, c.Imag)), nil
		}
		return Null, nil
	}
	ComplexType.Binary = func(t *Thread, op BinaryOp, self, other Value) (Value, error) {
		c := (*Complex)(self.p)
		return complexOp(op, c.Real, c.Imag, other)
	}
	ComplexType.LoadAttr = func(t *Thread, self Value, name *Str) (attr, recv Value, err error) {
		c := (*Complex)(self.p)
		switch name {
		case nReal:
			return Float(c.Real), Null, nil
		case nImag:
			return Float(c.Imag), Null, nil
		}
		return Null, Null, nil
	}
	ComplexType.Visit = func(self Value, f func(Value)) int { return 32 }
	DefineBuiltin("complex", ComplexType.Value())
}

func complexNew(t *Thread, typ *Type, args, kw []Value) (Value, error) {
	if err := CheckNum(args, kw, 0, 2, false); err != nil {
		return Null, err
	}
	if len(args) == 0 {
		return NewComplex(0, 0), nil
	}
	if len(args) == 1 {
		if s, ok := args[0].AsStr(); ok {
			f, imag, err := text.ParseDecimal(s.s, true)
			if err != nil {
				return Null, raiseText(err)
			}
			if imag {
				return NewComplex(0, f), nil
			}
			return NewComplex(f, 0), nil
		}
		if args[0].Type() == ComplexType {
			return args[0], nil
		}
	}
	var re, im float64
	for i, v := range args {
		c, ok := v.AsComplex()
		if !ok {
			f, err := ToFloat(v)
			if err != nil {
				return Null, err
			}
			c = &Complex{Real: f}
		}
		if i == 0 {
			re, im = c.Real, c.Imag
		} else {
			re -= c.Imag
			im += c.Real
		}
	}
	return NewComplex(re, im), nil
}

// complexAbs is the absolute value, by the root of the sum of squares alone.
// The conversions keep a processor from fusing products and sums.
func complexAbs(re, im float64) float64 {
	return math.Sqrt(float64(re*re) + float64(im*im))
}

// complexOp computes (re + im*j) op other (mp_obj_complex_binary_op).
func complexOp(op BinaryOp, re, im float64, other Value) (Value, error) {
	re2, im2, ok := ComplexMaybe(other)
	if !ok {
		return Null, nil
	}
	switch op.Plain() {
	case OpAdd:
		return NewComplex(re+re2, im+im2), nil
	case OpSubtract:
		return NewComplex(re-re2, im-im2), nil
	case OpMultiply:
		return complexMul(re, im, re2, im2), nil
	case OpFloorDivide:
		return Null, Raise(TypeError, "can't truncate-divide a complex number")
	case OpTrueDivide:
		switch {
		case im2 == 0 && re2 == 0:
			return Null, Raise(ZeroDivisionError, "complex divide by zero")
		case im2 == 0:
			return NewComplex(re/re2, im/re2), nil
		case re2 == 0:
			return NewComplex(im/im2, -re/im2), nil
		}
		n := float64(re2*re2) + float64(im2*im2)
		return complexMul(re, im, re2/n, im2/-n), nil
	case OpPower:
		return complexPower(re, im, re2, im2)
	case OpEqual:
		return Bool(re == re2 && im == im2), nil
	}
	return Null, nil
}

func complexMul(a, b, c, d float64) Value {
	return NewComplex(float64(a*c)-float64(b*d), float64(a*d)+float64(b*c))
}

// complexPower computes (a + b*j) ** (c + d*j).
func complexPower(a, b, c, d float64) (Value, error) {
	abs := complexAbs(a, b)
	if abs == 0 {
		if d != 0 || c < 0 || c != c {
			return Null, Raise(ZeroDivisionError, "0.0 to a complex power")
		}
		if c == 0 {
			a = 1
		} else {
			a = 0
		}
		return NewComplex(a, b), nil
	}
	ln, arg := libm.Log(abs), libm.Atan2(b, a)
	x := float64(c*ln) - float64(d*arg)
	y := float64(d*ln) + float64(c*arg)
	e := libm.Exp(x)
	return NewComplex(e*libm.Cos(y), e*libm.Sin(y)), nil
}

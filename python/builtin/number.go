package builtin

import (
	"math"
	"strconv"

	"qpy/python/libm"
	"qpy/python/object"
	"qpy/python/text"
)

func init() {
	def1("abs", func(t *object.Thread, v object.Value) (object.Value, error) {
		return object.Unary(t, object.OpAbs, v)
	})
	def1("hash", func(t *object.Thread, v object.Value) (object.Value, error) {
		return object.Unary(t, object.OpHash, v)
	})
	def2("divmod", func(t *object.Thread, a, b object.Value) (object.Value, error) {
		return object.Binary(t, object.OpDivmod, a, b)
	})
	defVar("pow", 2, 3, pow)
	defVar("round", 1, 2, round)
	def1("hex", func(t *object.Thread, v object.Value) (object.Value, error) {
		if v.IsInt() {
			return based(v.Int(), 16, "0x"), nil
		}
		return object.Percent(t, "%#x", v)
	})
	def1("oct", func(t *object.Thread, v object.Value) (object.Value, error) {
		if v.IsInt() {
			return based(v.Int(), 8, "0o"), nil
		}
		return object.Percent(t, "%#o", v)
	})
	def1("bin", func(t *object.Thread, v object.Value) (object.Value, error) {
		if v.IsInt() {
			return based(v.Int(), 2, "0b"), nil
		}
		return object.Format(t, "{:#b}", v)
	})
	def1("chr", func(t *object.Thread, v object.Value) (object.Value, error) {
		c, err := object.ToInt(t, v)
		if err != nil {
			return object.Null, err
		}
		if c < 0 || c >= 0x110000 {
			return object.Null, object.Raise(object.ValueError, "chr() arg not in range(0x110000)")
		}
		if c < 0x80 {
			return object.CharStr(rune(c)), nil
		}
		return object.NewStr(string(text.AppendChar(nil, uint32(c)))), nil
	})
	def1("ord", ord)
}

// based writes a number in a base, as the format %#x and its like do.
func based(n int64, base int, prefix string) object.Value {
	if n < 0 {
		return object.NewStr("-" + prefix + strconv.FormatUint(-uint64(n), base))
	}
	return object.NewStr(prefix + strconv.FormatInt(n, base))
}

func ord(t *object.Thread, v object.Value) (object.Value, error) {
	n := 0
	if s, ok := v.AsStr(); ok {
		if n = s.Len(); n == 1 {
			return object.Int(int64(text.CharAt(s.String(), 0))), nil
		}
	} else if b, ok := v.AsBytes(); ok {
		if n = len(b.String()); n == 1 {
			return object.Int(int64(b.String()[0])), nil
		}
	} else {
		return object.Null, notStr(v)
	}
	return object.Null, object.Raisef(object.TypeError, "ord() expected a character, but string of length %d found", n)
}

func pow(t *object.Thread, args []object.Value) (object.Value, error) {
	if len(args) == 2 {
		return object.Binary(t, object.OpPower, args[0], args[1])
	}
	return object.Pow3(t, args[0], args[1], args[2])
}

func round(t *object.Thread, args []object.Value) (object.Value, error) {
	v := args[0]
	if _, isBig := v.AsBig(); v.IsInt() || isBig {
		if len(args) == 1 {
			return v, nil
		}
		digits, err := object.ToInt(t, args[1])
		if err != nil || digits >= 0 {
			return v, err
		}
		return roundInt(t, v, digits)
	}
	f, err := object.ToFloat(v)
	if err != nil {
		return object.Null, err
	}
	if len(args) > 1 {
		digits, err := object.ToInt(t, args[1])
		if err != nil {
			return object.Null, err
		}
		m := libm.Pow(10, float64(digits))
		return object.Float(math.RoundToEven(f*m) / m), nil
	}
	return object.IntFromFloat(math.RoundToEven(f))
}

// roundInt rounds an int to a power of ten, halves to even.
func roundInt(t *object.Thread, v object.Value, digits int64) (object.Value, error) {
	mult, err := object.Binary(t, object.OpPower, object.Int(10), object.Int(-digits))
	if err != nil {
		return object.Null, err
	}
	half, err := object.Binary(t, object.OpFloorDivide, mult, object.Int(2))
	if err != nil {
		return object.Null, err
	}
	rest, err := object.Binary(t, object.OpModulo, v, mult)
	if err != nil {
		return object.Null, err
	}
	down, err := object.Binary(t, object.OpSubtract, v, rest)
	if err != nil {
		return object.Null, err
	}
	if less, err := object.Binary(t, object.OpLess, rest, half); less == object.True || err != nil {
		return down, err
	}
	more, err := object.Binary(t, object.OpMore, rest, half)
	if err != nil {
		return object.Null, err
	}
	if more != object.True {
		floor, err := object.Binary(t, object.OpFloorDivide, v, mult)
		if err != nil {
			return object.Null, err
		}
		odd, err := object.Binary(t, object.OpAnd, floor, object.Int(1))
		if err != nil || odd == object.Int(0) {
			return down, err
		}
	}
	return object.Binary(t, object.OpAdd, down, mult)
}

package board

import (
	"math"

	"github.com/go-python/gpython/py"
)

// Func makes a function of a native module: it takes from min to max
// positional arguments (max < 0: any number) and no keywords. A wrong count
// raises TypeError in MicroPython's words (py/argcheck.c).
func Func(name string, min, max int, fn func(b *Board, args []py.Object) (py.Object, error)) *py.Method {
	call := func(self py.Object, args py.Tuple) (py.Object, error) {
		b := Of(self)
		if err := b.Turn(); err != nil {
			return nil, err
		}
		if err := Arity(len(args), min, max); err != nil {
			return nil, err
		}
		return fn(b, args)
	}
	return py.MustNewMethod(name, call, 0, "")
}

// KeywordFunc makes a function of a native module whose arguments have names;
// the first positional of them may also be given by position. fn gets them in
// the order of names, nil where one was not given.
func KeywordFunc(name string, positional int, names []string, fn func(b *Board, args []py.Object) (py.Object, error)) *py.Method {
	call := func(self py.Object, args py.Tuple, kwargs py.StringDict) (py.Object, error) {
		b := Of(self)
		if err := b.Turn(); err != nil {
			return nil, err
		}
		sorted, err := Keywords(args, kwargs, positional, names...)
		if err != nil {
			return nil, err
		}
		return fn(b, sorted)
	}
	return py.MustNewMethod(name, call, 0, "")
}

// KeywordMethod is KeywordFunc for a method of a native type T.
func KeywordMethod[T py.Object](name string, positional int, names []string, fn func(self T, args []py.Object) (py.Object, error)) *py.Method {
	call := func(self py.Object, args py.Tuple, kwargs py.StringDict) (py.Object, error) {
		o, ok := self.(T)
		if !ok {
			return nil, py.ExceptionNewf(py.TypeError, "argument has wrong type")
		}
		sorted, err := Keywords(args, kwargs, positional, names...)
		if err != nil {
			return nil, err
		}
		return fn(o, sorted)
	}
	return py.MustNewMethod(name, call, 0, "")
}

// Method makes a method of a native type T, which is a pointer to its Go
// struct; the arguments are counted without self.
func Method[T py.Object](name string, min, max int, fn func(self T, args []py.Object) (py.Object, error)) *py.Method {
	call := func(self py.Object, args py.Tuple) (py.Object, error) {
		o, ok := self.(T)
		if !ok {
			return nil, py.ExceptionNewf(py.TypeError, "argument has wrong type")
		}
		if err := Arity(len(args), min, max); err != nil {
			return nil, err
		}
		return fn(o, args)
	}
	return py.MustNewMethod(name, call, 0, "")
}

// Arity checks a number of positional arguments as py/argcheck.c does.
func Arity(n, min, max int) error {
	switch {
	case min == max && n != min:
		return py.ExceptionNewf(py.TypeError, "function takes %d positional arguments but %d were given", min, n)
	case n < min:
		return py.ExceptionNewf(py.TypeError, "function missing %d required positional arguments", min-n)
	case max >= 0 && n > max:
		return py.ExceptionNewf(py.TypeError, "function expected at most %d arguments, got %d", max, n)
	}
	return nil
}

// Keywords sorts the arguments of a call into the order of names: positional
// ones first, then keywords; what is not given stays nil. positional is how
// many of the names may be given by position.
func Keywords(args py.Tuple, kwargs py.StringDict, positional int, names ...string) ([]py.Object, error) {
	if len(args) > positional {
		return nil, py.ExceptionNewf(py.TypeError, "extra positional arguments given")
	}
	out := make([]py.Object, len(names))
	copy(out, args)
	used := 0
	for i, name := range names {
		if v, ok := kwargs[name]; ok {
			out[i] = v
			used++
		}
	}
	if used < len(kwargs) {
		return nil, py.ExceptionNewf(py.TypeError, "extra keyword arguments given")
	}
	return out, nil
}

// Int gives an integer argument; anything but an int or a bool raises TypeError
// as mp_obj_get_int does (py/obj.c).
func Int(o py.Object) (int64, error) {
	switch v := o.(type) {
	case py.Int:
		return int64(v), nil
	case py.Bool:
		if v {
			return 1, nil
		}
		return 0, nil
	case *py.BigInt:
		return 0, py.ExceptionNewf(py.OverflowError, "overflow converting long int to machine word")
	}
	return 0, py.ExceptionNewf(py.TypeError, "can't convert %s to int", o.Type().Name)
}

// Float gives a number argument as mp_obj_get_float does (py/obj.c).
func Float(o py.Object) (float64, error) {
	switch v := o.(type) {
	case py.Float:
		return float64(v), nil
	case *py.BigInt:
		f, err := v.Float()
		return float64(f), err
	case py.Int, py.Bool:
		n, err := Int(o)
		return float64(n), err
	}
	return math.NaN(), py.ExceptionNewf(py.TypeError, "can't convert %s to float", o.Type().Name)
}

// Str gives a str argument as mp_obj_str_get_str does (py/objstr.c).
func Str(o py.Object) (string, error) {
	switch v := o.(type) {
	case py.String:
		return string(v), nil
	case py.Bytes:
		return string(v), nil
	}
	return "", py.ExceptionNewf(py.TypeError, "can't convert '%s' object to str implicitly", o.Type().Name)
}

// Truth gives the truth of an argument.
func Truth(o py.Object) (bool, error) {
	b, err := py.MakeBool(o)
	return b == py.True, err
}

// Sequence gives the items of a tuple or list argument as mp_obj_get_array does
// (py/obj.c). An engine list that is not gpython's own offers its items itself.
func Sequence(o py.Object) ([]py.Object, error) {
	switch v := o.(type) {
	case py.Tuple:
		return v, nil
	case *py.List:
		return v.Items, nil
	case interface{ Elements() []py.Object }:
		return v.Elements(), nil
	}
	return nil, py.ExceptionNewf(py.TypeError, "object '%s' isn't a tuple or list", o.Type().Name)
}

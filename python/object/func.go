package object

// Builtin is a function written in Go. Exactly one of its functions is set.
type Builtin struct {
	Header
	Name     string
	Min, Max int // number of positional arguments; Max < 0: any number

	F0 func(t *Thread) (Value, error)
	F1 func(t *Thread, a Value) (Value, error)
	F2 func(t *Thread, a, b Value) (Value, error)
	F3 func(t *Thread, a, b, c Value) (Value, error)
	FV func(t *Thread, args []Value) (Value, error)
	FK func(t *Thread, args, kw []Value) (Value, error)
}

// Func0 returns a built-in function without arguments.
func Func0(name string, f func(t *Thread) (Value, error)) Value {
	return (&Builtin{Header: Header{BuiltinType}, Name: name, F0: f}).Value()
}

// Func1 returns a built-in function of one argument; as a method, of self.
func Func1(name string, f func(t *Thread, a Value) (Value, error)) Value {
	return (&Builtin{Header: Header{BuiltinType}, Name: name, Min: 1, Max: 1, F1: f}).Value()
}

// Func2 returns a built-in function of two arguments.
func Func2(name string, f func(t *Thread, a, b Value) (Value, error)) Value {
	return (&Builtin{Header: Header{BuiltinType}, Name: name, Min: 2, Max: 2, F2: f}).Value()
}

// Func3 returns a built-in function of three arguments.
func Func3(name string, f func(t *Thread, a, b, c Value) (Value, error)) Value {
	return (&Builtin{Header: Header{BuiltinType}, Name: name, Min: 3, Max: 3, F3: f}).Value()
}

// FuncVar returns a built-in function of min to max positional arguments; max
// below zero means any number. args is only valid during the call.
func FuncVar(name string, min, max int, f func(t *Thread, args []Value) (Value, error)) Value {
	return (&Builtin{Header: Header{BuiltinType}, Name: name, Min: min, Max: max, FV: f}).Value()
}

// FuncKw returns a built-in function that also takes keyword arguments: kw
// holds interned names and values in turn (see ParseArgs). Both slices are only
// valid during the call.
func FuncKw(name string, min, max int, f func(t *Thread, args, kw []Value) (Value, error)) Value {
	return (&Builtin{Header: Header{BuiltinType}, Name: name, Min: min, Max: max, FK: f}).Value()
}

// CheckNum checks the number of arguments as mp_arg_check_num does. max below
// zero means no upper limit.
func CheckNum(args, kw []Value, min, max int, takesKw bool) error {
	if len(kw) > 0 && !takesKw {
		return Raise(TypeError, "function doesn't take keyword arguments")
	}
	n := len(args)
	switch {
	case min == max:
		if n != min {
			return Raisef(TypeError, "function takes %d positional arguments but %d were given", min, n)
		}
	case n < min:
		return Raisef(TypeError, "function missing %d required positional arguments", min-n)
	case max >= 0 && n > max:
		return Raisef(TypeError, "function expected at most %d arguments, got %d", max, n)
	}
	return nil
}

// Call calls the function.
func (b *Builtin) Call(t *Thread, args, kw []Value) (Value, error) {
	if len(kw) == 0 || b.FK != nil {
		switch {
		case b.F1 != nil:
			if len(args) == 1 {
				return b.F1(t, args[0])
			}
		case b.F2 != nil:
			if len(args) == 2 {
				return b.F2(t, args[0], args[1])
			}
		case b.FV != nil:
			if len(args) >= b.Min && (b.Max < 0 || len(args) <= b.Max) {
				return b.FV(t, args)
			}
		case b.F3 != nil:
			if len(args) == 3 {
				return b.F3(t, args[0], args[1], args[2])
			}
		case b.F0 != nil:
			if len(args) == 0 {
				return b.F0(t)
			}
		case b.FK != nil:
			if len(args) >= b.Min && (b.Max < 0 || len(args) <= b.Max) {
				return b.FK(t, args, kw)
			}
		}
	}
	return Null, CheckNum(args, kw, b.Min, b.Max, b.FK != nil)
}

// Arg describes one argument for ParseArgs (mp_arg_t).
type Arg struct {
	Name     *Str
	Kind     ArgKind
	Required bool
	KwOnly   bool
	Default  Value // Null if there is none
}

// ArgKind says what ParseArgs makes of an argument that is given.
type ArgKind uint8

// The kinds of arguments.
const (
	ArgObject ArgKind = iota // what it is (MP_ARG_OBJ)
	ArgInt                   // an int (MP_ARG_INT)
	ArgBool                  // its truth (MP_ARG_BOOL)
)

func (k ArgKind) of(t *Thread, v Value) (Value, error) {
	switch k {
	case ArgInt:
		n, err := ToInt(t, v)
		return Int(n), err
	case ArgBool:
		truth, err := IsTrue(t, v)
		return Bool(truth), err
	}
	return v, nil
}

// ParseArgs sorts positional and keyword arguments into out, which has one
// Value for each of allowed, with the errors of mp_arg_parse_all: what is given is
// converted one by one, before it is seen that too much is given.
func ParseArgs(t *Thread, args, kw []Value, allowed []Arg, out []Value) error {
	posFound, kwFound := 0, 0
	for i := range allowed {
		a := &allowed[i]
		if i < len(args) {
			if a.KwOnly {
				return Raise(TypeError, "extra positional arguments given")
			}
			posFound++
			var err error
			if out[i], err = a.Kind.of(t, args[i]); err != nil {
				return err
			}
			continue
		}
		v := KwGet(kw, a.Name)
		if v.IsNull() {
			if a.Required {
				return Raisef(TypeError, "'%s' argument required", a.Name.s)
			}
			out[i] = a.Default
			continue
		}
		kwFound++
		var err error
		if out[i], err = a.Kind.of(t, v); err != nil {
			return err
		}
	}
	if posFound < len(args) {
		return Raise(TypeError, "extra positional arguments given")
	}
	if kwFound < len(kw)/2 {
		return Raise(TypeError, "extra keyword arguments given")
	}
	return nil
}

// KwGet returns the keyword argument of the given interned name, or Null.
func KwGet(kw []Value, name *Str) Value {
	for i := 0; i+1 < len(kw); i += 2 {
		if kw[i].isText(name) {
			return kw[i+1]
		}
	}
	return Null
}

func init() {
	CellType.Visit = func(self Value, f func(Value)) int {
		f((*Cell)(self.p).V)
		return 24
	}
	BuiltinType.Flags = FlagBindsSelf | FlagBuiltinFun
	BuiltinType.Call = func(t *Thread, self Value, args, kw []Value) (Value, error) {
		return (*Builtin)(self.p).Call(t, args, kw)
	}
	BuiltinType.Unary = GenericUnary
	BoundMethodType.Call = func(t *Thread, self Value, args, kw []Value) (Value, error) {
		b := (*BoundMethod)(self.p)
		return CallMethod(t, b.Fn, b.Self, args, kw)
	}
	BoundMethodType.Print = func(t *Thread, w *Printer, self Value, kind PrintKind) error {
		b := (*BoundMethod)(self.p)
		if err := w.Strf("<bound_method %x ", t.In.ID(self)); err != nil {
			return err
		}
		if err := Print(t, w, b.Self, PrintRepr); err != nil {
			return err
		}
		if err := w.Str("."); err != nil {
			return err
		}
		if err := Print(t, w, b.Fn, PrintRepr); err != nil {
			return err
		}
		return w.Str(">")
	}
	// It has neither a hash nor an equality of its own (py/objboundmeth.c).
	BoundMethodType.LoadAttr = func(t *Thread, self Value, name *Str) (Value, Value, error) {
		if name == nName {
			return (*BoundMethod)(self.p).fnName(t), Null, nil
		}
		return Null, Null, nil
	}
	BoundMethodType.Visit = func(self Value, f func(Value)) int {
		b := (*BoundMethod)(self.p)
		f(b.Fn)
		f(b.Self)
		return 40
	}
}

func (b *BoundMethod) fnName(t *Thread) Value {
	v, err := GetAttrMaybe(t, b.Fn, nName)
	if err != nil {
		return Null
	}
	return v
}

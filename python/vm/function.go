package vm

import (
	"qpy/python/compile"
	"qpy/python/object"
)

// Function is a function that a script defined. A function that closes over
// variables shows the type "closure", one that yields "generator", as in 1.13.
type Function struct {
	object.Header
	Code       *compile.Code
	Globals    *object.Dict
	Free       []*object.Cell
	Defaults   []object.Value
	KwDefaults *object.Dict // nil if there are none
}

// The types of functions.
var (
	FunctionType  = object.NewEngineType("function")
	ClosureType   = object.NewEngineType("closure")
	GenFuncType   = object.NewEngineType("generator")
	GeneratorType = object.NewEngineType("generator")
)

var nName = object.Intern("__name__")

func init() {
	for _, ty := range []*object.Type{FunctionType, ClosureType, GenFuncType} {
		ty.Kind = object.KindFunction
		ty.Flags = object.FlagBindsSelf
		ty.Call = functionCall
		ty.Print = functionPrint
		ty.Visit = functionVisit
	}
	// A closure has neither a hash nor a name (py/objclosure.c).
	for _, ty := range []*object.Type{FunctionType, GenFuncType} {
		ty.Unary = object.GenericUnary
		ty.LoadAttr = functionAttr
	}
	GeneratorType.Kind = object.KindGenerator
}

// AsFunction returns v's object if v is a function that a script defined.
func AsFunction(v object.Value) (*Function, bool) {
	if v.Type().Kind != object.KindFunction {
		return nil, false
	}
	switch v.Type() {
	case FunctionType:
		return functions.From(v)
	case ClosureType:
		return closures.From(v)
	}
	return genFuncs.From(v)
}

// The three types of functions share a layout.
var (
	functions = object.NewLayout[Function](FunctionType)
	closures  = object.NewLayout[Function](ClosureType)
	genFuncs  = object.NewLayout[Function](GenFuncType)
)

type (
	function1 struct {
		Function
		free [1]*object.Cell
	}
	function3 struct {
		Function
		free [3]*object.Cell
	}
)

// functionBlock is how many small functions are allocated at once.
const functionBlock = 8

// newFunction returns a function whose free variables, if it has any, are not
// set. Few of them lie in the same piece of memory.
func (s *state) newFunction(c *compile.Code, globals *object.Dict) *Function {
	ty := FunctionType
	if len(c.Free) > 0 {
		ty = ClosureType
	} else if c.Generator {
		ty = GenFuncType
	}
	var f *Function
	switch n := len(c.Free); {
	case n == 0:
		f = s.functions0.Next(functionBlock)
	case n == 1:
		x := s.functions1.Next(functionBlock)
		x.Free = x.free[:]
		f = &x.Function
	case n <= 3:
		x := s.functions3.Next(functionBlock)
		x.Free = x.free[:n]
		f = &x.Function
	default:
		f = &Function{Free: make([]*object.Cell, n)}
	}
	f.Header, f.Code, f.Globals = object.NewHeader(ty), c, globals
	return f
}

func functionPrint(t *object.Thread, w *object.Printer, self object.Value, kind object.PrintKind) error {
	f, _ := AsFunction(self)
	switch self.Type() {
	case ClosureType:
		return w.Str("<closure>")
	case GenFuncType:
		return w.Str("<generator>")
	}
	return w.Strf("<function %s at 0x%x>", f.Code.Name, t.In.ID(self))
}

func functionAttr(t *object.Thread, self object.Value, name *object.Str) (attr, recv object.Value, err error) {
	f, _ := AsFunction(self)
	if name == nName {
		return t.In.Intern(f.Code.Name).Value(), object.Null, nil
	}
	return object.Null, object.Null, nil
}

func functionVisit(self object.Value, visit func(object.Value)) int {
	f, _ := AsFunction(self)
	for _, c := range f.Free {
		visit(c.Value())
	}
	for _, v := range f.Defaults {
		visit(v)
	}
	visit(f.Globals.Value())
	return 96 + 8*len(f.Free) + 16*len(f.Defaults)
}

func functionCall(t *object.Thread, self object.Value, args, kw []object.Value) (object.Value, error) {
	f, _ := AsFunction(self)
	return stateOf(t).call(f, args, kw)
}

// mismatch is the error for a wrong number of arguments. MicroPython passes free
// variables as arguments and counts them.
func (f *Function) mismatch(want, given int) error {
	n := len(f.Code.Free)
	return object.Raisef(object.TypeError, "%s() takes %d positional arguments but %d were given", f.Code.Name, want+n, given+n)
}

// bind puts arguments into the registers of a call: parameters, then *args,
// then **kwargs (mp_setup_code_state). args may lie in the same memory; kw must
// not.
func (f *Function) bind(t *object.Thread, regs, args, kw []object.Value) error {
	c := f.Code
	n, npos := len(args), c.NPos
	ndef := len(f.Defaults)
	var rest object.Value
	if n > npos {
		if !c.VarArgs {
			return f.mismatch(npos, n)
		}
		if err := t.Alloc(40 + 16*(n-npos)); err != nil {
			return err
		}
		rest = t.In.NewTuple(args[npos:])
		n = npos
	} else {
		if c.VarArgs {
			rest = object.TupleOf(nil)
		}
		if len(kw) == 0 && f.KwDefaults == nil && n < npos-ndef {
			return f.mismatch(npos-ndef, n)
		}
	}
	copy(regs[:n], args[:n])
	total := npos + c.NKwOnly
	clear(regs[n:total])
	at := total
	if c.VarArgs {
		regs[at] = rest
		at++
	}
	var extra *object.Dict
	if c.VarKw {
		if err := t.Alloc(96 + 16*len(kw)); err != nil {
			return err
		}
		extra = t.In.NewDict(len(kw) / 2)
		regs[at] = extra.Value()
	}
	if len(kw) == 0 && f.KwDefaults == nil {
		for i := n; i < npos; i++ {
			regs[i] = f.Defaults[i-(npos-ndef)]
		}
		if c.NKwOnly != 0 {
			return object.Raise(object.TypeError, "function missing keyword-only argument")
		}
		return nil
	}
	for i := 0; i < len(kw); i += 2 {
		if err := f.bindKeyword(t, regs, kw[i], kw[i+1], extra); err != nil {
			return err
		}
	}
	for i := npos - ndef; i < npos; i++ {
		if regs[i].IsNull() {
			regs[i] = f.Defaults[i-(npos-ndef)]
		}
	}
	for i := npos - 1; i >= 0; i-- {
		if regs[i].IsNull() {
			return object.Raisef(object.TypeError, "function missing required positional argument #%d", i+len(c.Free))
		}
	}
	for i := npos; i < total; i++ {
		if !regs[i].IsNull() {
			continue
		}
		if f.KwDefaults != nil {
			regs[i] = f.KwDefaults.GetName(t.In, c.Args[i])
		}
		if regs[i].IsNull() {
			return object.Raisef(object.TypeError, "function missing required keyword argument '%s'", c.Args[i])
		}
	}
	return nil
}

func (f *Function) bindKeyword(t *object.Thread, regs []object.Value, name, val object.Value, extra *object.Dict) error {
	s, ok := name.AsStr()
	if !ok {
		return object.RaiseArgs(object.TypeError)
	}
	s = t.In.InternStr(s)
	for j, want := range f.Code.Args {
		if want == s {
			if !regs[j].IsNull() {
				return object.Raisef(object.TypeError, "function got multiple values for argument '%s'", s)
			}
			regs[j] = val
			return nil
		}
	}
	if extra == nil {
		return object.Raisef(object.TypeError, "unexpected keyword argument '%s'", s)
	}
	return extra.Set(t, name, val)
}

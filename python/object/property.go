package object

// property, staticmethod and classmethod (py/objproperty.c, objtype.c).

var propertyArgs = []Arg{
	{Name: Intern(""), Default: None}, {Name: Intern(""), Default: None}, {Name: Intern(""), Default: None},
	{Name: Intern("doc"), Default: None},
}

func init() {
	PropertyType.New = func(t *Thread, typ *Type, args, kw []Value) (Value, error) {
		var out [4]Value
		if err := ParseArgs(t, args, kw, propertyArgs, out[:]); err != nil {
			return Null, err
		}
		return (&Property{Header{PropertyType}, out[0], out[1], out[2]}).Value(), nil
	}
	DefineLater(func() {
		// getter, setter and deleter return a changed copy, for use as decorators.
		change := func(name string, set func(p *Property, f Value)) {
			PropertyType.Define(name, Func2(name, func(t *Thread, self, f Value) (Value, error) {
				p := *(*Property)(self.p)
				set(&p, f)
				return p.Value(), nil
			}))
		}
		change("getter", func(p *Property, f Value) { p.Get = f })
		change("setter", func(p *Property, f Value) { p.Set = f })
		change("deleter", func(p *Property, f Value) { p.Del = f })
	}, PropertyType)
	PropertyType.Visit = func(self Value, f func(Value)) int {
		p := (*Property)(self.p)
		f(p.Get)
		f(p.Set)
		f(p.Del)
		return 56
	}
	StaticMethodType.New = func(t *Thread, typ *Type, args, kw []Value) (Value, error) {
		if err := CheckNum(args, kw, 1, 1, false); err != nil {
			return Null, err
		}
		return NewStaticMethod(args[0]), nil
	}
	ClassMethodType.New = func(t *Thread, typ *Type, args, kw []Value) (Value, error) {
		if err := CheckNum(args, kw, 1, 1, false); err != nil {
			return Null, err
		}
		return NewClassMethod(args[0]), nil
	}
	StaticMethodType.Visit = func(self Value, f func(Value)) int {
		f((*StaticMethod)(self.p).Fn)
		return 24
	}
	ClassMethodType.Visit = func(self Value, f func(Value)) int {
		f((*ClassMethod)(self.p).Fn)
		return 24
	}
	DefineBuiltin("property", PropertyType.Value())
	DefineBuiltin("staticmethod", StaticMethodType.Value())
	DefineBuiltin("classmethod", ClassMethodType.Value())
}

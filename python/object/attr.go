package object

// LoadMethodMaybe finds attribute name (interned) of v
// (mp_load_method_maybe). attr is Null if there is none. If recv is not Null,
// attr is to be called with it as first argument: no bound method is made.
func LoadMethodMaybe(t *Thread, v Value, name *Str) (attr, recv Value, err error) {
	ty := v.Type()
	switch {
	case name == nClass:
		return ty.Value(), Null, nil
	case name == nNext && ty.Next != nil:
		return nextFunc, v, nil
	case ty.LoadAttr != nil:
		return ty.LoadAttr(t, v, name)
	}
	if m := ty.Own(t.In, name); !m.IsNull() {
		attr, recv = convertMember(v, ty, m)
	}
	return attr, recv, nil
}

// LoadMethod is LoadMethodMaybe that fails with AttributeError.
func LoadMethod(t *Thread, v Value, name *Str) (attr, recv Value, err error) {
	attr, recv, err = LoadMethodMaybe(t, v, name)
	if err == nil && attr.IsNull() {
		err = NoAttr(v, name)
	}
	return attr, recv, err
}

// NoAttr returns the AttributeError for a missing attribute.
func NoAttr(v Value, name *Str) error {
	if ty, ok := v.AsType(); ok {
		return Raisef(AttributeError, "type object '%s' has no attribute '%s'", ty.Name, name.s)
	}
	return Raisef(AttributeError, "'%s' object has no attribute '%s'", v.TypeName(), name.s)
}

// GetAttr returns v.name.
func GetAttr(t *Thread, v Value, name *Str) (Value, error) {
	attr, recv, err := LoadMethod(t, v, name)
	if err != nil || recv.IsNull() {
		return attr, err
	}
	return NewBound(attr, recv).Value(), t.Alloc(40)
}

// GetAttrMaybe returns v.name, or Null if there is no such attribute.
func GetAttrMaybe(t *Thread, v Value, name *Str) (Value, error) {
	attr, recv, err := LoadMethodMaybe(t, v, name)
	if err != nil || recv.IsNull() {
		return attr, err
	}
	return NewBound(attr, recv).Value(), nil
}

// SetAttr does v.name = val.
func SetAttr(t *Thread, v Value, name *Str, val Value) error {
	if f := v.Type().StoreAttr; f != nil {
		if ok, err := f(t, v, name, val); ok || err != nil {
			return err
		}
	}
	return Raisef(AttributeError, "'%s' object has no attribute '%s'", v.TypeName(), name.s)
}

// DelAttr does del v.name.
func DelAttr(t *Thread, v Value, name *Str) error { return SetAttr(t, v, name, Null) }

// CallName calls v.name(args...).
func CallName(t *Thread, v Value, name *Str, args ...Value) (Value, error) {
	fn, recv, err := LoadMethod(t, v, name)
	if err != nil {
		return Null, err
	}
	return CallMethod(t, fn, recv, args, nil)
}

func instanceLoad(t *Thread, self Value, name *Str) (attr, recv Value, err error) {
	o := (*Instance)(self.p)
	if v := o.Get(t.In, name); !v.IsNull() {
		return v, Null, nil
	}
	if name == nDict {
		d, err := o.Dict(t)
		if err != nil {
			return Null, Null, err
		}
		d.Fixed = true
		return d.Value(), Null, nil
	}
	l := lookup{t: t, obj: o, name: name}
	if _, err := l.in(o.typ); err != nil {
		return Null, Null, err
	}
	if !l.attr.IsNull() {
		if o.typ.Flags&FlagSpecialAccessors == 0 {
			return l.attr, l.recv, nil
		}
		return loadSpecial(t, self, l.attr, l.recv)
	}
	if name == nGetAttr || t.In.Profile.AttrHooks && (name == nSetAttr || name == nDelAttr) {
		return Null, Null, nil
	}
	fn, recv, err := LoadMethodMaybe(t, self, nGetAttr)
	if err != nil || fn.IsNull() {
		return Null, Null, err
	}
	attr, err = CallMethod(t, fn, recv, []Value{name.Value()}, nil)
	return attr, Null, err
}

// loadSpecial is the rest of loading an attribute found in a class with
// properties or descriptors.
func loadSpecial(t *Thread, self, attr, recv Value) (Value, Value, error) {
	if p, ok := attr.AsProperty(); ok {
		if p.Get.IsNone() {
			return Null, Null, Raise(AttributeError, "unreadable attribute")
		}
		v, err := Call(t, p.Get, []Value{self}, nil)
		return v, Null, err
	}
	get, grecv, err := LoadMethodMaybe(t, attr, nGet)
	if err != nil || get.IsNull() {
		return attr, recv, err
	}
	v, err := CallMethod(t, get, grecv, []Value{self, self.Type().Value()}, nil)
	// MicroPython leaves the receiver of the descriptor in place.
	return v, recv, err
}

func instanceStore(t *Thread, self Value, name *Str, val Value) (bool, error) {
	o := (*Instance)(self.p)
	if o.typ.Flags&FlagSpecialAccessors != 0 {
		if done, ok, err := storeSpecial(t, o, name, val); done || err != nil {
			return ok, err
		}
	}
	if val.IsNull() {
		return o.Del(t, name)
	}
	return true, o.Set(t, name, val)
}

// storeSpecial stores to or deletes a property or descriptor; done is false if
// the attribute is neither.
func storeSpecial(t *Thread, o *Instance, name *Str, val Value) (done, ok bool, err error) {
	l := lookup{t: t, obj: o, name: name}
	if _, err := l.in(o.typ); err != nil {
		return true, false, err
	}
	self := o.Value()
	if !l.attr.IsNull() {
		if p, isProp := l.attr.AsProperty(); isProp {
			fn, args := p.Set, []Value{self, val}
			if val.IsNull() {
				fn, args = p.Del, args[:1]
			}
			if fn.IsNone() {
				return true, false, nil
			}
			_, err = Call(t, fn, args, nil)
			return true, true, err
		}
		m, args := nSet, []Value{self, val}
		if val.IsNull() {
			m, args = nDelete, args[:1]
		}
		fn, recv, err := LoadMethodMaybe(t, l.attr, m)
		if err != nil {
			return true, false, err
		}
		if !fn.IsNull() {
			_, err = CallMethod(t, fn, recv, args, nil)
			return true, true, err
		}
	}
	if !t.In.Profile.AttrHooks {
		return false, false, nil
	}
	m, args := nSetAttr, []Value{name.Value(), val}
	if val.IsNull() {
		m, args = nDelAttr, args[:1]
	}
	fn, recv, err := LoadMethodMaybe(t, self, m)
	if err != nil || fn.IsNull() {
		return err != nil, false, err
	}
	_, err = CallMethod(t, fn, recv, args, nil)
	return true, true, err
}

func typeLoad(t *Thread, self Value, name *Str) (attr, recv Value, err error) {
	ty := (*Type)(self.p)
	switch name {
	case nName:
		return t.In.Intern(ty.Name).Value(), Null, nil
	case nDict:
		d, err := ty.dict(t)
		return d, Null, err
	case nBases:
		if len(ty.Bases) == 0 {
			if ty == ObjectType {
				return emptyTuple.Value(), Null, nil
			}
			return NewTuple(ObjectType.Value()), Null, nil
		}
		items := make([]Value, len(ty.Bases))
		for i, b := range ty.Bases {
			items[i] = b.Value()
		}
		return TupleOf(items), Null, nil
	}
	l := lookup{t: t, org: ty, name: name}
	_, err = l.in(ty)
	return l.attr, l.recv, err
}

func (ty *Type) dict(t *Thread) (Value, error) {
	if ty.Locals != nil {
		d, err := ty.Locals.Copy(t)
		if err != nil {
			return Null, err
		}
		d.Fixed = true
		return d.Value(), nil
	}
	d := &Dict{Header: Header{DictType}, ordered: true}
	for _, n := range ty.attrs.all() {
		d.SetName(t.In, n, ty.attrs.get(n))
	}
	d.Fixed = true
	return d.Value(), nil
}

func typeStore(t *Thread, self Value, name *Str, val Value) (bool, error) {
	ty := (*Type)(self.p)
	if ty.Locals == nil || ty.Locals.Fixed {
		return false, nil
	}
	old := ty.Locals.GetName(t.In, name)
	if val.IsNull() {
		t.In.ClassEpoch++
		return ty.Locals.DelName(t.In, name), nil
	}
	if ty.Flags&FlagSpecialAccessors == 0 && specialAccessor(t, name.Value(), val) {
		if ty.Flags&FlagSubclassed != 0 {
			return false, Raise(AttributeError, "can't add special method to already-subclassed class")
		}
		ty.Flags |= FlagSpecialAccessors
	}
	// Caches hold functions and the like, and that a name is not there; a
	// counter in a class must not disturb them.
	if old.IsNull() || cached(old) || cached(val) {
		t.In.ClassEpoch++
	}
	return true, ty.Locals.Set(t, name.Value(), val)
}

func cached(v Value) bool {
	ty := v.Type()
	return ty.Flags&FlagBindsSelf != 0 || ty == PropertyType || ty == StaticMethodType ||
		ty == ClassMethodType || ty.Flags&FlagInstance != 0
}

func superLoad(t *Thread, self Value, name *Str) (attr, recv Value, err error) {
	s := (*Super)(self.p)
	return LoadSuper(t, s.Class, s.Obj, name)
}

// LoadSuper finds attribute name of super(class, obj) (super_attr of
// py/objtype.c); attr is Null if there is none.
func LoadSuper(t *Thread, class *Type, obj Value, name *Str) (attr, recv Value, err error) {
	l := lookup{t: t, name: name}
	if o, ok := obj.AsInstance(); ok {
		l.obj = o
	} else {
		// A class, too: its functions get it as self, a class method gets its type.
		l.self = obj
	}
	if name == nInit {
		l.slot = hasNew
	}
	for _, b := range class.Bases {
		if b == ObjectType {
			continue
		}
		if found, err := l.in(b); found || err != nil {
			if l.attr == sentinel {
				return nativeInit, obj, err
			}
			return l.attr, l.recv, err
		}
	}
	l.slot = nil
	_, err = l.in(ObjectType)
	return l.attr, l.recv, err
}

func init() {
	TypeType.Print = func(t *Thread, w *Printer, self Value, kind PrintKind) error {
		return w.Str("<class '" + (*Type)(self.p).Name + "'>")
	}
	TypeType.New = func(t *Thread, ty *Type, args, kw []Value) (Value, error) {
		if err := CheckNum(args, kw, 1, 3, false); err != nil {
			return Null, err
		}
		switch len(args) {
		case 1:
			return args[0].Type().Value(), nil
		case 3:
			name, ok := StrMaybe(args[0])
			if !ok {
				return Null, Raisef(TypeError, "can't convert '%s' object to str implicitly", args[0].TypeName())
			}
			bases, ok := args[1].AsTuple()
			locals, ok2 := args[2].AsDict()
			if !ok || !ok2 {
				return Null, RaiseArgs(TypeError)
			}
			c, err := NewClass(t, name, bases.Items, locals)
			if err != nil {
				return Null, err
			}
			return c.Value(), nil
		}
		return Null, Raise(TypeError, "type takes 1 or 3 arguments")
	}
	TypeType.Call = func(t *Thread, self Value, args, kw []Value) (Value, error) {
		ty := (*Type)(self.p)
		if ty.New == nil {
			return Null, Raisef(TypeError, "can't create '%s' instances", ty.Name)
		}
		t.In.Charge(smallObject)
		return ty.New(t, ty, args, kw)
	}
	TypeType.Unary = GenericUnary
	TypeType.LoadAttr, TypeType.StoreAttr = typeLoad, typeStore
	TypeType.Visit = func(self Value, f func(Value)) int {
		ty := (*Type)(self.p)
		if ty.Locals == nil {
			return ty.Size
		}
		f(ty.Locals.Value())
		for _, b := range ty.Bases {
			f(b.Value())
		}
		return 256
	}
	SuperType.LoadAttr = superLoad
	SuperType.Visit = func(self Value, f func(Value)) int {
		s := (*Super)(self.p)
		f(s.Class.Value())
		f(s.Obj)
		return 32
	}
	SuperType.New = func(t *Thread, ty *Type, args, kw []Value) (Value, error) {
		if err := CheckNum(args, kw, 2, 2, false); err != nil {
			return Null, err
		}
		c, ok := args[0].AsType()
		if !ok {
			return Null, RaiseArgs(TypeError)
		}
		return (&Super{Header{SuperType}, c, args[1]}).Value(), nil
	}
	SuperType.Print = func(t *Thread, w *Printer, self Value, kind PrintKind) error {
		s := (*Super)(self.p)
		a, err := ToStr(t, s.Class.Value())
		if err != nil {
			return err
		}
		b, err := ToStr(t, s.Obj)
		if err != nil {
			return err
		}
		return w.Str("<super: " + a + ", " + b + ">")
	}
	ObjectType.New = func(t *Thread, ty *Type, args, kw []Value) (Value, error) {
		if err := CheckNum(args, kw, 0, 0, false); err != nil {
			return Null, err
		}
		return (&plain{Header: Header{ObjectType}}).Value(), nil
	}
	DefineLater(func() {
		ObjectType.Define("__init__", Func1("__init__", func(t *Thread, self Value) (Value, error) { return None, nil }))
		ObjectType.Define("__new__", NewStaticMethod(Func1("__new__", func(t *Thread, c Value) (Value, error) {
			ty, ok := c.AsType()
			if !ok || ty.IsNative() {
				return Null, Raise(TypeError, "arg must be user-type")
			}
			o, err := NewInstance(t, ty)
			if err != nil {
				return Null, err
			}
			return o.Value(), nil
		})))
	}, ObjectType)
	ModuleType.LoadAttr = func(t *Thread, self Value, name *Str) (Value, Value, error) {
		g := (*Module)(self.p).Globals
		v := g.GetName(t.In, name)
		if v.IsNull() && name != nGetAttr {
			if f := g.GetName(t.In, nGetAttr); !f.IsNull() {
				v, err := Call(t, f, []Value{name.Value()}, nil)
				return v, Null, err
			}
		}
		return v, Null, nil
	}
	ModuleType.StoreAttr = moduleStore
	ModuleType.Visit = func(self Value, f func(Value)) int {
		f((*Module)(self.p).Globals.Value())
		return 32
	}
}

// plain is object().
type plain struct {
	Header
	_ uint64 // so that two of them differ in address
}

func moduleStore(t *Thread, self Value, name *Str, val Value) (bool, error) {
	m := (*Module)(self.p)
	g := m.Globals
	if g.Fixed {
		if m != t.In.BuiltinsModule {
			return false, nil
		}
		return t.In.OverrideBuiltin(t, name, val)
	}
	if val.IsNull() {
		old, err := g.Delete(t, name.Value())
		if err == nil && old.IsNull() {
			err = RaiseArgs(KeyError, name.Value())
		}
		return true, err
	}
	return true, g.Set(t, name.Value(), val)
}

// NewStaticMethod returns staticmethod(fn).
func NewStaticMethod(fn Value) Value { return (&StaticMethod{Header{StaticMethodType}, fn}).Value() }

// NewClassMethod returns classmethod(fn).
func NewClassMethod(fn Value) Value { return (&ClassMethod{Header{ClassMethodType}, fn}).Value() }

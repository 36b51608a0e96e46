package object

// Names that the core looks up.
var (
	nName      = Intern("__name__")
	nClass     = Intern("__class__")
	nDict      = Intern("__dict__")
	nBases     = Intern("__bases__")
	nNext      = Intern("__next__")
	nNew       = Intern("__new__")
	nInit      = Intern("__init__")
	nCall      = Intern("__call__")
	nStr       = Intern("__str__")
	nRepr      = Intern("__repr__")
	nGetItem   = Intern("__getitem__")
	nSetItem   = Intern("__setitem__")
	nDelItem   = Intern("__delitem__")
	nIter      = Intern("__iter__")
	nGet       = Intern("__get__")
	nSet       = Intern("__set__")
	nDelete    = Intern("__delete__")
	nGetAttr   = Intern("__getattr__")
	nSetAttr   = Intern("__setattr__")
	nDelAttr   = Intern("__delattr__")
	nArgs      = Intern("args")
	nValue     = Intern("value")
	nTraceback = Intern("__traceback__")
)

// nativeInit stands in slot 0 of an instance until its native part is made. It
// is also what super().__init__ finds: called, it makes the native part
// (native_base_init_wrapper of py/objtype.c).
var nativeInit = FuncVar("__init__", 1, -1, nil)

func init() {
	b, _ := nativeInit.AsBuiltin()
	b.FV = func(t *Thread, args []Value) (Value, error) {
		o, ok := args[0].AsInstance()
		if !ok || o.typ.native == nil {
			return Null, RaiseArgs(TypeError)
		}
		v, err := o.typ.native.New(t, o.typ.native, args[1:], nil)
		if err != nil {
			return Null, err
		}
		o.setNative(v)
		return None, nil
	}
}

// hasX report whether a type has a slot; they select the slot in a lookup.
func hasPrint(ty *Type) bool   { return ty.Print != nil }
func hasNew(ty *Type) bool     { return ty.New != nil }
func hasUnary(ty *Type) bool   { return ty.Unary != nil }
func hasBinary(ty *Type) bool  { return ty.Binary != nil }
func hasCall(ty *Type) bool    { return ty.Call != nil }
func hasIter(ty *Type) bool    { return ty.Iter != nil }
func hasGetItem(ty *Type) bool { return ty.GetItem != nil }

// MicroPython has one slot for all that is done with an index, so a tuple's
// refusal to store names the tuple and not the class derived from it.
func hasSetItem(ty *Type) bool { return ty.GetItem != nil || ty.SetItem != nil }
func hasDelItem(ty *Type) bool { return ty.GetItem != nil || ty.DelItem != nil }
func hasBuffer(ty *Type) bool  { return ty.Buffer != nil }

// lookup finds an attribute in a class and its bases, depth first and left to
// right (mp_obj_class_lookup).
type lookup struct {
	t    *Thread
	obj  *Instance        // the instance that the attribute is for, or nil
	self Value            // what super() was given instead, which may be no instance
	org  *Type            // set for an attribute of the class itself: the class
	name *Str             // interned; nil looks for the slot only
	slot func(*Type) bool // a native base's slot that will do as well, or nil

	attr, recv Value // the result; attr is sentinel for a slot
}

func (l *lookup) in(ty *Type) (found bool, err error) {
	for {
		native := ty.IsNative()
		builtin := native && ty != ObjectType
		// What is built in is for the native part of the instance. (super() may have
		// been given an object that is no instance of its class and has none.)
		part := builtin && l.org == nil && l.obj != nil && l.obj.typ.native != nil
		if l.slot != nil && native && l.slot(ty) {
			l.attr = sentinel
			return true, nil
		}
		if l.name != nil {
			if m := ty.Own(l.t.In, l.name); !m.IsNull() {
				switch {
				case l.org != nil:
					l.attr, l.recv = convertMember(Null, l.org, m)
				case part:
					l.attr, l.recv = convertMember(l.obj.slots[0], ty, m)
				case l.obj != nil:
					l.attr, l.recv = convertMember(l.obj.Value(), ty, m)
				default:
					l.attr, l.recv = convertMember(l.self, ty, m)
				}
				// A method of a built-in type relies on its first argument. But what super()
				// was given may be anything, the native part is nothing yet before __init__
				// has made it, and a class derived from the type hands the method out
				// without checking: 1.13 reads foreign memory in these cases.
				if builtin && m.Type() == BuiltinType && l.attr == m && (l.recv.IsNull() || !l.recv.Type().IsSubclass(ty)) {
					l.attr = guardedFunc(ty, m)
				}
				return true, nil
			}
			if part {
				l.attr, l.recv, err = LoadMethodMaybe(l.t, l.obj.slots[0], l.name)
				if err != nil || !l.attr.IsNull() {
					return true, err
				}
			}
		}
		if len(ty.Bases) == 0 {
			return false, nil
		}
		last := len(ty.Bases) - 1
		for _, b := range ty.Bases[:last] {
			if b == ObjectType {
				continue
			}
			if found, err = l.in(b); found {
				return found, err
			}
		}
		if ty = ty.Bases[last]; ty == ObjectType {
			return false, nil
		}
	}
}

// convertMember turns what a class holds into what an attribute access gives
// (mp_convert_member_lookup): recv is the first argument to call attr with.
func convertMember(self Value, ty *Type, m Value) (attr, recv Value) {
	mt := m.Type()
	switch {
	case mt.Flags&FlagBindsSelf != 0:
		if mt.Flags&FlagBuiltinFun != 0 {
			if !ty.IsNative() {
				return m, Null
			}
			if self.IsNull() && ty != ObjectType {
				return checkedFunc(ty, m), Null
			}
		}
		return m, self
	case mt == StaticMethodType:
		return (*StaticMethod)(m.p).Fn, Null
	case mt == ClassMethodType:
		if !self.IsNull() {
			ty = self.Type()
		}
		return (*ClassMethod)(m.p).Fn, ty.Value()
	}
	return m, Null
}

// checkedFunc wraps a method of a built-in type that was taken from the type:
// its first argument must be of that type.
func checkedFunc(ty *Type, fn Value) Value {
	return FuncKw(ty.Name, 0, -1, func(t *Thread, args, kw []Value) (Value, error) {
		if len(args) > 0 && args[0].Type() != ty {
			return Null, Raisef(TypeError, "argument should be a '%s' not a '%s'", ty.Name, args[0].TypeName())
		}
		return Call(t, fn, args, kw)
	})
}

// guardedFunc is checkedFunc for what MicroPython does not check: where it does
// fail, because the number of arguments is wrong, this fails in the same way.
func guardedFunc(ty *Type, fn Value) Value {
	b := (*Builtin)(fn.p)
	checked := checkedFunc(ty, fn)
	return FuncKw(ty.Name, 0, -1, func(t *Thread, args, kw []Value) (Value, error) {
		if err := CheckNum(args, kw, b.Min, b.Max, b.FK != nil); err != nil {
			return Null, err
		}
		return Call(t, checked, args, kw)
	})
}

// LookupClass finds an attribute in a class and its bases as an instance of it
// without own attributes would: what the VM caches. m is the raw member (a
// function, a property …), Null if there is none or if a built-in base takes
// part.
func LookupClass(t *Thread, ty *Type, name *Str) (m Value) {
	for {
		if ty.IsNative() {
			return Null
		}
		if m = ty.Own(t.In, name); !m.IsNull() {
			return m
		}
		if len(ty.Bases) == 0 {
			return Null
		}
		for _, b := range ty.Bases[:len(ty.Bases)-1] {
			if b != ObjectType {
				if b.native != nil || b.IsNative() {
					return Null
				}
				if m = LookupClass(t, b, name); !m.IsNull() {
					return m
				}
			}
		}
		if ty = ty.Bases[len(ty.Bases)-1]; ty == ObjectType {
			return Null
		}
	}
}

// special finds a special method of the instance's class. attr is sentinel if
// the native base has it as a slot.
func (o *Instance) special(t *Thread, name *Str, slot func(*Type) bool) (attr, recv Value, err error) {
	l := lookup{t: t, obj: o, name: name, slot: slot}
	_, err = l.in(o.typ)
	return l.attr, l.recv, err
}

// nativeBases counts the built-in types among the ancestors.
func nativeBases(ty *Type, last **Type) int {
	switch {
	case ty == ObjectType:
		return 0
	case ty.IsNative():
		*last = ty
		return 1
	}
	n := 0
	for _, b := range ty.Bases {
		n += nativeBases(b, last)
	}
	return n
}

// NewClass makes a class (mp_obj_new_type). locals becomes the class's table of
// attributes.
func NewClass(t *Thread, name string, bases []Value, locals *Dict) (*Type, error) {
	ty := &Type{Header: Header{TypeType}, Name: name, Kind: KindInstance, Locals: locals}
	ty.Flags = FlagInstance | FlagEqNotReflexive | FlagEqChecksOtherType | FlagEqHasNeq
	for _, b := range bases {
		bt, ok := b.AsType()
		if !ok {
			return nil, RaiseArgs(TypeError)
		}
		if bt.New == nil {
			return nil, Raisef(TypeError, "type '%s' isn't an acceptable base type", bt.Name)
		}
		if !bt.IsNative() {
			bt.Flags |= FlagSubclassed
			ty.Flags |= bt.Flags & FlagSpecialAccessors
		}
		ty.Bases = append(ty.Bases, bt)
	}
	if len(ty.Bases) > 0 {
		ty.Stream = ty.Bases[0].Stream
	}
	for i := 0; ty.Flags&FlagSpecialAccessors == 0 && i < locals.Slots(); i++ {
		if e := locals.At(i); e != nil && specialAccessor(t, e.key, e.Val) {
			ty.Flags |= FlagSpecialAccessors
		}
	}
	if nativeBases(ty, &ty.native) > 1 {
		return nil, Raise(TypeError, "multiple bases have instance lay-out conflict")
	}
	if i := locals.FindName(t.In, nNew); i >= 0 {
		if e := &locals.table[i]; e.Val.Type().Name == BuiltinType.Name {
			e.Val = (&StaticMethod{Header{StaticMethodType}, e.Val}).Value()
		}
	}
	ty.root = &Shape{class: ty}
	if ty.native != nil {
		ty.root.names = []*Str{nil}
		ty.hint = 1
	}
	for _, b := range ty.Bases {
		ty.hint = max(ty.hint, b.hint)
	}
	ty.Print, ty.New, ty.Call = instancePrint, instanceNew, instanceCall
	ty.Unary, ty.Binary = instanceUnary, instanceBinary
	ty.LoadAttr, ty.StoreAttr = instanceLoad, instanceStore
	ty.GetItem, ty.SetItem, ty.DelItem = instanceGetItem, instanceSetItem, instanceDelItem
	ty.Iter, ty.Buffer, ty.Visit = instanceIter, instanceBuffer, instanceVisit
	return ty, t.Alloc(256)
}

// specialAccessor reports whether a class member makes attribute access
// special: a property or a descriptor.
func specialAccessor(t *Thread, key, v Value) bool {
	if t.In.Profile.AttrHooks && (key.isText(nSetAttr) || key.isText(nDelAttr)) {
		return true
	}
	if v.Type() == PropertyType {
		return true
	}
	if v.Type().Flags&FlagBindsSelf != 0 || v.IsInt() || v.Type() == StrType {
		return false
	}
	for _, n := range [...]*Str{nGet, nSet, nDelete} {
		if m, _, err := LoadMethodMaybe(t, v, n); err == nil && !m.IsNull() {
			return true
		}
	}
	return false
}

// instanceNew is calling a class: __new__, then __init__ (mp_obj_instance_make_new).
// The native part is made last, unless __init__ made it; where the class has a
// __new__ of its own, nobody else makes it.
func instanceNew(t *Thread, ty *Type, args, kw []Value) (Value, error) {
	l := lookup{t: t, name: nNew, slot: hasNew}
	if _, err := l.in(ty); err != nil {
		return Null, err
	}
	var o *Instance
	own := !l.attr.IsNull() && l.attr != sentinel
	if !own {
		var err error
		if o, err = NewInstance(t, ty); err != nil {
			return Null, err
		}
	} else {
		v, err := CallMethod(t, l.attr, ty.Value(), args, kw)
		if err != nil || v.Type() != ty {
			return v, err
		}
		o = (*Instance)(v.p)
	}
	init, recv, err := o.special(t, nInit, nil)
	if err != nil {
		return Null, err
	}
	if !init.IsNull() {
		r, err := CallMethod(t, init, recv, args, kw)
		if err != nil {
			return Null, err
		}
		if !r.IsNone() {
			return Null, InitResult(r)
		}
	}
	if own {
		return o.Value(), nil
	}
	return o.Value(), o.FinishInit(t, args, kw)
}

// InitResult returns the error for an __init__ that returned r.
func InitResult(r Value) error {
	return Raisef(TypeError, "__init__() should return None, not '%s'", r.TypeName())
}

// FinishInit makes the native part if __init__ did not.
func (o *Instance) FinishInit(t *Thread, args, kw []Value) error {
	if o.typ.native == nil || o.slots[0] != nativeInit {
		return nil
	}
	v, err := o.typ.native.New(t, o.typ.native, args, kw)
	if err == nil {
		o.setNative(v)
	}
	return err
}

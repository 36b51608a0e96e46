package object

// asSet returns v itself if it is a set or a frozenset, else a set of its
// items.
func asSet(t *Thread, v Value) (*Set, error) {
	if s, ok := v.AsSet(); ok {
		return s, nil
	}
	s := NewSet(SetType)
	return s, s.update(t, v)
}

func setIsSubset(t *Thread, a, b Value) (Value, error) {
	x, err := asSet(t, a)
	if err != nil {
		return Null, err
	}
	y, err := asSet(t, b)
	if err != nil {
		return Null, err
	}
	return subset(t, x, y, false)
}

// defineSetMethods fills the method tables, each in MicroPython's order.
func defineSetMethods() {
	set := func(name string, fn Value) { SetType.Define(name, fn) }
	both := func(name string, fn Value) {
		SetType.Define(name, fn)
		FrozenSetType.Define(name, fn)
	}
	set("add", Func2("add", func(t *Thread, self, x Value) (Value, error) {
		return None, (*Set)(self.p).Add(t, x)
	}))
	set("clear", Func1("clear", func(t *Thread, self Value) (Value, error) {
		(*Set)(self.p).Clear()
		return None, nil
	}))
	both("copy", Func1("copy", func(t *Thread, self Value) (Value, error) {
		s := (*Set)(self.p)
		c, err := s.Copy(t, s.typ)
		if err != nil {
			return Null, err
		}
		return c.Value(), nil
	}))
	set("discard", Func2("discard", func(t *Thread, self, x Value) (Value, error) {
		_, err := (*Set)(self.p).Remove(t, x)
		return None, err
	}))
	both("difference", FuncVar("difference", 1, -1, func(t *Thread, args []Value) (Value, error) {
		return (*Set)(args[0].p).difference(t, args[1:]...)
	}))
	set("difference_update", FuncVar("difference_update", 1, -1, func(t *Thread, args []Value) (Value, error) {
		for _, v := range args[1:] {
			if err := (*Set)(args[0].p).remove(t, v); err != nil {
				return Null, err
			}
		}
		return None, nil
	}))
	both("intersection", Func2("intersection", func(t *Thread, self, v Value) (Value, error) {
		return (*Set)(self.p).intersect(t, v, false)
	}))
	set("intersection_update", Func2("intersection_update", func(t *Thread, self, v Value) (Value, error) {
		return (*Set)(self.p).intersect(t, v, true)
	}))
	both("isdisjoint", Func2("isdisjoint", func(t *Thread, self, v Value) (Value, error) {
		it, err := Iter(t, v)
		if err != nil {
			return Null, err
		}
		for {
			x, err := nextOf(t, it)
			if err != nil {
				return Null, err
			}
			if x.IsNull() {
				return True, nil
			}
			if ok, err := (*Set)(self.p).Has(t, x); ok || err != nil {
				return False, err
			}
		}
	}))
	both("issubset", Func2("issubset", setIsSubset))
	both("issuperset", Func2("issuperset", func(t *Thread, self, v Value) (Value, error) {
		return setIsSubset(t, v, self)
	}))
	set("pop", Func1("pop", func(t *Thread, self Value) (Value, error) {
		s := (*Set)(self.p)
		v, next := s.Next(0)
		if v.IsNull() {
			return Null, Raise(KeyError, "pop from an empty set")
		}
		s.d.RemoveAt(next - 1)
		return v, nil
	}))
	set("remove", Func2("remove", func(t *Thread, self, x Value) (Value, error) {
		had, err := (*Set)(self.p).Remove(t, x)
		if err == nil && !had {
			err = RaiseArgs(KeyError, x)
		}
		return None, err
	}))
	both("symmetric_difference", Func2("symmetric_difference", func(t *Thread, self, v Value) (Value, error) {
		return (*Set)(self.p).symmetric(t, v)
	}))
	set("symmetric_difference_update", Func2("symmetric_difference_update", func(t *Thread, self, v Value) (Value, error) {
		return None, (*Set)(self.p).toggle(t, v)
	}))
	both("union", Func2("union", func(t *Thread, self, v Value) (Value, error) {
		return (*Set)(self.p).union(t, v)
	}))
	set("update", FuncVar("update", 1, -1, func(t *Thread, args []Value) (Value, error) {
		for _, v := range args[1:] {
			if err := (*Set)(args[0].p).update(t, v); err != nil {
				return Null, err
			}
		}
		return None, nil
	}))
	both("__contains__", Func2("__contains__", func(t *Thread, self, x Value) (Value, error) {
		return Binary(t, OpContains, self, x)
	}))
}

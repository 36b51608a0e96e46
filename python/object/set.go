package object

// set and frozenset (py/objset.c): table and slots. The methods are in
// set_methods.go.

// frozenSetHash is where the hash of a frozenset starts; see tupleHash.
const frozenSetHash = 0x55e5_3c2f_8a20

// Set is a set or a frozenset: the hash table of mp_set_t (py/map.c).
type Set struct {
	Header
	d Dict
}

// NewSet returns an empty set (typ SetType) or frozenset (FrozenSetType).
func NewSet(typ *Type) *Set {
	return &Set{Header: Header{typ}, d: Dict{Header: Header{DictType}, isSet: true, odd: true}}
}

// NewSetRoom is NewSet with a table of n slots, as a set display makes it: the
// room is not rounded up.
func NewSetRoom(typ *Type, n int) *Set {
	s := NewSet(typ)
	s.d.setRoom(n)
	return s
}

// Len returns the number of members.
func (s *Set) Len() int { return s.d.used }

// Has reports whether v is a member.
func (s *Set) Has(t *Thread, v Value) (bool, error) {
	if len(s.d.table) == 0 {
		return false, nil
	}
	_, ok, err := s.d.find(t, v)
	return ok, err
}

// Add adds v if no equal member is there.
func (s *Set) Add(t *Thread, v Value) error {
	e, err := s.d.Add(t, v)
	if err == nil {
		e.Val = True
	}
	return err
}

// Remove removes v and reports whether it was there.
func (s *Set) Remove(t *Thread, v Value) (bool, error) {
	old, err := s.d.Delete(t, v)
	return !old.IsNull(), err
}

// Next returns the first member in slot i or later and the slot after it; Null
// at the end.
func (s *Set) Next(i int) (Value, int) {
	e, i := s.d.Next(i)
	if e == nil {
		return Null, i
	}
	return e.key, i
}

// Clear removes all members.
func (s *Set) Clear() { s.d.Clear() }

// Copy returns a set of type typ with the same table.
func (s *Set) Copy(t *Thread, typ *Type) (*Set, error) {
	c, err := s.d.Copy(t)
	if err != nil {
		return nil, err
	}
	return &Set{Header{typ}, *c}, nil
}

// Assign makes s hold what from holds.
func (s *Set) Assign(from *Set) { s.d = from.d }

// setIter goes through the slots of the table, whatever happens to the set
// meanwhile.
type setIter struct {
	Header
	s  *Set
	at int
}

var setIterType = NewEngineType("iterator")

func init() {
	for _, ty := range []*Type{SetType, FrozenSetType} {
		ty.Print, ty.New, ty.Unary, ty.Binary = setPrint, setNew, setUnary, setBinary
		ty.Iter = func(t *Thread, self Value) (Value, error) {
			return (&setIter{Header{setIterType}, (*Set)(self.p), 0}).Value(), nil
		}
		ty.Visit = func(self Value, f func(Value)) int {
			s := (*Set)(self.p)
			for v, i := s.Next(0); !v.IsNull(); v, i = s.Next(i) {
				f(v)
			}
			return 80 + 32*len(s.d.table)
		}
		DefineBuiltin(ty.Name, ty.Value())
	}
	FrozenSetType.Flags |= FlagEqChecksOtherType
	setIterType.Iter = Identity
	setIterType.Next = func(t *Thread, self Value) (Value, error) {
		it := (*setIter)(self.p)
		var v Value
		v, it.at = it.s.Next(it.at)
		return v, nil
	}
	setIterType.Visit = func(self Value, f func(Value)) int {
		f((*setIter)(self.p).s.Value())
		return 24
	}
	DefineLater(defineSetMethods, SetType, FrozenSetType)
}

func setPrint(t *Thread, w *Printer, self Value, kind PrintKind) error {
	s := (*Set)(self.p)
	left, right := "{", "}"
	if s.typ == FrozenSetType {
		left, right = "frozenset({", "})"
	}
	if s.Len() == 0 {
		return w.Str(s.typ.Name + "()")
	}
	for v, i := s.Next(0); !v.IsNull(); v, i = s.Next(i) {
		if err := w.Str(left); err != nil {
			return err
		}
		left = ", "
		if err := Print(t, w, v, PrintRepr); err != nil {
			return err
		}
	}
	return w.Str(right)
}

func setNew(t *Thread, typ *Type, args, kw []Value) (Value, error) {
	if err := CheckNum(args, kw, 0, 1, false); err != nil {
		return Null, err
	}
	if err := t.Alloc(80); err != nil {
		return Null, err
	}
	s := t.In.slabs.sets.Next(slabSize)
	*s = *NewSet(typ)
	if len(args) == 0 {
		return s.Value(), nil
	}
	return s.Value(), s.update(t, args[0])
}

// update adds the items of an iterable.
func (s *Set) update(t *Thread, v Value) error {
	t.hold(s.Value())
	defer t.release()
	return Each(t, v, func(x Value) error { return s.Add(t, x) })
}

func setUnary(t *Thread, op UnaryOp, self Value) (Value, error) {
	s := (*Set)(self.p)
	switch {
	case op == OpBool:
		return Bool(s.Len() != 0), nil
	case op == OpLen:
		return Int(int64(s.Len())), nil
	case op == OpHash && s.typ == FrozenSetType:
		if err := t.Enter(); err != nil {
			return Null, err
		}
		defer t.Leave()
		h := int64(frozenSetHash)
		for v, i := s.Next(0); !v.IsNull(); v, i = s.Next(i) {
			k, err := Hash(t, v)
			if err != nil {
				return Null, err
			}
			h += k
		}
		return Int(h << t.In.wordUnit >> t.In.wordUnit), nil
	}
	return Null, nil
}

func setBinary(t *Thread, op BinaryOp, self, other Value) (Value, error) {
	s := (*Set)(self.p)
	if op == OpContains {
		ok, err := s.Has(t, other)
		return Bool(ok), err
	}
	o, ok := other.AsSet()
	if !ok {
		return Null, nil
	}
	update := s.typ == SetType
	switch op {
	case OpOr:
		return s.union(t, other)
	case OpXor:
		return s.symmetric(t, other)
	case OpAnd:
		return s.intersect(t, other, false)
	case OpSubtract:
		return s.difference(t, other)
	case OpInplaceOr:
		if !update {
			return s.union(t, other)
		}
		return self, s.update(t, other)
	case OpInplaceXor:
		if !update {
			return s.symmetric(t, other)
		}
		return self, s.toggle(t, other)
	case OpInplaceAnd:
		r, err := s.intersect(t, other, update)
		if update {
			r = self
		}
		return r, err
	case OpInplaceSubtract:
		if !update {
			return s.difference(t, other)
		}
		return self, s.remove(t, other)
	case OpLess:
		return subset(t, s, o, true)
	case OpMore:
		return subset(t, o, s, true)
	case OpLessEqual:
		return subset(t, s, o, false)
	case OpMoreEqual:
		return subset(t, o, s, false)
	case OpEqual:
		if s.Len() != o.Len() {
			return False, nil
		}
		return subset(t, s, o, false)
	}
	return Null, nil
}

// union returns a copy with the items of an iterable added.
func (s *Set) union(t *Thread, v Value) (Value, error) {
	c, err := s.Copy(t, s.typ)
	if err != nil {
		return Null, err
	}
	return c.Value(), c.update(t, v)
}

// toggle removes those items of an iterable that are there and adds the rest.
func (s *Set) toggle(t *Thread, v Value) error {
	return Each(t, v, func(x Value) error {
		if had, err := s.Remove(t, x); had || err != nil {
			return err
		}
		return s.Add(t, x)
	})
}

func (s *Set) symmetric(t *Thread, v Value) (Value, error) {
	c, err := s.Copy(t, s.typ)
	if err != nil {
		return Null, err
	}
	return c.Value(), c.toggle(t, v)
}

// intersect returns a new set, which is never a frozenset, of the items of an
// iterable that are in s; with update set, s becomes that set.
func (s *Set) intersect(t *Thread, v Value, update bool) (Value, error) {
	if v == s.Value() {
		if update {
			return None, nil
		}
		c, err := s.Copy(t, s.typ)
		if err != nil {
			return Null, err
		}
		return c.Value(), nil
	}
	out := NewSet(SetType)
	err := Each(t, v, func(x Value) error {
		ok, err := s.Has(t, x)
		if ok && err == nil {
			err = out.Add(t, x)
		}
		return err
	})
	if err != nil {
		return Null, err
	}
	if update {
		s.Assign(out)
		return None, nil
	}
	return out.Value(), nil
}

// remove removes the items of an iterable.
func (s *Set) remove(t *Thread, v Value) error {
	if v == s.Value() {
		s.Clear()
		return nil
	}
	return Each(t, v, func(x Value) error {
		_, err := s.Remove(t, x)
		return err
	})
}

// difference returns a copy without the items of the iterables.
func (s *Set) difference(t *Thread, others ...Value) (Value, error) {
	c, err := s.Copy(t, s.typ)
	if err != nil {
		return Null, err
	}
	for _, v := range others {
		if err := c.remove(t, v); err != nil {
			return Null, err
		}
	}
	return c.Value(), nil
}

// subset reports whether all items of a are in b and, for a proper subset,
// whether b has more.
func subset(t *Thread, a, b *Set, proper bool) (Value, error) {
	if proper && a.Len() == b.Len() {
		return False, nil
	}
	for v, i := a.Next(0); !v.IsNull(); v, i = a.Next(i) {
		if ok, err := b.Has(t, v); !ok || err != nil {
			return False, err
		}
	}
	return True, nil
}

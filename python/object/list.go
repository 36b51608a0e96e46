package object

// The slots and methods of list (py/objlist.c).

func init() {
	ListType.Print = func(t *Thread, w *Printer, self Value, kind PrintKind) error {
		if kind != PrintJSON {
			kind = PrintRepr
		}
		if err := w.Str("["); err != nil {
			return err
		}
		if err := printItems(t, w, &(*List)(self.p).Items, kind); err != nil {
			return err
		}
		return w.Str("]")
	}
	ListType.New = listNew
	ListType.Unary = func(t *Thread, op UnaryOp, self Value) (Value, error) {
		l := (*List)(self.p)
		switch op {
		case OpBool:
			return Bool(len(l.Items) != 0), nil
		case OpLen:
			return Int(int64(len(l.Items))), nil
		case OpSizeof:
			return Int(int64(32 + 8*max(4, cap(l.Items)))), nil
		}
		return Null, nil
	}
	ListType.Binary = listBinary
	ListType.GetItem, ListType.SetItem, ListType.DelItem = listGetItem, listSetItem, listDelItem
	ListType.Visit = func(self Value, f func(Value)) int {
		l := (*List)(self.p)
		for _, v := range l.Items {
			f(v)
		}
		return 32 + 16*cap(l.Items)
	}

	DefineLater(func() {
		ListType.Define("append", Func2("append", func(t *Thread, self, x Value) (Value, error) {
			return None, (*List)(self.p).Append(t, x)
		}))
		ListType.Define("clear", Func1("clear", func(t *Thread, self Value) (Value, error) {
			(*List)(self.p).Items = nil
			return None, nil
		}))
		ListType.Define("copy", Func1("copy", func(t *Thread, self Value) (Value, error) {
			items, err := copyItems(t, (*List)(self.p).Items)
			return NewList(items).Value(), err
		}))
		ListType.Define("count", Func2("count", func(t *Thread, self, x Value) (Value, error) {
			return seqCount(t, &(*List)(self.p).Items, x)
		}))
		ListType.Define("extend", Func2("extend", func(t *Thread, self, x Value) (Value, error) {
			return None, (*List)(self.p).Extend(t, x)
		}))
		ListType.Define("index", FuncVar("index", 2, 4, func(t *Thread, args []Value) (Value, error) {
			i, err := seqIndex(t, &(*List)(args[0].p).Items, args)
			return Int(int64(i)), err
		}))
		ListType.Define("insert", Func3("insert", listInsert))
		ListType.Define("pop", FuncVar("pop", 1, 2, func(t *Thread, args []Value) (Value, error) {
			index := Int(-1)
			if len(args) > 1 {
				index = args[1]
			}
			l := (*List)(args[0].p)
			if index != Int(-1) {
				if err := t.Work(len(l.Items) / itemsMoved); err != nil {
					return Null, err
				}
			}
			return l.Pop(index)
		}))
		ListType.Define("remove", Func2("remove", func(t *Thread, self, x Value) (Value, error) {
			l := (*List)(self.p)
			i, err := seqIndex(t, &l.Items, []Value{self, x})
			if err != nil {
				return Null, err
			}
			_, err = l.Pop(Int(int64(i)))
			return None, err
		}))
		ListType.Define("reverse", Func1("reverse", func(t *Thread, self Value) (Value, error) {
			items := (*List)(self.p).Items
			for i, j := 0, len(items)-1; i < j; i, j = i+1, j-1 {
				items[i], items[j] = items[j], items[i]
			}
			return None, t.Work(len(items) / itemsMoved)
		}))
		ListType.Define("sort", FuncKw("sort", 1, -1, func(t *Thread, args, kw []Value) (Value, error) {
			return None, SortList(t, (*List)(args[0].p), args[1:], kw)
		}))
	}, ListType)
	DefineBuiltin("list", ListType.Value())
}

func listNew(t *Thread, typ *Type, args, kw []Value) (Value, error) {
	if err := CheckNum(args, kw, 0, 1, false); err != nil {
		return Null, err
	}
	if len(args) == 0 {
		return NewList(nil).Value(), t.Alloc(32)
	}
	switch args[0].Type().Kind {
	case KindTuple, KindList, KindRange:
		items, err := ListOf(t, args[0])
		return NewList(items).Value(), err
	}
	var v Value
	err := gather(t, args[0], func(items []Value) {
		l := t.In.NewListLen(len(items))
		copy(l.Items, items)
		v = l.Value()
	})
	return v, err
}

// Extend appends the items of an iterable.
func (l *List) Extend(t *Thread, v Value) error {
	switch v.Type().Kind {
	case KindList:
		return l.appendAll(t, (*List)(v.p).Items)
	case KindTuple:
		return l.appendAll(t, (*Tuple)(v.p).Items)
	}
	return l.extendIter(t, v)
}

func (l *List) appendAll(t *Thread, items []Value) error {
	n := len(l.Items) + len(items)
	if n > cap(l.Items) {
		if err := t.allocWords(16*(n+4), uint64(n+4)); err != nil {
			return err
		}
		if err := l.move(t, n+4); err != nil {
			return err
		}
	}
	longer := l.Items[:n]
	if err := t.Copy(longer[len(l.Items):], items); err != nil {
		return err
	}
	l.Items = longer
	return nil
}

func (l *List) extendIter(t *Thread, v Value) error {
	t.hold(l.Value())
	defer t.release()
	if each := v.Type().Each; each != nil {
		return each(t, v, func(x Value) error { return l.Append(t, x) })
	}
	it, err := Iter(t, v)
	if err != nil {
		return err
	}
	for {
		x, err := Next(t, it)
		if err != nil || x.IsNull() {
			return err
		}
		if err := l.Append(t, x); err != nil {
			return err
		}
	}
}

func listBinary(t *Thread, op BinaryOp, self, other Value) (Value, error) {
	l := (*List)(self.p)
	switch op {
	case OpAdd:
		o, ok := other.AsList()
		if !ok {
			return Null, nil
		}
		n := len(l.Items) + len(o.Items)
		if err := t.allocItems(int64(n), 0); err != nil {
			return Null, err
		}
		sum := t.In.NewListLen(n)
		return sum.Value(), t.join(sum.Items, l.Items, o.Items)
	case OpInplaceAdd:
		return self, l.Extend(t, other)
	case OpMultiply, OpInplaceMultiply:
		if op == OpInplaceMultiply {
			return Null, nil // the core goes on with OpMultiply
		}
		n, ok, err := IntMaybe(other)
		if !ok || err != nil {
			return Null, err
		}
		items, err := repeat(t, l.Items, max(n, 0), 0)
		return NewList(items).Value(), err
	case OpEqual, OpLess, OpLessEqual, OpMore, OpMoreEqual:
		o, ok := other.AsList()
		if !ok {
			if op == OpEqual {
				return False, nil
			}
			return Null, nil
		}
		return seqCompare(t, op, &l.Items, &o.Items)
	case OpContains:
		return seqContains(t, &l.Items, other)
	}
	return Null, nil
}

func listGetItem(t *Thread, self, index Value) (Value, error) {
	l := (*List)(self.p)
	if index.IsInt() {
		i := index.Int()
		if i < 0 {
			i += int64(len(l.Items))
		}
		if uint64(i) < uint64(len(l.Items)) {
			return l.Items[i], nil
		}
	}
	if s, ok := index.AsSlice(); ok {
		start, stop, step, err := s.Fast(t, len(l.Items))
		if err != nil {
			return Null, err
		}
		if step != 1 {
			items, err := stepSlice(t, l.Items, start, stop, step)
			return NewList(items).Value(), err
		}
		if err := t.allocItems(int64(stop-start), 0); err != nil {
			return Null, err
		}
		part := NewListLen(stop - start)
		return part.Value(), t.Copy(part.Items, l.Items[start:stop])
	}
	i, err := Index(ListType, len(l.Items), index, false)
	if err != nil {
		return Null, err
	}
	return l.Items[i], nil
}

func listSetItem(t *Thread, self, index, val Value) (bool, error) {
	l := (*List)(self.p)
	if s, ok := index.AsSlice(); ok {
		from, err := Items(val)
		if err != nil {
			return true, err
		}
		start, stop, step, err := s.Fast(t, len(l.Items))
		if err != nil {
			return true, err
		}
		if step != 1 {
			return true, RaiseArgs(NotImplementedError)
		}
		return true, l.replace(t, start, stop, from)
	}
	i, err := Index(ListType, len(l.Items), index, false)
	if err != nil {
		return true, err
	}
	l.Items[i] = val
	return true, nil
}

func listDelItem(t *Thread, self, index Value) (bool, error) {
	l := (*List)(self.p)
	if s, ok := index.AsSlice(); ok {
		start, stop, step, err := s.Fast(t, len(l.Items))
		if err != nil {
			return true, err
		}
		if step != 1 {
			return true, RaiseArgs(NotImplementedError)
		}
		return true, l.replace(t, start, stop, nil)
	}
	_, err := l.Pop(index)
	if err == nil {
		err = t.Work(len(l.Items) / itemsMoved)
	}
	return true, err
}

// itemsMoved is how many items of a list that move up or down count as one item
// of work.
const itemsMoved = 8

// replace puts from in the place of the items from start up to stop. from may
// be the list's own items.
func (l *List) replace(t *Thread, start, stop int, from []Value) error {
	old := l.Items
	more := len(from) - (stop - start)
	switch {
	case more == 0:
		copy(old[start:stop], from)
		return nil
	case more < 0:
		// from is shorter than what it replaces, so if it is the list itself,
		// start is 0 and the copy is onto itself.
		copy(old[start:], from)
		n := start + len(from) + copy(old[start+len(from):], old[stop:])
		clear(old[n:])
		l.Items = old[:n]
		return nil
	}
	own := len(from) > 0 && len(old) > 0 && &from[0] == &old[0]
	n := len(old) + more
	if n > cap(old) || own {
		// As MicroPython, which grows to the exact size, but with room for the
		// next one.
		if err := t.allocWords(16*(n+n/8), uint64(n)); err != nil {
			return err
		}
		items := make([]Value, n, n+n/8)
		if err := t.join(items, old[:start], from, old[stop:]); err != nil {
			return err
		}
		l.Items = items
		return nil
	}
	l.Items = old[:n]
	copy(l.Items[stop+more:], old[stop:])
	copy(l.Items[start:], from)
	return nil
}

// Pop removes the item at index and returns it.
func (l *List) Pop(index Value) (Value, error) {
	n := len(l.Items)
	if n == 0 {
		return Null, Raise(IndexError, "pop from empty list")
	}
	i := n - 1
	if index != Int(-1) {
		var err error
		if i, err = Index(ListType, n, index, false); err != nil {
			return Null, err
		}
	}
	v := l.Items[i]
	copy(l.Items[i:], l.Items[i+1:])
	l.Items[n-1] = Null
	l.Items = l.Items[:n-1]
	if c := cap(l.Items); c > 64 && c > 4*len(l.Items) {
		l.Items = append(make([]Value, 0, c/2), l.Items...)
	}
	return v, nil
}

func listInsert(t *Thread, self, index, x Value) (Value, error) {
	l := (*List)(self.p)
	// MicroPython takes anything but a small int for a large number.
	i := len(l.Items)
	if index.IsInt() {
		k := index.Int()
		if k < 0 {
			k += int64(i)
		}
		i = int(min(max(k, 0), int64(i)))
	}
	if err := l.Append(t, None); err != nil {
		return Null, err
	}
	copy(l.Items[i+1:], l.Items[i:])
	l.Items[i] = x
	return None, t.Work((len(l.Items) - i) / itemsMoved)
}

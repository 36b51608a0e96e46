package object

// The slots and methods of dict and OrderedDict (py/objdict.c).

func init() {
	for _, ty := range []*Type{DictType, OrderedDictType} {
		ty.Print, ty.New, ty.Unary, ty.Binary = dictPrint, dictNew, dictUnary, dictBinary
		ty.GetItem, ty.SetItem, ty.DelItem = dictGetItem, dictSetItem, dictDelItem
		ty.Iter = func(t *Thread, self Value) (Value, error) {
			return newDictIter((*Dict)(self.p), viewKeys), nil
		}
		ty.Visit = func(self Value, f func(Value)) int {
			d := (*Dict)(self.p)
			for i := range d.table {
				if e := &d.table[i]; e.filled() {
					f(e.key)
					if !e.Val.IsNull() {
						f(e.Val)
					}
				}
			}
			return 80 + 32*len(d.table)
		}
		DefineLater(func() { defineDictMethods(ty) }, ty)
	}
	DefineBuiltin("dict", DictType.Value())
}

func defineDictMethods(ty *Type) {
	ty.Define("clear", Func1("clear", func(t *Thread, self Value) (Value, error) {
		d, err := dictToChange(self)
		if err == nil {
			d.Clear()
		}
		return None, err
	}))
	ty.Define("copy", Func1("copy", func(t *Thread, self Value) (Value, error) {
		d, err := (*Dict)(self.p).Copy(t)
		if err != nil {
			return Null, err
		}
		return d.Value(), nil
	}))
	ty.Define("fromkeys", NewClassMethod(FuncVar("fromkeys", 2, 3, dictFromKeys)))
	ty.Define("get", FuncVar("get", 2, 3, func(t *Thread, args []Value) (Value, error) {
		v, err := (*Dict)(args[0].p).Get(t, args[1])
		return orDefault(v, args), err
	}))
	for kind, name := range []string{"items", "keys", "values"} {
		ty.Define(name, Func1(name, func(t *Thread, self Value) (Value, error) {
			if err := t.Alloc(32); err != nil {
				return Null, err
			}
			return (&dictView{Header{dictViewType}, (*Dict)(self.p), kind}).Value(), nil
		}))
	}
	ty.Define("pop", FuncVar("pop", 2, 3, dictPop))
	ty.Define("popitem", Func1("popitem", dictPopItem))
	ty.Define("setdefault", FuncVar("setdefault", 2, 3, func(t *Thread, args []Value) (Value, error) {
		d, err := dictToChange(args[0])
		if err != nil {
			return Null, err
		}
		e, err := d.Add(t, args[1])
		if err != nil {
			return Null, err
		}
		if e.Val.IsNull() {
			e.Val = orDefault(Null, args)
		}
		return e.Val, nil
	}))
	ty.Define("update", FuncKw("update", 1, -1, func(t *Thread, args, kw []Value) (Value, error) {
		return None, dictUpdate(t, args, kw)
	}))
	ty.Define("__getitem__", Func2("__getitem__", GetItem))
	ty.Define("__setitem__", Func3("__setitem__", func(t *Thread, self, key, val Value) (Value, error) {
		return None, SetItem(t, self, key, val)
	}))
	ty.Define("__delitem__", Func2("__delitem__", func(t *Thread, self, key Value) (Value, error) {
		return None, DelItem(t, self, key)
	}))
}

// dictToChange returns the dict, or the TypeError for a read-only one.
func dictToChange(self Value) (*Dict, error) {
	d := (*Dict)(self.p)
	if d.Fixed {
		return nil, RaiseArgs(TypeError)
	}
	return d, nil
}

// orDefault is the answer of get and its like: v if there is one, else the
// third argument or None.
func orDefault(v Value, args []Value) Value {
	switch {
	case !v.IsNull():
		return v
	case len(args) > 2:
		return args[2]
	}
	return None
}

func dictPrint(t *Thread, w *Printer, self Value, kind PrintKind) error {
	d := (*Dict)(self.p)
	left, right := "{", "}"
	if kind != PrintJSON {
		kind = PrintRepr
		if d.typ != DictType {
			left, right = d.typ.Name+"({", "})"
		}
	}
	for e, i := d.Next(0); e != nil; e, i = d.Next(i) {
		key, val := e.key, e.Val
		if err := w.Str(left); err != nil {
			return err
		}
		left = ", "
		quote := kind == PrintJSON && key.Type() != StrType && key.Type() != BytesType
		if err := printKey(t, w, key, kind, quote); err != nil {
			return err
		}
		if err := Print(t, w, val, kind); err != nil {
			return err
		}
	}
	if left != ", " {
		right = left + right
	}
	return w.Str(right)
}

// printKey writes a key and the colon after it; JSON wants quotes around a key
// that is not a string.
func printKey(t *Thread, w *Printer, key Value, kind PrintKind, quote bool) error {
	if quote {
		if err := w.Str("\""); err != nil {
			return err
		}
	}
	if err := Print(t, w, key, kind); err != nil {
		return err
	}
	if quote {
		return w.Str("\": ")
	}
	return w.Str(": ")
}

func dictNew(t *Thread, typ *Type, args, kw []Value) (Value, error) {
	d := NewDict(0)
	if typ == OrderedDictType {
		d = NewOrderedDict()
	}
	if err := t.Alloc(80); err != nil {
		return Null, err
	}
	if len(args) > 0 || len(kw) > 0 {
		var buf [4]Value
		all := append(append(buf[:0], d.Value()), args...)
		if err := dictUpdate(t, all, kw); err != nil {
			return Null, err
		}
	}
	return d.Value(), nil
}

func dictUnary(t *Thread, op UnaryOp, self Value) (Value, error) {
	d := (*Dict)(self.p)
	switch op {
	case OpBool:
		return Bool(d.used != 0), nil
	case OpLen:
		return Int(int64(d.used)), nil
	case OpSizeof:
		return Int(int64(32 + 16*len(d.table))), nil
	}
	return Null, nil
}

func dictBinary(t *Thread, op BinaryOp, self, other Value) (Value, error) {
	d := (*Dict)(self.p)
	switch op {
	case OpContains:
		ok, err := d.Has(t, other)
		return Bool(ok), err
	case OpEqual:
		if o, ok := other.AsDict(); ok {
			if d.typ == OrderedDictType && o.typ == OrderedDictType {
				return orderedEqual(t, d, o)
			}
			if o.typ == DictType {
				return dictEqual(t, d, o)
			}
		}
		return False, nil
	}
	return Null, nil
}

func orderedEqual(t *Thread, a, b *Dict) (Value, error) {
	x, i := a.Next(0)
	y, j := b.Next(0)
	for x != nil && y != nil {
		xv, yv := x.Val, y.Val
		eq, err := Equal(t, x.key, y.key)
		if eq && err == nil {
			eq, err = Equal(t, xv, yv)
		}
		if !eq || err != nil {
			return False, err
		}
		x, i = a.Next(i)
		y, j = b.Next(j)
	}
	return Bool(x == nil && y == nil), nil
}

func dictEqual(t *Thread, a, b *Dict) (Value, error) {
	if a.used != b.used {
		return False, nil
	}
	for e, i := a.Next(0); e != nil; e, i = a.Next(i) {
		val := e.Val
		have, err := b.Get(t, e.key)
		if err != nil || have.IsNull() {
			return False, err
		}
		if eq, err := itemEqual(t, val, have); !eq || err != nil {
			return False, err
		}
	}
	return True, nil
}

func dictGetItem(t *Thread, self, key Value) (Value, error) {
	v, err := (*Dict)(self.p).Get(t, key)
	if err == nil && v.IsNull() {
		err = RaiseArgs(KeyError, key)
	}
	return v, err
}

func dictSetItem(t *Thread, self, key, val Value) (bool, error) {
	d, err := dictToChange(self)
	if err != nil {
		return true, err
	}
	return true, d.Set(t, key, val)
}

func dictDelItem(t *Thread, self, key Value) (bool, error) {
	d, err := dictToChange(self)
	if err != nil {
		return true, err
	}
	v, err := d.Delete(t, key)
	if err == nil && v.IsNull() {
		err = RaiseArgs(KeyError, key)
	}
	return true, err
}

func dictPop(t *Thread, args []Value) (Value, error) {
	d, err := dictToChange(args[0])
	if err != nil {
		return Null, err
	}
	v, err := d.Delete(t, args[1])
	if err == nil && v.IsNull() && len(args) == 2 {
		return Null, RaiseArgs(KeyError, args[1])
	}
	return orDefault(v, args), err
}

func dictPopItem(t *Thread, self Value) (Value, error) {
	d, err := dictToChange(self)
	if err != nil {
		return Null, err
	}
	if d.used == 0 {
		return Null, Raise(KeyError, "popitem(): dictionary is empty")
	}
	i := 0
	if d.ordered {
		i = d.used - 1
	}
	e, next := d.Next(i)
	pair := NewTuple(e.key, e.Val)
	d.RemoveAt(next - 1)
	return pair, nil
}

func dictFromKeys(t *Thread, args []Value) (Value, error) {
	it, err := Iter(t, args[1])
	if err != nil {
		return Null, err
	}
	n, err := LenMaybe(t, args[1])
	if err != nil {
		return Null, err
	}
	room := 0
	if n.IsInt() {
		room = int(n.Int())
	}
	if err := t.allocWords(32*room, uint64(2*room)); err != nil {
		return Null, err
	}
	d := NewDict(room)
	val := orDefault(Null, args)
	for {
		k, err := Next(t, it)
		if err != nil {
			return Null, err
		}
		if k.IsNull() {
			return d.Value(), nil
		}
		if err := d.Set(t, k, val); err != nil {
			return Null, err
		}
	}
}

// dictUpdate is dict.update: args are the dict and what to take entries from.
func dictUpdate(t *Thread, args, kw []Value) error {
	d, err := dictToChange(args[0])
	if err != nil {
		return err
	}
	if err := CheckNum(args, kw, 1, 2, true); err != nil {
		return err
	}
	if len(args) == 2 {
		if from, ok := args[1].AsDict(); ok {
			if from != d {
				for e, i := from.Next(0); e != nil; e, i = from.Next(i) {
					if err := d.Set(t, e.key, e.Val); err != nil {
						return err
					}
				}
			}
		} else if err := d.addPairs(t, args[1]); err != nil {
			return err
		}
	}
	for i := 0; i+1 < len(kw); i += 2 {
		if err := d.Set(t, kw[i], kw[i+1]); err != nil {
			return err
		}
	}
	return nil
}

// addPairs adds the entries that an iterable of pairs gives.
func (d *Dict) addPairs(t *Thread, v Value) error {
	t.hold(d.Value())
	defer t.release()
	return Each(t, v, func(pair Value) error {
		if items, ok := TupleItems(pair); ok && len(items) == 2 {
			return d.Set(t, items[0], items[1])
		}
		it, err := Iter(t, pair)
		if err != nil {
			return err
		}
		var got [3]Value
		for i := range got {
			if i > 0 && got[i-1].IsNull() {
				break
			}
			if got[i], err = Next(t, it); err != nil {
				return err
			}
		}
		if got[1].IsNull() || !got[2].IsNull() {
			return Raise(ValueError, "dict update sequence has wrong length")
		}
		return d.Set(t, got[0], got[1])
	})
}

package object

// What a view or an iterator of a dict gives.
const (
	viewItems = iota
	viewKeys
	viewValues
)

// dictView is what dict.keys() and its like return: it follows the dict.
type dictView struct {
	Header
	d    *Dict
	kind int
}

// dictIter is the iterator of a dict or of a view. It goes through the slots of
// the table, whatever happens to the dict meanwhile.
type dictIter struct {
	Header
	d    *Dict
	kind int
	at   int
}

var (
	dictViewType = NewEngineType("dict_view")
	dictIterType = NewEngineType("iterator")
)

var viewNames = [...]string{viewItems: "dict_items", viewKeys: "dict_keys", viewValues: "dict_values"}

func newDictIter(d *Dict, kind int) Value {
	return (&dictIter{Header: Header{dictIterType}, d: d, kind: kind}).Value()
}

func (it *dictIter) next(t *Thread) (Value, error) {
	var e *Entry
	if e, it.at = it.d.Next(it.at); e == nil {
		return Null, nil
	}
	switch it.kind {
	case viewKeys:
		return e.key, nil
	case viewValues:
		return e.Val, nil
	}
	return t.Tuple(e.key, e.Val)
}

func init() {
	dictIterType.Iter = Identity
	dictIterType.Next = func(t *Thread, self Value) (Value, error) {
		return (*dictIter)(self.p).next(t)
	}
	dictIterType.Next2 = func(t *Thread, self Value) (x, y Value, ok bool, err error) {
		it := (*dictIter)(self.p)
		if it.kind != viewItems {
			return Null, Null, false, nil
		}
		var e *Entry
		if e, it.at = it.d.Next(it.at); e == nil {
			return Null, Null, true, nil
		}
		return e.key, e.Val, true, nil
	}
	dictIterType.Visit = func(self Value, f func(Value)) int {
		f((*dictIter)(self.p).d.Value())
		return 32
	}
	dictViewType.Iter = func(t *Thread, self Value) (Value, error) {
		v := (*dictView)(self.p)
		return newDictIter(v.d, v.kind), nil
	}
	dictViewType.Print = func(t *Thread, w *Printer, self Value, kind PrintKind) error {
		v := (*dictView)(self.p)
		if err := w.Str(viewNames[v.kind] + "(["); err != nil {
			return err
		}
		it := dictIter{d: v.d, kind: v.kind}
		for sep := ""; ; sep = ", " {
			x, err := it.next(t)
			if err != nil {
				return err
			}
			if x.IsNull() {
				return w.Str("])")
			}
			if err := w.Str(sep); err != nil {
				return err
			}
			if err := Print(t, w, x, PrintRepr); err != nil {
				return err
			}
		}
	}
	dictViewType.Binary = func(t *Thread, op BinaryOp, self, other Value) (Value, error) {
		v := (*dictView)(self.p)
		if v.kind != viewKeys || op != OpContains {
			return Null, nil
		}
		return dictBinary(t, op, v.d.Value(), other)
	}
	dictViewType.Visit = func(self Value, f func(Value)) int {
		f((*dictView)(self.p).d.Value())
		return 24
	}
}

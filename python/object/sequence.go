package object

// Helpers that lists, tuples and their kin share (py/sequence.c).

// TupleItems returns the items of a tuple or of a type laid out like one
// (namedtuple, attrtuple); ok is false for any other type.
func TupleItems(v Value) (items []Value, ok bool) {
	if v.Type().Kind == KindTuple {
		return (*Tuple)(v.p).Items, true
	}
	return nil, false
}

// tupleHead is how many words MicroPython's tuple has before its items; a
// list's items stand alone.
const tupleHead = 2

// allocItems asks for the memory of n items. The MemoryError names the bytes
// that they would take on the module, together with head more words.
func (t *Thread) allocItems(n, head int64) error {
	size := -1 // more than there can be
	if n >= 0 && n < 1<<56 {
		size = 16*int(n) + 32
	}
	return t.allocWords(size, uint64(n+head))
}

// allocWords asks for n bytes where MicroPython would ask for a number of words,
// which is what the MemoryError names.
func (t *Thread) allocWords(n int, words uint64) error {
	err := t.Alloc(n)
	if !IsRaised(err, MemoryError) || t.In.HeapLocked() {
		return err
	}
	return MemoryErr(words * uint64(t.In.Profile.WordBits/8))
}

// repeat returns a new slice with items n times over; n is not negative.
func repeat(t *Thread, items []Value, n, head int64) ([]Value, error) {
	if len(items) == 0 || n == 0 {
		return nil, nil
	}
	size, ok := MulInt(int64(len(items)), n)
	if !ok {
		size = -1
	}
	if err := t.allocItems(size, head); err != nil {
		return nil, err
	}
	out := make([]Value, len(items)*int(n))
	if err := t.Copy(out, items); err != nil {
		return nil, err
	}
	for done := len(items); done < len(out); done *= 2 {
		if err := t.Copy(out[done:], out[:done]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// copyItems returns a copy of items, charged to the heap budget.
func copyItems(t *Thread, items []Value) ([]Value, error) {
	if err := t.allocItems(int64(len(items)), 0); err != nil {
		return nil, err
	}
	out := make([]Value, len(items))
	return out, t.Copy(out, items)
}

// Copy does what copy does, and asks Poll between the pieces of a long slice.
// While Go marks what lives, it looks at each reference that is copied, and a list
// of some megabytes takes it a tenth of a second.
func (t *Thread) Copy(dst, src []Value) error {
	for len(src) > pollItems && len(dst) > pollItems {
		copy(dst[:pollItems], src)
		dst, src = dst[pollItems:], src[pollItems:]
		if err := t.Work(pollItems); err != nil {
			return err
		}
	}
	copy(dst, src)
	return nil
}

// join copies parts to dst, one after the other.
func (t *Thread) join(dst []Value, parts ...[]Value) error {
	for _, part := range parts {
		if err := t.Copy(dst, part); err != nil {
			return err
		}
		dst = dst[len(part):]
	}
	return nil
}

// stepSlice returns the items that a slice with a step other than 1 selects;
// start and stop are those of Slice.Fast (mp_seq_extract_slice).
func stepSlice(t *Thread, items []Value, start, stop, step int) ([]Value, error) {
	n := 0
	if step < 0 {
		if start >= stop {
			n = (stop-start)/step + 1
		}
	} else if start < stop {
		n = (stop-start-1)/step + 1
	}
	if err := t.allocItems(int64(n), 0); err != nil {
		return nil, err
	}
	out := make([]Value, n)
	for i := range out {
		out[i] = items[start]
		start += step
	}
	return out, nil
}

// seqEqual reports whether two sequences hold equal items. The sequences may
// change while an __eq__ runs, so a and b are read anew for each item.
func seqEqual(t *Thread, a, b *[]Value) (bool, error) {
	if len(*a) != len(*b) {
		return false, nil
	}
	for i := 0; i < len(*a) && i < len(*b); i++ {
		eq, err := itemEqual(t, (*a)[i], (*b)[i])
		if !eq || err != nil {
			return false, err
		}
	}
	return true, nil
}

// itemEqual is Equal with short cuts for ints and strings.
func itemEqual(t *Thread, x, y Value) (bool, error) {
	if err := t.Work(1); err != nil {
		return false, err
	}
	if x.IsInt() && y.IsInt() {
		return x.n == y.n, nil
	}
	if x.Type() == StrType && y.Type() == StrType {
		return (*Str)(x.p).s == (*Str)(y.p).s, nil
	}
	return Equal(t, x, y)
}

// seqCompare computes a comparison operator other than != on two sequences
// (mp_seq_cmp_objs).
func seqCompare(t *Thread, op BinaryOp, a, b *[]Value) (Value, error) {
	switch op {
	case OpEqual:
		eq, err := seqEqual(t, a, b)
		return Bool(eq), err
	case OpLess:
		op, a, b = OpMore, b, a
	case OpLessEqual:
		op, a, b = OpMoreEqual, b, a
	}
	for i := 0; i < len(*a) && i < len(*b); i++ {
		x, y := (*a)[i], (*b)[i]
		eq, err := itemEqual(t, x, y)
		if err != nil {
			return Null, err
		}
		if eq {
			continue
		}
		r, err := Binary(t, op, x, y)
		return Bool(r == True), err
	}
	if len(*a) != len(*b) {
		return Bool(len(*a) > len(*b)), nil
	}
	return Bool(op == OpMoreEqual), nil
}

// seqContains reports whether an item equals x, as the in operator of a
// sequence without __contains__ finds it.
func seqContains(t *Thread, items *[]Value, x Value) (Value, error) {
	for i := 0; i < len(*items); i++ {
		eq, err := itemEqual(t, (*items)[i], x)
		if err != nil {
			return Null, err
		}
		if eq {
			return True, nil
		}
	}
	return False, nil
}

// seqIndex is the method index of lists and tuples: args are the sequence
// itself, the value, and optionally start and stop (mp_seq_index_obj).
func seqIndex(t *Thread, items *[]Value, args []Value) (int, error) {
	typ, n := args[0].Type(), len(*items)
	start, stop := 0, n
	var err error
	if len(args) >= 3 {
		if start, err = Index(typ, n, args[2], true); err != nil {
			return 0, err
		}
	}
	if len(args) >= 4 {
		if stop, err = Index(typ, n, args[3], true); err != nil {
			return 0, err
		}
	}
	x := args[1]
	for i := start; i < stop && i < len(*items); i++ {
		eq, err := itemEqual(t, (*items)[i], x)
		if err != nil {
			return 0, err
		}
		if eq {
			return i, nil
		}
	}
	return 0, Raise(ValueError, "object not in sequence")
}

// seqCount is the method count of lists and tuples (mp_seq_count_obj).
func seqCount(t *Thread, items *[]Value, x Value) (Value, error) {
	n := int64(0)
	for i := 0; i < len(*items); i++ {
		eq, err := itemEqual(t, (*items)[i], x)
		if err != nil {
			return Null, err
		}
		if eq {
			n++
		}
	}
	return Int(n), nil
}

// ListOf returns the items of an iterable in a new slice.
func ListOf(t *Thread, v Value) ([]Value, error) {
	switch v.Type().Kind {
	case KindTuple:
		return copyItems(t, (*Tuple)(v.p).Items)
	case KindList:
		return copyItems(t, (*List)(v.p).Items)
	case KindRange:
		r := (*Range)(v.p)
		n := r.Len()
		if err := t.allocItems(n, 0); err != nil {
			return nil, err
		}
		out := make([]Value, n)
		at := r.Start
		for i := range out {
			out[i] = Int(at)
			at += r.Step
		}
		return out, nil
	}
	l := NewList(nil)
	err := l.extendIter(t, v)
	return l.Items, err
}

// gatheredMax is how many items the thread's stack for gather may keep room for.
const gatheredMax = 1024

// gather takes the items of an iterable, and gives them all to use, which must
// not keep the slice. Until their number is known they are on a stack of the
// thread: the iterable may itself be run by code that gathers.
func gather(t *Thread, v Value, use func(items []Value)) error {
	base := len(t.gathered)
	err := Each(t, v, func(x Value) error {
		if n := len(t.gathered) - base; n&(n-1) == 0 && (n == 0 || n >= 4) {
			if err := t.allocWords(16*max(n, 4), listWords(n)); err != nil {
				return err
			}
		}
		t.gathered = append(t.gathered, x)
		return nil
	})
	items := t.gathered[base:]
	if err == nil {
		use(items)
	}
	clear(items)
	t.gathered = t.gathered[:base]
	if cap(t.gathered) > gatheredMax && base == 0 {
		t.gathered = nil
	}
	return err
}

// printItems writes items separated by commas.
func printItems(t *Thread, w *Printer, items *[]Value, kind PrintKind) error {
	for i := 0; i < len(*items); i++ {
		if i > 0 {
			if err := w.Str(", "); err != nil {
				return err
			}
		}
		if err := Print(t, w, (*items)[i], kind); err != nil {
			return err
		}
	}
	return nil
}

package ucollections

import "qpy/python/object"

// deque is a ring of a fixed size (py/objdeque.c). One slot stays free, so that
// an empty ring differs from a full one.
type deque struct {
	object.Header
	items    []object.Value
	get, put int
	refuse   bool // append to a full deque fails, else the oldest item goes
}

var (
	dequeType = object.NewType("deque")
	deques    object.Layout[deque]
)

// checkOverflow is the flag of deque's third argument.
const checkOverflow = 1

// setUp fills the type.
func setUp() {
	deques = object.NewLayout[deque](dequeType)
	dequeType.New = newDeque
	dequeType.Unary = func(_ *object.Thread, op object.UnaryOp, self object.Value) (object.Value, error) {
		d := deques.Must(self)
		switch op {
		case object.OpBool:
			return object.Bool(d.get != d.put), nil
		case object.OpLen:
			n := d.put - d.get
			if n < 0 {
				n += len(d.items)
			}
			return object.Int(int64(n)), nil
		}
		return object.Null, nil
	}
	dequeType.Visit = func(self object.Value, f func(object.Value)) int {
		d := deques.Must(self)
		for _, v := range d.items {
			if !v.IsNull() {
				f(v)
			}
		}
		return 64 + 16*len(d.items)
	}
	dequeType.Define("append", object.Func2("append", dequeAppend))
	dequeType.Define("popleft", object.Func1("popleft", dequePopLeft))
}

// newDeque is deque(iterable, maxlen[, flags]); iterable can only be ().
func newDeque(t *object.Thread, _ *object.Type, args, kw []object.Value) (object.Value, error) {
	if err := object.CheckNum(args, kw, 2, 3, false); err != nil {
		return object.Null, err
	}
	if init, ok := args[0].AsTuple(); !ok || len(init.Items) > 0 {
		return object.Null, object.RaiseArgs(object.ValueError)
	}
	maxlen, err := object.ToInt(t, args[1])
	if err != nil {
		return object.Null, err
	}
	if maxlen < 0 {
		return object.Null, object.RaiseArgs(object.ValueError)
	}
	d := &deque{Header: object.NewHeader(dequeType)}
	if len(args) > 2 {
		flags, err := object.ToInt(t, args[2])
		if err != nil {
			return object.Null, err
		}
		d.refuse = flags&checkOverflow != 0
	}
	if maxlen > t.In.Profile.Heap {
		return object.Null, object.MemoryErr(uint64(maxlen+1) * uint64(t.In.Profile.WordBits/8))
	}
	if err := t.Alloc(64 + 16*int(maxlen+1)); err != nil {
		return object.Null, err
	}
	d.items = make([]object.Value, maxlen+1)
	return d.Header.Value(), nil
}

func (d *deque) after(i int) int {
	if i++; i == len(d.items) {
		return 0
	}
	return i
}

func dequeAppend(_ *object.Thread, self, v object.Value) (object.Value, error) {
	d := deques.Must(self)
	next := d.after(d.put)
	if next == d.get && d.refuse {
		return object.Null, object.Raise(object.IndexError, "full")
	}
	d.items[d.put] = v
	d.put = next
	if next == d.get {
		d.get = d.after(d.get)
	}
	return object.None, nil
}

func dequePopLeft(_ *object.Thread, self object.Value) (object.Value, error) {
	d := deques.Must(self)
	if d.get == d.put {
		return object.Null, object.Raise(object.IndexError, "empty")
	}
	v := d.items[d.get]
	d.items[d.get] = object.Null
	d.get = d.after(d.get)
	return v, nil
}

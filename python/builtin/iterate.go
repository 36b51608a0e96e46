package builtin

import "qpy/python/object"

var (
	nKey     = object.Intern("key")
	nDefault = object.Intern("default")
)

func init() {
	def1("all", func(t *object.Thread, v object.Value) (object.Value, error) { return search(t, v, false) })
	def1("any", func(t *object.Thread, v object.Value) (object.Value, error) { return search(t, v, true) })
	def1("iter", object.Iter)
	def1("len", object.Len)
	def1("next", func(t *object.Thread, it object.Value) (object.Value, error) {
		v, err := object.NextRaise(t, it)
		if err == nil && v.IsNull() {
			err = object.RaiseArgs(object.StopIteration)
		}
		return v, err
	})
	defKw("max", 1, -1, func(t *object.Thread, args, kw []object.Value) (object.Value, error) {
		return best(t, object.OpMore, args, kw)
	})
	defKw("min", 1, -1, func(t *object.Thread, args, kw []object.Value) (object.Value, error) {
		return best(t, object.OpLess, args, kw)
	})
	defKw("sorted", 1, -1, func(t *object.Thread, args, kw []object.Value) (object.Value, error) {
		if len(args) > 1 {
			return object.Null, object.Raise(object.TypeError, "must use keyword argument for key function")
		}
		items, err := object.ListOf(t, args[0])
		if err != nil {
			return object.Null, err
		}
		l := object.NewList(items)
		return l.Value(), object.SortList(t, l, nil, kw)
	})
	defVar("sum", 1, 2, sum)
}

// errFound ends object.Each early.
type errFound struct{}

func (errFound) Error() string { return "found" }

// search reports whether an item is true (any), or none is false (all).
func search(t *object.Thread, v object.Value, want bool) (object.Value, error) {
	err := object.Each(t, v, func(x object.Value) error {
		b, err := object.IsTrue(t, x)
		if err == nil && b == want {
			err = errFound{}
		}
		return err
	})
	if err == (errFound{}) {
		return object.Bool(want), nil
	}
	return object.Bool(!want), err
}

func sum(t *object.Thread, args []object.Value) (object.Value, error) {
	total := object.Int(0)
	if len(args) > 1 {
		total = args[1]
	}
	err := object.Each(t, args[0], func(x object.Value) error {
		if total.IsInt() && x.IsInt() {
			a, b := total.Int(), x.Int()
			if s := a + b; (s > a) == (b > 0) {
				total.SetInt(s)
				return nil
			}
		} else if total.IsFloat() && x.IsFloat() {
			total.SetFloat(total.Float() + x.Float())
			return nil
		}
		var err error
		total, err = object.Binary(t, object.OpAdd, total, x)
		return err
	})
	return total, err
}

// best is min and max: op is what a better item has to answer with True.
func best(t *object.Thread, op object.BinaryOp, args, kw []object.Value) (object.Value, error) {
	if len(kw) == 0 && len(args) > 1 {
		return bestOf(t, op, args)
	}
	b := chooser{t: t, op: op}
	if len(kw) > 0 {
		b.fn = object.KwGet(kw, nKey)
	}
	if len(args) > 1 {
		for i := range args {
			if err := b.see(args[i]); err != nil {
				return object.Null, err
			}
		}
		return b.obj, nil
	}
	if err := object.Each(t, args[0], b.see); err != nil {
		return object.Null, err
	}
	if b.obj.IsNull() {
		if v := object.KwGet(kw, nDefault); !v.IsNull() {
			return v, nil
		}
		return object.Null, object.Raise(object.ValueError, "arg is an empty sequence")
	}
	return b.obj, nil
}

// bestOf is best for arguments without key function.
func bestOf(t *object.Thread, op object.BinaryOp, args []object.Value) (object.Value, error) {
	best := args[0]
	for _, v := range args[1:] {
		better, err := isBetter(t, op, v, best)
		if err != nil {
			return object.Null, err
		}
		if better {
			best = v
		}
	}
	return best, nil
}

// isBetter reports whether `v op w` is True.
func isBetter(t *object.Thread, op object.BinaryOp, v, w object.Value) (bool, error) {
	if v.IsInt() && w.IsInt() {
		if op == object.OpLess {
			return v.Int() < w.Int(), nil
		}
		return v.Int() > w.Int(), nil
	}
	r, err := object.Binary(t, op, v, w)
	return r == object.True, err
}

// chooser keeps the best item seen so far and its key.
type chooser struct {
	t        *object.Thread
	op       object.BinaryOp
	fn       object.Value // key function or Null
	key, obj object.Value
	arg      [1]object.Value
}

func (b *chooser) see(v object.Value) error {
	key := v
	if !b.fn.IsNull() {
		var err error
		b.arg[0] = v
		if key, err = object.Call(b.t, b.fn, b.arg[:], nil); err != nil {
			return err
		}
	}
	if !b.obj.IsNull() {
		if better, err := isBetter(b.t, b.op, key, b.key); err != nil || !better {
			return err
		}
	}
	b.key, b.obj = key, v
	return nil
}

package vm

import (
	"math/bits"

	"qpy/python/compile"
	"qpy/python/object"
)

// binaryOps are the operators of the arithmetic operations.
var binaryOps = func() (t [compile.NumOps]object.BinaryOp) {
	for i := range compile.Op(object.OpPower - object.OpOr + 1) {
		t[compile.OpOr+i] = object.OpOr + object.BinaryOp(i)
		t[compile.OpOrI+i] = object.OpOr + object.BinaryOp(i)
		t[compile.OpInOr+i] = object.OpInplaceOr + object.BinaryOp(i)
		t[compile.OpInOrI+i] = object.OpInplaceOr + object.BinaryOp(i)
	}
	return
}()

// compareOps are the operators from compile.OpIn on.
var compareOps = [...]object.BinaryOp{object.OpIn, object.OpIs, object.OpNotIn, object.OpIsNot}

var (
	nGetItem    = object.Intern("__getitem__")
	nEnter      = object.Intern("__enter__")
	nExit       = object.Intern("__exit__")
	nInit       = object.Intern("__init__")
	nNew        = object.Intern("__new__")
	nKeys       = object.Intern("keys")
	nBuildClass = object.Intern("__build_class__")
	nImport     = object.Intern("__import__")
)

// log2 returns the logarithm of a power of two.
func log2(n int64) int { return bits.TrailingZeros64(uint64(n)) }

// exceptionSize is about what an exception takes of the heap, in bytes.
const exceptionSize = 256

func unbound() error {
	return object.Raise(object.NameError, "local variable referenced before assignment")
}

// loadGlobal finds a global or built-in name and notes in the cache where.
func loadGlobal(t *object.Thread, globals *object.Dict, c *compile.GlobalCache) (object.Value, error) {
	if i := globals.FindName(t.In, c.Name); i >= 0 {
		c.Dict, c.Ver, c.Entry = globals, globals.Ver(), globals.At(i)
		return c.Entry.Val, nil
	}
	in := t.In
	v := object.Null
	if in.Override != nil {
		v = in.Override.GetName(in, c.Name)
	}
	if v.IsNull() {
		v = in.Builtin(c.Name)
	}
	if v.IsNull() {
		return v, object.Raisef(object.NameError, "name '%s' isn't defined", c.Name)
	}
	c.Dict, c.Ver, c.Entry, c.Epoch, c.Value = globals, globals.Ver(), nil, in.BuiltinEpoch, v
	return v, nil
}

func storeGlobal(t *object.Thread, globals *object.Dict, c *compile.GlobalCache, v object.Value) error {
	if err := globals.Set(t, c.Name.Value(), v); err != nil {
		return err
	}
	c.Dict, c.Ver, c.Entry = globals, globals.Ver(), globals.At(globals.FindName(t.In, c.Name))
	return nil
}

// loadAttr loads an attribute and fills the cache when it is in a slot of an
// instance.
func loadAttr(t *object.Thread, v object.Value, c *compile.AttrCache) (object.Value, error) {
	if o, ok := v.AsInstance(); ok {
		if i := o.Shape().Find(c.Name); i >= 0 {
			c.Type, c.Shape, c.Slot = v.Type(), o.Shape(), int32(i)
			return *o.Slot(i), nil
		}
	} else if m, ok := v.AsModule(); ok {
		if e := m.Globals.Slot(uint32(c.Slot), c.Name); e != nil {
			return e.Val, nil
		}
		if i := m.Globals.FindName(t.In, c.Name); i >= 0 {
			c.Slot = int32(i)
			return m.Globals.At(i).Val, nil
		}
	}
	return object.GetAttr(t, v, c.Name)
}

// storeAttr stores an attribute and fills the cache if the instance's class has
// no properties and the like.
func storeAttr(t *object.Thread, v object.Value, c *compile.AttrCache, val object.Value) error {
	if o, ok := v.AsInstance(); ok && v.Type().Flags&object.FlagSpecialAccessors == 0 {
		from := o.Shape()
		if i := from.Find(c.Name); i >= 0 {
			*o.Slot(i) = val
			c.Type, c.Shape, c.To, c.Slot, c.Epoch = v.Type(), from, nil, int32(i), t.In.ClassEpoch
			return nil
		}
		if to := from.Add(c.Name); to != nil {
			c.Type, c.Shape, c.To, c.Epoch = v.Type(), from, to, t.In.ClassEpoch
			return o.Push(t, to, val)
		}
	}
	return object.SetAttr(t, v, c.Name, val)
}

// loadMethod finds what a method call calls and fills the cache.
func loadMethod(t *object.Thread, v object.Value, c *compile.AttrCache) (attr, recv object.Value, err error) {
	ty := v.Type()
	if o, ok := v.AsInstance(); ok {
		if i := o.Shape().Find(c.Name); i >= 0 {
			c.Type, c.Shape, c.Slot, c.Epoch = ty, o.Shape(), int32(i), t.In.ClassEpoch
			return *o.Slot(i), object.Null, nil
		}
		if !o.Shape().IsDict() {
			if m := object.LookupClass(t, ty, c.Name); !m.IsNull() && m.Type().Kind == object.KindFunction {
				c.Type, c.Shape, c.Slot, c.Epoch, c.Value = ty, o.Shape(), -1, t.In.ClassEpoch, m
				return m, v, nil
			}
		}
	} else if ty.LoadAttr == nil {
		if m := ty.Own(t.In, c.Name); !m.IsNull() && m.Type() == object.BuiltinType {
			c.Type, c.Shape, c.Value = ty, nil, m
			return m, v, nil
		}
	} else if m, ok := v.AsModule(); ok {
		if e := m.Globals.Slot(uint32(c.Slot), c.Name); e != nil {
			return e.Val, object.Null, nil
		}
		if i := m.Globals.FindName(t.In, c.Name); i >= 0 {
			c.Slot = int32(i)
			return m.Globals.At(i).Val, object.Null, nil
		}
	}
	return object.LoadMethod(t, v, c.Name)
}

func loadSuper(t *object.Thread, class, obj object.Value, name *object.Str) (attr, recv object.Value, err error) {
	ty, ok := class.AsType()
	if !ok {
		return object.Null, object.Null, object.RaiseArgs(object.TypeError)
	}
	attr, recv, err = object.LoadSuper(t, ty, obj, name)
	if err == nil && attr.IsNull() {
		err = object.Raisef(object.AttributeError, "'super' object has no attribute '%s'", name)
	}
	return attr, recv, err
}

// special returns the function that a class defines for a special method, or
// nil if something else must decide.
func special(t *object.Thread, ty *object.Type, name *object.Str) *Function {
	m := object.LookupClass(t, ty, name)
	if m.IsNull() {
		return nil
	}
	return plainFunction(m)
}

// plainFunction returns v's function of the script, or nil if it is none or makes
// a generator.
func plainFunction(v object.Value) *Function {
	if v.Type().Kind == object.KindFunction {
		if fn := asFunction(v); !fn.Code.Generator {
			return fn
		}
	}
	return nil
}

// specialBinary is special for an operator; an in-place operator falls back to
// the plain one, unless a built-in base takes it.
func specialBinary(t *object.Thread, ty *object.Type, op object.BinaryOp) *Function {
	for {
		name := op.Method()
		if name == nil {
			return nil
		}
		if fn := special(t, ty, name); fn != nil {
			return fn
		}
		if op.Plain() == op || ty.NativeBase() != nil {
			return nil
		}
		op = op.Plain()
	}
}

// callBinary calls an operator method with Go's stack.
func (s *state) callBinary(fn *Function, op object.BinaryOp, a, b object.Value) (object.Value, error) {
	v, err := s.call(fn, []object.Value{a, b}, nil)
	if err == nil && op != 0 && v == object.NotImplemented {
		return object.BinaryReflected(s.t, op, a, b)
	}
	return v, err
}

// initOf is how the instances of a class are made.
type initOf struct {
	epoch uint32
	fn    *Function // nil: there is no __init__
}

// classInit returns how to make an instance without Go's stack, or nil if it
// takes a __new__, a native base or an unusual __init__.
func classInit(t *object.Thread, ty *object.Type) *initOf {
	if ci, ok := ty.Cache.(*initOf); ok && ci.epoch == t.In.ClassEpoch {
		return ci
	}
	if ty.NativeBase() != nil || !object.LookupClass(t, ty, nNew).IsNull() {
		return nil
	}
	ci := &initOf{epoch: t.In.ClassEpoch}
	if m := object.LookupClass(t, ty, nInit); !m.IsNull() {
		if ci.fn = plainFunction(m); ci.fn == nil {
			return nil
		}
	}
	ty.Cache = ci
	return ci
}

// compareTruth computes a comparison and its truth.
func compareTruth(t *object.Thread, op object.BinaryOp, a, b object.Value) (bool, error) {
	v, err := object.Binary(t, op, a, b)
	if err != nil {
		return false, err
	}
	if v.IsBool() {
		return v.Int() != 0, nil
	}
	return object.IsTrue(t, v)
}

// rangeTest tells whether a loop over a range goes on.
func rangeTest(t *object.Thread, at, end object.Value, step int64) (bool, error) {
	op := object.OpLess
	if step < 0 {
		op = object.OpMore
	}
	return compareTruth(t, op, at, end)
}

func unpackSize(have, want int) error {
	if have < want {
		return object.Raisef(object.ValueError, "need more than %d values to unpack", have)
	}
	return object.Raisef(object.ValueError, "too many values to unpack (expected %d)", want)
}

// unpack stores the items of an iterable (mp_unpack_sequence).
func unpack(t *object.Thread, seq object.Value, out []object.Value) error {
	it, err := object.Iter(t, seq)
	if err != nil {
		return err
	}
	items := make([]object.Value, len(out))
	for i := range items {
		if items[i], err = object.Next(t, it); err != nil {
			return err
		}
		if items[i].IsNull() {
			return unpackSize(i, len(out))
		}
	}
	extra, err := object.Next(t, it)
	if err != nil {
		return err
	}
	if !extra.IsNull() {
		return unpackSize(len(out)+1, len(out))
	}
	copy(out, items)
	return nil
}

// unpackEx is unpack with a starred target after left items and before right.
func unpackEx(t *object.Thread, seq object.Value, out []object.Value, left, right int) error {
	all := object.NewList(nil)
	if err := all.Extend(t, seq); err != nil {
		return err
	}
	items := all.Items
	if len(items) < left+right {
		n := len(items)
		if k := seq.Type().Kind; k != object.KindTuple && k != object.KindList && n > left {
			n = left
		}
		return object.Raisef(object.ValueError, "need more than %d values to unpack", n)
	}
	copy(out, items[:left])
	mid := items[left : len(items)-right]
	copy(out[left+1:], items[len(items)-right:])
	out[left] = object.NewList(append([]object.Value(nil), mid...)).Value()
	return nil
}

// withSetup loads __exit__ and __enter__ of a context manager.
func withSetup(t *object.Thread, mgr object.Value, out []object.Value) error {
	exit, self, err := object.LoadMethod(t, mgr, nExit)
	if err != nil {
		return err
	}
	enter, eself, err := object.LoadMethod(t, mgr, nEnter)
	if err != nil {
		return err
	}
	out[0], out[1], out[2], out[3] = exit, self, enter, eself
	return nil
}

// makeFunc makes a function object of a nested code.
func (f *frame) makeFunc(t *object.Thread, w window, c *compile.Code, in compile.Instr) (object.Value, error) {
	if err := t.Alloc(112 + 8*len(c.Free)); err != nil {
		return object.Null, err
	}
	fn := stateOf(t).newFunction(c, f.globals)
	if in.C() > 0 {
		if v := *reg(w, in.A()); !v.IsNull() {
			fn.Defaults = asTuple(v).Items
		}
		if k := next(w, in.A()); !k.IsNull() {
			if d, ok := k.AsDict(); ok {
				fn.KwDefaults = d
			}
		}
	}
	if len(c.Free) > 0 {
		for i, v := range c.Free {
			if v.Outer {
				fn.Free[i] = f.fn.Free[v.Index]
			} else {
				fn.Free[i] = asCell(*reg(w, uint16(v.Index)))
			}
		}
	}
	return fn.Value(), nil
}

// finishClass makes a class when its body has run (__build_class__).
func finishClass(t *object.Thread, cell, name object.Value, bases []object.Value, locals *object.Dict) (object.Value, error) {
	meta := object.TypeType
	if len(bases) > 0 {
		meta = bases[0].Type()
	}
	class, err := object.Call(t, meta.Value(), []object.Value{name, object.NewTuple(bases...), locals.Value()}, nil)
	if err != nil {
		return object.Null, err
	}
	if c, ok := cell.AsCell(); ok {
		c.V = class
	}
	return class, nil
}

// buildClass is the built-in function __build_class__.
func buildClass(t *object.Thread, args []object.Value) (object.Value, error) {
	fn, ok := AsFunction(args[0])
	if !ok {
		return object.Null, object.RaiseArgs(object.TypeError)
	}
	locals := object.NewDict(0)
	s := stateOf(t)
	f := s.frame()
	w, room, level := s.stackTop(s.cur, fn.Code.NRegs*compile.RegSize)
	*f = frame{w: w, room: room, level: level, code: fn.Code, fn: fn, globals: fn.Globals, kind: frameEntry}
	old := s.locals
	s.locals = locals
	cell, err := s.start(f)
	if err != nil {
		return object.Null, err
	}
	s.locals = old
	return finishClass(t, cell, args[1], args[2:], locals)
}

package vm

import (
	"qpy/python/compile"
	"qpy/python/object"
)

// Generator is a suspended call of a function that yields. Its frame, which owns
// its registers, goes back to the thread when it ends.
type Generator struct {
	object.Header
	f       *frame // nil once it has ended
	fn      *Function
	sent    int // offset of the register for what is sent, -1 before the start
	running bool
	done    bool
	pend    object.Value // exception to raise at the next resumption, or Null
}

var generators = object.NewLayout[Generator](GeneratorType)

// Frames of ended generators are kept for the next ones, in stacks by the number
// of their registers in steps of idleStep.
const (
	idleStep  = 8
	idleSizes = 5  // longer ones are not kept
	idleMax   = 16 // of a size
)

// generatorBlock is how many generators are allocated at once.
const generatorBlock = 8

// genFrame returns a frame that has n registers of its own, all Null.
func (s *state) genFrame(n int) *frame {
	size := (n + idleStep - 1) / idleStep
	if size < idleSizes {
		if k := len(s.idle[size]) - 1; k >= 0 {
			f := s.idle[size][k]
			s.idle[size] = s.idle[size][:k]
			f.regs = f.regs[:n]
			return f
		}
	}
	return &frame{regs: make([]object.Value, n, size*idleStep), room: -1}
}

// freeFrame takes back the frame of a generator that has ended.
func (s *state) freeFrame(f *frame) {
	clear(f.regs)
	f.gen, f.fn, f.globals, f.sink, f.prev, f.w, f.pc = nil, nil, nil, nil, nil, newWindow(nil), 0
	size := cap(f.regs) / idleStep
	if size < idleSizes && len(s.idle[size]) < idleMax {
		s.idle[size] = append(s.idle[size], f)
	}
}

// newGenerator is calling a generator function.
func newGenerator(t *object.Thread, fn *Function, args, kw []object.Value) (object.Value, error) {
	c := fn.Code
	if err := t.Alloc(160 + 16*c.NRegs); err != nil {
		return object.Null, err
	}
	s := stateOf(t)
	f := s.genFrame(c.NRegs)
	if err := fn.bind(t, f.regs, args, kw); err != nil {
		s.freeFrame(f)
		return object.Null, err
	}
	g := s.generators.Next(generatorBlock)
	g.Header, g.f, g.fn, g.sent = object.NewHeader(GeneratorType), f, fn, -1
	f.w, f.code, f.fn, f.globals, f.gen = newWindow(f.regs), c, fn, fn.Globals, g
	return g.Value(), nil
}

// finish marks a generator as done and lets go of what it holds. Its frame must
// not be used any more.
func (g *Generator) finish(s *state) {
	g.done, g.running = true, false
	f := g.f
	g.f = nil
	s.freeFrame(f)
}

func init() {
	ty := GeneratorType
	ty.Iter = object.Identity
	ty.Unary = object.GenericUnary
	ty.Next = func(t *object.Thread, self object.Value) (object.Value, error) {
		return generators.Must(self).resumeRaise(t, object.None, object.Null)
	}
	ty.Print = func(t *object.Thread, w *object.Printer, self object.Value, kind object.PrintKind) error {
		return w.Strf("<generator object '%s' at %x>", generators.Must(self).fn.Code.Name, t.In.ID(self))
	}
	ty.Visit = func(self object.Value, visit func(object.Value)) int {
		g := generators.Must(self)
		if !g.done {
			for _, v := range g.f.regs {
				visit(v)
			}
		}
		visit(g.fn.Value())
		return 160 + 16*g.fn.Code.NRegs
	}
	ty.Each = func(t *object.Thread, self object.Value, f func(object.Value) error) error {
		return generators.Must(self).each(t, f)
	}
	stop := func(v object.Value, err error) (object.Value, error) {
		if err == nil && v.IsNull() {
			err = object.RaiseArgs(object.StopIteration)
		}
		return v, err
	}
	object.DefineLater(func() {
		ty.Define("close", object.Func1("close", func(t *object.Thread, self object.Value) (object.Value, error) {
			return generators.Must(self).close(t)
		}))
		ty.Define("send", object.Func2("send", func(t *object.Thread, self, v object.Value) (object.Value, error) {
			return stop(generators.Must(self).resumeRaise(t, v, object.Null))
		}))
		ty.Define("throw", object.FuncVar("throw", 2, 4, func(t *object.Thread, args []object.Value) (object.Value, error) {
			exc := args[1]
			if len(args) > 2 && !args[2].IsNone() {
				exc = args[2]
			}
			return stop(generators.Must(args[0]).resumeRaise(t, object.None, exc))
		}))
		ty.Define("pend_throw", object.Func2("pend_throw", func(t *object.Thread, self, exc object.Value) (object.Value, error) {
			g := generators.Must(self)
			if g.running {
				return object.Null, object.Raise(object.ValueError, "generator already executing")
			}
			old := g.pend
			if old.IsNull() {
				old = object.None
			}
			g.pend = exc
			if exc.IsNone() {
				g.pend = object.Null
			}
			return old, nil
		}))
	}, ty)
}

// prepare gets the generator ready to run on with a sent value. exc is what is
// to be raised in it instead, or Null.
func (g *Generator) prepare(send, exc object.Value) (object.Value, error) {
	if g.running {
		return object.Null, object.Raise(object.ValueError, "generator already executing")
	}
	if g.sent < 0 && !send.IsNone() && !send.IsNull() {
		return object.Null, object.Raise(object.TypeError, "can't send non-None value to a just-started generator")
	}
	if !g.pend.IsNull() {
		exc, g.pend = g.pend, object.Null
	}
	// The register may be a variable, which an exception leaves as it is.
	if g.sent >= 0 && exc.IsNull() && !send.IsNull() {
		*reg(g.f.w, uint16(g.sent)) = send
	}
	g.running = true
	return exc, nil
}

// resume runs the generator on from Go. yielded tells a value that was yielded
// from one that was returned.
func (g *Generator) resume(t *object.Thread, send, exc object.Value) (v object.Value, yielded bool, err error) {
	return g.resumeKind(t, send, exc, frameEntry)
}

func (g *Generator) resumeKind(t *object.Thread, send, exc object.Value, kind frameKind) (v object.Value, yielded bool, err error) {
	if g.done {
		return object.Null, false, nil
	}
	if err := t.Enter(); err != nil {
		return object.Null, false, err
	}
	defer t.Leave()
	if exc, err = g.prepare(send, exc); err != nil {
		return object.Null, false, err
	}
	s := stateOf(t)
	f := g.f
	f.prev, f.kind = s.cur, kind
	prev, np, nest := s.cur, s.np, t.Nest
	if prev == nil {
		s.enter()
	}
	if s.locals == nil {
		s.locals = f.globals
	}
	s.inject = exc
	v, yielded, err = s.run(f)
	s.cur, s.np, t.Nest = prev, np, nest
	if prev == nil {
		s.leave()
	}
	return v, yielded, err
}

// each runs the generator to its end and calls f with all that it yields.
func (g *Generator) each(t *object.Thread, f func(object.Value) error) error {
	if g.done {
		return nil
	}
	if g.sent >= 0 && g.yieldsFrom() {
		return g.eachSlowly(t, f)
	}
	g.f.sink = f
	v, _, err := g.resumeKind(t, object.None, object.Null, frameEach)
	if g.f != nil {
		g.f.sink = nil
	}
	if err == nil && !v.IsNull() && !v.IsNone() {
		// As mp_iternext of a generator, which only a for loop takes for the end.
		err = object.RaiseArgs(object.StopIteration, v)
	}
	return err
}

// yieldsFrom reports whether the generator waits in a yield from.
func (g *Generator) yieldsFrom() bool {
	return fetch(at(g.f.code, g.f.pc-1)).Op() == compile.OpYieldFrom
}

func (g *Generator) eachSlowly(t *object.Thread, f func(object.Value) error) error {
	for {
		v, err := g.resumeRaise(t, object.None, object.Null)
		if err != nil || v.IsNull() {
			return err
		}
		if err := f(v); err != nil {
			return err
		}
	}
}

// resumeRaise is resume with the end of the generator as Null, or as
// StopIteration if it returned a value.
func (g *Generator) resumeRaise(t *object.Thread, send, exc object.Value) (object.Value, error) {
	v, yielded, err := g.resume(t, send, exc)
	if err != nil || yielded {
		return v, err
	}
	if v.IsNull() || v.IsNone() {
		return object.Null, nil
	}
	return object.Null, object.RaiseArgs(object.StopIteration, v)
}

func (g *Generator) close(t *object.Thread) (object.Value, error) {
	_, yielded, err := g.resume(t, object.None, object.NewException(object.GeneratorExit).Value())
	if yielded {
		return object.Null, object.Raise(object.RuntimeError, "generator ignored GeneratorExit")
	}
	if err != nil && !object.IsRaised(err, object.GeneratorExit) {
		return object.Null, err
	}
	return object.None, nil
}

var (
	nNext  = object.Intern("__next__")
	nSend  = object.Intern("send")
	nThrow = object.Intern("throw")
	nClose = object.Intern("close")
)

// delegate resumes the iterator of a yield from (mp_resume). exc is what is to
// be thrown into it, or Null. The result was yielded or is that of the whole
// yield from.
func delegate(t *object.Thread, it, send, exc object.Value) (v object.Value, yielded bool, err error) {
	if exc.IsNull() {
		return delegateSend(t, it, send)
	}
	v, yielded, err = delegateThrow(t, it, exc)
	if yielded {
		return v, yielded, err
	}
	if err != nil {
		e, ok := err.(*object.Exception)
		if !ok || !e.IsA(object.StopIteration) {
			return object.Null, false, err
		}
		v = e.Val()
	}
	// A GeneratorExit goes on even if the iterator swallowed it.
	if m, merr := object.ExceptionMatch(typeOrValue(exc), object.GeneratorExit.Value()); merr == nil && m {
		return object.Null, false, object.MakeRaise(t, exc)
	}
	if v.IsNull() {
		v = object.None
	}
	return v, false, nil
}

// typeOrValue makes an instance-like operand for ExceptionMatch of what may be
// an exception or its type.
func typeOrValue(exc object.Value) object.Value {
	if ty, ok := exc.AsType(); ok && ty.IsSubclass(object.GeneratorExit) {
		return object.NewException(object.GeneratorExit).Value()
	}
	return exc
}

func delegateSend(t *object.Thread, it, send object.Value) (v object.Value, yielded bool, err error) {
	if f := it.Type().Next; f != nil && send.IsNone() {
		v, err = f(t, it)
		if err == nil && v.IsNull() {
			return object.None, false, nil
		}
	} else {
		var fn, recv object.Value
		if send.IsNone() {
			if fn, recv, err = object.LoadMethodMaybe(t, it, nNext); err == nil && !fn.IsNull() {
				v, err = object.CallMethod(t, fn, recv, nil, nil)
			}
		}
		if err == nil && fn.IsNull() {
			v, err = object.CallName(t, it, nSend, send)
		}
	}
	if err != nil {
		if e, ok := err.(*object.Exception); ok && e.IsA(object.StopIteration) {
			if n, ok := e.Self().AsException(); ok {
				return n.Val(), false, nil
			}
		}
		return object.Null, false, err
	}
	return v, true, nil
}

func delegateThrow(t *object.Thread, it, exc object.Value) (v object.Value, yielded bool, err error) {
	if g, ok := generators.From(it); ok {
		return g.resume(t, object.None, exc)
	}
	// A GeneratorExit closes, but the type of it is thrown as any other.
	if e, ok := exc.AsException(); ok && e.IsA(object.GeneratorExit) {
		fn, recv, err := object.LoadMethodMaybe(t, it, nClose)
		if err != nil {
			return object.Null, false, err
		}
		if !fn.IsNull() {
			v, err = object.CallMethod(t, fn, recv, nil, nil)
			return v, false, err
		}
	} else {
		fn, recv, err := object.LoadMethodMaybe(t, it, nThrow)
		if err != nil {
			return object.Null, false, err
		}
		if !fn.IsNull() {
			v, err = object.CallMethod(t, fn, recv, []object.Value{exc}, nil)
			return v, err == nil, err
		}
	}
	err = object.MakeRaise(t, exc)
	if object.IsRaised(err, object.StopIteration) {
		err = object.Raise(object.RuntimeError, "generator raised StopIteration")
	}
	return object.Null, false, err
}

package object

func init() {
	for _, ty := range []*Type{
		BaseException, SystemExit, KeyboardInterrupt, GeneratorExit, ExceptionType, StopAsyncIteration,
		StopIteration, ArithmeticError, OverflowError, ZeroDivisionError, AssertionError, AttributeError,
		EOFError, ImportError, LookupError, IndexError, KeyError, MemoryError, NameError, OSError,
		RuntimeError, NotImplementedError, SyntaxError, IndentationError, TypeError, ViperTypeError,
		ValueError, UnicodeError, TimeoutError,
	} {
		ty.Print, ty.New = exceptionPrint, exceptionNew
		ty.LoadAttr, ty.StoreAttr = exceptionLoad, exceptionStore
		ty.Visit = func(self Value, f func(Value)) int {
			e := (*Exception)(self.p)
			f(e.Args.Value())
			if e.owner != nil {
				f(e.owner.Value())
			}
			return 64 + 40*cap(e.Trace)
		}
		DefineBuiltin(ty.Name, ty.Value())
	}
}

func exceptionNew(t *Thread, typ *Type, args, kw []Value) (Value, error) {
	if err := CheckNum(args, kw, 0, -1, false); err != nil {
		return Null, err
	}
	if err := t.Alloc(128 + 16*len(args)); err != nil {
		if !t.In.HeapLocked() {
			return Null, err
		}
		if len(args) > emergencyArgs {
			args = nil
		}
	}
	return NewException(typ, args...).Value(), nil
}

// emergencyArgs is how many arguments an exception can have that is made while
// the heap is locked: what fits the memory kept for it
// (MICROPY_EMERGENCY_EXCEPTION_BUF_SIZE).
const emergencyArgs = 20

func exceptionPrint(t *Thread, w *Printer, self Value, kind PrintKind) error {
	e := (*Exception)(self.p)
	k := kind &^ PrintExcSubclass
	if kind&PrintExcSubclass == 0 && (k == PrintRepr || k == PrintExc) {
		if err := w.Str(e.typ.Name); err != nil {
			return err
		}
	}
	if k == PrintExc {
		if err := w.Str(": "); err != nil {
			return err
		}
	}
	if k == PrintStr || k == PrintExc {
		switch len(e.Args.Items) {
		case 0:
			return nil
		case 1:
			a := e.Args.Items[0]
			if e.typ == OSError && a.IsInt() {
				if s := ErrnoName(a.Int()); s != "" {
					return w.Strf("[Errno %d] %s", a.Int(), s)
				}
			}
			return Print(t, w, a, PrintStr)
		}
	}
	return Print(t, w, e.Args.Value(), kind)
}

func exceptionLoad(t *Thread, self Value, name *Str) (attr, recv Value, err error) {
	e := (*Exception)(self.p)
	switch {
	case name == nArgs:
		return e.Args.Value(), Null, nil
	case name == nValue && e.typ == StopIteration:
		return e.Val(), Null, nil
	}
	return Null, Null, nil
}

// Val returns the first argument, or None.
func (e *Exception) Val() Value {
	if len(e.Args.Items) == 0 {
		return None
	}
	return e.Args.Items[0]
}

func exceptionStore(t *Thread, self Value, name *Str, val Value) (bool, error) {
	if name == nTraceback && val.IsNone() {
		(*Exception)(self.p).Trace = nil
		return true, nil
	}
	return false, nil
}

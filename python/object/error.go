package object

import (
	"fmt"
	"strings"
)

// The exception types (py/objexcept.c).
var (
	BaseException       = newExc("BaseException")
	SystemExit          = newExc("SystemExit", BaseException)
	KeyboardInterrupt   = newExc("KeyboardInterrupt", BaseException)
	GeneratorExit       = newExc("GeneratorExit", BaseException)
	ExceptionType       = newExc("Exception", BaseException)
	StopAsyncIteration  = newExc("StopAsyncIteration", ExceptionType)
	StopIteration       = newExc("StopIteration", ExceptionType)
	ArithmeticError     = newExc("ArithmeticError", ExceptionType)
	OverflowError       = newExc("OverflowError", ArithmeticError)
	ZeroDivisionError   = newExc("ZeroDivisionError", ArithmeticError)
	AssertionError      = newExc("AssertionError", ExceptionType)
	AttributeError      = newExc("AttributeError", ExceptionType)
	EOFError            = newExc("EOFError", ExceptionType)
	ImportError         = newExc("ImportError", ExceptionType)
	LookupError         = newExc("LookupError", ExceptionType)
	IndexError          = newExc("IndexError", LookupError)
	KeyError            = newExc("KeyError", LookupError)
	MemoryError         = newExc("MemoryError", ExceptionType)
	NameError           = newExc("NameError", ExceptionType)
	OSError             = newExc("OSError", ExceptionType)
	RuntimeError        = newExc("RuntimeError", ExceptionType)
	NotImplementedError = newExc("NotImplementedError", RuntimeError)
	SyntaxError         = newExc("SyntaxError", ExceptionType)
	IndentationError    = newExc("IndentationError", SyntaxError)
	TypeError           = newExc("TypeError", ExceptionType)
	ViperTypeError      = newExc("ViperTypeError", TypeError)
	ValueError          = newExc("ValueError", ExceptionType)
	UnicodeError        = newExc("UnicodeError", ValueError)
	TimeoutError        = newExc("TimeoutError", OSError) // of the modules' firmware only
)

func newExc(name string, bases ...*Type) *Type {
	ty := newKind(name, KindException)
	ty.Bases = bases
	return ty
}

// Trace is one line of a traceback.
type Trace struct {
	File  string
	Line  int
	Block string // name of the function or class, "<module>", …
}

// Exception is an instance of a built-in exception type, or the native part of
// an instance of a script's class derived from one. It is a Go error: that is
// how it is raised.
type Exception struct {
	Header
	Args  *Tuple
	Trace []Trace // innermost first
	owner *Instance
}

// Self returns the exception as the script sees it: the instance of the
// script's class if there is one.
func (e *Exception) Self() Value {
	if e.owner != nil {
		return e.owner.Value()
	}
	return e.Value()
}

// Is reports whether the exception is of type ty or derived from it.
func (e *Exception) IsA(ty *Type) bool { return e.Self().Type().IsSubclass(ty) }

// Error returns type and message, without the traceback.
func (e *Exception) Error() string {
	var b strings.Builder
	b.WriteString(e.Self().Type().Name)
	for i, a := range e.Args.Items {
		if i == 0 {
			b.WriteString(": ")
		} else {
			b.WriteString(", ")
		}
		if s, ok := a.AsStr(); ok {
			b.WriteString(s.s)
		} else if a.IsInt() {
			fmt.Fprint(&b, a.Int())
		} else {
			b.WriteString("<" + a.TypeName() + ">")
		}
	}
	return b.String()
}

// maxTrace is how long a traceback may get: an exception that is raised again and
// again keeps the lines of all the ways that it went.
const maxTrace = 1 << 12

// AddTrace appends a line to the traceback, unless it is very long already.
func (e *Exception) AddTrace(file string, line int, block string) {
	if len(e.Trace) >= maxTrace {
		return
	}
	e.Trace = append(e.Trace, Trace{file, line, block})
}

// NewException returns an exception of a built-in type.
func NewException(typ *Type, args ...Value) *Exception {
	if len(args) == 1 {
		// The usual exception takes one piece of memory, with its tuple and
		// room for the lines of a short way.
		x := &exception1{arg: [1]Value{args[0]}}
		x.typ, x.tuple.typ = typ, TupleType
		x.tuple.Items = x.arg[:]
		x.Args, x.Trace = &x.tuple, x.trace[:0]
		return &x.Exception
	}
	e := &Exception{Header: Header{typ}, Args: emptyTuple}
	if len(args) > 0 {
		e.Args = newTuple(args)
	}
	return e
}

type exception1 struct {
	Exception
	tuple Tuple
	arg   [1]Value
	trace [2]Trace
}

// Raise returns an exception with a message.
func Raise(typ *Type, msg string) error { return NewException(typ, NewStr(msg)) }

// Raisef returns an exception with a formatted message.
func Raisef(typ *Type, format string, a ...any) error {
	return NewException(typ, NewStr(fmt.Sprintf(format, a...)))
}

// RaiseArgs returns an exception with any arguments, or none
// (mp_raise_TypeError(NULL)).
func RaiseArgs(typ *Type, args ...Value) error { return NewException(typ, args...) }

// IsRaised reports whether err is an exception of type typ or derived from it.
func IsRaised(err error, typ *Type) bool {
	e, ok := err.(*Exception)
	return ok && e.IsA(typ)
}

// MakeRaise turns the operand of a raise statement into an error: an
// exception, or a type of exception, which is called.
func MakeRaise(t *Thread, v Value) error {
	if ty, ok := v.AsType(); ok && ty.IsSubclass(BaseException) {
		var err error
		if v, err = Call(t, v, nil, nil); err != nil {
			return err
		}
	}
	if e, ok := v.AsException(); ok {
		return e
	}
	return Raise(TypeError, "exceptions must derive from BaseException")
}

// ExceptionMatch reports whether the exception exc is caught by `except typ`.
func ExceptionMatch(exc, typ Value) (bool, error) {
	if ty, ok := typ.AsType(); ok && ty.IsSubclass(BaseException) {
		return exc.Type().IsSubclass(ty), nil
	}
	if tup, ok := typ.AsTuple(); ok {
		for _, v := range tup.Items {
			ty, ok := v.AsType()
			if !ok || !ty.IsSubclass(BaseException) {
				return false, unsupportedBinary(OpExceptionMatch, exc, v)
			}
			if exc.Type().IsSubclass(ty) {
				return true, nil
			}
		}
		return false, nil
	}
	return false, unsupportedBinary(OpExceptionMatch, exc, typ)
}

// PrintException writes an exception with its traceback, as an uncaught one is
// shown (mp_obj_print_exception).
func PrintException(t *Thread, w *Printer, exc Value) error {
	if e, ok := exc.AsException(); ok && len(e.Trace) > 0 {
		if err := w.Str("Traceback (most recent call last):\n"); err != nil {
			return err
		}
		for i := len(e.Trace) - 1; i >= 0; i-- {
			tr := e.Trace[i]
			s := fmt.Sprintf("  File \"%s\", line %d", tr.File, tr.Line)
			if tr.Block != "" {
				s += ", in " + tr.Block
			}
			if err := w.Str(s + "\n"); err != nil {
				return err
			}
		}
	}
	if err := Print(t, w, exc, PrintExc); err != nil {
		return err
	}
	return w.Str("\n")
}

package border

import (
	"errors"
	"sync"

	"github.com/go-python/gpython/py"

	"qpy/python/object"
)

// common are the types that both sides have, found when the first value of one
// goes over the border.
var common struct {
	once    sync.Once
	outByIn map[*object.Type]*py.Type
	inByOut map[*py.Type]*object.Type
}

func fillCommon() {
	common.outByIn, common.inByOut = map[*object.Type]*py.Type{}, map[*py.Type]*object.Type{}
	for _, pair := range []struct {
		out *py.Type
		in  *object.Type
	}{
		{py.BaseException, object.BaseException}, {py.SystemExit, object.SystemExit},
		{py.KeyboardInterrupt, object.KeyboardInterrupt}, {py.GeneratorExit, object.GeneratorExit},
		{py.ExceptionType, object.ExceptionType}, {py.StopIteration, object.StopIteration},
		{py.ArithmeticError, object.ArithmeticError}, {py.OverflowError, object.OverflowError},
		{py.ZeroDivisionError, object.ZeroDivisionError}, {py.AssertionError, object.AssertionError},
		{py.AttributeError, object.AttributeError}, {py.EOFError, object.EOFError},
		{py.ImportError, object.ImportError}, {py.LookupError, object.LookupError},
		{py.IndexError, object.IndexError}, {py.KeyError, object.KeyError},
		{py.MemoryError, object.MemoryError}, {py.NameError, object.NameError},
		{py.OSError, object.OSError}, {py.RuntimeError, object.RuntimeError},
		{py.NotImplementedError, object.NotImplementedError}, {py.SyntaxError, object.SyntaxError},
		{py.IndentationError, object.IndentationError}, {py.TypeError, object.TypeError},
		{py.ValueError, object.ValueError}, {py.UnicodeError, object.UnicodeError},
		{py.TimeoutError, object.TimeoutError},

		{py.ObjectType, object.ObjectType}, {py.TypeType, object.TypeType}, {py.IntType, object.IntType},
		{py.FloatType, object.FloatType}, {py.BoolType, object.BoolType}, {py.StringType, object.StrType},
		{py.BytesType, object.BytesType}, {py.TupleType, object.TupleType}, {py.ListType, object.ListType},
		{py.StringDictType, object.DictType}, {py.SetType, object.SetType}, {py.RangeType, object.RangeType},
		{py.SliceType, object.SliceType}, {py.ComplexType, object.ComplexType},
	} {
		common.outByIn[pair.in], common.inByOut[pair.out] = pair.out, pair.in
	}
}

// pyTypeOf gives gpython's type of a built-in type that both sides have, or nil.
func pyTypeOf(ty *object.Type) *py.Type {
	common.once.Do(fillCommon)
	return common.outByIn[ty]
}

// typeOfPy gives the engine's type of a gpython type that both sides have, or nil.
func typeOfPy(t *py.Type) *object.Type {
	common.once.Do(fillCommon)
	return common.inByOut[t]
}

// engineKey is where an exception that went out keeps what it is inside.
const engineKey = "__engine__"

// outException gives the exception as Go code sees it.
func (b *Border) outException(e *object.Exception) *py.Exception {
	return &py.Exception{
		Base: b.typeOut(e.Self().Type()),
		Args: b.outTuple(e.Args.Items),
		Dict: py.StringDict{engineKey: Object{b, e.Self()}},
	}
}

// inException gives the exception as a script sees it.
func (b *Border) inException(e *py.Exception) *object.Exception {
	if o, ok := e.Dict[engineKey].(Object); ok {
		if inside, ok := o.v.AsException(); ok {
			return inside
		}
	}
	args, _ := e.Args.(py.Tuple)
	inside := object.NewException(exceptionTypeIn(e.Base), b.inItems(args)...)
	if e.Dict != nil { // raised again, it is the same exception
		e.Dict[engineKey] = Object{b, inside.Value()}
	}
	return inside
}

// exceptionTypeIn gives the nearest exception type that the engine has too.
func exceptionTypeIn(t *py.Type) *object.Type {
	for ; t != nil; t = t.Base {
		if in := typeOfPy(t); in != nil && in.Kind == object.KindException {
			return in
		}
	}
	return object.ExceptionType
}

// ErrIn turns an error of Go code into what the engine raises. An error that is
// no exception stays as it is and passes through the script uncaught.
func (b *Border) ErrIn(err error) error {
	if err == nil {
		return nil
	}
	return b.errIn(err)
}

func (b *Border) errIn(err error) error {
	var exc *py.Exception
	var info py.ExceptionInfo
	var infoPtr *py.ExceptionInfo
	var typ *py.Type
	switch {
	case errors.As(err, &exc):
		return b.inException(exc)
	case errors.As(err, &infoPtr):
		info = *infoPtr
	case errors.As(err, &typ):
		return object.NewException(exceptionTypeIn(typ))
	case !errors.As(err, &info):
		return err
	}
	if e, ok := info.Value.(*py.Exception); ok {
		return b.inException(e)
	}
	return object.NewException(exceptionTypeIn(info.Type))
}

// ErrOut turns what the engine raises into an error of gpython's.
func (b *Border) ErrOut(err error) error {
	if e, ok := err.(*object.Exception); ok {
		return b.outException(e)
	}
	return err
}

// ExceptionOf gives the exception of the engine behind an error, however it
// came out; false if it is none.
func (b *Border) ExceptionOf(err error) (*object.Exception, bool) {
	e, ok := b.ErrIn(err).(*object.Exception)
	return e, ok
}

// Traceback gives the text that an uncaught exception prints, with its
// traceback; false for an exception that no script has raised.
func Traceback(exc *py.Exception) (string, bool) {
	o, ok := exc.Dict[engineKey].(Object)
	if !ok {
		return "", false
	}
	w := object.NewBuffer(o.b.thread())
	if err := object.PrintException(o.b.thread(), w, o.v); err != nil {
		return "", false
	}
	return w.String(), true
}

package python

import (
	"github.com/go-python/gpython/py"

	"qpy/python/object"
)

// InterpOf gives the interpreter that a library module is built for. It is nil
// for an engine that is not this package's.
func InterpOf(engine *object.Interp) *Interp {
	in, _ := engine.Host.(*Interp)
	return in
}

// Host gives Options.Host: the board that the interpreter runs on.
func (in *Interp) Host() any { return in.opts.Host }

// Value gives the engine's value for an object of a native module.
func (in *Interp) Value(o py.Object) object.Value { return in.border.In(o) }

// Object gives the object that a native module sees for a value of the engine.
func (in *Interp) Object(v object.Value) py.Object { return in.border.Out(v) }

// Err gives the engine's exception for an error of the board or of a native
// module.
func (in *Interp) Err(err error) error { return in.border.ErrIn(OSErrorOf(err)) }

// FileIO and TextIOWrapper are the types of what open gives in binary and in
// text mode.
func FileIO() *object.Type { return binaryType }

// TextIOWrapper is the other of the two.
func TextIOWrapper() *object.Type { return textType }

// AtExit makes fn what RunAtExit calls, and returns what stood there before;
// None is nothing (sys.atexit of py/modsys.c).
func (in *Interp) AtExit(fn object.Value) object.Value {
	old := in.atExit
	in.atExit = fn
	return old
}

// RunAtExit calls what the script left with usys.atexit, once. It is for the
// end of the main script, however that came.
func (in *Interp) RunAtExit() error {
	fn := in.AtExit(object.None)
	t := in.current()
	if fn.IsNone() || !object.Callable(t, fn) {
		return nil
	}
	_, err := object.Call(t, fn, nil, nil)
	return in.border.ErrOut(err)
}

package builtin

import "qpy/python/object"

var printArgs = []object.Arg{
	{Name: object.Intern("sep"), KwOnly: true, Default: object.NewStr(" ")},
	{Name: object.Intern("end"), KwOnly: true, Default: object.NewStr("\n")},
	{Name: object.Intern("file"), KwOnly: true},
}

var nUnderscore = object.Intern("_")

func init() {
	defKw("print", 0, -1, print)
	def1("repr", func(t *object.Thread, v object.Value) (object.Value, error) {
		s, err := object.Repr(t, v)
		if err != nil {
			return object.Null, err
		}
		return object.NewStr(s), nil
	})
	def1("__repl_print__", func(t *object.Thread, v object.Value) (object.Value, error) {
		if v.IsNone() {
			return v, nil
		}
		w := stdout(t)
		err := object.Print(t, w, v, object.PrintRepr)
		if err == nil {
			err = w.Str("\n")
		}
		if err := finish(w, err); err != nil {
			return object.Null, err
		}
		_, err = t.In.OverrideBuiltin(t, nUnderscore, v)
		return object.None, err
	})
	defVar("input", 0, 1, func(t *object.Thread, args []object.Value) (object.Value, error) {
		if len(args) == 1 {
			w := stdout(t)
			if err := finish(w, object.Print(t, w, args[0], object.PrintStr)); err != nil {
				return object.Null, err
			}
		}
		read := t.In.Hooks.ReadLine
		if read == nil {
			return object.Null, noHook("input")
		}
		line, ok, err := read(t)
		if err != nil {
			return object.Null, err
		}
		if !ok {
			return object.Null, object.RaiseArgs(object.EOFError)
		}
		return t.NewStr(line)
	})
}

// stdout returns a printer to standard output that must be finished.
func stdout(t *object.Thread) *object.Printer {
	w := t.StdoutPrinter()
	w.Hold()
	return w
}

// finish hands on what the printer still holds; err is what printing gave.
func finish(w *object.Printer, err error) error {
	if e := w.Flush(); err == nil {
		err = e
	}
	return err
}

func print(t *object.Thread, args, kw []object.Value) (object.Value, error) {
	sep, end := " ", "\n"
	var w *object.Printer
	if len(kw) > 0 {
		var out [3]object.Value
		err := object.ParseArgs(t, nil, kw, printArgs, out[:])
		if err == nil && !out[2].IsNull() {
			w, err = object.StreamPrinter(t, out[2])
		}
		if err == nil {
			sep, err = object.TextOf(out[0])
		}
		if err == nil {
			end, err = object.TextOf(out[1])
		}
		if err != nil {
			return object.Null, err
		}
	}
	if w == nil {
		w = stdout(t)
	}
	return object.None, finish(w, printAll(t, w, args, sep, end))
}

func printAll(t *object.Thread, w *object.Printer, args []object.Value, sep, end string) error {
	for i, v := range args {
		if i > 0 {
			if err := w.Str(sep); err != nil {
				return err
			}
		}
		if err := object.Print(t, w, v, object.PrintStr); err != nil {
			return err
		}
	}
	return w.Str(end)
}

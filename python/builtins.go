package python

import (
	"strings"

	"github.com/go-python/gpython/py"
)

// installBuiltins puts into m what gpython's builtins do otherwise than the
// module: print goes to the console of this interpreter, open and import to its
// flash; exit and quit do not exist in MicroPython.
func (c *context) installBuiltins(m *py.Module) {
	set := func(name string, fn any) {
		method := py.MustNewMethod(name, fn, 0, "")
		method.Module = m
		m.Globals[name] = method
	}
	set("__import__", builtinImport)
	set("print", builtinPrint)
	set("open", builtinOpen)
	set("input", builtinInput)
	set("execfile", builtinExecfile)
	set("callable", func(self, o py.Object) (py.Object, error) {
		_, ok := o.(interface {
			M__call__(py.Tuple, py.StringDict) (py.Object, error)
		})
		return py.NewBool(ok), nil
	})
	delete(m.Globals, "exit")
	delete(m.Globals, "quit")
}

func builtinPrint(self py.Object, args py.Tuple, kwargs py.StringDict) (py.Object, error) {
	in := Of(self)
	sep, end := " ", "\n"
	var file py.Object = in.stdout
	for name, v := range kwargs {
		switch name {
		case "sep", "end":
			s, ok := v.(py.String)
			if !ok {
				return nil, py.ExceptionNewf(py.TypeError, "can't convert '%s' object to str implicitly", v.Type().Name)
			}
			if name == "sep" {
				sep = string(s)
			} else {
				end = string(s)
			}
		case "file":
			file = v
		default:
			return nil, py.ExceptionNewf(py.TypeError, "extra keyword arguments given")
		}
	}
	var b strings.Builder
	for i, o := range args {
		if i > 0 {
			b.WriteString(sep)
		}
		s, err := Text(o)
		if err != nil {
			return nil, err
		}
		b.WriteString(s)
	}
	b.WriteString(end)
	return py.None, WriteTo(file, b.String())
}

// WriteTo writes text to a console stream or to any object with a write method.
func WriteTo(stream py.Object, text string) error {
	if s, ok := stream.(*Stream); ok {
		if _, err := s.Write([]byte(text)); err != nil {
			return OSErrorOf(err)
		}
		return nil
	}
	write, err := py.GetAttrString(stream, "write")
	if err != nil {
		return err
	}
	_, err = py.Call(write, py.Tuple{py.String(text)}, nil)
	return err
}

// Text is str(o); exceptions print as MicroPython prints them.
func Text(o py.Object) (string, error) {
	if exc, ok := o.(*py.Exception); ok {
		return exceptionText(exc), nil
	}
	return py.StrAsString(o)
}

func builtinInput(self py.Object, args py.Tuple) (py.Object, error) {
	in := Of(self)
	if len(args) > 0 {
		s, err := Text(args[0])
		if err != nil {
			return nil, err
		}
		if _, err := in.stdout.Write([]byte(s)); err != nil {
			return nil, OSErrorOf(err)
		}
	}
	line, err := readText(in.stdin, -1, true)
	if err != nil {
		return nil, err
	}
	if line.(py.String) == "" {
		return nil, py.ExceptionNewf(py.EOFError, "")
	}
	return py.String(strings.TrimSuffix(string(line.(py.String)), "\n")), nil
}

func builtinExecfile(self, path py.Object) (py.Object, error) {
	c := self.(*py.Module).Context.(*context)
	name, err := py.StrAsString(path)
	if err != nil {
		return nil, err
	}
	out, err := c.ResolveAndCompile(name, py.CompileOpts{})
	if err != nil {
		return nil, err
	}
	main, err := c.store.GetModule(py.MainModuleName)
	if err != nil {
		return nil, err
	}
	return c.RunCode(out.Code, main.Globals, main.Globals, nil)
}

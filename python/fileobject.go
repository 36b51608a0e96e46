package python

import (
	"bytes"
	"io"
	"strings"

	"github.com/go-python/gpython/py"
)

// TextType and BinaryType are what open() gives in text and in binary mode.
var (
	TextType   = py.NewType("TextIOWrapper", "a text file on flash")
	BinaryType = py.NewType("FileIO", "a binary file on flash")
)

// fileObject is an open file as a script sees it.
type fileObject struct {
	f      File
	binary bool
}

// Type of this object.
func (o *fileObject) Type() *py.Type {
	if o.binary {
		return BinaryType
	}
	return TextType
}

// builtinOpen is open(path, mode='r', encoding=None, ...): the firmware takes
// and ignores the encoding.
func builtinOpen(self py.Object, args py.Tuple, kwargs py.StringDict) (py.Object, error) {
	in := Of(self)
	var path, mode, encoding, buffering py.Object = nil, py.String("r"), py.None, py.Int(-1)
	kwlist := []string{"file", "mode", "buffering", "encoding"}
	if err := py.ParseTupleAndKeywords(args, kwargs, "O|OOO:open", kwlist, &path, &mode, &buffering, &encoding); err != nil {
		return nil, err
	}
	name, ok := path.(py.String)
	m, ok2 := mode.(py.String)
	if !ok || !ok2 {
		return nil, py.ExceptionNewf(py.TypeError, "can't convert to str implicitly")
	}
	if in.opts.Files == nil {
		return nil, OSError(19)
	}
	plain := strings.NewReplacer("b", "", "t", "").Replace(string(m))
	f, err := in.opts.Files.Open(string(name), plain)
	if err != nil {
		return nil, OSErrorOf(err)
	}
	return &fileObject{f: f, binary: strings.Contains(string(m), "b")}, nil
}

func (o *fileObject) give(p []byte) py.Object {
	if o.binary {
		return NewBytes(p)
	}
	return py.String(p)
}

// read reads n bytes, or everything for n < 0.
func (o *fileObject) read(n int) ([]byte, error) {
	if n < 0 {
		p, err := io.ReadAll(o.f)
		return p, err
	}
	p := make([]byte, n)
	got, err := io.ReadFull(o.f, p)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return p[:got], err
}

// readline reads up to and with the next newline.
func (o *fileObject) readline() ([]byte, error) {
	var out []byte
	buf := make([]byte, 64)
	for {
		n, err := o.f.Read(buf)
		if i := bytes.IndexByte(buf[:n], '\n'); i >= 0 {
			out = append(out, buf[:i+1]...)
			if back := int64(i + 1 - n); back != 0 {
				_, err = o.f.Seek(back, io.SeekCurrent)
				return out, err
			}
			return out, nil
		}
		out = append(out, buf[:n]...)
		if err == io.EOF || (n == 0 && err == nil) {
			return out, nil
		}
		if err != nil {
			return out, err
		}
	}
}

// M__iter__ gives the lines.
func (o *fileObject) M__iter__() (py.Object, error) { return o, nil }

// M__next__ gives the next line.
func (o *fileObject) M__next__() (py.Object, error) {
	line, err := o.readline()
	if err != nil {
		return nil, OSErrorOf(err)
	}
	if len(line) == 0 {
		return nil, py.StopIteration
	}
	return o.give(line), nil
}

// M__enter__ is the start of a with block.
func (o *fileObject) M__enter__() (py.Object, error) { return o, nil }

// M__exit__ closes the file at the end of a with block.
func (o *fileObject) M__exit__(args py.Tuple) (py.Object, error) {
	return py.None, OSErrorOf(o.f.Close())
}

func init() {
	method := func(name string, fn func(o *fileObject, args py.Tuple) (py.Object, error)) {
		native := func(self py.Object, args py.Tuple) (py.Object, error) {
			o, ok := self.(*fileObject)
			if !ok {
				return nil, py.ExceptionNewf(py.TypeError, "a file is needed, not '%s'", self.Type().Name)
			}
			res, err := fn(o, args)
			if err != nil {
				return nil, OSErrorOf(err)
			}
			return res, nil
		}
		TextType.Dict[name] = py.MustNewMethod(name, native, 0, "")
		BinaryType.Dict[name] = TextType.Dict[name]
	}
	intArg := func(args py.Tuple, i, absent int) (int, error) {
		if i >= len(args) || args[i] == py.None {
			return absent, nil
		}
		return py.IndexInt(args[i])
	}
	method("read", func(o *fileObject, args py.Tuple) (py.Object, error) {
		n, err := intArg(args, 0, -1)
		if err != nil {
			return nil, err
		}
		p, err := o.read(n)
		return o.give(p), err
	})
	method("readinto", func(o *fileObject, args py.Tuple) (py.Object, error) {
		if len(args) == 0 {
			return nil, py.ExceptionNewf(py.TypeError, "function missing 1 required positional arguments")
		}
		buf, err := Buffer(args[0])
		if err != nil {
			return nil, err
		}
		n, err := io.ReadFull(o.f, buf)
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			err = nil
		}
		return py.Int(n), err
	})
	method("readline", func(o *fileObject, args py.Tuple) (py.Object, error) {
		p, err := o.readline()
		return o.give(p), err
	})
	method("readlines", func(o *fileObject, args py.Tuple) (py.Object, error) {
		lines := py.NewList()
		for {
			p, err := o.readline()
			if err != nil || len(p) == 0 {
				return lines, err
			}
			lines.Append(o.give(p))
		}
	})
	method("write", func(o *fileObject, args py.Tuple) (py.Object, error) {
		if len(args) == 0 {
			return nil, py.ExceptionNewf(py.TypeError, "function missing 1 required positional arguments")
		}
		buf, err := Buffer(args[0])
		if err != nil {
			return nil, err
		}
		n, err := o.f.Write(buf)
		return py.Int(n), err
	})
	method("seek", func(o *fileObject, args py.Tuple) (py.Object, error) {
		off, err := intArg(args, 0, 0)
		if err != nil {
			return nil, err
		}
		whence, err := intArg(args, 1, 0)
		if err != nil {
			return nil, err
		}
		pos, err := o.f.Seek(int64(off), whence)
		return py.Int(pos), err
	})
	method("tell", func(o *fileObject, args py.Tuple) (py.Object, error) {
		pos, err := o.f.Seek(0, io.SeekCurrent)
		return py.Int(pos), err
	})
	method("flush", func(o *fileObject, args py.Tuple) (py.Object, error) { return py.None, o.f.Flush() })
	method("close", func(o *fileObject, args py.Tuple) (py.Object, error) { return py.None, o.f.Close() })
	method("__enter__", func(o *fileObject, args py.Tuple) (py.Object, error) { return o, nil })
	method("__exit__", func(o *fileObject, args py.Tuple) (py.Object, error) { return py.None, o.f.Close() })
}

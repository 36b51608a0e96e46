package python

import (
	"errors"
	"io"
	"slices"
	"strings"

	"qpy/python/object"
	"qpy/python/stream"
)

// fileObject is an open file, or a stream of the console, as a script sees it.
// It is of one of the three types below.
type fileObject struct {
	object.Header
	f    File
	fd   int64 // number of a console stream, -1 for a file
	open bool
}

// The types of what open() gives in text and in binary mode (vfs_lfsx_file.c),
// and of the console's streams, which are text under the name of the binary
// ones (sys_stdio_mphal.c).
var (
	textType    = object.NewEngineType("TextIOWrapper")
	binaryType  = object.NewEngineType("FileIO")
	consoleType = object.NewEngineType("FileIO")
	texts       = object.NewLayout[fileObject](textType)
	binaries    = object.NewLayout[fileObject](binaryType)
	consoles    = object.NewLayout[fileObject](consoleType)
)

var (
	nBuffer  = object.Intern("buffer")
	openArgs = []object.Arg{
		{Name: object.Intern("file"), Required: true},
		{Name: object.Intern("mode"), Default: object.NewStr("r")},
		{Name: object.Intern("buffering"), Kind: object.ArgInt, Default: object.Int(-1)},
		{Name: object.Intern("encoding"), Default: object.None},
	}
)

func fileOf(v object.Value) *fileObject {
	if o, ok := texts.From(v); ok {
		return o
	}
	if o, ok := consoles.From(v); ok {
		return o
	}
	return binaries.Must(v)
}

func init() {
	for _, ty := range []*object.Type{textType, binaryType, consoleType} {
		ty.Print = func(t *object.Thread, w *object.Printer, self object.Value, _ object.PrintKind) error {
			if o := fileOf(self); o.fd >= 0 {
				return w.Strf("<io.%s %d>", self.TypeName(), o.fd)
			}
			return w.Strf("<io.%s>", self.TypeName())
		}
		ty.Visit = func(object.Value, func(object.Value)) int { return fileSize }
		ty.Stream = &object.Stream{Read: fileRead, Write: fileWrite, Seek: fileSeek, Flush: fileFlush, Close: fileClose, Ioctl: fileIoctl, Text: ty != binaryType}
		stream.Iterate(ty)
		object.DefineLater(func() {
			stream.Define(ty)
			if ty == consoleType {
				// The unix port's streams of the console tell their number; a firmware hides it.
				ty.Define("fileno", object.Func1("fileno", consoleNumber))
			}
		}, ty)
	}
	consoleType.LoadAttr = func(t *object.Thread, self object.Value, name *object.Str) (attr, recv object.Value, err error) {
		o := fileOf(self)
		if name == nBuffer { // the same stream without the text (MICROPY_PY_SYS_STDIO_BUFFER)
			return newFileObject(binaryType, o.f, o.fd), object.Null, nil
		}
		if m := consoleType.Own(t.In, name); !m.IsNull() {
			return m, self, nil
		}
		return object.Null, object.Null, nil
	}
}

func consoleNumber(_ *object.Thread, self object.Value) (object.Value, error) {
	o, ok := consoles.From(self)
	if !ok {
		return object.Null, object.RaiseArgs(object.TypeError)
	}
	return object.Int(o.fd), nil
}

// fileSize is about what an open file takes of the heap with its buffers.
const fileSize = 2048

func newFileObject(ty *object.Type, f File, fd int64) object.Value {
	o := &fileObject{Header: object.NewHeader(ty), f: f, fd: fd, open: true}
	return o.Header.Value()
}

// file is the open file; one that is closed raises ValueError.
func (o *fileObject) file() (File, error) {
	if !o.open {
		return nil, object.RaiseArgs(object.ValueError)
	}
	return o.f, nil
}

// raise turns an error of a File into an exception of the engine.
func raise(err error) error {
	if err == nil {
		return nil
	}
	var inside *object.Exception
	if errors.As(err, &inside) {
		return inside
	}
	var num interface{ Errno() int }
	if errors.As(err, &num) {
		return object.RaiseArgs(object.OSError, object.Int(int64(num.Errno())))
	}
	return object.RaiseArgs(object.OSError, object.Int(eio))
}

func fileRead(_ *object.Thread, self object.Value, p []byte) (int, error) {
	f, err := fileOf(self).file()
	if err != nil {
		return 0, err
	}
	n, err := f.Read(p)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return n, raise(err)
}

func fileWrite(_ *object.Thread, self object.Value, p []byte) (int, error) {
	f, err := fileOf(self).file()
	if err != nil {
		return 0, err
	}
	n, err := f.Write(p)
	return n, raise(err)
}

func fileSeek(_ *object.Thread, self object.Value, offset int64, whence int) (int64, error) {
	f, err := fileOf(self).file()
	if err != nil {
		return 0, err
	}
	pos, err := f.Seek(offset, whence)
	return pos, raise(err)
}

func fileFlush(_ *object.Thread, self object.Value) error {
	f, err := fileOf(self).file()
	if err != nil {
		return err
	}
	return raise(f.Flush())
}

// The request for the events of a stream, and those (py/stream.h).
const (
	requestPoll = 3
	pollIn      = 1
	pollOut     = 4
)

// fileIoctl tells which of the events arg a stream of the console is ready for:
// reading it is always possible, and waits for the line. A file knows no
// requests (vfs_lfsx_file.c).
func fileIoctl(t *object.Thread, self object.Value, request, arg int64) (int64, error) {
	o := fileOf(self)
	if request != requestPoll || o.fd < 0 {
		return object.NoRequests(t, self, request, arg)
	}
	if o.fd == 0 {
		return arg & pollIn, nil
	}
	return arg & pollOut, nil
}

func fileClose(_ *object.Thread, self object.Value) error {
	o := fileOf(self)
	if !o.open || o.fd >= 0 {
		return nil
	}
	o.open = false
	return raise(o.f.Close())
}

// installFiles gives the interpreter open, execfile, input and the console.
func (in *Interp) installFiles() {
	in.stdin = in.border.Out(newFileObject(consoleType, console{r: in.keyboard()}, 0))
	in.stdout = in.border.Out(newFileObject(consoleType, console{w: in.opts.Stdout}, 1))
	in.stderr = in.border.Out(newFileObject(consoleType, console{w: in.opts.Stderr}, 2))
	in.engine.Hooks.Open = in.open
	in.engine.Hooks.ReadFile = func(_ *object.Thread, path string) (string, error) { return in.readSource(path) }
	in.engine.Hooks.ModuleNames = func() []string {
		return slices.DeleteFunc(ModuleNames(in.opts.Modules), func(name string) bool { return in.engine.Profile.Hidden[hiddenImport+name] })
	}
	in.engine.Hooks.ReadLine = func(*object.Thread) (string, bool, error) {
		return in.readLine()
	}
}

// open is open(file, mode='r', buffering=-1, encoding=None); the firmware takes
// the last two and ignores them (extmod/vfs.c).
func (in *Interp) open(t *object.Thread, args, kw []object.Value) (object.Value, error) {
	var a [4]object.Value
	if err := object.ParseArgs(t, args, kw, openArgs, a[:]); err != nil {
		return object.Null, err
	}
	name, err := object.TextOf(a[0])
	if err != nil {
		return object.Null, err
	}
	mode, err := object.TextOf(a[1])
	if err != nil {
		return object.Null, err
	}
	if in.opts.Files == nil {
		return object.Null, object.RaiseArgs(object.OSError, object.Int(enodev))
	}
	f, err := in.opts.Files.Open(name, strings.NewReplacer("b", "", "t", "").Replace(mode))
	var refused interface{ Answer() int }
	if errors.As(err, &refused) {
		return object.Int(int64(refused.Answer())), nil
	}
	if err != nil {
		return object.Null, in.border.ErrIn(OSErrorOf(err))
	}
	ty := textType
	if strings.Contains(mode, "b") {
		ty = binaryType
	}
	if err := t.Alloc(fileSize); err != nil {
		_ = f.Close()
		return object.Null, err
	}
	return newFileObject(ty, f, -1), nil
}

// console is a stream of the console as a File.
type console struct {
	r io.Reader
	w io.Writer
}

func (c console) Read(p []byte) (int, error) {
	if c.r == nil {
		return 0, io.EOF
	}
	return c.r.Read(p)
}

func (c console) Write(p []byte) (int, error) {
	if c.w == nil {
		return len(p), nil
	}
	return c.w.Write(p)
}

func (c console) Seek(int64, int) (int64, error) { return 0, errNoSeek{} }
func (c console) Flush() error                   { return nil }
func (c console) Close() error                   { return nil }

// errNoSeek is ESPIPE's stand-in: the console has no position.
type errNoSeek struct{}

func (errNoSeek) Error() string { return "the console has no position" }
func (errNoSeek) Errno() int    { return 22 }

// keyboard is where the console reads, nil if there is nothing.
func (in *Interp) keyboard() io.Reader {
	if in.opts.Stdin == nil {
		return nil
	}
	return keyboard{in}
}

// keyboard raises in the script what the reader's error stands for.
type keyboard struct{ in *Interp }

func (k keyboard) Read(p []byte) (int, error) {
	n, err := k.in.opts.Stdin.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = k.in.border.ErrIn(err)
	}
	return n, err
}

// readLine reads a line of the console without its end; ok is false at the end of
// the input.
func (in *Interp) readLine() (text string, ok bool, err error) {
	r := console{r: in.keyboard()}
	var line []byte
	var c [1]byte
	for {
		n, err := r.Read(c[:])
		if n == 1 && c[0] == '\n' {
			return strings.TrimSuffix(string(line), "\r"), true, nil
		}
		if n == 1 {
			line = append(line, c[0])
		}
		var raised *object.Exception
		if errors.As(err, &raised) {
			return "", false, err
		}
		if err != nil {
			return string(line), len(line) > 0, nil
		}
	}
}

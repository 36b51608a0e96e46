// Package python is the language a board speaks: MicroPython 1.13 as the
// modules' firmware has it. It is the one face that package qpy and the native
// modules see; which evaluator stands behind it is nobody else's business.
//
// Native modules are gpython modules: what they take and give are py.Objects,
// what they raise are gpython's exceptions (docs/architecture.md says why).
// The package knows nothing of devices: files, output and the scheduler are
// handed in through Options.
package python

import (
	"io"

	"github.com/go-python/gpython/py"
)

// Options says what a new interpreter stands on. Nothing in it is shared with
// another interpreter unless the caller shares it.
type Options struct {
	// Stdout and Stderr take what the script prints; nil discards it. On a
	// module both are the same serial console.
	Stdout, Stderr io.Writer
	// Stdin is what input() and usys.stdin read; nil is an empty stream.
	Stdin io.Reader
	// Files is where open() and import read and write; nil has no files.
	Files Files
	// Argv is usys.argv; Path is usys.path (default "", "/usr").
	Argv, Path []string
	// Aliases maps a second name of a native module to its first, as MicroPython
	// finds ujson for json when no json.py is on the path.
	Aliases map[string]string
	// Host is what the native modules get back from HostOf: the board they run on.
	Host any
}

// Interp is one interpreter: its modules, its output, its files. It is used by
// one goroutine at a time; who that is, is the scheduler's affair.
type Interp struct {
	opts    Options
	ctx     *context
	stdout  *Stream
	stderr  *Stream
	stdin   *Stream
	objects map[string]py.Object // what `import name` binds when it is not the module itself
}

// SelfName is the global of a native module that `import` binds in place of
// the module object when it is there: on the firmware `fota` is a type that is
// registered as a module, so that `import fota; fota()` works (modfota.c).
const SelfName = "__self__"

// New makes an interpreter. Native modules register themselves with
// py.RegisterModule before; each interpreter has instances of its own.
func New(o Options) (*Interp, error) {
	if o.Path == nil {
		o.Path = []string{"", "/usr"}
	}
	in := &Interp{opts: o, objects: map[string]py.Object{}}
	in.stdout = newStream("stdout", 1, nil, o.Stdout)
	in.stderr = newStream("stderr", 2, nil, o.Stderr)
	in.stdin = newStream("stdin", 0, o.Stdin, nil)
	ctx, err := newContext(in)
	if err != nil {
		return nil, err
	}
	in.ctx = ctx
	return in, nil
}

// Close gives every native module the chance to let go of what it holds.
func (in *Interp) Close() error { return in.ctx.Close() }

// Stdout is the object behind usys.stdout; Stderr and Stdin likewise.
func (in *Interp) Stdout() *Stream { return in.stdout }

// Stderr is the object behind usys.stderr.
func (in *Interp) Stderr() *Stream { return in.stderr }

// Stdin is the object behind usys.stdin.
func (in *Interp) Stdin() *Stream { return in.stdin }

// Argv is usys.argv as the interpreter was made with it.
func (in *Interp) Argv() []string { return in.opts.Argv }

// Path is usys.path as the interpreter was made with it.
func (in *Interp) Path() []string { return in.opts.Path }

// Of gives the interpreter that a native module's function runs on: self is
// what gpython hands a module-level function (its *py.Module). It is nil for
// anything else.
func Of(self py.Object) *Interp {
	m, ok := self.(*py.Module)
	if !ok || m == nil {
		return nil
	}
	if c, ok := m.Context.(*context); ok {
		return c.in
	}
	return nil
}

// HostOf gives Options.Host of the interpreter behind a native module's self.
func HostOf(self py.Object) any {
	if in := Of(self); in != nil {
		return in.opts.Host
	}
	return nil
}

// RunMain compiles src and runs it as __main__; file is the name that stands
// in tracebacks. A second call goes on in the same module. The error is nil, or an uncaught exception: Exit tells a
// usys.exit apart, FormatException has the text that the module prints.
func (in *Interp) RunMain(file string, src []byte) error {
	return in.ctx.runMain(file, src)
}

// Call calls a Python callable from Go with positional arguments.
func (in *Interp) Call(fn py.Object, args ...py.Object) (py.Object, error) {
	return py.Call(fn, py.Tuple(args), nil)
}

// NativeModule gives this interpreter's instance of a native module, nil when
// the script has not imported it.
func (in *Interp) NativeModule(name string) *py.Module {
	m, err := in.ctx.store.GetModule(name)
	if err != nil {
		return nil
	}
	return m
}

// HeapFree is how much of the heap is free, in bytes.
func (in *Interp) HeapFree() int { return heapSize }

// heapSize is the heap of the modules with the least of it, in bytes. gpython's
// evaluator does not count what a script holds, so all of it is always free.
const heapSize = 512 * 1024

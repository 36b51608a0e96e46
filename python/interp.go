// Package python is the language a board speaks: MicroPython 1.13 as the
// modules' firmware has it. It is the one face that package qpy and the native
// modules see; the engine behind it (syntax, compile, vm, object, builtin) is
// nobody else's business.
//
// Native modules are gpython modules: what they take and give are py.Objects,
// what they raise are gpython's exceptions (docs/architecture.md says why).
// The package knows nothing of devices: files, output and the scheduler are
// handed in through Options.
package python

import (
	"io"
	"sync/atomic"

	"github.com/go-python/gpython/py"

	"qpy/python/border"
	"qpy/python/object"
	"qpy/python/vm"
)

// Options says what a new interpreter stands on. Nothing in it is shared with
// another interpreter unless the caller shares it.
type Options struct {
	// Stdout and Stderr take what the script prints; nil discards it. On a
	// module both are the same serial console.
	Stdout, Stderr io.Writer
	// Stdin is what input() and usys.stdin read; nil is an empty stream. An error
	// of it that is an exception is raised in the script.
	Stdin io.Reader
	// Files is where open() and import read and write; nil has no files.
	Files Files
	// Argv is usys.argv; Path is usys.path (default "", "/usr").
	Argv, Path []string
	// Modules are what scripts can import without a file; see also NativeModule.
	Modules []*Module
	// Alias gives a module's first name for its second, or "", as MicroPython
	// finds ujson for json when no json.py is on the path.
	Alias func(name string) string
	// Language is how this firmware's MicroPython is configured.
	Language Language
	// Optimise is the level that micropython.opt_level tells of at first.
	Optimise int
	// Turn is called at turn points (loop back-edges and calls), n of them after
	// the last call: the scheduler may run other threads meanwhile, or never
	// return. An error is raised in the script.
	Turn func(n int) error
	// Attention makes Turn be called at the next turn point while it is set; nil is
	// never. Turn resets it.
	Attention *atomic.Bool
	// Poll is called now and then by built-in functions that run for long
	// between two turn points, such as sum(range(10**9)). An error ends the
	// function and is raised in the script; Poll must not run other threads.
	Poll func() error
	// Local gives a place that belongs to the thread of the scheduler that runs
	// now, where the interpreter keeps what it knows of that thread; nil, or a
	// nil answer, stands for the main thread.
	Local func() *any
	// Reclaim, when not nil, is called when the script has allocated as many
	// bytes as the last call returned, and first at its first allocation: for a
	// program that would rather have Go collect garbage then, while the script
	// stands still, than beside it.
	Reclaim func() int64
	// Host is what the native modules get back from HostOf: the board they run on.
	Host any
}

// Language is what differs between firmwares in the language itself. The zero
// value is the standard unix build of 1.13.
type Language struct {
	HashBytes int      // bytes of hash that a string keeps (MICROPY_QSTR_BYTES_IN_HASH); 0 is 2
	WordBits  int      // width of a machine word, as struct's l and hashes show it: 32 or 64; 0 is 64
	Hidden    []string // what is left out: "frozenset", "dict.fromkeys", or "import uhashlib"
	Extra     []string // what the standard build lacks: "execfile", "help", "TimeoutError"
	Help      string   // what help() prints
	Fixed     bool     // a script cannot put names into module builtins
	Heap      int64    // bytes that a script's objects may take; 0 is DefaultHeap
}

// DefaultHeap is the heap of an interpreter that is told no other, in bytes.
const DefaultHeap = 64 << 20

// quantum is how many turn points pass between two calls of Options.Turn: a
// few microseconds of work.
const quantum = 256

// Interp is one interpreter: its modules, its output, its files. It is used by
// one goroutine at a time; who that is, is the scheduler's affair.
type Interp struct {
	opts   Options
	engine *object.Interp
	border *border.Border
	thread *object.Thread // the main thread
	main   *object.Module
	native *context
	stdin  py.Object
	stdout py.Object
	stderr py.Object
	atExit object.Value // what usys.atexit left, None for nothing
}

// SelfName is the global of a native module that `import` binds in place of
// the module object when it is there: on the firmware `fota` is a type that is
// registered as a module, so that `import fota; fota()` works (modfota.c).
const SelfName = "__self__"

// New makes an interpreter. It has instances of its own of all the modules that
// its Options list, and of gpython modules that are registered with the flag
// NativeModule.
func New(o Options) (*Interp, error) {
	if o.Path == nil {
		o.Path = []string{"", "/usr"}
	}
	if o.Stdout == nil {
		o.Stdout = io.Discard
	}
	if o.Stderr == nil {
		o.Stderr = io.Discard
	}
	in := &Interp{opts: o, atExit: object.None}
	in.engine = object.NewInterp(o.Language.profile())
	in.engine.Host = in
	in.engine.OptLevel = o.Optimise
	in.engine.AddRoots(func(visit func(object.Value)) { visit(in.atExit) })
	in.engine.Stdout = func(p []byte) { _, _ = o.Stdout.Write(p) }
	in.engine.Quantum = quantum
	if o.Attention != nil {
		in.engine.Attention = o.Attention
	}
	in.engine.Reclaim = o.Reclaim
	in.engine.Import = in.importModule
	vm.Install(in.engine)
	in.thread = in.engine.NewThread()
	in.border = border.New(in.engine, in.current)
	if o.Poll != nil {
		in.engine.Poll = func() error { return in.border.ErrIn(o.Poll()) }
	}
	if o.Turn != nil {
		in.engine.Turn = func(_ *object.Thread, n int) error { return in.border.ErrIn(o.Turn(n)) }
	}
	in.native = newContext(in)
	in.installFiles()
	in.main = in.engine.NewModule(py.MainModuleName)
	in.setModule(py.MainModuleName, in.main.Value())
	return in, nil
}

func (l Language) profile() object.Profile {
	p := object.Generic()
	if l.HashBytes > 0 {
		p.HashBytes = l.HashBytes
	}
	if l.WordBits > 0 {
		p.WordBits = l.WordBits
	}
	p.Heap = DefaultHeap
	if l.Heap > 0 {
		p.Heap = l.Heap
	}
	p.Hidden, p.Extra = set(l.Hidden), set(l.Extra)
	p.Help, p.FixedBuiltins = l.Help, l.Fixed
	return p
}

func set(names []string) map[string]bool {
	if len(names) == 0 {
		return nil
	}
	out := make(map[string]bool, len(names))
	for _, name := range names {
		out[name] = true
	}
	return out
}

// current is the engine's thread for the thread of the scheduler that runs now.
func (in *Interp) current() *object.Thread {
	if in.opts.Local == nil {
		return in.thread
	}
	slot := in.opts.Local()
	if slot == nil {
		return in.thread
	}
	t, ok := (*slot).(*object.Thread)
	if !ok {
		t = in.engine.NewThread()
		*slot = t
	}
	return t
}

// Close gives every native module the chance to let go of what it holds.
func (in *Interp) Close() error { return in.native.Close() }

// Stdout is the object behind usys.stdout.
func (in *Interp) Stdout() py.Object { return in.stdout }

// Stderr is the object behind usys.stderr.
func (in *Interp) Stderr() py.Object { return in.stderr }

// Stdin is the object behind usys.stdin.
func (in *Interp) Stdin() py.Object { return in.stdin }

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
// in tracebacks. A second call goes on in the same module. The error is nil,
// or an uncaught exception: Exit tells a usys.exit apart, FormatException has
// the text that the module prints.
func (in *Interp) RunMain(file string, src []byte) error {
	text, err := NormalizeSource(file, src)
	if err != nil {
		return err
	}
	return in.border.ErrOut(in.exec(in.current(), in.main, file, text))
}

// exec runs source text in a module.
func (in *Interp) exec(t *object.Thread, m *object.Module, file, text string) error {
	m.Globals.SetName(in.engine, nFile, object.NewStr(file))
	code, err := in.engine.Hooks.Compile(t, text, file, object.CompileExec)
	if err != nil {
		return err
	}
	_, err = in.engine.Hooks.Exec(t, code, m.Globals, m.Globals)
	return err
}

// Call calls a Python callable from Go with positional arguments.
func (in *Interp) Call(fn py.Object, args ...py.Object) (py.Object, error) {
	return in.CallKeywords(fn, args, nil)
}

// CallKeywords is Call with keyword arguments. What cannot be called fails as it
// would in the script.
func (in *Interp) CallKeywords(fn py.Object, args py.Tuple, kwargs py.StringDict) (py.Object, error) {
	return in.border.Call(in.border.In(fn), args, kwargs)
}

// NativeModule gives this interpreter's instance of a native module, nil when
// the script has not imported it.
func (in *Interp) NativeModule(name string) *py.Module {
	m, err := in.native.store.GetModule(name)
	if err != nil {
		return nil
	}
	return m
}

// Reserve takes n bytes of the heap for what a native module keeps outside of it,
// until Unreserve. It fails with MemoryError, or as Options.Poll does.
func (in *Interp) Reserve(n int) error { return in.border.ErrOut(in.current().Reserve(n)) }

// Unreserve gives back what Reserve has taken.
func (in *Interp) Unreserve(n int) { in.engine.Unreserve(n) }

// HeapFree is how much of the heap is free, in bytes. It fails as Options.Poll
// does.
func (in *Interp) HeapFree() (int, error) {
	if err := in.engine.Collect(); err != nil {
		return 0, in.border.ErrOut(err)
	}
	return int(in.engine.Profile.Heap - in.engine.Used()), nil
}

package python

import (
	"slices"
	"strings"
	"sync"

	"github.com/go-python/gpython/py"

	"qpy/python/object"
)

// Module is one that scripts import without a file of theirs. It is of the
// language's own library (Build), or it speaks to the device and is a gpython
// module (Native), or it is written in Python (Files); a module of the library may
// have Files as well. What it needs is made when a script imports it first: a
// program with many modules starts no slower for them. The variable is the module's
// own and must not be copied.
type Module struct {
	Name string // "" where there are only Files

	// SetUp, if not nil, is called once in a process, before the first Build: it
	// fills the types that all boards share.
	SetUp func()
	// Build fills the globals of a board's own instance, when the board imports it
	// first. It works on the engine's values: no device behind them, and speed
	// before them.
	Build func(in *object.Interp, m *object.Module)
	// Native makes the gpython module, once in a process, when it is imported first,
	// and its types, with py.NewType. No two are made at the same time.
	Native func() *py.ModuleImpl
	// Files are found where the search path has an empty entry, before files of the
	// same names on the flash.
	Files []Frozen

	once sync.Once
	impl *py.ModuleImpl
}

// making is held while a gpython module is made: gpython enters types in a list of
// the process without a lock, and boards run side by side.
var making sync.Mutex

// Ready does once what the module needs in this process.
func (m *Module) Ready() {
	m.once.Do(func() {
		if m.SetUp != nil {
			m.SetUp()
		}
		if m.Native != nil {
			making.Lock()
			defer making.Unlock()
			m.impl = m.Native()
			m.impl.Info.Flags |= NativeModule
			py.RegisterModule(m.impl)
		}
	})
}

// Impl is the gpython module; nil for one of the library.
func (m *Module) Impl() *py.ModuleImpl {
	m.Ready()
	return m.impl
}

// moduleOf finds a module by its name; nil when there is none.
func (in *Interp) moduleOf(name string) *Module {
	for _, m := range in.opts.Modules {
		if m.Name == name && name != "" {
			return m
		}
	}
	return nil
}

// ModuleNames are the modules that can be imported without a file, sorted, as
// help("modules") lists them: the files of a frozen package one by one.
func ModuleNames(modules []*Module) []string {
	names := []string{py.MainModuleName, "builtins"}
	for _, m := range modules {
		if m.Name != "" {
			names = append(names, m.Name)
		}
		for _, f := range m.Files {
			names = append(names, strings.TrimSuffix(f.File, ".py"))
		}
	}
	slices.Sort(names)
	return names
}

// libraryModule makes the board's instance of a library module.
func (in *Interp) libraryModule(lib *Module) *object.Module {
	m := in.engine.NewModule(lib.Name)
	lib.Build(in.engine, m)
	m.Globals.Fixed = true // as in read-only memory
	return m
}

// Functions puts built-in functions into a library module, each under the name
// that it carries.
func Functions(in *object.Interp, m *object.Module, functions ...object.Value) {
	for _, v := range functions {
		if f, ok := v.AsBuiltin(); ok {
			m.Define(in, f.Name, v)
		}
	}
}

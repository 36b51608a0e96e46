package python

import (
	"slices"
	"strings"
	"sync"

	"github.com/go-python/gpython/py"

	"qpy/python/object"
)

// library holds the modules of the language's own library, which are written
// on the engine's values: no device behind them, and speed before them.
// It is filled by init functions and read-only from then on.
var library = struct {
	sync.RWMutex
	build map[string]func(in *object.Interp, m *object.Module)
}{build: map[string]func(*object.Interp, *object.Module){}}

// Register makes a module of the language's library importable under its name.
// build fills the globals of a board's own instance, when the board imports it
// first. Modules that speak to the device are gpython modules instead
// (py.RegisterModule); for a script there is no difference.
func Register(name string, build func(in *object.Interp, m *object.Module)) {
	library.Lock()
	defer library.Unlock()
	library.build[name] = build
}

// ModuleNames are the modules that can be imported without a file, sorted, as
// help("modules") lists them: the files of a frozen package one by one.
func ModuleNames() []string {
	names := []string{py.MainModuleName, "builtins"}
	library.RLock()
	for name := range library.build {
		names = append(names, name)
	}
	library.RUnlock()
	frozen.RLock()
	for file := range frozen.files {
		names = append(names, strings.TrimSuffix(file, ".py"))
	}
	frozen.RUnlock()
	native.RLock()
	names = append(names, native.names...)
	native.RUnlock()
	slices.Sort(names)
	return names
}

// native are the gpython modules that can be imported: gpython's own registry
// cannot be listed.
var native struct {
	sync.RWMutex
	names []string
}

// RegisterNative makes a gpython module that speaks to the device importable.
func RegisterNative(impl *py.ModuleImpl) {
	impl.Info.Flags |= NativeModule
	py.RegisterModule(impl)
	native.Lock()
	defer native.Unlock()
	native.names = append(native.names, impl.Info.Name)
}

// libraryModule makes the board's instance of a library module; nil when there
// is none of that name.
func (in *Interp) libraryModule(name string) *object.Module {
	library.RLock()
	build := library.build[name]
	library.RUnlock()
	if build == nil {
		return nil
	}
	m := in.engine.NewModule(name)
	build(in.engine, m)
	m.Globals.Fixed = true // as in read-only memory
	return m
}

// Functions puts built-in functions into a library module, each under the name
// that it carries.
func Functions(in *object.Interp, m *object.Module, functions ...object.Value) {
	for _, v := range functions {
		if f, ok := v.AsBuiltin(); ok {
			m.Globals.SetName(in, in.Intern(f.Name), v)
		}
	}
}

// Builder gives what Register has put under a name; nil if there is no library
// module of that name. With it a test can put itself before every call of one.
func Builder(name string) func(in *object.Interp, m *object.Module) {
	library.RLock()
	defer library.RUnlock()
	return library.build[name]
}

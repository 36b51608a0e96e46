package python

import (
	"io"
	"strings"

	"github.com/go-python/gpython/py"

	"qpy/python/builtin"
	"qpy/python/object"
)

// NativeModule marks a module that a script may import. gpython's registry is
// one for the whole process, so what was not made for boards stays out of reach.
const NativeModule py.ModuleFlags = 0x100

// hiddenImport stands before the name of a module in Language.Hidden.
const hiddenImport = "import "

// setUpName is the function of a native module that is called once when a board
// imports it first, to put in what belongs to this board alone.
const setUpName = "__init__"

var (
	nFile = object.Intern("__file__")
	nName = object.Intern("__name__")
	nPath = object.Intern("__path__")
	nDot  = object.Intern("path")
)

// importModule is the import statement (py/builtinimport.c): names are those of
// `from … import`, None or Null for a plain import, which binds the first part
// of a dotted name.
func (in *Interp) importModule(t *object.Thread, name *object.Str, names object.Value, level int, globals *object.Dict) (object.Value, error) {
	full := name.String()
	if level > 0 {
		var err error
		if full, err = in.absolute(full, level, globals); err != nil {
			return object.Null, err
		}
	}
	wantLast := !names.IsNull() && !names.IsNone()
	if full == "" {
		return object.Null, object.RaiseArgs(object.ValueError)
	}
	parts := strings.Split(full, ".")
	var first, last object.Value
	dir := ""
	for i, part := range parts {
		path := strings.Join(parts[:i+1], ".")
		v, err := in.importPart(t, path, part, dir, i == 0, i+1 == len(parts))
		if err != nil {
			return object.Null, err
		}
		if i == 0 {
			first = v
		} else if parent, ok := last.AsModule(); ok {
			parent.Globals.SetName(in.engine, in.engine.Intern(part), v)
		}
		last = v
		dir = in.packageDir(v)
		if dir == "" && i+1 < len(parts) {
			if m, ok := v.AsModule(); !ok || m.Globals.GetName(in.engine, nFile).IsNull() {
				return object.Null, noModule(path) // a dotted name is looked for in files alone
			}
			return object.Null, noModule(full)
		}
	}
	if wantLast {
		return last, nil
	}
	return first, nil
}

// absolute turns the name of a relative import into a full one: level parts are
// chopped off the name of the module that imports, one less for a package.
func (in *Interp) absolute(name string, level int, globals *object.Dict) (string, error) {
	pkg := ""
	if globals != nil {
		if pkg = in.str(globals, nName); pkg == py.MainModuleName {
			// MicroPython finds no name that a main script was started by.
			return "", object.RaiseArgs(object.KeyError, in.engine.Intern(py.MainModuleName).Value())
		}
	}
	if globals == nil || globals.GetName(in.engine, nPath).IsNull() { // a module counts from its package
		level++
	}
	for ; level > 1; level-- {
		pkg = pkg[:max(strings.LastIndexByte(pkg, '.'), 0)]
	}
	if pkg == "" {
		return "", object.Raise(object.ValueError, "can't perform relative import")
	}
	if name != "" {
		pkg += "." + name
	}
	return pkg, nil
}

func (in *Interp) packageDir(v object.Value) string {
	m, ok := v.AsModule()
	if !ok {
		return ""
	}
	return in.str(m.Globals, nPath)
}

// str gives a global that is a str, "" when there is none.
func (in *Interp) str(globals *object.Dict, name *object.Str) string {
	v := globals.GetName(in.engine, name)
	if v.IsNull() {
		return ""
	}
	s, _ := object.StrMaybe(v)
	return s
}

func noModule(name string) error {
	return object.Raisef(object.ImportError, "no module named '%s'", name)
}

// importPart imports one part of a dotted name: what is loaded, then a native
// module of that very name, then a file, then a native module under its other
// name. dir is the package's directory; top tells to search usys.path.
func (in *Interp) importPart(t *object.Thread, full, part, dir string, top, last bool) (object.Value, error) {
	key := in.engine.Intern(full)
	if v := in.engine.Modules.GetName(in.engine, key); !v.IsNull() {
		return v, nil
	}
	if v, err := in.importNative(full); err != nil || !v.IsNull() {
		return v, err
	}
	dirs := []string{dir}
	if top {
		dirs = in.searchPath()
	}
	for _, d := range dirs {
		path := part
		if d != "" {
			path = strings.TrimSuffix(d, "/") + "/" + part
		}
		if v, err := in.importFile(t, full, path); err != nil || !v.IsNull() {
			return v, err
		}
	}
	if top && last && in.opts.Alias != nil {
		if alias := in.opts.Alias(full); alias != "" {
			if v, err := in.importNative(alias); err != nil || !v.IsNull() {
				return v, err
			}
		}
	}
	return object.Null, noModule(full)
}

// searchPath is usys.path as the script left it.
func (in *Interp) searchPath() []string {
	if v := in.engine.Modules.GetName(in.engine, in.engine.Intern("usys")); !v.IsNull() {
		if m, ok := v.AsModule(); ok {
			if l, ok := m.Globals.GetName(in.engine, nDot).AsList(); ok {
				var dirs []string
				for _, item := range l.Items {
					if s, ok := object.StrMaybe(item); ok {
						dirs = append(dirs, s)
					}
				}
				return dirs
			}
		}
	}
	return in.opts.Path
}

// importFile imports path as a package directory or as path.py, from what is
// frozen into the firmware or from the flash.
func (in *Interp) importFile(t *object.Thread, full, path string) (object.Value, error) {
	if v, err := in.importFrozen(t, full, path); err != nil || !v.IsNull() {
		return v, err
	}
	if in.opts.Files == nil {
		return object.Null, nil
	}
	isDir, err := in.opts.Files.Stat(path)
	isPackage := err == nil && isDir
	file := path + ".py"
	if isPackage {
		file = path + "/__init__.py"
	}
	isDir, err = in.opts.Files.Stat(file)
	exists := err == nil && !isDir
	if !exists && !isPackage {
		if isDir, err := in.opts.Files.Stat(path + ".mpy"); err == nil && !isDir {
			return object.Null, object.Raisef(object.ValueError, "incompatible .mpy file: %s.mpy; put the .py source on the device instead", path)
		}
		return object.Null, nil
	}
	m := in.engine.NewModule(full)
	if isPackage {
		m.Globals.SetName(in.engine, nPath, object.NewStr(path))
	}
	in.setModule(full, m.Value())
	if !exists {
		return m.Value(), nil
	}
	text, err := in.readSource(file)
	if err != nil {
		return object.Null, err
	}
	return m.Value(), in.exec(t, m, file, text)
}

func (in *Interp) setModule(name string, v object.Value) {
	in.engine.Modules.SetName(in.engine, in.engine.Intern(name), v)
}

// importNative instances a registered native module; Null when there is none.
// Only modules that say so with the flag NativeModule can be imported.
func (in *Interp) importNative(name string) (object.Value, error) {
	if name == "builtins" {
		return builtin.Module(in.engine).Value(), nil
	}
	key := in.engine.Intern(name)
	if v := in.engine.Modules.GetName(in.engine, key); !v.IsNull() {
		return v, nil
	}
	if in.engine.Profile.Hidden[hiddenImport+name] {
		return object.Null, nil
	}
	if known := in.moduleOf(name); known != nil {
		known.Ready() // registers it, if it is gpython's
		if known.Build != nil {
			m := in.libraryModule(known)
			in.setModule(name, m.Value())
			return m.Value(), nil
		}
	}
	impl := py.GetModuleImpl(name)
	if impl == nil || impl.Info.Flags&NativeModule == 0 {
		return object.Null, nil
	}
	m, err := in.native.ModuleInit(impl)
	if err != nil {
		return object.Null, in.border.ErrIn(err)
	}
	if setUp, ok := m.Globals[setUpName]; ok {
		delete(m.Globals, setUpName)
		if _, err := py.Call(setUp, nil, nil); err != nil {
			return object.Null, in.border.ErrIn(err)
		}
	}
	var v object.Value
	if self, ok := m.Globals[SelfName]; ok {
		delete(m.Globals, SelfName)
		v = in.border.In(self)
	} else {
		v = in.border.Module(m).Value()
	}
	in.setModule(name, v)
	return v, nil
}

// readSource reads a script from the flash, as the scanner wants it.
func (in *Interp) readSource(path string) (string, error) {
	if in.opts.Files == nil {
		return "", object.RaiseArgs(object.OSError, object.Int(enoent))
	}
	f, err := in.opts.Files.Open(path, "r")
	if err != nil {
		return "", in.border.ErrIn(OSErrorOf(err))
	}
	defer f.Close()
	src, err := io.ReadAll(f)
	if err != nil {
		return "", in.border.ErrIn(OSErrorOf(err))
	}
	text, err := NormalizeSource(path, src)
	if err != nil {
		return "", object.Raise(object.SyntaxError, err.Error())
	}
	return text, nil
}

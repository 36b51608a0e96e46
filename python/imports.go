package python

import (
	"io"
	"strings"

	"github.com/go-python/gpython/py"
)

// builtinImport is __import__(name, globals, locals, fromlist, level): first a
// module that is loaded, then a file on usys.path, then a native module, then a
// native module under its other name (py/builtinimport.c).
func builtinImport(self py.Object, args py.Tuple) (py.Object, error) {
	c := self.(*py.Module).Context.(*context)
	var name, globals, locals, fromlist, level py.Object = nil, py.None, py.None, py.None, py.Int(0)
	if err := py.UnpackTuple(args, nil, "__import__", 1, 5, &name, &globals, &locals, &fromlist, &level); err != nil {
		return nil, err
	}
	s, err := py.StrAsString(name)
	if err != nil {
		return nil, err
	}
	if n, err := py.IndexInt(level); err != nil {
		return nil, err
	} else if n != 0 {
		return nil, py.ExceptionNewf(py.NotImplementedError, "relative import")
	}
	names, _ := fromlist.(py.Tuple)
	return c.importDotted(s, len(names) > 0)
}

// importDotted imports each part of a dotted name in turn. It gives the last
// module when names are taken from it, the first one otherwise.
func (c *context) importDotted(name string, wantLast bool) (py.Object, error) {
	parts := strings.Split(name, ".")
	var first, last py.Object
	dir := ""
	for i, part := range parts {
		full := strings.Join(parts[:i+1], ".")
		mod, err := c.importOne(full, part, dir, i == 0)
		if err != nil {
			return nil, err
		}
		if first == nil {
			first = mod
		} else if parent, ok := last.(*py.Module); ok {
			parent.Globals[part] = mod
		}
		last = mod
		if m, ok := mod.(*py.Module); ok {
			if p, ok := m.Globals["__path__"].(py.String); ok {
				dir = string(p)
			} else if i+1 < len(parts) {
				return nil, noModule(name)
			}
		}
	}
	if wantLast {
		return last, nil
	}
	return first, nil
}

func noModule(name string) error {
	return py.ExceptionNewf(py.ImportError, "no module named '%s'", name)
}

// importOne imports one part: dir is the package's directory, or top tells to
// search usys.path.
func (c *context) importOne(full, part, dir string, top bool) (py.Object, error) {
	if o := c.in.objects[full]; o != nil {
		return o, nil
	}
	if m, err := c.store.GetModule(full); err == nil {
		return m, nil
	}
	dirs := []string{dir}
	if top {
		dirs = c.searchPath()
	}
	for _, d := range dirs {
		path := part
		if d != "" {
			path = strings.TrimSuffix(d, "/") + "/" + part
		}
		if m, found, err := c.importFile(full, path); found || err != nil {
			return m, err
		}
	}
	if !top {
		return nil, noModule(full)
	}
	if o, err := c.importNative(full); o != nil || err != nil {
		return o, err
	}
	if alias := c.in.opts.Aliases[full]; alias != "" {
		if o, err := c.importNative(alias); o != nil || err != nil {
			return o, err
		}
	}
	return nil, noModule(full)
}

func (c *context) searchPath() []string {
	if m, err := c.store.GetModule("usys"); err == nil {
		if l, ok := m.Globals["path"].(*py.List); ok {
			var dirs []string
			for _, o := range l.Items {
				if s, ok := o.(py.String); ok {
					dirs = append(dirs, string(s))
				}
			}
			return dirs
		}
	}
	return c.in.opts.Path
}

// importFile imports path as a package directory or as path.py.
func (c *context) importFile(full, path string) (py.Object, bool, error) {
	if c.in.opts.Files == nil {
		return nil, false, nil
	}
	if isDir, err := c.in.opts.Files.Stat(path); err == nil && isDir {
		info := py.ModuleInfo{Name: full, FileDesc: path}
		m, err := c.store.NewModule(c, &py.ModuleImpl{Info: info, Globals: py.StringDict{"__path__": py.String(path)}})
		if err != nil {
			return nil, true, err
		}
		if _, err := c.in.opts.Files.Stat(path + "/__init__.py"); err != nil {
			return m, true, nil
		}
		return m, true, c.execInto(m, path+"/__init__.py")
	}
	file := path + ".py"
	if isDir, err := c.in.opts.Files.Stat(file); err != nil || isDir {
		return nil, false, nil
	}
	m, err := c.store.NewModule(c, &py.ModuleImpl{Info: py.ModuleInfo{Name: full, FileDesc: file}})
	if err != nil {
		return nil, true, err
	}
	return m, true, c.execInto(m, file)
}

func (c *context) execInto(m *py.Module, file string) error {
	out, err := c.ResolveAndCompile(file, py.CompileOpts{})
	if err != nil {
		return err
	}
	m.Globals["__file__"] = py.String(file)
	_, err = c.RunCode(out.Code, m.Globals, m.Globals, nil)
	return err
}

// importNative instances a registered native module; nil when there is none.
// Only modules that say so with the flag NativeModule can be imported: gpython
// registers some of its own that touch the host.
func (c *context) importNative(name string) (py.Object, error) {
	if m, err := c.store.GetModule(name); err == nil {
		if o := c.in.objects[name]; o != nil {
			return o, nil
		}
		return m, nil
	}
	impl := py.GetModuleImpl(name)
	if impl == nil || (impl.Info.Flags&NativeModule == 0 && name != "builtins") {
		return nil, nil
	}
	m, err := c.ModuleInit(impl)
	if err != nil {
		return nil, err
	}
	if setUp, ok := m.Globals[setUpName]; ok {
		delete(m.Globals, setUpName)
		if _, err := py.Call(setUp, nil, nil); err != nil {
			return nil, err
		}
	}
	if o, ok := m.Globals[SelfName]; ok {
		delete(m.Globals, SelfName)
		c.in.objects[name] = o
		return o, nil
	}
	return m, nil
}

// setUpName is the function of a native module that is called once when a board
// imports it first, to put in what belongs to this board alone.
const setUpName = "__init__"

// NativeModule marks a module that a script may import. gpython's registry is
// one for the whole process, so what was not made for boards stays out of reach.
const NativeModule py.ModuleFlags = 0x100

func (c *context) readSource(path string) (string, error) {
	if c.in.opts.Files == nil {
		return "", OSError(2)
	}
	f, err := c.in.opts.Files.Open(path, "r")
	if err != nil {
		return "", OSErrorOf(err)
	}
	defer f.Close()
	src, err := io.ReadAll(f)
	if err != nil {
		return "", OSErrorOf(err)
	}
	text, err := NormalizeSource(path, src)
	if err != nil {
		return "", py.ExceptionNewf(py.SyntaxError, "%v", err)
	}
	return text + "\n", nil
}

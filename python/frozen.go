package python

import (
	"strings"

	"qpy/python/object"
)

// Frozen is a Python file that is part of the firmware, as frozen modules are.
type Frozen struct {
	File   string  // its name in tracebacks, such as "queue.py" or "uasyncio/core.py"
	Source *string // its text
	// Level is the optimisation that it was frozen with (mpy-cross -O, see
	// micropython.opt_level): from 1 on asserts are left out, from 3 on line numbers.
	Level int
}

// frozen finds a frozen file; nil when there is none.
func (in *Interp) frozen(file string) *Frozen {
	for _, m := range in.opts.Modules {
		for i := range m.Files {
			if m.Files[i].File == file {
				return &m.Files[i]
			}
		}
	}
	return nil
}

// frozenPackage tells whether a path is a folder of frozen files.
func (in *Interp) frozenPackage(path string) bool {
	for _, m := range in.opts.Modules {
		for _, f := range m.Files {
			if strings.HasPrefix(f.File, path+"/") {
				return true
			}
		}
	}
	return false
}

// importFrozen imports path as a frozen package or as the frozen path.py; Null
// when there is none.
func (in *Interp) importFrozen(t *object.Thread, full, path string) (object.Value, error) {
	file := path + ".py"
	isPackage := in.frozenPackage(path)
	if isPackage {
		file = path + "/__init__.py"
	}
	f := in.frozen(file)
	if f == nil {
		return object.Null, nil
	}
	m := in.engine.NewModule(full)
	if isPackage {
		m.Globals.SetName(in.engine, nPath, object.NewStr(path))
	}
	in.setModule(full, m.Value())
	m.Globals.SetName(in.engine, nFile, object.NewStr(file))
	level := in.engine.OptLevel
	in.engine.OptLevel = f.Level
	code, err := in.engine.Hooks.Compile(t, *f.Source, file, object.CompileExec)
	in.engine.OptLevel = level
	if err != nil {
		return object.Null, err
	}
	_, err = in.engine.Hooks.Exec(t, code, m.Globals, m.Globals)
	return m.Value(), err
}

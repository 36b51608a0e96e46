package python

import (
	"strings"
	"sync"

	"qpy/python/object"
)

// frozen are the modules of the firmware that are written in Python, by file.
// It is filled by init functions and read-only from then on.
var frozen = struct {
	sync.RWMutex
	files map[string]frozenFile
}{files: map[string]frozenFile{}}

// frozenFile is one of them, and the level of optimisation that it was frozen
// with (mpy-cross -O): from 1 on asserts are left out, from 3 on line numbers.
type frozenFile struct {
	source string
	level  int
}

// Freeze puts a Python file into the firmware, as frozen modules are: it is
// found where the search path has an empty entry, before a file of that name
// on the flash. file is its name in tracebacks, such as "queue.py" or
// "uasyncio/core.py"; level is that of micropython.opt_level.
func Freeze(file, source string, level int) {
	frozen.Lock()
	defer frozen.Unlock()
	frozen.files[file] = frozenFile{source, level}
}

func lookupFrozen(file string) (f frozenFile, ok bool) {
	frozen.RLock()
	defer frozen.RUnlock()
	f, ok = frozen.files[file]
	return f, ok
}

// frozenPackage tells whether a path is a folder of frozen files.
func frozenPackage(path string) bool {
	frozen.RLock()
	defer frozen.RUnlock()
	for file := range frozen.files {
		if strings.HasPrefix(file, path+"/") {
			return true
		}
	}
	return false
}

// importFrozen imports path as a frozen package or as the frozen path.py; Null
// when there is none.
func (in *Interp) importFrozen(t *object.Thread, full, path string) (object.Value, error) {
	file := path + ".py"
	isPackage := frozenPackage(path)
	if isPackage {
		file = path + "/__init__.py"
	}
	f, ok := lookupFrozen(file)
	if !ok {
		return object.Null, nil
	}
	m := in.engine.NewModule(full)
	if isPackage {
		m.Globals.SetName(in.engine, nPath, object.NewStr(path))
	}
	in.setModule(full, m.Value())
	m.Globals.SetName(in.engine, nFile, object.NewStr(file))
	level := in.engine.OptLevel
	in.engine.OptLevel = f.level
	code, err := in.engine.Hooks.Compile(t, f.source, file, object.CompileExec)
	in.engine.OptLevel = level
	if err != nil {
		return object.Null, err
	}
	_, err = in.engine.Hooks.Exec(t, code, m.Globals, m.Globals)
	return m.Value(), err
}

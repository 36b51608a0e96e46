package vm

import (
	"qpy/python/compile"
	"qpy/python/object"
	"qpy/python/syntax"
)

// codeObject is what compile() returns.
type codeObject struct {
	object.Header
	code *compile.Code
	size int
}

// codeSize and codeBytes are about what compiled code takes of the heap: for
// itself, and for each byte of its source.
const (
	codeSize  = 1024
	codeBytes = 8
)

func init() {
	object.CodeType.Visit = func(self object.Value, _ func(object.Value)) int { return codeObjects.Must(self).size }
}

var codeObjects = object.NewLayout[codeObject](object.CodeType)

// Install connects the built-in functions of an Interp that need a compiler or
// the machine: compile, exec, eval, globals, locals, __build_class__.
func Install(in *object.Interp) {
	in.Hooks.Globals = Globals
	in.Hooks.Locals = Locals
	in.Hooks.BuildClass = buildClass
	in.Hooks.Compile = func(t *object.Thread, src, file string, mode object.CompileMode) (object.Value, error) {
		m := syntax.Exec
		switch mode {
		case object.CompileEval:
			m = syntax.Eval
		case object.CompileSingle:
			m = syntax.Single
		}
		if err := t.Alloc(codeSize + codeBytes*len(src)); err != nil {
			return object.Null, err
		}
		if err := t.Work(len(src)); err != nil {
			return object.Null, err
		}
		c, err := compile.Source(t.In, []byte(src), file, m)
		if err != nil {
			return object.Null, err
		}
		return (&codeObject{object.NewHeader(object.CodeType), c, codeSize + codeBytes*len(src)}).Value(), nil
	}
	in.Hooks.Exec = func(t *object.Thread, code object.Value, globals, locals *object.Dict) (object.Value, error) {
		c, ok := codeObjects.From(code)
		if !ok {
			return object.Null, object.RaiseArgs(object.TypeError)
		}
		return Exec(t, c.code, globals, locals)
	}
}

package builtin

import "qpy/python/object"

func init() {
	defVar("compile", 3, 6, compile)
	defVar("eval", 1, 3, func(t *object.Thread, args []object.Value) (object.Value, error) {
		return run(t, args, object.CompileEval, false)
	})
	defVar("exec", 1, 3, func(t *object.Thread, args []object.Value) (object.Value, error) {
		return run(t, args, object.CompileExec, false)
	})
	defVar("execfile", 1, 3, func(t *object.Thread, args []object.Value) (object.Value, error) {
		return run(t, args, object.CompileExec, true)
	})
	object.DefineBuiltin("globals", object.Func0("globals", func(t *object.Thread) (object.Value, error) {
		if t.In.Hooks.Globals == nil {
			return object.Null, noHook("globals")
		}
		return t.In.Hooks.Globals(t).Value(), nil
	}))
	object.DefineBuiltin("locals", object.Func0("locals", func(t *object.Thread) (object.Value, error) {
		if t.In.Hooks.Locals == nil {
			return object.Null, noHook("locals")
		}
		return t.In.Hooks.Locals(t).Value(), nil
	}))
	defVar("__import__", 1, 5, importName)
	defVar("__build_class__", 2, -1, func(t *object.Thread, args []object.Value) (object.Value, error) {
		if t.In.Hooks.BuildClass == nil {
			return object.Null, noHook("__build_class__")
		}
		return t.In.Hooks.BuildClass(t, args)
	})
	defKw("open", 1, -1, func(t *object.Thread, args, kw []object.Value) (object.Value, error) {
		if t.In.Hooks.Open == nil {
			return object.Null, noHook("open")
		}
		return t.In.Hooks.Open(t, args, kw)
	})
}

func compile(t *object.Thread, args []object.Value) (object.Value, error) {
	src, err := object.TextOf(args[0])
	if err != nil {
		return object.Null, err
	}
	file, err := nameOf(t, args[1])
	if err != nil {
		return object.Null, err
	}
	word, err := nameOf(t, args[2])
	if err != nil {
		return object.Null, err
	}
	var mode object.CompileMode
	switch word.String() {
	case "single":
		mode = object.CompileSingle
	case "exec":
		mode = object.CompileExec
	case "eval":
		mode = object.CompileEval
	default:
		return object.Null, object.Raise(object.ValueError, "bad compile mode")
	}
	if t.In.Hooks.Compile == nil {
		return object.Null, noHook("compile")
	}
	return t.In.Hooks.Compile(t, src, file.String(), mode)
}

// run is eval, exec and, with isFile set, execfile (eval_exec_helper of
// py/builtinevex.c).
func run(t *object.Thread, args []object.Value, mode object.CompileMode, isFile bool) (object.Value, error) {
	h := &t.In.Hooks
	if h.Globals == nil || h.Locals == nil || h.Compile == nil || h.Exec == nil {
		return object.Null, noHook("eval")
	}
	globals, locals := h.Globals(t), h.Locals(t)
	for i := 1; i < len(args); i++ {
		if args[i].IsNone() {
			continue
		}
		d, ok := args[i].AsDict()
		if !ok || args[i].Type() != object.DictType {
			return object.Null, object.RaiseArgs(object.TypeError)
		}
		locals = d
		if i == 1 {
			globals = d
		}
	}
	if args[0].Type() == object.CodeType {
		return h.Exec(t, args[0], globals, locals)
	}
	buf, err := object.GetBuffer(t, args[0], false)
	if err != nil {
		return object.Null, err
	}
	src, file := string(buf.Data), "<string>"
	if isFile {
		if h.ReadFile == nil {
			return object.Null, noHook("execfile")
		}
		file = src
		if src, err = h.ReadFile(t, file); err != nil {
			return object.Null, err
		}
	}
	code, err := h.Compile(t, src, file, mode)
	if err != nil {
		return object.Null, err
	}
	return h.Exec(t, code, globals, locals)
}

// importName is __import__(name, globals, locals, fromlist, level).
func importName(t *object.Thread, args []object.Value) (object.Value, error) {
	name, names, level := args[0], object.Null, 0
	if len(args) > 3 && !args[3].IsNone() {
		names = args[3]
	}
	if len(args) > 4 {
		n, err := object.ToInt(t, args[4])
		if err != nil {
			return object.Null, err
		}
		if n < 0 {
			return object.Null, object.RaiseArgs(object.ValueError)
		}
		level = int(min(n, 1<<20))
	}
	s, err := object.TextOf(name)
	if err != nil {
		return object.Null, err
	}
	if s == "" && level == 0 {
		return object.Null, object.RaiseArgs(object.ValueError)
	}
	if t.In.Import == nil {
		return object.Null, noHook("__import__")
	}
	var globals *object.Dict
	if t.In.Hooks.Globals != nil {
		globals = t.In.Hooks.Globals(t)
	}
	return t.In.Import(t, t.In.Intern(s), names, level, globals)
}

package object

// CompileMode is what a source text is read as (mp_parse_input_kind_t).
type CompileMode uint8

// The modes of compile().
const (
	CompileExec   CompileMode = iota // a file: statements
	CompileEval                      // one expression, whose value is the result
	CompileSingle                    // one statement of the prompt, which prints its value
)

// CodeType is the type of what compile() returns. Its layout is the VM's.
var CodeType = NewEngineType("code")

// Hooks are what the built-in functions need of the parts that stand above
// them: compiler, VM and the program around the interpreter. A built-in whose
// hook is nil raises NotImplementedError.
type Hooks struct {
	// Globals and Locals return the names of the function that runs in t.
	Globals, Locals func(t *Thread) *Dict
	// Compile turns source text into an object of CodeType. file is the name
	// that tracebacks show.
	Compile func(t *Thread, src, file string, mode CompileMode) (Value, error)
	// Exec runs a code object.
	Exec func(t *Thread, code Value, globals, locals *Dict) (Value, error)
	// BuildClass is __build_class__: args are the function of the class body,
	// the name and the bases.
	BuildClass func(t *Thread, args []Value) (Value, error)
	// Open is the function open.
	Open func(t *Thread, args, kw []Value) (Value, error)
	// ReadFile returns the source text of a script, for execfile.
	ReadFile func(t *Thread, path string) (string, error)
	// ReadLine returns the next line of input without its end; ok is false
	// when the input has ended before it.
	ReadLine func(t *Thread) (line string, ok bool, err error)
	// ModuleNames returns the sorted names of the built-in modules, for
	// help("modules").
	ModuleNames func() []string
}

// OverrideBuiltin gives a name that all modules see another value, or takes the
// script's own value away again if v is Null. It does nothing if the profile
// forbids it and reports whether it may.
func (in *Interp) OverrideBuiltin(t *Thread, name *Str, v Value) (bool, error) {
	if in.Profile.FixedBuiltins {
		return false, nil
	}
	if in.Override == nil {
		in.Override = NewDict(1)
	}
	in.BuiltinEpoch++
	if !v.IsNull() {
		return true, in.Override.Set(t, name.Value(), v)
	}
	old, err := in.Override.Delete(t, name.Value())
	if err == nil && old.IsNull() {
		err = RaiseArgs(KeyError, name.Value())
	}
	return true, err
}

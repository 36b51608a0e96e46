package object

// builtins are the names that every module sees, of all firmwares, in order of
// definition. They are found by their text: to intern a hundred names at every
// start takes longer than to look through the few of a length when a program first
// uses one.
var builtins = builtinRoom[:0]

var builtinRoom [128]builtin

type builtin struct {
	name   string
	value  Value
	before uint16 // where the one before it of that length is, counted from 1
}

// lastBuiltin is where the last one of a length is, counted from 1. Longer ones than
// it has room for are with those of length 0.
var lastBuiltin [32]uint16

func builtinLen(name string) int {
	if len(name) < len(lastBuiltin) {
		return len(name)
	}
	return 0
}

// extra are the built-ins that only Profile.Extra brings in.
var extra = map[string]bool{"execfile": true, "help": true, "TimeoutError": true}

// DefineBuiltin adds a name that every module sees, once. For init functions.
func DefineBuiltin(name string, v Value) {
	if !staticNames {
		Intern(name)
	}
	last := &lastBuiltin[builtinLen(name)]
	builtins = append(builtins, builtin{name, v, *last})
	*last = uint16(len(builtins))
}

// Builtin returns what a name means that no module defines, or Null.
func (in *Interp) Builtin(name *Str) Value {
	for i := lastBuiltin[builtinLen(name.s)]; i != 0; i = builtins[i-1].before {
		if b := &builtins[i-1]; b.name == name.s {
			return in.sees(b)
		}
	}
	return Null
}

// sees returns the value of a built-in if the model has it.
func (in *Interp) sees(b *builtin) Value {
	if in.Profile.Hidden[b.name] || extra[b.name] && !in.Profile.Extra[b.name] {
		return Null
	}
	return b.value
}

// EachBuiltin calls f with every name that Builtin knows.
func (in *Interp) EachBuiltin(f func(name *Str, v Value)) {
	for i := range builtins {
		if v := in.sees(&builtins[i]); !v.IsNull() {
			f(in.Intern(builtins[i].name), v)
		}
	}
}

package object

var nFile = Intern("__file__")

func init() {
	ModuleType.Print = func(t *Thread, w *Printer, self Value, kind PrintKind) error {
		g := (*Module)(self.p).Globals
		name, _ := StrMaybe(g.GetNameOr(t.In, nName, emptyStr.Value()))
		if file, ok := StrMaybe(g.GetNameOr(t.In, nFile, None)); ok {
			return w.Str("<module '" + name + "' from '" + file + "'>")
		}
		return w.Str("<module '" + name + "'>")
	}
}

// GetNameOr returns the value under an interned name, or other if there is
// none.
func (d *Dict) GetNameOr(in *Interp, name *Str, other Value) Value {
	if v := d.GetName(in, name); !v.IsNull() {
		return v
	}
	return other
}

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

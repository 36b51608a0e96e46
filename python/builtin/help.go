package builtin

import "qpy/python/object"

func init() { defVar("help", 0, 1, help) }

// help is py/builtinhelp.c.
func help(t *object.Thread, args []object.Value) (object.Value, error) {
	w := stdout(t)
	if len(args) == 0 {
		return object.None, finish(w, w.Str(t.In.Profile.Help))
	}
	return object.None, finish(w, helpObject(t, w, args[0]))
}

func helpObject(t *object.Thread, w *object.Printer, v object.Value) error {
	if s, ok := v.AsStr(); ok && s.String() == "modules" {
		return helpModules(t, w)
	}
	if err := w.Str("object "); err != nil {
		return err
	}
	if err := object.Print(t, w, v, object.PrintStr); err != nil {
		return err
	}
	if err := w.Strf(" is of type %s\n", v.TypeName()); err != nil {
		return err
	}
	if m, ok := v.AsModule(); ok {
		return helpDict(t, w, m.Globals)
	}
	ty := v.Type()
	if c, ok := v.AsType(); ok {
		ty = c
	}
	if ty.Locals != nil {
		return helpDict(t, w, ty.Locals)
	}
	for _, name := range ty.Names() {
		if a := ty.Own(t.In, name); !a.IsNull() {
			if err := helpLine(t, w, name.Value(), a); err != nil {
				return err
			}
		}
	}
	return nil
}

func helpDict(t *object.Thread, w *object.Printer, d *object.Dict) error {
	for e, i := d.Next(0); e != nil; e, i = d.Next(i) {
		if err := helpLine(t, w, e.Key(), e.Val); err != nil {
			return err
		}
	}
	return nil
}

func helpLine(t *object.Thread, w *object.Printer, name, v object.Value) error {
	if err := w.Str("  "); err != nil {
		return err
	}
	if err := object.Print(t, w, name, object.PrintStr); err != nil {
		return err
	}
	if err := w.Str(" -- "); err != nil {
		return err
	}
	if err := object.Print(t, w, v, object.PrintStr); err != nil {
		return err
	}
	return w.Str("\n")
}

// helpModules lists the built-in modules by columns.
func helpModules(t *object.Thread, w *object.Printer) error {
	const columns, width = 4, 18
	var names []string
	if t.In.Hooks.ModuleNames != nil {
		names = t.In.Hooks.ModuleNames()
	}
	rows := (len(names) + columns - 1) / columns
	for i := range rows {
		for j := i; j < len(names); j += rows {
			s := names[j]
			if j+rows < len(names) {
				for gap := width - len(s); ; gap += width {
					if gap >= 1 {
						for ; gap > 0; gap-- {
							s += " "
						}
						break
					}
				}
			}
			if err := w.Str(s); err != nil {
				return err
			}
		}
		if err := w.Str("\n"); err != nil {
			return err
		}
	}
	return w.Str("Plus any modules on the filesystem\n")
}

package border

import (
	"github.com/go-python/gpython/py"

	"qpy/python/object"
)

// Module gives the engine's module for a native one: the same one each time.
// Its globals are those that the native module has when it comes in first;
// what a script changes in it is the script's own.
func (b *Border) Module(m *py.Module) *object.Module {
	if v := b.modules[m]; v != nil {
		return v
	}
	name, _ := m.Globals["__name__"].(py.String)
	out := b.in.NewModule(string(name))
	b.modules[m] = out
	for _, key := range sortedNames(m.Globals) {
		switch key {
		case "__name__", "__doc__", "__package__":
			continue
		}
		out.Define(b.in, key, b.In(m.Globals[key]))
	}
	return out
}

// Tupler is a gpython object that comes in as a tuple whose items have names.
type Tupler interface {
	AttrTuple() (name string, fields []string, items []py.Object)
}

// attrTuple is a tuple whose items have names (py/objattrtuple.c).
type attrTuple struct {
	object.Tuple
	fields []*object.Str
}

var (
	attrTupleType = newAttrTupleType()
	attrTuples    = object.NewLayout[attrTuple](attrTupleType)
)

func newAttrTupleType() *object.Type {
	ty := object.NewEngineType("tuple") // no class above it: isinstance(usys.implementation, tuple) is False
	ty.Kind = object.KindTuple
	return ty
}

func init() {
	ty, of := attrTupleType, object.TupleType
	ty.Unary, ty.Binary, ty.GetItem, ty.Iter, ty.Visit, ty.Flags = of.Unary, of.Binary, of.GetItem, of.Iter, of.Visit, of.Flags
	ty.Print = func(t *object.Thread, w *object.Printer, self object.Value, _ object.PrintKind) error {
		a := attrTuples.Must(self)
		if err := w.Str("("); err != nil {
			return err
		}
		for i, item := range a.Items {
			if i > 0 {
				if err := w.Str(", "); err != nil {
					return err
				}
			}
			if err := w.Str(a.fields[i].String() + "="); err != nil {
				return err
			}
			if err := object.Print(t, w, item, object.PrintRepr); err != nil {
				return err
			}
		}
		return w.Str(")")
	}
	ty.LoadAttr = func(_ *object.Thread, self object.Value, name *object.Str) (attr, recv object.Value, err error) {
		a := attrTuples.Must(self)
		for i, f := range a.fields {
			if f == name {
				return a.Items[i], object.Null, nil
			}
		}
		return object.Null, object.Null, nil
	}
}

func (b *Border) attrTuple(_ string, fields []string, items []py.Object) object.Value {
	a := &attrTuple{Tuple: object.Tuple{Header: object.NewHeader(attrTupleType), Items: b.inItems(items)}}
	for _, f := range fields {
		a.fields = append(a.fields, b.in.InternNative(f))
	}
	return a.Header.Value()
}

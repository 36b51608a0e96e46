package python

import (
	"strings"

	"github.com/go-python/gpython/py"
)

// AttrTupleType is the type of the tuples whose items have names, such as
// usys.implementation and uos.uname2() (py/objattrtuple.c).
var AttrTupleType = py.NewType("attrtuple", "a tuple whose items have names")

// AttrTuple is a tuple whose items can be read by name too.
type AttrTuple struct {
	name   string
	fields []string
	items  py.Tuple
}

// NewAttrTuple makes an AttrTuple; name is printed before the parentheses.
// fields and items have the same length.
func NewAttrTuple(name string, fields []string, items py.Tuple) *AttrTuple {
	return &AttrTuple{name: name, fields: fields, items: items}
}

// Type of this object.
func (t *AttrTuple) Type() *py.Type { return AttrTupleType }

// Elements gives the items.
func (t *AttrTuple) Elements() []py.Object { return t.items }

// M__getattr__ gives an item by its name.
func (t *AttrTuple) M__getattr__(name string) (py.Object, error) {
	for i, f := range t.fields {
		if f == name {
			return t.items[i], nil
		}
	}
	return nil, py.ExceptionNewf(py.AttributeError, "'tuple' object has no attribute '%s'", name)
}

// M__getitem__ gives an item or a slice by position.
func (t *AttrTuple) M__getitem__(key py.Object) (py.Object, error) { return t.items.M__getitem__(key) }

// M__len__ is the number of items.
func (t *AttrTuple) M__len__() (py.Object, error) { return py.Int(len(t.items)), nil }

// M__iter__ goes over the items.
func (t *AttrTuple) M__iter__() (py.Object, error) { return t.items.M__iter__() }

// M__repr__ prints the items with their names.
func (t *AttrTuple) M__repr__() (py.Object, error) {
	var b strings.Builder
	b.WriteString(t.name + "(")
	for i, f := range t.fields {
		if i > 0 {
			b.WriteString(", ")
		}
		s, err := py.ReprAsString(t.items[i])
		if err != nil {
			return nil, err
		}
		b.WriteString(f + "=" + s)
	}
	return py.String(b.String() + ")"), nil
}

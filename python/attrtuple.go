package python

import "github.com/go-python/gpython/py"

// AttrTupleType is the type of the tuples whose items have names, such as
// usys.implementation and uos.uname2() (py/objattrtuple.c).
var AttrTupleType = py.NewType("tuple", "a tuple whose items have names")

// AttrTuple is a tuple whose items can be read by name too. In a script it is a
// tuple like any other.
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

// AttrTuple gives what it is made of; the border asks for it.
func (t *AttrTuple) AttrTuple() (name string, fields []string, items []py.Object) {
	return t.name, t.fields, t.items
}

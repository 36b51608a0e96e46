package object

// Shape describes which attribute sits in which slot of an instance. Instances
// of one class that got the same attributes in the same order share a shape,
// so that an inline cache needs to compare one pointer.
type Shape struct {
	class *Type
	names []*Str // slot i holds names[i]; the native part has a nil name
	index map[*Str]int32
	last  *Str // the transition taken last
	to    *Shape
	next  map[*Str]*Shape
	dict  bool // too many attributes: the last slot holds a Dict of all
}

// maxShapes is how many shapes a class may have. Instances that get the same
// attributes in ever another order would make one each.
const maxShapes = 1024

// maxSlots is the number of attributes from which on an instance keeps them in
// a Dict: such instances are used as tables.
const maxSlots = 64

// Class returns the class of the instances with this shape.
func (s *Shape) Class() *Type { return s.class }

// IsDict reports whether the instance keeps its attributes in a dict.
func (s *Shape) IsDict() bool { return s.dict }

// Find returns the slot of an interned name, or -1. It is always -1 for an
// instance that keeps its attributes in a dict.
func (s *Shape) Find(name *Str) int {
	if s.index != nil {
		if i, ok := s.index[name]; ok {
			return int(i)
		}
		return -1
	}
	for i, n := range s.names {
		if n == name {
			return i
		}
	}
	return -1
}

// Add returns the shape with one more attribute, in the next slot, or nil if
// the instance must change over to a dict.
func (s *Shape) Add(name *Str) *Shape {
	if s.last == name {
		return s.to
	}
	n := s.next[name]
	if n == nil {
		if s.dict || len(s.names) >= maxSlots || s.class.shapes >= maxShapes {
			return nil
		}
		s.class.shapes++
		n = &Shape{class: s.class, names: append(s.names[:len(s.names):len(s.names)], name)}
		if len(n.names) > 8 {
			n.index = make(map[*Str]int32, len(n.names))
			for i, k := range n.names {
				n.index[k] = int32(i)
			}
		}
		if s.next == nil {
			s.next = make(map[*Str]*Shape)
		}
		s.next[name] = n
		if len(n.names) > s.class.hint {
			s.class.hint = len(n.names)
		}
	}
	s.last, s.to = name, n
	return n
}

// Instance is an object of a class that a script made. Slot 0 holds the native
// part if the class derives from a built-in type.
type Instance struct {
	Header
	shape *Shape
	slots []Value
	id    uint64
}

// Shape returns the instance's present shape.
func (o *Instance) Shape() *Shape { return o.shape }

// Slot returns slot i, which the shape says to be in use.
func (o *Instance) Slot(i int) *Value { return &o.slots[i] }

type (
	inst2 struct {
		Instance
		a [2]Value
	}
	inst4 struct {
		Instance
		a [4]Value
	}
	inst6 struct {
		Instance
		a [6]Value
	}
	inst8 struct {
		Instance
		a [8]Value
	}
)

// NewInstance returns an instance without attributes; __init__ has not run, and
// the native part, if there is one, is not made yet.
func NewInstance(t *Thread, class *Type) (*Instance, error) {
	n := class.hint
	in := t.In
	in.used += int64(48 + 16*n)
	if in.used > in.limit {
		if err := in.overLimit(int64(48 + 16*n)); err != nil {
			return nil, err
		}
	}
	var o *Instance
	switch {
	case n == 0:
		o = &Instance{}
	case n <= 2:
		x := class.slab2.Next(slabSize)
		o = &x.Instance
		o.slots = x.a[:0]
	case n <= 4:
		x := class.slab4.Next(slabSize)
		o = &x.Instance
		o.slots = x.a[:0]
	case n <= 6:
		x := &inst6{}
		o = &x.Instance
		o.slots = x.a[:0]
	case n <= 8:
		x := &inst8{}
		o = &x.Instance
		o.slots = x.a[:0]
	default:
		o = &Instance{slots: make([]Value, 0, n)}
	}
	o.typ, o.shape = class, class.root
	if class.native != nil {
		o.slots = append(o.slots, nativeInit)
	}
	return o, nil
}

// Push gives the instance the attribute that changes its shape to to.
func (o *Instance) Push(t *Thread, to *Shape, v Value) error {
	if len(o.slots) == cap(o.slots) {
		n := max(2, 2*cap(o.slots))
		if err := t.Alloc(16 * (n - cap(o.slots))); err != nil {
			return err
		}
		s := make([]Value, len(o.slots), n)
		copy(s, o.slots)
		o.slots = s
	}
	o.slots = append(o.slots, v)
	o.shape = to
	return nil
}

// Native returns the native part, or Null if the class has none or it is not
// made yet.
func (o *Instance) Native() Value {
	if o.typ.native == nil || o.slots[0] == nativeInit {
		return Null
	}
	return o.slots[0]
}

// setNative stores the native part.
func (o *Instance) setNative(v Value) {
	o.slots[0] = v
	if v.Type().Kind == KindException {
		(*Exception)(v.p).owner = o
	}
}

// Get returns the instance's own attribute, or Null.
func (o *Instance) Get(in *Interp, name *Str) Value {
	if o.shape.dict {
		return (*Dict)(o.slots[len(o.slots)-1].p).GetName(in, name)
	}
	if i := o.shape.Find(name); i >= 0 {
		return o.slots[i]
	}
	return Null
}

// Set gives the instance an attribute, without regard to properties and the
// like.
func (o *Instance) Set(t *Thread, name *Str, v Value) error {
	if o.shape.dict {
		return (*Dict)(o.slots[len(o.slots)-1].p).Set(t, name.Value(), v)
	}
	if i := o.shape.Find(name); i >= 0 {
		o.slots[i] = v
		return nil
	}
	if to := o.shape.Add(name); to != nil {
		return o.Push(t, to, v)
	}
	d, err := o.Dict(t)
	if err != nil {
		return err
	}
	if err := d.Set(t, name.Value(), v); err != nil {
		return err
	}
	slots := []Value{}
	if o.typ.native != nil {
		slots = append(slots, o.slots[0])
	}
	o.slots = append(slots, d.Value())
	o.shape = &Shape{class: o.typ, names: make([]*Str, len(o.slots)), dict: true}
	return nil
}

// Del removes the instance's own attribute and reports whether it had it.
func (o *Instance) Del(t *Thread, name *Str) (bool, error) {
	if o.shape.dict {
		return (*Dict)(o.slots[len(o.slots)-1].p).DelName(t.In, name), nil
	}
	at := o.shape.Find(name)
	if at < 0 {
		return false, nil
	}
	s := o.typ.root
	for i := len(s.names); i < len(o.shape.names); i++ {
		if i != at {
			s = s.Add(o.shape.names[i])
		}
	}
	copy(o.slots[at:], o.slots[at+1:])
	o.slots[len(o.slots)-1] = Null
	o.slots = o.slots[:len(o.slots)-1]
	o.shape = s
	return true, nil
}

// Dict returns a new dict of the instance's attributes, in the order that
// MicroPython's table of them would have.
func (o *Instance) Dict(t *Thread) (*Dict, error) {
	if o.shape.dict {
		return (*Dict)(o.slots[len(o.slots)-1].p).Copy(t)
	}
	d := NewDict(0)
	for i, n := range o.shape.names {
		if n != nil {
			if err := d.Set(t, n.Value(), o.slots[i]); err != nil {
				return nil, err
			}
		}
	}
	return d, nil
}

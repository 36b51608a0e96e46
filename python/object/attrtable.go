package object

// attrTable holds the attributes of a built-in type by interned name. It is a
// hash table of its own because a Go map costs three times as much to look up,
// and a third of the program's start to fill.
type attrTable struct {
	slots []attrSlot // a power of two, at most half full
	names []*Str     // in order of definition
}

type attrSlot struct {
	name *Str
	val  Value
}

// get returns the attribute, or Null.
func (a *attrTable) get(name *Str) Value {
	if len(a.slots) == 0 {
		return Null
	}
	return a.slots[a.slot(name)].val
}

// slot returns the slot where name is or would be put.
func (a *attrTable) slot(name *Str) int {
	mask := len(a.slots) - 1
	i := int(name.Hash()) & mask
	for a.slots[i].name != name && a.slots[i].name != nil {
		i = (i + 1) & mask
	}
	return i
}

// set defines an attribute anew or again.
func (a *attrTable) set(name *Str, v Value) {
	if 2*(len(a.names)+1) > len(a.slots) {
		old := a.slots
		a.slots = make([]attrSlot, max(8, 2*len(old)))
		for _, s := range old {
			if s.name != nil {
				a.slots[a.slot(s.name)] = s
			}
		}
	}
	s := &a.slots[a.slot(name)]
	if s.name == nil {
		a.names = append(a.names, name)
	}
	*s = attrSlot{name, v}
}

package object

import "sync"

// attrTable holds the attributes of a built-in type by interned name. It is a
// hash table of its own because a Go map costs three times as much to look up.
type attrTable struct {
	slots []attrSlot // a power of two, at most half full
	names []*Str     // in order of definition
	later *later     // what fills the table, nil if nothing does
}

type attrSlot struct {
	name *Str
	val  Value
}

// later fills tables once, when the first of them is asked for something.
type later struct {
	once sync.Once
	fill func()
}

// DefineLater leaves the attributes of built-in types to fill, which Defines
// them. It is called once, by the first script that looks for an attribute of
// one of the types: no program waits for what it does not use. For init
// functions; fill can be called on any goroutine.
//
// A name that is not in static_names.go must be interned before any Interp is
// made: fill cannot, since names are shared without locks.
func DefineLater(fill func(), types ...*Type) {
	if !staticNames {
		fill()
		return
	}
	l := &later{fill: fill}
	for _, ty := range types {
		ty.attrs.later = l
	}
}

// ready fills the table if that was left for later.
func (a *attrTable) ready() {
	if a.later != nil {
		a.later.once.Do(a.later.fill)
	}
}

// get returns the attribute, or Null.
func (a *attrTable) get(name *Str) Value {
	a.ready()
	if len(a.slots) == 0 {
		return Null
	}
	return a.slots[a.slot(name)].val
}

// all returns the names, in order of definition.
func (a *attrTable) all() []*Str {
	a.ready()
	return a.names
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

package object

import "weak"

// ids remembers which number stands for the address of an object that has no
// place for it, as long as the object lives. Numbers are given out in the order
// in which they are asked for, so they do not depend on when Go frees what.
type ids struct {
	live  map[weak.Pointer[Header]]uint64
	plain map[Value]uint64 // of values that are no objects of their own
	sweep int              // entries at which the dead ones are looked for
}

// plainIDs is how many values without an object are remembered. MicroPython
// makes a new object for each, so none of them keeps its address for long.
const plainIDs = 1024

func (x *ids) of(in *Interp, v Value) uint64 {
	if v.n != 0 || v.IsFloat() {
		id, ok := x.plain[v]
		if !ok {
			if x.plain == nil || len(x.plain) >= plainIDs {
				x.plain = make(map[Value]uint64)
			}
			id = in.newID()
			x.plain[v] = id
		}
		return id
	}
	if x.live == nil {
		x.live = make(map[weak.Pointer[Header]]uint64)
	}
	key := weak.Make((*Header)(v.p))
	id, ok := x.live[key]
	if !ok {
		id = in.newID()
		x.live[key] = id
		if len(x.live) > x.sweep {
			for k := range x.live {
				if k.Value() == nil {
					delete(x.live, k)
				}
			}
			x.sweep = 2*len(x.live) + plainIDs
		}
	}
	return id
}

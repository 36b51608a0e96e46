package border

import (
	"reflect"
	"runtime"
	"weak"

	"github.com/go-python/gpython/py"

	"qpy/python/object"
)

// foreign is a gpython object in the hands of a script.
type foreign struct {
	object.Header
	b *Border
	o py.Object
}

// foreignSize is about what an object of a native module takes of the heap with
// all that belongs to it, in bytes.
const foreignSize = 512

type weakForeign = weak.Pointer[foreign]

// foreignOf tells whether a value is a foreign object.
func (b *Border) foreignOf(v object.Value) (*foreign, bool) {
	if l, ok := b.layouts[v.Type()]; ok {
		return l.From(v)
	}
	return nil, false
}

// foreign gives the value of a gpython object, the same one for the same object
// as long as a script holds it.
func (b *Border) foreign(o py.Object) object.Value {
	ids := b.foreigns
	ids.Lock()
	defer ids.Unlock()
	comparable := reflect.TypeOf(o).Comparable()
	if comparable {
		if f := ids.live[o].Value(); f != nil {
			return f.Header.Value()
		}
	}
	b.in.Charge(foreignSize)
	f := &foreign{Header: object.NewHeader(b.TypeIn(o.Type())), b: b, o: o}
	if comparable {
		ids.live[o] = weak.Make(f)
		runtime.AddCleanup(f, ids.forget, o)
	}
	return f.Header.Value()
}

// forget drops an object that no script holds any more, unless it has come in
// anew meanwhile.
func (ids *identities) forget(o py.Object) {
	ids.Lock()
	defer ids.Unlock()
	if ids.live[o].Value() == nil {
		delete(ids.live, o)
	}
}

package object

import "math/bits"

// Entry is one slot of a Dict's table.
type Entry struct {
	key, Val Value
}

// Key returns the entry's key.
func (e *Entry) Key() Value { return e.key }

func (e *Entry) filled() bool { return e.key.p != nil && e.key != sentinel }

// Dict is a dict: the hash table of py/map.c, with the same hashes, probing and
// growth, because its order is what a script sees. With Ordered set it is the
// linear table of an OrderedDict.
type Dict struct {
	Header
	table   []Entry
	magic   uint64 // for modulus by multiplication; see fastMod
	used    int
	ver     uint32 // changes when a key comes or goes or moves
	odd     bool   // some key is not an interned str (!all_keys_are_qstrs)
	ordered bool
	isSet   bool // of a Set: a key is not the same before == says so
	// Fixed forbids changes: a read-only __dict__.
	Fixed bool
}

// allocSizes are the table sizes of py/map.c.
var allocSizes = [...]int{
	0, 2, 4, 6, 8, 10, 12,
	17, 23, 29, 37, 47, 59, 73,
	97, 127, 167, 223, 293, 389, 521, 691, 919, 1223, 1627, 2161,
	3229, 4831, 7243, 10861, 16273, 24407, 36607, 54907,
}

func allocSize(n int) int {
	for _, s := range allocSizes {
		if s >= n {
			return s
		}
	}
	return (n + n/2) | 1
}

// fastMagic returns the constant for fastMod by n.
func fastMagic(n int) uint64 {
	if n == 0 {
		return 0
	}
	return ^uint64(0)/uint64(n) + 1
}

// fastMod is h % n. For 32-bit hashes it takes two multiplications instead of
// a division (D. Lemire, O. Kaser, N. Kurz: Faster Remainder by Direct
// Computation, 2019).
func fastMod(h, magic uint64, n int) int {
	if h>>32 == 0 {
		hi, _ := bits.Mul64(magic*h, uint64(n))
		return int(hi)
	}
	return int(h % uint64(n))
}

// NewDict returns an empty dict with room for n entries, as mp_obj_new_dict
// does: the room is not rounded up.
func NewDict(n int) *Dict {
	d := &Dict{Header: Header{DictType}}
	d.setRoom(n)
	return d
}

// setRoom gives an empty dict a table of n slots.
func (d *Dict) setRoom(n int) {
	if n > 0 {
		d.table = make([]Entry, n)
		d.magic = fastMagic(n)
	}
}

// NewOrderedDict returns an empty OrderedDict.
func NewOrderedDict() *Dict {
	return &Dict{Header: Header{OrderedDictType}, ordered: true}
}

// Len returns the number of entries.
func (d *Dict) Len() int { return d.used }

// Ordered reports whether the dict keeps the order of insertion.
func (d *Dict) Ordered() bool { return d.ordered }

// Ver returns a number that changes when a key comes, goes or moves.
func (d *Dict) Ver() uint32 { return d.ver }

// Slots returns the size of the table, for iteration: every index below it
// that At finds filled is an entry, in the order that a script sees.
func (d *Dict) Slots() int {
	if d.ordered {
		return d.used
	}
	return len(d.table)
}

// At returns the entry in slot i, or nil if the slot is free.
func (d *Dict) At(i int) *Entry {
	if e := &d.table[i]; e.filled() {
		return e
	}
	return nil
}

// Next returns the first entry in slot i or later and the slot after it; nil
// at the end.
func (d *Dict) Next(i int) (*Entry, int) {
	for n := d.Slots(); i < n; i++ {
		if e := &d.table[i]; e.filled() {
			return e, i + 1
		}
	}
	return nil, i
}

// Slot returns the entry in slot i if its key is the very object name, which
// is interned; nil otherwise. It is the check of an inline cache.
func (d *Dict) Slot(i uint32, name *Str) *Entry {
	if uint(i) < uint(len(d.table)) {
		if e := &d.table[i]; e.key.p == name.Value().p {
			return e
		}
	}
	return nil
}

// Get returns the value under key, or Null.
func (d *Dict) Get(t *Thread, key Value) (Value, error) {
	if e := d.Probe(t.In, key); e != nil {
		return e.Val, nil
	}
	if d.misses(key) {
		return Null, nil
	}
	i, ok, err := d.find(t, key)
	if !ok || err != nil {
		return Null, err
	}
	return d.table[i].Val, nil
}

// misses reports whether key cannot be in the dict because all keys are names
// and it is no str. It is then not even hashed, so an unhashable key is just
// not found.
func (d *Dict) misses(key Value) bool { return !d.odd && key.Type() != StrType }

// Has reports whether key is in the dict.
func (d *Dict) Has(t *Thread, key Value) (bool, error) {
	if d.misses(key) {
		return false, nil
	}
	_, ok, err := d.find(t, key)
	return ok, err
}

// Lookup returns the entry under key for reading or changing its value, or
// nil. It is good until the next change of the dict.
func (d *Dict) Lookup(t *Thread, key Value) (*Entry, error) {
	if d.misses(key) {
		return nil, nil
	}
	i, ok, err := d.find(t, key)
	if !ok || err != nil {
		return nil, err
	}
	return &d.table[i], nil
}

// Set stores val under key.
func (d *Dict) Set(t *Thread, key, val Value) error {
	e, err := d.Add(t, key)
	if err != nil {
		return err
	}
	e.Val = val
	return nil
}

// Add returns the entry under key, which it makes if need be: then its value is
// Null and the caller must set it. It is good until the next change.
func (d *Dict) Add(t *Thread, key Value) (*Entry, error) {
	i, ok, err := d.find(t, key)
	if err != nil {
		return nil, err
	}
	if ok {
		return &d.table[i], nil
	}
	d.ver++
	if d.ordered {
		d.odd = d.odd || !isName(key)
		if d.used == len(d.table) {
			if err := t.Alloc(32 * 4); err != nil {
				return nil, err
			}
			d.table = append(d.table, Entry{}, Entry{}, Entry{}, Entry{})
		}
		d.used++
		d.table[d.used-1] = Entry{key: key}
		return &d.table[d.used-1], nil
	}
	if i < 0 {
		if len(d.table) == 0 {
			if _, err := hashKey(t, key); err != nil {
				return nil, err
			}
		}
		for i < 0 {
			if err := d.rehash(t); err != nil {
				return nil, err
			}
			if i, _, err = d.find(t, key); err != nil {
				return nil, err
			}
		}
	}
	d.odd = d.odd || !isName(key)
	d.used++
	d.table[i] = Entry{key: key}
	return &d.table[i], nil
}

// isName reports whether v is an interned str (mp_obj_is_qstr).
func isName(v Value) bool {
	return v.Type() == StrType && (*Str)(v.p).flags&strInterned != 0
}

// rehash moves the entries to the next larger table.
func (d *Dict) rehash(t *Thread) error {
	n := allocSize(len(d.table) + 1)
	var few [12]Entry
	old := d.table
	inPlace := n <= cap(old)
	if inPlace {
		// Small tables grow in the memory that they have.
		copy(few[:], old)
		d.table = d.table[:n]
		clear(d.table)
	} else {
		room := n
		switch {
		case n == 2:
			room = smallTable
		case n <= len(few):
			room = len(few)
		}
		words := uint64(2 * n)
		if d.isSet {
			words = uint64(n)
		}
		if err := t.allocWords(32*room, words); err != nil {
			return err
		}
		d.table = t.In.newTable(n, room)
	}
	oldMagic, oldOdd := d.magic, d.odd
	d.magic = fastMagic(n)
	d.odd = d.isSet
	for i := range old {
		e := &old[i]
		if inPlace {
			e = &few[i]
		}
		work := 0
		if i%workItems == workItems-1 {
			work = workItems
		}
		if e.filled() {
			d.odd = d.odd || !isName(e.key)
			h, err := hashKey(t, e.key)
			if err != nil {
				return err
			}
			pos := fastMod(h, d.magic, n)
			far := 0
			for ; d.table[pos].key.p != nil; far++ {
				if pos++; pos == n {
					pos = 0
				}
			}
			work += far / slotsItem
			d.table[pos] = *e
		}
		if work > 0 {
			if err := t.Work(work); err != nil {
				d.table, d.magic, d.odd = old, oldMagic, oldOdd
				return err
			}
		}
	}
	if cap(old) == smallTable && !inPlace {
		clear(old)
		t.In.spareTable = old[:smallTable]
	}
	return nil
}

// smallTable is how many slots the smallest table has room for. A dict outgrows
// it soon, and leaves it to the next.
const smallTable = 4

func (in *Interp) newTable(n, room int) []Entry {
	if spare := in.spareTable; room == smallTable && spare != nil {
		in.spareTable = nil
		return spare[:n]
	}
	return make([]Entry, n, room)
}

// Delete removes key and returns its value, or Null if it is not there.
func (d *Dict) Delete(t *Thread, key Value) (Value, error) {
	if d.misses(key) {
		return Null, nil
	}
	i, ok, err := d.find(t, key)
	if !ok || err != nil {
		return Null, err
	}
	v := d.table[i].Val
	d.remove(i)
	return v, nil
}

func (d *Dict) remove(i int) {
	d.ver++
	d.used--
	if d.ordered {
		copy(d.table[i:d.used], d.table[i+1:d.used+1])
		d.table[d.used] = Entry{}
		return
	}
	next := i + 1
	if next == len(d.table) {
		next = 0
	}
	if d.table[next].key.p == nil {
		d.table[i] = Entry{}
	} else {
		d.table[i] = Entry{key: sentinel}
	}
}

// RemoveAt removes the entry in slot i, which must be filled.
func (d *Dict) RemoveAt(i int) { d.remove(i) }

// Clear removes all entries and the table with them.
func (d *Dict) Clear() {
	d.ver++
	d.table, d.magic, d.used, d.odd = nil, 0, 0, d.isSet
}

// Copy returns a copy with the same table, so in the same order.
func (d *Dict) Copy(t *Thread) (*Dict, error) {
	if err := t.allocWords(32*len(d.table), uint64(2*len(d.table))); err != nil {
		return nil, err
	}
	c := *d
	c.Fixed = false
	c.table = append([]Entry(nil), d.table...)
	return &c, nil
}

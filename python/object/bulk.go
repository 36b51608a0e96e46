package object

// Bulk makes many strings and dicts in a row, as a parser of data does, with
// fewer allocations than one by one: neighbours share blocks of memory, and
// dicts with the same keys in the same order are filled by the plan of the
// first. What it makes is no different from what NewStr and Dict.Set make. It
// is for one call of one native function and not kept.
type Bulk struct {
	t     *Thread
	used  int64 // bytes of all that was made, none of which is garbage yet
	strs  []Str
	text  []byte
	dicts []Dict
	keys  [bulkKeys]*Str
	plans [bulkPlans]*plan
}

const (
	bulkKeys   = 512  // remembered keys
	bulkPlans  = 64   // remembered plans
	bulkText   = 4096 // bytes of a block of text
	bulkBlock  = 32   // objects of a block
	bulkNamed  = 16   // longest text that is looked up among the names
	bulkKeyLen = 40   // longest key that is remembered
	planKeys   = 64   // most keys of a plan
)

// plan is how the table of a dict looks after its keys were set in order.
type plan struct {
	keys  []*Str
	slots []int // of each key
	size  int   // of the table
	magic uint64
	odd   bool
}

// NewBulk returns a Bulk that charges t's heap budget.
func NewBulk(t *Thread) *Bulk { return &Bulk{t: t} }

// Alloc asks for n bytes, as Thread.Alloc does. That counts what is alive by what
// the script can reach, which what is being made is not; so it is counted here.
func (b *Bulk) Alloc(n int) error {
	if b.used += int64(n); b.used > b.t.In.Profile.Heap {
		return MemoryErr(uint64(n))
	}
	return b.t.Alloc(n)
}

// Known returns the interned string of this text, or nil if there is none
// (qstr_find_strn).
func (in *Interp) Known(p []byte) *Str {
	if s := static(p); s != nil {
		return s
	}
	return in.names[string(p)]
}

// Str returns the str of the text p, which it copies.
func (b *Bulk) Str(p []byte) (Value, error) {
	if len(p) <= bulkNamed {
		if s := b.t.In.Known(p); s != nil {
			return s.Value(), nil
		}
	}
	s, err := b.str(p)
	if err != nil {
		return Null, err
	}
	return s.Value(), nil
}

func (b *Bulk) str(p []byte) (*Str, error) {
	if err := b.Alloc(len(p) + 32); err != nil {
		return nil, err
	}
	if len(b.strs) == 0 {
		b.strs = make([]Str, bulkBlock)
	}
	s := &b.strs[0]
	b.strs = b.strs[1:]
	s.typ = StrType
	if len(p) > bulkText/8 {
		s.s = string(p)
		return s, nil
	}
	if cap(b.text)-len(b.text) < len(p) {
		b.text = make([]byte, 0, bulkText)
	}
	at := len(b.text)
	b.text = append(b.text, p...)
	s.s = ownText(b.text[at:len(b.text):len(b.text)])
	return s, nil
}

// Key is Str for the keys of dicts, which come again and again.
func (b *Bulk) Key(p []byte) (Value, error) {
	if len(p) == 0 || len(p) > bulkKeyLen {
		return b.Str(p)
	}
	h := uint(len(p))
	for _, c := range p {
		h = h*31 + uint(c)
	}
	slot := &b.keys[h%bulkKeys]
	if s := *slot; s != nil && s.s == string(p) {
		return s.Value(), nil
	}
	s := b.t.In.Known(p)
	if s == nil {
		var err error
		if s, err = b.str(p); err != nil {
			return Null, err
		}
	}
	s.Hash()
	*slot = s
	return s.Value(), nil
}

// Dict returns a dict with the keys and values that pairs holds in turn, set in
// that order.
func (b *Bulk) Dict(pairs []Value) (*Dict, error) {
	n := len(pairs) / 2
	if len(b.dicts) == 0 {
		b.dicts = make([]Dict, bulkBlock)
	}
	d := &b.dicts[0]
	b.dicts = b.dicts[1:]
	d.typ = DictType
	if err := b.Alloc(80); err != nil || n == 0 {
		return d, err
	}
	h := uint(n)
	if n <= planKeys {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i].Type() != StrType {
				return d, b.fill(d, pairs)
			}
			h = h*31 + uint((*Str)(pairs[i].p).Hash())
		}
		if p := b.plans[h%bulkPlans]; p != nil && p.fits(pairs) {
			return d, p.apply(b, d, pairs)
		}
	}
	if err := b.fill(d, pairs); err != nil {
		return nil, err
	}
	if n <= planKeys && d.used == n {
		b.plans[h%bulkPlans] = newPlan(d, pairs)
	}
	return d, nil
}

func (b *Bulk) fill(d *Dict, pairs []Value) error {
	for i := 0; i < len(pairs); i += 2 {
		if err := d.Set(b.t, pairs[i], pairs[i+1]); err != nil {
			return err
		}
	}
	b.used += int64(32 * len(d.table))
	return nil
}

// newPlan notes how a dict came out that was filled with pairs.
func newPlan(d *Dict, pairs []Value) *plan {
	p := &plan{size: len(d.table), magic: d.magic, odd: d.odd}
	for i := 0; i < len(pairs); i += 2 {
		for at := range d.table {
			if d.table[at].key == pairs[i] {
				p.keys = append(p.keys, (*Str)(pairs[i].p))
				p.slots = append(p.slots, at)
				break
			}
		}
	}
	return p
}

// fits reports whether the keys of pairs are those of the plan.
func (p *plan) fits(pairs []Value) bool {
	if len(p.keys)*2 != len(pairs) {
		return false
	}
	for i, k := range p.keys {
		if pairs[2*i].p != k.Value().p {
			return false
		}
	}
	return true
}

func (p *plan) apply(b *Bulk, d *Dict, pairs []Value) error {
	if err := b.Alloc(32 * p.size); err != nil {
		return err
	}
	d.table = make([]Entry, p.size)
	for i, at := range p.slots {
		d.table[at] = Entry{pairs[2*i], pairs[2*i+1]}
	}
	d.magic, d.odd, d.used, d.ver = p.magic, p.odd, len(p.slots), uint32(len(p.slots))
	return nil
}

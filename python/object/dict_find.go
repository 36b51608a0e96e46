package object

// How a Dict finds the slot of a key (mp_map_lookup).

// hashKey returns the hash of a key (mp_map_lookup, mp_unary_op HASH).
func hashKey(t *Thread, k Value) (uint64, error) {
	switch k.Type() {
	case StrType:
		h, err := t.hash((*Str)(k.p))
		return t.In.cutHash(h), err
	case IntType:
		if k.IsInt() {
			return t.In.hashWord(k.Int()), nil
		}
	case BytesType:
		h, err := t.hashText((*Bytes)(k.p).s)
		return t.In.cutHash(h), err
	case TupleType:
		h, err := hashItems(t, (*Tuple)(k.p).Items)
		return t.In.hashWord(h), err
	}
	h, err := Hash(t, k)
	return t.In.hashWord(h), err
}

// keyEqual compares a key in the table with a key that is sought.
func keyEqual(t *Thread, have, want Value) (bool, error) {
	if have == want && have.Type() != FloatType {
		if have.Type().Flags&FlagEqNotReflexive == 0 {
			return true, nil
		}
	}
	ht, wt := have.Type(), want.Type()
	if ht == wt {
		switch ht {
		case StrType:
			a, b := (*Str)(have.p), (*Str)(want.p)
			return a.Hash() == b.Hash() && a.s == b.s, nil
		case IntType:
			if bothInt(have, want) {
				return have.n == want.n, nil
			}
		case TupleType:
			return seqEqual(t, &(*Tuple)(have.p).Items, &(*Tuple)(want.p).Items)
		}
	}
	return Equal(t, have, want)
}

// find returns the slot of key and whether it is there; for an absent key in a
// hash table, the slot where it would be put, or -1 if the table is full.
func (d *Dict) find(t *Thread, key Value) (int, bool, error) {
	if d.ordered {
		for i := 0; i < d.used; i++ {
			k := d.table[i].key
			if k == key && !k.IsFloat() {
				return i, true, nil
			}
			if eq, err := keyEqual(t, k, key); eq || err != nil {
				return i, eq, err
			}
		}
		return -1, false, nil
	}
	if len(d.table) == 0 {
		// Unhashable keys fail even in an empty dict only when they are added.
		return -1, false, nil
	}
	h, err := hashKey(t, key)
	if err != nil {
		return -1, false, err
	}
	start := fastMod(h, d.magic, len(d.table))
	var pos int
	var ok bool
	switch {
	case key.IsInt():
		pos, ok, err = d.findInt(t, key, start)
	case key.Type() == StrType:
		pos, ok, err = d.findStr(t, (*Str)(key.p), start)
	default:
		pos, ok, err = d.findAny(t, key, start)
	}
	if far := pos - start; err == nil && uint(far) > slotsItem {
		err = t.Work(max(far, 0) / slotsItem)
	}
	return pos, ok, err
}

// slotsItem is how many slots looked at count as one item of work. Hashes of 16
// bits make chains of many thousands in a dict with more entries than that.
const slotsItem = 32

func (d *Dict) findInt(t *Thread, key Value, start int) (int, bool, error) {
	table := d.table
	for pos := start; ; {
		k := table[pos].key
		if k == key {
			return pos, true, nil
		}
		if k.p == nil {
			return pos, false, nil
		}
		if !k.IsInt() {
			return d.findAny(t, key, start)
		}
		if pos++; pos == len(table) {
			pos = 0
		}
		if pos == start {
			return -1, false, nil
		}
	}
}

func (d *Dict) findStr(t *Thread, key *Str, start int) (int, bool, error) {
	table := d.table
	kv := key.Value()
	for pos := start; ; {
		k := table[pos].key
		if k == kv {
			return pos, true, nil
		}
		if k.p == nil {
			return pos, false, nil
		}
		if k.Type() != StrType {
			return d.findAny(t, kv, start)
		}
		if s := (*Str)(k.p); s.flags&key.flags&strInterned == 0 && s.Hash() == key.Hash() && s.s == key.s {
			return pos, true, nil
		}
		if pos++; pos == len(table) {
			pos = 0
		}
		if pos == start {
			return -1, false, nil
		}
	}
}

func (d *Dict) findAny(t *Thread, key Value, start int) (int, bool, error) {
	avail := -1
	for pos := start; ; {
		k := d.table[pos].key
		if k.p == nil {
			if avail < 0 {
				avail = pos
			}
			return avail, false, nil
		}
		if k == sentinel {
			if avail < 0 {
				avail = pos
			}
		} else {
			if k == key && !d.isSet && !k.IsFloat() {
				return pos, true, nil
			}
			n := len(d.table)
			eq, err := keyEqual(t, k, key)
			if eq || err != nil {
				return pos, eq, err
			}
			if len(d.table) != n { // an __eq__ changed the dict
				return -1, false, nil
			}
		}
		if pos++; pos == len(d.table) {
			pos = 0
		}
		if pos == start {
			return avail, false, nil
		}
	}
}

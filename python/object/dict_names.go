package object

// GetName returns the value under an interned name, or Null. It runs no script
// code and cannot fail.
func (d *Dict) GetName(in *Interp, name *Str) Value {
	if i := d.FindName(in, name); i >= 0 {
		return d.table[i].Val
	}
	return Null
}

// GetNameOr returns the value under an interned name, or other if there is
// none.
func (d *Dict) GetNameOr(in *Interp, name *Str, other Value) Value {
	if v := d.GetName(in, name); !v.IsNull() {
		return v
	}
	return other
}

// FindName returns the slot of an interned name, or -1.
func (d *Dict) FindName(in *Interp, name *Str) int {
	table, key := d.table, name.Value()
	if d.ordered {
		for i := 0; i < d.used; i++ {
			if table[i].key.isText(name) {
				return i
			}
		}
		return -1
	}
	if len(table) == 0 {
		return -1
	}
	start := fastMod(in.cutHash(name.Hash()), d.magic, len(table))
	for pos := start; ; {
		k := table[pos].key
		if k == key {
			return pos
		}
		if k.p == nil {
			return -1
		}
		if k.isText(name) {
			return pos
		}
		if pos++; pos == len(table) {
			pos = 0
		}
		if pos == start {
			return -1
		}
	}
}

// isText reports whether v is a str of the same text as the interned name.
func (v Value) isText(name *Str) bool {
	if v.p == nil || v.Type() != StrType {
		return false
	}
	s := (*Str)(v.p)
	return s == name || s.flags&name.flags&strInterned == 0 && s.Hash() == name.Hash() && s.s == name.s
}

// SetName stores val under an interned name. It does not ask the heap budget:
// names come from the program's text.
func (d *Dict) SetName(in *Interp, name *Str, val Value) {
	if i := d.FindName(in, name); i >= 0 {
		d.table[i].Val = val
		return
	}
	d.ver++
	if d.ordered {
		d.table = append(d.table[:d.used], Entry{name.Value(), val})
		d.used++
		return
	}
	for {
		n := len(d.table)
		if n > 0 {
			start := fastMod(in.cutHash(name.Hash()), d.magic, n)
			for i := range n {
				pos := start + i
				if pos >= n {
					pos -= n
				}
				if !d.table[pos].filled() {
					d.table[pos] = Entry{name.Value(), val}
					d.used++
					return
				}
			}
		}
		d.growNames(in)
	}
}

// growNames is rehash for tables whose keys were hashed before, so that the
// hash of a script's object cannot fail now.
func (d *Dict) growNames(in *Interp) {
	t := &Thread{In: in}
	if err := d.rehash(t); err != nil {
		// Only a key with a __hash__ that now fails, or an exhausted budget:
		// a plain larger table keeps the module usable.
		n := allocSize(len(d.table) + 1)
		d.table = append(d.table, make([]Entry, n-len(d.table))...)
		d.magic = fastMagic(n)
	}
}

// DelName removes an interned name and reports whether it was there.
func (d *Dict) DelName(in *Interp, name *Str) bool {
	i := d.FindName(in, name)
	if i < 0 {
		return false
	}
	d.remove(i)
	return true
}

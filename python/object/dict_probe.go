package object

// maxProbe limits the slots that Probe looks at.
const maxProbe = 8

// Probe returns the entry under an int or str key if a short look finds it; nil
// says nothing. It is the fast path of the VM and of Get.
func (d *Dict) Probe(in *Interp, key Value) *Entry {
	table := d.table
	if len(table) == 0 || d.ordered {
		return nil
	}
	if key.IsInt() {
		pos := fastMod(in.hashWord(key.Int()), d.magic, len(table))
		for range maxProbe {
			e := &table[pos]
			if e.key == key {
				return e
			}
			if e.key.p == nil {
				return nil
			}
			if pos++; pos == len(table) {
				pos = 0
			}
		}
		return nil
	}
	if key.Type() != StrType {
		return nil
	}
	s := (*Str)(key.p)
	if s.flags&strHashed == 0 && len(s.s) > piece {
		return nil // its hash takes long; see Thread.hash
	}
	pos := fastMod(in.cutHash(s.Hash()), d.magic, len(table))
	for range maxProbe {
		e := &table[pos]
		if e.key == key {
			return e
		}
		if e.key.p == nil {
			return nil
		}
		if k, ok := e.key.AsStr(); ok && k.flags&s.flags&strInterned == 0 && k.Hash() == s.Hash() && k.s == s.s {
			return e
		}
		if pos++; pos == len(table) {
			pos = 0
		}
	}
	return nil
}

package object

// FixedDict returns a dict that no script can change, with entries in the given
// order: keys and values in turn. It is what MicroPython's tables in read-only
// memory are, such as uerrno.errorcode (MP_DEFINE_CONST_DICT). The keys must be
// different ints or interned strings.
func FixedDict(entries ...Value) *Dict {
	d := &Dict{Header: Header{DictType}, ordered: true, Fixed: true}
	for i := 0; i+1 < len(entries); i += 2 {
		d.odd = d.odd || !isName(entries[i])
		d.table = append(d.table, Entry{entries[i], entries[i+1]})
	}
	d.used = len(d.table)
	return d
}

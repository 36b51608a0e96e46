package flash

// recordSuffix ends the name of every record.
const recordSuffix = ".json"

// System keeps the records of the device: small files that are in no partition,
// in the folder ".device" of the host. Each is as before or as after a write.
type System struct{ p *partition }

// System is where the device's own records are. Scripts cannot reach it.
func (f *Flash) System() System { return System{f.system} }

// ReadRecord is the record of a name, ENOENT if there is none. An empty file is
// none either: its first write was cut off.
func (s System) ReadRecord(name string) ([]byte, error) {
	n := s.p.root.children[name]
	if n == nil || n.dir || n.size == 0 {
		return nil, fail("read", systemDir+"/"+name, ENOENT)
	}
	data := make([]byte, n.size)
	_, err := s.p.read(n.list, n.size, 0, data)
	return data, fail("read", systemDir+"/"+name, err)
}

// WriteRecord makes data the record of a name, at once or not at all.
func (s System) WriteRecord(name string, data []byte) error {
	return fail("write", systemDir+"/"+name, s.write(name, data))
}

func (s System) write(name string, data []byte) error {
	n := s.p.root.children[name]
	if n == nil {
		var err error
		if n, err = s.p.create(s.p.root, name); err != nil {
			return err
		}
	}
	h := s.p.openNode(n, name, Write|Truncate)
	_, err := h.write(data)
	if cerr := h.Close(); err == nil {
		err = cerr
	}
	return err
}

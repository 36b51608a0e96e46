package flash

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"
	"time"

	"qpy/device/flash/chip"
	"qpy/device/flash/rootfs"
)

// overfull is how many times its size a partition's folder may hold: it must
// fit into memory.
const overfull = 4

// loadFolder makes a chip that holds what is in the folder of the host. What
// littlefs cannot hold (a link, a hard link too, a pipe, a name too long) the
// device does not see. It costs no wear: the device did not write.
func loadFolder(g Geometry, m *mirror, supply *chip.Supply, next int, now func() time.Time) (*partition, error) {
	p, err := newPartition(g, chip.New(&chip.Supply{}, g.BlockSize, g.Blocks), true, next, now)
	if err != nil {
		return nil, err
	}
	p.grows = true
	l := loader{p, m}
	if err := l.load(p.root); err != nil {
		return nil, err
	}
	p.grows = false
	p.chip = p.chip.Clone(supply)
	for block := range p.chip.Blocks() {
		p.chip.SetWear(block, chip.Wear{})
	}
	p.host = m
	return p, nil
}

type loader struct {
	p *partition
	m *mirror
}

func (l loader) load(d *node) error {
	infos, err := list(l.m.root, l.m.at(d.path()))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	sort.Slice(infos, func(i, j int) bool { return infos[i].Name() < infos[j].Name() })
	for _, info := range infos {
		name, modified := info.Name(), info.ModTime().UTC().Truncate(time.Second)
		if !visible(name) || l.m.folder == systemDir && !strings.HasSuffix(name, recordSuffix) {
			continue
		}
		switch {
		case info.IsDir():
			if err := l.p.mkdir(d, name); err != nil {
				return l.tooMuch(err)
			}
			n := d.children[name]
			n.modified = modified
			if err := l.load(n); err != nil {
				return err
			}
		case info.Mode().IsRegular() && !rootfs.ManyNames(info):
			if err := l.file(d, name, info.Size(), modified); err != nil {
				return l.tooMuch(err)
			}
		}
	}
	return nil
}

func (l loader) file(d *node, name string, size int64, modified time.Time) error {
	p := l.p
	if fileBlocks(size, p.BlockSize) > overfull*p.Blocks-p.used {
		return ENOSPC
	}
	n, err := p.create(d, name)
	if err != nil {
		return err
	}
	n.modified = modified
	src, err := l.m.root.Open(l.m.at(n.path()))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer src.Close()
	f := p.openNode(n, name, Write)
	data := make([]byte, 64<<10)
	for left := size; left > 0; {
		m, err := src.Read(data[:min(left, int64(len(data)))])
		if m == 0 && err != nil {
			break // it has become shorter
		}
		if _, err := f.write(data[:m]); err != nil {
			return err
		}
		left -= int64(m)
	}
	f.modified = modified
	if err := f.commit(); err != nil {
		return err
	}
	return f.Close()
}

func (l loader) tooMuch(err error) error {
	if errors.Is(err, ENOSPC) {
		return fmt.Errorf("folder %s holds far more than the partition of %d bytes: remove files", path.Clean(l.m.folder), l.p.BlockSize*l.p.Blocks)
	}
	return err
}

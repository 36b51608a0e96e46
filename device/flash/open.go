package flash

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/afero"

	"qpy/device/flash/chip"
	"qpy/device/flash/rootfs"
)

// systemDir is the folder of what is in no partition.
const systemDir = ".device"

// systemGeometry is the hidden partition of the records.
var systemGeometry = Geometry{Name: systemDir, BlockSize: 4096, Blocks: 32}

// Open makes a flash in memory, or opens the one in a host folder with what is
// there: its space counts.
func Open(o Options) (*Flash, error) {
	if o.Partitions == nil {
		o.Partitions = DefaultPartitions()
	}
	if o.Now == nil {
		o.Now = func() time.Time { return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) }
	}
	if err := check(o.Partitions); err != nil {
		return nil, err
	}
	if o.Dir != "" && o.Memory != nil {
		return nil, fmt.Errorf("flash folder %s: a flash is in a folder or in memory, not both", o.Dir)
	}
	f := &Flash{regions: map[string]*Region{}, wait: o.Wait}
	err := f.build(o)
	if err == nil {
		return f, nil
	}
	if o.Dir != "" {
		err = folderError(o.Dir, err)
	}
	return nil, errors.Join(err, f.Close())
}

func (f *Flash) build(o Options) (err error) {
	f.memory = o.Memory
	if f.memory == nil {
		f.memory = NewMemory()
	}
	supply := f.memory.supply
	supply.Timing, supply.Endurance, supply.OnCut = o.Timing, o.Endurance, o.OnCut
	supply.AfterOp(0, nil)
	b := builder{f: f, now: o.Now}
	if o.Dir != "" {
		if b.root, err = openFolder(o.Dir, o.ReadOnly); err != nil {
			return err
		}
		f.closers = append(f.closers, b.root.Close)
		if !o.ReadOnly {
			if o.Lock == nil {
				own, err := lock(b.root)
				if err != nil {
					return err
				}
				f.closers = append(f.closers, own.Release)
			}
			if err = b.prepare(o); err != nil {
				return err
			}
		}
		b.readOnly = o.ReadOnly
		b.wear = loadWear(b.root)
	}
	if f.system, err = b.partition(systemGeometry); err != nil {
		return err
	}
	for _, g := range o.Partitions {
		p, err := b.partition(g)
		if err != nil {
			return err
		}
		p.collect = f.Collect
		f.partitions = append(f.partitions, p)
		f.mounts = append(f.mounts, mount{g.Name, p})
	}
	for _, g := range o.Regions {
		c := b.region(g)
		f.regions[g.Name] = &Region{c}
		f.regionNames = append(f.regionNames, g.Name)
		f.closers = append([]func() error{c.Close}, f.closers...)
	}
	b.wear.apply(f.memory.chips)
	for _, w := range o.Worn {
		if err = f.memory.wearOut(w); err != nil {
			return err
		}
	}
	if b.root != nil && !o.ReadOnly {
		f.saveWear = func() error { return saveWear(b.root, f) }
	}
	supply.Busy() // making the file systems takes no time
	return nil
}

// builder makes the parts of a flash.
type builder struct {
	f        *Flash
	root     *rootfs.Fs // nil in memory
	readOnly bool
	wear     wearFile
	now      func() time.Time
}

// prepare looks after the folders.
func (b *builder) prepare(o Options) error {
	names := []string{systemDir}
	for _, g := range o.Partitions {
		names = append(names, g.Name)
	}
	for _, name := range names {
		sub, err := b.root.Sub(name)
		if err != nil {
			return err
		}
		err = tryWriting(sub, filepath.Join(o.Dir, name))
		if err = errors.Join(err, sub.Close()); err != nil {
			return err
		}
	}
	return sweep(b.root)
}

func (b *builder) partition(g Geometry) (*partition, error) {
	m := b.f.memory
	next := b.wear[g.Name].Next
	if b.root != nil {
		p, err := loadFolder(g, &mirror{root: b.root, folder: g.Name, sync: g.Name == systemDir}, m.supply, next, b.now)
		if err != nil {
			return nil, err
		}
		if b.readOnly {
			p.host = nil
		}
		m.chips[g.Name] = p.chip
		return p, nil
	}
	c, fresh := m.chip(g)
	return newPartition(g, c, fresh, next, b.now)
}

// imageSuffix ends the name of the file of a region.
const imageSuffix = ".img"

func (b *builder) region(g Geometry) *chip.Chip {
	m := b.f.memory
	if b.root == nil {
		c, _ := m.chip(g)
		return c
	}
	name := filepath.Join(systemDir, g.Name+imageSuffix)
	c := chip.Open(m.supply, g.BlockSize, g.Blocks, func(create bool) (afero.File, error) {
		flags := os.O_RDWR
		if b.readOnly {
			flags = os.O_RDONLY
		} else if create {
			flags |= os.O_CREATE
		}
		file, err := b.root.OpenFile(name, flags, 0o666)
		if !create && errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		return file, err
	})
	m.chips[g.Name] = c
	return c
}

// openFolder opens a host folder, making it if it is missing and may be made.
func openFolder(dir string, readOnly bool) (*rootfs.Fs, error) {
	switch info, err := os.Stat(dir); {
	case errors.Is(err, fs.ErrNotExist) && !readOnly:
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return nil, err
		}
	case err != nil:
		return nil, err
	case !info.IsDir():
		return nil, errors.New("it is not a folder")
	}
	return rootfs.Open(dir)
}

// tryWriting finds out at the start what would otherwise be an EACCES in the
// middle of a script.
func tryWriting(store afero.Fs, name string) error {
	for i := range 100 {
		probe := fmt.Sprintf(".write-test-%d", i)
		file, err := store.OpenFile(probe, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("%s cannot be written: %w", name, err)
		}
		return errors.Join(file.Close(), store.Remove(probe))
	}
	return fmt.Errorf("%s is full of files named .write-test-…: remove them", name)
}

// check refuses partitions that no littlefs could be on.
func check(parts []Geometry) error {
	seen := map[string]bool{}
	for _, g := range parts {
		switch {
		case g.Name == "" || strings.HasPrefix(g.Name, ".") || strings.ContainsAny(g.Name, "/\\") || checkName(g.Name) != nil:
			return fmt.Errorf("flash partition %q: a name is a plain word, without slashes and not beginning with a dot", g.Name)
		case seen[g.Name]:
			return fmt.Errorf("flash partition %q is there twice", g.Name)
		case g.BlockSize < minBlockSize || g.Blocks < minBlocks || g.Blocks > min(maxFile/g.BlockSize, maxBlocks):
			return fmt.Errorf("flash partition %q: %d blocks of %d bytes; give %d to %d blocks of at least %d bytes, less than 2 GB in all",
				g.Name, g.Blocks, g.BlockSize, minBlocks, maxBlocks, minBlockSize)
		}
		seen[g.Name] = true
	}
	return nil
}

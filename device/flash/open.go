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

	"qpy/device/flash/rootfs"
)

// systemDir is the folder of what is in no partition.
const systemDir = ".device"

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
	f := &Flash{}
	if err := f.build(o); err != nil {
		err = fmt.Errorf("flash folder %s: %w; name a folder that can be written, or none to keep the flash in memory", o.Dir, err)
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func (f *Flash) build(o Options) (err error) {
	sub := func(string) (afero.Fs, error) {
		// Alone, a MemMapFs takes "a" and "/a" for two files.
		return afero.NewBasePathFs(afero.NewMemMapFs(), "/"), nil
	}
	if o.Dir != "" {
		if sub, err = f.openFolder(o.Dir); err != nil {
			return err
		}
	}
	if f.system, err = sub(systemDir); err != nil {
		return err
	}
	for _, g := range o.Partitions {
		store, err := sub(g.Name)
		if err != nil {
			return err
		}
		p, err := newPartition(g, store, o.Now)
		if err != nil {
			return err
		}
		f.partitions = append(f.partitions, p)
		f.mounts = append(f.mounts, mount{g.Name, p})
	}
	return nil
}

// openFolder opens a host folder and gives the function that opens its parts.
func (f *Flash) openFolder(dir string) (func(name string) (afero.Fs, error), error) {
	switch info, err := os.Stat(dir); {
	case errors.Is(err, fs.ErrNotExist):
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return nil, err
		}
	case err != nil:
		return nil, err
	case !info.IsDir():
		return nil, errors.New("it is not a folder")
	}
	root, err := rootfs.Open(dir)
	if err != nil {
		return nil, err
	}
	f.closers = append(f.closers, root.Close)
	return func(name string) (afero.Fs, error) {
		part, err := root.Sub(name)
		if err != nil {
			return nil, err
		}
		f.closers = append(f.closers, part.Close)
		return part, tryWriting(part, filepath.Join(dir, name))
	}, nil
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
		case g.BlockSize < minBlockSize || g.Blocks < minBlocks || g.Blocks > maxFile/g.BlockSize:
			return fmt.Errorf("flash partition %q: %d blocks of %d bytes; give at least %d blocks of at least %d bytes, and less than 2 GB in all",
				g.Name, g.Blocks, g.BlockSize, minBlocks, minBlockSize)
		}
		seen[g.Name] = true
	}
	return nil
}

package flash

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"

	"github.com/spf13/afero"

	"qpy/device/flash/rootfs"
)

// mirror is the host folder of a partition, as plain files. It follows the chip
// commit by commit, each step whole or not at all, so that the end of qpy at any
// moment leaves every file as before or as after its last sync. The methods do
// nothing on a nil mirror.
type mirror struct {
	root   *rootfs.Fs // the folder of the whole flash
	folder string     // of the partition in it
	sync   bool       // what it holds must outlive the host's own power cut too
}

// tempPrefix begins the names of files that are being written, in systemDir.
const tempPrefix = "tmp-"

func (m *mirror) at(name string) string { return path.Join(m.folder, name) }

// vacant is EEXIST when the host has something of that name.
func (m *mirror) vacant(name string) error {
	if _, _, err := m.root.LstatIfPossible(m.at(name)); err == nil {
		return EEXIST
	}
	return nil
}

func (m *mirror) create(name string, at time.Time) error {
	if m == nil {
		return nil
	}
	f, err := m.root.OpenFile(m.at(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), m.root.Chtimes(m.at(name), at, at))
}

func (m *mirror) mkdir(name string) error {
	if m == nil {
		return nil
	}
	return m.root.Mkdir(m.at(name), 0o777)
}

func (m *mirror) remove(name string) error {
	if m == nil {
		return nil
	}
	if err := m.root.Remove(m.at(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func (m *mirror) rename(from, to string) error {
	if m == nil {
		return nil
	}
	err := m.root.Rename(m.at(from), m.at(to))
	if errors.Is(err, fs.ErrExist) { // a host that does not replace an empty folder
		if err = m.root.Remove(m.at(to)); err == nil {
			err = m.root.Rename(m.at(from), m.at(to))
		}
	}
	return err
}

// write gives a file new content: first under another name, which then takes
// its place.
func (m *mirror) write(name string, content io.Reader, at time.Time) error {
	if m == nil {
		return nil
	}
	f, temp, err := m.temp()
	if err != nil {
		return err
	}
	_, err = io.Copy(f, content)
	if m.sync && err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = m.root.Chtimes(temp, at, at)
	}
	if err == nil {
		err = m.root.Rename(temp, m.at(name))
	}
	if err != nil {
		return errors.Join(err, m.root.Remove(temp))
	}
	return nil
}

func (m *mirror) temp() (afero.File, string, error) {
	for i := 0; ; i++ {
		name := path.Join(systemDir, fmt.Sprintf("%s%d", tempPrefix, i))
		f, err := m.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) {
			return f, name, err
		}
	}
}

// sweep removes what a qpy that was killed has left half written.
func sweep(root *rootfs.Fs) error {
	infos, err := list(root, systemDir)
	for _, info := range infos {
		if err == nil && strings.HasPrefix(info.Name(), tempPrefix) && info.Mode().IsRegular() {
			err = root.Remove(path.Join(systemDir, info.Name()))
		}
	}
	return err
}

func list(root *rootfs.Fs, folder string) ([]fs.FileInfo, error) {
	f, err := root.Open(folder)
	if err != nil {
		return nil, err
	}
	infos, err := f.Readdir(-1)
	return infos, errors.Join(err, f.Close())
}

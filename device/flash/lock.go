package flash

import (
	"errors"
	"fmt"
	"os"
	"path"

	"qpy/device/flash/rootfs"
)

// lockName is the file of a flash folder that its user has locked. The lock is
// the operating system's: it ends with its process, however that ends.
const lockName = "lock"

// ErrInUse says that somebody else uses a flash folder.
var ErrInUse = errors.New("another qpy is using it; wait for its end, or name another folder")

// Lock is the right to use a flash folder, which one at a time has: a second
// user would not see what the first one writes.
type Lock struct{ file *os.File }

// LockFolder takes a flash folder, which is made if it is missing, for longer
// than one [Flash] is open; see Options.Lock. The error is [ErrInUse] when it is
// taken already, by this process or another.
func LockFolder(dir string) (*Lock, error) {
	root, err := openFolder(dir, false)
	if err != nil {
		return nil, folderError(dir, err)
	}
	defer root.Close()
	l, err := lock(root)
	if err != nil {
		return nil, folderError(dir, err)
	}
	return l, nil
}

// Release gives the folder back. A nil lock has none.
func (l *Lock) Release() error {
	if l == nil || l.file == nil {
		return nil
	}
	err := l.file.Close()
	l.file = nil
	return err
}

func lock(root *rootfs.Fs) (*Lock, error) {
	system, err := root.Sub(systemDir)
	if err != nil {
		return nil, err
	}
	defer system.Close()
	// What somebody has planted there must not be followed, nor waited for.
	if info, _, err := system.LstatIfPossible(lockName); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a plain file", path.Join(systemDir, lockName))
	}
	opened, err := system.OpenFile(lockName, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	file := opened.(*os.File)
	if err := lockFile(file); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return &Lock{file}, nil
}

// folderError names a flash folder that cannot be used, and the way out.
func folderError(dir string, err error) error {
	if errors.Is(err, ErrInUse) {
		return fmt.Errorf("flash folder %s: %w", dir, err)
	}
	return fmt.Errorf("flash folder %s: %w; name a folder that can be written, or none to keep the flash in memory", dir, err)
}

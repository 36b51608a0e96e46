package flash

import "weak"

// OpenFile opens a file. Without Create a missing one is ENOENT; a directory is
// EISDIR; with Exclusive an existing file is EEXIST.
func (f *Flash) OpenFile(path string, mode Mode) (*File, error) {
	defer f.Settle()
	file, err := f.open(path, mode)
	if err != nil {
		return nil, fail("open", path, err)
	}
	return file, nil
}

func (f *Flash) open(path string, mode Mode) (*File, error) {
	f.collectMany()
	w, err := f.inside(path)
	if err != nil {
		return nil, err
	}
	if mode&(Read|Write) == 0 || mode&(Create|Truncate|Append) != 0 && mode&Write == 0 {
		return nil, EINVAL
	}
	n, parent, err := w.p.root.find(w.names)
	switch {
	case err == ENOENT && parent != nil && mode&Create != 0:
		if n, err = w.p.create(parent, w.names[len(w.names)-1]); err != nil {
			return nil, err
		}
	case err != nil:
		return nil, err
	case n.dir:
		return nil, EISDIR
	case mode&Exclusive != 0:
		return nil, EEXIST
	}
	h := w.p.openNode(n, Join("/", path), mode)
	file := &File{h}
	h.f, h.owner = f, weak.Make(file)
	f.handles.add(h)
	return file, nil
}

// ReadFile is the content of a file.
func (f *Flash) ReadFile(path string) ([]byte, error) {
	file, err := f.OpenFile(path, Read)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data := make([]byte, file.Size())
	for n := 0; n < len(data); {
		m, err := file.Read(data[n:])
		if err != nil {
			return nil, err
		}
		n += m
	}
	return data, nil
}

// WriteFile gives a file this content, making it if it is missing. After ENOSPC
// it holds what fitted.
func (f *Flash) WriteFile(path string, data []byte) error {
	file, err := f.OpenFile(path, Write|Create|Truncate)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if cerr := file.Close(); err == nil {
		err = cerr
	}
	return err
}

// Stat tells about a file or directory.
func (f *Flash) Stat(path string) (Info, error) {
	w, err := f.resolve(path)
	if err != nil {
		return Info{}, fail("stat", path, err)
	}
	if w.p == nil {
		return Info{Name: "/", Dir: true}, nil
	}
	n, _, err := w.p.root.find(w.names)
	if err != nil {
		return Info{}, fail("stat", path, err)
	}
	info := n.info()
	if len(w.names) == 0 {
		info.Name = Join("/", path)[1:]
	}
	return info, nil
}

// ReadDir lists a directory in the order in which littlefs keeps it: that of
// making. The root lists the mount points.
func (f *Flash) ReadDir(path string) ([]Info, error) {
	w, err := f.resolve(path)
	if err != nil {
		return nil, fail("readdir", path, err)
	}
	infos := []Info{}
	if w.p == nil {
		for _, m := range f.mounts {
			infos = append(infos, Info{Name: m.name, Dir: true, ModTime: m.p.root.modified})
		}
		return infos, nil
	}
	n, _, err := w.p.root.find(w.names)
	if err == nil && !n.dir {
		err = ENOTDIR
	}
	if err != nil {
		return nil, fail("readdir", path, err)
	}
	for _, child := range n.all() {
		infos = append(infos, child.info())
	}
	return infos, nil
}

// Mkdir makes a directory. What is there already is EEXIST, "/" and the mount
// points included.
func (f *Flash) Mkdir(path string) error {
	defer f.Settle()
	return fail("mkdir", path, f.mkdir(path))
}

func (f *Flash) mkdir(path string) error {
	w, err := f.resolve(path)
	if err != nil {
		return err
	}
	if len(w.names) == 0 {
		return EEXIST
	}
	n, parent, err := w.p.root.find(w.names)
	switch {
	case n != nil:
		return EEXIST
	case parent == nil:
		return err
	}
	return w.p.mkdir(parent, w.names[len(w.names)-1])
}

// Remove removes a file, or a directory if it is empty: littlefs has one
// operation for both (extmod/vfs_lfsx.c). A mount point is EPERM.
func (f *Flash) Remove(path string) error {
	defer f.Settle()
	return fail("remove", path, f.remove(path))
}

// Rmdir is [Flash.Remove] under the name that an error shows.
func (f *Flash) Rmdir(path string) error {
	defer f.Settle()
	return fail("rmdir", path, f.remove(path))
}

func (f *Flash) remove(path string) error {
	w, err := f.inside(path)
	if err != nil {
		return err
	}
	n, _, err := w.p.root.find(w.names)
	if err != nil {
		return err
	}
	if n.parent == nil {
		return EPERM
	}
	return w.p.remove(n)
}

// Rename moves a file or directory below its mount point (to another one is
// EPERM). A file replaces a file of the new name, a directory an empty
// directory; another kind is EISDIR.
func (f *Flash) Rename(old, new string) error {
	defer f.Settle()
	return fail("rename", old, f.rename(old, new))
}

func (f *Flash) rename(old, new string) error {
	from, err := f.resolve(old)
	to, terr := f.resolve(new)
	switch {
	case err != nil && (err != ENODEV || terr == ENODEV):
		return err
	case terr != nil && terr != ENODEV:
		return terr
	case from.point != to.point || len(from.names) == 0 || len(to.names) == 0:
		return EPERM
	}
	n, _, err := from.p.root.find(from.names)
	if err != nil {
		return err
	}
	target, parent, err := from.p.root.find(to.names)
	if parent == nil {
		return err
	}
	return from.p.rename(n, parent, target, to.names[len(to.names)-1])
}

// StatVFS is the space of the partition that path is in, whether path is there
// or not.
func (f *Flash) StatVFS(path string) (StatVFS, error) {
	w, err := f.resolve(path)
	if err != nil {
		return StatVFS{}, fail("statvfs", path, err)
	}
	if w.p == nil {
		return StatVFS{NameMax: pathMax}, nil
	}
	return StatVFS{
		BlockSize: w.p.BlockSize, FragSize: w.p.BlockSize, Blocks: w.p.Blocks,
		Free: w.p.free(), Avail: w.p.free(), NameMax: NameMax,
	}, nil
}

// Mount is a mounted partition.
type Mount struct {
	Point     string // "/usr"
	Partition string // "usr"
}

// Mounts lists what is mounted, in order.
func (f *Flash) Mounts() []Mount {
	list := []Mount{}
	for _, m := range f.mounts {
		list = append(list, Mount{"/" + m.name, m.p.Name})
	}
	return list
}

// Mount mounts a partition at point, a single name below "/". An unknown
// partition is ENODEV, a point in use EPERM (as uos.mount), any other point
// EINVAL. A partition can be mounted at several points, as the firmware's own
// services do (bak_util.py).
func (f *Flash) Mount(partition, point string) error {
	return fail("mount", point, f.mount(partition, point))
}

func (f *Flash) mount(partition, point string) error {
	list, err := names(point)
	if err != nil {
		return err
	}
	if len(list) != 1 {
		return EINVAL
	}
	for _, m := range f.mounts {
		if m.name == list[0] {
			return EPERM
		}
	}
	for _, p := range f.partitions {
		if p.Name == partition {
			f.mounts = append(f.mounts, mount{list[0], p})
			return nil
		}
	}
	return ENODEV
}

// Umount takes away what is mounted at point; nothing there is EINVAL (as
// uos.umount). Open files stay open.
func (f *Flash) Umount(point string) error {
	for i, m := range f.mounts {
		if Join("/", point) == "/"+m.name {
			f.mounts = append(f.mounts[:i:i], f.mounts[i+1:]...)
			return nil
		}
	}
	return fail("umount", point, EINVAL)
}

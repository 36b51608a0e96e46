package flash

import (
	"errors"
	"runtime"
	"slices"
)

// handles are the files that are open, in the order of opening.
type handles struct {
	open    []*handle
	opened  int // so far
	collect int // at how many open files the forgotten ones are looked for
}

// collectAt is how many files may be open before forgotten ones are closed.
const collectAt = 256

func (l *handles) add(h *handle) {
	l.opened++
	h.opened = l.opened
	l.open = append(l.open, h)
}

// closeAll closes the files of which chosen is true.
func (l *handles) closeAll(chosen func(*handle) bool) error {
	var err error
	l.open = slices.DeleteFunc(l.open, func(h *handle) bool { return h.closed })
	for _, h := range slices.Clone(l.open) {
		if chosen(h) {
			err = errors.Join(err, h.Close())
		}
	}
	l.open = slices.DeleteFunc(l.open, func(h *handle) bool { return h.closed })
	return err
}

// drop takes the names away from all open files: nothing of them reaches the
// flash any more.
func (l *handles) drop() {
	for _, h := range l.open {
		if h.node != nil {
			detach(h.node)
		}
	}
}

// Collect closes the files that nobody can reach any more, in the order in which
// they were opened: what the firmware's garbage collector does when it finds an
// open file (its finaliser closes it, extmod/vfs_lfsx_file.c). It happens by
// itself when a partition is full and when many files are open, and never at
// moments that chance decides.
func (f *Flash) Collect() {
	if f.Off() || len(f.handles.open) == 0 {
		return
	}
	runtime.GC()
	// As the finaliser has nobody to tell, an error here is nobody's.
	_ = f.handles.closeAll(func(h *handle) bool { return h.owner.Value() == nil && !h.working })
}

// collectMany is Collect when very many files are open.
func (f *Flash) collectMany() {
	f.handles.collect = max(f.handles.collect, collectAt)
	if len(f.handles.open) < f.handles.collect {
		return
	}
	f.handles.open = slices.DeleteFunc(f.handles.open, func(h *handle) bool { return h.closed })
	if len(f.handles.open) >= f.handles.collect {
		f.Collect()
	}
	f.handles.collect = max(collectAt, 2*len(f.handles.open))
}

package flash

import (
	"io"
	"path"
	"strings"
	"time"
)

// node is a file or a directory of a partition. The tree of nodes is the truth
// about names, sizes, times and space; the store below holds the bytes.
type node struct {
	name     string
	parent   *node // nil for the root of a partition and for an orphan
	modified time.Time

	dir      bool
	children map[string]*node
	pairs    []*pair

	size   int64
	blocks int     // that its content takes
	open   []*File // handles
	orphan *memory // content of a file without a name; see partition.orphan
}

func newDir(name string, at time.Time) *node {
	return &node{name: name, dir: true, modified: at, children: map[string]*node{}, pairs: []*pair{{}}}
}

func newFile(name string, at time.Time) *node { return &node{name: name, modified: at} }

// path is the node's path in the store.
func (n *node) path() string {
	if n.parent == nil {
		return "/"
	}
	return path.Join(n.parent.path(), n.name)
}

// find walks from the directory d. parent is the directory that holds, or would
// hold, the last name; it is nil when the way there is missing.
func (d *node) find(names []string) (n, parent *node, err error) {
	n = d
	for i, name := range names {
		if !n.dir {
			return nil, nil, ENOTDIR
		}
		parent = n
		if n = parent.children[name]; n == nil {
			if i < len(names)-1 {
				parent = nil
			}
			return nil, parent, ENOENT
		}
	}
	return n, parent, nil
}

// list is the directory's entries, in the order in which littlefs keeps them.
func (d *node) list() []*node {
	var all []*node
	for _, p := range d.pairs {
		all = append(all, p.entries...)
	}
	return all
}

// within tells whether n is d or below it.
func (n *node) within(d *node) bool {
	for ; n != nil; n = n.parent {
		if n == d {
			return true
		}
	}
	return false
}

func (n *node) info() Info {
	return Info{Name: n.name, Dir: n.dir, Size: n.size, ModTime: n.modified}
}

// content is where a handle reads and writes.
type content interface {
	io.ReaderAt
	io.WriterAt
	io.Closer
}

// memory is the content of an orphan.
type memory struct{ data []byte }

func (m *memory) ReadAt(p []byte, off int64) (int, error) {
	if off >= int64(len(m.data)) {
		return 0, io.EOF
	}
	return copy(p, m.data[off:]), nil
}

func (m *memory) WriteAt(p []byte, off int64) (int, error) {
	if grow := off + int64(len(p)) - int64(len(m.data)); grow > 0 {
		m.data = append(m.data, make([]byte, grow)...)
	}
	return copy(m.data[off:], p), nil
}

func (m *memory) Close() error { return nil }

// visible tells whether a name that the host has could be the device's.
func visible(name string) bool {
	return checkName(name) == nil && !strings.Contains(name, "/")
}

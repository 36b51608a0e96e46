package flash

import (
	"path"
	"slices"
	"strings"
	"time"
)

// node is a file or a directory of a partition, as the chip has it: what was
// committed last. What an open file has written since is in its handle.
type node struct {
	entry
	parent   *node // nil for the root of a partition
	children map[string]*node
	pairs    []*pair
	list     []uint16  // the blocks of a file's content, in order
	open     []*handle // of files
}

// entry is what a directory keeps of a node.
type entry struct {
	name     string
	dir      bool
	size     int64
	modified time.Time // UTC, whole seconds
	serial   uint16    // tells one empty file from another; see partition.rename
}

func newDir(name string, at time.Time) *node {
	return &node{entry: entry{name: name, dir: true, modified: at}, children: map[string]*node{}}
}

func newFile(name string, at time.Time) *node { return &node{entry: entry{name: name, modified: at}} }

// path is the node's path in its partition.
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

// all is the directory's entries, in the order in which littlefs keeps them.
func (d *node) all() []*node {
	var all []*node
	for _, p := range d.pairs {
		all = append(all, p.entries...)
	}
	return all
}

// holder is the pair of the directory that holds the entry n.
func (d *node) holder(n *node) *pair {
	for _, p := range d.pairs {
		if slices.Contains(p.entries, n) {
			return p
		}
	}
	return nil
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

// visible tells whether a name that the host has could be the device's.
func visible(name string) bool {
	return checkName(name) == nil && !strings.Contains(name, "/")
}

package uos

import (
	"github.com/go-python/gpython/py"

	"qpy/modules/board"
	"qpy/python"
)

var unameFields = []string{"sysname", "nodename", "release", "version", "machine", "qpyver"}

// identity gives the six facts in the order of unameFields. The last one is
// the version of the firmware that runs now: an upgrade changes it.
func identity(b *board.Board) []string {
	id := b.Dev.Model.Identity
	return []string{id.Sysname, id.Nodename, id.Release, id.Version, id.Machine, b.Dev.Firmware().Version()}
}

// uname gives a tuple of strings of the form `sysname=EC600S-CNLB`.
func uname(b *board.Board, _ []py.Object) (py.Object, error) {
	out := py.Tuple{}
	for i, text := range identity(b) {
		out = append(out, py.String(unameFields[i]+"="+text))
	}
	return out, nil
}

// uname2 gives the same facts as attributes.
func uname2(b *board.Board, _ []py.Object) (py.Object, error) {
	items := py.Tuple{}
	for _, text := range identity(b) {
		items = append(items, py.String(text))
	}
	return python.NewAttrTuple("", unameFields, items), nil
}

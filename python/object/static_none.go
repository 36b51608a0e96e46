//go:build qpysafe

package object

// Where bounds are checked, static strings are made at the start: so a test can
// tell what belongs into static_names.go.
const (
	staticNames = false
	longestName = 0
)

var (
	nameIndex []uint16
	nameTable []Str
)

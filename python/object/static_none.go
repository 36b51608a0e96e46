//go:build qpysafe

package object

// Where bounds are checked, static strings are made at the start: so a test can
// tell what belongs into static_names.go.
const (
	staticNames = false
	longestName = 0
)

var (
	nameIndex [0]uint16
	nameTable [0]Str
)

// oneChar are the strings of one ASCII character.
var oneChar = func() (t [128]*Str) {
	for i := range t {
		t[i] = Intern(string(rune(i)))
	}
	return
}()

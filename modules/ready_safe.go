//go:build qpysafe

package modules

// Where static strings are made at the start, everything that has some is.
func init() {
	for _, m := range All {
		m.Ready()
	}
}

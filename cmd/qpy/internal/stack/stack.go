// Package stack gives the main goroutine the stack that a run needs before anything
// is on it. Go begins with little and moves what lies on the stack each time it
// doubles it, for which it looks up every function there in its tables: at a start,
// pages of them that nothing has read before. Because the package imports nothing, Go
// runs its init function before those of most others. It changes no more than that.
package stack

// enough is what the init functions of the libraries and a short script need together.
const enough = 20 << 10

func init() { grow(false) }

// grow has a frame of that size, which is all that is needed: nothing is written there.
//
//go:noinline
func grow(use bool) {
	if use {
		var room [enough]byte
		keep(&room)
	}
}

//go:noinline
func keep(*[enough]byte) {}

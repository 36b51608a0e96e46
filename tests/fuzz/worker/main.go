// Command worker runs programs for package fuzz in a process of its own, which
// may be another build of the engine.
package main

import (
	"fmt"
	"os"

	"qpy/tests/fuzz"
)

func main() {
	if err := fuzz.Serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Package queue is the module `queue`, which the firmware has in Python: a queue
// of items between threads (queue.py of the firmware's source). It keeps to
// what that does with its locks, item by item: who waits in get, and that a
// second reader woken for the same item fails on an empty list.
package queue

import (
	_ "embed"

	"qpy/python"
)

//go:embed queue.py
var source string

// Module is the module `queue`.
var Module = python.Module{Files: []python.Frozen{{File: "queue.py", Source: &source}}}

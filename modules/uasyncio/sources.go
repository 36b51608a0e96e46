package uasyncio

import _ "embed"

// The files of the package, as the firmware has them frozen in.
var (
	//go:embed uasyncio/__init__.py
	sourceInit string
	//go:embed uasyncio/core.py
	sourceCore string
	//go:embed uasyncio/event.py
	sourceEvent string
	//go:embed uasyncio/funcs.py
	sourceFuncs string
	//go:embed uasyncio/lock.py
	sourceLock string
	//go:embed uasyncio/stream.py
	sourceStream string
)

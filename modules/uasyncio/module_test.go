package uasyncio_test

import (
	"testing"

	"qpy/modules/internal/script"
)

func TestAgainstMicroPython(t *testing.T) {
	script.Golden(t, "uasyncio")
	script.Golden(t, "uasyncio_stream")
	script.Golden(t, "uasyncio_wrong")
}

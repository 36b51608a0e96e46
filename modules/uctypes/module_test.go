package uctypes_test

import (
	"testing"

	"qpy/modules/internal/script"
)

func TestAgainstMicroPython(t *testing.T) { script.Golden(t, "uctypes") }

//go:build race

package device_test

// underRace is true when the race detector makes everything ten times slower.
const underRace = true

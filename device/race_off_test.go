//go:build !race

package device_test

const underRace = false

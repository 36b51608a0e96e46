package main

import (
	"math"
	"slices"
)

// measure is a kind of time.
type measure string

const (
	wall  measure = "wall"  // from start to end of the process
	user  measure = "user"  // CPU time of the process outside the kernel, all its threads
	cpu   measure = "cpu"   // user and kernel CPU time
	timed measure = "timed" // the timed part of a perf_bench program, by the host's clock
)

func (m measure) known() bool { return m == wall || m == user || m == cpu || m == timed }

// of gives a sample's seconds of that kind.
func (m measure) of(s sample) float64 {
	switch m {
	case user:
		return s.User
	case cpu:
		return s.User + s.Sys
	case timed:
		return s.Timed
	}
	return s.Wall
}

// title says in the head of a table what was measured.
func (m measure) title() string {
	switch m {
	case user:
		return "user CPU time of the process (all threads), seconds, medians"
	case cpu:
		return "user and system CPU time of the process, seconds, medians"
	case timed:
		return "time of the benchmark's timed part, seconds, medians"
	}
	return "wall time of the process, seconds, medians"
}

// median of no values is NaN.
func median(values []float64) float64 {
	n := len(values)
	if n == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(values))
	if n%2 == 1 {
		return sorted[n/2]
	}
	return (sorted[n/2-1] + sorted[n/2]) / 2
}

// geomean of no values is NaN; so is one of a value that is not positive.
func geomean(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	sum := 0.0
	for _, v := range values {
		if v <= 0 {
			return math.NaN()
		}
		sum += math.Log(v)
	}
	return math.Exp(sum / float64(len(values)))
}

package scenario

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

// parseDuration reads what time.ParseDuration reads, "1m30s" or "250ms". A program that
// calls that one makes its map of units at every start, which is a hundredth of what a
// short script takes.
func parseDuration(s string) (time.Duration, error) {
	s, negative := strings.CutPrefix(s, "-")
	sum := 0.0
	for rest := s; rest != "" || s == ""; {
		number := prefix(rest, func(c byte) bool { return c >= '0' && c <= '9' || c == '.' })
		unit := prefix(rest[len(number):], func(c byte) bool { return (c < '0' || c > '9') && c != '.' })
		rest = rest[len(number)+len(unit):]
		n, err := strconv.ParseFloat(number, 64)
		if err != nil {
			return 0, err
		}
		switch unit {
		case "h":
			n *= float64(time.Hour)
		case "m":
			n *= float64(time.Minute)
		case "s":
			n *= float64(time.Second)
		case "ms":
			n *= float64(time.Millisecond)
		case "us", "µs", "μs": // with U+00B5 or U+03BC
			n *= float64(time.Microsecond)
		case "ns":
		default:
			if unit != "" || s != "0" {
				return 0, errors.New("a number without a unit")
			}
		}
		sum += n
	}
	if sum >= math.MaxInt64 {
		return 0, strconv.ErrRange
	}
	if negative {
		sum = -sum
	}
	return time.Duration(math.Round(sum)), nil
}

// prefix is the bytes at the beginning of s that belong to a class.
func prefix(s string, in func(c byte) bool) string {
	n := 0
	for n < len(s) && in(s[n]) {
		n++
	}
	return s[:n]
}

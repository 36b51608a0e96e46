package scenario

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

const digits = "0123456789."

// parseDuration reads what time.ParseDuration reads, "1m30s" or "250ms". A program that
// calls that one makes its map of units at every start, which is a hundredth of what a
// short script takes.
func parseDuration(s string) (time.Duration, error) {
	s, negative := strings.CutPrefix(s, "-")
	if s == "" {
		return 0, errors.New("nothing")
	}
	sum := 0.0
	for rest := s; rest != ""; {
		after := strings.TrimLeft(rest, digits)
		number := rest[:len(rest)-len(after)]
		end := strings.IndexAny(after, digits)
		if end < 0 {
			end = len(after)
		}
		unit := after[:end]
		rest = after[end:]
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

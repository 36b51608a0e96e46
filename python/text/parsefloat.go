package text

import (
	"math"
	"strconv"
	"sync"
)

// The limits of mp_parse_num_decimal in py/parsenum.c for doubles.
const (
	mantissaMax     = 1e200 // digits beyond only move the exponent
	smallNormal     = 1e-307
	smallNormalExp  = -307
	exactPowerOfTen = 22
	exponentMax     = (math.MaxInt32/2 - 9) / 10
)

var errNumber = &Error{ValueError, "invalid syntax for number"}

// ParseFloat reads the argument of float() (ParseDecimal without an
// imaginary part). The error is a ValueError.
func ParseFloat[S ~string | ~[]byte](s S) (float64, error) {
	f, _, err := ParseDecimal(s, false)
	return f, err
}

// ParseDecimal reads a decimal number as mp_parse_num_decimal of py/parsenum.c
// does, by its own double arithmetic, which is not always the nearest double.
// With allowImag a trailing j makes it imaginary. Underscores are skipped, "."
// and "e5" are zero, and "inf", "infinity" and "nan" are known in any case.
// The error is a ValueError.
func ParseDecimal[S ~string | ~[]byte](s S, allowImag bool) (f float64, imag bool, err error) {
	i := skipSpace(s, 0)
	neg := false
	if i < len(s) {
		if s[i] == '+' {
			i++
		} else if s[i] == '-' {
			i++
			neg = true
		}
	}
	start := i
	switch {
	case i < len(s) && s[i]|0x20 == 'i':
		if hasFold(s, i, "inf") {
			i += 3
			f = math.Inf(1)
			if hasFold(s, i, "inity") {
				i += 5
			}
		}
	case i < len(s) && s[i]|0x20 == 'n':
		if hasFold(s, i, "nan") {
			i += 3
			f = math.Float64frombits(0x7FF8000000000000)
		}
	default:
		f, i, imag = parseDigits(s, i, allowImag)
	}
	if neg {
		f = -f
	}
	if i <= start || skipSpace(s, i) != len(s) {
		return 0, false, errNumber
	}
	return f, imag, nil
}

// parseDigits reads digits, point and exponent from i on and returns the end,
// or -1 where an exponent has nothing after its sign.
func parseDigits[S ~string | ~[]byte](s S, i int, allowImag bool) (f float64, end int, imag bool) {
	const (
		inInteger = iota
		inFraction
		inExponent
	)
	in := inInteger
	exp, expExtra, expNeg := 0, 0, false
scan:
	for i < len(s) {
		c := s[i]
		i++
		switch {
		case '0' <= c && c <= '9':
			d := c - '0'
			if in == inExponent {
				if exp < exponentMax {
					exp = 10*exp + int(d)
				}
			} else if f < mantissaMax {
				// The conversion keeps the product from being fused with the sum.
				f = float64(10*f) + float64(d)
				if in == inFraction {
					expExtra--
				}
			} else if in == inInteger {
				expExtra++
			}
		case in == inInteger && c == '.':
			in = inFraction
		case in != inExponent && c|0x20 == 'e':
			in = inExponent
			if i < len(s) {
				if s[i] == '+' {
					i++
				} else if s[i] == '-' {
					i++
					expNeg = true
				}
			}
			if i == len(s) {
				return 0, -1, false
			}
		case allowImag && c|0x20 == 'j':
			imag = true
			break scan
		case c == '_':
		default:
			i--
			break scan
		}
	}
	if expNeg {
		exp = -exp
	}
	exp += expExtra
	if exp < smallNormalExp {
		exp -= smallNormalExp
		f *= smallNormal
	}
	if exp < 0 && exp >= -exactPowerOfTen {
		f /= powerOfTen(-exp)
	} else {
		f *= powerOfTen(exp)
	}
	return f, i, imag
}

func hasFold[S ~string | ~[]byte](s S, i int, word string) bool {
	if len(s)-i < len(word) {
		return false
	}
	for k := range len(word) {
		if s[i+k]|0x20 != word[k] {
			return false
		}
	}
	return true
}

const minPowerOfTen, maxPowerOfTen = -330, 308

var (
	powersOfTen [maxPowerOfTen - minPowerOfTen + 1]float64 // see fillPowers
	powersOnce  sync.Once
)

// fillPowers is called when the first power is asked for: most scripts ask for none.
func fillPowers() {
	t := &powersOfTen
	for n := range t {
		t[n], _ = strconv.ParseFloat("1e"+strconv.Itoa(n+minPowerOfTen), 64)
	}
	// Where the reference build's pow misses the nearest double.
	t[23-minPowerOfTen] = math.Float64frombits(0x44B52D02C7E14AF7)
	t[210-minPowerOfTen] = math.Float64frombits(0x6B88557F31326BBC)
}

// powerOfTen is pow(10, n) of the C library.
func powerOfTen(n int) float64 {
	switch {
	case n > maxPowerOfTen:
		return math.Inf(1)
	case n < minPowerOfTen:
		return 0
	}
	powersOnce.Do(fillPowers)
	return powersOfTen[n-minPowerOfTen]
}

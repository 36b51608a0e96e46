package text

import "math/big"

// ParseInt reads an integer literal or the argument of int(), as
// mp_parse_num_integer of py/parsenum.c does. base is 0 (by prefix) or 2 to
// 36. The value is in v, or in wide if it does not fit an int64.
//
// Blanks around and underscores between digits are allowed, but a number
// beyond 62 bits is read again by the long-integer code, which knows no
// underscores; a lone underscore is zero. The error is a ValueError.
func ParseInt[S ~string | ~[]byte](s S, base int) (v int64, wide *big.Int, err error) {
	return ParseIntBy(s, base, func(digits string, base int) (*big.Int, error) {
		wide, _ := new(big.Int).SetString(digits, base)
		return wide, nil
	})
}

// ParseIntBy is ParseInt that leaves it to read to make a number of what are
// digits of that base and no more, if they do not fit an int64.
func ParseIntBy[S ~string | ~[]byte](s S, base int, read func(digits string, base int) (*big.Int, error)) (v int64, wide *big.Int, err error) {
	if base != 0 && base < 2 || base > 36 {
		return 0, nil, &Error{ValueError, "int() arg 2 must be >= 2 and <= 36"}
	}
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
	i, base = parseBase(s, i, base)
	start := i
	var n int64
	for ; i < len(s); i++ {
		if s[i] == '_' {
			continue
		}
		d := digitValue(s[i])
		if d >= int64(base) {
			break
		}
		if n > smallMax/int64(base) || n*int64(base) > smallMax-d {
			if v, wide, i, err = parseWide(s, start, neg, base, read); err != nil {
				return 0, nil, err
			}
			return v, wide, parseIntEnd(s, start, i, base)
		}
		n = n*int64(base) + d
	}
	if neg {
		n = -n
	}
	return n, nil, parseIntEnd(s, start, i, base)
}

// parseIntEnd checks that digits were read and that only blanks follow.
func parseIntEnd[S ~string | ~[]byte](s S, start, i, base int) error {
	if i > start && skipSpace(s, i) == len(s) {
		return nil
	}
	msg := append([]byte("invalid syntax for integer with base "), AppendInt(nil, int64(base))...)
	msg = AppendBytesQuoted(append(msg, ": "...), s[start:])
	return &Error{ValueError, string(msg)}
}

// parseWide reads the digits from start on without a limit of size and returns
// where they end.
func parseWide[S ~string | ~[]byte](s S, start int, neg bool, base int, read func(string, int) (*big.Int, error)) (int64, *big.Int, int, error) {
	end := start
	for end < len(s) && digitValue(s[end]) < int64(base) {
		end++
	}
	wide := new(big.Int)
	if end > start {
		var err error
		if wide, err = read(string(s[start:end]), base); err != nil {
			return 0, nil, end, err
		}
	}
	if neg {
		wide.Neg(wide)
	}
	if wide.IsInt64() {
		return wide.Int64(), nil, end, nil
	}
	return 0, wide, end, nil
}

// digitValue is the value of c as a digit, or one above 36.
func digitValue(c byte) int64 {
	switch {
	case '0' <= c && c <= '9':
		return int64(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'z':
		return int64(c|0x20-'a') + 10
	}
	return 99
}

// parseBase steps over the prefix that belongs to base and settles base 0
// (py/parsenumbase.c).
func parseBase[S ~string | ~[]byte](s S, i, base int) (int, int) {
	if len(s)-i > 1 && s[i] == '0' {
		switch c := s[i+1] | 0x20; {
		case c == 'x' && (base == 0 || base == 16):
			return i + 2, 16
		case c == 'o' && (base == 0 || base == 8):
			return i + 2, 8
		case c == 'b' && (base == 0 || base == 2):
			return i + 2, 2
		}
	}
	if base == 0 {
		base = 10
	}
	return i, base
}

func skipSpace[S ~string | ~[]byte](s S, i int) int {
	for i < len(s) && IsSpace(s[i]) {
		i++
	}
	return i
}

package text

import "bytes"

// Flags say how a number or a string is laid out in its field
// (the PF_FLAG constants of py/mpprint.h).
type Flags uint16

// The layout flags. Without LeftAdjust and CenterAdjust a field is filled
// on the left.
const (
	LeftAdjust Flags = 1 << iota
	ShowSign
	SpaceSign
	PadAfterSign
	CenterAdjust
	ShowPrefix
	ShowComma
	AddPercent
	ShowOctalLetter
)

// AppendPadded appends s in a field of width bytes (not characters) filled
// with fill, where 0 means a space (mp_print_strn of py/mpprint.c).
func AppendPadded[S ~string | ~[]byte](dst []byte, s S, flags Flags, fill byte, width int) []byte {
	pad := width - len(s)
	if pad <= 0 {
		return append(dst, s...)
	}
	left, right := pad, 0
	switch {
	case flags&CenterAdjust != 0:
		left = pad / 2
		right = pad - left
	case flags&LeftAdjust != 0:
		left, right = 0, pad
	}
	dst = appendFill(dst, fill, left)
	dst = append(dst, s...)
	return appendFill(dst, fill, right)
}

func appendFill(dst []byte, fill byte, n int) []byte {
	if fill == 0 {
		fill = ' '
	}
	for range n {
		dst = append(dst, fill)
	}
	return dst
}

// AppendIntField appends an integer as mp_print_mp_int of py/mpprint.c lays it
// out: v, or the number with sign and digits wide if that is not nil. base is 2,
// 8, 10 or 16, letterA 'a' or 'A' the letter for the digit ten and the case of the
// prefix. prec is the least number of digits in C's sense, 0 or less for none.
func AppendIntField(dst []byte, v int64, wide []byte, base int, letterA byte, flags Flags, fill byte, width, prec int) []byte {
	if wide == nil && base == 10 && prec <= 1 && flags&^(LeftAdjust|CenterAdjust) == 0 {
		// No int64 has more than 19 digits: there is room for the sign.
		var buf [20]byte
		if v >= 0 {
			return AppendPadded(dst, buf[decimal(&buf, uint64(v)):], flags, fill, width)
		}
		i := decimal(&buf, -uint64(v)) - 1
		buf[i] = '-'
		return AppendPadded(dst, buf[i:], flags, fill, width)
	}
	return appendIntSlow(dst, v, wide, base, letterA, flags, fill, width, prec)
}

func appendIntSlow(dst []byte, v int64, wide []byte, base int, letterA byte, flags Flags, fill byte, width, prec int) []byte {
	if flags&(LeftAdjust|CenterAdjust) == 0 && fill == '0' {
		width = max(width, prec)
		prec = 0
	}
	neg := v < 0
	if wide != nil {
		neg = wide[0] == '-'
	}
	var prefixBuf [4]byte
	prefix := intPrefix(prefixBuf[:0], neg, base, letterA, flags)

	if prec > 1 {
		flags |= PadAfterSign
	}
	var scratch [96]byte
	digits := intDigits(scratch[:0], v, wide, neg, base, letterA, prefix, flags)

	before, after := 0, 0
	splitSign := neg && flags&PadAfterSign != 0
	if prec > 1 {
		total := max(len(digits), prec) + len(prefix)
		if splitSign {
			total++
		}
		if total < width {
			if flags&LeftAdjust != 0 {
				after = width - total
			} else {
				before = width - total
			}
		}
		fill = '0'
		flags &^= LeftAdjust
	}
	dst = appendFill(dst, ' ', before)
	if flags&PadAfterSign != 0 {
		if splitSign {
			dst = append(dst, '-')
			width--
		}
		dst = append(dst, prefix...)
		width -= len(prefix)
	}
	if prec > 1 {
		width = prec
	}
	dst = AppendPadded(dst, digits, flags, fill, width)
	return appendFill(dst, ' ', after)
}

// intPrefix appends what stands between the sign of a negative number and its
// digits; the sign of one that is not negative belongs to it.
func intPrefix(dst []byte, neg bool, base int, letterA byte, flags Flags) []byte {
	if !neg {
		if flags&ShowSign != 0 {
			dst = append(dst, '+')
		} else if flags&SpaceSign != 0 {
			dst = append(dst, ' ')
		}
	}
	if flags&ShowPrefix != 0 {
		switch base {
		case 2:
			dst = append(dst, '0', letterA+'b'-'a')
		case 8:
			dst = append(dst, '0')
			if flags&ShowOctalLetter != 0 {
				dst = append(dst, letterA+'o'-'a')
			}
		case 16:
			dst = append(dst, '0', letterA+'x'-'a')
		}
	}
	return dst
}

// intDigits appends the digits with their commas; unless the field is padded
// after the sign, sign and prefix come with them.
func intDigits(dst []byte, v int64, wide []byte, neg bool, base int, letterA byte, prefix []byte, flags Flags) []byte {
	if flags&PadAfterSign == 0 {
		if neg {
			dst = append(dst, '-')
		}
		dst = append(dst, prefix...)
	}
	start := len(dst)
	mpz := true
	if wide != nil {
		dst = append(dst, bytes.TrimPrefix(wide, []byte("-"))...)
		if letterA == 'A' {
			for i, c := range dst[start:] {
				dst[start+i] = ToUpper(c)
			}
		}
	} else {
		u := uint64(v)
		if neg {
			u = -u
		}
		dst = appendDigits(dst, u, base, letterA)
		mpz = v < smallMin || v > smallMax
	}
	if flags&ShowComma != 0 {
		dst = groupThousands(dst, start, mpz)
	}
	return dst
}

// AppendFloatField appends f as mp_print_float of py/mpprint.c lays it out.
// format and prec are those of [AppendFloat].
func AppendFloatField(dst []byte, f float64, format byte, flags Flags, fill byte, width, prec int) []byte {
	var sign byte
	if flags&ShowSign != 0 {
		sign = '+'
	} else if flags&SpaceSign != 0 {
		sign = ' '
	}
	var scratch [floatBuffer + 16]byte
	s := AppendFloat(scratch[:0], f, format, prec, sign)
	if flags&AddPercent != 0 && len(s)+1 < floatBuffer {
		s = append(s, '%')
	}
	if flags&PadAfterSign != 0 && s[0] < '0' {
		dst = append(dst, s[0])
		s = s[1:]
		width--
	}
	return AppendPadded(dst, s, flags, fill, width)
}

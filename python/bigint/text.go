package bigint

import (
	"bytes"
	"math/big"
	"math/bits"
	"slices"
)

// digits is how many digits a number may have that is written or read in one
// piece.
const digits = 4096

// Append appends x in base 2, 8, 10 or 16.
func Append(dst []byte, x *big.Int, base int, work Work) ([]byte, error) {
	if base != 10 {
		return appendBits(dst, x, base, work)
	}
	if words(x) <= digits/20 {
		return x.Append(dst, 10), work(words(x) * words(x) / 64)
	}
	if x.Sign() < 0 {
		dst = append(dst, '-')
	}
	// powers[i] is 10 ** (digits << i).
	powers := []*big.Int{new(big.Int).Exp(big.NewInt(10), big.NewInt(digits), nil)}
	for {
		last := powers[len(powers)-1]
		if 2*words(last) > words(x) {
			break
		}
		p, err := product(last, last, work)
		if err != nil {
			return nil, err
		}
		powers = append(powers, p)
	}
	return appendDigits(dst, new(big.Int).Abs(x), powers, false, work)
}

// appendBits appends x in a base that is a power of two: piece by piece, a piece
// being words of which no digit goes into the next.
func appendBits(dst []byte, x *big.Int, base int, work Work) ([]byte, error) {
	const step = 3 * leaf // of base 8, too
	n := (words(x) - 1) / step
	if n <= 0 {
		return x.Append(dst, base), work(words(x) / 8)
	}
	if x.Sign() < 0 {
		dst = append(dst, '-')
	}
	each := step * bits.UintSize / bits.TrailingZeros(uint(base)) // digits of a piece
	dst = part(x, n*step, words(x)).Append(dst, base)
	for n--; n >= 0; n-- {
		at := len(dst)
		dst = part(x, n*step, (n+1)*step).Append(dst, base)
		if lack := each - (len(dst) - at); lack > 0 {
			dst = slices.Insert(dst, at, bytes.Repeat([]byte{'0'}, lack)...)
		}
		if err := work(leafWork / 8); err != nil {
			return nil, err
		}
	}
	return dst, nil
}

// appendDigits appends x, less than the square of the last power, with zeros
// before it if it is filled up to the digits of that square.
func appendDigits(dst []byte, x *big.Int, powers []*big.Int, fill bool, work Work) ([]byte, error) {
	if len(powers) == 0 {
		s := x.Append(nil, 10)
		for n := len(s); fill && n < digits; n++ {
			dst = append(dst, '0')
		}
		return append(dst, s...), work(leafWork)
	}
	last := len(powers) - 1
	if !fill && x.Cmp(powers[last]) < 0 {
		return appendDigits(dst, x, powers[:last], false, work)
	}
	var q, r big.Int
	err := QuoRem(&q, &r, x, powers[last], work)
	if err != nil {
		return nil, err
	}
	if dst, err = appendDigits(dst, &q, powers[:last], fill, work); err != nil {
		return nil, err
	}
	return appendDigits(dst, &r, powers[:last], true, work)
}

// Parse returns the number with these digits in a base of 2 to 36. There must
// be nothing but digits.
func Parse(s string, base int, work Work) (*big.Int, error) {
	p := parser{base: big.NewInt(int64(base)), powers: map[int]*big.Int{}, work: work}
	return p.parse(s)
}

type parser struct {
	base   *big.Int
	powers map[int]*big.Int // of base
	work   Work
}

func (p *parser) parse(s string) (*big.Int, error) {
	if len(s) <= digits {
		x, _ := new(big.Int).SetString(s, int(p.base.Int64()))
		return x, p.work(leafWork / 16)
	}
	low := digits
	for 2*low < len(s) {
		low *= 2
	}
	high, err := p.parse(s[:len(s)-low])
	if err != nil {
		return nil, err
	}
	rest, err := p.parse(s[len(s)-low:])
	if err != nil {
		return nil, err
	}
	power, err := p.power(low)
	if err != nil {
		return nil, err
	}
	x, err := product(high, power, p.work)
	if err != nil {
		return nil, err
	}
	return x.Add(x, rest), nil
}

// power returns base ** n, n being digits times a power of two.
func (p *parser) power(n int) (x *big.Int, err error) {
	if x := p.powers[n]; x != nil {
		return x, nil
	}
	if n == digits {
		x = new(big.Int).Exp(p.base, big.NewInt(digits), nil)
	} else {
		half, err := p.power(n / 2)
		if err != nil {
			return nil, err
		}
		if x, err = product(half, half, p.work); err != nil {
			return nil, err
		}
	}
	p.powers[n] = x
	return x, nil
}

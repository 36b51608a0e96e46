package text

import (
	"math"
	"math/bits"
)

// The scaling tables of py/formatfloat.c: a number is brought into [1, 10) by
// at most nine multiplications, each of which rounds. The entries, their order
// and the operations on them decide the last digits, so none may be "improved".
const floatScales = 9

var (
	scalePos = [floatScales]float64{1e256, 1e128, 1e64, 1e32, 1e16, 1e8, 1e4, 1e2, 1e1}
	scaleNeg = [floatScales]float64{1e-256, 1e-128, 1e-64, 1e-32, 1e-16, 1e-8, 1e-4, 1e-2, 1e-1}
)

const (
	// roundToOne is the value from which a number below one counts as one.
	roundToOne = 0.999999999995
	// floatBuffer is the size of the C buffer all callers pass, its NUL
	// included. A precision that does not fit is cut down silently.
	floatBuffer = 32
	// floatMinBuffer is what sign, one digit, and exponent need ("+9e+199").
	floatMinBuffer = 7
	// reprPrecision is the number of significant digits of repr and str.
	reprPrecision = 16
)

// AppendFloat appends f as mp_format_float of py/formatfloat.c writes it into
// a buffer of 32 bytes, the size every caller of 1.13 uses. format is one of
// e E f F g G, prec the number of digits as in C (negative means 6), sign the
// character put before a number that is not negative, or 0 for none.
func AppendFloat(dst []byte, f float64, format byte, prec int, sign byte) []byte {
	var buf [floatBuffer + 16]byte
	n := 0
	if math.Signbit(f) && f == f {
		buf[0] = '-'
		n = 1
		f = -f
	} else if sign != 0 {
		buf[0] = sign
		n = 1
	}
	caseBit := format & 0x20
	if f > math.MaxFloat64 {
		return append(append(dst, buf[:n]...), 'I'^caseBit, 'N'^caseBit, 'F'^caseBit)
	}
	if f != f {
		return append(append(dst, buf[:n]...), 'N'^caseBit, 'A'^caseBit, 'N'^caseBit)
	}

	p := floatPlan{orgFmt: format | 0x20, prec: prec, room: floatBuffer - 1 - n}
	if p.prec < 0 {
		p.prec = 6
	} else if p.prec > 1000 {
		p.prec = 1000 // far beyond the buffer; keeps the sums below from wrapping
	}
	p.fmt = p.orgFmt
	if p.fmt == 'g' && p.prec == 0 {
		p.prec = 1
	}
	switch {
	case f == 0:
		p.zero()
	case f < 1:
		f, n = p.belowOne(f, &buf, n)
	default:
		f = p.oneOrMore(f)
	}
	if p.prec < 0 {
		p.prec = 0
	}
	if p.fmt == 'e' {
		p.digits = p.prec + 1
	} else if p.fmt == 'g' {
		if p.prec == 0 {
			p.prec = 1
		}
		p.digits = p.prec
	}
	n, up := p.mantissa(f, &buf, n)
	// A fixed number whose first digit lies beyond the last one shown has
	// nothing to round.
	if up && (p.orgFmt != 'f' || p.e <= p.digits) {
		n = p.roundUp(&buf, n)
	}
	if p.orgFmt == 'g' && p.prec > 0 {
		for buf[n-1] == '0' {
			n--
		}
		if buf[n-1] == '.' {
			n--
		}
	}
	if p.expSign != 0 {
		buf[n] = 'E' | caseBit
		buf[n+1] = p.expSign
		n += 2
		if p.e >= 100 {
			buf[n] = '0' + byte(p.e/100)
			n++
		}
		buf[n] = '0' + byte(p.e/10%10)
		buf[n+1] = '0' + byte(p.e%10)
		n += 2
	}
	return append(dst, buf[:n]...)
}

// floatPlan is how one number is going to be laid out.
type floatPlan struct {
	fmt, orgFmt byte // the format in force and the one asked for: e, f or g
	expSign     byte // sign of the printed exponent, 0 for no exponent
	prec        int
	room        int // bytes for digits and exponent
	e           int // absolute value of the decimal exponent
	dec         int // index of the mantissa digit that the point follows
	digits      int // number of mantissa digits
}

func (p *floatPlan) zero() {
	if p.fmt == 'f' {
		p.prec = min(p.prec, p.room-2)
		p.digits = p.prec + 1
		return
	}
	p.prec = min(p.prec, p.room-6)
	if p.fmt == 'e' {
		p.expSign = '+'
	}
}

// belowOne scales a number in (0, 1) up. In the fixed format it writes the
// leading "0.000" and leaves e as the C code does, for the rounding rule.
func (p *floatPlan) belowOne(f float64, buf *[floatBuffer + 16]byte, n int) (float64, int) {
	first := byte('0')
	if f >= roundToOne {
		first = '1'
	}
	e := 0
	for i := range floatScales {
		if scaleNeg[i] > f {
			e += 256 >> i
			f *= scalePos[i]
		}
	}
	expSign := byte('-')
	if f < 1 {
		if f >= roundToOne {
			f = 1
			if e == 0 {
				expSign = '+'
			}
		} else {
			e++
			f *= 10
		}
	}
	if p.fmt == 'f' || p.fmt == 'g' && e <= 4 {
		p.fmt = 'f'
		p.dec = -1
		buf[n] = first
		n++
		if p.orgFmt == 'g' {
			p.prec += e - 1
		}
		p.prec = min(p.prec, p.room-2)
		p.digits = p.prec
		if p.digits != 0 {
			buf[n] = '.'
			n++
			for e--; e != 0 && p.digits != 0; e-- {
				buf[n] = '0'
				n++
				p.digits--
			}
		}
		p.e = e
		return f, n
	}
	p.expSign = expSign
	p.e = e
	if p.prec > p.room-floatMinBuffer {
		p.prec = p.room - floatMinBuffer
		if p.fmt == 'g' {
			p.prec++
		}
	}
	return f, n
}

// oneOrMore scales a number from 1 up down.
func (p *floatPlan) oneOrMore(f float64) float64 {
	e := 0
	for i := range floatScales {
		if scalePos[i] <= f {
			e += 256 >> i
			f *= scaleNeg[i]
		}
	}
	if int32(f) >= 10 {
		e++
		f *= 0.1
	}
	p.e = e
	switch p.fmt {
	case 'f':
		if e >= p.room {
			p.fmt = 'e' // too large for the buffer
		} else if e+p.prec+2 > p.room {
			p.prec = p.room - e - 2
			if p.prec < 0 {
				p.prec++ // no point then, so its place is free
			}
		}
	case 'g':
		p.prec = min(p.prec, p.room-(floatMinBuffer-1))
	}
	if p.fmt == 'e' {
		p.prec = min(p.prec, p.room-floatMinBuffer)
	}
	if p.fmt == 'g' && e < p.prec {
		p.fmt = 'f'
		p.prec -= e + 1
	}
	if p.fmt == 'f' {
		p.dec = e
		p.digits = p.prec + e + 1
	} else {
		p.expSign = '+'
	}
	return f
}

// mantissa writes the digits of f, and reports whether what is left of f
// rounds the last of them up.
func (p *floatPlan) mantissa(f float64, buf *[floatBuffer + 16]byte, n int) (int, bool) {
	if p.digits >= 4 && p.digits <= 20 && f >= 1 && f < 10 {
		return p.mantissaFast(f, buf, n)
	}
	dec := p.dec
	for range p.digits {
		d := int32(f)
		if d < 0 {
			buf[n] = '0'
		} else {
			buf[n] = '0' + byte(d)
		}
		n++
		if dec == 0 && p.prec > 0 {
			buf[n] = '.'
			n++
		}
		dec--
		f -= float64(d)
		f *= 10
	}
	return n, f >= 5
}

// mantissaFast is the loop of mantissa in integers. With f in [1, 10) held as
// a multiple of 2^-52, each step drops the integer part and multiplies by ten.
// Only the first two products can need more than 53 bits: each product gains a
// factor of two, and three of them always suffice for a number below 16. From
// there on every step is exact, so that all digits left come out of one wide
// multiplication.
func (p *floatPlan) mantissaFast(f float64, buf *[floatBuffer + 16]byte, n int) (int, bool) {
	const fracBits = 52
	const fracMask = 1<<fracBits - 1
	b := math.Float64bits(f)
	v := (b&fracMask | 1<<fracBits) << (b>>fracBits - 1023)
	var digit [24]byte
	for i := range 3 {
		digit[i] = '0' + byte(v>>fracBits)
		v = (v & fracMask) * 10
		if i < 2 {
			if extra := bits.Len64(v) - 53; extra > 0 {
				v += uint64(1)<<(extra-1) - 1 + v>>extra&1
				v = v >> extra << extra
			}
		}
	}
	rest := p.digits - 3
	hi, lo := bits.Mul64(v, pow10[rest-1])
	whole := hi<<(64-fracBits) | lo>>fracBits
	up := lo&fracMask >= 1<<(fracBits-1)
	i := p.digits
	for ; rest >= 2; rest -= 2 {
		q := whole / 100
		r := whole - q*100
		i -= 2
		digit[i] = twoDigits[2*r]
		digit[i+1] = twoDigits[2*r+1]
		whole = q
	}
	if rest == 1 {
		digit[3] = '0' + byte(whole)
	}
	if p.dec >= 0 && p.dec < p.digits && p.prec > 0 {
		n += copy(buf[n:], digit[:p.dec+1])
		buf[n] = '.'
		n++
		n += copy(buf[n:], digit[p.dec+1:p.digits])
	} else {
		n += copy(buf[n:], digit[:p.digits])
	}
	return n, up
}

// roundUp adds one to the last digit in buf[:n] and returns the new length.
func (p *floatPlan) roundUp(buf *[floatBuffer + 16]byte, n int) int {
	i := n - 1
	for {
		c := buf[i]
		if c == '.' {
			i--
			continue
		}
		if c < '0' || c > '9' {
			i++ // the digit to the right of the sign
			break
		}
		if c < '9' {
			buf[i]++
			break
		}
		buf[i] = '0'
		if i == 0 {
			break
		}
		i--
	}
	if buf[i] != '0' {
		return n
	}
	// All digits were nines: a leading one is needed.
	if buf[i+1] == '.' && p.fmt != 'f' {
		buf[i] = '.'
		buf[i+1] = '0'
		if p.expSign == '-' {
			p.e--
			if p.e == 0 {
				p.expSign = '+'
			}
		} else {
			p.e++
		}
	} else {
		n++
	}
	for j := n; j > i; j-- {
		buf[j] = buf[j-1]
	}
	buf[i] = '1'
	return n
}

// AppendFloatRepr appends f as repr and str show a float: 16 significant
// digits, with ".0" where the text would look like an integer
// (float_print of py/objfloat.c).
func AppendFloatRepr(dst []byte, f float64) []byte {
	start := len(dst)
	dst = AppendFloat(dst, f, 'g', reprPrecision, 0)
	for _, c := range dst[start:] {
		if c == '.' || c == 'e' || c == 'n' {
			return dst
		}
	}
	return append(dst, ".0"...)
}

// AppendComplexRepr appends the complex number re+im*j as repr and str show
// it, such as "(1+2j)" or "3j" (complex_print of py/objcomplex.c).
func AppendComplexRepr(dst []byte, re, im float64) []byte {
	if re == 0 {
		return append(AppendFloat(dst, im, 'g', reprPrecision, 0), 'j')
	}
	dst = AppendFloat(append(dst, '('), re, 'g', reprPrecision, 0)
	if im >= 0 || im != im {
		dst = append(dst, '+')
	}
	return append(AppendFloat(dst, im, 'g', reprPrecision, 0), "j)"...)
}

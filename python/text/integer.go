package text

import "math/bits"

// smallMax is the largest integer MicroPython keeps in an object word on a
// 64-bit machine; anything beyond is an MPZ, whose text is made by other code.
const (
	smallMax = 1<<62 - 1
	smallMin = -1 << 62
)

const twoDigits = "00010203040506070809101112131415161718192021222324" +
	"25262728293031323334353637383940414243444546474849" +
	"50515253545556575859606162636465666768697071727374" +
	"75767778798081828384858687888990919293949596979899"

var pow10 = [20]uint64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19}

// AppendInt appends v in decimal, as repr and str show an int.
func AppendInt(dst []byte, v int64) []byte {
	u := uint64(v)
	if v < 0 {
		dst = append(dst, '-')
		u = -u
	}
	if u < 10 {
		return append(dst, '0'+byte(u))
	}
	if u < 100 {
		return append(dst, twoDigits[2*u], twoDigits[2*u+1])
	}
	var buf [20]byte
	return append(dst, buf[decimal(&buf, u):]...)
}

// decimal writes u to the end of buf and returns where it begins.
func decimal(buf *[20]byte, u uint64) int {
	i := len(buf)
	for u >= 100 {
		q := u / 100
		r := u - q*100
		i -= 2
		buf[i] = twoDigits[2*r]
		buf[i+1] = twoDigits[2*r+1]
		u = q
	}
	if u >= 10 {
		i -= 2
		buf[i] = twoDigits[2*u]
		buf[i+1] = twoDigits[2*u+1]
		return i
	}
	i--
	buf[i] = '0' + byte(u)
	return i
}

// appendDigits appends the digits of u in base 2, 8, 10 or 16, letters from
// letterA on ('a' or 'A').
func appendDigits(dst []byte, u uint64, base int, letterA byte) []byte {
	if base == 10 {
		var buf [20]byte
		return append(dst, buf[decimal(&buf, u):]...)
	}
	shift := uint(bits.TrailingZeros(uint(base)))
	var buf [64]byte
	i := len(buf)
	for {
		i--
		c := byte(u) & byte(base-1)
		if c < 10 {
			buf[i] = '0' + c
		} else {
			buf[i] = letterA + c - 10
		}
		u >>= shift
		if u == 0 {
			return append(dst, buf[i:]...)
		}
	}
}

// groupThousands inserts a comma before every third digit of dst[start:],
// counted from the end. leading says that a comma also stands before the very
// first digit if the count comes out even: mpz_as_str_inpl of py/mpz.c does so,
// "{:,}".format(10**20) is ",100,000,000,000,000,000,000".
func groupThousands(dst []byte, start int, leading bool) []byte {
	digits := len(dst) - start
	commas := digits / 3
	if !leading {
		commas = (digits - 1) / 3
	}
	for range commas {
		dst = append(dst, ',')
	}
	from, to := start+digits, len(dst)
	for range commas {
		from -= 3
		to -= 3
		copy(dst[to:to+3], dst[from:from+3])
		to--
		dst[to] = ','
	}
	return dst
}

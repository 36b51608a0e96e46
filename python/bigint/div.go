package bigint

import "math/big"

// QuoRem sets q and r to quotient and remainder of x by y, which is not zero.
// The quotient is rounded towards zero, as by big.Int's QuoRem.
func QuoRem(q, r, x, y *big.Int, work Work) error {
	n, m := words(x), words(y)
	if small(n) {
		if n > leaf/16 {
			if err := work(m * (n - min(n, m) + 1) / (leaf * leaf / leafWork)); err != nil {
				return err
			}
		}
		q.QuoRem(x, y, r)
		return nil
	}
	xs, ys := x.Sign(), y.Sign()
	d := divider{b: new(big.Int).Abs(y), work: work}
	// The divisor becomes leaf/2 words times a power of two, its top bit set.
	for d.n = leaf / 2; d.n < m; d.n *= 2 {
	}
	shift := uint(d.n*wordBits - d.b.BitLen())
	d.b.Lsh(d.b, shift)
	a := new(big.Int).Abs(x)
	a.Lsh(a, shift)
	quo, rem, err := d.divide(a)
	if err != nil {
		return err
	}
	q.Set(quo)
	r.Rsh(rem, shift)
	if xs*ys < 0 {
		q.Neg(q)
	}
	if xs < 0 {
		r.Neg(r)
	}
	return nil
}

const wordBits = 32 << (^big.Word(0) >> 63)

// divider divides by b, which has n words and its top bit set, as C. Burnikel
// and J. Ziegler do (Fast Recursive Division, 1998).
type divider struct {
	b    *big.Int
	n    int
	work Work
}

// divide takes a apart into pieces of n words.
func (d *divider) divide(a *big.Int) (q, r *big.Int, err error) {
	pieces := words(a)/d.n + 1
	quo := make([]big.Word, pieces*d.n+1)
	r = new(big.Int)
	for i := pieces - 1; i >= 0; i-- {
		if q, r, err = d.two(join(r, part(a, i*d.n, (i+1)*d.n), d.n), d.b, d.n); err != nil {
			return nil, nil, err
		}
		addAt(quo, q, i*d.n)
	}
	return new(big.Int).SetBits(quo), r, nil
}

// join is the number with high above n words of low.
func join(high, low *big.Int, n int) *big.Int {
	if high.Sign() == 0 {
		return low
	}
	w := make([]big.Word, n+words(high))
	copy(w, low.Bits())
	copy(w[n:], high.Bits())
	return new(big.Int).SetBits(w)
}

// two divides 2n words by n words; the quotient has no more than n.
func (d *divider) two(a, b *big.Int, n int) (q, r *big.Int, err error) {
	if n < leaf {
		q, r = new(big.Int), new(big.Int)
		q.QuoRem(a, b, r)
		return q, r, d.work(leafWork)
	}
	h := n / 2
	q1, r, err := d.three(part(a, n, 2*n), part(a, h, n), b, h)
	if err != nil {
		return nil, nil, err
	}
	q0, r, err := d.three(r, part(a, 0, h), b, h)
	if err != nil {
		return nil, nil, err
	}
	return join(q1, q0, h), r, nil
}

// three divides 3h words, high being the upper two thirds, by 2h words.
func (d *divider) three(high, low, b *big.Int, h int) (q, r *big.Int, err error) {
	b1, b0 := part(b, h, 2*h), part(b, 0, h)
	if part(high, h, 2*h).Cmp(b1) < 0 {
		if q, r, err = d.two(high, b1, h); err != nil {
			return nil, nil, err
		}
	} else {
		q = new(big.Int).Lsh(one(), uint(h)*wordBits)
		r = new(big.Int).Lsh(b1, uint(h)*wordBits)
		r.Sub(high, r).Add(r, b1)
		q.Sub(q, one())
	}
	p, err := product(q, b0, d.work)
	if err != nil {
		return nil, nil, err
	}
	r = new(big.Int).Sub(join(r, low, h), p)
	for r.Sign() < 0 {
		q = new(big.Int).Sub(q, one())
		r.Add(r, b)
	}
	return q, r, nil
}

func one() *big.Int { return big.NewInt(1) }

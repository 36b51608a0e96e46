package bigint

import "math/big"

// Mul sets z to x * y.
func Mul(z, x, y *big.Int, work Work) error {
	if n := max(words(x), words(y)); small(n) {
		if n > leaf/16 {
			if err := work(n * min(words(x), words(y)) / (leaf * leaf / leafWork)); err != nil {
				return err
			}
		}
		z.Mul(x, y)
		return nil
	}
	negative := x.Sign()*y.Sign() < 0
	a := new(big.Int).Abs(x)
	b := a
	if x != y {
		b = new(big.Int).Abs(y)
	}
	p, err := product(a, b, work)
	if err != nil {
		return err
	}
	if z.Set(p); negative {
		z.Neg(z)
	}
	return nil
}

// product multiplies numbers that are not negative: by Karatsuba's way, or
// piece by piece if one is much shorter than the other.
func product(x, y *big.Int, work Work) (*big.Int, error) {
	if words(x) < words(y) {
		x, y = y, x
	}
	n, m := words(x), words(y)
	if small(n) {
		return new(big.Int).Mul(x, y), work(leafWork)
	}
	sum := make([]big.Word, n+m+1)
	if 2*m <= n {
		size := max(m, leaf)
		for at := 0; at < n; at += size {
			p, err := product(part(x, at, at+size), y, work)
			if err != nil {
				return nil, err
			}
			addAt(sum, p, at)
		}
		return new(big.Int).SetBits(sum), nil
	}
	h := (n + 1) / 2
	x0, x1 := part(x, 0, h), part(x, h, n)
	y0, y1, xs := x0, x1, new(big.Int).Add(x0, x1)
	ys := xs
	if x != y {
		y0, y1 = part(y, 0, h), part(y, h, m)
		ys = new(big.Int).Add(y0, y1)
	}
	low, err := product(x0, y0, work)
	if err != nil {
		return nil, err
	}
	high, err := product(x1, y1, work)
	if err != nil {
		return nil, err
	}
	mid, err := product(xs, ys, work)
	if err != nil {
		return nil, err
	}
	mid.Sub(mid, low).Sub(mid, high)
	addAt(sum, low, 0)
	addAt(sum, mid, h)
	addAt(sum, high, 2*h)
	return new(big.Int).SetBits(sum), nil
}

// Exp sets z to x ** y; y is not negative.
func Exp(z, x *big.Int, y uint64, work Work) error {
	r := big.NewInt(1)
	for i := 63; i >= 0; i-- {
		if err := Mul(r, r, r, work); err != nil {
			return err
		}
		if y>>i&1 != 0 {
			if err := Mul(r, r, x, work); err != nil {
				return err
			}
		}
	}
	z.Set(r)
	return nil
}

// ExpMod sets z to x ** y modulo m, which is positive; y is not negative. The
// result is at least 0 and less than m.
func ExpMod(z, x, y, m *big.Int, work Work) error {
	cost := float64(y.BitLen()) * float64(words(m)) * float64(words(m))
	if small(words(x)) && cost < leaf*leaf {
		z.Exp(x, y, m)
		return work(int(cost) / (leaf * leaf / leafWork))
	}
	var q, r, base big.Int
	if err := QuoRem(&q, &base, x, m, work); err != nil {
		return err
	}
	if base.Sign() < 0 {
		base.Add(&base, m)
	}
	r.SetUint64(1)
	for i := y.BitLen() - 1; i >= 0; i-- {
		if err := work(1); err != nil { // small products are done without it
			return err
		}
		for step := range 1 + y.Bit(i) {
			by := &r
			if step > 0 {
				by = &base
			}
			if err := Mul(&r, &r, by, work); err != nil {
				return err
			}
			if err := QuoRem(&q, &r, &r, m, work); err != nil {
				return err
			}
		}
	}
	z.Set(&r)
	return nil
}

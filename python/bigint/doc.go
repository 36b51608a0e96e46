// Package bigint computes with integers of any size such that a computation
// can be stopped in its middle: package math/big cannot, and the product of two
// numbers that fill a script's heap takes it minutes. Numbers of up to some
// thousand words go to math/big in one piece; larger ones are taken apart.
package bigint

import "math/big"

// Work is told how much was computed, one being some tens of nanoseconds of it.
// Its error ends the computation.
type Work func(n int) error

// leaf is the size in words up to which a number is computed with in one piece;
// that takes less than a millisecond.
const leaf = 1024

// leafWork is what a product of two such numbers counts.
const leafWork = 4096

// Quick tells whether what is computed with x, and with other such numbers, takes
// math/big no more than a few microseconds.
func Quick(x *big.Int) bool { return words(x) <= leaf/16 }

// small tells whether math/big computes with numbers of so many words fast
// enough.
func small(words int) bool { return words <= leaf }

func words(x *big.Int) int { return len(x.Bits()) }

// part is the number in words from to to of x, which it shares memory with.
func part(x *big.Int, from, to int) *big.Int {
	w := x.Bits()
	from, to = min(from, len(w)), min(to, len(w))
	return new(big.Int).SetBits(w[from:to:to])
}

// addAt adds x, which is not negative, to the number in sum at its word at.
// There must be room for the carry.
func addAt(sum []big.Word, x *big.Int, at int) {
	carry := big.Word(0)
	for _, w := range x.Bits() {
		s := sum[at] + w
		c := s < w
		s += carry
		if c || s < carry {
			carry = 1
		} else {
			carry = 0
		}
		sum[at] = s
		at++
	}
	for ; carry != 0; at++ {
		sum[at]++
		if sum[at] != 0 {
			carry = 0
		}
	}
}

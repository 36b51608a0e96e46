package text

import (
	"math"
	"math/big"
)

// HashString is the hash of a str or bytes of these bytes: djb2 with
// exclusive or, cut to hashBytes bytes, and never zero (qstr_compute_hash of
// py/qstr.c). hashBytes is MICROPY_QSTR_BYTES_IN_HASH of the build: 2 for the
// unix port, 1 for the modules' firmware.
func HashString[S ~string | ~[]byte](s S, hashBytes int) uint64 {
	h := uint64(5381)
	for i := range len(s) {
		h = h*33 ^ uint64(s[i])
	}
	h &= 1<<(8*uint(hashBytes)) - 1
	if h == 0 {
		return 1
	}
	return h
}

// smallWord is what is left of a machine word stored as a small integer: the
// top bit is lost, and the next becomes the sign.
func smallWord(v int64) int64 { return v << 1 >> 1 }

// HashInt is the hash of an int.
func HashInt(v int64) int64 { return smallWord(v) }

// HashBigInt is the hash of an int of any size: its low 63 bits with sign
// (mpz_hash of py/mpz.c).
func HashBigInt(v *big.Int) int64 {
	var low uint64
	if words := v.Bits(); len(words) > 0 {
		low = uint64(words[0])
		if len(words) > 1 && bitsPerWord == 32 {
			low |= uint64(words[1]) << 32
		}
	}
	if v.Sign() < 0 {
		low = -low
	}
	return smallWord(int64(low))
}

const bitsPerWord = 32 << (^big.Word(0) >> 63)

// HashFloat is the hash of a float: the integer part, as the build without
// MICROPY_FLOAT_HIGH_QUALITY_HASH takes it. What does not fit, infinities and
// NaN hash as the conversion instruction of x86-64 leaves them.
func HashFloat(f float64) int64 {
	if f >= -(1<<63) && f < 1<<63 {
		return smallWord(int64(f))
	}
	return smallWord(math.MinInt64)
}

// tableSizes are the sizes a hash table grows through (hash_allocation_sizes
// of py/map.c).
var tableSizes = [...]int{
	0, 2, 4, 6, 8, 10, 12,
	17, 23, 29, 37, 47, 59, 73,
	97, 127, 167, 223, 293, 389, 521, 691, 919, 1223, 1627, 2161,
	3229, 4831, 7243, 10861, 16273, 24407, 36607, 54907,
}

// TableSize is the size of a dict's or set's table that must hold n slots: the
// first of the list of growth sizes that suffices, past its end one and a half
// times n made odd (get_hash_alloc_greater_or_equal_to of py/map.c). A full
// table of n slots grows to TableSize(n+1).
func TableSize(n int) int {
	for _, size := range tableSizes {
		if size >= n {
			return size
		}
	}
	return (n + n/2) | 1
}

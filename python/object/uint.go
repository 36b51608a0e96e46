package object

import "math/big"

// Uint returns the int u.
func Uint(u uint64) Value {
	if u < 1<<63 {
		return Int(int64(u))
	}
	return NewBig(new(big.Int).SetUint64(u))
}

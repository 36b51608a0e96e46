package urandom

import "math"

// generator is Ilya Levin's Yasmarang, as MicroPython seeds and steps it
// (extmod/modurandom.c).
type generator struct {
	pad, n, d uint32
	dat       uint8
}

// powerOnPad is where the generator of every module stands after power-on: the
// firmware does not seed it.
const powerOnPad = 0xeda4baba

func (g *generator) seed(pad uint32) { *g = generator{pad: pad, n: 69, d: 233} }

func (g *generator) next() uint32 {
	g.pad += uint32(g.dat) + g.d*g.n
	g.pad = g.pad<<3 + g.pad>>29
	g.n = g.pad | 2
	g.d ^= g.pad<<31 + g.pad>>1
	g.dat ^= uint8(g.pad) ^ uint8(g.d>>8) ^ 1
	return g.pad ^ g.d<<5 ^ g.pad>>18 ^ uint32(g.dat)<<1
}

// below gives a number below n, which is not zero: it tries until one fits.
func (g *generator) below(n uint32) uint32 {
	mask := uint32(1)
	for n&mask < n {
		mask = mask<<1 | 1
	}
	for {
		if r := g.next() & mask; r < n {
			return r
		}
	}
}

// float gives a number in [0, 1): 52 random bits behind the point of 1.x.
func (g *generator) float() float64 {
	hi := uint64(g.next())
	bits := hi<<32 | uint64(g.next())
	return math.Float64frombits(1023<<52|bits&(1<<52-1)) - 1
}

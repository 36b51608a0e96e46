// Package urandom is the module `urandom` (and `random`): the same numbers as
// MicroPython's generator gives for the same seed (extmod/modurandom.c).
package urandom

import (
	"qpy/modules/board"
	"qpy/python"
	"qpy/python/object"
)

// Module is the module `urandom`.
var Module = python.Module{Name: "urandom", Build: build}

func build(in *object.Interp, m *object.Module) {
	g := &generator{}
	g.seed(start(in))
	python.Functions(in, m,
		object.Func1("getrandbits", g.getrandbits),
		object.FuncVar("seed", 0, 1, g.setSeed),
		object.FuncVar("randrange", 1, 3, g.randrange),
		object.Func2("randint", g.randint),
		object.Func1("choice", g.choice),
		object.Func0("random", func(*object.Thread) (object.Value, error) { return object.Float(g.float()), nil }),
		object.Func2("uniform", g.uniform),
	)
}

// start is the seed of a board: the module's own after power-on, unless the
// board was given a seed for its random choices.
func start(in *object.Interp) uint32 {
	if b := board.OfEngine(in); b != nil && b.Seed != 0 {
		return uint32(b.Seed)
	}
	return powerOnPad
}

func errValue() error { return object.RaiseArgs(object.ValueError) }

func (g *generator) getrandbits(t *object.Thread, arg object.Value) (object.Value, error) {
	wide, err := object.ToInt(t, arg)
	if err != nil {
		return object.Null, err
	}
	n := int32(wide)
	if n > 32 || n == 0 {
		return object.Null, errValue()
	}
	// A shift takes the low five bits of the distance, so a negative number
	// counts from 32 down.
	mask := ^uint32(0) >> (uint32(32-n) & 31)
	return object.Int(int64(g.next() & mask)), nil
}

// setSeed is seed(n). The firmware has no default seed to fall back on.
func (g *generator) setSeed(t *object.Thread, args []object.Value) (object.Value, error) {
	if len(args) == 0 || args[0].IsNone() {
		return object.Null, object.Raise(object.ValueError, "no default seed")
	}
	n, err := object.ToIntTruncated(t, args[0])
	if err != nil {
		return object.Null, err
	}
	g.seed(uint32(n))
	return object.None, nil
}

// pick gives start + step*r for a random r below n; the generator knows 32
// bits of n.
func (g *generator) pick(start, step, n int64) (object.Value, error) {
	if uint32(n) == 0 {
		return object.Null, errValue()
	}
	return object.Int(start + step*int64(g.below(uint32(n)))), nil
}

func (g *generator) randrange(t *object.Thread, args []object.Value) (object.Value, error) {
	var a [3]int64
	for i, v := range args {
		var err error
		if a[i], err = object.ToInt(t, v); err != nil {
			return object.Null, err
		}
	}
	start, stop, step, n := a[0], a[1], a[2], int64(0)
	switch len(args) {
	case 1:
		start, step, n = 0, 1, a[0]
	case 2:
		step = 1
		if start < stop {
			n = stop - start
		}
	default:
		if step > 0 {
			n = (stop - start + step - 1) / step
		} else if step < 0 {
			n = (stop - start + step + 1) / step
		}
		n = max(n, 0)
	}
	if n == 0 || len(args) == 1 && n < 0 {
		return object.Null, errValue()
	}
	return g.pick(start, step, n)
}

func (g *generator) randint(t *object.Thread, x, y object.Value) (object.Value, error) {
	a, err := object.ToInt(t, x)
	if err != nil {
		return object.Null, err
	}
	b, err := object.ToInt(t, y)
	if err != nil {
		return object.Null, err
	}
	if a > b {
		return object.Null, errValue()
	}
	return g.pick(a, 1, b-a+1)
}

func (g *generator) choice(t *object.Thread, seq object.Value) (object.Value, error) {
	length, err := object.Len(t, seq)
	if err != nil {
		return object.Null, err
	}
	n, err := object.ToInt(t, length)
	if err != nil {
		return object.Null, err
	}
	if n <= 0 || uint32(n) == 0 {
		return object.Null, object.RaiseArgs(object.IndexError)
	}
	return object.GetItem(t, seq, object.Int(int64(g.below(uint32(n)))))
}

func (g *generator) uniform(_ *object.Thread, x, y object.Value) (object.Value, error) {
	a, err := object.ToFloat(x)
	if err != nil {
		return object.Null, err
	}
	b, err := object.ToFloat(y)
	if err != nil {
		return object.Null, err
	}
	// The conversion keeps the product from being fused with the sum.
	return object.Float(a + float64((b-a)*g.float())), nil
}

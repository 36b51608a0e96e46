package object

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func newThread() *Thread { return NewInterp(Generic()).NewThread() }

// keys returns the keys of d in table order.
func keys(d *Dict) (out []string) {
	for i := 0; i < d.Slots(); i++ {
		if e := d.At(i); e != nil {
			if s, ok := e.Key().AsStr(); ok {
				out = append(out, s.String())
			} else {
				out = append(out, fmt.Sprint(e.Key().Int()))
			}
		}
	}
	return out
}

func TestDictOrderIsTheFirmwares(t *testing.T) {
	th := newThread()
	d := NewDict(0)
	for _, k := range []string{"alpha", "beta", "gamma", "delta", "eps", "zeta", "eta"} {
		require.NoError(t, d.Set(th, NewStr(k), None))
	}
	// As `d = {}` followed by the seven stores prints on MicroPython 1.13.
	assert.Equal(t, []string{"beta", "alpha", "gamma", "eps", "delta", "eta", "zeta"}, keys(d))
	_, err := d.Delete(th, NewStr("eps"))
	require.NoError(t, err)
	require.NoError(t, d.Set(th, Int(-1), None))
	v, err := d.Get(th, Int(-1))
	require.NoError(t, err)
	assert.Equal(t, None, v)
	v, err = d.Get(th, NewStr("eps"))
	require.NoError(t, err)
	assert.True(t, v.IsNull())
}

func TestFastModIsModulus(t *testing.T) {
	for _, n := range append(allocSizes[1:], 82361, 1<<20+1) {
		m := fastMagic(n)
		for _, h := range []uint64{0, 1, 2, 5381, 65535, 1<<32 - 1, 1 << 32, 1<<64 - 1, uint64(n), uint64(n) - 1} {
			assert.Equal(t, int(h%uint64(n)), fastMod(h, m, n), "%d %% %d", h, n)
		}
	}
}

func TestSmallIntOverflowGoesToTheSlots(t *testing.T) {
	const big = int64(1) << 62
	for _, c := range []struct {
		op   BinaryOp
		a, b int64
		ok   bool
		want int64
	}{
		{OpAdd, big, big, false, 0}, {OpAdd, 1, 2, true, 3}, {OpSubtract, -big, big, true, -big - big},
		{OpMultiply, big, 2, false, 0}, {OpMultiply, -big, 2, true, -big * 2}, {OpFloorDivide, -7, 2, true, -4},
		{OpModulo, -7, 2, true, 1}, {OpLshift, 1, 62, true, big}, {OpLshift, 1, 63, false, 0}, {OpRshift, -1, 100, true, -1},
		{OpPower, 2, 62, true, big}, {OpPower, 2, 63, false, 0}, {OpPower, -2, 63, true, -big * 2},
	} {
		v, ok, err := binarySmall(c.op, c.a, c.b)
		require.NoError(t, err)
		assert.Equal(t, c.ok, ok, "op %d %d %d", c.op, c.a, c.b)
		if ok {
			assert.Equal(t, c.want, v.Int())
		}
	}
}

func TestInstanceShapes(t *testing.T) {
	th := newThread()
	c, err := NewClass(th, "C", nil, NewDict(0))
	require.NoError(t, err)
	x, y := th.In.Intern("x"), th.In.Intern("y")
	a, err := NewInstance(th, c)
	require.NoError(t, err)
	b, err := NewInstance(th, c)
	require.NoError(t, err)
	for i, o := range []*Instance{a, b} {
		require.NoError(t, SetAttr(th, o.Value(), x, Int(int64(i))))
		require.NoError(t, SetAttr(th, o.Value(), y, Int(7)))
	}
	assert.Same(t, a.Shape(), b.Shape())
	require.NoError(t, DelAttr(th, a.Value(), x))
	assert.NotSame(t, a.Shape(), b.Shape())
	v, err := GetAttr(th, a.Value(), y)
	require.NoError(t, err)
	assert.Equal(t, Int(7), v)
	_, err = GetAttr(th, a.Value(), x)
	assert.EqualError(t, err, "AttributeError: 'C' object has no attribute 'x'")
	for i := range 3 * maxSlots {
		require.NoError(t, SetAttr(th, a.Value(), th.In.Intern(fmt.Sprint("n", i)), Int(int64(i))))
	}
	for i := range 3 * maxSlots {
		v, err := GetAttr(th, a.Value(), th.In.Intern(fmt.Sprint("n", i)))
		require.NoError(t, err)
		assert.Equal(t, Int(int64(i)), v)
	}
}

func TestHeapBudgetRaisesMemoryError(t *testing.T) {
	p := Generic()
	p.Heap = 2000
	th := NewInterp(p).NewThread()
	require.NoError(t, th.Alloc(1600))
	require.NoError(t, th.Alloc(1600), "the first 1600 are garbage by now")
	assert.EqualError(t, th.Alloc(5000), "MemoryError: memory allocation failed, allocating 5000 bytes")
}

package compile

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// find gives the first instruction with an operation in c or a nested code.
func find(t *testing.T, c *Code, op Op) (*Code, int) {
	t.Helper()
	for pc, in := range c.Instrs {
		if in.Op() == op {
			return c, pc
		}
	}
	for _, n := range c.Codes {
		if found, pc := find(t, n, op); found != nil {
			return found, pc
		}
	}
	return nil, 0
}

// What has operands in range may still leave the code, or run for ever without
// a turn point.
func TestVerifyRefusesCodeThatCannotBeStopped(t *testing.T) {
	c := compiled(t, "def g(x):\n    try:\n        yield lambda: x\n    except ValueError:\n        pass\n    for i in range(x): print(i)\n")
	g, pc := find(t, c, OpJNoMatch)
	require.NotNil(t, g)
	require.NoError(t, Verify(g))

	restore := g.Instrs[pc]
	g.Instrs[pc] = restore&0xffffffffffff | Instr(uint16(0xffff))<<48
	assert.ErrorContains(t, Verify(g), "jump target", "to itself")
	g.Instrs[pc] = restore&0xffffffffffff | Instr(uint16(len(g.Instrs)-1-pc-1))<<48
	assert.ErrorContains(t, Verify(g), "jump target", "to the closing instruction")
	g.Instrs[pc] = restore

	g.Handlers[0].Target = g.Handlers[0].Start
	assert.ErrorContains(t, Verify(g), "handler")
	g.Handlers[0].Target = len(g.Instrs) - 1
	assert.ErrorContains(t, Verify(g), "handler")
	g.Handlers[0].Target = g.Handlers[0].End
	require.NoError(t, Verify(g))

	g.Generator = false
	assert.ErrorContains(t, Verify(g), "operation")
	g.Generator = true

	free := &g.Codes[0].Free[0]
	require.False(t, free.Outer)
	for _, bad := range []FreeVar{{Index: -RegSize}, {Index: 1}, {Index: g.NRegs * RegSize}, {Outer: true, Index: len(g.Free)}} {
		*free = bad
		assert.ErrorContains(t, Verify(g), "free variable")
	}
}
